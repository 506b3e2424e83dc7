"""The numbers of headings and items in a text (一、 (一) 第三条 1. ①), and which of them stand in running order."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

ORDINAL = r"(?:[一二三四五六七八九十百]{1,4}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.、．])"
"""The number of a heading or an item as it is written before one."""
HEADS = frozenset(("section", "item", "章", "节", "条", "编", "篇"))
"""Kinds of numbers that head lines."""
TOP_HEADS = frozenset(("section", "章", "节", "编", "篇"))
"""Kinds that head other numbers."""
MAX_HEADING = 40
"""Characters of the longest heading that may be followed at once by a number of a lower level."""

_NUMBER = (
    r"([一二三四五六七八九十]{1,3}、"
    r"|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|第(?:[一二三四五六七八九十百千零〇]{1,8}|\d{1,3})[章节编篇条](?![款项的第规、和至]|之[一二三])"
    r"|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?=[ 一-鿿])"
    r"|\d{1,2}[.、．](?!\d)"
    r"|[①-⑳])"
)
_AT_ONCE = re.compile(rf"(){_NUMBER}")
_BEHIND = re.compile(rf"([。!?！？…;；:：\s][”’\"』」]*){_NUMBER}")
"""A number behind a blank or the end of a sentence; `re` passes over all characters but these at once."""
_LEVELS = {
    "章": 0, "编": 0, "篇": 0, "节": 1, "section": 1, "条": 2, "item": 2,
    "number": 3, "decimal": 3, "bracketed": 4, "circled": 5,
}  # fmt: skip
_BELOW = {  # articles are counted through all chapters
    kind: [lower for lower, depth in _LEVELS.items() if depth > level and lower != "条"]
    for kind, level in _LEVELS.items()
}
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ENDS = "。!?！？…;；:："
_REFERS = "项款、,，;；。"
"""Behind a number in brackets that refers to an item."""
_COUNTED = frozenset("章节条")
"""Kinds of which up to two numbers may be missing."""
_FULL_STOPS = frozenset("。!?！？")
_QUOTES = '”’"』」'
_SENTENCE_MARK = re.compile("[。;!?！？；]")


class Marker(NamedTuple):
    """A number of a heading or item.

    `kind` is its form (`section` 一、 `item` (一) `章` `条` `number` …). `in_order`: it is the first of its kind or one
    more than the last. `after` is the mark of the sentence that ends before it, "" for
    none. `in_heading`: it follows a heading of a higher level at once, without any mark.
    """

    start: int
    end: int
    kind: str
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
    first = _AT_ONCE.match(text)
    for place in chain([first] if first else [], _BEHIND.finditer(text)):
        marker = _marker(text, place, last)
        while marker:
            found.append(marker)
            last[marker.kind] = marker.value
            for lower in _BELOW[marker.kind]:
                last.pop(lower, None)
            marker = _in_heading(text, marker, last) if marker.kind in TOP_HEADS else None
    return found


def _marker(text: str, place: re.Match[str], last: dict[str, int]) -> Marker | None:
    """Return the marker behind a blank or a sentence's end; None for a number that heads nothing."""
    kind, value = _number(place[2])
    before, end = place[1], place.end()
    after = "" if before.isspace() else before[:1]
    if end == len(text) or after.isspace() or (kind in ("item", "bracketed") and text[end] in _REFERS):
        return None
    in_order = value in (1, last.get(kind, 0) + 1) or kind == "decimal"
    if kind in _COUNTED and after in _FULL_STOPS and not in_order:
        in_order = last.get(kind, 0) < value <= last.get(kind, 0) + 3
    if after and (not in_order or (kind == "section" and after in ":：" and value != 1)):
        return None
    return Marker(place.end(1), end, kind, value, in_order, after, False)


def _in_heading(text: str, heading: Marker, last: dict[str, int]) -> Marker | None:
    """Return the number of a lower level that ends a heading, no mark or blank between, None where there is none."""
    limit = heading.end + MAX_HEADING
    mark = _SENTENCE_MARK.search(text, heading.end, limit)
    for place in _AT_ONCE.finditer(text, heading.end, mark.start() if mark else limit):
        start, end = place.span()
        if text[start - 1].isspace() or sentence_end(text, start):
            return None
        kind, value = _number(place[2])
        is_reference = kind == "item" and (text[end : end + 1] in _REFERS or text[start - 1] in "第条款项")
        next_value = 1 if kind == "item" else last.get(kind, 0) + 1
        if kind in HEADS and _LEVELS[kind] > _LEVELS[heading.kind] and value in (1, next_value) and not is_reference:
            return Marker(start, end, kind, value, True, "", True)
    return None


@lru_cache(maxsize=4096)
def _number(words: str) -> tuple[str, int]:
    """Return the kind of a number as it is written, and its value."""
    first, last = words[0], words[-1]
    if first == "第":
        return last, value_of(words[1:-1])
    if last in ")）":
        return "bracketed" if words[1].isdigit() else "item", value_of(words[1:-1])
    if "①" <= first <= "⑳":
        return "circled", ord(first) - 0x245F
    if last.isdigit():
        return "decimal", 0
    return "number" if first.isdigit() else "section", value_of(words[:-1])
