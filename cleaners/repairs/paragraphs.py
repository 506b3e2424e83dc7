"""Paragraphs that a site ran together into one line, broken again where the text itself proves a break.

Two forms of damage: each line break became a blank (`…意见: 一、提高认识 推进…。 (一)…`), or nothing at all
(`…意见:一、提高认识…。(一)…`). A break is made only before numbers in running order, at blanks behind the end of a
sentence, and at ends of headings that the page or the next number proves; what is only likely stays as it is. A blank
or nothing becomes a line feed, so the document's key does not change.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.model import Edit
from cleaners.repairs.likelihood import is_han
from cleaners.repairs.numbering import Marker, markers, sentence_end

BLANK_RULE, NUMBER_RULE, HEADING_RULE = "paragraph.blank", "paragraph.number", "paragraph.heading"
RULES = frozenset((BLANK_RULE, NUMBER_RULE, HEADING_RULE))

MIN_CHARS = 300
"""Characters of the shortest line that is looked at: shorter ones may be one paragraph as their author wrote it."""
MIN_GLUED = 1000
"""The same for a line without blanks: a list of items may stand within one paragraph of some hundred characters."""
MIN_SHARE = 0.8
"""Share of the text that its one long line must hold."""
MIN_BLANKS = 3
"""So many blanks behind ends of sentences prove that blanks stand for breaks."""
MAX_PARAGRAPH = 800
"""Characters for each of which such a blank must be found: paragraphs are shorter."""
MIN_BLANK_SHARE = 0.5
"""Share of the blanks between Han that must stand behind the end of a sentence."""
MAX_STRAY = 0.1
"""Share of the blanks that may stand within sentences where others stand behind headings."""
MIN_GAP = 250
"""Median characters between numbers of one series; closer ones may be a list within a paragraph."""
MIN_ITEMS, MIN_ITEM_GAP = 3, 120
"""So many numbers of the form (一) and characters between them are none, either."""
MIN_ARTICLES = 5
"""So many articles make a statute, whose items stand on lines of their own, however short."""
MIN_BODY = 40
"""Characters that follow the end of a heading before another blank."""
MIN_HEADING, MAX_HEADING = 4, 42
MAX_HEAD = 100
"""Characters of the head of a text, in which a line may name whom it speaks to; further down a colon opens speech."""
MAX_HEADINGS = 3
"""Lines without a mark that may stand one below the other: headline, byline, place."""

_HEADS = frozenset(("section", "item", "章", "节", "条", "编", "篇"))
_TOP_HEADS = frozenset(("section", "章", "节", "编", "篇"))
_BEFORE, _AFTER = frozenset('。，,;；:：!！?？”’」』")）》、(（“…]'), frozenset('“‘「『"《(（[【<*×①②③④⑤⑥⑦⑧⑨⑩')
"""Marks that a blank between Han may stand beside."""
_FULL_STOPS, _COLONS, _ENDS = frozenset("。!?！？…"), frozenset(":："), frozenset("。!?！？…;；:：")
_MARK = re.compile(r"[。!?;！？；,，|]")
_ASIDE = re.compile(r"[。!?！？…][”’\"』」]*(?:[（(][^（）()]{1,40})?[）)]$")
"""A sentence within brackets, or what stands in brackets behind one: who wrote it, a source."""
_LABEL = re.compile(
    r"(?:第[一二三四五六七八九十百千零〇\d]+.|.{0,6}[一二三四五六七八九十\d])(?:之[一二三四五六七八九十])?|.*[、—…]"
)
"""A number that heads the words behind it (第三回, 附件二, 第八条之一), or words that stop within a list."""
_SALUTATION = re.compile(r"(?:同志们|(?:尊敬的|各位)[一-鿿、 ]{1,30})[:：]")
_OPENER = re.compile(
    r"(?<=[一-鿿”》）)])(?:首先|当前|目前|近年来|今年以来|下一步|一直以来|长期以来|会议(?:指出|要求|认为)|从[一-鿿]{2,8}来看)$"
)
"""Words that begin a paragraph wherever a comma follows them and no mark stands before."""
_QUOTE = re.compile('[“”「」『』"]')
_ELLIPSIS = re.compile("…+(?![…”’」』）)])")


def edits(text: str, outline: Sequence[str] = ()) -> list[Edit]:
    """Return the breaks that a text run together into one line has lost, as far as they are proved.

    `outline` are the headings that the page names elsewhere. None for a text with lines of its own.

    >>> body = "各单位要认真落实会议精神,把各项任务分解到岗、明确到人。" * 20
    >>> [edit.rule for edit in edits(f"一、提高认识。{body}二、强化措施。{body}")]
    ['paragraph.number']
    """
    line = max(text.split("\n"), key=len)
    if len(line) < MIN_CHARS or len(line) < MIN_SHARE * len(text):
        return []
    numbers, blanks = markers(line), _blanks(line)
    breaks: dict[int, str] = {}
    heads = {number.end + 1 for number in numbers}  # the blank behind an article's number tells nothing
    if _are_breaks([mark for at, mark in blanks.items() if at not in heads], len(line)):
        breaks = dict.fromkeys(_at_blanks(line, numbers, blanks), BLANK_RULE)
    elif len(line) >= MIN_GLUED:
        breaks = dict.fromkeys(_before_numbers(line, numbers), NUMBER_RULE)
    if len(breaks) > 1:
        breaks = dict(_after_headings(line, numbers, outline)) | breaks
    start = text.index(line)
    return [_break(text, start + at, rule) for at, rule in sorted(breaks.items()) if 0 < at < len(line)]


def _break(text: str, at: int, rule: str) -> Edit:
    """Return the edit that breaks the line at `at`: in place of the blank before it, or with nothing gone."""
    return Edit(at - 1, at, "\n", rule) if text[at - 1] == " " else Edit(at, at, "\n", rule)


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
        mark = last if last in _ENDS else "" if is_han(last) else _mark(left)
        if (mark or last in _BEFORE or is_han(last)) and (is_han(first) or first in _AFTER or first.isalnum()):
            close = right.find("”")
            if close >= 0 and right.find("“", 0, close) < 0:
                continue
            found[at] = mark
            speeches += mark in _COLONS and is_han(first) and right[-1] in _FULL_STOPS
    if speeches >= MIN_BLANKS and not _QUOTE.search(line):
        return {}
    if "… " in line and line.count("… ") > MIN_BLANK_SHARE * len(_ELLIPSIS.findall(line)):
        return {at: mark for at, mark in found.items() if mark != "…"}
    return found


def _mark(words: str) -> str:
    """Return the mark of the sentence that these words end, also within brackets or before them; "" for none."""
    aside = _ASIDE.search(words[-50:]) if words[-1] in ")）" else None
    return aside.group()[0] if aside else sentence_end(words, len(words))


def _are_breaks(marks: Sequence[str], chars: int) -> bool:
    """Whether most blanks in so many characters are behind the end of a sentence, given its mark, and there are enough
    of them to stand for breaks.
    """
    ends = len(marks) - marks.count("")
    stops = ends - sum(map(marks.count, _COLONS))
    return stops >= max(MIN_BLANKS, chars / MAX_PARAGRAPH) and ends >= MIN_BLANK_SHARE * len(marks)


def _at_blanks(line: str, numbers: Sequence[Marker], blanks: dict[int, str]) -> list[int]:
    """Return the blanks that stand for breaks: behind a full stop, before a heading's number, behind such a heading."""
    places = list(blanks)
    heads = {number.start: number for number in numbers}
    found = [
        at
        for at, mark in blanks.items()
        if mark in _FULL_STOPS or (at in heads and heads[at].kind in _HEADS and heads[at].in_order)
    ]
    begins = [0, *found]
    if salutation := _SALUTATION.match(line[:80].lstrip()):
        at = line.index(salutation.group()) + salutation.end()
        found.append(at + line.startswith(" ", at))
        begins.append(found[-1])
    ends: list[int] = []
    for begin in begins:
        number = heads.get(begin)
        if number is None or number.kind in _TOP_HEADS:
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
            _MARK.search(piece)
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


