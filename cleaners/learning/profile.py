"""A site's frame as its own pages show it, as data: readable JSON, one file a host."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from cleaners.learning.learned_frame import LearnedFrame

FORMAT = 1
"""Version of the files: another one is not read."""

HEAD, TAIL, INSIDE = "head", "tail", "inside"
"""Where a learned line stands."""

MIN_DOCUMENTS = 3
"""Distinct documents of a host, and documents that a line stands on, below which nothing is learned."""


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
    def frame(self) -> LearnedFrame:
        """Return what finds the site's frame on its pages."""
        from cleaners.learning.learned_frame import LearnedFrame

        return LearnedFrame(self)


def _line(values: Any) -> LearnedLine:
    where = values["where"]
    if where not in (HEAD, TAIL, INSIDE):
        raise ProfileError(f"is no profile ({where!r} is no place of a line)")
    return LearnedLine(where, str(values["pattern"]), _pages(values), int(values["place"]), float(values["score"]))


def _pages(values: Any) -> int:
    return int(values["on"].split(" ", 1)[0])
