"""Where the document begins and ends on a page, and which lines around and inside it are noise."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cleaners.judging import frame_facts, framed_title, own_lists
from cleaners.judging.frame_proof import is_prose
from cleaners.judging.judge import Judged, judge
from cleaners.judging.line_labels import HEAD_LINES, LineLabels
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.stated_title import names_site
from cleaners.judging.title_lines import facts_below, find_title, is_title, take_titles
from cleaners.judging.titles import comparable, may_be_title
from cleaners.model import Edit
from cleaners.rules.rule import Hit, LineRole, Position
from cleaners.templates import Template

MAX_UNEXPLAINED = 200
"""Characters of text-like lines that may stand beyond a START or END mark before the mark is no longer believed."""

MAX_UNEXPLAINED_HEAD = 20
"""Characters of text-like lines that the walk from the top passes in search of more noise."""

MAX_UNKNOWN_HEAD = 6
"""So many lines that nothing explains may stand above the title where no noise does."""

MAX_UNKNOWN_TAIL = 3
"""So many lines that nothing explains may stand between noise below the text."""

MIN_CONTEXT_RUN = 3
"""So many weak hits in a row prove each other."""

MIN_LISTED = 3
"""So many titles with their day or price, and no other text, are a list of documents, not one."""

MIN_FORM = 3
"""So many lines, all of one form, are a text of that form."""

NEAR_TEXT = 3
"""So many lines below the text may say when it was published."""

_OWN_LIST = re.compile(r"《[^《》]{1,30}》[ /·(]{0,2}[^《》。,;!?]{2,16}|\[\d{1,2}\].{8,}|.{24,}。")
_LISTED = re.compile(
    r"[^。;!?]{6,80}?(?: ?\(?(?:(?:19|20)\d\d[-/.])?\d{1,2}[-/.]\d{1,2}\)?"
    r"|\.?(?:docx?|pptx?|xlsx?|pdf)(?: ?[A-Z]{3,4} .{0,30})?)",
    re.IGNORECASE,
)


class SiteFrame(Protocol):
    """What is known of a site's frame beside the rules."""

    def known(
        self, lines: Sequence[Line], closed: Collection[int], title: str | None
    ) -> tuple[list[Judged], list[Judged], list[Judged]]:
        """Return the lines of a page that are its own: around the text, inside it, and those that rules know.

        The first two not at `closed` places.
        """

    def naming(self, lines: Sequence[Line], title: str) -> list[Judged]:
        """Return the lines of a page that are its own and hold its title."""

    def text_starts(self, lines: Sequence[Line]) -> int:
        """Return the place of the first line of the text where it is known that no title stands below; else 0."""


@dataclass(slots=True)
class MainContent:
    """What the search found: removals, the rules that hit, the title; `is_open` if a line stays that rules know,
    or the first or the last one that does is the title.

    `judged` is what the judge and the site's profile took, `removed_by` the rule that took a line, by its place.
    """

    edits: list[Edit] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    title: str | None = None
    stated: dict[str, str] = field(default_factory=dict)
    judged: list[Judged] = field(default_factory=list)
    is_open: bool = False
    removed_by: Mapping[int, str] = field(default_factory=dict)


