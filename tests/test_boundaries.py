"""`find_main_content` finds where the document begins and ends on a page: rules and marks prove noise, text proves text.

It walks over the noise at the top and at the bottom and takes what stands between noise; the rules are the test's own.
"""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.judging import boundaries
from cleaners.judging.boundaries import MIN_FORM, find_main_content
from cleaners.judging.edges import MAX_UNKNOWN_TAIL, first_headings, take_shelf
from cleaners.judging.line_labels import TITLE_LINE, LineLabels
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page
from cleaners.rules.rule import LineRole, Position, Rule
from cleaners.text.edits import apply
from tests.labelled import Row, page, rule

HEAD, TAIL, ANY = rule(Position.HEAD), rule(Position.TAIL), rule(Position.ANY)
HEADER_END, FOOTER_START = rule(Position.HEADER_END, "test.begin"), rule(Position.FOOTER_START, "test.end")
WEAK = rule(Position.EDGE, "test.weak", weak=True)
LIST_HEAD = rule(Position.FOOTER_START, role=LineRole.LIST_HEAD)
TITLE = "关于做好春耕工作的通知"
TEXT = [
    "各村要抓紧整地，种子和化肥已经到齐，由农技站分送到户。",
    "三月十日以前要疏通主要沟渠，损坏的水泵要送镇上检修。",
    "农技员每天到田头走一走，看苗情，讲技术，答农户所问。",
]


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the learned judge of lines out: test_judge.py is about it."""
    monkeypatch.setattr(boundaries, "judge", lambda *_, **__: [])


def kept(*rows: Row, known: tuple[str, ...] = (), is_clean: bool = False) -> list[str]:
    """Return the lines of a page that are left; `known` are the titles that the page states outside its text."""
    sheet = page(*rows)
    found = find_main_content(sheet, None, known, is_clean=is_clean)
    return apply(sheet.text, found.edits).split("\n")


def removed_by(*rows: Row) -> list[str]:
    """Return what took each line of a page that states its title."""
    return [edit.rule for edit in find_main_content(page(*rows), None, [TITLE]).edits]


def test_the_number_under_which_an_office_issued_a_text_stays() -> None:
    rows: list[Row] = [("首页 > 文件", HEAD), "青府发〔2017〕92号", TITLE, ("发布日期", HEAD), *TEXT]
    assert kept(*rows)[:1] == ["青府发〔2017〕92号"]


def test_titles_with_their_days_follow_up_the_head_of_a_list() -> None:
    short = ["信的格式", "1.先写称呼。", "2.再写正文。"]
    listed = ["家书的格式11-03", "家书范文07-21", "短信的格式 04-29"]
    page = "\n".join([*short, "【信的格式】相关文章：", *listed])
    assert clean(Page(body=page, kind="text")).text.split("\n") == short[1:]


def test_text_that_no_rule_knows_stays() -> None:
    assert kept(*TEXT) == TEXT


def test_noise_above_and_below_the_text_goes() -> None:
    assert kept(("首页 注册", HEAD), *TEXT, ("标签: 春耕", TAIL)) == [*TEXT, ""]


@pytest.mark.parametrize("known", [HEAD, TAIL, WEAK], ids=["head", "tail", "weak"])
def test_noise_of_the_edges_stays_within_the_text(known: Rule) -> None:
    rows: list[Row] = [*TEXT[:2], ("春耕", known), TEXT[2]]
    assert kept(*rows) == [*TEXT[:2], "春耕", TEXT[2]]


def test_noise_of_any_place_goes_from_within_the_text() -> None:
    assert kept(*TEXT[:2], ("展开全文", ANY), TEXT[2]) == TEXT


def test_header_end_takes_what_stands_above_it() -> None:
    assert kept("农家书屋", "欢迎来客", ("正文如下", HEADER_END), *TEXT) == TEXT
    assert removed_by("农家书屋", TITLE, ("正文如下", HEADER_END), *TEXT) == ["zone.head", "title.line", "test.begin"]


def test_a_title_that_heads_nothing_was_said_again_below_its_text() -> None:
    words = ["犁耙", "锄头", "镰刀", "扁担", "箩筐", "水车", "碾子", "磨盘", "风车", "石臼", "筛子", "簸箕", "草绳"]
    facts, others = "年级：小学四年级作文 字数：479 时间：2025-03-17", ["2025-03-17 [读后感]渠边的春天"] * 2
    page = [facts, *words, "老屋里的农具——读《农事图说》有感", *others]
    assert clean(Page(body="\n".join(page), kind="text")).text.split("\n") == words


def test_header_end_is_not_believed_below_much_text() -> None:
    rows: list[Row] = [*TEXT, ("正文如下", HEADER_END), TEXT[0]]
    assert kept(*rows) == [*TEXT, "正文如下", TEXT[0]]


def test_footer_start_takes_what_stands_below_it() -> None:
    assert kept(*TEXT, ("相关文章", FOOTER_START), "插秧的时机", "育苗的温度") == [*TEXT, ""]
    assert removed_by(*TEXT, ("相关文章", FOOTER_START), "插秧的时机") == ["test.end", "zone.tail"]


def test_footer_start_is_not_believed_above_much_text() -> None:
    rows: list[Row] = [TEXT[0], ("相关文章", FOOTER_START), *TEXT]
    assert kept(*rows) == [TEXT[0], "相关文章", *TEXT]


WATER = (
    "东头的水渠是二十年前修的，渠底裂了三道口子。去年夏天放水，一半流进了沙地，下游的几户没有浇上苗。\n"
    "村里请人量过，要换的渠段有四百多步。石料可以从后山取，水泥要到镇上买，人工由各户轮着出。\n"
)


@pytest.mark.parametrize("head", ["推荐阅读", "延伸阅读："])
@pytest.mark.parametrize("books", [["《农田水利学》", "《砌石工手册》", "《村账怎么记》"], ["1.《水经注》"]])
def test_a_text_without_noise_keeps_its_list_of_books(head: str, books: list[str]) -> None:
    text = clean(Page(body=f"怎样修好一条水渠\n{WATER * 3}{head}\n" + "\n".join(books))).text
    assert text.split("\n")[-len(books) - 1 :] == [head, *books]


@pytest.mark.parametrize(
    ("above", "books"),
    [
        ("首页 > 范文 > 总结\n", ["《农田水利学》", "《砌石工手册》"]),  # the page has noise of its own
        ("", ["《水渠维修合同》", "《砌石工程合同》"]),  # papers, as such sites have
        ("", ["农田水利工作总结", "砌石工手册", "村账管理制度"]),
        ("", [f"《农田水利学第{number}册》" for number in range(9)]),
    ],
)
def test_a_site_s_list_goes(above: str, books: list[str]) -> None:
    text = clean(Page(body=f"{above}怎样修好一条水渠\n{WATER * 3}推荐阅读\n" + "\n".join(books))).text
    assert not any(book in text for book in books)


def test_footer_start_that_heads_the_texts_own_list_ends_nothing() -> None:
    books = ["《农桑辑要》 司农司编", "《陈旉农书》 陈旉", "《齐民要术》 贾思勰著", "《沈氏农书》 张履祥补"]
    assert kept(*TEXT, ("推荐阅读", LIST_HEAD), *books) == [*TEXT, "推荐阅读", *books]
    assert kept(*TEXT, ("推荐阅读", LIST_HEAD), "插秧的时机") == [*TEXT, ""]


def test_unknown_lines_between_noise_below_the_text_go() -> None:
    between = ["插秧", "育苗", "除草", "施肥"]
    few, many = between[:MAX_UNKNOWN_TAIL], between[: MAX_UNKNOWN_TAIL + 1]
    assert kept(*TEXT, ("标签: 春耕", TAIL), *few, ("举报", TAIL)) == [*TEXT, ""]
    assert kept(*TEXT, ("标签: 春耕", TAIL), *many, ("举报", TAIL)) == [*TEXT, "标签: 春耕", *many, ""]


def test_weak_hits_below_the_text_are_no_unknown_lines() -> None:
    weak = [(f"{page}页", WEAK) for page in range(MAX_UNKNOWN_TAIL + 1)]
    assert kept(*TEXT, ("标签: 春耕", TAIL), *weak, ("举报", TAIL)) == [*TEXT, ""]


def test_unknown_line_between_noise_above_the_text_goes() -> None:
    assert kept(("首页 注册", HEAD), "老秋", ("12KB", HEAD), *TEXT) == TEXT


def test_unknown_line_that_no_noise_follows_stays() -> None:
    assert kept(("首页 注册", HEAD), TITLE, "老秋", *TEXT, known=(TITLE,)) == ["老秋", *TEXT]
    assert kept(TITLE, "老秋", *TEXT, known=(TITLE,)) == ["老秋", *TEXT]


def test_unknown_line_with_the_marks_of_an_official_text_stays() -> None:
    number = "镇发[2024]5号"
    assert kept(("首页 注册", HEAD), TITLE, number, ("12KB", HEAD), *TEXT, known=(TITLE,)) == [number, *TEXT]
    assert kept(("首页 注册", HEAD), TITLE, "老秋", ("12KB", HEAD), *TEXT, known=(TITLE,)) == TEXT


def test_weak_hits_prove_each_other_beside_noise() -> None:
    weak = [("免费", WEAK), ("12KB", WEAK), ("3页", WEAK)]
    assert kept(("首页 注册", HEAD), *weak, *TEXT) == TEXT
    assert kept(*weak, *TEXT) == ["免费", "12KB", "3页", *TEXT], "no noise proves them"


def test_title_stated_by_the_page_goes_from_the_frame() -> None:
    rows: list[Row] = [("首页 注册", HEAD), TITLE, *TEXT]
    assert kept(*rows, known=(TITLE,)) == TEXT
    found = find_main_content(page(*rows), None, [TITLE])
    assert found.title == TITLE


def test_title_of_a_cleaned_text_stays_where_it_is_no_repeat() -> None:
    assert kept("整地", *TEXT, known=("整地",), is_clean=True) == ["整地", *TEXT]


def test_list_of_other_documents_is_no_text() -> None:
    listed = ["春耕动员大会讲话.doc", "秋收工作总结报告.doc", "冬修水利实施方案.pdf", "护林防火倡议书.doc"]
    assert kept(("首页 注册", HEAD), *listed) == [""]
    assert kept(("首页 注册", HEAD), *listed, *TEXT)[-len(TEXT) :] == TEXT


def test_lines_all_of_one_form_are_a_text_of_that_form() -> None:
    rows = [(f"3月{day}日 晴", HEAD) for day in range(1, MIN_FORM + 1)]
    assert kept(*rows) == [text for text, _ in rows]
    assert kept(*rows[1:]) == [""], "too few for a form"


def test_hits_are_the_rules_that_took_lines() -> None:
    sheet = page(("首页 注册", HEAD), *TEXT, ("标签: 春耕", TAIL))
    hits = find_main_content(sheet, None, ()).hits
    assert [(hit.rule, sheet.text[hit.start : hit.end]) for hit in hits] == [(HEAD, "首页 注册"), (TAIL, "标签: 春耕")]


def test_is_open_where_a_known_line_stays() -> None:
    assert find_main_content(page(*TEXT[:2], ("春耕", TAIL), TEXT[2]), None, ()).is_open
    assert not find_main_content(page(*TEXT), None, ()).is_open


def test_a_word_that_heads_a_list_of_documents_is_one_of_a_list_of_words() -> None:
    words = "相册\n相片\n事件\n相关文章\n旋转\n裁剪\n曝光\n红眼\n导出\n打印机"
    assert clean(Page(body=words, kind="text")).text == words


def test_an_address_alone_goes_from_a_page_and_stays_in_a_text() -> None:
    text = "\n".join([*TEXT, "qingheyuan.org", *TEXT])
    assert clean(Page(body=text, kind="text")).text == text


SHELF = [
    *("春天的水渠", "闸门换新记", "人人看水,我为渠水", "放水的次序", "夜里轮流看水"),
    *("邻居帮一把", "先远田后近田", "立夏的秧田", "村口的桥洞"),
]


def shelf_page(*above: str) -> str:
    lines = "首页 > 校园新闻 > 图片", *above, *SHELF, "喜迎丰收", "2024-03-01  作者(来源)：王小福", "喜迎丰收", *TEXT
    return "\n".join(lines)


def test_names_of_other_texts_above_a_title_on_both_sides_of_its_facts_go() -> None:
    document = clean(Page(body=shelf_page()))
    assert document.title == "喜迎丰收"
    assert len(document.text.split("\n")) == len(TEXT)


def test_they_stay_where_a_text_stands_above_them() -> None:
    assert all(name in clean(Page(body=shelf_page(TEXT[0]))).text for name in SHELF)


def shelved(*above: str, protected: int | None = None, noise: bool = True) -> set[int]:
    """Return what goes as a list above the title of a page: `above` stands between its path, which is line 0, and that."""
    top = "首页 > 水情 > 正文" if noise else "桥头的新渡船"
    lines = [top, *above, "东渠今年提前放水", "2024-03-01 作者：王小福", "东渠今年提前放水", *TEXT]
    search = LineLabels(PageLines.of("\n".join(lines)), None)
    taken = (0, len(above) + 2) if noise else (len(above) + 2,)
    for place in taken:
        search.remove(place, next(iter(search.lines[place].rules)))
    if protected is not None:
        search.protected.add(protected)
    take_shelf(search, "东渠今年提前放水")
    return search.removed_by.keys() - set(taken)


def test_a_list_above_the_title_goes_below_noise_only_and_never_with_lines_of_the_text() -> None:
    names = ("西渠何时放水", "北闸换了新门", "清渠的第一天")
    assert shelved(*names) == {1, 2, 3, 4, 6}
    assert not shelved(*names, noise=False)
    assert not shelved(*names, protected=2)
    assert not shelved(*names[:2], TEXT[0])
    assert not shelved(*names[:2], "渡船修好了，两岸的人就都方便了？")
    assert not shelved(*names[:2])


def test_names_of_persons_above_the_title_are_no_list_of_texts() -> None:
    assert not shelved("看水的人有", "赵谷雨", "钱立夏", "孙小满")
    assert not shelved("先西渠，后东渠，", "西渠何时放水", "北闸换了新门")


VERSES = ["月亮爬上东山梁", "照着打谷场", "照着晒干的新麦", "也照着井台旁"]


@pytest.mark.parametrize(
    "line",
    [
        "图片发自青禾App",
        "上一页 点击屏幕中间调出菜单 下一页",
        "【www.qinghe.com--诗歌】",
        "2023-09-05 2 2 青禾晚报 content_103105.html 1 打谷场 /enpproperty-->",
        "隐藏答案加入收藏加入记忆错题反馈",
    ],
)
@pytest.mark.parametrize("place", range(5))
def test_a_line_that_goes_anywhere_proves_no_frame_around_verses(line: str, place: int) -> None:
    lines = [*VERSES[:place], line, *VERSES[place:]]
    document = clean(Page(body="\n".join(lines), kind="text"))
    assert (document.title, document.text) == (None, "\n".join(VERSES))


@pytest.mark.parametrize(
    "lines",
    [
        ["关键词：月亮|打谷场|新麦", *VERSES],
        [*TEXT, "2019年8月3日", "第1版：草稿", "2020年1月6日", "第2版：加了附表", *TEXT],
        [TEXT[0], *("表决一：换闸", "支持（ ） 反对（ ）", "表决二：修路", "支持（ ） 反对（ ）")],
        [*TEXT, "李小满的其他作品", "◎井台旁", "◎新麦", "◎晒场"],
        [*TEXT, "2024-07-02 08:10:05", "2024-07-03 08:09:41", "2024-07-04 08:11:30"],
        [*TEXT, "点击屏幕中部弹出菜单", "选夜间一栏", *TEXT],
        ["乡亲们好。下面是我写的广播稿，希望大家喜欢！", *TEXT],
        [*TEXT, "试卷编号 20240117"],
        [*TEXT, "更多新闻请关注镇广播站，我们将持续为您更新水情！"],
        [*TEXT, "新闻热线：0571-6000000"],
        [*TEXT, "网站该写明：", "1、凡本网站注明由镇里供稿的，由办公室答复。"],
    ],
)
def test_what_texts_say_themselves_goes_only_beside_other_noise(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = clean(Page(body=text, kind="text"))
    assert document.text == text


def test_an_editor_s_sentence_goes_from_the_first_paragraph_below_a_frame_alone() -> None:
    offer = "下文将提供三篇放水通知的范文，供大家参考。"
    first = "东渠今年三月二十日起放水，先放上游四个村，再放下游三个村，各村照单子轮流。"
    frame = "当前位置: 青禾文库 > 通知 >\n放水通知\n", "\n版权所有 青禾文库"
    document = clean(Page(body=f"{first}{offer}\n{first}".join(frame), kind="text"))
    assert document.text == f"{first}\n{first}"
    for text in (
        f"{first}\n{first}{offer}",
        f"{first}\n{offer}\n{first}",
        f"{first}{offer}三篇写的是一件事。\n{first}",
        f"{first}{offer}\n{first}",
        f"放水通知的写法\n{first}{offer}\n{first}",
    ):
        assert offer in clean(Page(body=text, kind="text")).text


def headings(*between: str, scores: dict[int, float], above: str = "时间:2024-03-01 10:20:00") -> set[int]:
    """Return which lines below a title said again stay, of those at `scores`; `above` stands between both titles."""
    lines = ["首页 > 水情 > 正文", "东渠今年提前放水", above, "东渠今年提前放水", *between, *TEXT]
    search = LineLabels(PageLines.of("\n".join(lines)), None)
    search.removed_by = {1: TITLE_LINE, 3: TITLE_LINE} | ({2: "test.rule"} if above[:2] == "时间" else {})
    return first_headings(search, scores)


def test_lines_hardly_noise_below_a_title_that_closes_the_frame_stay() -> None:
    rows = ("放水怎样安排", "王小福")
    assert headings(*rows, scores={4: -0.2, 5: 0.3}) == {4, 5}
    assert headings(*rows, scores={4: 3.0, 5: 0.3}) == {5}
    assert not headings(*rows, scores={4: -0.2, 5: 3.0})
    assert not headings(*rows, scores={4: -0.2, 5: 0.3}, above="春耕前的一件事")
    assert not headings("放水怎样安排", "分享到：", scores={4: -0.2, 5: 0.3})
    assert not headings(scores={})


def test_a_heading_is_surer_where_another_part_of_the_text_has_one() -> None:
    part = "今年东渠从三月二十日起放水，先放上游四个村，再放下游三个村，各村照单子轮流。"
    parts = ("放水怎样安排", part, "闸门谁来看", part)
    assert headings(*parts, scores={4: 0.7}) == {4}
    assert not headings(*parts, scores={4: 1.2})
    assert not headings(*parts[:2], scores={4: 0.7})
    assert not headings("王小福", *parts, scores={4: 0.7, 5: 0.7})
