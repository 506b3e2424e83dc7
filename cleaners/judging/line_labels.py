"""The state of the search for the document: a page's lines, and which rule takes each of them away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.noise.blocks import BLOCKS
from cleaners.rules.rule import LineRole, Position, Rule, TruncationSignal
from cleaners.templates import Block, Template

_DATED = re.compile(r"时间 ?:|日期 ?:")
_WHEN = re.compile(r"(?:会议|活动|培训|召开|上课)?(?:时间|日期) ?:.*")
_FORM = re.compile(
    r"(?:会议|活动|培训|上课)?(?:地点|地址|主持|记录|出席|列席|缺席|参加|参会|与会|议题|主题|内容|对象|天气|班级|授课|执教|课题)"
    r"(?:人员?|者)?(?:名单)? ?:.*"
)
"""Minutes, plans and diaries state when and where side by side."""
_FORCE = ("实施", "施行", "生效")
_IN_FORCE = re.compile(r"(?:实施|施行|生效)(?:日期|时间)? ?:? ?(?:19|20)\d\d|\d日? ?(?:实施|施行|生效)(?:$|[ )])")
_PUBLISHED = re.compile(r"^(?:发布|颁布|批准|公布|修订)|(?:发布|颁布|批准|公布)$")
"""Standards and rules state in their heads from when they hold, beside the day they were published."""

MAX_DATES_LINE = 60
"""Characters of the longest line of such days."""

MAX_ITEM, BESIDE, MIN_BESIDE = 8, 3, 2
"""Characters of the longest word of a list; of so many lines above and below one that a rule knows, so many are words."""

MAX_KNOWN_SHARE = 0.1
"""Share of lines that rules know by chance in a list of words."""

MARGIN = 12
"""So many lines at either end of a page may be its frame where nothing but a mark says so."""

HEAD_LINES = 160
"""How many lines from the top can be the page's frame."""

MENU_PATHS = 3
"""So many paths on one page are a manual's, which lead through the menus of a program."""

TITLE_LINE = "title.line"
"""What takes the title's own line away: no rule of the rule book, and the line is no noise."""


class LineLabels:
    """One page's lines with the verdict on each: the rule that takes it away, or nothing.

    `removed_by` gives the rule id by place in `lines`, `rules` the rule itself where it is one of the rule book, `stated`
    what blocks state; `marked` says that a START mark tells where the text begins, `is_bare` that
    no page surrounds it; `protected` are lines that no rule takes, for what stands beside them.
    """

    def __init__(self, sheet: PageLines, template: Template | None) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.removed_by: dict[int, str] = {}
        self.rules: dict[int, Rule] = {}
        self.stated: dict[str, str] = {}
        self.marked = False
        self.is_bare = False
        self._facts: dict[tuple[int, str], dict[str, str]] = {}
        self.protected = set(_forms(self.lines)) if _DATED.search(sheet.normalized) else set()
        if any(word in sheet.normalized for word in _FORCE):
            self.protected |= set(_in_force(self.lines))
        paths = {i for i, line in enumerate(self.lines) for rule in line.rules if rule.role is LineRole.BREADCRUMB}
        self.protected |= paths if len(paths) >= MENU_PATHS else set()
        self.protected |= {*_items(self.lines), *_inner_marks(self.lines)}
        for index, line in enumerate(self.lines):
            if line.spans and _is_covered(sheet.normalized, line):
                self.removed_by[index] = line.spans[0].rule.id
        for block in (*BLOCKS, *(template.blocks if template else ())):
            self._take_block(block)

    def remove(self, index: int, rule: Rule) -> None:
        """Let `rule` take a line away."""
        self.removed_by[index] = rule.id
        self.rules[index] = rule

    def _take_block(self, block: Block) -> None:
        for first, last in _runs(self.lines, block):
            for index in range(first, last + 1):
                rules = self.lines[index].rules
                self.removed_by[index] = block.id
                if rules:
                    self.rules[index] = rules[0]
            if block.states:
                self.stated[block.states] = " ".join(self.lines[i].normalized for i in range(first + 1, last + 1))

    def is_noise(self, index: int) -> bool:
        """Whether the line is taken, and not as the title."""
        return self.removed_by.get(index, TITLE_LINE) != TITLE_LINE

    def is_title(self, index: int) -> bool:
        """Whether the line is taken as the title."""
        return self.removed_by.get(index) == TITLE_LINE

    def with_role(self, role: LineRole) -> list[Line]:
        """Return the lines taken so far that are such a line of the page."""
        return [self.lines[index] for index, rule in self.rules.items() if rule.role is role]

    def sufficient_rule(self, index: int, *, head: bool) -> Rule | None:
        """Return the rule that can take this line away here by itself."""
        rules = self.lines[index].rules
        if not rules or index in self.protected:
            return None
        wrong = (Position.TAIL, Position.FOOTER_START) if head else (Position.HEAD,)
        return next((r for r in rules if not r.context_only and r.position not in wrong), None)

    def ends(self, index: int) -> bool:
        """Whether a rule says that the text has ended above this line."""
        return index not in self.protected and any(
            rule.position is Position.FOOTER_START
            or (rule.position is Position.HEADER_END and rule.signal is TruncationSignal.CUT)
            for rule in self.lines[index].rules
            if not rule.context_only
        )

    def context_rule(self, index: int, *, head: bool) -> Rule | None:
        """Return the rule that can take this line away between other noise."""
        rules = self.lines[index].rules
        if not rules or index in self.protected:
            return None
        wrong = Position.TAIL if head else Position.HEAD
        return next((r for r in rules if r.position is not wrong), None)

    def facts(self, index: int) -> dict[str, str]:
        """Return what the rule that takes this line reads from it; one that reads nothing hides no other that does."""
        rule = next(filter(RULEBOOK.states, (self.rules[index], *self.lines[index].rules)), None)
        if not rule:
            return {}
        if (index, rule.id) not in self._facts:
            self._facts[index, rule.id] = RULEBOOK.facts(rule, self.lines[index].normalized)
        return self._facts[index, rule.id]

    def unexplained_chars(self, indices: range) -> int:
        """Count the characters of lines that read like a document and that nothing explains as noise."""
        return sum(
            len(self.lines[i].normalized)
            for i in indices
            if i not in self.removed_by and not self.lines[i].rules and self.lines[i].is_text
        )


