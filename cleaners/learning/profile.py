"""A site's frame as its own pages show it, as data: readable JSON, one file a host, and its use on a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from cleaners.learning.patterns import MAX_LINE, MIN_TITLE, TITLE, ends_of, letters, patterns
from cleaners.model import Edit
from cleaners.text.edits import disjoint
from cleaners.text.normalized import normalize, normalize_line

if TYPE_CHECKING:  # every command imports this file, and the rules take their time
    from cleaners.judging.judge import Judged
    from cleaners.judging.page_lines import Line

FORMAT = 1
"""Version of the files: another one is not read."""

HEAD, TAIL, INSIDE = "head", "tail", "inside"
RULES: Mapping[str, str] = {HEAD: "learned.head", TAIL: "learned.tail", INSIDE: "learned.line"}
"""Where a learned line stands, and the rule that takes it there."""

PIECE = "learned.piece"
"""The rule that takes a learned piece out of a line."""

MIN_DOCUMENTS = 3
"""Distinct documents of a host, and documents that a line stands on, below which nothing is learned."""

SLACK = 5
"""A learned line is looked for so many lines further inside than twice its deepest place."""


MIN_AROUND_TITLE, MAX_TITLE = 6, 60
"""Letters beside the title, at least, of a line that is known whatever title it holds, and characters of that."""


class ProfileError(ValueError):
    """A file that is no profile; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class LearnedLine:
    """A line of a site's frame.

    `pattern` has numbers and the page's title masked; `where` is `head`, `tail` or `inside`; it stands on `pages`
    distinct documents, at most `place` lines from the top (`tail`: from the bottom); `score` is the logarithm of the
    odds that it is none of the text.
    """

    where: str
    pattern: str
    pages: int
    place: int
    score: float

    def told(self, documents: int) -> tuple[str, ...]:
        """Return what the site's pages showed, as `--explain` tells it."""
        return f"on {self.pages} of {documents} pages", f"as {self.pattern}"


@dataclass(frozen=True, slots=True)
class LearnedPiece:
    """A piece that a site puts into the lines of `pages` distinct documents."""

    text: str
    pages: int


