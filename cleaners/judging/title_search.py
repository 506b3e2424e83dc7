"""The first search for the title: by what the page states, and where lines stand, before the frame is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from cleaners.judging import glued_title, stated_title, titles
from cleaners.judging.bare_title import take_bare_title
from cleaners.judging.frame_facts import is_byline
from cleaners.judging.frame_proof import MAX_WORD
from cleaners.judging.heading import is_of_record
from cleaners.judging.line_labels import EDITOR, HEAD_LINES, TITLE_LINE, LineLabels
from cleaners.judging.own_lines import is_subtitle
from cleaners.judging.page_lines import Line
from cleaners.judging.title_form import may_be_title
from cleaners.judging.title_lines import MAX_ABOVE_REPEAT, MIN_REPEATED
from cleaners.judging.verses import goes_on
from cleaners.judging.writers_source import front_matter, is_code
from cleaners.rules.rule import LineRole, Position
from cleaners.text.normalized import normalize, normalize_line, visible

MAX_EXPORTED_TITLE = 150
"""Characters of the longest line that is taken for the title of an exported file."""

_EXPORTED = re.compile(r"\S[^\n]{0,148}[^\n。;:!,；：！，]\n\n\S[^\n]*(?:\n[^\n]+)*\n?")
"""The form that `scrapy export --txt` writes: title, one empty line, paragraphs."""

NEAR_TOP = 6
"""So many lines from the top, or below a title, in which the frame of a page shows."""

NEAR_FACTS = 16
"""So many lines from the top, within which facts of the page have no line of a text above them."""

_TITLE_FIELD = re.compile(r"(?i:title): ?[\"'“‘]?(?P<title>.*\w.*?)[\"'”’]?")
_FIRST_OF_SEVERAL = re.compile("^第[一1]篇|篇?[一1][)]?$")
_NUMBER_BEHIND = re.compile("篇?[一1]$")


def find_title(search: LineLabels, head: int, known: Sequence[str]) -> str | None:
    """Return the title as it stands on the page, or as an editor's sentence names it."""
    if exported := _exported_title(search):
        search.is_exported = True
        if search.lines[0].normalized != titles.UNTITLED:
            return exported
        search.removed_by[0] = TITLE_LINE
        return None
    if said := _of_front_matter(search):
        return said
    return None if not known and is_code(search.sheet) else _of_lines(search, head, known)


def _of_lines(search: LineLabels, head: int, known: Sequence[str]) -> str | None:
    """Return the title that lines of a page or of a bare text state, or show by where they stand."""
    named = search.named_titles()
    search.stated_titles = [found for rank, found in named if rank < EDITOR]
    stated = [*known, *search.stated_titles]
    chosen, is_said = stated_title.choose(_free(search, head, stated), stated, _bylines(search), _paths(search))
    if isinstance(chosen, Line) and not (is_said or _is_framed(search, chosen)):
        return _of_series(take_bare_title(search), stated)
    search.is_guessed = not is_said
    if chosen is None and not named and (bare := take_bare_title(search)):
        return _of_series(bare, stated)
    if isinstance(chosen, Line):
        below = next((line for line in search.lines if line.start > chosen.end), chosen)
        over_both = titles.letters(chosen.normalized + below.normalized)
        if whole := next((name for name in stated if titles.plain(name) == over_both), None):
            return whole
        end = below.end if is_subtitle(search.sheet, below) and may_be_title(below) else chosen.end
        said = _without_spans(search.sheet.text[chosen.start : end], chosen)
        return _of_series(_fuller(said, [found for rank, found in named if rank >= EDITOR]), stated)
    if chosen in search.stated_titles:
        return chosen
    if chosen:
        bare = titles.bare(chosen)
        return bare if _stands_alone(search.lines[: head + MAX_ABOVE_REPEAT], bare, chosen) else chosen
    return glued_title.run_together(search, head, [found for _, found in named])


def _of_front_matter(search: LineLabels) -> str | None:
    """Return the title that the facts at the head of a Markdown text state."""
    lines = (search.lines[place].normalized for place in front_matter(search.lines))
    return next((found["title"] for line in lines if (found := _TITLE_FIELD.fullmatch(line))), None)


def _without_spans(said: str, line: Line) -> str:
    """Return what a line says without the noise that is glued into it."""
    for hit in sorted(line.spans, key=lambda hit: -hit.start):
        said = said[: hit.start - line.start] + said[hit.end - line.start :]
    return said


def _fuller(said: str, named: Sequence[str]) -> str:
    """Return what an editor calls the texts of a page where the title found heads only the first of them."""
    if not named or not _FIRST_OF_SEVERAL.search(normalize_line(normalize(said))):
        return said
    name = _NUMBER_BEHIND.sub("", titles.comparable(said))
    return next((each for each in named if len(name) >= MIN_REPEATED - 1 and titles.plain(each).startswith(name)), said)


