"""What a page shows of other texts at its foot, where no head says so: their names with days, and how they begin.

No sentence of the text stands below, and each kind shows by what lines have in common: a day each, or an end cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.judging.title_form import may_be_title
from cleaners.rules.rule import Position, Rule

SHELF = stage_rule("frame.shelf", Position.TAIL)

MAX_FOOT = 120
"""Lines from the bottom that are looked at."""
MIN_SHOWN = 3
"""So many names with days, or beginnings, are a list of other texts."""
MIN_NAME = 8
"""Characters of the shortest name beside a day: records have shorter ones."""
MIN_NAMES = 5
"""So many names in rows show that they are."""
MIN_CUT, ALIKE = 40, 0.7
"""Characters of the shortest beginning that a program cut off, and what share of the longest's the shortest has."""

_DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d\d-[01]\d-[0-3]\d|\[?[01]\d-[0-3]\d\]?)(?![\d-])(?: \d\d:\d\d(?![\d:]))?")
_DATED = re.compile(rf"(?:{_DAY.pattern}) ?[^。;]{{{MIN_NAME},90}}|[^。;]{{{MIN_NAME},90}}(?<!\d)(?:{_DAY.pattern})")
_NAME = re.compile("(?=.*[一-鿿]{4})[^。;:|]{6,40}")
_ENDS_CUT = re.compile(r"[^.。!?…]\.{3}$")


def shown(lines: Sequence[Line]) -> Iterator[tuple[int, Rule]]:
    """Yield the places of lines at the foot of a page that are of other texts, and the rule that takes them."""
    foot = _foot(lines)
    if not 0 < foot.start < foot.stop:
        return
    rows = {place for place in foot if _is_row(lines[place])} | set(_names(lines, foot))
    found = sorted(rows | set(_dated(lines, foot)) | set(_beginnings(lines, foot)))
    between = range(found[0], found[-1] + 1) if len(found) >= MIN_SHOWN else found
    yield from ((place, SHELF) for place in between)


def _foot(lines: Sequence[Line]) -> range:
    """Return the places below the last sentence of the text; none where it ends with no prose."""
    near = range(len(lines) - 1, max(0, len(lines) - MAX_FOOT) - 1, -1)
    foot = list(takewhile(lambda place: not _is_sentence(lines[place]), near))
    first = foot[-1] if foot else len(lines)
    is_below_text = first > 0 and _is_sentence(lines[first - 1])
    return range(first, len(lines)) if is_below_text else range(0)


def _is_sentence(line: Line) -> bool:
    text = line.normalized
    return line.is_text and not line.rules and "。" in text and not _ends_cut(text)


def _is_row(line: Line) -> bool:
    """Whether names with their days are run together on one line."""
    text = line.normalized
    if "-" not in text or "。" in text:
        return False
    names = [name.strip() for name in _DAY.split(text)]
    return len(names) > MIN_SHOWN and sum(len(name) >= MIN_NAME for name in names) >= MIN_SHOWN


def _names(lines: Sequence[Line], foot: range) -> Sequence[int]:
    """Return the places of rows of names, each longer than a word and of its own length, if there are several."""
    rows = {place: names for place in foot if len(names := lines[place].normalized.split(" ")) >= MIN_SHOWN}
    rows = {
        place: names
        for place, names in rows.items()
        if all(map(_NAME.fullmatch, names)) and len(set(map(len, names))) > 1
    }
    return list(rows) if sum(map(len, rows.values())) >= MIN_NAMES else []


def _dated(lines: Sequence[Line], foot: range) -> Iterator[int]:
    """Yield the places of names with their days that stand in a row, in no order of time."""
    for is_dated, run in groupby(foot, lambda place: bool(_DATED.fullmatch(lines[place].normalized))):
        places = list(run)
        days = [_DAY.search(lines[place].normalized) for place in places]
        if is_dated and len(places) >= MIN_SHOWN and not _rises([day[0] for day in days if day]):
            yield from places


def _rises(days: Sequence[str]) -> bool:
    """Whether days follow one another, as those of a chronicle do."""
    return len(set(days)) > 1 and list(days) == sorted(days)


def _beginnings(lines: Sequence[Line], foot: range) -> Iterator[int]:
    """Yield the places of beginnings cut off at one length, and of the names among them and next above."""
    cut = [place for place in foot if _is_cut(lines[place])]
    lengths = [len(lines[place].normalized) for place in cut]
    if len(cut) < MIN_SHOWN or min(lengths) < ALIKE * max(lengths):
        return
    named = (place for place in foot if may_be_title(lines[place]) and place <= cut[-1])
    first = min((*named, cut[0]))
    if all(_is_cut(line) or may_be_title(line) or line.rules for line in lines[first : cut[-1] + 1]):
        yield from range(first, cut[-1] + 1)


def _is_cut(line: Line) -> bool:
    return len(line.normalized) >= MIN_CUT and _ends_cut(line.normalized)


def _ends_cut(text: str) -> bool:
    """Whether a program cut off a text: dots follow its last word, and none stand before the first."""
    return text[0] not in ".…" and _ENDS_CUT.search(text, max(0, len(text) - 4)) is not None
