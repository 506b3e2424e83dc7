"""The prose of a page: how much of it stands where, and which words of a line above it takes up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cleaners.judging.heading import reads_as_prose
from cleaners.judging.page_lines import Line
from cleaners.judging.titles import MAX_TITLE

MAX_PROSE = 6000
"""Characters of prose in which words are looked for."""

MIN_WORDS, MIN_WORDS_SHARE = 2, 0.5
"""Words of a line, and their share, that prose below takes up where the line is its heading."""

MAX_ABOVE = 0.2
"""Share of the prose, at most, that stands above where it begins: menus and mottos read like prose, too."""

MAX_WORTH = 2.0
"""What the words that prose takes up say at most for a line being its title."""

_MARK = re.compile(r"[,。;:!?]")
_WORDS = re.compile(r"[a-z][a-z\d]{2,}|[一-鿿]{2,}")


class Prose:
    """The prose among lines; `before` gives the characters of it above each line, `places` where it stands."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.places = [place for place, line in enumerate(lines) if reads_as_prose(line)]
        sizes = [0] * len(lines)
        for place in self.places:
            sizes[place] = len(lines[place].normalized)
        self.before = list(accumulate(sizes, initial=0))

    def begins(self, place: int) -> bool:
        """Whether next to all of the prose stands below a line."""
        return self.before[place] <= MAX_ABOVE * self.before[-1]

    def takes_up(self, place: int) -> float:
        """Return what the words of a line that the prose below it has say for it being the heading of that."""
        found, share = self._words(place)
        return min(MAX_WORTH, found / 2) * share if found >= MIN_WORDS else 0.0

    def is_headed_by(self, place: int) -> bool:
        """Whether two lines of the prose below a line have most of its words, but for clauses that hold all of it."""
        text = self.lines[place].normalized.lower()
        words = _words_of(text)
        below = [_without_clauses(text, said) for said in self._below(place).split("\n")]
        found = sum(any(word in said for said in below) for word in words)
        having = sum(any(word in said for word in words) for said in below)
        return having > 1 and found >= max(MIN_WORDS, MIN_WORDS_SHARE * len(words))

    def share(self, place: int) -> float:
        """Return the share of a line's words that the prose below it has."""
        return self._words(place)[1]

    def _words(self, place: int) -> tuple[int, float]:
        """Return how many words of a line the prose below has, and their share."""
        words = _words_of(self.lines[place].normalized[:MAX_TITLE].lower())
        prose = self._below(place) if words else ""
        found = sum(word in prose for word in words)
        return found, found / len(words) if words else 0.0

    def _below(self, place: int) -> str:
        """Return the beginning of the prose below a line."""
        first = bisect_right(self.places, place)
        start = self.before[self.places[first]] if first < len(self.places) else 0
        last = bisect_right(self.before, start + MAX_PROSE)
        said = (self.lines[at].normalized for at in self.places[first : bisect_right(self.places, last)])
        return "\n".join(said)[:MAX_PROSE].lower()


def _words_of(text: str) -> set[str]:
    """Return the words of a line: Latin ones, and each two Han."""
    words = set[str]()
    for run in _WORDS.findall(text):
        words |= {run} if run[0] < "\x80" else {run[at : at + 2] for at in range(len(run) - 1)}
    return words


def _without_clauses(text: str, prose: str) -> str:
    """Return prose without the clauses that hold a line: who writes so repeats it, and it need not be a heading."""
    return ",".join(clause for clause in _MARK.split(prose) if text not in clause) if text in prose else prose
