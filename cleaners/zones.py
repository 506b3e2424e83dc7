"""Where the document begins and ends on a page, and which lines around and inside it are noise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleaners import title as titles
from cleaners.model import Edit
from cleaners.noise.blocks import BLOCKS
from cleaners.rulebook import RULEBOOK
from cleaners.rules import Hit, Place, Rule
from cleaners.sheet import Line, Sheet
from cleaners.templates import Block, Template

STRAY_TEXT = 200
"""Characters of text-like lines that may stand beyond a START or END mark before the mark is no longer believed."""

STRAY_HEAD = 60
"""Characters of text-like lines that the walk from the top passes in search of more noise."""

UNKNOWN_TAIL = 3
"""So many lines that nothing explains may stand between noise below the text."""

NEAR_HEAD = 30
"""So many lines of text may stand above a line that repeats the title: an outline is printed before it."""

REPEATED = 6
"""Letters of a title, at least, that a line of the text may not merely happen to repeat."""

WEAK_RUN = 3
"""So many weak hits in a row prove each other."""

_EXPORTED = re.compile(r"\S[^\n]{0,148}[^\n。;:!,；：！，]\n\n\S[^\n]*(?:\n[^\n]+)*\n?")
"""The form that `scrapy export --txt` writes: title, one empty line, paragraphs."""

EDITOR = 9
"""Rank of what an editor's sentence states: it counts only where nothing else does."""

HEAD_LINES = 160
"""How many lines from the top can be the page's frame."""


@dataclass(slots=True)
class Zones:
    """What the search found: removals, the rules that hit, the title; `is_open` if a line stays that rules know."""

    edits: list[Edit] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    title: str | None = None
    stated: dict[str, str] = field(default_factory=dict)
    is_open: bool = False


class _Search:
    """One page's lines with the verdict on each: the rule that takes it away, or nothing."""

    def __init__(self, sheet: Sheet, template: Template | None) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.taken: dict[int, str] = {}  # place in self.lines -> rule id
        self.rules: dict[int, Rule] = {}
        self.spans: dict[int, list[Hit]] = {}
        self.stated: dict[str, str] = {}  # what blocks state
        self.marked = False  # whether a START mark says where the text begins
        for index, line in enumerate(self.lines if sheet.span_rules else ()):
            self._find_spans(index, line)
        for block in (*BLOCKS, *(template.blocks if template else ())):
            self._take_block(block)

    def take(self, index: int, rule: Rule) -> None:
        self.taken[index] = rule.id
        self.rules[index] = rule

    def _find_spans(self, index: int, line: Line) -> None:
        hits = _spans(self.sheet, line)
        if hits:
            self.spans[index] = hits
            left = sum(not c.isspace() for c in self.sheet.view[line.start : line.end])
            covered = sum(not c.isspace() for hit in hits for c in self.sheet.view[hit.start : hit.end])
            if covered == left:
                self.taken[index] = hits[0].rule.id

    def _take_block(self, block: Block) -> None:
        for first, last in _runs(self.lines, block):
            for index in range(first, last + 1):
                rules = self.lines[index].rules
                self.taken[index] = block.id
                if rules:
                    self.rules[index] = rules[0]
            if block.states:
                self.stated[block.states] = " ".join(self.lines[i].view for i in range(first + 1, last + 1))

    def is_noise(self, index: int) -> bool:
        """Whether the line is taken, and not as the title."""
        return self.taken.get(index, "title.line") != "title.line"

    def strong(self, index: int, *, head: bool) -> Rule | None:
        """Return the rule that can take this line away here by itself."""
        wrong = (Place.TAIL, Place.END) if head else (Place.HEAD,)
        return next((r for r in self.lines[index].rules if not r.weak and r.place not in wrong), None)

    def ends(self, index: int) -> bool:
        """Whether a rule says that the text has ended above this line."""
        return any(rule.place is Place.END and not rule.weak for rule in self.lines[index].rules)

    def weak(self, index: int, *, head: bool) -> Rule | None:
        """Return the rule that can take this line away between other noise."""
        wrong = Place.TAIL if head else Place.HEAD
        return next((r for r in self.lines[index].rules if r.place is not wrong), None)

    def facts(self, index: int) -> dict[str, str]:
        """Return what the rule that takes this line reads from it."""
        return RULEBOOK.facts(self.rules[index], self.lines[index].view)

    def stray(self, indices: range) -> int:
        """Count the characters of lines that read like a document and that nothing explains as noise."""
        return sum(
            len(self.lines[i].view)
            for i in indices
            if i not in self.taken and not self.lines[i].rules and self.lines[i].is_text
        )


