"""Rows of a table and items of a list stay together, and a page's frame is none of them."""

from collections.abc import Sequence

import pytest

from cleaners.clean import clean
from cleaners.judging.own_facts import book_card, records
from cleaners.judging.own_lists import (
    alike,
    coded,
    counted,
    divided,
    drawn,
    references,
    rows,
    typed,
    typed_alike,
    worded,
)
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page

PROSE = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"
EMPTY = "\u3000||"
TABLE = "\n".join(
    (EMPTY, "七月|东渠放水。|", EMPTY, "八月|西渠清淤，", "换闸板。|", EMPTY, "九月|各村收费。|", EMPTY, "十月|封渠。|")
)


def text_of(page: str) -> str:
    return clean(Page(body=page, kind="text")).text


def test_empty_cells_are_rows_of_their_table() -> None:
    assert list(rows(PageLines.of(TABLE))) == [0, 1, 2, 4, 5, 6, 7, 8]
    assert text_of(TABLE).split("\n") == [line.lstrip() for line in TABLE.split("\n")]


@pytest.mark.parametrize(
    "page",
    [
        "首页|\n登录|\n注册|\n收藏|\n帮助|\n" + PROSE,
        "首页\n|\n登录\n|\n注册\n|\n收藏\n|\n帮助\n" + PROSE,
        "![]()|\n||||\n" * 6 + PROSE,
        f"{TABLE}\n" + f"{PROSE}\n" * 30,
    ],
    ids=["menu", "bars between words", "pictures in a grid", "few of the lines"],
)
def test_bars_of_a_frame_are_no_table(page: str) -> None:
    assert list(rows(PageLines.of(page))) == []


HISTORY = """o  4   0434aaa6b91f   2014-08-14 20:01
|    修闸
|
| o  3   318914536c86   2014-08-14 20:00
|/     备种
|
o  1   82e55d328c8c   2005-08-26 01:21
|    修渠"""


def test_bars_that_draw_a_history_or_a_tree_stay() -> None:
    assert list(drawn(PageLines.of(f"{PROSE}\n{HISTORY}\n{PROSE}"))) == list(range(1, 9))
    assert text_of(f"{HISTORY}\n{PROSE}").count("|") == 6
    tree = "村志\n|-- 渠务\n|   |-- 东渠.txt\n|   |\n|   |-- 西渠.txt\n|\n|-- 备种.txt"
    assert list(drawn(PageLines.of(tree))) == list(range(1, 7))


@pytest.mark.parametrize(
    "page",
    [
        "首页\n|\n登录\n|\n注册\n|\n收藏\n" + PROSE,
        "| 首页 | 登录 |\n| 渠务 | 水情 |\n| 收藏 | 打印 |\n| 关于 | 联系 |\n| 帮助 | 退出 |\n" + PROSE,
        "|\n|\n|\n|\n|\n|\n" + PROSE,
        "首页\n|\n|  登录\n|\n|  注册\n|\n|  帮助\n" + PROSE,
        "春耕\n|  修渠\n|  选种\n|  放水\n|\n|  插秧\n" + PROSE,
    ],
    ids=["bars between words", "rows of links", "bars alone", "a menu", "a single line without words"],
)
def test_bars_of_a_frame_draw_nothing(page: str) -> None:
    assert list(drawn(PageLines.of(page))) == []


@pytest.mark.parametrize("head", ["参考书籍：", "参考资料", "## 参考链接", "四、参考文献", "【延伸参考文章】"])
def test_a_text_s_sources_are_its_own(head: str) -> None:
    sources = f"{head}\n\n- 官网：水利社区\n- 快速上手：更多下载\n- 中文社区：论坛首页"
    sheet = PageLines.of(f"水渠的养护\n{PROSE}\n\n{sources}\n上一篇：修渠")
    assert list(references(sheet)) == [2, 3, 4, 5]
    assert text_of(f"水渠的养护\n{PROSE}\n\n{sources}\n").endswith("论坛首页")


@pytest.mark.parametrize(
    "page",
    [
        f"{PROSE}\n参考资料\n更多下载\n论坛首页",
        f"{PROSE}\n相关资料\n- 更多下载\n- 论坛首页",
        f"{PROSE}\n参考资料\n- 首页\n- 下载",
    ],
    ids=["no items", "of the site", "menu"],
)
def test_no_list_of_sources(page: str) -> None:
    assert list(references(PageLines.of(page))) == []


ITEMS = ("修渠的日子", "备种的次序", "轮流用水的约定")


@pytest.mark.parametrize("marks", [("- ",) * 5, ("1. ", "2. ", "3. ", "4. ", "5. ")], ids=["marks", "numbers"])
def test_a_list_that_mostly_stays_stays_whole(marks: tuple[str, ...]) -> None:
    items = "\n".join(map("".join, zip(marks, (*ITEMS, "更多下载", "免费文档"), strict=True)))
    assert text_of(f"渠水志\n{PROSE}\n\n{items}\n上一篇：修渠\n下一篇：备种\n").endswith(items)


@pytest.mark.parametrize(
    "lines",
    ["- 修渠的日子\n- 更多下载\n- 免费文档", "- 修渠的日子\n- 备种的次序\n* 更多下载\n* 免费文档"],
    ids=["mostly a frame's", "another list"],
)
def test_a_list_of_the_frame_goes(lines: str) -> None:
    assert "免费文档" not in text_of(f"渠水志\n{PROSE}\n\n{lines}\n上一篇：修渠\n下一篇：备种\n")


