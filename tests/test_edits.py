"""Edits: applying, putting one stage on top of another, joining neighbours."""

import random
from itertools import pairwise

import pytest

from cleaners.model import Edit
from cleaners.text import composing
from cleaners.text import edits as module
from cleaners.text.composing import compose, source_positions
from cleaners.text.edit_columns import Columns
from cleaners.text.edits import apply, bounded, disjoint, joined, merged


def some_edits(text: str, chance: random.Random, tag: str) -> list[Edit]:
    edits, at = [], 0
    while at <= len(text):
        at += chance.randint(0, 4)
        end = min(len(text), at + chance.randint(0, 3))
        new = "".join(chance.choice("XYZ") for _ in range(chance.randint(0, 3)))
        if at <= len(text) and (end > at or new):
            edits.append(Edit(at, end, new, tag + chance.choice("ab")))
            at = end + (end == at)
    return edits


def two_stages(chance: random.Random, most: int) -> tuple[str, list[Edit], str, list[Edit]]:
    """Return a text of `most` characters at most, edits over it, the text that they give, and edits over that."""
    source = "".join(chance.choice("abcdefgh") for _ in range(chance.randint(0, most)))
    first = some_edits(source, chance, "p")
    middle = apply(source, first)
    return source, first, middle, some_edits(middle, chance, "q")


@pytest.mark.parametrize("seed", range(0, 6_000, 1000))
def test_composed_edits_do_both_stages(seed: int) -> None:
    for number in range(seed, seed + 1000):
        chance = random.Random(number)
        source, first, middle, second = two_stages(chance, 14)
        both = compose(first, middle, second)
        assert apply(source, both) == apply(middle, second)
        assert all(a.end <= b.start for a, b in pairwise(both))


@pytest.mark.parametrize("seed", range(4))
def test_many_edits_are_composed_applied_and_joined_as_few(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(seed, 1600, 4):
        chance = random.Random(number)
        source, first, middle, second = two_stages(chance, 40)
        few = compose(first, middle, second)
        monkeypatch.setattr(composing, "MANY", 0)
        many = compose(first, middle, second)
        monkeypatch.undo()
        assert list(many) == few
        columns = Columns.of(few)
        assert apply(source, columns) == columns.applied(source) == apply(source, few)
        assert list(joined(columns)) == joined(few)
        assert [*columns[1:], *columns[:1]] == [*few[1:], *few[:1]]


def test_places_in_the_source() -> None:
    edits = [Edit(0, 2, "", "a"), Edit(4, 4, "XY", "b"), Edit(6, 9, "Z", "c")]
    assert apply("0123456789", edits) == "23XY45Z9"
    assert source_positions(edits, [1, 2, 3, 4, 5, 6, 7]) == [3, 4, 4, 4, 5, 6, 9]
    assert source_positions([], [3]) == [3]


def test_later_rule_answers_for_what_both_touched() -> None:
    assert compose([Edit(1, 4, "", "pinyin.bracket")], "現在", [Edit(0, 2, "", "card.line")]) == [
        Edit(0, 5, "", "card.line")
    ]


def test_rewriting_what_a_rule_wrote_leaves_it_to_that_rule() -> None:
    assert compose([Edit(0, 3, "講話", "shifted.run")], "講話", [Edit(0, 1, "讲", "script.hans")]) == [
        Edit(0, 3, "讲話", "shifted.run")
    ]


def test_neighbours_of_other_rules_stay_apart() -> None:
    edits = [Edit(0, 1, "", "a"), Edit(1, 2, "", "b"), Edit(3, 4, "", "b")]
    assert joined(edits) == edits


def test_edits_beyond_a_bound_are_told_in_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_EDITS", 2)
    monkeypatch.setattr(module, "RUN", 3)
    text = "甲 乙 丙 丁 戊 己 庚"
    blanks = [Edit(at, at + 1, "", "layout.blank") for at in range(1, 12, 2)]
    told = bounded(iter(blanks), text)
    assert told == [*blanks[:2], Edit(5, 10, "丁戊", "layout.blank"), Edit(11, 12, "", "layout.blank")]
    assert apply(text, told) == apply(text, blanks) == "甲乙丙丁戊己庚"


@pytest.mark.parametrize("seed", range(3))
def test_edits_of_stages_are_merged_as_disjoint_does(seed: int) -> None:
    chance = random.Random(seed)
    first, second = some_edits("甲" * 99, chance, "x"), some_edits("甲" * 99, chance, "y")
    assert list(merged(first, second)) == disjoint([*first, *second])
