"""Spun text: a document whose words an engine has swapped for others, told by words in a company they never keep.

An engine writes 进展 for 发展 wherever it stands, so 高质量进展 and 进展环境 come out, which nobody writes. For each
word of the table the characters beside it are compared with those that stand beside this word, and beside the author's
word, in ordinary text (`spun_counts.npz`, made by `benchmarks/spun_counts.py`): how much likelier is the author's word
here? One odd place proves nothing; many different words in odd places do, and a few of one engine's do where hardly an
author's word that it swaps is left. A text whose company of words the counts do not know needs the latter. The text
itself stays as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.spun_words import ENGINES, pairs
from cleaners.model import Spun
from cleaners.text.codes import UNICODE_SIZE, Codes, text_of
from cleaners.text.normalized import normalize_codes

MIN_CHARS, MAX_CHARS = 500, 4000
"""Characters of the shortest text that is judged, and how many of a longer one: odd places add up in long texts."""
MIN_SCORE, MIN_WORDS = 30.0, 6
"""Score and number of telling words from which a text of LONG characters counts as spun."""
SHORT, LONG = 1000, 3000
MIN_SHORT_SCORE, MIN_SHORT_WORDS = 24.0, 5
"""The same for a text of SHORT characters; between the two the score grows with the length, as odd places do."""
MIN_ENGINE_SHARE, MIN_ENGINE_PLACES = 0.8, 8
"""Share of the places of an engine's pairs that its own words hold where it swapped them, and how many.

