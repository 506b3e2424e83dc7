"""The frame of a page that no template knows, by what its lines say of each other.

A site begins with its name; the path to the page begins with that name; the title stands below the path, a row of facts
below the title; lists of other documents stand below the text, and lines that name the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from cleaners.noise import frame as written
from cleaners.rulebook import STAGES
from cleaners.rules import Place, Rule
from cleaners.sheet import Line
from cleaners.title import may_be_title

NAMED, HEAD = 2, 40
"""Lines from the top in which a site names itself, and in which the frame above the text is looked for."""
FOOT = 6
"""Lines from the bottom in which a site says whose it is."""
ENTRIES, MOST_ENTRIES = 2, 12
"""So many titles in a row below the head of a list are one, and so many are taken."""
LONGEST_ENTRY, PROSE = 40, 30
"""Characters of the longest title in a list, and of the shortest line that shows that the text goes on below it."""
NEAR_START = 8
"""Characters at the start of a line in which a site speaks of itself by its name proper."""
LONGEST_FACTS = 110
"""Characters of the longest row of facts."""


def _rule(name: str, place: Place) -> Rule:
    return Rule(id=name, why=STAGES[name], place=place, pattern="", match=(), never=())


PATH, FACTS = _rule("frame.path", Place.HEAD), _rule("frame.facts", Place.HEAD)
LIST, OWN, TURN = _rule("frame.list", Place.ANY), _rule("frame.own", Place.TAIL), _rule("frame.turn", Place.TAIL)


def mark(lines: Sequence[Line]) -> None:
    """Give the lines of a page the rules that its frame shows to hold for them."""
    above = [*lines[:NAMED], *takewhile(_may_be_frame, lines[NAMED:HEAD])]
    path = next((line for index, line in enumerate(above) if _is_path(line, above[: min(index, NAMED)])), None)
    for line in above:
        if line is path:
            _give(line, PATH)
        elif _is_row_of_facts(line.view):
            _give(line, FACTS)
    own = [name for name in _names(above[:NAMED]) if _is_proved(name, path, lines)]
    proper = [stem for name in own if (stem := written.KINDS_OF_SITE.split(name)[0]) and _is_only_the_site_s(stem, lines)]
    for index, line in enumerate(lines[len(above) :], start=len(above)):
        entries = _entries(lines, index + 1) if _heads_list(line) else []
        if len(entries) >= ENTRIES:
            for each in (line, *entries):
                _give(each, LIST)
        elif any(name in line.view for name in own) or any(stem in line.view[:NEAR_START] for stem in proper):
            _give(line, OWN)
    for line, below in pairwise(lines):
        if written.BACK.fullmatch(line.view) and written.ON.fullmatch(below.view):
            _give(line, TURN)
            _give(below, TURN)
        elif written.COUNTED.fullmatch(line.view) and written.COUNTED.fullmatch(below.view):
            _give(line, TURN)
            _give(below, TURN)


def _may_be_frame(line: Line) -> bool:
    return bool(line.rules) or not line.is_text or may_be_title(line)


def _give(line: Line, rule: Rule) -> None:
    line.rules = [*line.rules, rule]


def _names(top: Sequence[Line]) -> Iterator[str]:
    """Yield what may be the site's name in the first lines."""
    for line in top:
        yield from (piece for piece in written.APART.split(line.view) if 2 <= len(piece) <= 14 and not piece.isdigit())


def _is_path(line: Line, top: Sequence[Line]) -> bool:
    """Whether a line's steps begin with the name of the site, which stands in a line above, or with its home page."""
    found = written.PATH.fullmatch(line.view)
    site = found["site"].strip() if found else ""
    if not any("一" <= char <= "鿿" for char in site):
        return False
    return site.endswith(("首页", "主页")) or any(_is_name_of(site, name) for name in _names(top))


def _is_name_of(site: str, name: str) -> bool:
    begins = (len(site) >= 2 and name.startswith(site)) or (len(name) >= 3 and site.startswith(name))
    return begins or (len(site) >= 3 and name.endswith(site))


def _is_row_of_facts(text: str) -> bool:
    """Whether a line states two or more things that only the page of a document has, or one and other numbers."""
    if len(text) > LONGEST_FACTS or written.NO_FACTS.search(text):
        return False
    said = len(written.FACT.findall(text))
    return said >= 2 or (said == 1 and len(written.NUMBER.findall(text)) >= 2)


def _is_proved(name: str, path: Line | None, lines: Sequence[Line]) -> bool:
    """Whether what stands at the top is the site's name: it has the form of one, or path or owner bear it."""
    if len(name) < 3:
        return False
    feet = (line.view for line in lines[-FOOT:] if written.OWNER.search(line.view))
    return bool(written.SITE_FORM.fullmatch(name)) or bool(path and name in path.view) or any(name in foot for foot in feet)


def _is_only_the_site_s(stem: str, lines: Sequence[Line]) -> bool:
    """Whether the name proper of a site is no word of the document: no line of text has it further in."""
    return len(stem) >= 2 and not any(stem in line.view[NEAR_START:] for line in lines if line.is_text)


def _heads_list(line: Line) -> bool:
    return not line.is_text and bool(written.LIST_HEAD.fullmatch(line.view))


def _entries(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the lines from `start` on that are titles of other documents; below the text any short lines are."""
    below = not any(line.is_text and not line.rules and len(line.view) >= PROSE for line in lines[start:])
    may_be = _is_short if below else _is_entry
    return list(takewhile(may_be, lines[start : start + MOST_ENTRIES]))


def _is_entry(line: Line) -> bool:
    return bool(written.ENTRY.fullmatch(line.view))


def _is_short(line: Line) -> bool:
    return _is_entry(line) or (len(line.view) <= LONGEST_ENTRY and not line.is_text)
