"""Pieces that a site puts into the sentences of its documents: one string, inside different sentences of many pages.

Common phrases stand inside many sentences too. A piece of a site names an address, and breaks the sentence: what stands
before it and behind it is another character each time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cleaners.learning.patterns import MAX_LINE
from cleaners.text.hans import HAN

GRAM = 6
"""Characters of the shortest piece."""

MIN_VARIETY = 0.5
"""Different characters before a piece, and behind it, for each document that has it, at least."""

MIN_BROKEN = 0.8
"""Share of its places with a Han before it and behind it: it breaks a sentence."""

_ADDRESS = re.compile(
    r"(?:www\.)?[a-z0-9][a-z0-9-]{1,40}\.(?:com|cn|net|org|cc|info|top|vip|xyz|wang|club|tv|la)(?![a-z0-9.-])"
)


def pieces(texts: Sequence[Sequence[str]], least: int) -> Iterator[tuple[str, int]]:
    """Yield pieces with the number of texts that have them; a text is the lines that are its own."""
    named = [[line for line in lines if _ADDRESS.search(line.lower())] for lines in texts]
    on: dict[str, set[int]] = defaultdict(set)
    for number, lines in enumerate(named):
        for line in lines:
            for found in _ADDRESS.finditer(line.lower()):
                on[found[0]].add(number)
    for address, numbers in sorted(on.items()):
        if len(numbers) >= least and (piece := _widest(address, [named[number] for number in sorted(numbers)])):
            yield piece, len(numbers)


def _widest(address: str, texts: Sequence[Sequence[str]]) -> str | None:
    """Return an address with what stands around it in every text, None where it does not break sentences."""
    places = [
        (line, at.start(), at.end())
        for lines in texts
        for line in lines
        for at in re.finditer(re.escape(address), line.lower())
    ]
    before = _shared([line[:start][::-1] for line, start, _ in places])[::-1]
    behind = _shared([line[end:] for line, _, end in places])
    around = [(line[: start - len(before)][-1:], line[end + len(behind) :][:1]) for line, start, end in places]
    broken = sum(HAN.is_in(left) and HAN.is_in(right) for left, right in around)
    variety = min(len({left for left, _ in around}), len({right for _, right in around}))
    if broken < MIN_BROKEN * len(around) or variety < max(2, MIN_VARIETY * len(texts)):
        return None
    line, start, end = places[0]
    piece = line[start - len(before) : end + len(behind)]
    return piece if GRAM <= len(piece) <= MAX_LINE else None


def _shared(texts: Sequence[str]) -> str:
    """Return what all texts begin with."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(texts), max(texts), strict=False))
    return "".join(char for char, _ in alike)