@dataclass(frozen=True)
class Profile:
    """What is known of the frame of one host.

    It was learned from `documents` distinct documents. `opening` is the line of the head below which the text itself
    begins, with no title between; `container` the path to the element that holds the text, on `container_pages` saved
    pages.
    """

    host: str
    documents: int
    lines: tuple[LearnedLine, ...] = ()
    pieces: tuple[LearnedPiece, ...] = ()
    opening: LearnedLine | None = None
    container: str | None = None
    container_pages: int = 0

    @cached_property
    def digest(self) -> str:
        """Return the name of exactly this profile: 8 hex digits, which the version of a record ends with."""
        return hashlib.sha256(self.dumped()).hexdigest()[:8]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was learned that cleaning could use."""
        return not (self.lines or self.pieces or self.opening or self.container)

    def dumped(self) -> bytes:
        """Return the profile as its file holds it: indented JSON, always the same bytes for the same profile."""
        values = {
            "format": FORMAT,
            "host": self.host,
            "documents": self.documents,
            "lines": [self._line(line) for line in self.lines],
            "pieces": [{"text": piece.text, "on": self._share(piece.pages)} for piece in self.pieces],
            "opening": self._line(self.opening) if self.opening else None,
            "container": {"path": self.container, "pages": self.container_pages} if self.container else None,
        }
        return orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def _line(self, line: LearnedLine) -> dict[str, Any]:
        return {
            "where": line.where,
            "pattern": line.pattern,
            "on": self._share(line.pages),
            "place": line.place,
            "score": line.score,
        }

    def _share(self, pages: int) -> str:
        return f"{pages} of {self.documents} pages"

    @classmethod
    def loaded(cls, data: bytes) -> Profile:
        """Return the profile that a file holds; raises ProfileError."""
        try:
            values = orjson.loads(data)
            if values["format"] != FORMAT:
                raise ProfileError(f"is a profile of format {values['format']}, this program reads {FORMAT}")
            container = values["container"] or {"path": None, "pages": 0}
            return cls(
                str(values["host"]),
                int(values["documents"]),
                tuple(map(_line, values["lines"])),
                tuple(LearnedPiece(str(each["text"]), _pages(each)) for each in values["pieces"]),
                _line(values["opening"]) if values["opening"] else None,
                container["path"],
                int(container["pages"]),
            )
        except (orjson.JSONDecodeError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise ProfileError(f"is no profile ({error})") from None

    @cached_property
    def _known(self) -> Mapping[str, Sequence[LearnedLine]]:
        known: dict[str, list[LearnedLine]] = {}
        for line in self.lines:
            known.setdefault(line.pattern, []).append(line)
        return known

    @cached_property
    def _depth(self) -> Mapping[str, int]:
        """How far from its edge a line of the head and of the tail is looked for; 0 where nothing is learned."""
        return {
            where: max([self._reach(line) for line in self.lines if line.where == where], default=0) for where in RULES
        }

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
        from cleaners.judging.judge import Judged

        name = normalize_line(normalize(title)) if title and self._has_titled else None
        for place in places:
            seen = lines[place].normalized
            if self._may_be_known(seen) and (line := self._line_at(place, len(lines), self._names(seen, name))):
                yield Judged(place, RULES[line.where], line.score, told=line.told(self.documents))

    def _names(self, line: str, title: str | None) -> Sequence[str]:
        """Return the patterns of a line, and those known that hold the title and are written around it as the line is.

        A page says its title in several writings, and none may be known yet.
        """
        names = patterns(line, title)
        around = (
            [each for each, before, behind in self._titled if _is_around(names[0], before, behind)] if names else ()
        )
        return (*names, *around)

    @cached_property
    def _titled(self) -> Sequence[tuple[str, str, str]]:
        """The patterns that say enough beside the title, with what stands before it and behind it."""
        titled = (line.pattern for line in self.lines if line.pattern.count(TITLE) == 1)
        around = ((each, *each.partition(TITLE)) for each in titled if letters(each) >= MIN_AROUND_TITLE)
        return [(each, before, behind) for each, before, _, behind in around]

    def _may_be_known(self, line: str) -> bool:
        """Whether a learned line begins and ends as this one does: most lines of a text are told apart by that."""
        first, last = ends_of(line)
        lasts = self._ends.get(first, self._ends[None])
        return (last in lasts or None in lasts) and len(line) <= MAX_LINE

    @cached_property
    def _ends(self) -> Mapping[str | None, Collection[str | None]]:
        """How learned lines end, by how they begin; those whose begin is masked are with all."""
        ends: dict[str | None, set[str | None]] = {None: set()}
        for first, last in (ends_of(line.pattern) for line in self.lines):
            ends.setdefault(first, set()).add(last)
        return {first: lasts | ends[None] for first, lasts in ends.items()}

    def _near(self, count: int) -> Sequence[int]:
        """Return the places of a page of so many lines at which a learned line may stand."""
        head, tail = self._depth[HEAD], self._depth[TAIL]
        if self._depth[INSIDE] or head + tail >= count:
            return range(count) if self.lines else ()
        return [*range(head), *range(count - tail, count)]

    @cached_property
    def _has_titled(self) -> bool:
        return any(TITLE in line.pattern for line in self.lines)

    def _line_at(self, place: int, count: int, names: Sequence[str]) -> LearnedLine | None:
        """Return the learned line that a line of these patterns is, at its place among `count` lines."""
        for line in next((known for each in names if (known := self._known.get(each))), ()):
            if line.where == INSIDE:
                return line
            if (place if line.where == HEAD else count - 1 - place) < self._reach(line):
                return line
        return None

    def _reach(self, line: LearnedLine) -> int:
        return 2 * line.place + SLACK

    def injected(self, text: str) -> list[Edit]:
        """Return the removals of learned pieces from a text."""
        if not self.pieces:
            return []
        seen = normalize(text)
        places = [
            (found.start(), found.end()) for piece in self.pieces for found in re.finditer(re.escape(piece.text), seen)
        ]
        return disjoint(Edit(start, end, "", PIECE) for start, end in places)

    def text_starts(self, lines: Sequence[Line]) -> int:
        """Return the place of the first line that stands below the opening of a page, 0 where there is none."""
        if not self.opening:
            return 0
        first, last = ends_of(self.opening.pattern)
        for place in range(min(len(lines), self._reach(self.opening))):
            seen = lines[place].normalized
            begin, end = ends_of(seen)
            if first in (begin, None) and last in (end, None) and self.opening.pattern in patterns(seen, None):
                return place + 1
        return 0


def _is_around(line: str, before: str, behind: str) -> bool:
    longest = len(line) - len(before) - len(behind)
    return MIN_TITLE <= longest <= MAX_TITLE and line.startswith(before) and line.endswith(behind)


def _line(values: Any) -> LearnedLine:
    where = values["where"]
    if where not in RULES:
        raise ProfileError(f"is no profile ({where!r} is no place of a line)")
    return LearnedLine(where, str(values["pattern"]), _pages(values), int(values["place"]), float(values["score"]))


def _pages(values: Any) -> int:
    return int(values["on"].split(" ", 1)[0])
