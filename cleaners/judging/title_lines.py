"""The lines of a page that are its title: the title's own, those that repeat it, and the facts next below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.judging import titles
from cleaners.judging.frame_facts import is_byline
from cleaners.judging.line_labels import HEAD_LINES, TITLE_LINE, LineLabels
from cleaners.rules.rule import LineRole

MAX_ABOVE_REPEAT = 30
"""So many lines of text may stand above a line that repeats the title: an outline is printed before it."""

MIN_REPEATED = 6
"""Letters of a title, at least, that a line of the text may not merely happen to repeat."""

NEAR_TITLE = 3
"""So many lines below a title may state the page's facts."""

_SORTED = re.compile(r"^\[[一-鿿]{2,6}\] ?")
"""The kind of posts that a board writes before a title."""

MAX_HUNG, MAX_SORTED = 60, 9
"""Characters, at most, that a site hangs on a title, and that a board writes before it."""


def take_titles(search: LineLabels, title: str | None, head: int, *, in_frame: bool, is_clean: bool = False) -> None:
    """Take the title's own lines away: in the frame, and where the page repeats it near the text's head or end.

    Of a text that was cleaned before (`is_clean`) a line goes only where nothing but noise stands above it, or nothing
    below: another one was left there. A line that is known to be text stays, and so does a verse that says the title
    again.
    """
    name = titles.comparable(title) if title else ""
    if not name or search.is_bare:
        return
    own = [place for place in _titled(search, name) if place not in search.removed_by]
    if own and search.are_verses():
        own = own[:1] if in_frame else []
    mine = set(own)
    others = (i for i in range(len(search.lines) - 1, -1, -1) if i not in search.removed_by and i not in mine)
    last = next(others, -1) if own else -1
    above, place, most = 0, head, 1 if is_clean else MAX_ABOVE_REPEAT
    for index in own:
        if index in search.protected:
            continue
        between = (i for i in range(place, index) if i not in search.removed_by)
        above += sum(not (is_clean and search.lines[i].rules) for i in between)
        place = max(place, index)
        repeat = len(name) >= MIN_REPEATED and (above < most or index > last)
        if repeat or (in_frame and (index == own[0] or index < head)):
            search.removed_by[index] = TITLE_LINE


def facts_below(search: LineLabels, name: str) -> Iterator[int]:
    """Yield the places of the page's facts next below the title; of those that stay in the text, what a rule knows."""
    lines = search.lines
    for place in _titled(search, name) if name and (search.known or not search.is_bare) else ():
        for below in range(place + 1, min(place + 1 + NEAR_TITLE, len(lines), HEAD_LINES)):
            if not is_byline(lines[below]):
                break
            if below in search.removed_by or lines[below].has_role(LineRole.BYLINE):
                yield below


def _titled(search: LineLabels, name: str) -> list[int]:
    """Return the places of all lines that are the title; of several texts the first one's line is its own."""
    if name not in search.titled:
        lines, longest = search.lines, len(name) + MAX_HUNG + MAX_SORTED
        likely = [place for place, line in enumerate(lines) if len(name) <= len(line.normalized) <= longest]
        own = [place for place in likely if is_title(lines[place].normalized, name)]
        others = [place for place in own if not lines[place].normalized.startswith("第一篇")]
        are_several = len(others) < len(own) and any(line.normalized.startswith("第二篇") for line in lines)
        search.titled[name] = others if are_several else own
    return search.titled[name]


def is_title(seen: str, name: str) -> bool:
    """Whether a line as rules see it is the title, of which `name` is what two writings share."""
    seen = _SORTED.sub("", seen) if seen.startswith("[") else seen
    return bool(name) and len(name) <= len(seen) <= len(name) + MAX_HUNG and _shares(seen, name)


def _shares(seen: str, name: str) -> bool:
    """Whether a line says `name`, what two writings of a title share, and no more; few lines have it in them at all."""
    return name in titles.letters(seen) and titles.comparable(seen) == name
