"""Line breaks in mid sentence: text wrapped hard (`wraps.py`), and ratios cut after their colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.model import Edit
from cleaners.repairs import wraps

RATIO_RULE = "lines.ratio"

_BREAK = re.compile(r"\n(?<=[:： \t]\n)\s*+")
_NUMBER = re.compile(r"\d{1,3}(?![\d.、．:：)）])")
_PART = re.compile(r"[^\s\d.、]\d")
_ORDINAL = re.compile(r"(?:第|[题例表图章节注步骤骤案])\s?\d{0,3}$")


def edits(text: str) -> list[Edit]:
    """Return the edits that join what a hard wrap or a cut ratio broke; none where nothing proves a wrap.

    >>> edits("水泥砂浆1:\\n2")
    [Edit(start=6, end=7, new='', rule='lines.ratio')]
    """
    wrapped = wraps.edits(text)
    joined = {edit.start for edit in wrapped}
    ratios = [Edit(start, end, "", RATIO_RULE) for start, end in _ratios(text) if start not in joined]
    return sorted(wrapped + ratios) if ratios else wrapped


def _ratios(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the white space between a ratio's colon and its second number begins and ends, a line feed in it."""
    for found in _BREAK.finditer(text):
        start = found.start()
        while text[start - 1 : start] in (" ", "\t"):
            start -= 1
        if text[start - 1 : start] in (":", "：") and _NUMBER.match(text, found.end()) and _is_ratio(text, start - 1):
            yield start, found.end()


def _is_ratio(text: str, end: int) -> bool:
    """Whether the number before a colon counts parts, not items: `砂浆1:`, but `例1:`, `第1:`."""
    return bool(_PART.match(text, max(0, end - 2))) and not _ORDINAL.search(text, max(0, end - 8), end)
