"""Line breaks in mid sentence: text wrapped hard at one width, and ratios cut after their colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaners.model import Edit

_LINE = re.compile(r"[^\n]+")
_CLOSED = "。；：？！…”’」』）》】;:?!.)"
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节条编]|\d{1,3}[.、．]|[—•]|附件|同志们|各位)"
)
_WIDE = re.compile("[\u2000-\uffff]")
_RATIO = re.compile(r"(?<=\d[:：])[ \t]*\n\s*(?=\d)")

MIN_WIDTH, MAX_WIDTH = 16, 60
"""Width of a wrapped line in Han characters; longer lines are paragraphs."""
SLACK = 3
"""A wrapped line may fall short of the full width by so much, for a mark that must not begin a line."""
MIN_WRAPPED = 4
"""So many full lines that stop in mid sentence prove a wrap."""
SHARE = 0.8
"""Share of the lines stopping in mid sentence that must be full."""


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    indented: bool

    @property
    def width(self) -> float:
        wide = len(_WIDE.findall(self.text))
        return wide + (len(self.text) - wide) / 2

    @property
    def is_open(self) -> bool:
        return self.text[-1] not in _CLOSED and not _HEADING.match(self.text)


def edits(text: str) -> list[Edit]:
    """Return the edits that join what a hard wrap or a cut ratio broke; none where nothing proves a wrap.

    >>> edits("水泥砂浆1:\\n2")
    [Edit(start=6, end=7, new='', rule='lines.ratio')]
    """
    raw = text.split("\n")
    wrapped: list[Edit] = []
    if sum(MIN_WIDTH <= len(line) <= 2 * MAX_WIDTH + 20 and line[-1] not in _CLOSED for line in raw) >= MIN_WRAPPED:
        wrapped = _wrapped([_line(place) for place in _LINE.finditer(text) if not place.group().isspace()])
    if not any(line.rstrip(" \t").endswith((":", "：")) for line in raw):
        return wrapped
    joined = {edit.start for edit in wrapped}
    ratios = (ratio for ratio in _RATIO.finditer(text) if ratio.start() not in joined)
    return sorted([*wrapped, *(Edit(ratio.start(), ratio.end(), "", "lines.ratio") for ratio in ratios)])


def _line(place: re.Match[str]) -> _Line:
    raw = place.group()
    text = raw.strip()
    start = place.start() + raw.index(text[0])
    return _Line(start, start + len(text), text, raw[0] in " \t\u3000\xa0")


def _wrapped(lines: Sequence[_Line]) -> list[Edit]:
    broken = [line for line in lines[:-1] if line.is_open]
    if len(broken) < MIN_WRAPPED:
        return []
    widths = sorted(line.width for line in broken)
    full = widths[len(widths) * 9 // 10]
    narrow = full - SLACK
    if not MIN_WIDTH <= full <= MAX_WIDTH or sum(width >= narrow for width in widths) < SHARE * len(widths):
        return []
    return [
        Edit(line.end, below.start, _between(line.text, below.text), "lines.wrap")
        for line, below in pairwise(lines)
        if line.is_open and line.width >= narrow and not (below.indented or _HEADING.match(below.text))
    ]


def _between(left: str, right: str) -> str:
    """Return the blank that two Latin words need between them."""
    return " " if left[-1].isascii() and right[0].isascii() and left[-1].isalnum() and right[0].isalpha() else ""
