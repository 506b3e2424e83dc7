"""Where the frame above the text ends, and where that below it begins: the walks from the top and from the bottom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from cleaners.judging import frame_facts
from cleaners.judging.frame_proof import is_prose
from cleaners.judging.line_labels import HEAD_LINES, TITLE_LINE, LineLabels
from cleaners.judging.page_lines import TIME, Line
from cleaners.judging.title_form import may_be_title
from cleaners.judging.titles import MAX_TITLE, comparable
from cleaners.rules.rule import LineRole, Position

MAX_UNEXPLAINED = 200
"""Characters of lines that read like a text, above a HEADER_END or below a FOOTER_START line that is believed."""

MAX_UNEXPLAINED_HEAD = 20
"""Characters of lines that read like a text, which the walk from the top passes in search of more noise."""

MAX_UNKNOWN_HEAD = 6
"""So many lines that nothing explains may stand above the title where no noise does."""

MAX_UNKNOWN_TAIL = 3
"""So many lines that nothing explains may stand between noise below the text."""

MIN_CONTEXT_RUN = 3
"""So many weak hits in a row prove each other."""

MIN_DATED = 3
"""So many titles with their days, and nothing else, are a list of other documents."""

MIN_SHELF, MIN_SHELVED = 3, 5
"""So many names of other texts above the title are a list of them; characters of each, at least: persons have less."""
MAX_FACTS = 2
"""So many lines of facts stand below the title of such a page at most."""
DOUBT, DOUBT_OF_ONE = 0.5, 1.0
"""The score up to which a line may head the text where the title above it closes the frame, and the same of one line
where another of its form heads a part of the text."""
MAX_HEADING, MIN_PART = 24, 25
"""Characters of the longest heading of a part, and of the first line of the shortest part."""
_MARKS = frozenset(",。;!?:、")

_DATED = re.compile(r"[^。;!?]{4,60}?[ (]?(?:(?:19|20)\d\d[-/.])?\d{1,2}[-/]\d{1,2}\)?")
_ISSUED = re.compile(r"[一-鿿]{2,12}[\[(](?:19|20)\d\d[\])] ?(?:第 ?)?\d{1,5} ?号")
"""The number under which an office issued a text, above its title."""
_OWN_LIST = re.compile(r"《[^《》]{1,30}》[ /·(]{0,2}[^《》。,;!?]{2,16}|\[\d{1,2}\].{8,}|.{24,}。")


def believed_start(search: LineLabels) -> int:
    """Return the place below the last HEADER_END line that has next to no text above it, having taken what is above."""
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
# lines that read like a document may come to MAX_UNEXPLAINED_HEAD characters (`stray`) in between, below a
# HEADER_END line to none.
#     首页 > 通知    proved       end = 1
#     老秋           unknown      clear is lost
#     12KB  3页      known        run of 2: no proof
#     各村：         text         the walk may end; the document begins at line 1
def walk_down(search: LineLabels, start: int) -> int:
    """Walk from `start` over noise, titles and a little text; return the place behind the last noise met.

    Below a HEADER_END line the text is next: there the walk passes nothing but noise. A title stated outside the text
    has nothing but the frame above it.
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
            follows = search.is_title(index) and (clear or (search.is_stated and not stray and not titled))
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


def take_between(search: LineLabels, head: range) -> None:
    """Take what stands in the frame between noise: site names, menu words, uploaders; not what reads like a text.

    Above the title, or above a HEADER_END line, any line goes, but not many where no noise stands among them; below it
    one or two short ones between noise.
    """
    first_title = next((i for i in head if search.is_title(i)), -1)
    mark = max((i for i, rule in search.rules.items() if rule.position is Position.HEADER_END), default=-1)
    is_alone = first_title > MAX_UNKNOWN_HEAD and not any(map(search.is_noise, range(first_title)))
    if first_title >= 0 and (is_alone or not _heads_text(search, first_title)):
        first_title = -1
    gap = 0
    for index in head:
        line = search.lines[index]
        if index in search.removed_by:
            gap = 0
            continue
        if index in search.protected or (search.is_title(index + 1) and _ISSUED.fullmatch(line.normalized)):
            continue
        gap += 1
        short = len(line.normalized) <= 16 and not _official(line.normalized) and gap <= 2
        above = index < first_title and may_be_title(line)
        if rule := search.context_rule(index, head=True):
            search.remove(index, rule)
        elif above or (not line.is_text and (index < max(first_title, mark) or (short and _between(search, index)))):
            search.removed_by[index] = "zone.head"


