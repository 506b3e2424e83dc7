"""Pages of several texts: what stands between the name of all and the head of the first one is the editor's."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.judging.collected import LEAD, first_heads, label
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page

LEAD_LINE = "写这类体会要交代清楚水从哪里来、渠往哪里去。怎样写才能让别人读得下去?请注意次序。"
PROSE = "开春以后各家先清自己门前那一段渠，再一起去修总闸，前后用了九天。"


def lead(*lines: str) -> list[str]:
    sheet = PageLines.of("\n".join(lines))
    label(sheet.lines)
    return [line.normalized for line in sheet.lines if LEAD in line.rules]


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("2023年修渠心得体会(汇总10篇)", "修渠心得体会篇一"),
        ("修渠心得体会集锦五篇", "修渠心得体会 篇1"),
        ("【必备】修渠心得体会3篇", "修渠心得体会(篇1)"),
        ("修渠心得体会6篇", "第一篇:修渠心得体会"),
        ("修渠心得体会(共8篇)", "1.修渠心得体会 篇一"),
    ],
)
def test_what_stands_below_the_name_of_a_collection_is_its_editors(title: str, head: str) -> None:
    assert lead(title, LEAD_LINE, head, PROSE) == [LEAD_LINE]
    assert lead(title, LEAD_LINE, title, head, PROSE) == [LEAD_LINE]
    assert lead(title, "发布时间:", LEAD_LINE, head, PROSE) == [LEAD_LINE]


@pytest.mark.parametrize(
    "lines",
    [
        ("修渠心得体会", LEAD_LINE, "修渠心得体会篇一", PROSE),
        ("修渠心得体会10篇", LEAD_LINE, "修桥的经过篇一", PROSE),
        ("修渠心得体会10篇", LEAD_LINE, "一、修渠心得体会", PROSE),
        ("修渠心得体会10篇", *[LEAD_LINE] * 4, "修渠心得体会篇一", PROSE),
        ("第一篇 修渠心得体会", LEAD_LINE, "修渠心得体会篇一", PROSE),
        (LEAD_LINE, "修渠心得体会篇一", PROSE),
        ("关于印发修渠心得体会3篇的通知", "各乡镇人民政府:", "现将修渠心得体会印发给各乡镇。", "修渠心得体会1", PROSE),
        ("清渠见闻(共2篇)", "姐姐,这两封信写给你,你读完就明白我为何留在村里。", "清渠见闻第一篇", PROSE),
        ("民间笑话2则", "小朋友,你听过猜灯谜的笑话吗?", "民间笑话篇一", PROSE),
        ("修渠心得体会(共3篇)", "写在前面", "祖父去世以后,箱底翻出了这几页纸。", "修渠心得体会篇一", PROSE),
    ],
    ids=[
        "no number",
        "another name",
        "no first of several",
        "long",
        "a part",
        "no title",
        "a notice",
        "letters",
        "jokes",
        "a preface",
    ],
)
def test_what_nothing_shows_to_be_a_collection_keeps_all(lines: tuple[str, ...]) -> None:
    assert lead(*lines) == []


def test_the_lead_goes_and_the_heads_of_the_texts_stay() -> None:
    title, heads = "2023年修渠心得体会(汇总2篇)", ("修渠心得体会篇一", "修渠心得体会篇二")
    page = "\n".join([title, "2023-11-12 13:17:47    小编:ZTFB", LEAD_LINE, heads[0], PROSE, heads[1], PROSE])
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.text) == (title, "\n".join([heads[0], PROSE, heads[1], PROSE]))


def test_no_rule_takes_the_head_of_the_first_text() -> None:
    assert first_heads(PageLines.of(f"怎样写家书范文一:\n{PROSE}").lines) == [0]
    assert first_heads(PageLines.of("怎样写家书范文一:\n怎样写家书范文二:").lines) == []
    page = "\n".join(
        ["青禾范文网", "当前位置:首页 > 范文 > 家书", "怎样写家书范文一:", PROSE, "怎样写家书范文二:", PROSE]
    )
    assert clean(Page(body=page, kind="text")).text.startswith("怎样写家书范文一:\n")


def test_the_head_that_begins_with_its_number_and_a_colon_stays_below_an_editors_word() -> None:
    word = "以下是一些经典的心得范文,大家可以从中汲取灵感,写出自己的话。"
    page = "\n".join(
        ["修渠心得体会怎么写", "时间:2023-11-12 13:17:47", word, "篇一:《修渠心得体会》", "一、开工", PROSE]
    )
    assert clean(Page(body=page, kind="text")).text.split("\n") == ["篇一:《修渠心得体会》", "一、开工", PROSE]


@pytest.mark.parametrize("lines", [("篇一:我的寒假", "一、开工"), ("寓言心得(共5则)", "寓言心得篇一", "一、开工")])
def test_the_first_head_is_known_by_its_form_or_by_what_counts_the_texts(lines: tuple[str, ...]) -> None:
    assert first_heads(PageLines.of("\n".join([*lines, PROSE])).lines) == [len(lines) - 2]
