"""Where the words that engines swap stand in a text, the characters beside them, and how often ordinary text has these.

The counts (`spun_counts.npz`) are made by `benchmarks/spun_counts.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.spun_words import ENGINES, pairs
from cleaners.text.codes import UNICODE_SIZE, Codes

Keys = NDArray[np.int64]
_NEAR, _FAR = np.array([[1], [4]]), np.array([[0], [5]])
"""Where the characters beside a word stand, seen from two before it."""
SHIPPED = Path(__file__).with_name("spun_counts.npz")
"""Counts of statutes, manuals and a classical novel."""


class Counts(NamedTuple):
    """How often ordinary text has each word (by its number), and each with its neighbours; `keys` are sorted."""

    totals: NDArray[np.float64]
    keys: Keys
    counts: NDArray[np.int64]

    def of(self, keys: Keys) -> NDArray[np.float64]:
        """Return the counts of contexts."""
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.counts[at], 0).astype(np.float64)


@cache
def load(path: Path = SHIPPED) -> Counts:
    """Return the counts that a file holds, by default those that come with the cleaner."""
    with np.load(path) as data:
        totals = data["words"].astype(np.float64)
        return Counts(totals, np.cumsum(data["steps"].astype(np.int64)), data["counts"].astype(np.int64))


class Table(NamedTuple):
    """The words with their numbers: their places in `names`, which is sorted.

    `characters` are the words as one number of their two characters, sorted, `numbers` the words' numbers in that
    order, `begins` and `ends` which code points begin and end a word. `authors` holds the author's words of all swapped
    ones one after the other, those of word `w` in `authors[starts[w] : starts[w + 1]]`, which are `many[w]`. `puts` and
    `swaps` have a row for each engine: 1 for a word that it writes, and for one that it replaces and never writes.
    """

    names: list[str]
    characters: Keys
    numbers: Keys
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    authors: Keys
    starts: Keys
    many: Keys
    puts: Keys
    swaps: Keys


@cache
def table() -> Table:
    """Return the words as arrays, sorted by their first two characters, to look a whole text up at once."""
    names = sorted({word for pair in pairs() for word in pair})
    characters = np.array([ord(word[0]) << 17 | ord(word[1]) for word in names], np.int64)
    order = np.argsort(characters)
    many = np.zeros(len(names), np.int64)
    authors: dict[str, list[int]] = {name: [] for name in names}
    for author, swapped in pairs():
        authors[swapped].append(names.index(author))
        many[names.index(swapped)] += 1
    puts, replaced = (
        np.array([np.isin(names, [pair[at] for pair in pairs(engine)]) for engine in ENGINES], np.int64)
        for at in (1, 0)
    )
    return Table(
        names,
        characters[order],
        order.astype(np.int64),
        np.isin(np.arange(UNICODE_SIZE), characters >> 17),
        np.isin(np.arange(UNICODE_SIZE), characters & 0x1FFFF),
        np.array([number for name in names for number in authors[name]], np.int64),
        np.concatenate(([0], np.cumsum(many))),
        many,
        puts,
        replaced * (1 - puts),
    )


def keys(word: Keys, side: int | Keys, near: Keys, far: int | Keys) -> Keys:
    """Return the numbers of contexts: a word, its left (0) or right side (1), the character beside it and the next one.

    `far` is 0 where only the nearer character counts.
    """
    return ((word * 2 + side) << 34) | (near << 17) | far


def contexts(text: Codes) -> tuple[Keys, Keys, Keys, Keys]:
    """Return where words of the table stand in a normalized text, which ones, and the characters near and far.

    The characters are in two rows: those on the left and those on the right.
    """
    points = np.zeros(len(text) + 6, np.int64)
    points[2:-4] = text
    words = table()
    places = np.flatnonzero(words.begins.take(text))
    places = places[words.ends[points[places + 3]]]
    both = points[places + 2] << 17 | points[places + 3]
    at = np.minimum(words.characters.searchsorted(both), len(words.characters) - 1)
    is_word = words.characters[at] == both
    places, at = places[is_word], at[is_word]
    return places, words.numbers[at], points[places + _NEAR], points[places + _FAR]
