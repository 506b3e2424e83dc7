"""Traditional to Simplified: to the character what OpenCC gives, over all its entries and strings made to trap it."""

import random
from importlib import resources
from itertools import pairwise

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.repairs.script import edits, edits_outside_quotes
from cleaners.repairs.script_words import WORDS
from cleaners.text.edits import apply
from cleaners.text.hans import hans_table, share_changed, simplify, simplify_characters
from tests.deadlines import cpu_deadline

OPENCC = opencc.OpenCC("t2s")


def words(name: str) -> list[str]:
    """All keys and values of one of OpenCC's files."""
    return resources.files("opencc").joinpath("dictionary", name).read_text("utf-8").split()


PHRASES = words("TSPhrases.txt")
CHARACTERS = words("TSCharacters.txt")


@pytest.mark.parametrize("name", [f"{way}{kind}.txt" for way in ("TS", "ST") for kind in ("Characters", "Phrases")])
def test_every_entry_as_opencc(name: str) -> None:
    text = "\n".join(words(name))
    ours, theirs = simplify(text).split("\n"), OPENCC.convert(text).split("\n")
    assert len(ours) == len(theirs)
    assert [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]] == []


def test_phrase_dense_strings_as_opencc() -> None:
    """Whole phrases, halves of phrases, single characters and separators in a row, so that phrases overlap."""
    chance = random.Random(4)
    halves = [phrase[: len(phrase) // 2 + 1] for phrase in PHRASES] + [phrase[len(phrase) // 2 :] for phrase in PHRASES]
    for _ in range(1000):
        parts = (chance.choice(chance.choice((PHRASES, halves, CHARACTERS, "，。 -,a"))) for _ in range(8))
        text = "".join(parts)
        assert simplify(text) == OPENCC.convert(text), text


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.one_of(st.sampled_from("".join(PHRASES)), st.characters(categories=["L", "P", "Z", "Cs"]))))
def test_any_string_as_opencc(text: str) -> None:
    assert simplify(text) == OPENCC.convert(text)


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("沈默", "沉默"),  # no character of it is in the one-character table
        ("瞭解乾隆與乾淨", "了解乾隆与干净"),
        ("反反覆覆", "反反复复"),
        ("反覆命令", "反复命令"),
        ("書中自有千鍾粟", "书中自有千锺粟"),  # the longest phrase wins over the ones inside
        ("發展,發展。發展", "发展,发展。发展"),
        ("", ""),
    ],
)
def test_phrases(text: str, simplified: str) -> None:
    assert simplify(text) == simplified == OPENCC.convert(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.one_of(st.sampled_from("".join(PHRASES + CHARACTERS)), st.characters())))
def test_edits_give_the_simplified_text(text: str) -> None:
    changes = edits(text)
    if "著" not in text and not any(word in text for entry in WORDS.items() for word in entry):
        assert apply(text, changes) == simplify(text)
    assert all(a.end < b.start for a, b in pairwise(changes))
    assert all(change.start < change.end and change.rule == "script.hans" for change in changes)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("开渠 12 v\n開渠 3 v\n放水 5 v\n放水口 2 n", "开渠 12 v\n開渠 3 v\n放水 5 v\n放水口 2 n"),
        ("开渠 12 v\n開會發言 3 v\n放水 5 v", "开渠 12 v\n开会发言 3 v\n放水 5 v"),
        ("U+5F00\t开\t一廾\nU+958B\t開\t門开", "U+5F00\t开\t一廾\nU+958B\t開\t門开"),
        ("開會發言記錄\n開會發言記錄\n各户各家都来了。", "开会发言记录\n开会发言记录\n各户各家都来了。"),
    ],
    ids=["both forms", "one form", "code points", "the same form twice"],
)
def test_a_form_that_a_simplified_text_lists_beside_its_other_form_stays(text: str, new: str) -> None:
    assert apply(text, edits_outside_quotes(text, is_traditional=False)) == new


def test_the_one_character_table_is_closed() -> None:
    table = hans_table()
    assert (table[table] == table).all()
    assert simplify_characters("薴") == "苎" != OPENCC.convert("薴")
    alone = [old for old in CHARACTERS if len(old) == 1 and simplify_characters(old) != OPENCC.convert(old)]
    assert set(alone) <= set("薴苧") | {old for old in CHARACTERS if old in PHRASES}


def test_share_changed_tells_the_scripts_apart() -> None:
    assert share_changed("加快推进产业集聚,做到心中有数。") == 0
    assert share_changed("於里面的乾县,后来") < 0.3
    assert share_changed("加快推進產業集聚,做到心中有數。ABC") == pytest.approx(4 / 14)
    assert share_changed("2024, no Han at all") == 0
    assert share_changed("") == 0


def test_no_hang() -> None:
    text = "各乡镇要认真抓好落实,确保按期完成。" * 27_000
    with cpu_deadline(5):
        share_changed(text)