def find(sheet: Sheet, template: Template | None, known: Sequence[str], *, is_clean: bool = False) -> Zones:
    """Find the document on the page.

    `known` are titles stated outside the text, best first. `is_clean` says that the text was cleaned before: its title
    is the one known, or it has none.
    """
    search = _Search(sheet, template)
    head = _walk_down(search, _believed_start(search))
    title = (known[0] if known else None) if is_clean else _title(search, head, known)
    _take_titles(search, title, head, in_frame=not is_clean)
    head = _walk_down(search, head)
    _take_between(search, range(head))
    tail = _tail_start(search, head)
    _take_titles(search, title, head, in_frame=False)
    for index in range(head, tail):
        rule = next((r for r in search.lines[index].rules if r.place is Place.ANY and not r.weak), None)
        if rule and index not in search.taken:
            search.take(index, rule)
    left = [index for index in range(len(search.lines)) if index not in search.taken]
    if any(map(search.is_noise, search.taken)) and all(search.lines[index].rules for index in left):
        for index in left:
            search.take(index, search.lines[index].rules[0])
    return _result(search, title)


def _result(search: _Search, title: str | None) -> Zones:
    zones = Zones(title=title, stated=search.stated)
    ends = [*(line.start for line in search.lines[1:]), len(search.sheet.text)]
    for index, line in enumerate(search.lines):
        if index in search.taken:
            zones.edits.append(Edit(line.start, ends[index], "", search.taken[index]))
            if rule := search.rules.get(index):
                zones.hits.append(Hit(rule, line.start, line.end, search.facts(index)))
            else:
                zones.hits += search.spans.get(index, ())
        else:
            zones.is_open |= bool(line.rules or index in search.spans)
            zones.hits += search.spans.get(index, ())
            zones.edits += [Edit(hit.start, hit.end, "", hit.rule.id) for hit in search.spans.get(index, ())]
    return zones


def _believed_start(search: _Search) -> int:
    """Return the place behind the last START mark that has next to no text above it, having taken what is above."""
    lines, start = search.lines, 0
    total = search.stray(range(len(lines)))
    for index in range(min(len(lines), HEAD_LINES)):
        mark = next((rule for rule in lines[index].rules if rule.place is Place.START), None)
        if mark and index not in search.taken and search.stray(range(index)) <= min(STRAY_TEXT, 0.2 * total):
            search.take(index, mark)
            start = index + 1
            search.marked = True
    for index in range(start):
        if index not in search.taken and (rule := search.strong(index, head=True)):
            search.take(index, rule)
    return start


def _walk_down(search: _Search, start: int) -> int:
    """Walk from `start` over noise, titles and a little text; return the place behind the last noise met.

    Behind a START mark the text is next: there the walk passes nothing that is not noise.
    """
    end, stray, run, clear = start, 0, 0, True
    noisy = any(map(search.is_noise, search.taken))
    for index in range(start, min(len(search.lines), HEAD_LINES)):
        rule = search.strong(index, head=True)
        if index in search.taken or rule or search.weak(index, head=True):
            run += search.taken.get(index) != "title.line"
            if rule and index not in search.taken:
                search.take(index, rule)
                noisy = True
            follows = clear and search.taken.get(index) == "title.line"
            proved = rule and rule.place is not Place.ANY
            if proved or follows or (run >= WEAK_RUN and noisy):
                end, clear = index + 1, True
        else:
            run, clear = 0, False
            stray += len(search.lines[index].view) * search.lines[index].is_text
            if stray > STRAY_HEAD or search.marked:
                break
    return end


def _title(search: _Search, head: int, known: Sequence[str]) -> str | None:
    """Return the title as it stands on the page, or as an editor's sentence names it."""
    if search.lines and search.lines[0].view == titles.UNTITLED:
        search.taken[0] = "title.line"
        return None
    first_line = search.sheet.text.split("\n", 1)[0]
    if titles.plain(first_line) and _EXPORTED.fullmatch(search.sheet.text):
        return first_line
    by_rank = sorted(search.rules, key=lambda i: (search.rules[i].rank, i))
    named = [(search.rules[i].rank, found) for i in by_rank if (found := search.facts(i).get("title"))]
    stated = [*known, *(found for rank, found in named if rank < EDITOR)]
    chosen = titles.choose(_free(search, head, stated), stated, _bylines(search))
    if isinstance(chosen, Line):
        below = next((line for line in search.lines if line.start > chosen.end), chosen)
        end = below.end if below.view.startswith("—") and titles.may_be_title(below) else chosen.end
        return search.sheet.text[chosen.start : end]
    if chosen:
        return chosen
    first = next((line for i, line in enumerate(search.lines) if i >= head and i not in search.taken), None)
    glued = titles.glued(_unmarked(first.view)) if first else None
    return glued or next((found for _, found in named), None)


def _unmarked(text: str) -> str:
    return text[2:] if text.startswith("1、") else text


def _bylines(search: _Search) -> list[int]:
    return [search.lines[i].start for i, rule in search.rules.items() if rule.id.startswith(("byline.", "forum."))]


def _free(search: _Search, head: int, stated: Sequence[str]) -> list[Line]:
    """Return the lines of the head that no rule claims, down to the first that reads like a text."""
    sites = {search.facts(i).get("site") for i in search.rules}
    crumbs = [search.lines[i].view for i, rule in search.rules.items() if rule.id.startswith("nav.crumbs")]
    names = {titles.plain(title) for title in stated}
    free: list[Line] = []
    for index, line in enumerate(search.lines[: head + 4]):
        category = len(line.view) <= 8 and any(crumb.endswith(line.view) for crumb in crumbs)
        if index in search.taken or line.rules or line.view in sites or category:
            continue
        if line.is_text and not titles.may_be_title(line) and titles.plain(line.view) not in names:
            break
        free.append(line)
    return free


