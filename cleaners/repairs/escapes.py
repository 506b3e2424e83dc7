"""What programs left as its code: breaks (`x0dx0a`, `_x000D_`, `\\r\\n`), fields of Word (`TOC \\o "1-3"`), characters.

A program wrote a break as its number, and a second one took the backslash away; a converter kept the instruction from
which Word makes a table of contents; a dump wrote JSON into JSON, so that each character is `\\u540c`.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from cleaners.model import Edit
from cleaners.reading.decode import COMMON
from cleaners.text.codes import may_hold

MIN_BREAKS = 2
"""So many written breaks beside Chinese are damage: a string that a text quotes has fewer."""

_BREAK = re2.compile(r"(?:^|[^\w\\])( ?(?:(?:x0[dD]x0[aA]|_x000[dD]_|\\r\\n) ?)+)")
_SIGNS = ("\\", "x0d", "x0D", "x000d", "x000D")
"""One of these stands in every break, and a backslash beside every field but for a few."""
_BESIDE = re2.compile(r"[\x{4e00}-\x{9fff}，。、；：！？“”‘’（）《》…—]")
_SWITCH = r"(?: ?\\(?:[hznu]|[optlbf] ?\"[^\"\n]{0,20}\"))"
_FIELD = re2.compile(
    rf"TOC ?\\o ?\"\d-\d\"{_SWITCH}*|PAGEREF ?_Toc\d{{4,12}}(?: ?\\h)?|HYPERLINK ?\\l ?\"_Toc\d{{4,12}}\"{_SWITCH}*"
    r"|\\\* ?MERGEFORMAT"
)
_ABOUT_CODES = re2.compile(r"域代码|转义|换行符|回车符|\\[rn] ?[、或和]|(?i)printf|escape")

_CHARACTERS = re2.compile(r"(?:(?:\\u|%u)[0-9A-Fa-f]{4})+|\\[nrt]")
MIN_CHARACTERS, MIN_COMMON_SHARE = 16, 0.8
"""Characters written as codes that are a text and no example, where hardly anything else stands beside them."""
_WHITE = {"\\n": "\n", "\\r": "", "\\t": "\t"}


def edits(text: str) -> list[Edit]:
    """Return the edits that write breaks as breaks and take fields out; none where the text may be about such codes.

    >>> [edit.new for edit in edits("春耕。x0dx0ax0dx0a夏锄。 x0dx0a秋收")]
    ['\\n', '\\n']
    >>> edits('目录TOC \\\\o "1-2" \\\\h第一章 春耕')
    [Edit(start=2, end=17, new='', rule='escape.field')]
    """
    if written := _written(text):
        return written
    if not any(may_hold(text, _SIGNS)) or _ABOUT_CODES.search(text):
        return []
    breaks = list(_breaks(text))
    fields = [Edit(found.start(), found.end(), "", "escape.field") for found in _FIELD.finditer(text)]
    return sorted([*(breaks if len(breaks) >= MIN_BREAKS else []), *fields])


def _written(text: str) -> list[Edit]:
    """Return the edits that write characters for their codes, of a text that consists of such."""
    written = sum(map(text.count, may_hold(text, ("\\u", "%u"))))
    if written < MIN_CHARACTERS:
        return []
    found = [
        Edit(code.start(), code.end(), _decoded(code.group()), "escape.character")
        for code in _CHARACTERS.finditer(text)
    ]
    new = "".join(edit.new for edit in found)
    beside = sum(map(str.isalnum, _CHARACTERS.sub("", text)))
    is_text = sum(char in COMMON or char.isspace() for char in new) >= MIN_COMMON_SHARE * len(new)
    return found if is_text and len(new) >= max(MIN_CHARACTERS, 2 * beside) else []


def _decoded(written: str) -> str:
    if written in _WHITE:
        return _WHITE[written]
    octets = bytes.fromhex(written.replace("\\u", "").replace("%u", ""))
    return octets.decode("utf-16-be", "replace")


def _breaks(text: str) -> Iterator[Edit]:
    for found in _BREAK.finditer(text):
        start, end = found.span(1)
        if _BESIDE.search(text[max(0, start - 1) : start] + text[end : end + 1]):
            yield Edit(start, end, "\n", "escape.break")
