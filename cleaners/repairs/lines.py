"""Line breaks in mid sentence: text wrapped hard at one width, and ratios cut after their colon.

Lines of one width without a closing mark may be a list, a table or verses. A wrap cuts words in two, and sentences end
in the middle of its lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import NamedTuple

from cleaners.model import Edit
from cleaners.repairs.likelihood import splits_word

WRAP_RULE, RATIO_RULE = "lines.wrap", "lines.ratio"

_LINE = re.compile(r"[^\n]+")
_CLOSED = "。；：？！…”’」』）》】;:?!.)" + '"'
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节条编]|\d{1,3}[.、．](?!\d)|[—•]|附件|同志们|各位)"
)
_RATIO = re.compile(r"(?<=[^\s\d.、]\d[:：])[ \t]*\n\s*(?=\d{1,3}(?![\d.、．:：)）]))")
_NO_START = frozenset("，。、；：！？）》”")
"""Marks that begin no line but one that was cut."""
_UNIT = re.compile(r"(?:[!-~]{1,12}|.)[，。、；：！？）》”’…]*")
"""What a wrap does not part: a character or a short Latin word with the marks that begin no line."""
_MARK = re.compile("[，。；！？：,;!?:]")
_INDENT = re.compile(r"[\t\u3000\xa0]|  ")
_CLAUSE_END = re.compile("[，、。；：！？,;!?:]")
_INNER_END = re.compile(r"[。！？；](?=[^”’」』）)])")
_ORDINAL = re.compile(r"(?:第|[题例表图章节注步骤骤案])\s?\d{0,3}$")

MIN_WIDTH, MAX_WIDTH = 16, 60
"""Width of a wrapped line in Han characters; longer lines are paragraphs."""
MIN_WRAPPED = 4
"""So many full lines that stop in mid sentence prove a wrap."""
MIN_NEAR = 0.6
"""Share of the full width from which on a line may have been cut."""
MIN_FULL_SHARE = 0.5
"""Share of the lines of such a width stopping in mid sentence that must be full."""
MAX_WIDER_SHARE = 0.02
"""Share of the lines that may be wider: a wrap leaves none but those with a mark hung out."""
MIN_ROOM_SHARE, MIN_SPLIT_ROOM = 0.1, 0.02
"""Share of the lines, and of those that end within a word, that leave as much room as a ragged wrap leaves."""
MAX_SHORT, MAX_HOLE = 0.2, 2
"""The most room that it leaves, in widths, and from one such room to the next in characters."""
MIN_SPLIT, MIN_SPLIT_SHARE = 2, 0.2
"""Words cut by the line breaks, and their share of the breaks, that prove a wrap; a list meets a word by chance."""
MIN_EVEN, MIN_EVEN_WIDTH = 8, 24
"""So many long lines of one width with marks within prove a wrap, too, as of names, which are no words."""
MIN_INNER_ENDS = 2
"""Lines with the end of a sentence inside; so many make one cut word enough."""
MAX_ALIKE, MAX_MARKED = 0.5, 0.4
"""Share of the lines that may begin alike, in two characters, as rows do, and that may end with a mark, as verses."""
MAX_INDENTED = 0.8
"""Share of indented lines above which an indent begins no paragraph."""


class _Line(NamedTuple):
    """A line of the text without its outer blanks.

    `unit` is the width of what a wrap would not part at its start; `apart`: an empty line stands above it.
    """

    start: int
    end: int
    text: str
    width: float
    unit: float
    indented: bool
    apart: bool

    @property
    def is_open(self) -> bool:
        """Whether the line stops in mid sentence."""
        return self.text[-1] not in _CLOSED

    @property
    def is_wide(self) -> bool:
        """Whether the line has Han or their marks."""
        return not self.text.isascii()

    @property
    def is_heading(self) -> bool:
        return bool(_HEADING.match(self.text))


_Pair = tuple[_Line, _Line]


def edits(text: str) -> list[Edit]:
    """Return the edits that join what a hard wrap or a cut ratio broke; none where nothing proves a wrap.

    >>> edits("水泥砂浆1:\\n2")
    [Edit(start=6, end=7, new='', rule='lines.ratio')]
    """
    raw = text.split("\n")
    wrapped: list[Edit] = []
    if sum(MIN_WIDTH <= len(line) <= 2 * MAX_WIDTH + 20 and line[-1] not in _CLOSED for line in raw) >= MIN_WRAPPED:
        wrapped = _wrapped([_line(text, place) for place in _LINE.finditer(text) if not place.group().isspace()])
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


def _line(text: str, place: re.Match[str]) -> _Line:
    """Return a line; its width counts the blanks before it."""
    raw = place.group().rstrip()
    line = raw.lstrip()
    start = place.end() - len(place.group()) + len(raw) - len(line)
    unit = _UNIT.match(line)
    return _Line(
        start,
        start + len(line),
        line,
        _width(raw),
        _width(unit.group()) if unit else 1.0,
        len(raw) > len(line) and bool(_INDENT.match(raw)),
        text.endswith("\n\n", 0, place.start()),
    )


def _width(text: str) -> float:
    """Return the width in Han characters: GBK has two bytes for one of them, one for a Latin letter."""
    return len(text.encode("gbk", "replace")) / 2


def _wrapped(lines: Sequence[_Line]) -> list[Edit]:
    """Return the joins of a hard-wrapped text: its broken lines are of one width, and words go on over their ends."""
    tells = sum(line.indented for line in lines) <= MAX_INDENTED * len(lines)
    spaced = sum(line.apart for line in lines) <= len(lines) / 2
    pairs = [
        (line, below)
        for line, below in pairwise(lines)
        if not ((below.indented and tells) or (below.apart and spaced) or "\t" in line.text)
        and line.is_wide
        and below.is_wide
    ]
    cut = [pair for pair in pairs if pair[0].is_open and pair[0].width <= MAX_WIDTH + 1]
    if len(cut) < MIN_WRAPPED:
        return []
    widths = sorted(line.width for line, _ in cut)
    full = widths[-1 - len(widths) // 20]
    if full < MIN_WIDTH or sum(line.width > full + 2 for line in lines) > MAX_WIDER_SHARE * len(lines):
        return []
    cut = [pair for pair in cut if pair[0].width >= MIN_NEAR * full]
    short = _tolerance(cut, full)
    whole = [pair for pair in cut if _room(*pair, full) <= short]
    if len(whole) < max(MIN_WRAPPED, MIN_FULL_SHARE * len(cut)) or not _is_proved(whole):
        return []
    return [
        Edit(line.end, below.start, _between(line.text, below.text), WRAP_RULE)
        for line, below in pairs
        if _runs_on(line, below, full, short)
    ]


def _room(line: _Line, below: _Line, full: float) -> int:
    """Return how much of the width is left behind a line and the first unit of the next; -1 where that had no room."""
    return max(-1, floor(full - line.width - below.unit))


def _tolerance(cut: Sequence[_Pair], full: float) -> int:
    """Return how much room a full line of this text may leave: as many lines do, or lines that end in mid word."""
    rooms = [(_room(line, below, full), _splits(line, below)) for line, below in cut]
    every, split = Counter(room for room, _ in rooms), Counter(room for room, splits in rooms if splits)
    usual, least = MIN_ROOM_SHARE * every.total(), max(1, MIN_SPLIT_ROOM * split.total())
    short = -1
    for room in sorted(every):
        is_usual = every[room] >= usual or split[room] >= least
        if is_usual and room <= min(short + MAX_HOLE, MAX_SHORT * full):
            short = room
    return short


def _splits(line: _Line, below: _Line) -> bool:
    """Whether the break after a line cannot be the author's: within a word, or before a mark that begins no line."""
    return below.text[0] in _NO_START or splits_word(line.text[-1], below.text[0])


