"""Records that repeat one form: a directory, a log, a timetable, whose lines a page's frame has, too.

In each record of such a text a line with a day or a time stands where it stands in the others, so one comes again at
like distances from the first lines to the last. A page has such lines at its edges, or in the list beside its text: the
text itself is longer than the greatest of these distances.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

from cleaners.judging import boilerplate
from cleaners.judging.frame_proof import SHORT_SENTENCE
from cleaners.judging.page_lines import DAY, TIME, Line, PageLines

MIN_RECORDS, MIN_LINES, MIN_KNOWN_LINES = 3, 2, 3
"""Records of the shortest text of records; lines of the shortest record, and of one of which rules know the day: a
title and its day are an item of a list of pages."""
MAX_TIMES, MAX_TIMES_AROUND = 3, 2
"""How many times the median distance the greatest one may be, and what lies above the first and below the last day."""
MIN_TELLING = 1 / 3
"""The share of records that hold a sentence where the first one does."""
MAX_STAMP = 60
"""Characters of the longest line that has the day of a record."""

_DAY = re.compile(DAY)
_LABEL = re.compile(r"[^\W\d] ?:")
_BARE_STAMP = re.compile(rf"(?:{DAY}日?)?[T ]?(?:\d{{1,2}}:\d\d(?::[\d.]+)?Z?)?|{DAY}/\S+/")
"""A day; what labels it or a time in a frame; one without a word, or with the address of a page of that day."""


def records(sheet: PageLines, known: Sequence[int]) -> range:
    """Return the places of all lines but the first, which may be the title, where the text is nothing but records.

    Rules know those at `known` places. A frame has other words around its days, and a list of pages says of each with
    a sentence what it holds: rules know no line around those that have a day, and where they know one, none is a
    sentence.
    """
    lines = sheet.lines
    stamped = [place for place, line in enumerate(lines) if _is_stamped(line)]
    if len(stamped) < MIN_RECORDS or (known and not stamped[0] <= known[0] <= known[-1] <= stamped[-1]):
        return range(0)
    told = _told(lines)
    least = MIN_KNOWN_LINES if known else MIN_LINES
    heads = [place for last, place in pairwise((-least, *stamped)) if place - last >= least]
    if (known and told) or len(heads) < MIN_RECORDS or not _part_all(heads, lines, told):
        return range(0)
    return range(min(1, stamped[0]), len(lines))


def priced(sheet: PageLines, known: Sequence[int]) -> range:
    """Return the places of all lines where every other one or so is a row with a price or a size: wares, dishes.

    Pages state such things of their document once, and of others in a list beside the text. Rules know nothing else.
    """
    lines = sheet.lines
    if not known or any(lines[at].rules != [boilerplate.FACTS] for at in known):
        return range(0)
    rows = [place for place, line in enumerate(lines) if boilerplate.is_row_of_facts(line.normalized)]
    heads = [place for last, place in pairwise((-MIN_LINES, *rows)) if place - last >= MIN_LINES]
    if len(heads) < MIN_RECORDS or not _part_all(heads, lines, _told(lines)):
        return range(0)
    return range(len(lines))


def _told(lines: Sequence[Line]) -> list[int]:
    return [place for place, line in enumerate(lines) if line.is_text and len(line.normalized) >= SHORT_SENTENCE]


def _is_stamped(line: Line) -> bool:
    text = line.normalized
    if len(text) > MAX_STAMP or not ((":" in text and TIME.search(text)) or _DAY.search(text)) or _LABEL.search(text):
        return False
    return not line.rules or _BARE_STAMP.fullmatch(text) is not None


def _part_all(heads: Sequence[int], lines: Sequence[Line], told: Sequence[int]) -> bool:
    """Whether lines at these places part a whole text into records.

    Where the first lines hold one of the sentences `told`, others do: else they are a text, and a list below it.
    """
    distances = [below - head for head, below in pairwise(heads)]
    usual, around = median(distances), max(heads[0], len(lines) - 1 - heads[-1])
    if max(distances) > MAX_TIMES * usual or around > MAX_TIMES_AROUND * usual:
        return False
    telling = {bisect(heads, place) for place in told}
    if telling.intersection((0, 1)) and len(telling) < MIN_TELLING * len(heads):
        return False
    above = [0, *accumulate(len(line.normalized) for line in lines)]
    return 2 * max(above[below] - above[head] for head, below in pairwise((0, *heads, len(lines)))) <= above[-1]
