"""Radicals and compatibility characters become the characters they look like; signs of fonts are bullets or flagged."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.repairs.lookalikes import edits
from cleaners.text.edits import apply

SHOWN = {
    "⽔⾯⼴阔，⻥⻋⻓⻄⻅": "水面广阔，鱼车长西见",
    "⼈⺠⼤会": "人民大会",
    "⾦⾊⾕⽳": "金色谷穴",
    "⻛⻚⻉⻔⻢⻦⻨⻩": "风页贝门马鸟麦黄",
    "⻘年⻬⼼": "青年齐心",
    "更新老师": "更新老师",
    "⼀、总则": "一、总则",
    "⼯作⽬标": "工作目标",
    "⽣活⽆忧": "生活无忧",
    "下⾯是⼩结": "下面是小结",
    "你好吗": "你好吗",
}
BULLETS = {
    "\uf06c 上午开会": "• 上午开会",
    "　　\uf0b7 下午讨论": "　　• 下午讨论",
    "\uf0a7甲\n\uf0d8乙": "•甲\n•乙",
    "\t\uf0fc 已完成": "\t• 已完成",
    "\uf075 一\n正文\n\uf076 二": "• 一\n正文\n• 二",
}


@pytest.mark.parametrize("text", SHOWN)
def test_radicals_are_written_as_characters(text: str) -> None:
    assert apply(text, edits(text)) == SHOWN[text]


def test_every_radical_goes_to_a_character_that_stays() -> None:
    radicals = "".join(map(chr, (*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6))))
    unified = apply(radicals, edits(radicals))
    assert len(unified) == len(radicals)
    assert not set(unified) & set(radicals)
    assert edits(unified) == []
    assert all(normalize("NFKC", char) == char for char in unified)


@pytest.mark.parametrize("text", BULLETS)
def test_bullets_of_fonts_are_shown(text: str) -> None:
    assert apply(text, edits(text)) == BULLETS[text]


@pytest.mark.parametrize("text", ["\uf0b7\uf0b7\uf0b7", "角\uf061等于\uf062", "\ue5e5甲", "\uf8ff 标志"])
def test_other_signs_of_fonts_stay_and_are_flagged(text: str) -> None:
    assert edits(text) == []
    page = clean(Page(body=f"今年春天，全县新修水渠。\n各村{text}认真备耕。", kind="text"))
    assert "private_use" in page.flags
    assert text in page.text


@pytest.mark.parametrize("text", ["会议于三月五\ufffd召开，请准时参加。", "标\ufffd题\n\n正文是好的。"])
def test_lost_characters_are_flagged_and_the_text_stays(text: str) -> None:
    page = clean(Page(body=text, kind="text"))
    assert page.flags == ("undecodable",)
    assert "\ufffd" in f"{page.title}{page.text}"


def test_a_text_out_of_a_pdf_has_the_key_of_the_plain_one() -> None:
    plain = "关于水产养殖的意见\n\n我县水面广阔，长期以来群众有养鱼习惯，车间加工能力较强，见实效。\n"
    pdf = plain.translate(str.maketrans("水面鱼车长见人", "⽔⾯⻥⻋⻓⻅⼈"))
    one, other = (clean(Page(body=text, kind="text")) for text in (plain, pdf))
    assert (one.title, one.text, one.key) == (other.title, other.text, other.key)


def test_a_list_of_radicals_keeps_them() -> None:
    listed = "\n".join(
        f"'{radical}': '{said}'," for radical, said in zip("⺀⺅⺡⺮⻌⻖⻢⻥", "冰人水竹走阜马鱼", strict=True)
    )
    assert not edits(listed)
    assert apply(f"{listed}\n" + "⽔⾯⼴阔，" * 3, edits(f"{listed}\n" + "⽔⾯⼴阔，" * 3)).startswith(
        "'⺀': '冰',\n'亻'"
    )
    assert apply("年 ⽉ ⽇", edits("年 ⽉ ⽇")) == "年 月 日"


def test_days_written_with_radicals_are_no_list_of_them() -> None:
    assert (
        apply("9 ⽉ 12 ⽇，9 ⽉ 13 ⽇，10 ⽉ 1 ⽇", edits("9 ⽉ 12 ⽇，9 ⽉ 13 ⽇，10 ⽉ 1 ⽇"))
        == "9 月 12 日，9 月 13 日，10 月 1 日"
    )
    numbered = "\n".join(["⼀、⼯作安排", "⼆、⼈员"] * 6)
    assert apply(numbered, edits(numbered)).startswith("一、工作安排\n二、人员")