def _heads_text(search: LineLabels, title: int) -> bool:
    """Whether a text stands below a title, or more than above it; if not, it was said again below its text."""
    left = [at for at in range(len(search.lines)) if at not in search.removed_by]
    above, below = [search.lines[at] for at in left if at < title], [search.lines[at] for at in left if at > title]
    return any(line.is_text for line in below) or _chars(below) > _chars(above)


def _chars(lines: Sequence[Line]) -> int:
    return sum(len(line.normalized) for line in lines)


def take_shelf(search: LineLabels, title: str) -> None:
    """Take the names of other texts that a page lists above its title, which stands on both sides of its facts.

    Noise stands above such a list, and each of its lines has the form of a title.
    """
    name, head = comparable(title), search.lines[:HEAD_LINES]
    facts = [at for at in search.known_within(0, HEAD_LINES) if head[at].has_role(LineRole.BYLINE)]
    near = {at for fact in facts for at in range(fact - MAX_FACTS, fact + MAX_FACTS + 1) if 0 <= at < len(head)}
    same = [at for at in sorted(near) if comparable(head[at].normalized) == name]
    stated = next((pair for pair in pairwise(same) if _are_facts(search, range(pair[0] + 1, pair[1]))), (0, 0))
    left = [at for at in range(stated[0]) if at not in search.removed_by]
    if len(left) < MIN_SHELF or not any(map(search.is_noise, range(left[0]))):
        return
    if not any(at in search.protected for at in left) and all(_is_shelved(search.lines[at]) for at in left):
        search.removed_by |= {**dict.fromkeys(left, "zone.head"), **dict.fromkeys(stated, TITLE_LINE)}


def take_menu(search: LineLabels, title: str) -> None:
    """Take all above the title where the page's facts, with the time of day, stand next below it, and the text below.

    No sentence stands above, and more lines than a text has above its title: a list there is the page's menu.
    """
    name, near = comparable(title), enumerate(pairwise(search.lines[: HEAD_LINES + 1]))
    facts = (at for at, (_, below) in near if TIME.search(below.normalized) and frame_facts.is_byline(below))
    place = next((at for at in facts if comparable(search.lines[at].normalized[:MAX_TITLE]) == name), 0)
    left = [at for at in range(place) if at not in search.removed_by]
    if len(left) <= MAX_UNKNOWN_HEAD or not is_prose(search.lines[place + 2 : place + 2 + MAX_UNKNOWN_HEAD]):
        return
    if not any("。" in search.lines[at].normalized for at in left):
        search.removed_by |= dict.fromkeys([*left, place + 1], "zone.head") | {place: TITLE_LINE}


def first_headings(search: LineLabels, scores: Mapping[int, float]) -> set[int]:
    """Return the places of lines next above the text that are hardly noise, below a title on both sides of its facts.

    The title said again closes the frame, so they are the text's first heading, or its author; a heading of a part is
    surer where the text has another one. `scores` are those of the lines that are to go above the text, by place.
    """
    titled = [at for at in range(min(HEAD_LINES, len(search.lines))) if search.is_title(at)]
    if not titled or not any(map(search.is_noise, range(titled[0], titled[-1]))):
        return set()
    closed = titled[-1] + 1
    text = next((at for at in range(closed, len(search.lines)) if at not in search.removed_by and at not in scores), 0)
    limit = DOUBT_OF_ONE if text - 1 == closed and _heads_one_of_several(search, closed) else DOUBT
    near = takewhile(
        lambda at: scores.get(at, limit) < limit and not search.lines[at].rules, range(text - 1, closed - 1, -1)
    )
    return set(near)


def _heads_one_of_several(search: LineLabels, place: int) -> bool:
    """Whether a line heads a part of the text, as a line of its form does below."""
    left = [search.lines[at] for at in range(place, len(search.lines)) if at == place or at not in search.removed_by]
    return _heads_part(*left[:2]) and any(_heads_part(line, below) for line, below in pairwise(left[2:]))


