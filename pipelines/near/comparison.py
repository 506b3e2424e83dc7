"""Compares two texts: the passages they share, and how much of each the other contains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from cleaners.text.codes import Codes, codes
from cleaners.text.hans import simplify_characters
from pipelines.near.decide import MIN_CONTAINMENT, MIN_VOTES
from pipelines.near.fingerprints import GRAM, KEPT, WINDOW, fingerprint, gram_hashes

MIN_PASSAGE = GRAM + WINDOW - 1
"""Han of a passage that is told: one so long always has a print."""
MAX_SWAPPED = 4
"""Characters in each other's place that are shown as words swapped."""
MAX_ALIGNED = 5000
"""Characters of each text that are looked through for them."""
_MAX_PLACES = 16  # of one gram that are tried: a text may repeat one without end


@dataclass(frozen=True, slots=True)
class Passage:
    """The same Han in both texts: where they begin and end in each, marks and blanks between them included."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Prints of both texts and those in common; the passages of at least MIN_PASSAGE Han, in the order of the first.

    `swapped` are words of the first text with those in their place in the second: what a rewriting engine changes.
    """

    prints: tuple[int, int]
    common: int
    passages: tuple[Passage, ...]
    swapped: tuple[tuple[str, str], ...] = ()

    @property
    def containment(self) -> tuple[float, float]:
        """The share of the first text's prints that the second has, and the other way."""
        first, second = (self.common / max(number, 1) for number in self.prints)
        return first, second

    @property
    def alike(self) -> bool:
        """Whether the two alone, with no other document known, are copies."""
        return self.common >= MIN_VOTES and max(self.containment) >= MIN_CONTAINMENT


def compare(first: str, second: str) -> Comparison:
    """Compare two texts."""
    one, other = fingerprint(first), fingerprint(second)
    common = int(np.intersect1d(one, other, assume_unique=True).size)
    passages, swapped = tuple(_passages(first, second)), tuple(_swapped(first, second))
    return Comparison((one.size, other.size), common, passages, swapped)


def _swapped(first: str, second: str) -> Iterator[tuple[str, str]]:
    """Yield the few different characters that stand between the same ones in both texts, widened to words."""
    mine, its = first[:MAX_ALIGNED], second[:MAX_ALIGNED]
    for kind, start, end, there, until in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        if kind == "replace" and max(end - start, until - there) <= MAX_SWAPPED:
            wide = min(end - start, until - there) == 1
            yield mine[start : end + wide], its[there : until + wide]


def _passages(first: str, second: str) -> Iterator[Passage]:
    """Yield the longest run of Han from each place of `first` on that is also in `second`, then go on behind it."""
    (han, at), (other_han, other_at) = _han(first), _han(second)
    places: dict[int, list[int]] = {}
    for place, gram in enumerate(gram_hashes(other_han).tolist()):
        places.setdefault(gram, []).append(place)
    here, grams = 0, gram_hashes(han).tolist()
    while here < len(grams):
        runs = [(_common(han[here:], other_han[there:]), -there) for there in places.get(grams[here], ())[:_MAX_PLACES]]
        length, there = max(runs, default=(0, 0))
        if length >= MIN_PASSAGE:
            yield Passage(_span(at, here, length), _span(other_at, -there, length))
        here += max(length - GRAM + 1, 1) if length >= MIN_PASSAGE else 1


def _han(text: str) -> tuple[Codes, NDArray[np.int64]]:
    """Return the Han of `text` that count, Simplified, and where they stand."""
    simple = simplify_characters(text)
    at = np.flatnonzero(KEPT.places(simple))
    return codes(simple)[at], at


def _common(one: Codes, other: Codes) -> int:
    """Return how many characters two texts have in common from their beginnings on."""
    size = min(one.size, other.size)
    differing = np.flatnonzero(one[:size] != other[:size])
    return int(differing[0]) if differing.size else size


def _span(at: NDArray[np.int64], start: int, length: int) -> tuple[int, int]:
    return int(at[start]), int(at[start + length - 1]) + 1
