"""Paragraphs lent by a copy: a text that a site ran together gets the line breaks that a copy of it has.

A break is taken where the GRAM characters before and behind it stand in the text just once, side by side. Blanks do not
count, so keys do not change; nothing but line feeds and the blanks in their places differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.canonical import digest
from cleaners.text.normalized import normalize

RULE = "paragraph.copy"
GRAM = 12
"""Characters on each side of a break by which its place in the other text is known."""
MIN_CHARS, MIN_SHARE = 300, 0.8
"""Characters of the longest line of a text run together, and its share of the text."""
MIN_INNER, MIN_BREAKS = 0.2, 2
"""Share of the ends of sentences that stand inside lines of a text with paragraphs of its own, and breaks taken."""

_ENDS = "。!?;…"
_CLOSING = "”’」』)》"
_MAX_HEADING = 42

Record = Mapping[str, Any]


class _Plain(NamedTuple):
    """A text, what of it is no blank, normalized, and where each of these characters stands."""

    raw: str
    text: str
    places: NDArray[np.int64]

    def is_broken(self, number: int) -> bool:
        """Whether a line begins with the character `number`."""
        return "\n" in self.raw[self.places[number - 1] + 1 : self.places[number]]

    @classmethod
    def of(cls, text: str) -> _Plain:
        """Return the plain form of `text`."""
        view = normalize(text)
        places = np.array([place for place, character in enumerate(view) if not character.isspace()], np.int64)
        return cls(text, "".join(view.split()), places)


def with_breaks(record: Record, copies: Sequence[Record]) -> tuple[dict[str, Any], str | None]:
    """Return a record with the line breaks that one of its copies has, and the key of that copy; None without any.

    Of several copies that with the most breaks that fit. `edits` counts them under the rule of this module.
    """
    text = record["text"]
    if not _is_run_together(text):
        return dict(record), None
    plain = _Plain.of(text)
    found = [(_places(plain, copy["text"]), copy) for copy in copies if _has_paragraphs(copy["text"])]
    places, lender = max(found, key=lambda each: len(each[0]), default=([], record))
    broken = _broken(text, places)
    if len(places) < MIN_BREAKS or digest(broken) != digest(text):
        return dict(record), None
    edits = record.get("edits")
    counted = [*(edits if isinstance(edits, list) else []), {"rule": RULE, "count": len(places), "chars": 0}]
    return {**record, "text": broken, "edits": sorted(counted, key=lambda each: str(each["rule"]))}, lender.get("id")


def _is_run_together(text: str) -> bool:
    longest = max(map(len, text.split("\n")))
    return longest >= MIN_CHARS and longest >= MIN_SHARE * len(text)


def _has_paragraphs(text: str) -> bool:
    """Whether the lines are paragraphs and headings: not one line, none cut in mid sentence, not a sentence each."""
    lines = normalize(text).split("\n")
    if len(lines) <= MIN_BREAKS or _is_run_together(text):
        return False
    if not all(_is_whole(line) for line in lines[:-1]):
        return False
    inner = sum(line[:-2].count(end) for line in lines for end in _ENDS)
    return inner >= MIN_INNER * (inner + len(lines))


def _is_whole(line: str) -> bool:
    """Whether a line ends as a paragraph does, or is a heading: short and without the end of a sentence inside."""
    is_ended = line.rstrip(_CLOSING)[-1:] in tuple(f"{_ENDS}:")
    return is_ended or (len(line) <= _MAX_HEADING and not any(end in line for end in _ENDS))


def _places(plain: _Plain, copy: str) -> list[int]:
    """Return the places in the text before which a line of `copy` begins, in order."""
    pieces = ["".join(line.split()) for line in normalize(copy).split("\n")]
    joined = "".join(pieces)
    ends = np.cumsum([len(piece) for piece in pieces])[:-1].tolist()
    wanted = {joined[end - GRAM : end + GRAM] for end in ends if GRAM <= end <= len(joined) - GRAM}
    found: dict[str, list[int]] = {}
    for at in range(len(plain.text) - 2 * GRAM + 1):
        if (gram := plain.text[at : at + 2 * GRAM]) in wanted:
            found.setdefault(gram, []).append(at + GRAM)
    numbers = [number for number, *others in found.values() if not others and not plain.is_broken(number)]
    return sorted(int(plain.places[number]) for number in numbers)


def _broken(text: str, places: Sequence[int]) -> str:
    """Return `text` with a line feed before each of `places`, in the place of the blanks there."""
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    return "\n".join(piece.strip(" \u3000") for piece in pieces)
