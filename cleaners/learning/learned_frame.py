"""A site's learned frame, found on its pages: which of their lines are the site's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from cleaners.judging.judge import Judged
from cleaners.judging.page_lines import Line
from cleaners.learning.patterns import MAX_LINE, MIN_TITLE, TITLE, ends_of, letters, patterns
from cleaners.learning.profile import HEAD, INSIDE, TAIL, LearnedLine, Profile
from cleaners.model import Edit
from cleaners.text.edits import disjoint
from cleaners.text.normalized import normalize, normalize_line

RULES: Mapping[str, str] = {HEAD: "learned.head", TAIL: "learned.tail", INSIDE: "learned.line"}
"""The rule that takes a learned line, by where it stands."""

PIECE = "learned.piece"
"""The rule that takes a learned piece out of a line."""

SLACK = 5
"""A learned line is looked for so many lines further inside than twice its deepest place."""

MIN_AROUND_TITLE, MAX_TITLE = 6, 60
"""Letters beside the title, at least, of a line that is known whatever title it holds, and characters of that."""


class LearnedFrame:
    """Finds the frame that a profile describes.

    `_known` gives the learned lines of a pattern, `_depth` how far from its edge a line of the head and of the tail is
    looked for, 0 where nothing is learned; `_titled` the patterns that say enough beside the title, with what stands
    before it and behind it.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._known: dict[str, list[LearnedLine]] = defaultdict(list)
        self._depth = dict.fromkeys(RULES, 0)
        for line in profile.lines:
            self._known[line.pattern].append(line)
            self._depth[line.where] = max(self._depth[line.where], _reach(line))
        self._ends = _ends(self._known)
        self._has_titled = any(TITLE in pattern for pattern in self._known)
        self._titled = [
            (pattern, *pattern.split(TITLE))
            for pattern in self._known
            if pattern.count(TITLE) == 1 and letters(pattern) >= MIN_AROUND_TITLE
        ]

    def known(
        self, lines: Sequence[Line], closed: Collection[int], title: str | None
    ) -> tuple[list[Judged], list[Judged], list[Judged]]:
        """Return the lines of a page that are the site's: around the text, inside it, and those that rules know.

        Each with its place, the rule that takes it, its score and what the pages showed. Of those that no rule knows
        none stands at a `closed` place, which is gone already or not to be taken, and none is given where nothing of
        the page would be left. `title` is the page's, as far as it is known.
        """
        around: list[Judged] = []
        inside: list[Judged] = []
        ruled: list[Judged] = []
        for line in self._found(lines, self._near(len(lines)), title):
            if lines[line.place].rules:
                ruled.append(line)
            elif line.place not in closed:
                (inside if line.rule == RULES[INSIDE] else around).append(line)
        is_all = len(around) + len(inside) + len(closed) >= len(lines)
        return ([], [], ruled) if is_all else (around, inside, ruled)

    def naming(self, lines: Sequence[Line], title: str) -> list[Judged]:
        """Return the lines of a page that are the site's and hold its title."""
        if not self._has_titled:
            return []
        name = normalize_line(normalize(title))
        places = [place for place in self._near(len(lines)) if name in lines[place].normalized]
        return list(self._found(lines, places, title))

    def _found(self, lines: Sequence[Line], places: Sequence[int], title: str | None) -> Iterator[Judged]:
        """Yield those of the lines at `places` that are the site's."""
        name = normalize_line(normalize(title)) if title and self._has_titled else None
        for place in places:
            seen = lines[place].normalized
            if self._may_be_known(seen) and (line := self._line_at(place, len(lines), self._names(seen, name))):
                yield Judged(place, RULES[line.where], line.score, told=line.told(self._profile.documents))

    def _names(self, line: str, title: str | None) -> Sequence[str]:
        """Return the patterns of a line, and those known that hold the title and are written around it as the line is.

        A page says its title in several writings, and none may be known yet.
        """
        names = patterns(line, title)
        around = (
            [each for each, before, behind in self._titled if _is_around(names[0], before, behind)] if names else ()
        )
        return (*names, *around)

    def _may_be_known(self, line: str) -> bool:
        """Whether a learned line begins and ends as this one does: most lines of a text are told apart by that."""
        first, last = ends_of(line)
        lasts = self._ends.get(first, self._ends[None])
        return (last in lasts or None in lasts) and len(line) <= MAX_LINE

    def _near(self, count: int) -> Sequence[int]:
        """Return the places of a page of so many lines at which a learned line may stand."""
        head, tail = self._depth[HEAD], self._depth[TAIL]
        if self._depth[INSIDE] or head + tail >= count:
            return range(count) if self._known else ()
        return [*range(head), *range(count - tail, count)]

    def _line_at(self, place: int, count: int, names: Sequence[str]) -> LearnedLine | None:
        """Return the learned line that a line of these patterns is, at its place among `count` lines."""
        for line in next((known for each in names if (known := self._known.get(each))), ()):
            if line.where == INSIDE:
                return line
            if (place if line.where == HEAD else count - 1 - place) < _reach(line):
                return line
        return None

    def injected(self, text: str) -> list[Edit]:
        """Return the removals of learned pieces from a text."""
        if not self._profile.pieces:
            return []
        seen = normalize(text)
        places = [
            (found.start(), found.end())
            for piece in self._profile.pieces
            for found in re.finditer(re.escape(piece.text), seen)
        ]
        return disjoint(Edit(start, end, "", PIECE) for start, end in places)

    def text_starts(self, lines: Sequence[Line]) -> int:
        """Return the place of the first line that stands below the opening of a page, 0 where there is none."""
        opening = self._profile.opening
        if not opening:
            return 0
        first, last = ends_of(opening.pattern)
        for place in range(min(len(lines), _reach(opening))):
            seen = lines[place].normalized
            begin, end = ends_of(seen)
            if first in (begin, None) and last in (end, None) and opening.pattern in patterns(seen, None):
                return place + 1
        return 0


def _reach(line: LearnedLine) -> int:
    return 2 * line.place + SLACK


def _ends(known: Collection[str]) -> Mapping[str | None, Collection[str | None]]:
    """Return how known patterns end, by how they begin; those whose begin is masked are with all."""
    ends: dict[str | None, set[str | None]] = {None: set()}
    for first, last in map(ends_of, known):
        ends.setdefault(first, set()).add(last)
    return {first: lasts | ends[None] for first, lasts in ends.items()}


def _is_around(line: str, before: str, behind: str) -> bool:
    """Whether a line begins and ends so, and what stands between may be a title."""
    longest = len(line) - len(before) - len(behind)
    return MIN_TITLE <= longest <= MAX_TITLE and line.startswith(before) and line.endswith(behind)
