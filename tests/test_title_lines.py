"""The module finds which line of a page is its title, and takes the lines in which the page repeats it.

`find_title` weighs what the page states and where lines stand; `take_titles` marks the title's own lines as taken.
"""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.judging.line_labels import TITLE_LINE, LineLabels
from cleaners.judging.page_lines import PageLines
from cleaners.judging.title_lines import MAX_ABOVE_REPEAT, take_titles
from cleaners.judging.title_search import find_title
from cleaners.model import Page
from cleaners.rules.rule import LineRole, Position
from tests.labelled import Row, page, rule

TITLE = "在全镇春耕动员会上的讲话"
TEXT = [
    "各村要抓紧整地，种子和化肥已经到齐，由农技站分送到户。",
    "三月十日以前要疏通主要沟渠，损坏的水泵要送镇上检修。",
]
BREADCRUMB = rule(Position.HEAD, role=LineRole.BREADCRUMB)
BYLINE = rule(Position.HEAD, role=LineRole.BYLINE)


def labels(*rows: Row) -> LineLabels:
    """Return the labels of a page on which every line that a rule knows is taken."""
    search = LineLabels(page(*rows), None)
    for index, line in enumerate(search.lines):
        if line.rules:
            search.remove(index, line.rules[0])
    return search


def found(*rows: Row, known: tuple[str, ...] = ()) -> str | None:
    search = labels(*rows)
    return find_title(search, 1 + max(search.removed_by, default=-1), known)


def taken(*rows: Row, title: str | None = TITLE, head: int = 0, in_frame: bool = True) -> list[int]:
    search = LineLabels(page(*rows), None)
    take_titles(search, title, head, in_frame=in_frame)
    return sorted(search.removed_by)


def test_find_title_the_line_that_the_page_states() -> None:
    assert found(("首页", BREADCRUMB), "老秋的书房", TITLE, *TEXT, known=(f"{TITLE}_竹溪文库",)) == TITLE


def test_find_title_the_stated_one_over_two_lines() -> None:
    halves = TITLE[:7], TITLE[7:]
    assert found(("首页", BREADCRUMB), *halves, *TEXT, known=(TITLE,)) == TITLE


def test_find_title_the_stated_one_where_no_line_is_it() -> None:
    assert found(("首页", BREADCRUMB), *TEXT, known=(TITLE,)) == TITLE


def test_find_title_stated_without_what_the_site_hangs_on_it() -> None:
    stated = f"{TITLE}--竹溪文库"
    assert found(("首页", BREADCRUMB), f"{TITLE}，由老秋整理，各村要抓紧。", *TEXT, known=(stated,)) == TITLE


def test_find_title_next_below_the_path() -> None:
    assert found("乡村春天的故事", ("首页 > 讲话", BREADCRUMB), TITLE, *TEXT) == TITLE


def test_find_title_next_above_the_byline() -> None:
    assert found(("首页", BREADCRUMB), TITLE, ("2024-03-05", BYLINE), *TEXT) == TITLE


def test_find_title_is_no_word_of_the_path() -> None:
    assert found(("首页 > 领导讲话", BREADCRUMB), "领导讲话", TITLE, *TEXT) == TITLE


def test_find_title_is_not_below_text() -> None:
    assert found(("首页", BREADCRUMB), TEXT[0], TITLE, *TEXT) is None


def test_find_title_that_is_glued_to_its_text() -> None:
    assert found(("首页", BREADCRUMB), f"{TITLE}同志们：{TEXT[0]}", *TEXT) == TITLE


def test_find_title_of_a_bare_text_by_the_form_of_its_lines() -> None:
    search = labels("春耕动员", *TEXT)
    assert find_title(search, 0, ()) == "春耕动员"
    assert search.is_bare
    assert search.removed_by == {0: TITLE_LINE}


def test_find_title_of_prose_alone_is_none() -> None:
    assert found(*TEXT) is None


def test_find_title_of_an_exported_file_is_its_first_line() -> None:
    exported = "\n\n".join(["备耕", "\n".join(TEXT)])
    assert find_title(LineLabels(PageLines.of(exported), None), 0, ()) == "备耕"


def test_find_title_of_an_untitled_export_is_none_and_its_line_goes() -> None:
    search = LineLabels(PageLines.of("\n\n".join(["无题", "\n".join(TEXT)])), None)
    assert find_title(search, 0, ()) is None
    assert search.removed_by == {0: TITLE_LINE}


def test_take_titles_in_the_frame() -> None:
    assert taken(TITLE, *TEXT) == [0]
    assert taken(TITLE, *TEXT, in_frame=False) == [0], "long enough to be no chance"
    assert taken("春耕", *TEXT, title="春耕") == [0]
    assert taken("春耕", *TEXT, title="春耕", in_frame=False) == []


@pytest.mark.parametrize("again", [f"{TITLE}.doc", f"《{TITLE}》", f"[讲话稿] {TITLE}", f"{TITLE}（共3页）"])
def test_take_titles_with_what_sites_hang_on_them(again: str) -> None:
    assert taken(*TEXT[:1], again, *TEXT) == [1]


def test_take_titles_not_a_line_that_says_more() -> None:
    assert taken(f"{TITLE}已经印发。", *TEXT) == []


def test_take_titles_again_near_the_head_or_at_the_end_only() -> None:
    prose = [f"{TEXT[0]}第{number}户也不例外。" for number in range(MAX_ABOVE_REPEAT)]
    assert taken(TITLE, *prose[1:], TITLE, *TEXT) == [0, MAX_ABOVE_REPEAT]
    assert taken(TITLE, *prose, TITLE, *TEXT) == [0], "too far below"
    assert taken(TITLE, *prose, *TEXT, TITLE) == [0, MAX_ABOVE_REPEAT + 3], "nothing stands below"


