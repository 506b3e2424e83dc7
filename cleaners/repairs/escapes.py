"""Line breaks and fields of Word left as their codes: `x0dx0a`, `_x000D_`, `\\r\\n`, `TOC \\o "1-3" \\h`.

A program wrote a break as its number, and a second one took the backslash away; a converter kept the instruction from
which Word makes a table of contents.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from cleaners.model import Edit

MIN_BREAKS = 2
"""So many written breaks beside Chinese are none of a string that a text quotes."""

_BREAK = re2.compile(r"(?:^|[^\w\\])( ?(?:(?:x0[dD]x0[aA]|_x000[dD]_|\\r\\n) ?)+)")
_BESIDE = re2.compile(r"[\x{4e00}-\x{9fff}，。、；：！？“”‘’（）《》…—]")
_SWITCH = r"(?: ?\\(?:[hznu]|[optlbf] ?\"[^\"\n]{0,20}\"))"
_FIELD = re2.compile(
    rf"TOC ?\\o ?\"\d-\d\"{_SWITCH}*|PAGEREF ?_Toc\d{{4,12}}(?: ?\\h)?|HYPERLINK ?\\l ?\"_Toc\d{{4,12}}\"{_SWITCH}*"
    r"|\\\* ?MERGEFORMAT"
)
_ABOUT_CODES = re2.compile(r"域代码|转义|换行符|回车符|(?i)printf|escape")


def edits(text: str) -> list[Edit]:
    """Return the edits that write breaks as breaks and take fields out; none where the text may be about such codes.

    >>> [edit.new for edit in edits("春耕。x0dx0ax0dx0a夏锄。 x0dx0a秋收")]
    ['\\n', '\\n']
    >>> edits('目录TOC \\\\o "1-2" \\\\h第一章 春耕')
    [Edit(start=2, end=17, new='', rule='escape.field')]
    """
    has_sign = "\\" in text or ("x" in text and "x0" in text)  # every code has one; one character is found sooner
    if not has_sign or _ABOUT_CODES.search(text):
        return []
    breaks = list(_breaks(text))
    fields = [Edit(found.start(), found.end(), "", "escape.field") for found in _FIELD.finditer(text)]
    return sorted([*(breaks if len(breaks) >= MIN_BREAKS else []), *fields])


def _breaks(text: str) -> Iterator[Edit]:
    for found in _BREAK.finditer(text):
        start, end = found.span(1)
        if _BESIDE.search(text[max(0, start - 1) : start] + text[end : end + 1]):
            yield Edit(start, end, "\n", "escape.break")
