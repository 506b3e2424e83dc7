"""Paragraphs that a site ran together into one line, broken again where the text itself proves a break.

Two forms of damage: each line break became a blank (`…意见: 一、提高认识 推进…。 (一)…`), or nothing at all
(`…意见:一、提高认识…。(一)…`). A break is made only before numbers in running order, at blanks behind the end of a
sentence, and at ends of headings that the page or the next number proves; what is only likely stays as it is. A blank
or nothing becomes a line feed, so the document's key does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.model import Edit
from cleaners.repairs import blanks
from cleaners.repairs.blanks import MARK, MAX_HEAD, MAX_HEADING
from cleaners.repairs.numbering import HEADS, Marker, markers
from cleaners.text.bounds import first_lines

BLANK_RULE, NUMBER_RULE, HEADING_RULE = "paragraph.blank", "paragraph.number", "paragraph.heading"
RULES = frozenset((BLANK_RULE, NUMBER_RULE, HEADING_RULE))

MIN_CHARS = 300
"""Characters of the shortest line that is looked at: shorter ones may be one paragraph as their author wrote it."""
MIN_GLUED = 1000
"""The same for a line without blanks: a list of items may stand within one paragraph of some hundred characters."""
MIN_SHARE = 0.8
"""Share of the text that its one long line must hold."""
MIN_GAP = 250
"""Median characters between numbers of one series; closer ones may be a list within a paragraph."""
MIN_ITEMS, MIN_ITEM_GAP = 3, 120
"""So many numbers of the form (一), and so many characters between them, are no list within a paragraph either."""
MIN_ARTICLES = 5
"""So many articles make a statute, whose items stand on lines of their own, however short."""
_SALUTATION = re.compile(r"(?:同志们|(?:尊敬的|各位)[一-鿿、 ]{1,30})[:：]")
_OPENER = re.compile(
    r"(?<=[一-鿿”》）)])(?:首先|当前|目前|近年来|今年以来|下一步|一直以来|长期以来|会议(?:指出|要求|认为)|从[一-鿿]{2,8}来看)$"
)
"""Words that begin a paragraph wherever a comma follows them and no mark stands before."""


def edits(text: str, outline: Sequence[str] = ()) -> list[Edit]:
    """Return the breaks that a text run together into one line has lost, as far as they are proved.

    `outline` are the headings that the page names elsewhere. None for a text with lines of its own.

    >>> body = "各单位要认真落实会议精神,把各项任务分解到岗、明确到人。" * 20
    >>> [edit.rule for edit in edits(f"一、提高认识。{body}二、强化措施。{body}")]
    ['paragraph.number']
    """
    line = max(first_lines(text), key=len)
    if len(line) < MIN_CHARS or len(line) < MIN_SHARE * len(text):
        return []
    numbers = markers(line)
    found, rule = blanks.breaks(line, numbers), BLANK_RULE
    if not found and len(line) >= MIN_GLUED:
        found, rule = list(_before_numbers(numbers)), NUMBER_RULE
    if (found or len(line) >= MIN_GLUED) and (salutation := _SALUTATION.match(line[:MAX_HEAD].lstrip())):
        end = line.index(salutation.group()) + salutation.end()
        found.append(end + line.startswith(" ", end))
    breaks = dict.fromkeys(found, rule)
    if len(breaks) > 1:
        breaks = dict(_after_headings(line, numbers, outline)) | breaks
    start = text.index(line)
    return [_break(text, start + at, rule) for at, rule in sorted(breaks.items()) if 0 < at < len(line)]


def _break(text: str, at: int, rule: str) -> Edit:
    """Return the edit that breaks the line at `at`: in place of the blank before it, or with nothing gone."""
    return Edit(at - 1, at, "\n", rule) if text[at - 1] == " " else Edit(at, at, "\n", rule)


def _before_numbers(numbers: Sequence[Marker]) -> Iterator[int]:
    """Yield the places before headings' numbers in running order, glued to the sentence or heading above."""
    spread = _spread(numbers)
    is_statute = sum(number.kind == "条" and number.in_order for number in numbers) >= MIN_ARTICLES
    for number in numbers:
        gap, members = spread[number.start]
        min_gap = MIN_ITEM_GAP if number.kind == "item" and members >= MIN_ITEMS else MIN_GAP
        is_listed = number.kind in ("section", "item") and not number.in_heading and gap < min_gap
        is_clause = number.after in tuple(";；:：") and number.value != 1
        is_item = is_statute and number.kind == "item"
        if number.kind in HEADS and number.in_order and (is_item or not (is_listed or is_clause)):
            yield number.start


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
    entries = tuple(sorted(filter(None, outline), key=len, reverse=True))
    for number in numbers:
        if line.startswith(entries, number.start):
            named = next(entry for entry in entries if line.startswith(entry, number.start))
            yield number.start + len(named), HEADING_RULE
        elif number.kind in HEADS and number.in_order:
            mark = MARK.search(line, number.end + 4, number.end + MAX_HEADING)
            opening = _OPENER.search(line[number.end + 3 : mark.start()]) if mark and mark.group() in ",，" else None
            if opening:
                yield number.end + 3 + opening.start(), HEADING_RULE