def find_main_content(
    sheet: PageLines,
    template: Template | None,
    known: Sequence[str],
    *,
    is_clean: bool = False,
    is_framed: bool = False,
    profile: SiteFrame | None = None,
) -> MainContent:
    """Find the document on the page.

    `known` are titles stated outside the text, best first. `is_clean` says that the text was cleaned before: its title
    is the one known, or it has none. `is_framed` says that the markup took a frame away. `profile` is what the site's
    own pages show of its frame: lines around the text that no rule knows go first, so that the title and the text are
    looked for without them; those inside it go once it is found, since they prove no frame where they stand; others go
    where the rules leave them.
    """
    search = LineLabels(sheet, template)
    learned, inside, ruled = _take_learned(search, profile, known[0] if known else None) if profile else ([], [], [])
    if not is_clean:
        known = [each for each in known if not names_site(each, search.lines[:HEAD_LINES])]
    head = _walk_down(search, _believed_start(search))
    title = (known[0] if known else None) if is_clean else find_title(search, head, known)
    is_left = is_clean or search.is_exported
    take_titles(search, title, head, in_frame=not is_clean, is_clean=is_left)
    head = _walk_down(search, head, is_stated=bool(known) and not is_clean)
    _take_between(search, range(head))
    tail = _tail_start(search, head)
    take_titles(search, title, head, in_frame=False, is_clean=is_left)
    for index in search.known_within(head, tail):
        rule = next((r for r in search.lines[index].rules if r.position is Position.ANY and not r.context_only), None)
        if rule and index not in search.removed_by and index not in search.protected:
            search.remove(index, rule)
    _take_rest(search)
    is_form = _give_back_form(search, title)
    learned += _take_inside(search, inside)
    out = {line.place for line in learned}
    judged = (
        []
        if is_clean or is_form
        else judge(search.lines, search.removed_by, title, search.protected, out, is_framed=is_framed)
    )
    own = own_lists.divided(sheet, {line.place for line in judged}, search.removed_by)
    judged = [line for line in judged if line.place not in own]
    search.removed_by |= {line.place: line.rule for line in judged}
    if profile:
        learned += _take_left(search, [*ruled, *(profile.naming(search.lines, title) if title else [])])
    search.of_site = {line.place for line in learned}
    scores = {line.place: line.score for line in judged}
    if not is_clean and (choice := framed_title.choose(search, scores, title, known)):
        title = choice.title
        framed_title.take(search, choice)
    return _result(search, title, sorted([*judged, *learned]))


def _take_learned(
    search: LineLabels, profile: SiteFrame, title: str | None
) -> tuple[list[Judged], list[Judged], list[Judged]]:
    """Take the lines around the text that the site's profile knows and no rule; return them, and the others it knows.

    The others are those inside the text, and those that rules know. Where the text is known to begin, its first line is
    its own unless one of them knows it.
    """
    search.text_starts = profile.text_starts(search.lines)
    around, inside, ruled = profile.known(search.lines, search.closed(), title)
    search.removed_by |= {line.place: line.rule for line in around}
    first, known = search.text_starts, {line.place for line in (*around, *inside)}
    if 0 < first < len(search.lines) and first not in known and not search.lines[first].rules:
        search.protected.add(first)
    return around, inside, ruled


def _take_inside(search: LineLabels, inside: Sequence[Judged]) -> list[Judged]:
    """Take the lines inside the text that the profile knows, and return them; none where nothing else is left."""
    closed = search.closed()
    taken = [line for line in inside if line.place not in closed]
    if len(taken) + len(closed) == len(search.lines):
        return []
    search.removed_by |= {line.place: line.rule for line in taken}
    return taken


def _take_left(search: LineLabels, known: Sequence[Judged]) -> list[Judged]:
    """Take the lines that the profile knows and that all else has left, and return them."""
    closed = search.closed()
    left = {line.place: line for line in known if line.place not in closed}
    if len(left) + len(closed) == len(search.lines):
        return []
    for place, line in left.items():
        search.removed_by[place] = line.rule
        if rules := search.lines[place].rules:
            search.rules[place] = rules[0]
    return list(left.values())