Two are added to all places, since few prove less."""
MIN_ENGINE_SCORE, MIN_ENGINE_WORDS = 10.0, 3
"""Score and number of telling words of such an engine from which a text counts as spun."""
MIN_SHARE, MIN_KNOWN = 0.6, 0.45
"""The same share where the words of all engines are counted together, and share of the sides of their places that the
counts know: of statutes, without statutes in the counts, a third; of any other kind, not in them either, over half."""
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
_SIDES = np.arange(2)[:, None]
_FIRST, _SECOND = 1 / 5000, 1 / 300
"""Share of a character beside a word that was never seen there, and of the next one behind it."""

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


class _Table(NamedTuple):
    """The words with their numbers: their places in `names`, which is sorted.

    `characters` are the words as one number of their two characters, sorted, `numbers` the words' numbers in that
    order, `begins` and `ends` which code points begin and end a word. `authors` holds the author's words of all swapped
    ones one after the other, those of word `w` in `authors[starts[w] : starts[w + 1]]`, which are `many[w]`.
    """

    names: list[str]
    characters: Keys
    numbers: Keys
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    authors: Keys
    starts: Keys
    many: Keys


class Evidence(NamedTuple):
    """What a text shows: score and telling words (score, word, the author's word) of all engines, and those of one.

    `known` is the share of the sides of the words' places that the counts hold, `share` the largest share of an
    engine's places that its own words hold, `engine_score` and `engine_words` say what the words of an engine tell that
    left hardly an author's word; 0 where there is none.
    """

    score: float
    telling: Sequence[tuple[float, str, str]]
    known: float
    share: float
    engine_score: float
    engine_words: int

    def proves(self, chars: int) -> bool:
        """Whether this is enough for a text of so many characters."""
        if self.engine_score >= MIN_ENGINE_SCORE and self.engine_words >= MIN_ENGINE_WORDS:
            return True
        words = MIN_SHORT_WORDS if chars <= SHORT else MIN_WORDS
        is_known = self.known >= MIN_KNOWN and self.share >= MIN_SHARE
        return is_known and self.score >= min_score(chars) and len(self.telling) >= words


_NOTHING = Evidence(0.0, (), 0.0, 0.0, 0.0, 0)


@cache
def _table() -> _Table:
    """Return the words as arrays, sorted by their first two characters, to look a whole text up at once."""
    names = sorted({word for pair in pairs() for word in pair})
    characters = np.array([ord(word[0]) << 17 | ord(word[1]) for word in names], np.int64)
    order = np.argsort(characters)
    many = np.zeros(len(names), np.int64)
    authors: dict[str, list[int]] = {name: [] for name in names}
    for author, swapped in pairs():
        authors[swapped].append(names.index(author))
        many[names.index(swapped)] += 1
    return _Table(
        names,
        characters[order],
        order.astype(np.int64),
        np.isin(np.arange(UNICODE_SIZE), characters >> 17),
        np.isin(np.arange(UNICODE_SIZE), characters & 0x1FFFF),
        np.array([number for name in names for number in authors[name]], np.int64),
        np.concatenate(([0], np.cumsum(many))),
        many,
    )


@cache
def _engines() -> list[tuple[frozenset[int], frozenset[int]]]:
    """Return for each engine the words that it writes, and those that it replaces and never writes."""
    numbers = {name: number for number, name in enumerate(_table().names)}
    found = []
    for engine in ENGINES:
        puts = {numbers[swapped] for _, swapped in pairs(engine)}
        swaps = {numbers[author] for author, _ in pairs(engine)} - puts
        found.append((frozenset(puts), frozenset(swaps)))
    return found


def words() -> list[str]:
    """Return all words of the table, sorted: their places are the numbers in the keys."""
    return _table().names


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
    table = _table()
    places = np.flatnonzero(table.begins[text])
    places = places[table.ends[points[places + 3]]]
    both = points[places + 2] << 17 | points[places + 3]
    at = np.minimum(table.characters.searchsorted(both), len(table.characters) - 1)
    is_word = table.characters[at] == both
    places, at = places[is_word], at[is_word]
    return places, table.numbers[at], points[places + _NEAR], points[places + _FAR]


@cache
def load(path: Path = SHIPPED) -> Counts:
    """Return the counts that a file holds, by default those that come with the cleaner."""
    with np.load(path) as data:
        totals = data["words"].astype(np.float64)
        return Counts(totals, np.cumsum(data["steps"].astype(np.int64)), data["counts"].astype(np.int64))


def judge(text: str, counts: Counts | None = None) -> Spun | None:
    """Return what shows that a text is spun, None where nothing does or the text is too short to tell."""
    if len(text) < MIN_CHARS:
        return None
    found = weigh(text[:MAX_CHARS], counts or load())
    if not found.proves(len(text)):
        return None
    score = max(found.score, found.engine_score)
    return Spun(score=round(score, 1), words=tuple(f"{word}({author})" for _, word, author in found.telling))


def min_score(chars: int) -> float:
    """Return the score from which a text of so many characters counts as spun, whatever engine it was.

    >>> min_score(500), min_score(2000), min_score(9999)
    (24.0, 27.0, 30.0)
    """
    share = (min(max(chars, SHORT), LONG) - SHORT) / (LONG - SHORT)
    return MIN_SHORT_SCORE + share * (MIN_SCORE - MIN_SHORT_SCORE)


def weigh(text: str, counts: Counts) -> Evidence:
    """Return what a text shows; the most telling words come first."""
    points, table = normalize_codes(text), _table()
    plain = text_of(points)
    places, numbers, near, far = contexts(points)
    is_swapped = table.many[numbers] > 0
    swapped = numbers[is_swapped]
    if len(set(swapped.tolist())) < MIN_ENGINE_WORDS:
        return _NOTHING
    odds, authors, known = _likelier(swapped, near[:, is_swapped], far[:, is_swapped], counts)
    found: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    at_places = zip(places[is_swapped].tolist(), swapped.tolist(), odds.tolist(), authors.tolist(), strict=True)
    for at, number, likelier, author in at_places:
        found[number][plain[max(0, at - 2) : at + 4]] = (likelier, author)
    seen = Counter(numbers.tolist())
    scores = {number: _word_score(number, places_of, seen, counts) for number, places_of in found.items()}
    telling = [
        (score, table.names[number], table.names[author])
        for number, (score, author) in scores.items()
        if score >= TELLING
    ]
    return Evidence(
        sum(score for score, _ in scores.values()),
        sorted(telling, key=lambda each: (-each[0], each[1])),
        known,
        *_engine({number: score for number, (score, _) in scores.items()}, seen),
    )


def _engine(scores: Mapping[int, float], seen: Counter[int]) -> tuple[float, float, int]:
    """Return the largest share of its places that an engine's words hold, and the score and telling words of one.

    The latter are those of the engine that says most among those with hardly an author's word left.
    """
    largest, best = 0.0, (0.0, 0)
    for puts, swaps in _engines():
        put = sum(times for number, times in seen.items() if number in puts)
        if put < MIN_ENGINE_WORDS:
            continue
        share = put / (put + sum(times for number, times in seen.items() if number in swaps) + 2)
        largest = max(largest, share)
        if share >= MIN_ENGINE_SHARE and put >= MIN_ENGINE_PLACES:
            told = [score for number, score in scores.items() if number in puts]
            best = max(best, (sum(told), sum(score >= TELLING for score in told)))
    return largest, *best


def _likelier(numbers: Keys, near: Keys, far: Keys, counts: Counts) -> tuple[NDArray[np.float64], Keys, float]:
    """Return for each place of a swapped word the log odds for the likeliest author's word, and that word's number.

    The last is the share of the sides of these places that ordinary text has beside one of the words.
    """
    table = _table()
    many, own = table.many[numbers], np.arange(len(numbers))
    rows = own.repeat(many)
    firsts = many.cumsum() - many
    authors = table.authors[np.arange(len(rows)) + (table.starts[numbers] - firsts)[rows]]
    every = np.concatenate((rows, own))
    shares, seen = _log_share(np.concatenate((authors, numbers)), near[:, every], far[:, every], counts)
    gains = shares[:, : len(rows)] - shares[:, len(rows) :][:, rows]
    left, right = np.minimum(np.maximum(gains, -MAX_SIDE), MAX_SIDE)
    odds = left + right
    best = np.maximum.reduceat(odds, firsts)
    at = np.flatnonzero(odds == best[rows])
    first = at[rows[at].searchsorted(own)]
    is_known = seen[:, len(rows) :] | np.logical_or.reduceat(seen[:, : len(rows)], firsts, axis=1)
    return best, authors[first], float(is_known.mean())


def _log_share(word: Keys, near: Keys, far: Keys, counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the logarithm of the share of each word's places that have these two characters beside it.

    The second says whether the nearer one was seen there.

    `near` and `far` have a row for the left side and one for the right, and so has the answer.
    """
    total = counts.totals[word]
    nearest = keys(word, _SIDES, near, 0)
    one, two = counts.of(np.array((nearest, nearest | far)))
    nearer = (one + PRIOR * _FIRST) / (total + PRIOR)
    share: NDArray[np.float64] = np.log((two + PRIOR * nearer * _SECOND) / (total + PRIOR))
    return share.round(6), one > 0


def _word_score(
    number: int, found: dict[str, tuple[float, int]], seen: Counter[int], counts: Counts
) -> tuple[float, int]:
    """Return what one swapped word says, and the word it most likely stands for; equal places count once."""
    table = _table()
    score = sum(max(MIN_PLACE, min(MAX_PLACE, odds)) for odds, _ in found.values())
    authors = [author for odds, author in found.values() if odds > 0] or [author for _, author in found.values()]
    author = max(set(authors), key=lambda each: (authors.count(each), each))
    rare = log((counts.totals[author] + 1) / (counts.totals[number] + 1))
    score += max(0.0, min(MAX_RARE, rare - RARE_FROM))
    if table.starts[author] == table.starts[author + 1]:
        score -= STAYS * min(3, seen[author])
    return max(MIN_WORD, min(MAX_WORD, score)), author
