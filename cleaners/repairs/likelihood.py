"""How likely a character is after another in Chinese prose: what decides whether a computed text is common text.

No corpus stands behind it. The evidence is a list of the most frequent characters, a list of what often follows what,
the words of OpenCC's Simplified-to-Traditional dictionary, and the rest of the page itself. Measured on other text,
counts from a million characters of real prose would prove one run in twenty-five more.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import exp, fsum, log

import numpy as np

from cleaners.repairs.frequencies import (
    BOUND,
    FIRST_HAN,
    LAST_HAN,
    MARKS,
    MIN_FREQUENCY,
    evidence,
    frequency,
    is_han,
    is_known_pair,
)
from cleaners.repairs.syllables import is_common
from cleaners.text.codes import codes, text_of
from cleaners.text.hans import simplify_characters

ENDS, OPENING = "。！？", frozenset("“《（")
NO_START = BOUND | frozenset("和与及等")
"""Characters that begin no sentence."""

LEVEL_2, OTHER = exp(-13), exp(-18)
"""Probability of a Han character of the second level of GB 2312, and of any other that is not common."""
RARE = exp(-8)
"""A character less frequent than this needs a word to be believed."""
BY_WORD, BY_LIST, BY_PAGE = 0.25, 0.25, 0.45
"""Shares of a character's probability that rest on the dictionary's words, the list and the page."""
MOST_BY_MARK = 20.0
"""How many times likelier a mark makes its neighbour at most."""
PAGE_WEIGHT = 3000
"""The page's own character counts weigh as much as the list when it has so many characters."""


class Likelihood(dict[str, "Behind"]):
    """How likely characters are on one page: of each Simplified character, and of "" for none, what is behind it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        text = simplify_characters(page)
        self.alone = Alone(text)
        points = codes(text).astype(np.uint64)
        pairs, times = np.unique(points[:-1] << 32 | points[1:], return_counts=True)
        firsts, starts = np.unique(pairs >> 32, return_index=True)
        ends = [*starts[1:].tolist(), len(pairs)]
        self._behind = dict(
            zip(text_of(firsts.astype(np.uint32)), zip(starts.tolist(), ends, strict=True), strict=True)
        )
        self._seconds, self._times = text_of(pairs.astype(np.uint32)), times.tolist()

    def __missing__(self, before: str) -> Behind:
        """Return what may follow a character that is asked for the first time."""
        place = slice(*self._behind.get(before, (0, 0)))
        following = dict(zip(self._seconds[place], self._times[place], strict=True))
        self[before] = behind = Behind(self.alone, before, following)
        return behind

    def of(self, text: str) -> float:
        """Return how likely the characters of a Simplified text are, each after the one before it."""
        return sum(self[before][char] for before, char in pairwise(text))

    def is_proved(self, before: str, char: str, behind: str) -> bool:
        """Whether a character is frequent, or makes a known pair with one of its neighbours."""
        return self.alone[char] > RARE or any(
            is_known_pair(a, b) or self[a].following.get(b, 0) > 1 for a, b in ((before, char), (char, behind))
        )


class Alone(dict[str, float]):
    """The probability of each character whatever stands before it, worked out when it is asked for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        points, times = np.unique(codes(text), return_counts=True)
        self.counts: Mapping[str, int] = dict(zip(text_of(points), times.tolist(), strict=True))
        self._size = int(times[(points >= ord(FIRST_HAN)) & (points <= ord(LAST_HAN))].sum())

    def __missing__(self, char: str) -> float:
        """Work out a character that is asked for the first time."""
        known, is_listed = _generally(char)
        if is_listed:
            known = 0.85 * (known + self.counts.get(char, 0)) / (PAGE_WEIGHT + self._size)
        self[char] = known
        return known


@cache
def _generally(char: str) -> tuple[float, bool]:
    """Return how often a common character is expected in a text of `PAGE_WEIGHT`, of others the probability."""
    if char in MARKS:
        return exp(MARKS[char]), False
    if is_common(char):
        return PAGE_WEIGHT * evidence().frequency.get(char, MIN_FREQUENCY), True
    return LEVEL_2 if char.encode("gb2312", "ignore") and is_han(char) else OTHER, False


class Behind(dict[str, float]):
    """How likely each character is behind one (natural logarithm), worked out when it is asked for."""

    def __init__(self, alone: Alone, before: str, following: Mapping[str, int]) -> None:
        super().__init__()
        self._alone, self._before, self.following = alone, before, following
        self._is_han = is_han(before)
        self._by_word, self._by_list = _shares_behind(before)
        self._seen = alone.counts.get(before, 0)
        self._by_page = BY_PAGE * self._seen / (self._seen + 3)
        self._known: frozenset[str] | None = None

    def __missing__(self, char: str) -> float:
        """Work out a character that is asked for the first time."""
        if self._is_han and is_han(char):
            self[char] = likely = log(self._likely(char))
        else:
            self[char] = likely = log(self._alone[char] * _beside_mark(self._before, char))
        return likely

    def _likely(self, char: str) -> float:
        """Return how likely a Han character is behind another, by dictionary, list of followers and page."""
        likely = (1 - BY_WORD) * self._alone[char] + self._by_word.get(char, 0.0)
        if self._by_list:
            likely = (1 - BY_LIST) * likely + self._by_list.get(char, 0.0)
        if self._seen:
            likely = (1 - self._by_page) * likely + self._by_page * self.following.get(char, 0) / self._seen
        return likely

    @property
    def known(self) -> frozenset[str]:
        """The characters known to follow: in words, in the list, on the page."""
        if self._known is None:
            self._known = frozenset(self._by_word).union(self._by_list, self.following)
        return self._known


@cache
def _shares_behind(before: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return what the dictionary's words, and what the list adds to the probability of each character behind one."""
    words, followers = evidence().words.get(before, ""), evidence().followers.get(before, "")
    total = 0.01 + fsum(map(frequency, words))
    by_word = {char: BY_WORD * frequency(char) / total for char in words}
    return by_word, {char: BY_LIST / len(followers) for char in followers}


def _beside_mark(last: str, char: str) -> float:
    """Return by what factor a mark changes how likely its neighbour is; "" is no mark."""
    if last and last in "—…":
        return MOST_BY_MARK if char == last else 1.0
    if char in "—…" or (char == "\n" and last in OPENING):
        return 1e-3
    if last and last in ENDS + "；，、：":
        if char in "。，、；：！？":
            return 1e-4
        if char == "”":
            return MOST_BY_MARK if last in ENDS else 1e-3
        if char == "\n":
            return 0.1 if last in "，、" else 10.0
        return 0.02 if char in NO_START else 1.0
    return 1.0
