"""Lists and tables that a text holds: their rows and items stay together, whatever one of them looks like alone."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.judging.page_lines import PageLines

MIN_ROWS_SHARE, MIN_EMPTY = 0.3, 4
"""The share of the lines that bars end; so many of them hold words, and so many nothing: a frame has no empty cells."""


def rows(sheet: PageLines) -> Sequence[int]:
    """Return the places of the rows of a table whose cells bars end, several of them without words."""
    if sheet.text.count("|") < MIN_EMPTY:
        return ()
    ended = [place for place, line in enumerate(sheet.lines) if line.normalized.endswith("|")]
    cells = [sheet.lines[place].normalized.strip("| ") for place in ended]
    empty, filled = cells.count(""), sum(any(map(str.isalnum, cell)) for cell in cells)
    is_table = len(ended) >= MIN_ROWS_SHARE * len(sheet.lines) and min(empty, filled) >= MIN_EMPTY
    return ended if is_table else ()
