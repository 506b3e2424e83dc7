"""Strings of a program stay whole, whatever words of pages stand among them; a page's frame is no list of strings."""

import pytest

from cleaners.clean import clean
from cleaners.judging.own_strings import messages, words
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page

PROSE = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"


def text_of(page: str) -> str:
    return clean(Page(body=page, kind="text")).text


def places(page: str) -> list[int]:
    lines = PageLines.of(page).lines
    return list(words(lines, known_in(page)))


def known_in(page: str) -> list[int]:
    return [place for place, line in enumerate(PageLines.of(page).lines) if line.rules]


@pytest.mark.parametrize(
    "strings",
    [
        "全选\n搜索\n清空\n展开\n收起\n加载中...\n没有数据\n上一页\n下一页\n确定",
        "全部都要\n标签\n没有合用的闸\n相关的\n搜索",
        "放水\n下载\n搜索\n更多\n收渠\n清淤\n登录\n换闸板\n选好闸口以后，再等它放水。\n封渠\n东渠还没有修好\n西渠水位",
        "下载\n搜索\n换闸板\n清淤\n收渠",
        "放水的钥匙\n标签:\n东渠\n不明",
    ],
    ids=["buttons", "few", "many of them known", "words first", "a label"],
)
def test_words_of_pages_among_strings_are_theirs(strings: str) -> None:
    assert places(strings) == known_in(strings)
    assert text_of(strings).endswith(strings.split("\n", 1)[1])


@pytest.mark.parametrize(
    "page",
    [
        f"登录\n渠务\n搜索\n{PROSE}",
        f"渠务\n搜索\n{PROSE}\n东渠\n西渠\n更多",
        "搜索\n东渠\n西渠\n闸口\n责任编辑：王小山",
        "首页 渠务\n东渠\n西渠\n闸口\n堤坝",
        "图片发自青禾App\n月亮爬上东山梁\n照着打谷场\n照着井台旁",
        "东渠\n西渠\n2023-09-05 10:22:31\n闸口\n更多",
        "首页\n搜索\n登录\n下载\n东渠",
    ],
    ids=["prose", "prose within", "an editor", "a row", "a name", "a day", "next to nothing else"],
)
def test_what_says_something_of_a_page_is_no_string(page: str) -> None:
    assert not places(page)


@pytest.mark.parametrize(
    "page",
    [
        "首页\n东渠\n西渠\n闸口\n打印\n堤坝\n返回顶部",
        "东渠\n西渠\n闸口\n打印\n堤坝\n收藏\n分享\n举报",
        "热门推荐\n东渠\n西渠\n闸口\n打印\n堤坝",
    ],
    ids=["on both sides", "a menu below", "the head of a list"],
)
def test_words_of_a_page_around_a_list_are_its_own(page: str) -> None:
    assert [page.split("\n")[place] for place in places(page)] == ["打印"]


@pytest.mark.parametrize("edge", ["上一页\n下一页", "相关推荐", "登录后查看全文", "分享到微信", "返回顶部"])
@pytest.mark.parametrize(
    "listed", ["东渠\n西渠\n打印\n堤坝一百丈", "领料单\n闸板 三块 九元\n麻绳 两捆 四元\n合计 十三元\n领料人 李某某"]
)
def test_what_ends_a_page_by_itself_is_no_string_below_a_list(listed: str, edge: str) -> None:
    assert set(places(f"{listed}\n{edge}")) <= {2}


def test_a_long_list_has_some_words_that_end_a_page_elsewhere() -> None:
    strings = "\n".join(f"{name}{part}" for name in "东西南北" for part in ("渠的闸口", "堤上的树", "岸边的田"))
    assert text_of(f"{strings}\n返回顶部") == f"{strings}\n返回顶部"
    assert not places("东渠\n西渠\n登录后查看全文\n闸口"), "a short one has none"
    assert not places("东渠\n西渠\n闸口\n相关推荐\n修渠记")


@pytest.mark.parametrize("key", ["侧边面板(_P)", "清除标示(&C)…", "适用于(_A):"])
def test_words_of_a_menu_with_the_signs_for_their_keys_are_a_programs(key: str) -> None:
    strings = f"显示多页\n上一页\n下一页\n{key}\n关于我们\n登录"
    assert text_of(strings) == strings
    assert messages(PageLines.of(f"首页\n登录\n先按“文件(F)”，再按“另存(A)”。\n{PROSE}")) == range(0)
    assert messages(PageLines.of(f"首页\n登录\n把变量(_P)写进表里。\n{PROSE}")) == range(0)
    assert messages(PageLines.of(f"首页\n{key}\n{PROSE}{PROSE}\n上一页")) == range(0), "a page has paragraphs"


@pytest.mark.parametrize(
    "filled",
    [
        "阅读 {title} 的全文\n{count} 篇博文",
        "无法打开 %s\n共 %d 个文件\n%1$s 已存在",
        "已下载 %(done)s\n{} 不可用\n还有 {0} 项",
        "{count} 篇博文\n阅读 {title} 的全文\n{n} 项\n由 {user} 更新\n于 {date}\n版本：{v}\n{x} 页\n{y} 行\n"
        "这一页没有列出来。搜索时不会找到它，只有知道地址的人才能看到这一页，别的人都看不到。\n"
        "这一页还是草稿，只有在开发的时候才看得到。等到正式发布的时候，它就不会包含在里面了，请放心。",
    ],
)
def test_words_beside_messages_that_a_program_fills_in_are_its_strings(filled: str) -> None:
    strings = f"上一页\n下一页\n返回顶部\n阅读更多\n{filled}\n登录\n关闭导航栏"
    sheet = PageLines.of(strings)
    assert messages(sheet) == range(len(sheet.lines))
    assert text_of(strings) == strings


