"""The title that is run together with the text behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.judging import titles
from cleaners.judging.line_labels import LineLabels
from cleaners.judging.page_lines import Line
from cleaners.noise.boilerplate_wording import KIND

_IN_MARKS = re.compile("《(?P<title>[^《》]{6,80})》(?=.{20})")
_FIRST_MARK = re.compile("^(?:1、|第 ?1 ?页,? ?共 ?\\d{1,4} ?页 ?)")
"""How the first piece of a text begins that an engine cut into numbered pieces."""
_GLUED = re.compile(
    r"((?:在|市委|县委|区委|省委|[一-鿿]{0,12}(?:书记|市长|县长|区长|局长|主任|厅长|部长))[^。;!?,]{4,60}?(?:讲话|发言|致辞|主持词|党课)(?:稿|文稿|提纲)?)"
    r"(?:同志们|各位|尊敬的|大家好|今天|刚才|对此|近年来|为|这次|[(]|[一二三]、|\d{4}年|[一二三四五六七八九十\d]{1,2}篇)"
)
_GLUED_KIND = re.compile(
    rf"([^。;!?,:、()]{{2,36}}{KIND})(?=甲方|第[一1][章条]|[一1]、(?:总则|总体|目的|指导)|目录|摘要|编制单位"
    r"|(?:授课|主讲|汇报|编制|主持)(?:人|单位|老师|教师) ?:)"
)
"""A document of a kind and how such a document begins."""
_GLUED_FILE = re.compile(rf"(?i)([^。;!?,:.]{{4,60}})\.(?:{titles.TYPES})(?=[一-鿿\d《“(（])")
"""The name of a file that its text follows at once."""
_BRACKETED = re.compile(
    r"【((?!.{0,12}(?:记者|通讯员|本报|编者|导读))[^【】。;!?]{6,60})(?<![电讯道])】(?=[^【】]{20}|[一1][、.]$)"
)
"""A title in brackets that its text follows at once; shorter ones are labels."""
_FIRST_PART = re.compile(r"(.{6,60}?) ?篇[一1]")
_DOUBLED = 6, 60
"""Shortest and longest title that can stand twice in a row at the head of a text."""


def glued(text: str) -> str | None:
    """Return the title that a text run together begins with: a speech's title before its greeting, or a title twice.

    >>> glued("在全县大会上的讲话同志们:今天开会")
    '在全县大会上的讲话'
    """
    head = text.lstrip()[: 2 * _DOUBLED[1]]
    for length in range(_DOUBLED[1], _DOUBLED[0] - 1, -1):
        if head[:length] == head[length : 2 * length] and not any(mark in head[:length] for mark in "。;!?,"):
            return head[:length]
    forms = (_GLUED, _GLUED_KIND, _GLUED_FILE, _BRACKETED)
    found = next((found for form in forms if (found := form.match(head))), None) or _FIRST_PART.fullmatch(text.strip())
    return found.group(1) if found else None


def run_together(search: LineLabels, head: int, names: Sequence[str]) -> str | None:
    """Return the title that is run together with the text, as one of `names` has it if one does; else the first."""
    first = next((line for i, line in enumerate(search.lines) if i >= head and i not in search.removed_by), None)
    said = (glued(_FIRST_MARK.sub("", first.normalized)) or _before_lines(search, first)) if first else None
    if not said:
        return names[0] if names else None
    return next((name for name in names if titles.plain(name).startswith(titles.plain(said))), said)


def _before_lines(search: LineLabels, first: Line) -> str | None:
    """Return the title in its marks that a page has set before the first of its lines and another."""
    found = _IN_MARKS.match(first.normalized)
    if not found or sum(line.normalized.startswith(found.group()) for line in search.lines) < 2:
        return None
    return found["title"]
