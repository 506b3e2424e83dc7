"""`label` finds the boilerplate of a page that no template knows, by what its lines say of each other.

It only attaches `frame.*` rules to lines; whether a line goes is decided later, as for lines that other rules know.
"""

from __future__ import annotations

import pytest

from cleaners.judging.boilerplate import BREADCRUMB, FACTS, LIST, PAIR, SELF_PROMO, label
from cleaners.judging.page_lines import PageLines
from cleaners.rules.rule import Rule
from cleaners.text.normalized import normalize, normalize_line

TITLE = "关于做好冬季防火工作的通知"
PROSE = [
    "入冬以来，山林和农房用火增多，为确保群众生命财产安全，现就有关事项通知如下。",
    "护林员每日上山两次，发现火情立即上报，重点时段加派人手守住进山的路口。",
]


def labelled(rule: Rule, *lines: str) -> list[str]:
    """Return the lines of a page to which the rule was attached."""
    sheet = PageLines.of("\n".join(lines))
    label(sheet.lines)
    return [line.normalized for line in sheet.lines if rule in line.rules]


@pytest.mark.parametrize(
    "path",
    ["竹溪文库 > 通知 > 防火", "竹溪文库／公文／通知", "您的足迹：首页 » 通知 » 防火", "竹溪文库 - 公文 - 通知"],
)
def test_breadcrumb_begins_with_the_name_above_it_or_with_home(path: str) -> None:
    assert len(labelled(BREADCRUMB, "竹溪文库", path, TITLE, *PROSE)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "松岭 > 石桥 > 渡口",
        "甲方/乙方/丙方",
        "2023/11/6",
        "竹溪文库欢迎您",
        "竹溪文库-%s-%d.png",
        "竹溪文库的页数 > 20K",
        "竹溪文库 (版本 >=0.52)",
        "竹溪文库 - \\include{文件}",
    ],
    ids=["route", "parties", "day", "no steps", "pattern", "comparison", "bound", "code"],
)
def test_breadcrumb_is_no_row_of_other_names(line: str) -> None:
    assert labelled(BREADCRUMB, "竹溪文库", line, TITLE, *PROSE) == []


def test_breadcrumb_is_none_of_many() -> None:
    steps = [f"竹溪→{place}" for place in ("松岭", "石桥", "渡口", "水口")]
    assert labelled(BREADCRUMB, "竹溪", *steps, TITLE, *PROSE) == []
    places = ["竹溪/松岭/渡口", *(f"竹溪/{place}" for place in ("石桥", "渡口", "水口", "山口"))]
    assert labelled(BREADCRUMB, "竹溪", *places, TITLE, *PROSE) == []


@pytest.mark.parametrize("sign", ["/", "→"])
def test_breadcrumb_stays_one_where_other_lines_only_have_its_name_or_arrow(sign: str) -> None:
    path = sign.join(("竹溪文库", "农事", "渡口"))
    foot = [f"竹溪文库 2020-01-0{day} 收录" for day in (2, 3, 4)]
    said = [f"{PROSE[0]}发现火情{sign}上报{sign}扑救。"] * 3
    assert labelled(BREADCRUMB, "竹溪文库", path, TITLE, *PROSE, *said, *foot) == [path]


@pytest.mark.parametrize("line", ["上传者 老秋 3.2万人看过 12KB", "下载 37 浏览 1846", "热度：★★★☆ 所需溪币：5"])
def test_facts_two_that_only_a_document_page_states(line: str) -> None:
    assert len(labelled(FACTS, "竹溪文库", TITLE, line, *PROSE)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "附件 12KB",
        "版本：2 页数：12 下载 37 次",
        "满分：100 浏览 20 分 下载 37 次",
        "浏览 1846 次，下载 37 次。",
        "1．阅读下面的文字，完成1～3题",
        "2008年6月10日共领取征地款人民币85050元",
        "2008年6月10日领取 85050 人民币",
        "版权所有 © 2016-2022 竹溪软件贡献者",
        "《竹溪》读后感600字(《竹溪》读后感600字作文)",
        "| 水尺图 | 第二张 | 3.9 MB |",
    ],
    ids=["one", "version", "paper", "sentence", "task", "money", "money last", "owner", "length of a title", "row"],
)
def test_facts_are_no_head_of_a_form_and_no_sentence(line: str) -> None:
    assert labelled(FACTS, "竹溪文库", TITLE, line, *PROSE) == []


@pytest.mark.parametrize("line", ["竹溪文库提醒：请勿上传涉密材料", "打开竹溪文库App，随时查阅"])
def test_self_promo_names_the_site_below_the_text(line: str) -> None:
    assert len(labelled(SELF_PROMO, "竹溪文库", TITLE, *PROSE * 2, line)) == 1


def test_self_promo_needs_a_name_that_is_proved() -> None:
    line = "清风岭提醒：请勿上传涉密材料"
    assert labelled(SELF_PROMO, "清风岭", TITLE, *PROSE, line) == []
    assert len(labelled(SELF_PROMO, "清风岭", TITLE, *PROSE, line, "清风岭 ICP备12345678号")) >= 1


