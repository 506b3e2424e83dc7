"""Spun text: a document whose words an engine has swapped for others, told by words in a company they never keep.

An engine writes 进展 for 发展 wherever it stands, so 高质量进展 and 进展环境 come out, which nobody writes. For each
word of the table the characters beside it are compared with those that stand beside this word, and beside the author's
word, in ordinary text (`spun_counts.npz`, made by `benchmarks/spun_counts.py`): how much likelier is the author's word
here? One odd place proves nothing; many different words in odd places do. The text itself stays as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.spun_words import pairs
from cleaners.model import Spun
from cleaners.text.codes import codes
from cleaners.text.normalized import normalize

MIN_CHARS, MAX_CHARS = 500, 4000
"""Characters of the shortest text that is judged, and how many of a longer one: odd places add up in long texts."""
MIN_SCORE, MIN_WORDS = 30.0, 6
"""Score and number of telling words from which a text counts as spun."""
TELLING = 3.0
"""Score from which a word is telling."""
MIN_WORD, MAX_WORD = -1.0, 8.0
"""Bounds of what one word can say against and for spinning: the fashions of words change with the years."""
MAX_SIDE, MIN_PLACE, MAX_PLACE = 3.0, -2.0, 4.0
"""Bounds of the log odds of one side of a place, and of one place."""
MAX_RARE, RARE_FROM = 3.0, 1.5
"""What a word that is rare in ordinary text gets at most, from which log ratio to the author's word on."""
STAYS = 3.0
"""Taken off for each time, three at most, that the author's word is still there: an engine leaves none."""

PRIOR = 4.0
"""Weight of the shorter context in the estimate for the longer one."""
_FIRST, _SECOND = 1 / 5000, 1 / 300
"""Share of a character beside a word that was never seen there, and of the next one behind it."""

Keys = NDArray[np.int64]
SHIPPED = Path(__file__).with_name("spun_counts.npz")
"""Counts of statutes, manuals and a classical novel."""


class Counts(NamedTuple):
    """How often ordinary text has each word, and each word with its neighbours; the keys are sorted (see `keys`)."""

    words: dict[str, int]
    keys: Keys
    counts: NDArray[np.int64]

    def of(self, keys: Keys) -> NDArray[np.float64]:
        """Return the counts of contexts."""
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.counts[at], 0).astype(np.float64)


def words() -> list[str]:
    """Return all words of the table, sorted: their places are the numbers in the keys."""
    return sorted({word for pair in pairs() for word in pair})


def keys(word: Keys, side: int, near: Keys, far: Keys) -> Keys:
    """Return the numbers of contexts: a word, its left (0) or right side (1), the character beside it and the next one.

    `far` is 0 where only the nearer character counts.
    """
    return ((word * 2 + side) << 34) | (near << 17) | far


def contexts(text: str) -> tuple[Keys, Keys, list[tuple[Keys, Keys]]]:
    """Return where words of the table stand in a normalized text, which ones, and the characters (near, far) beside.

    The two pairs are those on the left and those on the right.
    """
    points = np.concatenate([np.zeros(2, np.int64), codes(text).astype(np.int64), np.zeros(4, np.int64)])
    both = points[2:-3] << 17 | points[3:-2]
    table, numbers = _table()
    at = np.minimum(np.searchsorted(table, both), len(table) - 1)
    places = np.flatnonzero(table[at] == both)
    beside = [(points[places + 1], points[places]), (points[places + 4], points[places + 5])]
    return places, numbers[at[places]], beside


@cache
def _table() -> tuple[Keys, Keys]:
    """Return the words as numbers of their two characters, sorted, and their places in `words()`."""
    numbers = np.array([ord(word[0]) << 17 | ord(word[1]) for word in words()], np.int64)
    order = np.argsort(numbers)
    return numbers[order], order.astype(np.int64)


@cache
def load(path: Path = SHIPPED) -> Counts:
    """Return the counts that a file holds, by default those that come with the cleaner."""
    with np.load(path) as data:
        found = dict(zip(words(), data["words"].tolist(), strict=True))
        return Counts(found, np.cumsum(data["steps"].astype(np.int64)), data["counts"].astype(np.int64))


