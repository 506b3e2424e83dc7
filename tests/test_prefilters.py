"""What is asked before a pattern, so that few lines are searched, is true of all that the pattern matches.

Proved over every branch of the pattern: one that the question does not cover would never match, and nothing would say
so.
"""

from re import _constants as syntax  # type: ignore[attr-defined]
from typing import Any

import pytest

from cleaners.judging import boundaries, page_heading, titles, verses, writers_source
from cleaners.noise import boilerplate_wording
from cleaners.text.placeholders import PLACEHOLDER, PLACEHOLDER_HOLDS
from tests.patterns import holds, outer, parsed

COINS = "[一-鿿]{1,2}(?<!民)币"
"""What a fact may begin with besides the characters that are asked for."""


def literals(chars: str) -> set[tuple[Any, Any]]:
    return {(syntax.LITERAL, ord(char)) for char in chars}


def test_a_fact_begins_with_what_is_looked_ahead_for() -> None:
    pattern = boilerplate_wording.FACT_OR_COINS.pattern
    assert pattern.count(f"|{COINS}") == 1
    assert "|.{1,2}币)" in pattern
    (_, (ahead, looked)), *_ = asked = parsed(pattern.replace(f"|{COINS}", ""))
    assert ahead == 1
    assert outer(asked, 1) - outer(looked, 1) == set()


def test_a_site_s_form_ends_with_what_is_looked_behind_for() -> None:
    asked = parsed(boilerplate_wording.SITE_FORM.pattern)
    (_, (ahead, looked)), *rest = asked
    (_, (least, most, _)), (_, (behind, last)), _ = looked
    assert (ahead, behind) == (1, -1)
    assert outer(asked, -1) - outer(last, -1) == set()
    assert rest
    shortest, longest = asked.getwidth()
    assert least <= shortest <= longest <= most


@pytest.mark.parametrize(
    ("pattern", "step", "chars"),
    [
        (titles._FIRST_OF_SERIES.pattern, -1, titles._FIRST_ENDS),
        (writers_source._TIMED.pattern, 1, writers_source._TIMED_BEGINS),
        (boilerplate_wording.BACK.pattern, 1, boilerplate_wording.BACK_BEGINS),
    ],
    ids=["first of several", "time", "turn back"],
)
def test_a_match_begins_or_ends_with_a_character_that_is_asked_for(pattern: str, step: int, chars: str) -> None:
    digits = {(syntax.CATEGORY, syntax.CATEGORY_DIGIT)} if set("0123456789") <= set(chars) else set()
    assert outer(parsed(pattern), step) <= literals(chars) | digits


@pytest.mark.parametrize(
    ("pattern", "longest"),
    [
        (boundaries._LISTED.pattern, boundaries.MAX_LISTED),
        (verses._VERSE.pattern, verses.MAX_VERSE),
    ],
    ids=["listed", "verse"],
)
def test_no_match_is_longer_than_what_is_asked(pattern: str, longest: int) -> None:
    assert parsed(pattern).getwidth()[1] <= longest


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (page_heading._ROW.pattern, page_heading._ROW_HOLDS),
        (PLACEHOLDER.pattern, PLACEHOLDER_HOLDS),
        (boilerplate_wording.LIST_HEAD.pattern, boilerplate_wording.LIST_HEAD_HOLDS),
    ],
    ids=["row", "placeholder", "list head"],
)
def test_a_match_holds_a_word_that_is_asked_for(pattern: str, words: tuple[str, ...] | str) -> None:
    assert holds(pattern, list(words))


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        ("甲(?:乙|丙)", "甲", "乙丙"),
        ("(?:甲?|乙)丙*丁?戊", "甲乙丙丁戊", "戊"),
        (r"\b(?=庚)甲|乙(?<=乙)$", "甲乙", "甲乙"),
        ("甲乙?丙{0,2}", "甲", "甲乙丙"),
    ],
)
def test_every_branch_counts(pattern: str, first: str, last: str) -> None:
    assert (outer(parsed(pattern), 1), outer(parsed(pattern), -1)) == (literals(first), literals(last))
