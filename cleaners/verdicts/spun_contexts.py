"""Where the words that engines swap stand in a text, the characters beside them, and how often ordinary text has these.

The counts (`spun_counts.npz`) are made by `benchmarks/spun_counts.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.text.codes import UNICODE_SIZE, CharClass, Codes, codes, singles_of, text_of
from cleaners.text.normalized import normalize_codes
from cleaners.verdicts.spun_words import ENGINES, pairs

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
    """The words with their numbers: their places in `names`, which is sorted; the characters that begin and end one.

    `cells` has a row for each character that begins a word and a column for each that ends one, and holds the word's
    number and one more; 0 is no word. `halves` says of each code point, in whatever writing, where its row begins, and,
    in the lower 16 bits, its column. `authors` holds the author's words of all swapped ones one after the other, those
    of word `w` in `authors[starts[w] : starts[w + 1]]`, which are `many[w]`. `puts` has a row for each engine: 1 for a
    word that it writes; `both` has these rows, and below them one for each engine with the words that it replaces and
    never writes.
    """

    names: list[str]
    begins: CharClass
    ends: CharClass
    halves: Codes
    cells: NDArray[np.int16]
    authors: Keys
    starts: Keys
    many: Keys
    puts: Keys
    both: Keys


@cache
def table() -> Table:
    """Return the words as arrays, to look a whole text up at once."""
    names = sorted({word for pair in pairs() for word in pair})
    begins, ends = (sorted({ord(word[at]) for word in names}) for at in (0, 1))
    halves, width = np.zeros(UNICODE_SIZE, np.uint32), len(ends) + 1
    halves[begins] = np.arange(width, (len(begins) + 1) * width, width) << 16
    halves[ends] += np.arange(1, width, dtype=np.uint32)
    cells = np.zeros((len(begins) + 1) * width, np.int16)
    of_names = halves[codes("".join(names))]
    cells[_cells(of_names[::2], of_names[1::2])] = np.arange(1, len(names) + 1)
    many = np.zeros(len(names), np.int64)
    authors: dict[str, list[int]] = {name: [] for name in names}
    for author, swapped in pairs():
        authors[swapped].append(names.index(author))
        many[names.index(swapped)] += 1
    puts, replaced = (
        np.array([np.isin(names, [pair[at] for pair in pairs(engine)]) for engine in ENGINES], np.int64)
        for at in (1, 0)
    )
    writings = text_of(np.arange(UNICODE_SIZE, dtype=np.uint32))
    halves = halves.take(normalize_codes(writings))
    return Table(
        names,
        CharClass(singles_of(halves >> np.uint32(16))),
        CharClass(singles_of(halves & np.uint32(0xFFFF))),
        halves,
        cells,
        np.array([number for name in names for number in authors[name]], np.int64),
        np.concatenate(([0], np.cumsum(many))),
        many,
        puts,
        np.concatenate((puts, replaced * (1 - puts))),
    )


def _cells(first: Codes, second: Codes) -> Codes:
    """Return the cells of the table for pairs of characters with these halves."""
    cells: Codes = (first >> np.uint32(16)) + (second & np.uint32(0xFFFF))
    return cells


def keys(word: Keys, side: int | Keys, near: Keys, far: int | Keys) -> Keys:
    """Return the numbers of contexts: a word, its left (0) or right side (1), the character beside it and the next one.

    `far` is 0 where only the nearer character counts.
    """
    return ((word * 2 + side) << 34) | (near << 17) | far


def words_in(text: str) -> tuple[Keys, Keys]:
    """Return where words of the table stand in a text, and which ones."""
    words, points = table(), codes(text)
    places = (words.begins.places(text)[:-1] & words.ends.places(text)[1:]).nonzero()[0]
    held = words.cells.take(_cells(words.halves.take(points[places]), words.halves.take(points[places + 1])))
    is_word = held > 0
    return places[is_word], held[is_word].astype(np.int64) - 1


def beside(text: Codes, places: Keys) -> tuple[Keys, Keys]:
    """Return the characters near and far beside words at these places of a normalized text; 0 where there is none.

    They are in two rows: those on the left and those on the right.
    """
    points = np.zeros(len(text) + 6, np.int64)
    points[2:-4] = text
    return points[places + _NEAR], points[places + _FAR]