def _of_series(said: str | None, stated: Sequence[str]) -> str | None:
    """Return what a line that heads the first of several texts calls all of them: it stays, as the others' lines do."""
    if not said or any(titles.plain(said) == titles.plain(each) for each in stated):
        return said
    return titles.without_first(said)


def _exported_title(search: LineLabels) -> str | None:
    """Return the first line of a text that has the form of an exported file, and a title's form itself."""
    text = search.sheet.text
    first_line = text.split("\n", 1)[0]
    if len(first_line) > MAX_EXPORTED_TITLE or not text.startswith("\n\n", len(first_line)):
        return None
    if not search.lines or not (first_line == titles.UNTITLED or may_be_title(search.lines[0])):
        return None
    return first_line if _EXPORTED.fullmatch(visible(text)) else None


def _is_framed(search: LineLabels, line: Line) -> bool:
    """Whether noise stands above a line or soon below it: there is a page around the text.

    A short line that a rule knows may be a word of a list.
    """
    above = (at for at in search.removed_by if search.is_noise(at) and search.lines[at].start < line.start)
    if any(at not in search.rules or search.rules[at].position is not Position.ANY for at in above):
        return True
    place = next(index for index, other in enumerate(search.lines) if other is line)
    below = range(place + 1, min(len(search.lines), place + 1 + NEAR_TOP))
    rules = (search.sufficient_rule(i, head=True) for i in below if len(search.lines[i].normalized) > MAX_WORD)
    return any(rule and rule.position is not Position.ANY for rule in rules)


def _bylines(search: LineLabels) -> list[int]:
    taken = search.with_role(LineRole.BYLINE)
    below = [line for i, line in enumerate(search.lines[:NEAR_FACTS]) if line.rules and _has_byline(search, i)]
    return [line.start for line in (*taken, *below)]


def _has_byline(search: LineLabels, index: int) -> bool:
    rule = search.sufficient_rule(index, head=True)
    return rule is not None and rule.role is LineRole.BYLINE


def _paths(search: LineLabels) -> list[int]:
    """Return the ends of the lines that lead to this page."""
    taken = search.with_role(LineRole.BREADCRUMB)
    top = [line for line in search.lines[:NEAR_TOP] if line.has_role(LineRole.BREADCRUMB)]
    return [line.end for line in (*taken, *top)]


def _free(search: LineLabels, head: int, stated: Sequence[str]) -> list[Line]:
    """Return the lines of the head that no rule claims, down to the first that reads like a text."""
    sites = {search.facts(i).get("site") for i in search.rules}
    crumbs = [line.normalized for line in search.with_role(LineRole.BREADCRUMB)]
    names = {titles.plain(each) for title in stated for each in (title, titles.bare(title))}
    free: list[Line] = []
    is_text = False
    for index, line in enumerate(search.lines[: search.text_starts or HEAD_LINES]):
        category = len(line.normalized) <= 8 and any(crumb.endswith(line.normalized) for crumb in crumbs)
        is_other = category or line.normalized in sites or is_of_record(search.lines, index)
        is_other = is_other or (index > 0 and goes_on(search.lines[index - 1].normalized, line.normalized))
        if index in search.removed_by or line.rules or is_other:
            continue
        if line.is_text and not may_be_title(line) and not _is_named(line, names):
            is_text = True
            if index >= NEAR_TOP:
                break
        elif (not is_text and (index < head + 4 or _is_named(line, names))) or (
            index < NEAR_FACTS and _heads_facts(search, index, NEAR_TOP if is_text else NEAR_FACTS)
        ):
            free.append(line)
    return free


def _heads_facts(search: LineLabels, index: int, end: int) -> bool:
    """Whether a line above `end` stands next above the page's facts, of which a rule knows one: these are no text's."""
    facts = takewhile(lambda place: is_byline(search.lines[place]), range(index + 1, min(end, len(search.lines))))
    return any(_has_byline(search, place) for place in facts) and not is_byline(search.lines[index])


def _stands_alone(lines: Sequence[Line], piece: str, title: str) -> bool:
    """Whether a line has a piece of a title without the rest of it."""
    name, whole = titles.plain(piece), titles.plain(title)
    said = (titles.letters(line.normalized) for line in lines)
    return len(name) >= MIN_REPEATED and any(name in other and whole not in other for other in said)


def _is_named(line: Line, names: Collection[str]) -> bool:
    return len(line.normalized) <= titles.MAX_TITLE and titles.letters(line.normalized) in names
