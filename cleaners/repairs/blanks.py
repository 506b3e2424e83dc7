"""Blanks that stand where the lines of a text ended, in a text that a site ran together into one line.

Most such blanks follow the end of a sentence, and there are as many as a text has paragraphs. Where that is so, they
are breaks. Then a blank before the number of a heading, in running order, is a break too, and one behind a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from cleaners.repairs.frequencies import is_han
from cleaners.repairs.numbering import HEADS, TOP_HEADS, Marker, sentence_end

MIN_BLANKS = 3
"""So many blanks behind ends of sentences prove that blanks stand for breaks."""
MAX_PARAGRAPH = 800
"""Characters of a text, at most, for each blank behind the end of a sentence: paragraphs are shorter."""
MIN_BLANK_SHARE = 0.5
"""Share of the blanks between Han that must stand behind the end of a sentence."""
MAX_STRAY = 0.1
"""Share of the blanks that may stand within sentences where others stand behind headings."""
MIN_BODY = 40
"""Characters that follow the end of a heading before another blank."""
MIN_HEADING, MAX_HEADING = 4, 42
MAX_HEAD = 100
"""Characters of the head of a text, in which a line may name whom it speaks to; further down a colon opens speech."""
MAX_HEADINGS = 3
"""Lines without a mark that may stand one below the other: headline, byline, place."""

_BEFORE, _AFTER = frozenset('。，,;；:：!！?？”’」』")）》、(（“…]'), frozenset('“‘「『"《(（[【<*×①②③④⑤⑥⑦⑧⑨⑩')
"""Marks that a blank between Han may stand beside."""
_FULL_STOPS, _COLONS, _ENDS = frozenset("。!?！？…"), frozenset(":："), frozenset("。!?！？…;；:：")
_CLOSES = frozenset('”’」』")）')
MARK = re.compile(r"[。!?;！？；,，|]")
"""A mark within a line says that it is no heading."""
_ASIDE = re.compile(r"[。!?！？…][”’\"』」]*(?:[（(][^（）()]{1,40})?[）)]$")
"""A sentence within brackets, or what stands in brackets behind one: who wrote it, a source."""
_LABEL = re.compile(
    r"(?:第[一二三四五六七八九十百千零〇\d]+.|.{0,6}[一二三四五六七八九十\d])(?:之[一二三四五六七八九十])?|.*[、—…]"
)
"""A number that heads the words behind it (第三回, 附件二, 第八条之一), or words that stop within a list."""
_QUOTE = re.compile('[“”「」『』"]')
_ELLIPSIS = re.compile("……*(?![…”’」』）)])")  # not `+`: `re` looks for a first character fast


def breaks(line: str, numbers: Sequence[Marker]) -> list[int]:
    """Return the places behind the blanks of a line that stand for breaks; `numbers` are those of headings in it."""
    blanks = _blanks(line)
    heads = {number.end + 1 for number in numbers}  # the blank behind an article's number tells nothing
    are_breaks = _are_breaks([mark for at, mark in blanks.items() if at not in heads], len(line))
    return _standing(line, numbers, blanks) if are_breaks else []


def _blanks(line: str) -> dict[int, str]:
    """Return the places behind blanks that may stand for breaks, with the mark of the sentence that ends there, if any.

    None is within a quotation. There are none in a text that has blanks where quotation marks were, and none behind an
    ellipsis where nearly each one has a blank behind it.
    """
    found: dict[int, str] = {}
    at = speeches = 0
    for left, right in pairwise(line.split(" ")):
        at += len(left) + 1
        if not left or not right:
            continue
        last, first = left[-1], right[0]
        if not (last in _BEFORE or is_han(last)) or not (first in _AFTER or first.isalnum()):
            continue
        found[at] = mark = last if last in _ENDS else _mark(left) if last in _CLOSES else ""
        speeches += mark in _COLONS and is_han(first) and right[-1] in _FULL_STOPS
    if speeches >= MIN_BLANKS and not _QUOTE.search(line):
        return {}
    if line.count("… ") >= max(MIN_BLANKS, MIN_BLANK_SHARE * len(_ELLIPSIS.findall(line))):
        return {at: mark for at, mark in found.items() if mark != "…"}
    return found


def _mark(words: str) -> str:
    """Return the mark of the sentence that these words end, also within brackets or before them; "" for none."""
    aside = _ASIDE.search(words[-50:]) if words[-1] in ")）" else None
    return aside.group()[0] if aside else sentence_end(words, len(words))


def _are_breaks(marks: Sequence[str], chars: int) -> bool:
    """Whether most blanks, given with their marks, stand behind a sentence, and enough for so many characters."""
    ends = len(marks) - marks.count("")
    stops = ends - sum(map(marks.count, _COLONS))
    return ends >= max(MIN_BLANKS, MIN_BLANK_SHARE * len(marks)) and stops >= chars / MAX_PARAGRAPH


def _standing(line: str, numbers: Sequence[Marker], blanks: dict[int, str]) -> list[int]:
    """Return the blanks that stand for breaks: behind a full stop, before a heading's number, behind such a heading."""
    places = list(blanks)
    heads = {number.start: number for number in numbers}
    found = [
        at
        for at, mark in blanks.items()
        if mark in _FULL_STOPS or (at in heads and heads[at].kind in HEADS and heads[at].in_order)
    ]
    ends: list[int] = []
    for begin in (0, *found):
        number = heads.get(begin)
        if number is None or number.kind in TOP_HEADS:
            ends += _heading_ends(line, number.end if number else begin, places)
    behind = {number.end + 1 for number in numbers}
    stray = sum(not mark and at not in heads and at not in behind for at, mark in blanks.items()) - len(ends)
    return found if stray > MAX_STRAY * len(blanks) else found + ends


def _heading_ends(line: str, begin: int, blanks: Sequence[int]) -> list[int]:
    """Return where the lines below a heading begin: behind pieces without a mark, above a body of some length."""
    ends: list[int] = []
    first = bisect_right(blanks, begin)
    if first == len(blanks) or blanks[first] - begin > MAX_HEADING + 1:
        return []
    for at in blanks[first : first + MAX_HEADINGS]:
        if not MIN_HEADING < at - begin <= MAX_HEADING + 1:
            break
        piece = line[begin : at - 1]
        if (
            MARK.search(piece)
            or _LABEL.fullmatch(piece)
            or (piece[-1] in _COLONS and (begin > MAX_HEAD or line[at].isascii()))
        ):
            break
        ends.append(at)
        body = line[at : at + MIN_BODY]
        if len(body) == MIN_BODY and " " not in body:
            return ends
        begin = at
    return []