@cache
def _sources() -> dict[str, list[str]]:
    sources: dict[str, list[str]] = defaultdict(list)
    for author, swapped in pairs():
        sources[swapped].append(author)
    return dict(sources)


def judge(text: str, counts: Counts | None = None) -> Spun | None:
    """Return what shows that a text is spun, None where nothing does or the text is too short to tell."""
    if len(text) < MIN_CHARS:
        return None
    score, telling = scored(text[:MAX_CHARS], counts or load())
    if score < MIN_SCORE or len(telling) < MIN_WORDS:
        return None
    return Spun(score=round(score, 1), words=tuple(f"{word}({author})" for _, word, author in telling))


def scored(text: str, counts: Counts) -> tuple[float, list[tuple[float, str, str]]]:
    """Return the score of a text, and its telling words: score, word, and the author's word; most telling first."""
    plain = normalize(text)
    places, numbers, beside = contexts(plain)
    names, sources = words(), _sources()
    seen = Counter(names[number] for number in numbers.tolist())
    odds: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
    swapped = [index for index, number in enumerate(numbers.tolist()) if names[number] in sources]
    likelier = _likelier(numbers, beside, swapped, counts)
    for index in swapped:
        word, at = names[int(numbers[index])], int(places[index])
        odds[word][plain[max(0, at - 2) : at + 4]] = likelier[index]
    total, telling = 0.0, []
    for word, found in odds.items():
        score, author = _word_score(word, found, seen, counts)
        total += score
        if score >= TELLING:
            telling.append((score, word, author))
    return total, sorted(telling, key=lambda each: (-each[0], each[1]))


def _likelier(
    numbers: Keys, beside: list[tuple[Keys, Keys]], swapped: list[int], counts: Counts
) -> dict[int, tuple[float, str]]:
    """Return for each place of a swapped word the log odds for the likeliest author's word, and that word."""
    names, sources = words(), _sources()
    number_of = {name: number for number, name in enumerate(names)}
    rows, tried = [], []
    for index in swapped:
        for word in (names[int(numbers[index])], *sources[names[int(numbers[index])]]):
            rows.append(index)
            tried.append(number_of[word])
    if not rows:
        return {}
    at, number = np.array(rows), np.array(tried, np.int64)
    total = np.array([counts.words[name] for name in names], np.float64)[number]
    sides = []
    for side, (near, far) in enumerate(beside):
        zero = np.zeros(len(at), np.int64)
        one = counts.of(keys(number, side, near[at], zero))
        two = counts.of(keys(number, side, near[at], far[at]))
        nearer = (one + PRIOR * _FIRST) / (total + PRIOR)
        odds: NDArray[np.float64] = np.log((two + PRIOR * nearer * _SECOND) / (total + PRIOR))
        sides.append(odds.round(6))
    return _best(rows, tried, sides)


def _best(rows: list[int], tried: list[int], sides: list[NDArray[np.float64]]) -> dict[int, tuple[float, str]]:
    names, best, own = words(), dict[int, tuple[float, str]](), (0.0, 0.0)
    left, right = (side.tolist() for side in sides)
    last = None
    for row, number, before, behind in zip(rows, tried, left, right, strict=True):
        if row != last:
            own, last = (before, behind), row
            continue
        odds = sum(max(-MAX_SIDE, min(MAX_SIDE, mine - its)) for mine, its in zip((before, behind), own, strict=True))
        if row not in best or odds > best[row][0]:
            best[row] = (odds, names[number])
    return best


def _word_score(
    word: str, found: dict[str, tuple[float, str]], seen: Counter[str], counts: Counts
) -> tuple[float, str]:
    """Return what one swapped word says, and the word it most likely stands for; equal places count once."""
    score = sum(max(MIN_PLACE, min(MAX_PLACE, odds)) for odds, _ in found.values())
    authors = Counter(author for odds, author in found.values() if odds > 0) or Counter(a for _, a in found.values())
    author = max(authors, key=lambda each: (authors[each], each))
    rare = float(np.log((counts.words[author] + 1) / (counts.words[word] + 1)))
    score += max(0.0, min(MAX_RARE, rare - RARE_FROM))
    if author not in _sources():
        score -= STAYS * min(3, seen[author])
    return max(MIN_WORD, min(MAX_WORD, score)), author
