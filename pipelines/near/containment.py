"""How much of a text another one holds, character by character: what may be left out when only the other one stays.

Prints say which texts may be copies; here their canonical texts are laid side by side. A character is held when GRAM
neighbours with it among them stand in the other text too, at any place. Every character is looked at, not Han alone:
exercises and notices of one form differ in their formulas, numbers and dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaners.canonical import canonical
from cleaners.text.codes import UNICODE_SIZE, Members, Ranges, codes, singles
from pipelines.near.fingerprints import GRAM, PLACEHOLDERS, gram_hashes, prints_of

SHARE = 0.95
"""Of the characters that count, what another text must hold before one is left out for it."""
PASSAGE = 400
"""Characters: so many neighbours must be held to the same share. A long licence cannot make up for a paragraph that
stands nowhere else."""
SENTENCE_ENDS = "。！？；…!?;"


def _table(ranges: Ranges) -> Members:
    table = np.zeros(UNICODE_SIZE, np.bool_)
    for first, last in ranges:
        table[first : last + 1] = True
    return table


# Not + < = > ^ | ~, which are words of a formula. × and the rest of PLACEHOLDERS stand for a name that is left out.
_PASSED_OVER = _table(
    ((0x21, 0x2A), (0x2C, 0x2F), (0x3A, 0x3B), (0x3F, 0x40), (0x5B, 0x5D), (0x5F, 0x60), (0x7B, 0x7B), (0x7D, 0x7D),
     (0xB7, 0xB7), (0xD7, 0xD7), (0x2010, 0x205E), (0x25A0, 0x25FF), (0x3001, 0x3003), (0x3008, 0x301F),
     *singles(f"xX{PLACEHOLDERS}"))
)  # fmt: skip
_FIGURES = _table(((0x30, 0x39), (0x41, 0x57), (0x59, 0x5A), (0x61, 0x77), (0x79, 0x7A)))


class Body:
    """A text as it is compared."""

    def __init__(self, text: str) -> None:
        self._raw = text
        self.canonical = canonical(text)
        self._points = codes(self.canonical)

    @cached_property
    def grams(self) -> NDArray[np.uint64]:
        """The hash of every GRAM neighbours, in their order."""
        return gram_hashes(self._points)

    @cached_property
    def sorted_grams(self) -> NDArray[np.uint64]:
        """Each of `grams` once, sorted."""
        return np.unique(self.grams)

    @cached_property
    def prints(self) -> NDArray[np.int64]:
        """Its prints, each once."""
        return prints_of(self.canonical)

    @cached_property
    def words(self) -> Members:
        """Which characters count: no marks and placeholders, unless there is nothing else."""
        words = ~_PASSED_OVER[self._points]
        return words if words.any() else np.ones_like(words)

    @cached_property
    def figures(self) -> Members:
        """Which characters are digits or Latin letters."""
        return _FIGURES[self._points]

    @cached_property
    def lines(self) -> NDArray[np.int64]:
        """The number of the line that each character stands on."""
        sizes = [len(canonical(line)) for line in self._raw.split("\n")]
        if sum(sizes) != self._points.size:  # an accent behind a line feed has joined the letter before it
            return np.zeros(self._points.size, np.int64)
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def prose(self) -> Members:
        """Which lines have the end of a sentence; the others are titles, headings, items."""
        return np.array([any(end in line for end in SENTENCE_ENDS) for line in self._raw.split("\n")], np.bool_)

    def held_by(self, other: Body) -> Members:
        """Return which characters `other` holds."""
        size = self._points.size
        if size < GRAM:
            return np.full(size, self.canonical in other.canonical)
        known = other.sorted_grams
        if not known.size:
            return np.zeros(size, np.bool_)
        found = np.flatnonzero(known[np.minimum(np.searchsorted(known, self.grams), known.size - 1)] == self.grams)
        steps = np.zeros(size + 1, np.int64)
        steps[found] += 1
        steps[found + GRAM] -= 1
        return np.cumsum(steps[:-1]) > 0


@dataclass(frozen=True, slots=True)
class Containment:
    """Whether a text is held nearly whole, and how many of its characters are not."""

    nearly_whole: bool
    lost: int


def containment(body: Body, by: Body, share: float, others: tuple[Body, ...] = ()) -> Containment:
    """Say whether `by` holds `body` to the `share` of what is its own; `others` are documents that stay too.

    What is its own: not the lines that `by` has whole and that end no sentence, which titles, headings and lists do,
    nor those that one of `others` has whole as well, as boilerplate is. The share is asked of all that is left, of
    every PASSAGE in it, and of the figures of the lines that differ.
    """
    held = body.held_by(by)
    lost = body.words & ~held
    missing = int(np.count_nonzero(lost))
    if not missing:
        return Containment(True, 0)
    if missing > (1 - share) * np.count_nonzero(body.words):  # what is shared can only make it worse
        return Containment(False, missing)
    differing = _lines_not_held(body, held)
    shared = np.zeros_like(body.prose)
    for other in others:
        shared |= ~_lines_not_held(body, body.held_by(other))
    own = (differing | (body.prose & ~shared))[body.lines] & body.words
    figures = differing[body.lines] & body.figures
    size = int(np.count_nonzero(own))
    nearly_whole = (
        missing <= (1 - share) * size
        and _most_together(lost[own]) <= (1 - share) * min(PASSAGE, size)
        and np.count_nonzero(figures & ~held) <= (1 - share) * np.count_nonzero(figures)
    )
    return Containment(bool(nearly_whole), missing)


def _lines_not_held(body: Body, held: Members) -> Members:
    """Return of which lines some character that counts is not held."""
    return np.bincount(body.lines, body.words & ~held, body.prose.size) > 0


def _most_together(lost: Members) -> int:
    """Return how many are lost of the PASSAGE neighbours that lose most."""
    before = np.concatenate([[0], np.cumsum(lost)])
    width = min(PASSAGE, lost.size)
    return int((before[width:] - before[: before.size - width]).max())
