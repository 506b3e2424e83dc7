"""Lays out tables and counts for a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes.

    >>> width("淘文阁 a")
    8
    """
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def clip(text: str, columns: int) -> str:
    """Return `text`, cut to at most `columns` with an ellipsis where it is longer.

    >>> clip("淘文阁", 5)
    '淘文…'
    """
    if width(text) <= columns:
        return text
    taken = 0
    for at, char in enumerate(text):
        taken += width(char)
        if taken > columns - 1:
            return f"{text[:at]}…"
    return text


def counted(count: int, what: str) -> str:
    """Return how many there are of something, in words.

    >>> counted(1, "page"), counted(1200, "page"), counted(0, "copy"), counted(2, "address")
    ('1 page', '1200 pages', '0 copies', '2 addresses')
    """
    if count != 1:
        what = f"{what[:-1]}ies" if what.endswith("y") else f"{what}es" if what.endswith("s") else f"{what}s"
    return f"{count} {what}"


def render(rows: Sequence[Sequence[str | int]]) -> list[str]:
    """Return `rows`, the first one the heading, as lines of aligned columns; numbers stand to the right."""
    columns = list(zip(*rows, strict=True))
    return [line.rstrip() for line in map("  ".join, zip(*map(_aligned, columns), strict=True))]


def _aligned(column: Sequence[str | int]) -> list[str]:
    widest = max(width(str(cell)) for cell in column)
    right = isinstance(column[-1], int)
    spaces = [" " * (widest - width(str(cell))) for cell in column]
    return [f"{space}{cell}" if right else f"{cell}{space}" for cell, space in zip(column, spaces, strict=True)]
