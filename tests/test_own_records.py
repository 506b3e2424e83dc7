"""Records that repeat one form stay whole; what only looks like them, beside the text of a page, is no record."""

import pytest

from cleaners.clean import clean
from cleaners.judging.boilerplate import label
from cleaners.judging.own_records import priced, records
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page

PROSE = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"
SHOPS = """河沿茶馆
渠东
井台街12号
花茶、 麻花
11:00-14:00、 17:00-21:30

碾坊面馆
渠西
磨坊巷3号
拉面、 卤蛋
06:30-21:00

老槐树豆腐坊
村口
打谷场旁
豆花、 豆干
10:00-20:00"""
FILMS = """青禾
村戏
山乡
王小山
李满仓
2001-05-08
八分
井台
纪录
河村
周大水
赵有田
陈春分
2003-11-21
九分
碾坊旧事
村戏
河村
王小山
2010-02-14"""
COMMITS = """3f9a1c2 王小山 2019-11-11
添上许可

71b04de 李满仓 2019-11-09
闸口的数改对

改过的数都写在本子上
88d1 王小山 2019-10-30
修好东渠"""
JOBS = "\n".join(
    f"{work}\n不限\n2024-03-05\n{place}\n{place}水利站"
    for work, place in [("修渠工", "东渠"), ("闸工", "西渠"), ("客服", "河村"), ("仓管", "井台"), ("采购", "山乡")]
)
POSTS = "\n".join(
    f"{name}渠清淤记\n2024-03-0{day} 09:15\n2024/03/0{day}/{name}渠清淤记/\n水利\n乡村"
    for day, name in enumerate("东西南北", 1)
)
DISHES = """黄焖小河鱼 01 (辣) — ¥36
河里当天捞的小鱼，先煎后焖
石磨豆花 02 — ¥8
清早点的豆花，浇一勺辣油
柴火炖鸡 03 — ¥88
散养的鸡，铁锅慢炖两个钟头
荠菜团子 04 — ¥12
糯米粉裹荠菜馅，上笼蒸熟"""
NAMES = ["青山", "过客", "石桥", "稻花香", "河边草", "小雨点"]
HEADLINES = ["关于东渠清淤的通知", "西渠闸口换新", "村里办起图书室", "打谷场翻新", "老木匠讲修桥", "小学添了新桌椅"]
SAID = [f"{name}\n2024-02-1{day} 20:1{day}\n顶一下" for day, name in enumerate(NAMES)]
LISTED = [f"{headline}\n2024-02-1{day}" for day, headline in enumerate(HEADLINES)]


def commits(*sizes: int, said: tuple[int, ...] = (), by: str = "王小山") -> str:
    """Return a log whose records have so many lines; those `said` have a sentence for the last of them."""
    heads = (f"{number}f9a1c {by} 2019-11-1{number}" for number in range(len(sizes)))
    bodies = (
        ["闸口"] * (size - 1 - (number in said)) + [PROSE] * (number in said) for number, size in enumerate(sizes)
    )
    return "\n".join(line for head, body in zip(heads, bodies, strict=True) for line in (head, *body))


def places(page: str) -> list[int]:
    sheet = PageLines.of(page)
    return list(records(sheet, [place for place, line in enumerate(sheet.lines) if line.rules]))


@pytest.mark.parametrize(
    "text", [SHOPS, FILMS, COMMITS, JOBS, POSTS, DISHES], ids=["hours", "days", "a log", "work", "posts", "prices"]
)
def test_records_that_repeat_one_form_stay_whole(text: str) -> None:
    document = clean(Page(body=text, kind="text"))
    kept = {*document.text.split("\n"), document.title or ""}
    assert {line for line in text.split("\n") if line} <= kept


