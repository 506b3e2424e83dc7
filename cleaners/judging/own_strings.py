"""Strings of a program, one below the other: no page stands around them, though their words are those of any page.

A page's frame says something of this page: a path, a day, a number, a name, whose the site is. Strings say nothing of
anything: beside text that is no prose, words alone prove no frame, and places that a program fills in prove strings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise, takewhile

from cleaners.judging.frame_proof import is_prose
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.rules.rule import ABOVE_TEXT, BELOW_TEXT, LineRole, Position, TruncationSignal
from cleaners.text.codes import may_hold
from cleaners.text.hans import HAN
from cleaners.text.placeholders import PLACEHOLDER, PLACEHOLDER_HOLDS

_WORD = re.compile(r"[一-鿿]{1,10}(?:\.{3}|[!?:])?")
"""A word that strings and menus of pages have alike: a row of them, a name or a number is a page's."""
_STATE = re.compile(r"(?:数据|正在)?(?:加载|载入)中?(?:\.{3}|[.。!])?|(?:暂无|没有|无)数据")
"""That something is being loaded, or is not there: what any program says, and pages that have one."""
MIN_OWN_SHARE, MAX_PROSE, MIN_MENU = 0.3, 0.5, 3
"""Shares of the lines that no rule knows in strings, at least, and of these that prose has, at most; so many known
lines above or below all others are a page's menu."""

MIN_MESSAGES, MIN_NAMED, MIN_MESSAGES_SHARE, MANY_MESSAGES = 3, 2, 0.08, 8
"""So many messages with a place that a program fills in show its strings beside prose or beside a frame that says
something of a page, and so many whose place has a name beside such a frame; else one does. Their share of the lines, at
least, and so many that no share is asked."""
MIN_LONG, MAX_KNOWN_SHARE = 12, 0.15
"""Lines of a list, at least, of which so great a share, at most, may be what ends a page elsewhere."""
MIN_LIST_HEAD = 4
"""Characters of the shortest head of a list of other documents that is no label of a program."""
MIN_PARAGRAPH, MAX_PARAGRAPHS, MIN_BESIDE_PARAGRAPH = 40, 1, 4
"""Characters of a paragraph, at least, how many of them a list of strings has, at most, and beside how many messages
that are filled in each further one stands."""
_OF_MENU = re.compile(r"[一-鿿…]\([_&]\w\)(?: ?(?:\.{3}|…|:))?")
"""The end of a program's menu word, with the sign for its key: what a page shows has no sign."""
_OF_MATHS = re.compile(r"\{[A-Za-z](?:_?[a-z\d])?\}")
"""A sequence or a set as an exam has them: no name of a place."""
_BY_CODE = re.compile(r"\$\{(?P<name>[A-Za-z][\w.]{2,40})\}")
"""A value that a program's code puts into its strings; templates of pages have such places, too."""
_OF_CODE = re.compile(r"[;=\\]|\"[,)](?![一-鿿])|[fs]canf|printf|://")
"""What a line of code has, and an address with a place in it."""


def words(lines: Sequence[Line], known: Sequence[int]) -> Sequence[int]:
    """Return the `known` places where rules know nothing but single words, and the other lines are no prose.

    Words both first and last, several in a row there, and a word that a page's first or last lines have by itself are a
    page's: then only those between are the text's.
    """
    own = [line for line in lines if not line.rules]
    if (
        len(own) < MIN_OWN_SHARE * len(lines)
        or not all(_is_word(lines[at]) for at in known)
        or is_prose(own, MAX_PROSE)
    ):
        return ()
    is_short = len(lines) < MIN_LONG or len(known) > MAX_KNOWN_SHARE * len(lines)
    if is_short and any(_is_cut(lines[at]) for at in known):
        return ()
    above, below = _edges(lines)
    is_framed = (above and below) or max(above, below) >= MIN_MENU or _heads_list(lines[0])
    last = known[-1] if is_short and _lists_others(lines[known[-1]]) else len(lines)
    if is_framed or last < len(lines) or (is_short and _has_page_edge(lines, above, below)):
        return [at for at in known if above <= at < min(len(lines) - below, last)]
    return known


def _edges(lines: Sequence[Line]) -> tuple[int, int]:
    """Return how many lines that rules know stand above all others, and how many below."""
    above = sum(1 for _ in takewhile(lambda line: line.rules, lines))
    return above, sum(1 for _ in takewhile(lambda line: line.rules, reversed(lines)))