@pytest.mark.parametrize(
    "text", ["- 猜你喜欢\n" * 60, "参考资料\n- 参考资料\n", "猜你喜欢\n" + "- 猜你喜欢看渠\n" * 60]
)
def test_a_list_in_a_list_is_walked_once(text: str) -> None:
    sheet = PageLines.of(text)
    found = [*typed(sheet, range(len(sheet.lines))), *references(sheet)]
    assert len(found) == len(set(found)) > 1


def test_records_and_cards_in_a_row_are_walked_once() -> None:
    sheet = PageLines.of("相关记录\n" * 60)
    assert list(records(sheet.lines, range(60))) == list(range(60))
    sheet = PageLines.of("书名：水渠\n" * 60)
    assert list(book_card(sheet.lines)) == list(range(60))


@pytest.mark.parametrize("head", ["猜你喜欢", "相关推荐："])
def test_bullets_below_a_head_are_a_page_s_where_rules_know_more_of_it(head: str) -> None:
    listed = f"{head}\n* 修渠的故事\n* 备种的办法"
    framed = f"首页 > 农事 > 用水\n渠水志\n作者：李明 时间：2020-01-02 浏览：318\n{PROSE}\n{listed}\n版权所有 水口网"
    assert text_of(framed) == PROSE
    assert text_of(f"{PROSE}\n{listed}").endswith(listed)


def test_a_mark_that_parts_a_text_stays_as_the_others_do() -> None:
    lines = PageLines.of(f"【书 P80】\n{PROSE}\n【书 P83】\n{PROSE}\n【书 P85】\n{PROSE}\n【书 P86】\n第 3 页").lines
    assert alike(lines, {0, 7}, ()) == {0}
    assert alike(lines, {0, 7}, {4}) == set()
    assert alike(lines, {0, 2, 7}, ()) == set()
    lines = PageLines.of("\n".join(f"范文{number}\n{PROSE}" for number in "一二三四")).lines
    assert alike(lines, {0}, ()) == {0}


def test_a_list_that_is_counted_further_than_a_frames_is_text() -> None:
    places = [
        f"{'东片 ' if number == 1 else ''}{number} 青禾{name}" for number, name in enumerate("东西南北上下" * 5, 1)
    ]
    rows_of = [*places[:12], "西片", "村名 户数", *places[12:]]
    lines = PageLines.of("\n".join(["青禾网", *rows_of, "联系我们"])).lines
    assert list(counted(lines)) == list(range(1, len(rows_of) + 1))
    assert not list(counted(PageLines.of("\n".join(places[:10])).lines)), "a list of the ten most read"
    assert not list(counted(PageLines.of("\n".join(places[1:])).lines)), "it does not begin"
    assert not list(counted(PageLines.of("\n".join(["热门文章", *places])).lines)), "what is read most"
    assert not list(counted(PageLines.of("\n".join(places[:19] + ["青禾网"] * 9 + places[19:])).lines))


@pytest.mark.parametrize(("taken", "own"), [({2, 3}, {2, 3}), ({3}, {3}), ({1, 2, 3}, set())])
def test_a_list_is_not_divided_half_of_which_stays(taken: set[int], own: set[int]) -> None:
    sheet = PageLines.of("* 渠名：东渠\n* 渠长：三里\n* 守渠人：老周\n* 守渠人的村：上村")
    assert divided(sheet, taken, ()) == own
    assert divided(sheet, taken, {0}) == set(), "a rule takes one of its items"


def test_rows_of_codes_that_rise_by_leaps_are_a_table() -> None:
    codes = (7, 9, 13, 20, 21, 22, 53, 53, 80)
    table = "\n".join(f"{code} TCP 服务 {number}" for number, code in enumerate(codes))
    assert list(coded(PageLines.of(f"{PROSE}\n{table}\n{PROSE}").lines)) == list(range(1, 10))


@pytest.mark.parametrize(
    "numbers",
    [range(1, 20), (80, 53, 53, 22, 21, 20, 13, 9, 7), (7, 9, 13, 20), (3, 5, 7, 8, 2, 5, 6, 9)],
    ids=["counted one by one", "falling", "few", "up and down"],
)
def test_other_rows_with_numbers_are_no_table_of_codes(numbers: Sequence[int]) -> None:
    assert not list(coded(PageLines.of("\n".join(f"{number} 修渠的事" for number in numbers)).lines))


def test_a_row_of_words_stays_where_several_beside_it_do() -> None:
    words = "渠 闸 堤 坝 井 台 水车 石桥\n"
    sheet = PageLines.of(f"青禾网\n{words * 5}{PROSE}\n{words}")
    assert worded(sheet.lines, {0, 1, 2, 7}, set()) == {1, 2}
    assert worded(sheet.lines, {1, 2, 3}, set()) == set(), "fewer than three stay"
    assert worded(sheet.lines, {1}, {2, 3}) == set(), "a rule knows the others"
    assert worded(sheet.lines, {0, 6}, set()) == set()


def test_items_that_a_writer_typed_stay_as_others_do() -> None:
    lines = ["- 先清淤", "- 再砌石", "渠修好以后，各家轮流守闸。", "- 后放水", "更多", "- 渠志", "- 水利站"]
    sheet = PageLines.of("\n".join(lines))
    assert typed_alike(sheet, {4, 5, 6}, ()) == {5, 6}
    assert typed_alike(sheet, {5, 6}, {0}) == set(), "a rule takes one of them"
    assert typed_alike(sheet, {3, 5, 6}, ()) == set(), "fewer than three stay"
    assert typed_alike(PageLines.of("\n".join(lines).replace("- 渠志", "* 渠志")), {5}, ()) == set(), "another mark"
