"""`PageLines.of` lays a page's text out: the lines that are not empty, each as rules see it, with the rules that match.

It also says of each line whether it reads like a document's own. All of cleaners/judging works on this layout.
"""

from __future__ import annotations

import random

import pytest

from cleaners.judging import page_lines
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.rules.rule import MAX_CHARS, LineRole, Rule
from tests.deadlines import cpu_deadline

PATH = "您的位置:新文秘网>>工业/企业讲话/动员大会/>>正文"
"""A line that only the rules of one template know."""


def only(text: str) -> Line:
    (line,) = PageLines.of(text).lines
    return line


def test_place_is_that_of_the_line_in_the_text() -> None:
    text = "春耕动员\n\n　　各村要抓紧整地。  \n种子已经到齐。"
    assert [text[line.start : line.end] for line in PageLines.of(text).lines] == [
        "春耕动员",
        "　　各村要抓紧整地。  ",
        "种子已经到齐。",
    ]


def test_normalized_has_half_width_marks_and_no_bullet() -> None:
    assert only("　• 資料大小：１２ＫＢ　　共３頁").normalized == "资料大小:12KB 共3页"


@pytest.mark.parametrize(
    "text",
    [
        "各村要抓紧整地。",
        "一、备足种子",
        "（二）检修农机",
        "3. 疏通沟渠",
        "各位乡亲：",
        "2024年3月5日",
        "附件：种子清单",
    ],
)
def test_is_text_sentence_heading_greeting_or_date(text: str) -> None:
    assert only(text).is_text


@pytest.mark.parametrize("text", ["首页", "公文写作", "农业知识(1,203)", "下载 收藏 分享"])
def test_is_text_not_a_word_of_a_menu(text: str) -> None:
    assert not only(text).is_text


def test_rules_match_the_whole_line() -> None:
    assert [rule.role for rule in only("相关文章").rules] == [LineRole.LIST_HEAD]
    assert not only("相关文章指出，春耕要早。").rules


def test_rules_are_not_asked_of_a_line_too_long_for_noise() -> None:
    tags = "标签:"
    assert only(tags + "春耕").rules
    assert not only(tags + " " * 5 + "春" * MAX_CHARS).rules


def test_rules_are_remembered_only_with_the_text() -> None:
    first, again = PageLines.of("相关文章\n相关文章").lines
    assert first.rules == again.rules
    assert (first.start, again.start) == (0, 5)


def test_no_more_lines_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(["相关文章", "一、备足种子", "话讲到这里(剩余4960字)", "相关文章", "春" * (MAX_CHARS + 1)])
    monkeypatch.setattr(page_lines, "_known", {})
    first = PageLines.of(text).lines
    assert len(page_lines._known) == 3
    monkeypatch.setattr(page_lines, "MAX_KNOWN", 2)
    monkeypatch.setattr(page_lines, "_known", {})
    assert PageLines.of(text).lines == PageLines.of(text).lines == first
    assert len(page_lines._known) <= 2


def test_spans_have_places_in_the_whole_text() -> None:
    sheet = PageLines.of("春耕动员\n话讲到这里(剩余4960字)")
    hits = [hit for line in sheet.lines for hit in line.spans]
    assert [sheet.text[hit.start : hit.end] for hit in hits] == ["(剩余4960字)"]


@pytest.fixture(scope="module")
def words() -> list[str]:
    chance = random.Random(1)
    return ["".join(chance.choices("春耕动员各村要抓紧整地种子", k=chance.randint(1, 9))) for _ in range(40_000)]


@pytest.mark.parametrize("rule", [rule for rule in RULEBOOK.rules if rule.span], ids=lambda rule: rule.id)
def test_span_rules_read_a_long_line_of_many_words_quickly(rule: Rule, words: list[str]) -> None:
    text = " ".join([*words, *rule.required_literals])
    RULEBOOK.spans([rule], "春耕")
    with cpu_deadline(0.2):
        RULEBOOK.spans([rule], text)


def test_hits_are_the_ids_of_all_rules_that_match() -> None:
    sheet = PageLines.of("相关文章\n要抓紧整地。")
    assert sheet.hits() == {rule.id for rule in sheet.lines[0].rules}


def test_restrict_to_keeps_the_rules_of_one_template_and_shared_ones() -> None:
    own, other = PageLines.of(f"{PATH}\n相关文章"), PageLines.of(f"{PATH}\n相关文章")
    own.restrict_to("wm114")
    other.restrict_to("gongxun")
    ids = [{rule.id for rule in line.rules} for line in own.lines]
    assert ids[0] - {rule.id for rule in other.lines[0].rules} == {"wm114.crumbs"}
    assert ids[1] == {rule.id for rule in other.lines[1].rules}


def test_lines_beyond_the_limit_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_lines, "MAX_LINES", 2)
    assert [line.normalized for line in PageLines.of("甲\n乙\n丙\n丁").lines] == ["甲", "乙", "丙 丁"]
