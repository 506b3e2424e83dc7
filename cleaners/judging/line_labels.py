"""The state of the search for the document: a page's lines, and which rule takes each of them away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaners.judging.page_lines import Line, Sheet
from cleaners.judging.rulebook import RULEBOOK
from cleaners.noise.blocks import BLOCKS
from cleaners.rules.rule import Place, Rule, Says
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

LONGEST_DATES = 60
"""Characters of the longest line of such days."""

HEAD_LINES = 160
"""How many lines from the top can be the page's frame."""

MENU_PATHS = 3
"""So many paths on one page are a manual's, which lead through the menus of a program."""
_PATHS = frozenset(("nav.crumbs_bare", "nav.crumbs_home", "nav.crumbs_spaced"))


class Verdicts:
    """One page's lines with the verdict on each: the rule that takes it away, or nothing.

    `taken` gives the rule id by place in `lines`, `rules` the rule itself where it is one of the rule book, `stated`
    what blocks state; `marked` says that a START mark tells where the text begins; `kept` are lines that no rule takes,
    for what stands beside them.
    """

    def __init__(self, sheet: Sheet, template: Template | None) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.taken: dict[int, str] = {}
        self.rules: dict[int, Rule] = {}
        self.stated: dict[str, str] = {}
        self.marked = False
        self._facts: dict[tuple[int, str], dict[str, str]] = {}
        self.kept = set(_forms(self.lines)) if _DATED.search(sheet.view) else set()
        if any(word in sheet.view for word in _FORCE):
            self.kept |= set(_in_force(self.lines))
        paths = {i for i, line in enumerate(self.lines) for rule in line.rules if rule.id in _PATHS}
        self.kept |= paths if len(paths) >= MENU_PATHS else set()
        for index, line in enumerate(self.lines):
            if line.spans and _is_covered(sheet.view, line):
                self.taken[index] = line.spans[0].rule.id
        for block in (*BLOCKS, *(template.blocks if template else ())):
            self._take_block(block)

    def take(self, index: int, rule: Rule) -> None:
        """Let `rule` take a line away."""
        self.taken[index] = rule.id
        self.rules[index] = rule

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
        rules = self.lines[index].rules
        if not rules or index in self.kept:
            return None
        wrong = (Place.TAIL, Place.END) if head else (Place.HEAD,)
        return next((r for r in rules if not r.weak and r.place not in wrong), None)

    def ends(self, index: int) -> bool:
        """Whether a rule says that the text has ended above this line."""
        return any(
            rule.place is Place.END or (rule.place is Place.START and rule.says is Says.CUT)
            for rule in self.lines[index].rules
            if not rule.weak
        )

    def weak(self, index: int, *, head: bool) -> Rule | None:
        """Return the rule that can take this line away between other noise."""
        rules = self.lines[index].rules
        if not rules or index in self.kept:
            return None
        wrong = Place.TAIL if head else Place.HEAD
        return next((r for r in rules if r.place is not wrong), None)

    def facts(self, index: int) -> dict[str, str]:
        """Return what the rule that takes this line reads from it."""
        rule = self.rules[index]
        if not RULEBOOK.states(rule):
            return {}
        if (index, rule.id) not in self._facts:
            self._facts[index, rule.id] = RULEBOOK.facts(rule, self.lines[index].view)
        return self._facts[index, rule.id]

    def stray(self, indices: range) -> int:
        """Count the characters of lines that read like a document and that nothing explains as noise."""
        return sum(
            len(self.lines[i].view)
            for i in indices
            if i not in self.taken and not self.lines[i].rules and self.lines[i].is_text
        )


def _in_force(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that say from when a rule holds, and of the day of publication beside them."""
    for index, line in enumerate(lines):
        if len(line.view) <= LONGEST_DATES and _IN_FORCE.search(line.view):
            yield index
            yield from (i for i in (index - 1, index + 1) if 0 <= i < len(lines) and _PUBLISHED.search(lines[i].view))


def _is_covered(view: str, line: Line) -> bool:
    """Whether spans take all of a line but blanks."""
    left = sum(not c.isspace() for c in view[line.start : line.end])
    return left == sum(not c.isspace() for hit in line.spans for c in view[hit.start : hit.end])


def _forms(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines of a form within the text: when something was, beside where or with whom."""
    for index, (line, below) in enumerate(pairwise(lines)):
        for when, form in ((line, below), (below, line)):
            if _WHEN.fullmatch(when.view) and _FORM.fullmatch(form.view):
                yield from (index, index + 1)


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
                if not end and last - first > block.least:
                    yield first, last - 1
                break
        else:
            if not end:
                yield first, min(len(lines), first + block.lines + 1) - 1
