"""The search for the document on a page: which lines around and inside it are noise, step by step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from cleaners.judging import (
    collected,
    edges,
    frame_facts,
    framed_title,
    own_facts,
    own_lists,
    shelves,
    site_frame,
    teasers,
)
from cleaners.judging.judge import HEAD, Judged, judge
from cleaners.judging.line_labels import HEAD_LINES, LineLabels
from cleaners.judging.page_lines import PageLines
from cleaners.judging.site_frame import SiteFrame
from cleaners.judging.stated_title import names_site
from cleaners.judging.title_lines import facts_below, is_title, take_titles
from cleaners.judging.title_search import find_title
from cleaners.judging.titles import comparable
from cleaners.model import Edit
from cleaners.rules.rule import Hit, Position
from cleaners.templates import Template

MIN_LISTED, MAX_LISTED = 3, 121
"""So many titles with their day or price, and no other text, are a list of documents, not one; characters of the
longest."""

MIN_FORM = 3
"""So many lines, all of one form, are a text of that form."""

NEAR_TEXT = 3
"""So many lines below the text may say when it was published."""

_LISTED = re.compile(
    r"[^。;!?]{6,80}?(?: ?\(?(?:(?:19|20)\d\d[-/.])?\d{1,2}[-/.]\d{1,2}\)?"
    r"|\.?(?:docx?|pptx?|xlsx?|pdf)(?: ?[A-Z]{3,4} .{0,30})?)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class MainContent:
    """What the search found: removals, the rules that hit, the title.

    `is_open` says that rules know a line that stays, or that the first or the last line that stays is the title;
    `judged` is what the judge and the site's profile took, `removed_by` the rule that took a line, by its place;
    `are_verses` says that what repeats the title is text.
    """

    edits: list[Edit] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    title: str | None = None
    stated: dict[str, str] = field(default_factory=dict)
    judged: list[Judged] = field(default_factory=list)
    is_open: bool = False
    removed_by: Mapping[int, str] = field(default_factory=dict)
    are_verses: bool = False


def find_main_content(
    sheet: PageLines,
    template: Template | None,
    known: Sequence[str],
    *,
    is_clean: bool = False,
    is_framed: bool = False,
    site: SiteFrame | None = None,
) -> MainContent:
    """Find the document on the page.

    `known` are titles stated outside the text, best first. `is_clean` says that the text was cleaned before: its title
    is the one known, or it has none. `is_framed` says that the markup took a frame away. `site` is what the site's
    own pages show of its frame: lines around the text that no rule knows go first, so that the title and the text are
    looked for without them; those inside it go once it is found, since they prove no frame where they stand; others go
    where the rules leave them.
    """
    search = LineLabels(sheet, template)
    learned, inside, ruled = site_frame.take_around(search, site, known[0] if known else None)
    if not is_clean:
        known = [each for each in known if not names_site(each, search.lines[:HEAD_LINES])]
        search.is_stated = bool(known)
    title = _take_frame(search, known, is_clean=is_clean)
    _take_rest(search)
    is_form = _give_back_form(search, title)
    learned += site_frame.take_inside(search, inside)
    out = {line.place for line in learned}
    judged = [] if is_clean or is_form else _take_judged(search, title, out, is_framed=is_framed)
    learned += site_frame.take_left(search, site, ruled, title)
    search.of_site = {line.place for line in learned}
    scores = {line.place: line.score for line in judged}
    if not is_clean and (choice := framed_title.choose(search, scores, title, known)):
        title = choice.title
        framed_title.take(search, choice)
        if search.is_title(choice.place) and choice.place in {
            *collected.first_heads(search.lines),
            *own_facts.entitled(search.lines),
        }:
            del search.removed_by[choice.place]  # it stays, as the heads of other texts do
    if title and not is_clean:
        edges.take_shelf(search, title)
        edges.take_menu(search, title)
    return _result(search, title, sorted([*judged, *learned]))


def _take_frame(search: LineLabels, known: Sequence[str], *, is_clean: bool) -> str | None:
    """Take the frame that rules know, above, below and inside the text, and the title's lines; return the title."""
    for place, rule in () if is_clean else (*teasers.shown(search.lines), *shelves.shown(search.lines)):
        if place not in search.removed_by and place not in search.protected:
            search.remove(place, rule)
    head = edges.walk_down(search, edges.believed_start(search))
    title = (known[0] if known else None) if is_clean else find_title(search, head, known)
    has_no_frame = is_clean or search.is_exported
    take_titles(search, title, head, in_frame=not is_clean, is_clean=has_no_frame)
    head = edges.walk_down(search, head)
    edges.take_between(search, range(head))
    tail = edges.tail_start(search, head)
    take_titles(search, title, head, in_frame=False, is_clean=has_no_frame)
    _take_within(search, head, tail)
    return title