def _has_page_edge(lines: Sequence[Line], above: int, below: int) -> bool:
    """Whether of the lines `above` or `below` all others one stands there that a rule takes without other noise."""
    return any(_is_taken(line, BELOW_TEXT) for line in lines[:above]) or any(
        _is_taken(line, ABOVE_TEXT) for line in lines[len(lines) - below :]
    )


def _is_taken(line: Line, elsewhere: Collection[Position]) -> bool:
    is_taken = any(not rule.context_only and rule.position not in elsewhere for rule in line.rules)
    return is_taken and not _STATE.fullmatch(line.normalized)


def _is_cut(line: Line) -> bool:
    """Whether a line says that a page does not show all of its text."""
    return any(rule.signal is TruncationSignal.CUT for rule in line.rules)


def _heads_list(line: Line) -> bool:
    return line.has_role(LineRole.LIST_HEAD)


def _lists_others(line: Line) -> bool:
    """Whether a line heads a list of other documents, in more words than the label of a program has."""
    return _heads_list(line) and len(line.normalized) >= MIN_LIST_HEAD and not line.normalized.endswith(":")


def _says_something_of_page(lines: Sequence[Line], filled: Collection[int]) -> bool:
    """Whether a path, a byline, a fact, a wall, the head of a list or what else ends a page stands among lines."""
    others = [line for at, line in enumerate(lines) if line.rules and at not in filled]
    return _has_page_edge(lines, *_edges(lines)) or any(
        line.has_role(LineRole.BREADCRUMB) or _is_cut(line) or _lists_others(line) or _is_stated(line)
        for line in others
    )


def _is_stated(line: Line) -> bool:
    is_byline = line.has_role(LineRole.BYLINE) or any(rule.id in RULEBOOK.stating for rule in line.rules)
    return is_byline and not _is_word(line)


def _is_word(line: Line) -> bool:
    return not line.spans and _WORD.fullmatch(line.normalized) is not None


def messages(sheet: PageLines) -> range:
    """Return the places of all lines where some are messages that a program fills in: its strings, of no page.

    A page shows a place by chance, too: where its frame says something of it, several must stand there.
    """
    lines = sheet.lines
    keyed = sum(map(_is_of_menu, lines)) if any(may_hold(sheet.normalized, ("(_", "(&"))) else 0
    if keyed >= max(MIN_MESSAGES_SHARE * len(lines), 1) and _paragraphs(lines) <= keyed // MIN_BESIDE_PARAGRAPH:
        return range(len(lines))
    if not any(may_hold(sheet.normalized, PLACEHOLDER_HOLDS)):
        return range(0)
    found = _filled(lines, PLACEHOLDER) if PLACEHOLDER.search(sheet.normalized) else {}
    is_by_code = not found
    found = found or _filled(lines, _BY_CODE)
    own = [line for place, line in enumerate(lines) if not line.rules and place not in found]
    if not found or (is_prose(lines) and is_prose(own)):
        return range(0)
    is_maths = all(_OF_MATHS.fullmatch(filled[0]) for filled in found.values())
    is_on_page = _says_something_of_page(lines, found)
    if (is_maths and is_on_page) or (is_by_code and (is_on_page or is_prose(own, MAX_PROSE))):
        return range(0)
    if is_prose(own, MAX_PROSE) or is_maths or is_on_page:
        is_named = not is_maths and any(filled["name"] or filled[0][-1] == "s" for filled in found.values())
        needed = (MIN_NAMED if is_on_page else 1) if is_named else MIN_MESSAGES
        doubled = sum(1 for line, below in pairwise(lines) if line.normalized == below.normalized)
        if len(found) + keyed + doubled < min(MANY_MESSAGES, max(needed, MIN_MESSAGES_SHARE * len(lines))):
            return range(0)
    most = max(MAX_PARAGRAPHS, len(found) // MIN_BESIDE_PARAGRAPH)
    return range(len(lines) if _paragraphs(lines) <= most else 0)


def _filled(lines: Sequence[Line], pattern: re.Pattern[str]) -> dict[int, re.Match[str]]:
    """Return by its place the first such place of each line in Chinese that is no code."""
    seen = ((place, line, pattern.search(line.normalized)) for place, line in enumerate(lines))
    return {place: found for place, line, found in seen if found and HAN.count(line.normalized) and not _is_code(line)}


def _is_of_menu(line: Line) -> bool:
    found = _OF_MENU.search(line.normalized)
    return found is not None and found.end() == len(line.normalized)


def _paragraphs(lines: Sequence[Line]) -> int:
    return sum(1 for line in lines if len(line.normalized) >= MIN_PARAGRAPH and "。" in line.normalized)


def _is_code(line: Line) -> bool:
    return bool(_OF_CODE.search(line.normalized))