def test_take_titles_not_the_head_of_the_first_of_several_texts() -> None:
    assert taken(f"第一篇：{TITLE}", *TEXT) == [0]
    assert taken(f"第一篇：{TITLE}", *TEXT, "第二篇：在秋收会上的讲话", *TEXT) == []


def test_take_titles_not_of_a_bare_text() -> None:
    search = labels(TITLE, *TEXT)
    search.is_bare = True
    take_titles(search, TITLE, 0, in_frame=True)
    assert not search.removed_by


def test_take_titles_without_a_title_takes_nothing() -> None:
    assert taken(TITLE, *TEXT, title=None) == []


def test_a_first_task_and_a_blank_line_are_no_exported_file() -> None:
    text = "14.渠口宽三尺，水深一尺，流速每秒两尺，则每秒流过渠口的水是多少\n\n【解析】先算渠口的面积，再乘上流速。"
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == (None, text.replace("\n\n", "\n"))


def test_a_bare_text_s_title_may_have_a_number() -> None:
    text = f"第一篇：镇春耕动员会通讯稿3篇\n{TEXT[0]}\n{TEXT[1]}\n镇春耕动员会通讯稿（2）：\n{TEXT[0]}"
    document = clean(Page(body=text, kind="text"))
    assert document.title == "镇春耕动员会通讯稿3篇"
    assert all(line in document.text for line in TEXT)


def test_a_section_s_name_above_a_bare_text_is_no_title() -> None:
    document = clean(Page(body=f"乡村时讯\n{TITLE}在全县春耕现场会上举行\n{TEXT[0]}\n{TEXT[1]}", kind="text"))
    assert document.title == f"{TITLE}在全县春耕现场会上举行"
    assert "乡村时讯" in document.text
    signed = clean(Page(body=f"春到山村\n青禾镇第三中心小学\n{TEXT[0]}{TEXT[1]}\n{TEXT[1]}", kind="text"))
    assert signed.title == "春到山村"


def test_a_title_may_go_on_behind_dashes_on_the_next_line() -> None:
    document = clean(
        Page(body=f"首页 > 讲话\n水到田头\n——怎样写好渠长日记\n来源：青禾网\n{TEXT[0]}\n{TEXT[1]}", kind="text")
    )
    assert document.title == "水到田头 ——怎样写好渠长日记"


def test_what_names_its_kind_above_prose_is_the_title_below_more_short_lines() -> None:
    above = "村务之窗\n公开栏\n便民热线\n章程汇编"
    document = clean(Page(body=f"{above}\n全镇轮流用水管理办法\n第一条 {TEXT[0]}\n第二条 {TEXT[1]}", kind="text"))
    assert document.title == "全镇轮流用水管理办法"
    assert clean(Page(body=f"{above}\n轮流用水\n{TEXT[0]}\n{TEXT[1]}", kind="text")).title is None


PROSE = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"


@pytest.mark.parametrize(
    "text",
    [
        f"张 力\n农业教育发展研究中心主任，博士生导师\n{{title}}\n{PROSE}",
        f"3月5日\n本地话朗诵：\n普通话朗诵：\n{{title}}\n{PROSE}",
        f"李明\n分享 列印 回响 推到Twitter 推到Facebook\n{{title}}\n{PROSE}",
        f"{{title}}\n青禾儿童资源网\n{{title}}\n{PROSE}",
    ],
)
def test_the_title_of_a_bare_text_below_what_is_none(text: str) -> None:
    title = "乡村教育规划纲要和发展要点"
    document = clean(Page(body=text.format(title=title), kind="text"))
    assert document.title == title
    assert document.text.endswith(PROSE)


@pytest.mark.parametrize(
    "text",
    [
        f"第1页共7页{{title}}五篇范文今年开春以来，各村先修渠，再备种。\n{PROSE}",
        f"{{title}}同志们：今年开春以来，各村先修渠，再备种。\n{PROSE}",
    ],
)
def test_a_title_that_its_text_follows_at_once(text: str) -> None:
    title = "在全市春耕现场会上的讲话"
    assert clean(Page(body=text.format(title=title), kind="text")).title == title


def test_a_line_above_the_facts_is_the_title_though_a_sentence_stands_above() -> None:
    text = f"水渠不言，自己流到田头。\n李渠，一生只为一渠水\n青禾站 2021-03-05 08:12:00 阅读：318 评论：2\n{PROSE}\n{PROSE}"
    assert clean(Page(body=text, kind="text")).title == "李渠，一生只为一渠水"


def test_a_first_verse_that_says_the_title_stays() -> None:
    verses = "水到田头\n是借来的水\n从山口借来\n还要还给大江"
    document = clean(Page(body=f"水到田头\n\n{verses}", kind="text"))
    assert (document.title, document.text) == ("水到田头", verses)
    again = clean(Page(body=document.text, kind="text", title=document.title, script=document.script))
    assert again.text == verses


def test_nothing_goes_above_a_title_that_is_the_last_line() -> None:
    row = "秋侯某元年。|\n 十一 元光六年，\n侯某元年。\n 八 元狩二年，\n侯某坐归与冬侯宅不与罪，\n国除。|"
    document = clean(Page(body=f"{row}\n \u3000||\n\n \u3000\u3000\n右春时三十|\n\n\n\n", kind="text"))
    assert document.text == row.replace("\n ", "\n")
