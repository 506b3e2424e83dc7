"""Verses: lines of two clauses and more, short and of nothing but characters, that stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_CLAUSE = "[㐀-鿿]{2,9}"
_VERSE = re.compile(rf"{_CLAUSE}(?:[,。;!?]{_CLAUSE}){{1,3}}[,。;!?]?")
"""A line of a poem or song, old or new: a page's frame has single ones, and knows them by rules."""
_HALF = re.compile(rf"{_CLAUSE}[,。;!?]?")


def verses(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of verses: several in a row, with at most half a one between two.

    `lines` are normalized, and empty where a line is known to be something else.
    """
    found = [place for place, line in enumerate(lines) if _VERSE.fullmatch(line)]
    for place, below in pairwise(found):
        between = lines[place + 1 : below]
        if not between or (len(between) == 1 and _HALF.fullmatch(between[0])):
            yield from range(place, below + 1)


def goes_on(above: str, line: str) -> bool:
    """Whether a line is a verse as long as the one above it, which no title below another line is."""
    return len(line) == len(above) and bool(_VERSE.fullmatch(line) and _VERSE.fullmatch(above))
