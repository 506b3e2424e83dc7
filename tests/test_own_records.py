"""Records that repeat one form stay whole; what only looks like them, beside the text of a page, is no record."""

import pytest

from cleaners.clean import clean
from cleaners.judging.own_records import records
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
FAR = "青禾\n村戏\n山乡\n王小山\n2001-05-08\n八分\n井台\n纪录\n河村\n周大水\n赵有田\n陈春分\n碾坊旧事\n打谷场"


def places(page: str) -> list[int]:
    sheet = PageLines.of(page)
    return list(records(sheet, [place for place, line in enumerate(sheet.lines) if line.rules]))


@pytest.mark.parametrize("text", [SHOPS, FILMS, COMMITS, FAR], ids=["hours", "days", "a log", "one day"])
def test_records_that_repeat_one_form_stay_whole(text: str) -> None:
    document = clean(Page(body=text, kind="text"))
    kept = {*document.text.split("\n"), document.title or ""}
    assert {line for line in text.split("\n") if line} <= kept


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