@pytest.mark.parametrize(
    ("fits", "differs"),
    [
        (commits(3, 3, 3), commits(3, 3)),
        (commits(3, 3, 9, 3, 3), commits(3, 3, 10, 3, 3)),
        ("闸口\n" * 6 + commits(3, 3, 3, 3), "闸口\n" * 7 + commits(3, 3, 3, 3)),
        (commits(3, 3, 3, 7), commits(3, 3, 3, 8)),
        (commits(3, 3, 3, by="山" * 42), commits(3, 3, 3, by="山" * 43)),
        (commits(3, 3, 3, 3, 3, said=(0, 4)), commits(3, 3, 3, 3, said=(0,))),
        (commits(3, 3, 3) + "渠" * 25, commits(3, 3, 3) + "渠" * 26),
    ],
    ids=["number", "distance", "above", "below", "a line", "sentences", "half"],
)
def test_records_are_alike_to_some_bound(fits: str, differs: str) -> None:
    assert places(fits)[-1:] == [fits.count("\n")]
    assert not places(differs)


@pytest.mark.parametrize(
    "page",
    [
        f"首页\n{SHOPS}",
        f"{SHOPS}\n责任编辑：王小山",
        f"参与的人\n{PROSE * 8}\n376时长01:44\n东渠\n574时长01:45\n西渠\n272时长01:59\n井台",
        f"水到田头\n2024-03-05\n{PROSE}\n{PROSE}",
        "水到田头\n2024-03-05\n东渠\n西渠\n闸口\n堤坝",
        "东渠\n西渠\n闸口\n堤坝\n2024-03-05 来源：河村网",
        "\n".join(f"2025-11-1{day} 22:15" for day in range(5)),
        f"{SHOPS}\n" + "\n".join(["渠上的树", "渠下的田"] * 20),
        "",
    ],
    ids=["a path", "an editor", "a list beside a text", "prose", "below a title", "who", "rows", "one end", "nothing"],
)
def test_what_stands_beside_a_text_is_no_record(page: str) -> None:
    assert not places(page)


@pytest.mark.parametrize(
    "page",
    [
        "\n".join((f"水到田头\n{PROSE}", *SAID)),
        "\n".join((f"水到田头\n2024-03-05\n{PROSE}", *SAID)),
        "\n".join((f"水到田头\n{PROSE}", *(f"[{name}] 顶一下\n2024年2月1日 20:10 来自河北" for name in NAMES))),
        "\n".join(("水到田头", "东渠", "西渠", "闸口", "堤坝", "水井", *SAID)),
        "\n".join(LISTED),
        "\n".join(("首页", "走进河村", *(f"水利站\n{item}" for item in LISTED), "下一页")),
        "\n".join(f"{item}\n青山\n查看更多\n返回顶部" for item in LISTED),
        "\n".join(f"{item} 来源：河村网\n青山" for item in LISTED),
        "\n".join(f"{item} 河村网\n青山" for item in LISTED),
        "\n".join(f"{headline}\n{PROSE[:20]}...\n2024-02-10" for headline in HEADLINES),
        "\n".join(f"{headline}\n青山\n更新：2024-02-10" for headline in HEADLINES),
        "青禾网\n菜谱\n家常菜\n拌黄瓜\n2024-03-05 08:10\n黄瓜\n蒜\n香醋\n盐",
    ],
)
def test_pages_with_lists_and_talks_are_no_records(page: str) -> None:
    assert not places(page)


@pytest.mark.parametrize(
    "page",
    [
        "水渠图纸.doc 12KB 3页\n水利\n" * 3 + PROSE * 6,
        f"首页\n{DISHES}",
        "水渠图纸 3页 ¥5\n闸口图纸 2页 ¥4\n堤坝图纸 9页 ¥8",
        f"水渠图纸\n12KB 3页\n{PROSE}\n{PROSE}",
    ],
    ids=["files above a text", "a path", "rows", "below a title"],
)
def test_prices_around_a_text_are_no_list_of_wares(page: str) -> None:
    sheet = PageLines.of(page)
    label(sheet.lines)
    assert not priced(sheet, [place for place, line in enumerate(sheet.lines) if line.rules])


def test_the_title_above_records_goes_as_it_does_elsewhere() -> None:
    text = "\n".join(f"2024-03-1{day} 8:30\n{name}讲渠道\n大礼堂" for day, name in enumerate(NAMES))
    assert places(f"水利培训日程\n{text}") == [*range(1, 19)]
    document = clean(Page(body=f"水利培训日程\n{text}", kind="text"))
    assert (document.title, document.text) == ("水利培训日程", text)