def _take_judged(search: LineLabels, title: str | None, out: Set[int], *, is_framed: bool) -> list[Judged]:
    """Take the lines that the judge says are noise, but for items of lists that stay, and return them."""
    judged = judge(search.lines, search.removed_by, title, search.protected, out, is_framed=is_framed)
    taken = {line.place for line in judged}
    own = own_lists.divided(search.sheet, taken, search.removed_by)
    own |= own_lists.alike(search.lines, taken, search.removed_by)
    own |= own_lists.typed_alike(search.sheet, taken, search.removed_by)
    own |= own_lists.worded(search.lines, taken, search.removed_by)
    own |= edges.first_headings(search, {line.place: line.score for line in judged if line.rule == HEAD})
    judged = [line for line in judged if line.place not in own]
    search.removed_by |= {line.place: line.rule for line in judged}
    return judged


def _take_within(search: LineLabels, head: int, tail: int) -> None:
    """Take the lines of the text that are noise wherever they stand."""
    for index in search.known_within(head, tail):
        rule = next((r for r in search.lines[index].rules if r.position is Position.ANY and not r.context_only), None)
        if rule and index not in search.removed_by and index not in search.protected:
            search.remove(index, rule)


def _take_rest(search: LineLabels) -> None:
    """Take what is left when all of it is what rules know, or a list of other documents: the page has no text then."""
    if not any(map(search.is_noise, search.removed_by)):
        return
    left = [index for index in range(len(search.lines)) if index not in search.removed_by]
    listed = 0
    for index in left:
        line = search.lines[index]
        is_listed = len(line.normalized) <= MAX_LISTED and bool(_LISTED.fullmatch(line.normalized))
        if not (line.rules or is_listed):
            return
        listed += is_listed
    if listed < MIN_LISTED and not all(search.lines[index].rules for index in left):
        return
    for index in left:
        if rules := search.lines[index].rules:
            search.remove(index, rules[0])
        else:
            search.removed_by[index] = "zone.list"


def _give_back_form(search: LineLabels, title: str | None) -> bool:
    """Give the lines back where one rule has taken all of a text without a title; return whether it was so.

    A frame has lines of several kinds, a log or a list of one. The line that says that an exported file has no title
    does not count.
    """
    noise = [index for index in search.removed_by if search.is_noise(index)]
    if title or len(search.removed_by) < len(search.lines) or len(noise) < MIN_FORM:
        return False
    if len({search.removed_by[index] for index in noise}) > 1:
        return False
    for index in noise:
        del search.removed_by[index]
        search.rules.pop(index, None)
    return True


def _result(search: LineLabels, title: str | None, judged: list[Judged]) -> MainContent:
    """Return the search as edits and hits: lines taken whole, and what span rules take from lines that stay."""
    found = MainContent(title=title, stated=search.stated, judged=judged, removed_by=search.removed_by)
    found.are_verses = bool(title) and search.are_verses()
    ends = [*(line.start for line in search.lines[1:]), len(search.sheet.text)]
    top = framed_title.first_text(search)
    kept = [place for place in range(len(search.lines)) if place not in search.removed_by]
    last = kept[-1] if kept else -1
    first = kept[0] if kept and any(map(search.is_noise, search.removed_by)) else -1
    name = comparable(title) if title else ""
    below = [search.lines[place] for place in facts_below(search, name)]
    found.hits += [Hit(frame_facts.HEADED, line.start, line.end, frame_facts.read(line)) for line in below]
    found.is_open = any(is_title(search.lines[place].normalized, name) for place in (*kept[:1], *kept[-1:]))
    for index, line in enumerate(search.lines):
        if index in search.removed_by:
            found.edits.append(Edit(line.start, ends[index], "", search.removed_by[index]))
            if index and frame_facts.heads_day_of_member(search.lines[index - 1]):
                continue
            if rule := search.rules.get(index):
                found.hits.append(Hit(rule, line.start, line.end, search.facts(index)))
            else:
                found.hits += line.spans
            if index < top and (stated := frame_facts.read(line)):
                found.hits.append(Hit(frame_facts.RULE, line.start, line.end, stated))
            elif 0 <= last < index <= last + NEAR_TEXT and (stated := frame_facts.read_below(line)):
                found.hits.append(Hit(frame_facts.BELOW, line.start, line.end, stated))
        else:
            spans = [hit for hit in line.spans if index == first or hit.rule.position is not Position.HEAD]
            if line.rules or spans or line.is_foreign:
                found.is_open = True
                found.hits += spans
                found.edits += [Edit(hit.start, hit.end, "", hit.rule.id) for hit in spans]
            if index == last and (stated := frame_facts.read_credit(line)):
                found.hits.append(Hit(frame_facts.BELOW, line.start, line.end, stated))
    return found