def _runs_on(line: _Line, below: _Line, full: float, short: int) -> bool:
    """Whether a line of a wrapped text goes on in the next one: what follows had no room, or stands in mid word."""
    is_full = _room(line, below, full) <= short
    if not line.is_open:
        return is_full and not below.is_heading
    if line.is_heading and below.is_heading and not _is_prose(line.text):
        return False
    return is_full or (
        line.width >= MIN_NEAR * full
        and not line.is_heading
        and not below.is_heading
        and (line.text[-1] in "，、," or _splits(line, below))
    )


def _is_prose(item: str) -> bool:
    """Whether a numbered line holds more than one clause, or stops within a list of words."""
    return item[-1] in "，、," or bool(_CLAUSE_END.search(item, 3))


def _is_proved(joined: Sequence[_Pair]) -> bool:
    """Whether a wrap made these breaks: it cuts words, and sentences end inside its lines."""
    starts = Counter(line.text[:2] for line, _ in joined)
    if max(starts.values()) > MAX_ALIKE * len(joined):
        return False
    if sum(line.text[-1] in "，、," for line, _ in joined) > MAX_MARKED * len(joined):
        return False
    split = sum(_splits(*pair) for pair in joined)
    inner = sum(bool(_INNER_END.search(line.text)) for line, _ in joined)
    return split >= (1 if inner >= MIN_INNER_ENDS else max(MIN_SPLIT, MIN_SPLIT_SHARE * len(joined))) or (
        len(joined) >= MIN_EVEN and _is_even(joined)
    )


def _is_even(joined: Sequence[_Pair]) -> bool:
    """Whether long lines of Han end at one column, as no list of the author's does."""
    widths = [line.width for line, _ in joined]
    is_even = min(widths) >= max(MIN_EVEN_WIDTH, max(widths) - MAX_HOLE)
    return is_even and all(_CLAUSE_END.search(line.text) for line, _ in joined)


def _between(left: str, right: str) -> str:
    """Return the blank that two Latin words need between them."""
    return " " if left[-1].isascii() and right[0].isascii() and left[-1].isalnum() and right[0].isalpha() else ""