def _items(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of single words that rules know within a list of words that none knows: they are its items.

    A page's frame holds many lines that rules know, a list of words one by chance.
    """
    if sum(bool(line.rules) for line in lines) > MAX_KNOWN_SHARE * len(lines):
        return
    plain = [not line.rules and not line.is_text and len(line.normalized) <= MAX_ITEM for line in lines]
    for index, line in enumerate(lines):
        if line.rules and len(line.normalized) <= MAX_ITEM:
            above, below = plain[max(0, index - BESIDE) : index], plain[index + 1 : index + 1 + BESIDE]
            if min(sum(above), sum(below)) >= MIN_BESIDE:
                yield index


def _inner_marks(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines of marks alone far from both ends, on a page where rules know nothing else."""
    known = [index for index, line in enumerate(lines) if line.rules]
    if not any(char.isalnum() for index in known for char in lines[index].normalized):
        yield from (index for index in known if MARGIN <= index < len(lines) - MARGIN)


def _in_force(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that say from when a rule holds, and of the day of publication beside them."""
    for index, line in enumerate(lines):
        if len(line.normalized) <= MAX_DATES_LINE and _IN_FORCE.search(line.normalized):
            yield index
            yield from (
                i for i in (index - 1, index + 1) if 0 <= i < len(lines) and _PUBLISHED.search(lines[i].normalized)
            )


def _is_covered(view: str, line: Line) -> bool:
    """Whether spans take all of a line but blanks."""
    left = sum(not c.isspace() for c in view[line.start : line.end])
    return left == sum(not c.isspace() for hit in line.spans for c in view[hit.start : hit.end])


def _forms(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines of a form within the text: when something was, beside where or with whom."""
    for index, (line, below) in enumerate(pairwise(lines)):
        for when, form in ((line, below), (below, line)):
            if _WHEN.fullmatch(when.normalized) and _FORM.fullmatch(form.normalized):
                yield from (index, index + 1)


def _runs(lines: Sequence[Line], block: Block) -> Iterator[tuple[int, int]]:
    begin, end, inner = block.compiled()
    for first, line in enumerate(lines):
        if not begin.fullmatch(line.normalized):
            continue
        for last in range(first + 1, min(len(lines), first + block.lines + 1)):
            if end and end.fullmatch(lines[last].normalized):
                yield first, last
                break
            if inner and not inner.fullmatch(lines[last].normalized):
                if not end and last - first > block.least:
                    yield first, last - 1
                break
        else:
            if not end:
                yield first, min(len(lines), first + block.lines + 1) - 1
