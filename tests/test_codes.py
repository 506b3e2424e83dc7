"""Kinds of characters: what a text is asked for, whatever was asked before."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters

import numpy as np
import pytest

from cleaners.text import codes
from cleaners.text.codes import UNICODE_SIZE, CharClass, Translation, all_of, singles, text_of

LETTERS, MARKS = "abcdefghijklmnopqrstuvw", "。，"


@pytest.fixture(autouse=True)
def _no_other_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the project's own kinds as they are; there is room for few more."""
    monkeypatch.setattr(codes, "_made", [])
    monkeypatch.setattr(codes, "_bits_of", np.zeros_like(codes._bits_of))
    yield
    codes._bits_remembered.cache_clear()


@pytest.fixture
def letters() -> CharClass:
    return CharClass(((ord("a"), ord("z")),), without="xyz")


@pytest.mark.parametrize("text", ["", "甲", "ab。甲x", "a" * 70_000 + "，", "\U0001f600a\ud800"])
def test_kinds_agree_with_sets(text: str, letters: CharClass) -> None:
    for kind, members in ((letters, LETTERS), (CharClass(singles(MARKS)), MARKS)):
        expected = [char in members for char in text]
        assert kind.places(text).tolist() == kind.at(codes.codes(text)).tolist() == expected
        assert kind.count(text) == sum(expected)
        assert kind.is_in(text) == any(expected)


def test_all_of_wants_each_character_in_one_of_the_kinds(letters: CharClass) -> None:
    marks = CharClass(singles(MARKS))
    assert all_of("ab。", letters, marks)
    assert not all_of("ab。", letters)
    assert not all_of("abx", letters, marks)
    assert all_of("", letters)


def test_a_kind_made_later_is_seen_in_a_text_that_was_asked_before(letters: CharClass) -> None:
    assert not letters.is_in("丁")
    assert CharClass(singles("丁")).is_in("丁")


def test_a_translation_writes_what_its_table_changes() -> None:
    table = np.arange(UNICODE_SIZE, dtype=np.uint32)
    table[ord("甲")] = ord("乙")
    translation = Translation(table)
    assert [translation.changes(text) for text in ("甲子", "乙丑", "")] == [True, False, False]
    assert [text_of(translation.of(text)) for text in ("甲子", "乙丑", "")] == ["乙子", "乙丑", ""]


def test_there_is_room_for_32() -> None:
    for char in ascii_letters[:32]:
        assert CharClass(singles(char)).is_in(char)
    with pytest.raises(OverflowError):
        CharClass(singles("Z"))
