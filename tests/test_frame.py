"""The frame of a page that no template knows: what its lines say of each other."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.model import Document, Page

TITLE = "关于做好冬季防火工作的通知"
TEXT = """各村民委员会：
入冬以来，我镇气温持续走低，山林和农房用火增多，火险等级不断升高。为确保群众生命财产安全，现就有关事项通知如下。
一、加强巡查
护林员每日上山两次，发现火情立即上报，不得迟报、漏报，重点时段加派人手守住进山的路口。
二、备足器材
各村清点水泵、风力灭火机和水带，损坏的在本月二十日以前修好，并指定专人保管，做到随用随取。
青溪镇人民政府
2024年11月20日"""


def cleaned(*lines: str) -> Document:
    return clean(Page(body="\n".join(lines), kind="text"))


HEADS = {
    "arrows": ["竹溪文库 zhuxi", "方案", "总结", "竹溪文库 ⟩ 通知 ⟩ 防火", TITLE, "上传者 老秋 · 3.2万人看过 · 12KB"],
    "slashes": ["竹溪资料馆", "竹溪资料馆／公文／通知", TITLE, "2024-11-21　　竹溪编务　　约 300 字　　荐 4"],
    "label": ["欢迎光临竹溪资料站", "写作", "您的足迹：首页 » 通知 » 防火", TITLE, "[ 2024-11-21 ] [ 点击: 654 ]"],
    "no path": ["竹溪文档（触屏版）", "返回", TITLE, "类别:通知 热度:★★★☆ 日期:2024/11/21 所需溪币:5"],
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_title_stands_below_the_path_and_above_the_facts(head: list[str]) -> None:
    document = cleaned(*head, TEXT)
    assert (document.title, document.text) == (TITLE, TEXT)


TAILS = {
    "list": ["看了这份文档的人还打开了", "森林防火倡议书 DOC 5页", "护林员岗位职责 PDF 3页 免费"],
    "list below": ["竹溪同类推荐：", "秋冬季造林", "村规民约（修订）", "护路队轮值"],
    "counted": ["森林防火倡议书 1.2万收藏", "护林员岗位职责 8,846收藏"],
    "turn": ["前一则：冬季取暖安全提示", "后一则：关于清理沟渠的倡议"],
    "own": ["竹溪提醒：请勿上传涉密材料。", "打开竹溪App，随时查阅"],
    "buttons": ["［报错］［顶一下］［踩一下］"],
    "remaining": ["免费浏览到第 3 页为止，还有 55 页待下载"],
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_what_stands_below_the_text_goes(tail: list[str]) -> None:
    head = ["竹溪文库", "竹溪文库 > 通知 > 防火", TITLE]
    document = cleaned(
        *head, TEXT, *tail, "竹溪文库 版权所有 京ICP备10000000号-1 地址：青溪县人民路6号 热线 400-000-0000"
    )
    assert (document.title, document.text) == (TITLE, TEXT)
    assert document.truncated is ("还有" in tail[0])


@pytest.mark.parametrize(
    "lines",
    [
        ["合同编号：XS-2022-0317", "甲方：____ 乙方：____"],
        ["姓名：秋禾", "期望薪资：14K—18K", "现居：青溪/竹溪/白溪"],
        ["满分：150分 时间：120分钟", "班级____ 姓名____ 得分____"],
        ["计划→实施→检查→改进", "质量-安全-进度"],
        ["时间：2024年11月20日（星期三）19:30", "地点：二楼活动室"],
        ["发布日期 2024-05-01 实施日期 2024-06-01", "版本 A/0 页次 1/3"],
    ],
)
def test_what_a_document_says_in_its_own_head_stays(lines: list[str]) -> None:
    document = cleaned(TITLE, *lines, TEXT)
    assert all(line in document.text for line in [*lines, *TEXT.split("\n")])


@pytest.mark.parametrize(
    "lines",
    [
        ["二、推荐阅读", "《山里的孩子》", "《河边的树》", "《灯下的人》"],
        ["相关记录", "培训签到表", "设备点检表"],
        ["帐篷 2顶", "睡袋 4个", "头灯 4个"],
        ["红烧肉 28元", "清炒时蔬 16元", "合计 44元"],
        ["（签字）（盖章）"],
        ["上联：山青水秀", "下联：人寿年丰"],
        ["竹溪村的老人说，火是会走路的。"],
    ],
)
def test_what_a_document_ends_with_stays(lines: list[str]) -> None:
    head = ["竹溪文库", "竹溪文库 > 通知 > 防火", TITLE]
    document = cleaned(*head, TEXT, *lines)
    assert all(line in document.text for line in lines)


def test_a_list_within_the_text_goes_and_the_text_goes_on() -> None:
    first, rest = TEXT.split("\n二、", 1)
    document = cleaned(TITLE, first, "延伸阅读（编辑挑的）", "森林防火工作简报", "护林员座谈会上的讲话", f"二、{rest}")
    assert document.text == TEXT


def page(*menu: str, title: str = TITLE, heading: str = "") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    return f"<html><head><title>{title}</title></head><body>{''.join(menu)}{heading}{paragraphs}</body></html>"


def test_runs_of_links_are_no_text() -> None:
    links = "".join(
        f"<li><a href='/d/{n}.html'>{name}</a>（{n}）</li>" for n, name in enumerate(["山火", "水情", "路况"])
    )
    below = "".join(f"<li><a href='/t/{n}.html'>第{n}期</a></li>" for n in range(4))
    body = page(f"<ul>{links}</ul>", heading=f"<h1>{TITLE}</h1>").replace("</body>", f"<ul>{below}</ul></body>")
    assert clean(Page(body=body, kind="html")).text == TEXT


def test_links_within_the_page_are_its_own() -> None:
    contents = "".join(
        f"<p><a href='#p{n}'>{name}</a></p>" for n, name in enumerate(["巡查要求", "器材要求", "联系方式"])
    )
    document = clean(Page(body=page(heading=f"<h1>{TITLE}</h1>{contents}"), kind="html"))
    assert document.text == f"巡查要求\n器材要求\n联系方式\n{TEXT}"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (f"{TITLE} | 竹溪", "<h1>{}</h1>"),
        (f"{TITLE} – 竹溪小站 – 最全的公文", "<h1>{}</h1>"),
        (f"竹溪--公文大观--{TITLE}", "<p>{}</p>"),
        (f"{TITLE} - 领导讲话 - 竹溪社区 - Powered by Discuz!", "<h1>[公文] {}</h1>"),
        (f"{TITLE}_竹溪文案", "<h2><a href='/d/1.html'>{}</a></h2>"),
    ],
)
def test_the_title_element_without_what_sites_hang_on_it(title: str, heading: str) -> None:
    menu = "".join(f"<div>栏目{name}</div>" for name in "甲乙丙丁戊己")
    document = clean(Page(body=page(menu, title=title, heading=heading.format(TITLE)), kind="html"))
    assert (document.title, document.text) == (TITLE, TEXT)


def test_a_link_that_never_ends_is_none() -> None:
    body = page("<div>栏目甲</div>", heading=f"<h1>{TITLE}</h1>").replace("</h1>", "</h1><a href='/x.html'>")
    assert clean(Page(body=body, kind="html")).text == TEXT