def _heads_part(line: Line, below: Line) -> bool:
    """Whether a line is short, without a mark, and stands next above prose."""
    is_short = not line.is_text and not line.rules and len(line.normalized) <= MAX_HEADING
    return is_short and _MARKS.isdisjoint(line.normalized) and below.is_text and len(below.normalized) >= MIN_PART


def _is_shelved(line: Line) -> bool:
    return len(line.normalized) >= MIN_SHELVED and not line.is_text and may_be_title(line)


def _are_facts(search: LineLabels, places: range) -> bool:
    """Whether one or two lines are taken, and say when and by whom a text was published."""
    are_taken = 1 <= len(places) <= MAX_FACTS and all(map(search.is_noise, places))
    return are_taken and any(search.lines[at].has_role(LineRole.BYLINE) for at in places)


def _between(search: LineLabels, index: int) -> bool:
    """Whether noise stands within two lines above and within two lines below."""
    above = any(i in search.removed_by for i in range(index - 2, index))
    return above and any(i in search.removed_by for i in range(index + 1, index + 3))


def _official(text: str) -> bool:
    """Whether a short line is of the kind that heads an official text: a number, a bracketed year, a name list."""
    return any(mark in text for mark in "[]第号:、(《")


def tail_start(search: LineLabels, head: int) -> int:
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
    start = next((i for i in ends if _is_foot(search, i, allowed)), start)
    nothing_else = all(i in search.removed_by for i in range(head, start))
    for index in range(start, len(lines)):
        if index not in search.removed_by and index not in search.protected:
            rule = search.sufficient_rule(index, head=False) or search.context_rule(index, head=False)
            if rule:
                search.remove(index, rule)
            elif not nothing_else:
                search.removed_by[index] = "zone.tail"
    return start


def _is_foot(search: LineLabels, end: int, allowed: float) -> bool:
    """Whether little text stands from one line on, or no sentence and little else beside many names, some of which ask.

    Few are what is answered below a text.
    """
    below = range(end, len(search.lines))
    if search.unexplained_chars(below) <= allowed:
        return True
    if len(below) <= MAX_UNKNOWN_HEAD:
        return False
    said = [at for at in below if "。" in search.lines[at].normalized]
    others = [at for at in below if not may_be_title(search.lines[at])]
    return not search.unexplained_chars(said) and search.unexplained_chars(others) <= allowed


def _is_followed_up(search: LineLabels, end: int) -> bool:
    """Whether the one line that ends the text is not alone: rules know others, or prose stands above it.

    Else it is a word of a list, as are the lines below it.
    """
    known = {search.lines[index].normalized for index in search.known}
    below = search.lines[end + 1 :]
    if len(below) >= MIN_DATED and all(_DATED.fullmatch(line.normalized) for line in below):
        return True
    return len(known) > 1 or any(map(search.is_noise, search.removed_by)) or is_prose(search.lines[:end])


def _is_own_list(search: LineLabels, index: int) -> bool:
    """Whether what heads a list of documents heads the text's own: books with their authors, or sentences."""
    if not search.lines[index].has_role(LineRole.LIST_HEAD):
        return False
    return any(not line.rules and _OWN_LIST.fullmatch(line.normalized) for line in search.lines[index + 1 : index + 2])


def _walk_up(search: LineLabels, head: int) -> int:
    """Walk from the bottom over noise and unknown short lines; return the topmost noise line reached.

    What rules take anywhere is passed, and is none where unknown lines stand below it.
    """
    start, unknown = len(search.lines), 0
    for index in range(len(search.lines) - 1, head - 1, -1):
        rule = search.rules.get(index) or search.sufficient_rule(index, head=False)
        if search.is_noise(index) or rule:
            if unknown and rule and rule.position is Position.ANY:
                continue  # it stands inside texts, too, and tells nothing of the lines below it
            start, unknown = index, 0
        elif not search.context_rule(index, head=False):
            unknown += 1
            if search.lines[index].is_text or unknown > MAX_UNKNOWN_TAIL:
                break
    return start