@pytest.mark.parametrize(
    "filled",
    ["由 %s 供水\n水出 %s 渠", "\n".join(f"开{name}的 {{gate}} 闸" for name in "东西南北上下左右")],
    ids=["two", "many"],
)
def test_places_for_a_name_show_strings_though_a_frame_seems_to_say_something(filled: str) -> None:
    strings = f"最新文章\n{filled}\n相关文章\n本文作者\n" + "\n".join(f"看{name}渠的水位" for name in "东西南北")
    strings += "\n打开闸门\n关上闸门" * (50 if "\n开西" in filled else 1)
    assert messages(PageLines.of(strings))
    assert text_of(strings) == strings
    assert messages(PageLines.of(strings.replace(filled, "由 %s 供水"))) == range(0)


@pytest.mark.parametrize(
    "filled",
    ["还有 %d 步", "第 _START_ 至 _END_ 行", "用 %s 的闸，放水请写明出处！", "水温 %.1f 度", '找"{gate}"，就放水'],
)
def test_one_line_that_a_program_fills_in_is_enough_beside_what_is_no_prose(filled: str) -> None:
    strings = f"Copyright © 1998-2000 Li Ming, Wang Fang\n{filled}\n显示东渠的水位\n关上所有的闸口\n首页\n上页\n末页"
    assert len(messages(PageLines.of(strings))) == 7
    assert text_of(strings) == strings
    assert messages(PageLines.of(f"首页\n上页\n{filled}\n{PROSE}\n下页")) == range(0)


def test_values_that_code_puts_into_strings_show_them_beside_no_prose_and_no_page() -> None:
    strings = "放水\n暂无数据\n第 ${firstGate} 闸至第 ${lastGate} 闸\n暂无数据\n搜索\n暂无数据\n升序"
    assert messages(PageLines.of(strings)) == range(7)
    assert text_of(strings).count("暂无数据") == 3
    assert messages(PageLines.of(f"{strings}\n{PROSE}\n{PROSE}")) == range(0)
    assert messages(PageLines.of(f"相关文章\n{strings}")) == range(0)


@pytest.mark.parametrize("state", ["加载中...", "暂无数据"])
def test_a_state_that_any_program_has_is_no_edge_of_a_page(state: str) -> None:
    strings = f"出现错误，重来\n点开闸口的图{{gateName}}\n{state}"
    assert messages(PageLines.of(strings)) == range(3)
    assert text_of(strings).endswith(state)


def test_lines_that_stand_twice_are_the_forms_of_a_programs_messages() -> None:
    strings = "首页\n收渠\n收渠\n共有 %d 座闸\n分水\n分水\n共有 %d 条渠\n标签\n标签"
    assert messages(PageLines.of(strings)) == range(9)
    assert messages(PageLines.of("首页\n收渠\n共有 %d 座闸\n分水\n共有 %d 条渠\n标签")) == range(0)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("首页 > 水利 > 渠务\n修渠小考", "版权所有 青禾文库"),
        ("修渠小考\n作者：李某某 时间：2022-03-04 浏览：17", ""),
        ("", "上一页\n下一页"),
        ("", "相关推荐\n筑堤小考"),
        ("", "登录后查看全文"),
    ],
    ids=["a path", "a byline", "a pager", "the head of a list", "a wall"],
)
@pytest.mark.parametrize("filled", ["还有{count}人在看", "水位降了 %d", "渠的长度成数列{an}"])
def test_one_place_to_fill_in_shows_no_strings_where_a_frame_says_something_of_a_page(
    above: str, below: str, filled: str
) -> None:
    page = f"{above}\n一、东渠\n{filled}\n二、西渠\n西渠长几丈\n{below}".strip()
    assert messages(PageLines.of(page)) == range(0)


@pytest.mark.parametrize("filled", ["渠的长度成数列{an}", "水位在{x}里"])
def test_mathematics_is_nothing_that_a_program_fills_in(filled: str) -> None:
    page = f"登录\n一、东渠\n{filled}\n二、西渠\n西渠长几丈"
    assert messages(PageLines.of(page)) == range(0)
    assert messages(PageLines.of(f"首页 > 水利 > 渠务\n{page}\n{filled}\n{filled}")) == range(0)
    assert len(messages(PageLines.of(f"{page}\n{filled}\n{filled}"))) == 7


@pytest.mark.parametrize(
    "page",
    [
        f'首页\n登录\n{PROSE}\nprintf("共 %d 亩", n);\nscanf("几口人 %d", &n);\nputs("完"); // 打印 %s 后换行\n下一页',
        f"首页\n登录\n{{{{ item.title }}}}\n{{$title}} 的正文\n{{{{ count }}}} 次阅读\n{PROSE}",
        f"首页\n登录\n今年增产 5%以上，去年 3%左右。\n{PROSE}\n减产 2%的有一家。",
        f"首页\n{{title}} 的正文\n{PROSE}",
        "首页\n" + f"{PROSE}\n" * 60 + "用 %s 代表名字\n用 %d 代表数目\n用 %i 也行",
    ],
    ids=["code", "a template that was not filled in", "shares", "one", "few of the lines"],
)
def test_no_messages_of_a_program(page: str) -> None:
    assert messages(PageLines.of(page)) == range(0)
