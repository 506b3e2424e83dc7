"""The numbers of headings and items in a text (一、 (一) 第三条 1. ①), and which of them stand in running order."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_HEADING = 40
"""Characters of the longest heading that may be followed at once by a number of a lower level."""

_MARKER = re.compile(
    r"(?=[一二三四五六七八九十(（第\d①-⑳])"  # so that `re` passes over all other characters at once
    r"(?:(?P<section>[一二三四五六七八九十]{1,3})、"
    r"|[(（](?P<item>[一二三四五六七八九十]{1,3})[)）]"
    r"|第(?P<part>[一二三四五六七八九十百千零〇]{1,8}|\d{1,3})(?P<unit>[章节编篇条])(?![款项的第规、和至]|之[一二三])"
    r"|(?<![\d.])(?P<decimal>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?=[ 一-鿿])"
    r"|(?<![\d.])(?P<number>\d{1,2})[.、．](?!\d)"
    r"|[(（](?P<bracketed>\d{1,2})[)）]"
    r"|(?P<circled>[①-⑳]))"
)
_LEVELS = {
    "章": 0, "编": 0, "篇": 0, "节": 1, "section": 1, "条": 2, "item": 2,
    "number": 3, "decimal": 3, "bracketed": 4, "circled": 5,
}  # fmt: skip
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ENDS = "。!?！？…;；:："
_QUOTES = '”’"』」'
_SENTENCE_MARK = re.compile("[。;!?！？；]")


class Marker(NamedTuple):
    """A number of a heading or item.

    `kind` is its form (`section` 一、 `item` (一) `章` `条` `number` …), `level` 0 for the highest. `in_order`: it is
    the first of its kind or one more than the last. `after` is the mark of the sentence that ends before it, "" for
    none. `in_heading`: it follows a heading of a higher level at once, without any mark.
    """

    start: int
    end: int
    kind: str
    level: int
    value: int
    in_order: bool
    after: str
    in_heading: bool


def value_of(numeral: str) -> int:
    """Return the number that a Chinese or Arabic numeral below ten thousand says.

    >>> value_of("二十三"), value_of("一千零五"), value_of("7")
    (23, 1005, 7)
    """
    if numeral.isdigit():
        return int(numeral)
    total = digit = 0
    for char in numeral:
        if char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit


def sentence_end(text: str, at: int) -> str:
    """Return the mark of the sentence that ends before `at`, quotation marks looked over; "" where none ends."""
    last = at - 1
    while last >= 0 and text[last] in _QUOTES:
        last -= 1
    return text[last] if last >= 0 and text[last] in _ENDS else ""


def markers(text: str) -> list[Marker]:
    """Return the numbers that may head a line: those at a sentence's end, behind a blank, or at a heading's end.

    A number must begin its series or go on with it, unless it stands behind a blank or at a line's start. Numbers in
    references (第三条第(一)项) and those within a sentence are none.
    """
    found: list[Marker] = []
    last: dict[str, int] = {}
    for place in _MARKER.finditer(text):
        marker = _marker(text, place, last, found[-1] if found else None)
        if marker is None:
            continue
        last[marker.kind] = marker.value
        for kind, level in _LEVELS.items():
            if level > marker.level and kind != "条":  # articles are counted through all chapters
                last.pop(kind, None)
        found.append(marker)
    return found


def _marker(text: str, place: re.Match[str], last: dict[str, int], heading: Marker | None) -> Marker | None:
    """Return the marker at `place`; None for a number that heads nothing."""
    start, end = place.span()
    group = place.lastgroup if place.lastgroup != "unit" else "part"
    kind = place["unit"] or str(group)
    follows = text[end : end + 1]
    if not follows:
        return None
    if kind in ("item", "bracketed") and (
        follows in "项款、,，;；。" or text[start - 1 : start] in ("第", "条", "款", "项")
    ):
        return None
    value = _value(place)
    before = text[start - 1 : start]
    apart = not before or before.isspace()
    ends = sentence_end(text, start)
    in_order = value in (1, last.get(kind, 0) + 1) or kind == "decimal"
    if kind in "章节条" and ends in tuple("。!?！？"):
        in_order |= last.get(kind, 0) < value <= last.get(kind, 0) + 3
    in_heading = not (ends or apart)
    if in_heading and not _ends_heading(text, start, kind, value, in_order, heading):
        return None
    if not in_order and value != 1 and not apart:
        return None
    if kind == "section" and ends in tuple(":：") and value != 1 and not apart:
        return None
    return Marker(start, end, kind, _LEVELS[kind], value, in_order, ends, in_heading)


def _value(place: re.Match[str]) -> int:
    if place["decimal"]:
        return 0
    if place["circled"]:
        return ord(place["circled"]) - 0x245F
    return value_of(place["section"] or place["item"] or place["part"] or place["number"] or place["bracketed"])


def _ends_heading(text: str, start: int, kind: str, value: int, in_order: bool, heading: Marker | None) -> bool:
    """Whether a number that no mark parts from the words before it ends the heading that those words are."""
    if heading is None or kind in ("number", "bracketed", "circled", "decimal"):
        return False
    if start - heading.end > MAX_HEADING or heading.level >= _LEVELS[kind]:
        return False
    if _SENTENCE_MARK.search(text, heading.end, start):
        return False
    return value == 1 if kind == "item" else in_order
