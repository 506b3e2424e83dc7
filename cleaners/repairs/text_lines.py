"""The lines of a text as arrays: where they begin, how wide they are, how they end."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.text.codes import SPACES, UNICODE_SIZE, Codes, Members, codes

MIN_WIDTH = 16
"""Width of a wrapped line in Han characters."""
MAX_CHARS = 180
"""Characters of a wrapped line, all of them Latin."""
MIN_MORE = 1.2
"""So many times more lines of one width in characters than in columns say that characters were counted."""
MAX_INDENTED = 0.8
"""Share of indented lines above which an indent begins no paragraph."""

CLOSED = frozenset("。．；：？！…”’」』）》】;:?!.)" + '"')
"""Marks that may end a paragraph."""
LISTED = frozenset("，、,")
_NO_START = frozenset("，。．、；：！？）》”,;!?")
"""Marks that begin no line but one that was cut."""
_UNIT = re.compile(r"(?:[!-~]{1,12}|.)[，。、；：！？）》”’…]*")
"""What a wrap does not part: a character or a short Latin word with the marks that begin no line."""
BLANK, CLOSES, LISTS, BEGINS_NO_LINE, TWIN, HEADINGS = (1 << bit for bit in range(6))
KINDS = np.zeros(UNICODE_SIZE, np.uint8)
"""Which kinds of marks each code point is of, one bit for each."""
for _kind, _marks in (
    (BLANK, SPACES),
    (CLOSES, CLOSED),
    (LISTS, LISTED),
    (BEGINS_NO_LINE, _NO_START),
    (TWIN, "—…-=_"),
    (HEADINGS, "一二三四五六七八九十百(（第0123456789—•●○■□◆◇▲△★☆※附同各"),
):
    KINDS[[ord(mark) for mark in _marks]] |= _kind

Places = NDArray[np.intp]
Kinds = NDArray[np.uint8]
Floats = NDArray[np.float64]


class Lines(NamedTuple):
    """The lines of a text that are not blank, one array for each of their properties.

    `starts` and `ends` are the places of their first visible character and behind the last; `widths` count the blanks
    before them. `units` are the widths of what a wrap would not part at their starts; `apart`: an empty line stands
    above; `open`: they stop in mid sentence. `wide` counts their characters that are not ASCII, `firsts` and `lasts`
    are the kinds of their outer ones.
    """

    starts: Places
    ends: Places
    widths: Floats
    units: Floats
    wide: Places
    indented: Members
    apart: Members
    open: Members
    firsts: Kinds
    lasts: Kinds


def measured(text: str) -> Lines:
    """Return the lines that are not blank, in the measure, columns or characters, that more of them agree in."""
    points = codes(text)
    feeds = np.flatnonzero(points == ord("\n"))
    begins, ends = np.concatenate(([0], feeds + 1)), np.concatenate((feeds, [len(text)]))
    apart = np.concatenate(([False], begins[:-1] == ends[:-1]))
    starts = begins.copy()
    outer = KINDS[points[np.minimum(begins, len(points) - 1)]] | KINDS[points[ends - 1]]
    for number in np.flatnonzero(outer & BLANK).tolist():
        line = text[begins[number] : ends[number]]
        starts[number] += len(line) - len(line.lstrip())
        ends[number] -= len(line) - len(line.rstrip())
    kept = starts < ends
    begins, starts, ends, apart = begins[kept], starts[kept], ends[kept], apart[kept]
    wide = np.zeros(len(points) + 1, np.int32)
    np.cumsum(points >= 0x80, out=wide[1:])
    characters = ends - begins
    columns = (characters + wide[ends] - wide[begins]) / 2  # two for a Han
    is_in_columns = _most(characters) <= MIN_MORE * _most(columns.astype(np.intp))
    firsts, lasts = KINDS[points[starts]], KINDS[points[ends - 1]]
    indented = starts > begins
    indented[indented] = [text[at] != " " or text[at + 1] == " " for at in begins[indented].tolist()]
    return Lines(
        starts,
        ends,
        columns if is_in_columns else characters.astype(np.float64),
        _units(text, points, starts, is_in_columns=is_in_columns),
        wide[ends] - wide[starts],
        indented,
        apart,
        (lasts & CLOSES) == 0,
        firsts,
        lasts,
    )


def _most(widths: Places) -> int:
    """Return how many lines have the most frequent width that a wrap may have."""
    return int(np.bincount(np.minimum(widths, MAX_CHARS + 1))[MIN_WIDTH : MAX_CHARS + 1].max(initial=0))


def _units(text: str, points: Codes, starts: Places, *, is_in_columns: bool) -> Floats:
    """Return the widths of what a wrap would not part at these places."""
    units = np.ones(len(starts))
    is_latin = points[starts] < 0x80
    closes = KINDS[points[np.minimum(starts + 1, len(points) - 1)]] & BEGINS_NO_LINE
    for number in np.flatnonzero(is_latin | (closes != 0)).tolist():
        unit = _UNIT.match(text, starts[number])
        units[number] = len(unit.group()) / (2 if is_in_columns and is_latin[number] else 1) if unit else 1
    return units


def pairs(text: str, lines: Lines) -> Places:
    """Return the numbers of the lines that may go on below: where no new paragraph by its indent, table or code is."""
    is_ascii = lines.wide == 0
    no_pair = is_ascii[:-1] | is_ascii[1:]
    if no_pair.any():
        no_pair &= ~twins(text, lines)
    if 0 < np.count_nonzero(lines.indented) <= MAX_INDENTED * len(lines.indented):
        no_pair |= lines.indented[1:]
    if 0 < np.count_nonzero(lines.apart) <= len(lines.apart) / 2:
        no_pair |= lines.apart[1:]
    if "\t" in text:
        no_pair |= [text.find("\t", *places) >= 0 for places in zip(lines.starts[:-1], lines.ends[:-1], strict=True)]
    return np.flatnonzero(~no_pair)


def twins(text: str, lines: Lines) -> Members:
    """Return for each line but the last whether the break behind it parts two marks of one rule or dash."""
    points = codes(text)
    are_twins: Members = points[lines.ends[:-1] - 1] == points[lines.starts[1:]]
    are_twins &= (lines.firsts[1:] & TWIN) != 0
    return are_twins
