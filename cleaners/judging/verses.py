"""Verses: lines of two clauses and more, short and of nothing but characters, that stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.judging.page_lines import Line

_CLAUSE = "[㐀-鿿]{2,9}"
_VERSE = re.compile(rf"{_CLAUSE}(?:[,。;!?]{_CLAUSE}){{1,3}}[,。;!?]?")
"""A line of a poem or song, old or new: a page's frame has single ones, and knows them by rules."""
_HALF = re.compile(rf"{_CLAUSE}[,。;!?]?")


def is_verse(line: str) -> bool:
    """Whether a line has the form of a verse; `line` is normalized."""
    return _VERSE.fullmatch(line) is not None


def verses(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of verses: several in a row of which no rule knows one, with at most half a one between two."""
    found = [place for place, line in enumerate(lines) if not line.rules and is_verse(line.normalized)]
    for place, below in pairwise(found):
        between = lines[place + 1 : below]
        if not between or (len(between) == 1 and _is_half(between[0])):
            yield from range(place, below + 1)


def _is_half(line: Line) -> bool:
    return not line.rules and _HALF.fullmatch(line.normalized) is not None