def _take_rest(search: LineLabels) -> None:
    """Take what is left when all of it is what rules know, or a list of other documents: the page has no text then."""
    if not any(map(search.is_noise, search.removed_by)):
        return
    left = [index for index in range(len(search.lines)) if index not in search.removed_by]
    listed = 0
    for index in left:
        line = search.lines[index]
        is_listed = bool(_LISTED.fullmatch(line.normalized))
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
    """Give a text without a title back all of whose lines one rule has taken, and say so.

    A frame is of several kinds, a log or a list of one. The line that says that an exported file has no title is none.
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
    zones = MainContent(title=title, stated=search.stated, judged=judged, removed_by=search.removed_by)
    ends = [*(line.start for line in search.lines[1:]), len(search.sheet.text)]
    top = framed_title.first_text(search)
    kept = [place for place in range(len(search.lines)) if place not in search.removed_by]
    last = kept[-1] if kept else -1
    name = comparable(title) if title else ""
    below = [search.lines[place] for place in facts_below(search, name)]
    zones.hits += [Hit(frame_facts.HEADED, line.start, line.end, frame_facts.read(line)) for line in below]
    zones.is_open = any(is_title(search.lines[place].normalized, name) for place in (*kept[:1], *kept[-1:]))
    for index, line in enumerate(search.lines):
        if index in search.removed_by:
            zones.edits.append(Edit(line.start, ends[index], "", search.removed_by[index]))
            if index and frame_facts.heads_day_of_member(search.lines[index - 1]):
                continue
            if rule := search.rules.get(index):
                zones.hits.append(Hit(rule, line.start, line.end, search.facts(index)))
            else:
                zones.hits += line.spans
            if index < top and (stated := frame_facts.read(line)):
                zones.hits.append(Hit(frame_facts.RULE, line.start, line.end, stated))
            elif 0 <= last < index <= last + NEAR_TEXT and (stated := frame_facts.read_below(line)):
                zones.hits.append(Hit(frame_facts.BELOW, line.start, line.end, stated))
        else:
            if line.rules or line.spans or line.is_foreign:
                zones.is_open = True
                zones.hits += line.spans
                zones.edits += [Edit(hit.start, hit.end, "", hit.rule.id) for hit in line.spans]
            if index == last and (stated := frame_facts.read_credit(line)):
                zones.hits.append(Hit(frame_facts.BELOW, line.start, line.end, stated))
    return zones


def _believed_start(search: LineLabels) -> int:
    """Return the place behind the last START mark that has next to no text above it, having taken what is above."""
    lines, start = search.lines, 0
    marks = {
        index: rule
        for index in search.known_within(0, HEAD_LINES)
        for rule in reversed(lines[index].rules)
        if rule.position is Position.HEADER_END and index not in search.removed_by
    }
    allowed = min(MAX_UNEXPLAINED, 0.2 * search.unexplained_chars(range(len(lines)))) if marks else 0
    for index, mark in marks.items():
        if search.unexplained_chars(range(index)) <= allowed:
            search.remove(index, mark)
            start = index + 1
            search.marked = True
    for index in range(start):
        if index not in search.removed_by and (rule := search.sufficient_rule(index, head=True)):
            search.remove(index, rule)
    return start


# The head of a page mixes noise that is sure (a path), noise that needs company (`12KB`), titles, and words that no
# rule knows (an uploader). The walk goes down over all of them and remembers in `end` the place behind the last line
# that proves the frame still goes on: a line whose rule names its place; a title, where nothing unknown stands above
# it since the last proof (`clear`), or where the page states it elsewhere; a run of MIN_CONTEXT_RUN known lines in a
# row, once some noise is sure. Whatever comes behind the last proof belongs to the document. Text ends the walk:
# lines that read like a document may come to MAX_UNEXPLAINED_HEAD characters (`stray`) in between, behind a START
# mark to none.
#     首页 > 通知    proved       end = 1
#     老秋           unknown      clear is lost
#     12KB  3页      known        run of 2: no proof
#     各村：         text         the walk may end; the document begins at line 1
def _walk_down(search: LineLabels, start: int, *, is_stated: bool = False) -> int:
    """Walk from `start` over noise, titles and a little text; return the place behind the last noise met.

    Behind a START mark the text is next: there the walk passes nothing that is not noise. A title stated outside the
    text (`is_stated`) has nothing but the frame above it.
    """
    end, stray, run, clear, titled = start, 0, 0, True, False
    noisy = any(map(search.is_noise, search.removed_by))
    for index in range(start, len(search.lines)):
        if index >= end + HEAD_LINES:
            break
        rule = search.sufficient_rule(index, head=True)
        if index in search.removed_by or rule or search.context_rule(index, head=True):
            run += not search.is_title(index)
            if rule and index not in search.removed_by:
                search.remove(index, rule)
                noisy = True
            follows = search.is_title(index) and (clear or (is_stated and not stray and not titled))
            titled |= search.is_title(index)
            proved = rule and rule.position is not Position.ANY
            if proved or follows or (run >= MIN_CONTEXT_RUN and noisy):
                end, clear = index + 1, True
        else:
            run, clear = 0, False
            stray += len(search.lines[index].normalized) * search.lines[index].is_text
            if stray > MAX_UNEXPLAINED_HEAD or search.marked:
                break
    return end


def _take_between(search: LineLabels, head: range) -> None:
    """Take what stands in the frame between noise: site names, menu words, uploaders; not what reads like a text.

    Above the title, or above a START mark, any line goes, but not many where no noise stands among them; below it one
    or two short ones between noise.
    """
    first_title = next((i for i in head if search.is_title(i)), -1)
    mark = max((i for i, rule in search.rules.items() if rule.position is Position.HEADER_END), default=-1)
    if first_title > MAX_UNKNOWN_HEAD and not any(map(search.is_noise, range(first_title))):
        first_title = -1
    gap = 0
    for index in head:
        line = search.lines[index]
        if index in search.removed_by:
            gap = 0
            continue
        if index in search.protected:
            continue
        gap += 1
        short = len(line.normalized) <= 16 and not _official(line.normalized) and gap <= 2
        above = index < first_title and may_be_title(line)
        if rule := search.context_rule(index, head=True):
            search.remove(index, rule)
        elif above or (not line.is_text and (index < max(first_title, mark) or (short and _between(search, index)))):
            search.removed_by[index] = "zone.head"


def _between(search: LineLabels, index: int) -> bool:
    """Whether noise stands within two lines above and within two lines below."""
    above = any(i in search.removed_by for i in range(index - 2, index))
    return above and any(i in search.removed_by for i in range(index + 1, index + 3))


def _official(text: str) -> bool:
    """Whether a short line is of the kind that heads an official text: a number, a bracketed year, a name list."""
    return any(mark in text for mark in "[]第号:、(《")


def _tail_start(search: LineLabels, head: int) -> int:
    """Return the place of the first line behind the document, having taken the noise from there on."""
    lines = search.lines
    start = _walk_up(search, head)
    ends = [
        i
        for i in search.known_within(head, start)
        if i not in search.removed_by and search.ends(i) and not _is_own_list(search, i)
    ]
    if len(ends) == 1 and not _is_followed_up(search, ends[0]):
        ends = []
    allowed = min(MAX_UNEXPLAINED, 0.3 * search.unexplained_chars(range(head, start))) if ends else 0
    start = next((i for i in ends if search.unexplained_chars(range(i, len(lines))) <= allowed), start)
    nothing_else = all(i in search.removed_by for i in range(head, start))
    for index in range(start, len(lines)):
        if index not in search.removed_by and index not in search.protected:
            rule = search.sufficient_rule(index, head=False) or search.context_rule(index, head=False)
            if rule:
                search.remove(index, rule)
            elif not nothing_else:
                search.removed_by[index] = "zone.tail"
    return start


def _is_followed_up(search: LineLabels, end: int) -> bool:
    """Whether the one line that ends the text is not alone: rules know others, or prose stands above it.

    In a list it is a word of it, and so is what stands below.
    """
    known = {search.lines[index].normalized for index in search.known}
    return len(known) > 1 or any(map(search.is_noise, search.removed_by)) or is_prose(search.lines[:end])


def _is_own_list(search: LineLabels, index: int) -> bool:
    """Whether what heads a list of documents heads the text's own: books with their authors, or sentences."""
    if not search.lines[index].has_role(LineRole.LIST_HEAD):
        return False
    return any(not line.rules and _OWN_LIST.fullmatch(line.normalized) for line in search.lines[index + 1 : index + 2])


def _walk_up(search: LineLabels, head: int) -> int:
    """Walk from the bottom over noise and unknown short lines; return the topmost noise line reached."""
    start, unknown = len(search.lines), 0
    for index in range(len(search.lines) - 1, head - 1, -1):
        if search.is_noise(index) or search.sufficient_rule(index, head=False):
            start, unknown = index, 0
        elif not search.context_rule(index, head=False):
            unknown += 1
            if search.lines[index].is_text or unknown > MAX_UNKNOWN_TAIL:
                break
    return start
