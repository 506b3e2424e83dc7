"""Jammers of Discuz boards: hidden on the page, in a dump `! H4 ?$ V, N' }% d` at the start or end of a line.

Discuz writes five or more times a character of ` ` to `;`, a blank, and one of `?` to `~` (its function `jammer`), then
or before it a line end. What does not read so to the character is none: a formula has `=`, code has words.
"""

from __future__ import annotations

import re

import re2

from cleaners.model import Edit

_UNIT = r"[!-;]? {1,2}[?-~]"
_RUN = re2.compile(rf"(?m)(?:{_UNIT}|^[?-~])(?:{_UNIT}){{3,99}}(?: ?[!-;]$)?")
_UNITS = re.compile(r"([!-;]?) {1,2}([?-~])")
_OF_RECORD = re.compile(r"\}, \w+:|: \{ \w")
"""Where a record ends or begins within another, in code."""
MIN_UNITS = 4
"""Units of the shortest run, of which the dump may have taken blanks at the outer end."""
_UNITS_IN_A_ROW = re.compile(rf" [?-~](?:{_UNIT}){{2}}")
"""What is in every run, in few other texts, and found soon: the blank of a unit, then two more units."""
MIN_MIX_AT_EDGE, MIN_MIX = 4, 7
"""How mixed the characters before the blanks must be: at the edge of a line, where Discuz writes, and elsewhere."""
MAX_BARE_SHARE = 0.35
"""Share of units that may begin with the blank."""
MAX_COUNTED = 12
"""Of so many units at most more than half begin otherwise."""
_MARGIN = 16
_LISTED = frozenset(".,;:)")
"""What lists, initials and matrices have before a blank: `1. a 2. b`, `J. R. R.`, `a; b; c`."""


def edits(text: str) -> list[Edit]:
    """Return the edits that take jammer runs out.

    >>> edits("; ~ ^+ K: M4 E+ r5 U汇报材料")[0].end
    20
    >>> edits("A B C D E F G")
    []
    """
    if not _UNITS_IN_A_ROW.search(text):
        return []
    places = [(run.start(), run.end(), _is_at_edge(text, run.start(), run.end())) for run in _RUN.finditer(text)]
    mixes = [_mix(text[start:end]) for start, end, _ in places]
    proved = [
        mix >= (MIN_MIX_AT_EDGE if at_edge else MIN_MIX) for mix, (*_, at_edge) in zip(mixes, places, strict=True)
    ]
    is_any_proved = any(proved)
    return [
        Edit(start, end, "", "jammer.run")
        for (start, end, at_edge), sure in zip(places, proved, strict=True)
        if sure or (at_edge and is_any_proved and _is_varied(text[start:end]))
    ]


def _is_varied(run: str) -> bool:
    """Whether a run beside proved ones may be one too: nearly every unit begins otherwise."""
    return len({first for first, _ in _UNITS.findall(run)}) >= MIN_UNITS


def _is_at_edge(text: str, start: int, end: int) -> bool:
    """Whether nothing but a few blanks stands before a run on its line, or behind it."""
    before, behind = text[max(0, start - _MARGIN) : start].rstrip(" "), text[end : end + _MARGIN].lstrip(" ")
    return before[-1:] in ("", "\n") or behind[:1] in ("", "\n")


def _mix(run: str) -> int:
    """Return how many kinds of characters chance has mixed in a run; a mark that lists do not use counts twice."""
    units = _UNITS.findall(run)
    if units[-1:] == [(")", "{")] or _OF_RECORD.search(run):
        return 0  # the head of a function, or a record within another
    marks = {first for first, _ in units if first and not first.isdigit()}
    marks |= {last for _, last in units if not last.isalpha()}
    odd = len(marks - _LISTED)
    bare = sum(not first for first, _ in units)
    if not odd or bare > MAX_BARE_SHARE * len(units) or not any(last.isalpha() for _, last in units):
        return 0
    if len({first for first, _ in units}) <= min(len(units), MAX_COUNTED) / 2:
        return 0  # most stand behind the same mark: `a, b, c, d) {`
    return odd + len(marks) + any(first.isdigit() for first, _ in units)
