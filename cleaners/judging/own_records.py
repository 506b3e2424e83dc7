"""Records that repeat one form: a directory, a log, a timetable, whose lines a page's frame has, too.

In each record of such a text a line with a day or a time stands where it stands in the others, so one comes again at
like distances from the first lines to the last. A page has such lines at its edges, or in the list beside its text: the
text itself is longer than the greatest of these distances.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

from cleaners.judging.frame_proof import is_prose
from cleaners.judging.page_lines import Line, PageLines

MIN_RECORDS, MIN_DISTANCE = 3, 2
"""Records of the shortest text of records, and lines of the shortest record: rows one below the other are a list."""
MAX_TIMES, MAX_DISTANCE = 3, 6
"""How many times the median distance the greatest one may be, or so many lines if that is more."""
MAX_STAMP = 60
"""Characters of the longest line that has the day of a record."""
MIN_ABOVE, MAX_PROSE = 3, 0.5
"""Lines above the only day of a text, at least, and the share of sentences in what no rule knows of it, at most: a page
says below its title when its text was published."""

MIN_STAMPED = 0.5
"""Share of the lines that rules know, at least, which have a day or a time: a frame has other words around its days."""

_DAY = r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}"
_STAMP = re.compile(rf"{_DAY}|(?<!\d)\d{{1,2}}:\d\d(?!\d)")
_BARE_DAY = re.compile(rf"{_DAY}日?(?:[T ]?\d{{1,2}}:\d\d(?::[\d.]+)?Z?)?")
_SAID = re.compile(r"[\w\s.,:/~、-]+")
"""What differs from record to record: lines of one form have the same marks beside it."""


def records(sheet: PageLines, known: Sequence[int]) -> Sequence[int]:
    """Return the places of all lines where the text is nothing but records; rules know those at `known` places.

    Most lines of such a text that rules know have a day or a time. Where they know nothing but days without a word, and
    the text is no prose, the days are its own, however far one stands from the next.
    """
    lines = sheet.lines
    if sum(_is_stamped(lines[at]) for at in known) < MIN_STAMPED * len(known):
        return ()
    forms: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if _is_stamped(line):
            forms.setdefault(_SAID.sub("", line.normalized), []).append(place)
    above = [0, *accumulate(len(line.normalized) for line in lines)]
    if any(_part_all(places, above) for places in forms.values()):
        return range(len(lines))
    return known if _are_days(lines, known) else ()


def _is_stamped(line: Line) -> bool:
    return len(line.normalized) <= MAX_STAMP and _STAMP.search(line.normalized) is not None


def _part_all(places: Sequence[int], above: Sequence[int]) -> bool:
    """Whether lines at these places part a whole text into records; so many characters stand `above` each line."""
    heads = [place for last, place in pairwise((-MIN_DISTANCE, *places)) if place - last >= MIN_DISTANCE]
    if len(heads) < MIN_RECORDS:
        return False
    end = len(above) - 1
    distances = [below - head for head, below in pairwise(heads)]
    greatest = max(MAX_TIMES * median(distances), MAX_DISTANCE)
    if max(*distances, heads[0], end - 1 - places[-1]) > greatest:
        return False
    return 2 * max(above[below] - above[head] for head, below in pairwise((0, *heads, end))) <= above[end]


def _are_days(lines: Sequence[Line], known: Sequence[int]) -> bool:
    """Whether the lines that rules know are days alone in a text that is no prose."""
    return (
        bool(known)
        and (known[0] >= MIN_ABOVE or known[-1] - known[0] >= MIN_DISTANCE)
        and all(_BARE_DAY.fullmatch(lines[at].normalized) for at in known)
        and not is_prose([line for line in lines if not line.rules], MAX_PROSE)
    )
