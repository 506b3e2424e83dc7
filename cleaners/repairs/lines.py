"""Line breaks in mid sentence: text wrapped hard at one width, and ratios cut after their colon.

Lines of one width without a closing mark may be a list, a table or verses. A wrap cuts words in two, and sentences end
in the middle of its lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaners.model import Edit
from cleaners.repairs.likelihood import splits_word

WRAP_RULE, RATIO_RULE = "lines.wrap", "lines.ratio"

_LINE = re.compile(r"[^\n]+")
_CLOSED = "。；：？！…”’」』）》】;:?!.)" + '"'
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节条编]|\d{1,3}[.、．]|[—•]|附件|同志们|各位)"
)
_WIDE = re.compile("[\u2000-\uffff]")
_RATIO = re.compile(r"(?<=[^\s\d.、]\d[:：])[ \t]*\n\s*(?=\d{1,3}(?![\d.、．:：)）]))")
_NO_START = frozenset("，。、；：！？）》”")
"""Marks that begin no line but one that was cut."""
_INNER_END = re.compile(r"[。！？；](?=[^”’」』）)])")
_ORDINAL = re.compile(r"(?:第|[题例表图章节注步骤骤案])\s?\d{0,3}$")

MIN_WIDTH, MAX_WIDTH = 16, 60
"""Width of a wrapped line in Han characters; longer lines are paragraphs."""
SLACK = 3
"""A wrapped line may fall short of the full width by so much, for a mark that must not begin a line."""
CLOSED_SLACK = 1
"""The same for a line that ends with a sentence, as the last one of a paragraph does, too."""
MIN_WRAPPED = 4
"""So many full lines that stop in mid sentence prove a wrap."""
SHARE = 0.8
"""Share of the lines stopping in mid sentence that must be full."""
MIN_SPLIT, MIN_SPLIT_SHARE = 2, 0.2
"""Words cut by the line breaks, and their share of the breaks, that prove a wrap; a list meets a word by chance."""
MIN_INNER_ENDS = 2
"""Lines with the end of a sentence inside; so many make one cut word enough."""
MAX_ALIKE, MAX_MARKED = 0.5, 0.4
"""Share of the lines that may begin alike, in two characters, as rows do, and that may end with a mark, as verses."""
MAX_INDENTED = 0.8
"""Share of indented lines above which an indent begins no paragraph."""


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
    ratios = (
        ratio for ratio in _RATIO.finditer(text) if ratio.start() not in joined and _is_ratio(text, ratio.start())
    )
    return sorted([*wrapped, *(Edit(ratio.start(), ratio.end(), "", RATIO_RULE) for ratio in ratios)])


def _is_ratio(text: str, end: int) -> bool:
    """Whether the number before a colon counts parts, not items: `砂浆1:`, but `例1:`, `第1:`."""
    return not _ORDINAL.search(text, max(0, end - 8), end - 1)


def _line(place: re.Match[str]) -> _Line:
    raw = place.group()
    text = raw.strip()
    start = place.start() + raw.index(text[0])
    return _Line(start, start + len(text), text, raw[0] in " \t\u3000\xa0")


def _wrapped(lines: Sequence[_Line]) -> list[Edit]:
    """Return the joins of a hard-wrapped text: its broken lines are of one width, and words go on over their ends."""
    broken = [line for line in lines[:-1] if line.is_open]
    if len(broken) < MIN_WRAPPED:
        return []
    widths = sorted(line.width for line in broken)
    full = widths[len(widths) * 9 // 10]
    narrow = full - SLACK
    if not MIN_WIDTH <= full <= MAX_WIDTH or sum(width >= narrow for width in widths) < SHARE * len(widths):
        return []
    tells = sum(line.indented for line in lines) <= MAX_INDENTED * len(lines)
    pairs = [
        (line, below)
        for line, below in pairwise(lines)
        if not ((below.indented and tells) or _HEADING.match(below.text))
    ]
    if not _is_proved([(line, below) for line, below in pairs if line.is_open and line.width >= narrow]):
        return []
    return [
        Edit(line.end, below.start, _between(line.text, below.text), WRAP_RULE)
        for line, below in pairs
        if _runs_on(line, full)
    ]


def _runs_on(line: _Line, full: float) -> bool:
    """Whether a line of a wrapped text goes on in the next one: it is full; one that ends a sentence, to the column."""
    return line.width >= full - (CLOSED_SLACK if line.text[-1] in _CLOSED else SLACK)


def _is_proved(joined: Sequence[tuple[_Line, _Line]]) -> bool:
    """Whether a wrap made these breaks: it cuts words, and sentences end inside its lines."""
    starts = Counter(line.text[:2] for line, _ in joined)
    if (
        len(joined) < MIN_SPLIT
        or max(starts.values()) > MAX_ALIKE * len(joined)
        or any("\t" in a.text for a, _ in joined)
    ):
        return False
    if sum(line.text[-1] in "，、," for line, _ in joined) > MAX_MARKED * len(joined):
        return False
    split = sum(b.text[0] in _NO_START or splits_word(a.text[-1], b.text[0]) for a, b in joined)
    inner = sum(bool(_INNER_END.search(line.text)) for line, _ in joined)
    return split >= (1 if inner >= MIN_INNER_ENDS else max(MIN_SPLIT, MIN_SPLIT_SHARE * len(joined)))


def _between(left: str, right: str) -> str:
    """Return the blank that two Latin words need between them."""
    return " " if left[-1].isascii() and right[0].isascii() and left[-1].isalnum() and right[0].isalpha() else ""
