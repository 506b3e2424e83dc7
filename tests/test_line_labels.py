"""`LineLabels` holds, for each line of a page, the rule that takes it away, and answers which rule could.

The search for the document (boundaries, title lines) asks it and writes into it; the rules here are the test's own.
"""

from __future__ import annotations

import pytest

from cleaners.judging.line_labels import TITLE_LINE, LineLabels
from cleaners.judging.page_lines import PageLines
from cleaners.rules.rule import LineRole, Position, Rule, TruncationSignal
from cleaners.templates import Block, Template
from tests.labelled import page, rule

TEXT = "各村要抓紧整地，种子已经到齐。"
BY_POSITION = {position: rule(position) for position in Position}


def labels(*rows: str | tuple[str, Rule]) -> LineLabels:
    return LineLabels(page(*rows), None)


@pytest.mark.parametrize(
    ("head", "wrong"),
    [(True, {Position.TAIL, Position.FOOTER_START}), (False, {Position.HEAD})],
    ids=["above the text", "below the text"],
)
def test_sufficient_rule_by_the_side_of_the_text(head: bool, wrong: set[Position]) -> None:
    can = {at for at, known in BY_POSITION.items() if labels(("春耕", known), TEXT).sufficient_rule(0, head=head)}
    assert can == set(Position) - wrong


def test_sufficient_rule_is_none_that_needs_context() -> None:
    weak = rule(Position.EDGE, weak=True)
    search = labels(("春耕", weak), TEXT)
    assert search.sufficient_rule(0, head=True) is None
    assert search.context_rule(0, head=True) is weak


@pytest.mark.parametrize(("head", "wrong"), [(True, Position.TAIL), (False, Position.HEAD)])
def test_context_rule_by_the_side_of_the_text(head: bool, wrong: Position) -> None:
    can = {at for at, known in BY_POSITION.items() if labels(("春耕", known), TEXT).context_rule(0, head=head)}
    assert can == set(Position) - {wrong}


def test_protected_line_has_no_rule() -> None:
    search = labels(("相关文章", rule(Position.FOOTER_START)), TEXT)
    assert search.ends(0)
    search.protected.add(0)
    assert not search.ends(0)
    assert search.sufficient_rule(0, head=False) is search.context_rule(0, head=False) is None


def test_ends_at_a_footer_start_or_a_cut_in_a_header_end() -> None:
    ends = {at for at, known in BY_POSITION.items() if labels(("春耕", known), TEXT).ends(0)}
    assert ends == {Position.FOOTER_START}
    assert labels(("春耕", rule(Position.HEADER_END, signal=TruncationSignal.CUT)), TEXT).ends(0)
    assert not labels(("春耕", rule(Position.FOOTER_START, weak=True)), TEXT).ends(0)


def test_remove_makes_a_line_noise() -> None:
    path = rule(Position.HEAD, role=LineRole.BREADCRUMB)
    search = labels(("首页", path), TEXT)
    assert not search.is_noise(0)
    search.remove(0, path)
    assert search.is_noise(0)
    assert search.with_role(LineRole.BREADCRUMB) == [search.lines[0]]
    assert search.with_role(LineRole.BYLINE) == []


def test_title_line_is_no_noise() -> None:
    search = labels("春耕动员", TEXT)
    search.removed_by[0] = TITLE_LINE
    assert search.is_title(0)
    assert not search.is_noise(0)


def test_unexplained_chars_are_those_of_text_that_no_rule_knows() -> None:
    search = labels("首页", (TEXT, rule(Position.TAIL)), TEXT, TEXT)
    assert search.unexplained_chars(range(4)) == 2 * len(TEXT)
    search.removed_by[2] = "zone.tail"
    assert search.unexplained_chars(range(4)) == len(TEXT)


def test_facts_are_what_the_rule_reads_from_the_line() -> None:
    search = LineLabels(PageLines.of(f"发布时间:2024-03-05 09:33:44 浏览次数:97\n{TEXT}"), None)
    search.remove(0, search.lines[0].rules[0])
    assert search.facts(0) == {"published": "2024-03-05 09:33:44", "views": "97"}


def test_spans_that_cover_a_line_take_it() -> None:
    search = LineLabels(PageLines.of("(剩余4960字)\n话讲到这里(剩余4960字)"), None)
    assert set(search.removed_by) == {0}


def blocked(block: Block, *rows: str) -> LineLabels:
    return LineLabels(page(*rows), Template(name="t", why="", blocks=[block]))


def test_block_takes_its_lines_and_states_those_between() -> None:
    outline = Block(id="t.outline", why="", begin="提要:", end="—+", states="outline")
    search = blocked(outline, "春耕动员", "提要:", "整地", "备种", "———", TEXT)
    assert search.removed_by == dict.fromkeys([1, 2, 3, 4], "t.outline")
    assert search.stated == {"outline": "整地\n备种\n———"}


def test_block_without_its_end_takes_nothing() -> None:
    assert not blocked(Block(id="t.outline", why="", begin="提要:", end="—+"), "提要:", "整地", TEXT).removed_by


def test_block_ends_before_a_line_unlike_its_inner_ones() -> None:
    terms = Block(id="t.terms", why="", begin="须知:", inner=r"\d、.*", least=2)
    assert set(blocked(terms, "须知:", "1、限三天", "2、限一次", TEXT).removed_by) == {0, 1, 2}
    assert not blocked(terms, "须知:", "1、限三天", TEXT).removed_by, "fewer than `least`"
