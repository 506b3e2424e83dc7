"""The heading of the text on a page with a long frame: no place at the top shows it, only what stands around it.

The line next above the facts of the page is its heading, where most of the page's prose stands below it; comments, and
teasers of other texts, have their days and names, too, and little below them. Where no facts are stated, it is the line
below the path, or the one next above the prose, whose words the prose takes up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.judging import titles
from cleaners.judging.frame_facts import is_byline
from cleaners.judging.page_lines import Line
from cleaners.judging.page_prose import Prose
from cleaners.judging.title_evidence import MIN_NAME, NO_STEP, last_step
from cleaners.judging.title_form import may_be_title
from cleaners.rules.rule import LineRole

MAX_PLACE = 400
"""So many lines from the top are looked at: menus and shelves of a page are seldom longer."""

MIN_SHARE, MIN_BELOW = 0.5, 60
"""Share of the page's prose, and characters of it, that stand below a heading before the next line above facts."""

NEAR_PATH, NEAR_PROSE = 4, 4
"""So many lines below a path, and above the first prose, may have the heading among them."""

MIN_PATH = 3
"""Steps of a path whose last one stands again below it."""

NEAR = 2
"""So many lines apart may two stand above the same facts."""

MIN_CUT = 10
"""Letters of the shortest beginning of a title that stands for it where it is cut off."""

_ROW = re.compile(r"[^,。;!?]{0,16}(?:首页|主页|位置|目前处于)[ :>]")
"""How a path begins whose steps only blanks part."""
_ROW_HOLDS = ("页", "位置", "处于")
"""One of these stands in every such path: other lines are not asked further."""
_STEP = re.compile(r" ?[>›»→] ?")


def above_facts(heads: Sequence[int], prose: Prose) -> Sequence[int]:
    """Return the places, of `heads` above facts, with most of the prose below.

    Two of them may stand above the same facts: a title and its author.
    """
    groups: list[list[int]] = []
    for place in heads:
        if groups and place - groups[-1][-1] <= NEAR:
            groups[-1].append(place)
        else:
            groups.append([place])
    if not groups:
        return ()
    ends = [*(group[0] for group in groups[1:]), len(prose.lines)]
    below = [prose.before[end] - prose.before[group[0]] for group, end in zip(groups, ends, strict=True)]
    most = max(range(len(groups)), key=below.__getitem__)
    return groups[most] if below[most] >= max(MIN_BELOW, MIN_SHARE * prose.before[-1]) else ()


def below_facts(prose: Prose) -> Iterator[int]:
    """Yield the place next below the first facts that stand soon above the first prose."""
    first = first_prose(prose)
    facts = (place for place in range(max(0, first - NEAR - 1), first) if is_byline(prose.lines[place]))
    yield from (place + 1 for place in facts if place + 1 < first)


def below_paths(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places next below lines that are a path."""
    for place, (above, line) in enumerate(pairwise(lines[:MAX_PLACE]), start=1):
        if above.has_role(LineRole.BREADCRUMB) and not line.has_role(LineRole.BREADCRUMB):
            yield place


def ends_of_paths(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Yield the places of lines that say what a path above ends with, and that: its last step, or what a blank parts.

    A line that is cut off says the beginning of the last step.
    """
    steps: dict[str, str] = {}
    last, row = "", -NEAR_PATH - 1
    for place, line in enumerate(lines[:MAX_PLACE]):
        text = line.normalized
        if len(text) > titles.MAX_TITLE:
            continue
        name = titles.comparable(text) if steps or place - row <= NEAR_PATH else ""
        if name in steps or (len(name) >= MIN_CUT and _is_cut(name, last)):
            yield place, steps.get(name, steps.get(last, text))
        elif len(name) >= MIN_NAME and _ends_with(lines[max(0, place - NEAR_PATH) : place], text):
            yield place, text
        row = place if _is_row(text) else row
        if (step := last_step(line, MIN_PATH)) and len(titles.letters(step)) >= MIN_NAME:
            last = titles.letters(step)
            steps[last] = step


def first_path(lines: Sequence[Line]) -> int:
    """Return the place of the first line that is a path to a page; behind all lines where none is one near the top."""
    return next((at for at, line in enumerate(lines[:MAX_PLACE]) if _is_path(line)), len(lines))


def first_named(lines: Sequence[Line]) -> int:
    """Return the place of the first path whose last step the next line says; behind all lines where there is none."""
    near = enumerate(pairwise(lines[:NEAR_PROSE]))
    return next((at for at, (line, below) in near if below.normalized == last_step(line, MIN_PATH)), len(lines))


def _is_path(line: Line) -> bool:
    """Whether a line is the path to a page, and not any chain of words with arrows: it begins at the site."""
    first, *others = _STEP.split(line.normalized, 1)
    return bool(_is_row(line.normalized) or (others and titles.SITE_NAME.fullmatch(first)))


def _is_row(text: str) -> bool:
    return any(word in text for word in _ROW_HOLDS) and _ROW.match(text) is not None


def _is_cut(name: str, step: str) -> bool:
    """Whether a line is the beginning of what a path ends with, and not all of it but a word for the page."""
    return step.startswith(name) and not NO_STEP.fullmatch(step, len(name))


def _ends_with(above: Sequence[Line], text: str) -> bool:
    """Whether one of the lines above is a row of words that ends with a line, behind a blank."""
    return any(
        len(line.normalized) <= titles.MAX_TITLE and line.normalized.endswith(f" {text}") and _is_row(line.normalized)
        for line in above
    )


def above_prose(prose: Prose) -> Iterator[int]:
    """Yield the places of lines next above the first prose whose words it takes up, but for verses side by side."""
    first = first_prose(prose)
    for place in filter(prose.is_headed_by, range(max(0, first - NEAR_PROSE), first)):
        beside = (at for at in (place - 1, place + 1) if 0 <= at < first)
        if all(len(prose.lines[at].normalized) != len(prose.lines[place].normalized) for at in beside):
            yield place


def first_prose(prose: Prose) -> int:
    """Return the place of the first line of prose that cannot be a title itself, 0 for none near the top."""
    return next((at for at in prose.places if at < MAX_PLACE and not may_be_title(prose.lines[at])), 0)
