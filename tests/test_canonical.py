"""The canonical text: exactly as the design defines it, the same when applied twice, fast."""

import hashlib
import sys
import unicodedata
from unicodedata import category, normalize

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.canonical import ALONE, BLANKS, canonical, digest
from cleaners.text.codes import UNICODE_SIZE, text_of
from cleaners.text.hans import hans_table, simplify_characters
from tests.deadlines import cpu_deadline

MEETING = (
    "\u1100\u1161\u11a8 가\u11a8 e\u200d\u0301 a\u00a8 ｶﾞ か\u3099 \uf900更 ①㎡…\ufdfcﬁ 薴後乾藉 \ud800"
    " ক\u09c7\u09be \u1100 \u1161"
)
"""Characters that join their neighbours, fold to several, or change script."""


def plain(text: str) -> str:
    """Docs/design.md section 5 word for word, with NFKC once more after the drop."""
    kept = [c for c in normalize("NFKC", text) if category(c)[0] != "Z" and category(c) not in ("Cc", "Cf")]
    table = hans_table()
    return "".join(chr(table[ord(c)]) for c in normalize("NFKC", "".join(kept)))


def test_every_assigned_character() -> None:
    assigned = [chr(code) for code in range(sys.maxunicode + 1) if category(chr(code)) != "Cn"]
    apart = "|".join(assigned)
    ours, theirs = canonical(apart), plain(apart)
    pieces = zip(assigned, ours.split("|"), theirs.split("|"), strict=False)
    assert [char for char, own, other in pieces if own != other] == []
    assert ours == theirs == canonical(ours)


def test_characters_that_are_looked_up_alone() -> None:
    """One look-up for each does what NFKC does to all of them, whatever stands beside them."""
    alone = text_of(np.flatnonzero(ALONE.at(np.arange(UNICODE_SIZE, dtype=np.uint32))).astype(np.uint32))
    for text in (f"…℃{alone}℃…", alone[::-1]):
        assert canonical(text) == plain(text)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.text(st.one_of(st.sampled_from(MEETING), st.characters(categories=["M", "Z", "Cf", "Lo"]), st.characters())))
def test_neighbours(text: str) -> None:
    text = "".join(char for char in text if category(char) != "Cn")
    assert canonical(text) == plain(text)
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一、總結（初稿）：開會！\r\n\r\n　　二、部署", "一、总结(初稿):开会!\n二、部署"),
        ("第１條\u00a0ＡＢＣ", "第1条ABC"),
        ("落實\u200b責任\ufeff", "落实责任"),
        ("未完……", "未完......"),
        ("e\u200d\u0301", "\u00e9"),
    ],
)
def test_pages_of_one_document_agree(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_meaning_is_kept() -> None:
    assert canonical("第12条") != canonical("第21条")
    assert canonical("不同意") != canonical("同意")


def test_digest_is_sha256_of_utf8() -> None:
    assert digest("講 話") == hashlib.sha256("讲话".encode()).hexdigest()
    assert len(digest("\ud800")) == 64


@pytest.mark.parametrize("sentence", ["会议要求,各乡镇要抓好落实。", "会议要求，各乡镇要抓好落实……（略）"])
def test_no_hang(sentence: str) -> None:
    text = sentence * (500_000 // len(sentence))
    with cpu_deadline(5):
        canonical(text)


def test_blanks_are_the_categories_of_this_python() -> None:
    assert unicodedata.unidata_version >= "14"
    assert canonical("".join(chr(c) for c in range(0x3001) if category(chr(c)) in ("Zs", "Zl", "Zp", "Cc", "Cf"))) == ""


BLANK = {chr(code) for first, last in BLANKS for code in range(first, last + 1)}


def slowly(text: str) -> str:
    shown = (c for c in normalize("NFKC", text) if c not in BLANK)
    return simplify_characters(normalize("NFKC", "".join(shown)))


def test_the_short_way_gives_what_the_long_way_gives() -> None:
    """For characters of the basic plane, alone, and all, some at once, between others that might join them."""
    plane = list(map(chr, (*range(0xD800), *range(0xE000, 0x10000))))
    for char in (*plane[:0x3400], *plane[0x3400:0xD800:16], *plane[0xD800:]):  # Han and Hangul are of few kinds
        assert canonical(char) == slowly(char), hex(ord(char))
    for at in range(0, len(plane), 32):
        some = plane[at : at + 32]
        for text in ("|".join(f"e{char}一" for char in some), "|".join(f"一…{char}\u0301" for char in some)):
            assert canonical(text) == slowly(text), hex(ord(some[0]))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("一壹後乾（）！…‘’—·Ａe é\u0301\u3000\xad。《》①㎡ﬁ")), max_size=30))
def test_the_short_way_gives_what_the_long_way_gives_for_texts(text: str) -> None:
    assert canonical(text) == slowly(text)
