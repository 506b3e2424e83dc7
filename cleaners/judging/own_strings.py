"""Strings of a program, one below the other: no page stands around them, though their words are those of any page.

A page's frame says something of this page: a path, a day, a number, a name, whose the site is. Strings say nothing of
anything: beside text that is no prose, words alone prove no frame, and places that a program fills in prove strings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from cleaners.judging.frame_proof import is_prose
from cleaners.judging.page_lines import Line, PageLines
from cleaners.rules.rule import LineRole
from cleaners.text.hans import HAN
from cleaners.text.placeholders import PLACEHOLDER, PLACEHOLDER_HOLDS

_WORD = re.compile(r"[一-鿿]{1,10}(?:\.{3}|[!?:])?")
"""A word that strings and menus of pages have alike: a row of them, a name or a number is a page's."""
MIN_OWN_SHARE, MAX_PROSE, MIN_MENU = 0.3, 0.5, 3
"""Shares of the lines that no rule knows in strings, at least, and of these that prose has, at most; so many known
lines above or below all others are a page's menu."""

MIN_MESSAGES, MIN_MESSAGES_SHARE = 3, 0.08
"""So many messages with a place that a program fills in are its strings where half is prose, and their share of the
lines, at least; one is whose place has a name, and one where less is prose."""
MIN_PARAGRAPH, MAX_PARAGRAPHS, MIN_BESIDE_PARAGRAPH = 40, 1, 4
"""Characters of a paragraph, at least, how many of them a list of strings has, at most, and beside how many messages
that are filled in each further one stands."""
_OF_MENU = re.compile(r"[一-鿿…]\([_&]\w\)(?: ?(?:\.{3}|…|:))?")
"""The end of a program's menu word, with the sign for its key: what a page shows has no sign."""
_OF_CODE = re.compile(r"[;=\\]|\"[,)]|[fs]canf|printf|://")
"""What a line of code has, and an address with a place in it."""


def words(lines: Sequence[Line], known: Sequence[int]) -> Sequence[int]:
    """Return the places of all lines where those that rules know are single words, and the others are no prose.

    Words both first and last, several in a row there, and a head of a list first are a page's: then only those between
    are the text's.
    """
    own = [line for line in lines if not line.rules]
    if (
        len(own) < MIN_OWN_SHARE * len(lines)
        or not all(_is_word(lines[at]) for at in known)
        or is_prose(own, MAX_PROSE)
    ):
        return ()
    above = sum(1 for _ in takewhile(lambda line: line.rules, lines))
    below = sum(1 for _ in takewhile(lambda line: line.rules, reversed(lines)))
    if (above and below) or max(above, below) >= MIN_MENU or lines[0].has_role(LineRole.LIST_HEAD):
        return [at for at in known if above <= at < len(lines) - below]
    return range(len(lines))


def _is_word(line: Line) -> bool:
    return not line.spans and _WORD.fullmatch(line.normalized) is not None


def messages(sheet: PageLines) -> range:
    """Return the places of all lines where some are messages that a program fills in: its strings, of no page."""
    lines = sheet.lines
    if any(sign in sheet.normalized for sign in ("(_", "(&")):
        keyed = sum(map(_is_of_menu, lines))
        paragraphs = sum(map(_is_paragraph, lines))
        if keyed >= max(MIN_MESSAGES_SHARE * len(lines), 1) and paragraphs <= keyed // MIN_BESIDE_PARAGRAPH:
            return range(len(lines))
    if not any(sign in sheet.text for sign in PLACEHOLDER_HOLDS):
        return range(0)
    found = {
        place: filled
        for place, line in enumerate(lines)
        if any(sign in line.normalized for sign in PLACEHOLDER_HOLDS)
        and (filled := PLACEHOLDER.search(line.normalized))
        and HAN.count(line.normalized)
        and not _is_code(line)
    }
    own = [line for place, line in enumerate(lines) if not line.rules and place not in found]
    if not found or (is_prose(lines) and is_prose(own)):
        return range(0)
    if is_prose(own, MAX_PROSE):
        needed = 1 if any(filled["name"] for filled in found.values()) else MIN_MESSAGES
        if len(found) < max(needed, MIN_MESSAGES_SHARE * len(lines)):
            return range(0)
    most = max(MAX_PARAGRAPHS, len(found) // MIN_BESIDE_PARAGRAPH)
    return range(len(lines) if sum(map(_is_paragraph, lines)) <= most else 0)


def _is_of_menu(line: Line) -> bool:
    found = _OF_MENU.search(line.normalized)
    return found is not None and found.end() == len(line.normalized)


def _is_paragraph(line: Line) -> bool:
    return len(line.normalized) >= MIN_PARAGRAPH and "。" in line.normalized


def _is_code(line: Line) -> bool:
    return bool(_OF_CODE.search(line.normalized))
