"""Where the document begins and ends on a page, and which lines around and inside it are noise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cleaners.judging.line_labels import HEAD_LINES, Verdicts
from cleaners.judging.page_lines import Sheet
from cleaners.judging.title import may_be_title
from cleaners.judging.title_lines import find_title, take_titles
from cleaners.model import Edit
from cleaners.rules.rule import Hit, Place
from cleaners.templates import Template

STRAY_TEXT = 200
"""Characters of text-like lines that may stand beyond a START or END mark before the mark is no longer believed."""

STRAY_HEAD = 20
"""Characters of text-like lines that the walk from the top passes in search of more noise."""

UNKNOWN_TAIL = 3
"""So many lines that nothing explains may stand between noise below the text."""

WEAK_RUN = 3
"""So many weak hits in a row prove each other."""

LIST = 3
"""So many titles with their day or price, and no other text, are a list of documents, not one."""

_OWN_LIST = re.compile(r"《[^《》]{1,30}》[ /·(]{0,2}[^《》。,;!?]{2,16}|\[\d{1,2}\].{8,}|.{24,}。")
_LISTED = re.compile(
    r"[^。;!?]{6,80}?(?: ?\(?(?:(?:19|20)\d\d[-/.])?\d{1,2}[-/.]\d{1,2}\)?"
    r"|\.?(?:docx?|pptx?|xlsx?|pdf)(?: ?[A-Z]{3,4} .{0,30})?)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Zones:
    """What the search found: removals, the rules that hit, the title; `is_open` if a line stays that rules know."""

    edits: list[Edit] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    title: str | None = None
    stated: dict[str, str] = field(default_factory=dict)
    is_open: bool = False


def find(sheet: Sheet, template: Template | None, known: Sequence[str], *, is_clean: bool = False) -> Zones:
    """Find the document on the page.

    `known` are titles stated outside the text, best first. `is_clean` says that the text was cleaned before: its title
    is the one known, or it has none.
    """
    search = Verdicts(sheet, template)
    head = _walk_down(search, _believed_start(search))
    title = (known[0] if known else None) if is_clean else find_title(search, head, known)
    take_titles(search, title, head, in_frame=not is_clean)
    head = _walk_down(search, head, is_stated=bool(known) and not is_clean)
    _take_between(search, range(head))
    tail = _tail_start(search, head)
    take_titles(search, title, head, in_frame=False)
    for index in range(head, tail):
        rule = next((r for r in search.lines[index].rules if r.place is Place.ANY and not r.weak), None)
        if rule and index not in search.taken:
            search.take(index, rule)
    _take_rest(search)
    return _result(search, title)


def _take_rest(search: Verdicts) -> None:
    """Take what is left when all of it is what rules know, or a list of other documents: the page has no text then."""
    if not any(map(search.is_noise, search.taken)):
        return
    left = [index for index in range(len(search.lines)) if index not in search.taken]
    listed = 0
    for index in left:
        line = search.lines[index]
        is_listed = bool(_LISTED.fullmatch(line.view))
        if not (line.rules or is_listed):
            return
        listed += is_listed
    if listed < LIST and not all(search.lines[index].rules for index in left):
        return
    for index in left:
        if rules := search.lines[index].rules:
            search.take(index, rules[0])
        else:
            search.taken[index] = "zone.list"


def _result(search: Verdicts, title: str | None) -> Zones:
    zones = Zones(title=title, stated=search.stated)
    ends = [*(line.start for line in search.lines[1:]), len(search.sheet.text)]
    for index, line in enumerate(search.lines):
        if index in search.taken:
            zones.edits.append(Edit(line.start, ends[index], "", search.taken[index]))
            if rule := search.rules.get(index):
                zones.hits.append(Hit(rule, line.start, line.end, search.facts(index)))
            else:
                zones.hits += line.spans
        else:
            zones.is_open |= bool(line.rules or line.spans)
            zones.hits += line.spans
            zones.edits += [Edit(hit.start, hit.end, "", hit.rule.id) for hit in line.spans]
    return zones


def _believed_start(search: Verdicts) -> int:
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


def _walk_down(search: Verdicts, start: int, *, is_stated: bool = False) -> int:
    """Walk from `start` over noise, titles and a little text; return the place behind the last noise met.

    Behind a START mark the text is next: there the walk passes nothing that is not noise. A title stated outside the
    text (`is_stated`) has nothing but the frame above it.
    """
    end, stray, run, clear, titled = start, 0, 0, True, False
    noisy = any(map(search.is_noise, search.taken))
    for index in range(start, min(len(search.lines), HEAD_LINES)):
        rule = search.strong(index, head=True)
        if index in search.taken or rule or search.weak(index, head=True):
            run += search.taken.get(index) != "title.line"
            if rule and index not in search.taken:
                search.take(index, rule)
                noisy = True
            follows = search.taken.get(index) == "title.line" and (clear or (is_stated and not stray and not titled))
            titled |= search.taken.get(index) == "title.line"
            proved = rule and rule.place is not Place.ANY
            if proved or follows or (run >= WEAK_RUN and noisy):
                end, clear = index + 1, True
        else:
            run, clear = 0, False
            stray += len(search.lines[index].view) * search.lines[index].is_text
            if stray > STRAY_HEAD or search.marked:
                break
    return end


def _take_between(search: Verdicts, head: range) -> None:
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
        above = index < first_title and may_be_title(line)
        if rule := search.weak(index, head=True):
            search.take(index, rule)
        elif above or (not line.is_text and (index < max(first_title, mark) or (short and _between(search, index)))):
            search.taken[index] = "zone.head"


def _between(search: Verdicts, index: int) -> bool:
    """Whether noise stands within two lines above and within two lines below."""
    above = any(i in search.taken for i in range(index - 2, index))
    return above and any(i in search.taken for i in range(index + 1, index + 3))


def _official(text: str) -> bool:
    """Whether a short line is of the kind that heads an official text: a number, a bracketed year, a name list."""
    return any(mark in text for mark in "[]第号:、(《")


def _tail_start(search: Verdicts, head: int) -> int:
    """Return the place of the first line behind the document, having taken the noise from there on."""
    lines = search.lines
    start = _walk_up(search, head)
    ends = [i for i in range(head, start) if i not in search.taken and search.ends(i) and not _is_own_list(search, i)]
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


def _is_own_list(search: Verdicts, index: int) -> bool:
    """Whether what heads a list of documents heads the text's own: books with their authors, or sentences."""
    if not any(rule.id == "related.head" for rule in search.lines[index].rules):
        return False
    return any(not line.rules and _OWN_LIST.fullmatch(line.view) for line in search.lines[index + 1 : index + 2])


def _walk_up(search: Verdicts, head: int) -> int:
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
