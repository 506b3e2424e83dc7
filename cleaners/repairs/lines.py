"""Line breaks in mid sentence: text wrapped hard (`wraps.py`), and ratios cut after their colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.model import Edit
from cleaners.repairs import wraps

RATIO_RULE = "lines.ratio"

_NUMBER_BELOW = re.compile(r"\n\s*(?=\d{1,3}(?![\d.、．:：)）]))")
"""A number that may go on with what the line above counts; few lines begin so, and `re` finds line ends at once."""
_BLANKS, _COLONS = (" ", "\t"), (":", "：")
_PART = re.compile(r"[^\s\d.、]\d")
_ORDINAL = re.compile(r"(?:第|[题例表图章节注步骤骤案])\s?\d{0,3}$")


def edits(text: str) -> list[Edit]:
    """Return the edits that join what a hard wrap or a cut ratio broke; none where nothing proves a wrap.

    >>> edits("水泥砂浆1:\\n2")
    [Edit(start=6, end=7, new='', rule='lines.ratio')]
    """
    wrapped = wraps.edits(text)
    joined = {edit.start for edit in wrapped}
    ratios = [edit for edit in _ratios(text) if edit.start not in joined]
    return sorted(wrapped + ratios) if ratios else wrapped


def _ratios(text: str) -> Iterator[Edit]:
    """Yield the edits that join a number to the colon at the end of the line above."""
    for number in _NUMBER_BELOW.finditer(text):
        end = number.start()
        while text[end - 1 : end] in _BLANKS:
            end -= 1
        if text[end - 1 : end] in _COLONS and _is_ratio(text, end - 1):
            yield Edit(end, number.end(), "", RATIO_RULE)


def _is_ratio(text: str, end: int) -> bool:
    """Whether the number before a colon counts parts, not items: `砂浆1:`, but `例1:`, `第1:`."""
    return bool(_PART.match(text, max(0, end - 2))) and not _ORDINAL.search(text, max(0, end - 8), end)
