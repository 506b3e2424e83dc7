"""Text wrapped hard at one width, also a ragged one: lines that stop where the next word had no room.

Lines of one width without a closing mark may be a list, a table or verses. A wrap cuts words in two, and sentences end
in the middle of its lines. Where a text is wrapped, a line goes on in the next one if what follows had no room on it.
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
from cleaners.text.bounds import first_lines

RULE = "lines.wrap"

_CLOSED = frozenset("。；：？！…”’」』）》】;:?!.)" + '"')
_LISTED = frozenset("，、,")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节条编]|\d{1,3}[.、．](?!\d)|[—•]|附件|同志们|各位)"
)
_NO_START = frozenset("，。、；：！？）》”")
"""Marks that begin no line but one that was cut."""
_UNIT = re.compile(r"(?:[!-~]{1,12}|.)[，。、；：！？）》”’…]*")
"""What a wrap does not part: a character or a short Latin word with the marks that begin no line."""
_INDENT = re.compile(r"[\t\u3000\xa0]|  ")
_CLAUSE_END = re.compile("[，、。；：！？,;!?:]")
_INNER_END = re.compile(r"[。！？；](?=[^”’」』）)])")

MIN_WIDTH, MAX_WIDTH = 16, 60
"""Width of a wrapped line in Han characters; longer lines are paragraphs."""
MAX_CHARS = 140
"""Characters of a wrapped line, all of them Latin."""
MIN_MORE = 1.2
"""So many times more lines of one width in characters than in columns say that characters were counted."""
MIN_WRAPPED = 4
"""So many full lines that stop in mid sentence prove a wrap."""
MIN_NEAR = 0.6
"""Share of the full width from which on a line may have been cut."""
MIN_FULL_SHARE = 0.4
"""Share of the lines of such a width stopping in mid sentence that must be full."""
MAX_WIDER_SHARE = 0.05
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
    """A line of the text without its outer blanks; its width counts those before it.

    `unit` is the width of what a wrap would not part at its start; `apart`: an empty line stands above it; `open`: it
    stops in mid sentence.
    """

    start: int
    text: str
    width: float
    unit: float
    indented: bool
    apart: bool
    open: bool

    @property
    def is_heading(self) -> bool:
        return bool(_HEADING.match(self.text))


class _Break(NamedTuple):
    """Two lines, and how much of the full width is left behind the first and the first unit of the second.

    The room is -1 where that unit had none. `splits`: the break cannot be the author's, since it is within a word or
    before a mark that begins no line.
    """

    line: _Line
    below: _Line
    room: int
    splits: bool


def edits(text: str) -> list[Edit]:
    """Return the edits that join the lines of a hard wrap; none where nothing proves one."""
    raw = first_lines(text)
    cut = [line for line in raw if MIN_WIDTH <= len(line) <= MAX_CHARS and line[-1] not in _CLOSED]
    if len(cut) < MIN_WRAPPED:
        return []
    lines = _lines(raw)
    pairs = _pairs(lines)
    widths = sorted(line.width for line, _ in pairs if line.open and line.width <= MAX_WIDTH + 1)
    if len(widths) < MIN_WRAPPED:
        return []
    full = widths[-1 - len(widths) // 20]
    if full < MIN_WIDTH or sum(line.width > full + 2 for line in lines) > MAX_WIDER_SHARE * len(lines):
        return []
    breaks = [_break(line, below, full) for line, below in pairs]
    cuts = [each for each in breaks if each.line.open and MIN_NEAR * full <= each.line.width <= MAX_WIDTH + 1]
    short = _tolerance(cuts, full)
    whole = [each for each in cuts if each.room <= short]
    if len(whole) < max(MIN_WRAPPED, MIN_FULL_SHARE * len(cuts)) or not _is_proved(whole):
        return []
    return [_join(each) for each in breaks if _runs_on(each, short, MIN_NEAR * full)]


def _lines(raw: Sequence[str]) -> list[_Line]:
    """Return the lines that are not blank, in the measure, columns or characters, that more of them agree in."""
    stripped = [line.rstrip() for line in raw]
    columns: list[float] = [len(line.encode("gbk", "replace")) / 2 for line in stripped]  # two bytes for a Han
    characters: list[float] = [len(line) for line in stripped]
    widths = characters if _most(characters) > MIN_MORE * _most(columns) else columns
    found, at, is_apart = [], 0, False
    for line, whole, width in zip(stripped, raw, widths, strict=True):
        if line:
            found.append(_line(line, at, width, is_apart, is_in_columns=widths is columns))
        is_apart = not whole
        at += len(whole) + 1
    return found


def _most(widths: Sequence[float]) -> int:
    """Return how many lines have the most frequent width that a wrap may have."""
    return max(Counter(int(width) for width in widths if width >= MIN_WIDTH).values(), default=0)


def _line(raw: str, at: int, width: float, is_apart: bool, *, is_in_columns: bool) -> _Line:
    text = raw.lstrip()
    indent = len(raw) - len(text)
    unit = 1.0
    if text[0] < "\x80" or text[1:2] in _NO_START:
        first = _UNIT.match(text)
        unit = len(first.group()) if first else 1.0
        if is_in_columns and text[0] < "\x80":
            unit /= 2
    return _Line(
        at + indent,
        text,
        width,
        unit,
        indent > 0 and bool(_INDENT.match(raw)),
        is_apart,
        text[-1] not in _CLOSED,
    )


def _pairs(lines: Sequence[_Line]) -> list[tuple[_Line, _Line]]:
    """Return the lines with those below that may go on in them: no new paragraph by its indent, no table, no code."""
    tells = sum(line.indented for line in lines) <= MAX_INDENTED * len(lines)
    spaced = sum(line.apart for line in lines) <= len(lines) / 2
    return [
        (line, below)
        for line, below in pairwise(lines)
        if not ((below.indented and tells) or (below.apart and spaced) or "\t" in line.text)
        and not (line.text.isascii() or below.text.isascii())
    ]


def _break(line: _Line, below: _Line, full: float) -> _Break:
    room = max(-1, floor(full - line.width - below.unit))
    splits = line.open and (below.text[0] in _NO_START or splits_word(line.text[-1], below.text[0]))
    return _Break(line, below, room, splits)


def _tolerance(cuts: Sequence[_Break], full: float) -> int:
    """Return how much room a full line of this text may leave: as many lines do, or lines that end in mid word."""
    every, split = Counter(each.room for each in cuts), Counter(each.room for each in cuts if each.splits)
    usual, least = MIN_ROOM_SHARE * len(cuts), max(1, MIN_SPLIT_ROOM * split.total())
    short = -1
    for room in sorted(every):
        is_usual = every[room] >= usual or split[room] >= least
        if is_usual and room <= min(short + MAX_HOLE, MAX_SHORT * full):
            short = room
    return short


def _is_proved(joined: Sequence[_Break]) -> bool:
    """Whether a wrap made these breaks: it cuts words, and sentences end inside its lines."""
    starts = Counter(each.line.text[:2] for each in joined)
    if max(starts.values()) > MAX_ALIKE * len(joined):
        return False
    if sum(each.line.text[-1] in _LISTED for each in joined) > MAX_MARKED * len(joined):
        return False
    split = sum(each.splits for each in joined)
    inner = sum(bool(_INNER_END.search(each.line.text)) for each in joined)
    least = 1 if inner >= MIN_INNER_ENDS else max(MIN_SPLIT, MIN_SPLIT_SHARE * len(joined))
    return split >= least or _is_even(joined)


def _is_even(joined: Sequence[_Break]) -> bool:
    """Whether long lines of Han end where what follows had no room, as no list of the author's does."""
    widest = max(each.line.width for each in joined)
    is_even = len(joined) >= MIN_EVEN and widest >= MIN_EVEN_WIDTH and all(each.room <= 0 for each in joined)
    return is_even and all(_CLAUSE_END.search(each.line.text) for each in joined)


def _runs_on(each: _Break, short: int, near: float) -> bool:
    """Whether a line of a wrapped text goes on in the next one: what follows had no room, or stands in mid word."""
    line, below = each.line, each.below
    is_full = each.room <= short
    if not line.open:
        return is_full and not below.is_heading
    if not is_full and (line.width < near or not (each.splits or line.text[-1] in _LISTED)):
        return False
    if is_full:
        return not (below.is_heading and line.is_heading and not _is_prose(line.text))
    return not (line.is_heading or below.is_heading)


def _is_prose(item: str) -> bool:
    """Whether a numbered line holds more than one clause, or stops within a list of words."""
    return item[-1] in _LISTED or bool(_CLAUSE_END.search(item, 3))


def _join(each: _Break) -> Edit:
    """Return the edit that joins two lines, with the blank that two Latin words need between them."""
    left, right = each.line.text[-1], each.below.text[0]
    is_latin = left.isascii() and right.isascii() and left.isalnum() and right.isalpha()
    return Edit(each.line.start + len(each.line.text), each.below.start, " " if is_latin else "", RULE)
