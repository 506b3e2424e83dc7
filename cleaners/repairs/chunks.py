"""Chunk marks: the wenku CMS cuts a text every 300 characters and writes `1、` `2、` `3、` before the pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.model import Edit

PIECE = 300
"""Characters in a full piece, blanks counted (measured on eight sites; research/pages_wenku_cms.md section 1)."""

MAX_DIFFERENCE, MIN_PIECE = 0.2, 150
"""On other pages pieces must differ by no more than this share, and have so many characters."""

_BLANK = " \t\xa0\u3000\r\n"
_OPEN_END = "。;:!?…；：！？.”’」』)）》】"


@dataclass(frozen=True, slots=True)
class Chunks:
    """The marks taken out, and how many pieces the text has if every one of them is full."""

    edits: Sequence[Edit]
    full_pieces: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number that an engine wrote: `sign` is its place, `start` that of the line end and the blanks before it."""

    start: int
    sign: int
    end: int


def find(text: str, *, likely: bool) -> Chunks:
    """Find the marks; `likely` says that the page is of the CMS, which cuts in mid sentence then prove.

    >>> find("1、" + "全" * 300 + "\\n2、部完了。", likely=False).edits[1].rule
    'chunk.mark'
    """
    marks = _sequence(text)
    if not marks:
        return Chunks(())
    pieces = [text[a.end : b.start] for a, b in pairwise(marks)] + [_first_line(text, marks[-1].end)]
    if not _proved(pieces, likely=likely, alone=_alone(text, marks)):
        return Chunks(())
    edits = [Edit(mark.start, mark.end, "", "chunk.mark") for mark in marks]
    return Chunks(edits, len(pieces) if _are_full(text, marks) else 0)


def _sequence(text: str) -> list[_Mark]:
    """Return the marks 1, 2, 3 … at line starts, from the first line that is marked 1."""
    marks: list[_Mark] = []
    at = 0
    while True:
        sign = f"{len(marks) + 1}、"
        at = text.find(sign, at)
        if at < 0:
            return marks
        lead = _line_start(text, at, marks[-1].end if marks else 0)
        if lead is not None:
            marks.append(_Mark(lead if marks else at, at, at + len(sign)))
        at += len(sign)


def _line_start(text: str, at: int, floor: int) -> int | None:
    """Return where the line end and the blanks before `at` begin, None if other text stands on its line."""
    start = at
    while start > floor and text[start - 1] in _BLANK:
        start -= 1
    return start if start == 0 or "\n" in text[start:at] else None


def _alone(text: str, marks: Sequence[_Mark]) -> bool:
    """Whether the only mark opens a text of one line without a second item: a document shown as a single piece."""
    return len(marks) == 1 and not text[: marks[0].start].strip() and "2、" not in text and "\n" not in text.strip()


def _proved(pieces: Sequence[str], *, likely: bool, alone: bool) -> bool:
    """Whether numbers before pieces are marks of an engine: pieces are full, or all alike and cut in mid sentence."""
    if alone:
        return likely
    inner = [piece.rstrip("\r\n") for piece in pieces[:-1]]
    if not inner:
        return False
    full = sum(len(piece) == PIECE for piece in inner)
    if full and (likely or 2 * full > len(inner)):
        return True
    cut = sum(piece.rstrip()[-1:] not in _OPEN_END for piece in inner)
    if likely:
        return cut * 2 > len(inner)
    one_line = sum("\n" not in piece.strip() for piece in inner)
    alike = max(map(len, inner)) - min(map(len, inner)) <= MAX_DIFFERENCE * max(map(len, inner))
    return len(inner) >= 2 and cut == one_line == len(inner) and alike and min(map(len, inner)) >= MIN_PIECE


def _are_full(text: str, marks: Sequence[_Mark]) -> bool:
    """Whether every piece has all its characters, blanks and line ends counted; the last ends where a line does."""
    if not all(below.start <= mark.end + PIECE < below.sign for mark, below in pairwise(marks)):
        return False
    start, end = marks[-1].end, marks[-1].end + PIECE
    may_break = any("\n" in text[mark.end : below.start] for mark, below in pairwise(marks))
    ends_line = end <= len(text) and text[end : end + 1] in ("", "\r", "\n")
    return ends_line and (may_break or "\n" not in text[start:end])


def _first_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]
