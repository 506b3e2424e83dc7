"""White space: outer blanks of lines, empty lines, carriage returns and invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaners.model import Edit
from cleaners.text.codes import INVISIBLE, SPACES, CharClass, in_brackets, singles
from cleaners.text.edits import bounded
from cleaners.text.normalized import visible

_OTHER_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_OTHER_END = CharClass(singles(filter(_OTHER_ENDS.match, SPACES)))
_RARE_BLANKS = in_brackets((*singles(char for char in SPACES if char not in "\n "), *INVISIBLE))
_RUN = re.compile(rf"[\n {_RARE_BLANKS}](?:[\n {_RARE_BLANKS}]+|(?<=[{_RARE_BLANKS}])|\Z|(?<=\A[\n ]))")
"""Blanks and invisible characters in a row, or one; a line feed or plain blank alone only at either end of the text."""
_JOINERS = ("\u200c", "\u200d")
_PICTURE = re.compile("[\u2194\u2195\u2600-\u27bf\u2b1b\ufe0f\U0001f000-\U0001faff]")
_JOINED = re.compile("[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u1800-\u18af]")
"""Letters of scripts in which letters join: Arabic, those of India, Mongolian."""
_LINE_END = re.compile(rf"\n|{_OTHER_ENDS.pattern}")


def line_ends(text: str) -> Sequence[Edit]:
    """Return the edits that write every kind of line end as one line feed, so that all stages see the same lines."""
    if not _OTHER_END.is_in(text):
        return []
    ends = _OTHER_ENDS.finditer(text)
    return bounded((Edit(end.start(), end.end(), "\n", "layout.blank") for end in ends), text)


def edits(text: str) -> Sequence[Edit]:
    """Return the edits that leave one line feed between paragraphs and nothing invisible.

    >>> edits("　　同志们：\\r\\n\\r\\n  今天")
    [Edit(start=0, end=2, new='', rule='layout.blank'), Edit(start=6, end=12, new='\\n', rule='layout.blank')]
    """
    return bounded(_edits(text), text)


def _edits(text: str) -> Iterator[Edit]:
    for start, end in _runs(text):
        old = text[start:end]
        if old in _JOINERS and _joins(text, start):
            continue
        if start == 0 or end == len(text):
            new = ""
        elif _LINE_END.search(old):
            new = "\n"
        else:
            new = visible(old)
        if new != old:
            yield Edit(start, end, new, "layout.blank")


def joins(edits: Sequence[Edit], text: str) -> bool:
    """Whether one of these edits over `text` brings together what stood apart on a line."""
    return any(edit.new != "\n" and edit.start > 0 and edit.end < len(text) for edit in edits)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner makes one picture of two, as a family or a flag is written, or tells how two letters join."""
    kinds = (_PICTURE, _JOINED) if text[at] == _JOINERS[1] else (_JOINED,)
    return at > 0 and any(kind.match(text, at - 1) and kind.match(text, at + 1) for kind in kinds)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every run of white space and invisible characters; a lone blank or line feed is none."""
    return (run.span() for run in _RUN.finditer(text))