def _take_titles(search: _Search, title: str | None, head: int, *, in_frame: bool) -> None:
    """Take the title's own lines away: in the frame, and where the page repeats it near the text's head or end."""
    name = titles.plain(titles.tidy(title) or title) if title else ""
    if not name:
        return
    several = any(line.view.startswith("第二篇") for line in search.lines)
    own = [
        i
        for i, line in enumerate(search.lines)
        if i not in search.taken and _is_title(line, name) and not (several and line.view.startswith("第一篇"))
    ]
    mine = set(own)
    others = (i for i in range(len(search.lines) - 1, -1, -1) if i not in search.taken and i not in mine)
    last = next(others, -1) if own else -1
    above, place = 0, head
    for index in own:
        above += sum(i not in search.taken for i in range(place, index))
        place = max(place, index)
        repeat = len(name) >= REPEATED and (above < NEAR_HEAD or index > last)
        if repeat or (in_frame and (index == own[0] or index < head)):
            search.taken[index] = "title.line"


def _is_title(line: Line, name: str) -> bool:
    seen = line.view
    if not len(name) <= len(seen) <= len(name) + 60 or name[0] not in seen.lower():
        return False
    return titles.plain(titles.tidy(seen) or seen) == name


def _take_between(search: _Search, head: range) -> None:
    """Take what stands in the frame between noise: site names, menu words, uploaders; not what reads like a text.

    Above the title, or above a START mark, any line goes; below it one or two short ones between noise.
    """
    first_title = next((i for i in head if search.taken.get(i) == "title.line"), -1)
    mark = max((i for i, rule in search.rules.items() if rule.place is Place.START), default=-1)
    gap = 0
    for index in head:
        line = search.lines[index]
        if index in search.taken:
            gap = 0
            continue
        gap += 1
        short = len(line.view) <= 16 and not _official(line.view) and gap <= 2
        if rule := search.weak(index, head=True):
            search.take(index, rule)
        elif not line.is_text and (index < max(first_title, mark) or (short and _between(search, index))):
            search.taken[index] = "zone.head"


def _between(search: _Search, index: int) -> bool:
    """Whether noise stands within two lines above and within two lines below."""
    above = any(i in search.taken for i in range(index - 2, index))
    return above and any(i in search.taken for i in range(index + 1, index + 3))


def _official(text: str) -> bool:
    """Whether a short line is of the kind that heads an official text: a number, a bracketed year, a name list."""
    return any(mark in text for mark in "[]第号:、(《")


def _tail_start(search: _Search, head: int) -> int:
    """Return the place of the first line behind the document, having taken the noise from there on."""
    lines = search.lines
    start = _walk_up(search, head)
    ends = [i for i in range(head, start) if i not in search.taken and search.ends(i)]
    allowed = min(STRAY_TEXT, 0.3 * search.stray(range(head, start))) if ends else 0
    start = next((i for i in ends if search.stray(range(i, len(lines))) <= allowed), start)
    nothing_else = all(i in search.taken for i in range(head, start))
    for index in range(start, len(lines)):
        if index not in search.taken:
            rule = search.strong(index, head=False) or search.weak(index, head=False)
            if rule:
                search.take(index, rule)
            elif not nothing_else:
                search.taken[index] = "zone.tail"
    return start


def _walk_up(search: _Search, head: int) -> int:
    """Walk from the bottom over noise and unknown short lines; return the topmost noise line reached."""
    start, unknown = len(search.lines), 0
    for index in range(len(search.lines) - 1, head - 1, -1):
        if search.is_noise(index) or search.strong(index, head=False):
            start, unknown = index, 0
        elif not search.weak(index, head=False):
            unknown += 1
            if search.lines[index].is_text or unknown > UNKNOWN_TAIL:
                break
    return start


def _spans(sheet: Sheet, line: Line) -> list[Hit]:
    """Return the spans that rules take from a line of text, first come first served."""
    seen = sheet.view[line.start : line.end]
    found: list[Hit] = []
    hits = [hit for rule in sheet.span_rules for hit in RULEBOOK.find(rule, seen)]
    at = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= at:
            found.append(Hit(hit.rule, line.start + hit.start, line.start + hit.end, hit.facts))
            at = hit.end
    return found


def _runs(lines: Sequence[Line], block: Block) -> Iterator[tuple[int, int]]:
    begin, end, inner = block.compiled()
    for first, line in enumerate(lines):
        if not begin.fullmatch(line.view):
            continue
        for last in range(first + 1, min(len(lines), first + block.lines + 1)):
            if end and end.fullmatch(lines[last].view):
                yield first, last
                break
            if inner and not inner.fullmatch(lines[last].view):
                if not end:
                    yield first, last - 1
                break
        else:
            if not end:
                yield first, min(len(lines), first + block.lines + 1) - 1