def test_a_paragraph_names_no_site() -> None:
    first, second = (
        f"{kind}的升级：登录渠务官网，到下载中心取新的安装程序，" + "装好后重新登录，" * 12 for kind in ("电脑", "手机")
    )
    assert labelled(SELF_PROMO, "怎样升级", first, second) == []


def test_a_file_of_a_machine_is_no_path_of_a_page() -> None:
    strings = ["在改写 /etc/canal 时出错", "在改写 /etc/canal 的条目时出错", "在改写 /etc/gates 的条目时出错"]
    assert labelled(BREADCRUMB, *strings, "关闸时出错") == []


def test_what_was_misread_says_of_no_owner() -> None:
    first = "渠首的“闸门”多用 GBK 记名，换成 UTF-8 以后，老的水尺还能读出一半。"
    last = "文件名里若有 UTF-8 的“Ã©”，先用工具转一遍，再交给闸口的人，以免下载之后打不开。"
    assert labelled(SELF_PROMO, first, *PROSE, last) == []


def test_self_promo_by_the_path_that_bears_the_name() -> None:
    line = "清风岭提醒：请勿上传涉密材料"
    assert labelled(SELF_PROMO, "清风岭", "清风岭 > 通知 > 防火", TITLE, *PROSE * 2, line) == [
        normalize_line(normalize(line))
    ]


def test_self_promo_by_the_name_proper_where_prose_does_not_have_it() -> None:
    line = "竹溪提醒：请勿上传涉密材料"
    assert len(labelled(SELF_PROMO, "竹溪文库", TITLE, *PROSE, line)) == 1
    assert labelled(SELF_PROMO, "竹溪文库", TITLE, *PROSE, f"{PROSE[0]}竹溪也不例外。", line) == []


def test_self_promo_is_not_who_signs() -> None:
    assert labelled(SELF_PROMO, "竹溪文库", TITLE, *PROSE, "竹溪文库", "2024年3月5日") == []


def test_list_has_a_head_that_says_so() -> None:
    listed = ["森林防火倡议书", "护林员岗位职责"]
    assert labelled(LIST, TITLE, *PROSE, "看了这份文档的人还打开了", *listed) == ["看了这份文档的人还打开了", *listed]
    assert labelled(LIST, TITLE, *PROSE, "看了这份文档的人还打开了", listed[0]) == [], "one is no list"
    assert labelled(LIST, TITLE, *PROSE, "看山护林人员名单", *listed) == []


def test_list_of_the_same_type_is_one_and_several_types_are_none() -> None:
    listed = ["森林防火倡议书", "护林员岗位职责"]
    assert labelled(LIST, TITLE, *PROSE, "同类型文章", *listed) == ["同类型文章", *listed]
    assert labelled(LIST, TITLE, *PROSE, "不同类型的文书", *listed) == []
    assert labelled(LIST, TITLE, *PROSE, "同类型", *listed) == []


def test_list_of_any_short_lines_only_below_the_prose() -> None:
    listed = ["秋冬季造林", "护路队轮值"]
    assert labelled(LIST, TITLE, *PROSE, "竹溪同类推荐：", *listed) == ["竹溪同类推荐:", *listed]
    assert labelled(LIST, TITLE, "竹溪同类推荐：", *listed, *PROSE) == []
    below = "下种以前先算好要种几亩。"
    assert labelled(LIST, TITLE, *PROSE, "竹溪同类推荐：", *listed, below * 2) == [], "a short sentence goes on"
    assert labelled(LIST, TITLE, *PROSE, "- 豆瓣酱（推荐本村的）", "- 土豆", "- 花椒油（可选）") == [], (
        "an item of its own"
    )
    assert labelled(LIST, TITLE, *PROSE, *map("第{}排".format, range(9)), "竹溪同类推荐：", *listed) == [], "in a list"
    assert labelled(LIST, TITLE, *PROSE, "推荐做法一", "地点：村口", "工具：铁锹") == [], "they state what is meant"
    assert labelled(LIST, TITLE, *PROSE, "推荐做法一", "浓烟 → 弯腰走", "明火 → 绕开走") == []


def test_pair_of_lines_with_their_counts() -> None:
    counted = ["森林防火倡议书 1.2万收藏", "护林员岗位职责 8,846收藏"]
    assert labelled(PAIR, TITLE, *PROSE, *counted) == counted
    assert labelled(PAIR, TITLE, *PROSE, counted[0]) == []
    assert labelled(PAIR, TITLE, *PROSE, "全年发放补贴1.2万元", counted[0]) == []


def test_pair_of_the_document_before_and_the_next() -> None:
    both = ["前一则:冬季取暖安全提示", "后一则:关于清理沟渠的倡议"]
    assert labelled(PAIR, TITLE, *PROSE, *both) == both
    assert labelled(PAIR, TITLE, *PROSE, both[0], PROSE[0]) == []
    assert labelled(PAIR, TITLE, *PROSE, "看山护林", both[1]) == []


def test_rules_of_other_kinds_stay_on_a_line() -> None:
    sheet = PageLines.of("\n".join(["首页 > 通知 > 正文", TITLE, *PROSE]))
    before = list(sheet.lines[0].rules)
    label(sheet.lines)
    assert before
    assert sheet.lines[0].rules[: len(before)] == before