def _before_numbers(line: str, numbers: Sequence[Marker]) -> Iterator[int]:
    """Yield the places before headings' numbers in running order, glued to the sentence or heading above."""
    spread = _spread(numbers)
    is_statute = sum(number.kind == "条" and number.in_order for number in numbers) >= MIN_ARTICLES
    for number in numbers:
        gap, members = spread[number.start]
        min_gap = MIN_ITEM_GAP if number.kind == "item" and members >= MIN_ITEMS else MIN_GAP
        is_listed = number.kind in ("section", "item") and not number.in_heading and gap < min_gap
        is_clause = number.after in tuple(";；:：") and number.value != 1
        is_item = is_statute and number.kind == "item"
        if number.kind in _HEADS and number.in_order and (is_item or not (is_listed or is_clause)):
            yield number.start
    if salutation := _SALUTATION.match(line[:80]):
        yield salutation.end()


def _spread(numbers: Sequence[Marker]) -> dict[int, tuple[int, int]]:
    """Return for each number the median distance between those of its series (0 for a lone one) and their count."""
    series: list[list[Marker]] = []
    current: dict[str, list[Marker]] = {}
    for number in numbers:
        if number.value == 1 or number.kind not in current:
            current[number.kind] = []
            series.append(current[number.kind])
        current[number.kind].append(number)
    found: dict[int, tuple[int, int]] = {}
    for members in series:
        distances = sorted(b.start - a.start for a, b in pairwise(members))
        spread = distances[len(distances) // 2] if distances else 0
        found |= {number.start: (spread, len(members)) for number in members}
    return found


def _after_headings(line: str, numbers: Sequence[Marker], outline: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the ends of glued headings that the page's outline names, or that a paragraph's opening word follows."""
    for number in numbers:
        named = max((len(entry) for entry in outline if line.startswith(entry, number.start)), default=0)
        if named:
            yield number.start + named, HEADING_RULE
        elif number.kind in _HEADS and number.in_order:
            mark = _MARK.search(line, number.end + 4, number.end + MAX_HEADING)
            opening = _OPENER.search(line[number.end + 3 : mark.start()]) if mark and mark.group() in ",，" else None
            if opening:
                yield number.end + 3 + opening.start(), HEADING_RULE
