"""The outline that a site or an uploader prints above a text: its headings, which come again in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaners.judging.titles import plain
from cleaners.model import Edit
from cleaners.repairs.numbering import ORDINAL

RULE = "outline.list"

MAX_LINES = 80
"""Lines from the top of the text in which an outline may stand."""
MAX_ABOVE = 3
"""Lines that may stand above it."""
MIN_ENTRIES = 2
MAX_ENTRY = 60
"""Characters of the longest entry."""
MIN_CORE = 4
"""Letters of an entry that are found again."""
MIN_REPEATED = 0.6
"""Share of the entries that must come again below an outline without a line that introduces it."""

_INTRODUCTION = re.compile(
    r"[【\[(（]?(?:[一-鿿]{0,4}(?:提纲|大纲|提要|目录)(?:如下)?|目录 ?[/／|｜、] ?提纲)[】\])）]?[:：]?[ .…。]*"
)
_CONTENTS = re.compile(r"\W*目录(?:如下)?\W*")
"""How a document heads its own contents."""
_RUN_IN = re.compile(rf"({_INTRODUCTION.pattern})(?=[一1][、.]|[(（][一1][)）])")
"""The same with the entries behind it on its line."""
_NEXT_ENTRY = re.compile(rf"(?:\s+|[;；]\s*)(?={ORDINAL})")
_ENTRY = re.compile(
    rf"(?:{ORDINAL}|[一二三四五六七八九十]{{1,3}}[是要]|第[一二三四五六七八九十]{{1,3}}[章节,，、]|[①-⑳])[^。!?！？\n]*"
)
_FIRST = re.compile(r"第?[(（]?[一1①](?![\d十])")
_NUMBER = re.compile(rf"(?:{ORDINAL}|[①-⑳]|[•·●◆■★※-])\s*")
_ARABIC = re.compile(r"\d")
"""Numbers of a document's own contents."""
_DOTS = re.compile(r"[.…·。 ]+")
_PAGE_NUMBER = re.compile(r"[.…·]{3,}\s*\d{1,4}$|\s\d{1,4}$")
"""Behind an entry of a document's own contents stands the page."""
_CHAPTER = re.compile(r"第[一二三四五六七八九十]{1,3}[章节编]")


class Outline(NamedTuple):
    """The lines of an outline in the text, and its entries."""

    start: int
    end: int
    entries: Sequence[str]

    def edits(self) -> list[Edit]:
        """Return the edit that removes the outline."""
        return [Edit(self.start, self.end, "", RULE)]


def find(text: str, title: str | None) -> Outline | None:
    """Return the outline at the head of a text, None where there is none.

    An introducing line (`提纲:`, `目录/提纲`) and entries, one of which comes again below, or below which the title
    does, are an outline; without that line nearly all of the entries must come again. A document's own contents, headed
    `目录` or with page numbers or chapters, are none.

    >>> text = "提纲：\\n一、看清形势\\n二、抓好落实\\n今天开会。\\n一、看清形势\\n要学习。\\n二、抓好落实\\n要行动。"
    >>> find(text, None).entries
    ['一、看清形势', '二、抓好落实']
    """
    lines = text.split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        lines.pop()
    start = 0
    for first, line in enumerate(lines[: MAX_ABOVE + 1]):
        if _CONTENTS.fullmatch(line):
            return None
        introduction = line.strip() if _INTRODUCTION.fullmatch(line.strip()) else ""
        last, entries = _entries(lines, first + bool(introduction))
        if run_in := _RUN_IN.match(line):
            introduction, last = run_in[1], first + 1
            entries = [entry.strip() for entry in _NEXT_ENTRY.split(line[run_in.end() :])]
        if introduction and len(entries) < MIN_ENTRIES:
            last, entries = _named(lines, first + 1)
        if len(entries) >= MIN_ENTRIES:
            end = min(len(text), start + sum(len(each) + 1 for each in lines[first:last]))
            if _is_outline(entries, text[end:], title, introduction):
                return Outline(start, end, entries)
        start += len(line) + 1
    return None


def _entries(lines: Sequence[str], first: int) -> tuple[int, list[str]]:
    """Return the line behind the entries that begin at `first`, and the entries."""
    entries: list[str] = []
    index = first
    while index < len(lines):
        line = lines[index].strip()
        if line and not _DOTS.fullmatch(line):
            if len(line) > MAX_ENTRY or not _ENTRY.fullmatch(line) or _begins_again(line, entries):
                break
            entries.append(line)
        index += 1
    return index, entries


def _named(lines: Sequence[str], first: int) -> tuple[int, list[str]]:
    """Return the same for entries without their numbers: each must come again as a line, which has a number there."""
    headings = {_core(line) for line in lines[first:] if _ENTRY.fullmatch(line.strip())}
    entries: list[str] = []
    index = first
    while index < len(lines):
        line = lines[index].strip()
        if line and not _DOTS.fullmatch(line):
            if _ENTRY.fullmatch(line) or _core(line) not in headings or len(line) > MAX_ENTRY:
                break
            entries.append(line)
        index += 1
    return index, entries


def _begins_again(line: str, entries: Sequence[str]) -> bool:
    """Whether the headings of the text itself begin at this line: its number, and how it begins, were there before."""
    return any(len(line) >= 4 and entry[:4] == line[:4] for entry in entries)


def _is_outline(entries: Sequence[str], below: str, title: str | None, introduction: str) -> bool:
    """Whether lines in a row are an outline of the text `below`: it has their words again, or the title follows."""
    if any(map(_PAGE_NUMBER.search, entries)) or any(map(_CHAPTER.match, entries)):
        return False
    if "纲" not in introduction and all(map(_ARABIC.match, entries)):
        return False
    body = plain(below)
    if introduction:
        name = plain(title or "")
        again = [len(core) >= MIN_CORE and core in body for core in map(_core, entries)]
        return any(again) or (len(name) >= 6 and plain(below[: len(title or "") + 20]).startswith(name))
    again = [plain(entry) in body for entry in entries]
    return bool(_FIRST.match(entries[0])) and again[0] and sum(again) >= max(MIN_ENTRIES, MIN_REPEATED * len(entries))


def _core(entry: str) -> str:
    """Return the words of an entry: no number or bullet, no blanks, no marks."""
    return plain(_NUMBER.sub("", entry.strip()))
