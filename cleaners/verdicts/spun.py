"""Spun text: a document whose words an engine has swapped for others, told by words in a company they never keep.

An engine writes 进展 for 发展 wherever it stands, so 高质量进展 and 进展环境 come out, which nobody writes. For each
word of the table the characters beside it are compared with those that stand beside this word, and beside the author's
word, in ordinary text (`spun_contexts.py`): how much likelier is the author's word here? One odd place proves nothing;
many different words in odd places do, and a few of one engine's do where hardly an author's word that it swaps is left.
A text whose company of words the counts do not know needs the latter. The text itself stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.model import Spun
from cleaners.text.codes import text_of
from cleaners.text.normalized import normalize_codes
from cleaners.verdicts.spun_contexts import Counts, Keys, beside, keys, load, table, words_in

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
"""The same share where the words of all engines are counted together; and share of the sides of their places that the
counts know. Where the counts hold no statutes, they know a third of those of statutes; of any other kind of text over
half."""
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


def judge(text: str, counts: Counts | None = None) -> Spun | None:
    """Return what shows that a text is spun, None where nothing does or the text is too short to tell."""
    if len(text) < MIN_CHARS:
        return None
    found = weigh(text, counts or load())
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
    """Return what the first `MAX_CHARS` of a text show, the most telling words first.

    Nothing where no engine holds its share of the places.
    """
    words = table()
    places, numbers = words_in(text)  # of all of it: other stages ask for its kinds of characters, too
    within = places < MAX_CHARS - 1
    places, numbers = places[within], numbers[within]
    seen = np.bincount(numbers, minlength=len(words.names))
    held = (words.both @ seen).tolist()
    engines = list(zip(held[: len(words.puts)], held[len(words.puts) :], strict=True))
    shares = [put / (put + left + 2) if put >= MIN_ENGINE_WORDS else 0.0 for put, left in engines]
    if max(shares) < MIN_SHARE:
        return _NOTHING
    points = normalize_codes(text[:MAX_CHARS])
    said, known = _said(text_of(points), (places, numbers, *beside(points, places)), seen.tolist(), counts)
    telling = [
        (score, words.names[number], words.names[author])
        for number, (score, author) in said.items()
        if score >= TELLING
    ]
    told = [
        [score for number, (score, _) in said.items() if puts[number]]
        for puts, (put, _), share in zip(words.puts, engines, shares, strict=True)
        if share >= MIN_ENGINE_SHARE and put >= MIN_ENGINE_PLACES
    ]
    return Evidence(
        sum(score for score, _ in said.values()),
        sorted(telling, key=lambda each: (-each[0], each[1])),
        known,
        max(shares),
        *max(((sum(scores), sum(score >= TELLING for score in scores)) for scores in told), default=(0.0, 0)),
    )


def _said(
    text: str, found: tuple[Keys, Keys, Keys, Keys], seen: Sequence[int], counts: Counts
) -> tuple[dict[int, tuple[float, int]], float]:
    """Return what each swapped word says with the word it stands for, and the share of their sides that is known.

    `found` are the contexts of a normalized text, `seen` says how often it has each word.
    """
    places, numbers, near, far = found
    is_swapped = table().many[numbers] > 0
    swapped = numbers[is_swapped]
    odds, authors, known = _likelier(swapped, near[:, is_swapped], far[:, is_swapped], counts)
    by_word: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    at_places = zip(places[is_swapped].tolist(), swapped.tolist(), odds.tolist(), authors.tolist(), strict=True)
    for at, number, likelier, author in at_places:
        by_word[number][text[max(0, at - 2) : at + 4]] = (likelier, author)
    return {number: _word_score(number, at, seen, counts) for number, at in by_word.items()}, known


def _likelier(numbers: Keys, near: Keys, far: Keys, counts: Counts) -> tuple[NDArray[np.float64], Keys, float]:
    """Return for each place of a swapped word the log odds for the likeliest author's word, and that word's number.

    The last is the share of the sides of these places that ordinary text has beside one of the words.
    """
    words = table()
    many, own = words.many[numbers], np.arange(len(numbers))
    rows = own.repeat(many)
    firsts = many.cumsum() - many
    authors = words.authors[np.arange(len(rows)) + (words.starts[numbers] - firsts)[rows]]
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
    number: int, found: dict[str, tuple[float, int]], seen: Sequence[int], counts: Counts
) -> tuple[float, int]:
    """Return what one swapped word says, and the word it most likely stands for; equal places count once."""
    words = table()
    score = sum(max(MIN_PLACE, min(MAX_PLACE, odds)) for odds, _ in found.values())
    authors = [author for odds, author in found.values() if odds > 0] or [author for _, author in found.values()]
    author = max(set(authors), key=lambda each: (authors.count(each), each))
    rare = log((counts.totals[author] + 1) / (counts.totals[number] + 1))
    score += max(0.0, min(MAX_RARE, rare - RARE_FROM))
    if words.starts[author] == words.starts[author + 1]:
        score -= STAYS * min(3, seen[author])
    return max(MIN_WORD, min(MAX_WORD, score)), author
