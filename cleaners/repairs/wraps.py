"""Text wrapped hard at one width, also a ragged one: lines that stop where the next word had no room.

Lines of one width without a closing mark may be a list, a table or verses. A wrap cuts words in two, and sentences end
in the middle of its lines. Where a text is wrapped, a line goes on in the next one if what follows had no room on it.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

import numpy as np

from cleaners.model import Edit
from cleaners.repairs.frequencies import splits_word
from cleaners.repairs.numbering import ORDINAL
from cleaners.repairs.text_lines import (
    BEGINS_NO_LINE,
    CLOSED,
    HEADINGS,
    LISTED,
    LISTS,
    MAX_CHARS,
    MIN_WIDTH,
    TWIN,
    Floats,
    Lines,
    Places,
    measured,
    pairs,
    twins,
)
from cleaners.text.bounds import first_lines
from cleaners.text.codes import Members, codes, text_of

RULE = "lines.wrap"

_HEADING = re.compile(
    rf"(?:{ORDINAL}(?!(?<=[.．])\d)|第[一二三四五六七八九十百\d]{{1,4}}[章节条编]|[—•●○■□◆◇▲△★☆※]|附件|同志们|各位)"
)
_CLAUSE_END = re.compile("[，、。；：！？,;!?:]")
_INNER_END = re.compile(r"[。！？；](?=[^”’」』）)])")

MAX_WIDTH = 80
"""Width of a wrapped line in Han characters; longer lines are paragraphs."""
MIN_WRAPPED = 4
"""So many full lines that stop in mid sentence prove a wrap."""
MIN_NEAR = 0.6
"""Share of the full width from which on a line may have been cut."""
MIN_FULL_SHARE = 0.4
"""Share of the lines of such a width stopping in mid sentence that must be full."""
MAX_WIDER_SHARE = 0.05
"""Share of the lines that may be wider: a wrap leaves none but those with a mark hung out."""
MIN_ROOM_SHARE, MIN_SPLIT_ROOM = 0.05, 0.02
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


class _Breaks(NamedTuple):
    """The breaks between each two lines that may go on in each other, one array for each of their properties.

    `above` are the numbers of the upper lines; `widths` and `open` are theirs. `room` is how much of the full width is
    left behind it and the first unit of the lower one, -1 where that had none. `splits`: the break cannot be the
    author's, since it is within a word or before a mark that begins no line.
    """

    above: Places
    widths: Floats
    open: Members
    room: Places
    splits: Members


def edits(text: str) -> list[Edit]:
    """Return the edits that join the lines of a hard wrap; none where nothing proves one."""
    cut = [line for line in first_lines(text) if MIN_WIDTH <= len(line) <= MAX_CHARS and line[-1] not in CLOSED]
    if len(cut) < MIN_WRAPPED:
        return []
    lines = measured(text)
    above = pairs(text, lines)
    widths = np.sort(lines.widths[above][lines.open[above] & (lines.widths[above] <= MAX_WIDTH + 1)])
    if len(widths) < MIN_WRAPPED:
        return []
    full = float(widths[-1 - len(widths) // 20])
    if full < MIN_WIDTH or np.count_nonzero(lines.widths > full + 2) > MAX_WIDER_SHARE * len(lines.widths):
        return []
    breaks = _breaks(text, lines, above, full)
    is_cut = breaks.open & (breaks.widths >= MIN_NEAR * full) & (breaks.widths <= MAX_WIDTH + 1)
    short = _tolerance(breaks.room[is_cut], breaks.splits[is_cut], full)
    whole = is_cut & (breaks.room <= short)
    least = max(MIN_WRAPPED, MIN_FULL_SHARE * np.count_nonzero(is_cut))
    if np.count_nonzero(whole) < least or not _is_proved(text, lines, breaks, whole):
        return []
    joined = breaks.above[_run_on(text, lines, breaks, short, MIN_NEAR * full)]
    places = zip(lines.ends[joined].tolist(), lines.starts[joined + 1].tolist(), strict=True)
    return [
        Edit(end, start, " " if text[start] < "\x80" and _are_words(text[end - 1], text[start]) else "", RULE)
        for end, start in places
    ]


def _breaks(text: str, lines: Lines, above: Places, full: float) -> _Breaks:
    widths, opens, below, points = lines.widths[above], lines.open[above], above + 1, codes(text)
    room = np.maximum(-1, np.floor(full - widths - lines.units[below])).astype(np.intp)
    lasts, firsts = text_of(points[lines.ends[above] - 1]), text_of(points[lines.starts[below]])
    splits = np.fromiter(map(splits_word, lasts, firsts), np.bool_, len(above)) | twins(text, lines)[above]
    splits = (splits & opens) | ((lines.firsts[below] & BEGINS_NO_LINE) != 0)
    return _Breaks(above, widths, opens, room, splits)


def _tolerance(rooms: Places, splits: Members, full: float) -> int:
    """Return how much room a full line of this text may leave: as many lines do, or lines that end in mid word."""
    every, split = np.bincount(rooms + 1), np.bincount(rooms[splits] + 1, minlength=rooms.max(initial=-1) + 2)
    is_usual = (every >= MIN_ROOM_SHARE * len(rooms)) | (split >= max(1, MIN_SPLIT_ROOM * split.sum()))
    short = -1
    for room in (np.flatnonzero(is_usual & (every > 0)) - 1).tolist():
        if room <= min(short + MAX_HOLE, MAX_SHORT * full):
            short = room
    return short


def _is_proved(text: str, lines: Lines, breaks: _Breaks, whole: Members) -> bool:
    """Whether a wrap made these breaks: it cuts words, and sentences end inside its lines."""
    joined = breaks.above[whole & ((lines.firsts[breaks.above] & TWIN) == 0)]
    if len(joined) < MIN_WRAPPED or all(
        _alike(text, starts) > MAX_ALIKE * len(joined) for starts in (lines.starts[joined], lines.starts[joined + 1])
    ):
        return False
    if np.count_nonzero(lines.lasts[joined] & LISTS) > MAX_MARKED * len(joined):
        return False
    every = list(zip(lines.starts[joined].tolist(), lines.ends[joined].tolist(), strict=True))
    inner = sum(1 for _ in islice((place for place in every if _INNER_END.search(text, *place)), MIN_INNER_ENDS))
    least = 1 if inner >= MIN_INNER_ENDS else max(MIN_SPLIT, MIN_SPLIT_SHARE * len(joined))
    if np.count_nonzero(breaks.splits[whole]) >= least:
        return True
    is_even = len(joined) >= MIN_EVEN and lines.widths[joined].max() >= MIN_EVEN_WIDTH
    return is_even and breaks.room[whole].max() <= 0 and all(_CLAUSE_END.search(text, *place) for place in every)


def _alike(text: str, starts: Places) -> int:
    """Return how many of these lines begin alike, in two characters."""
    return max(Counter(text[start : start + 2] for start in starts.tolist()).values())


def _run_on(text: str, lines: Lines, breaks: _Breaks, short: int, near: float) -> Members:
    """Return for each break whether the line goes on: what follows had no room, or stands in mid word."""
    is_full, lasts = breaks.room <= short, lines.lasts[breaks.above]
    heads = np.zeros(len(lines.starts), np.bool_)
    for number in np.flatnonzero(lines.firsts & HEADINGS).tolist():
        heads[number] = bool(_HEADING.match(text, lines.starts[number]))
    upper, lower = heads[breaks.above], heads[breaks.above + 1]
    in_list = upper & lower & is_full & breaks.open
    for number in np.flatnonzero(in_list).tolist():
        line = breaks.above[number]
        in_list[number] = not _is_prose(text[lines.starts[line] : lines.ends[line]])
    lists = (lasts & LISTS) != 0
    cut = np.where(is_full, ~in_list, (breaks.widths >= near) & (breaks.splits | lists) & ~(upper | lower))
    return np.where(breaks.open, cut, (is_full | breaks.splits) & ~lower)


def _is_prose(item: str) -> bool:
    """Whether a numbered line holds more than one clause, or stops within a list of words."""
    return item[-1] in LISTED or bool(_CLAUSE_END.search(item, 3))


def _are_words(left: str, right: str) -> bool:
    """Whether two Latin words meet, which need a blank between them."""
    return left.isascii() and left.isalnum() and right.isalpha()
