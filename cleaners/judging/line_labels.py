"""The state of the search for the document: a page's lines, and which rule takes each of them away."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from cleaners.judging.frame_proof import is_prose
from cleaners.judging.own_lines import own_lines
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.noise.blocks import BLOCKS
from cleaners.rules.rule import BELOW_TEXT, LineRole, Position, Rule, TruncationSignal
from cleaners.templates import Block, Template

HEAD_LINES = 160
"""How many lines from the top can be the page's frame."""

EDITOR = 9
"""Rank of what an editor's sentence states: it counts only where nothing else does."""

_NO_FACTS: Mapping[str, str] = {}
_STATING = {rule.id: rule for rule in RULEBOOK.rules if rule.id in RULEBOOK.stating}

TITLE_LINE = "title.line"
"""What takes the title's own line away: no rule of the rule book, and the line is no noise."""


class LineLabels:
    """One page's lines with the verdict on each: the rule that takes it away, or nothing.

    `removed_by` gives the rule id by place in `lines`, `rules` the rule itself where it is one of the rule book,
    `stated` what blocks state; `marked` says that a HEADER_END line tells where the text begins, `is_bare` that no page
    surrounds it, `is_stated` that it says the title, `is_exported` that the page has the form of an exported file,
    `is_guessed` that nothing but its place at the top speaks for the title found first;
    `stated_titles` are titles that lines name; `known` are the places of the lines that rules know, `of_site` those of
    lines that the site's profile has taken, `of_blocks` those of lines in blocks; from `text_starts` on no line is the
    title, if that is known; `titled` gives the places of the lines that are a title, by what two writings of it share.
    """

    def __init__(self, sheet: PageLines, template: Template | None) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.removed_by: dict[int, str] = {}
        self.rules: dict[int, Rule] = {}
        self.stated: dict[str, str] = {}
        self.marked = False
        self.is_bare = False
        self.is_stated = False
        self.is_exported = False
        self.is_guessed = False
        self.stated_titles: list[str] = []
        self.text_starts = 0
        self.of_site: set[int] = set()
        self.of_blocks: set[int] = set()
        self.titled: dict[str, list[int]] = {}
        self._facts: dict[tuple[int, str], Mapping[str, str]] = {}
        self._protected: set[int] | None = None
        self.known = [index for index, line in enumerate(self.lines) if line.rules]
        for index, line in enumerate(self.lines):
            if line.spans and _is_covered(sheet.normalized, line):
                self.removed_by[index] = line.spans[0].rule.id
        self._take_blocks([*BLOCKS, *(template.blocks if template else ())])

    @property  # a cached one would make all attributes slow: they would move to a dictionary
    def protected(self) -> set[int]:
        """Return the places of the lines that no rule takes, looked for when they are first asked for.

        Where nothing may be taken, nobody asks; what a site's frame shows is added (`site_frame.py`).
        """
        if self._protected is None:
            self._protected = own_lines(self.sheet, self.known)
        return self._protected

    def remove(self, index: int, rule: Rule) -> None:
        """Let `rule` take a line away."""
        self.removed_by[index] = rule.id
        self.rules[index] = rule

    def known_within(self, start: int, end: int) -> list[int]:
        """Return the places from `start` to before `end` of lines that rules know."""
        return self.known[bisect_left(self.known, start) : bisect_left(self.known, end)]

    def closed(self) -> set[int]:
        """Return the places of the lines of which nothing is to be decided any more: taken ones, and the text's own."""
        return {*self.removed_by, *self.protected}

    def _take_blocks(self, blocks: Sequence[Block]) -> None:
        begins = _begins(tuple(block.begin for block in blocks))
        heads = [place for place, line in enumerate(self.lines) if begins.fullmatch(line.normalized)]
        for block in blocks if heads else ():
            self._take_block(block, heads)

    def _take_block(self, block: Block, heads: Sequence[int]) -> None:
        for first, last in _runs(self.lines, block, heads):
            for index in range(first, last + 1):
                rules = self.lines[index].rules
                self.removed_by[index] = block.id
                self.of_blocks.add(index)
                if rules:
                    self.rules[index] = rules[0]
            if block.states:
                self.stated[block.states] = "\n".join(self.lines[i].normalized for i in range(first + 1, last + 1))

    def are_verses(self) -> bool:
        """Whether the page is no prose and nothing on it says of a frame: the title again is a verse, or an item."""
        return not self.is_stated and all(at in self.protected for at in self.known) and not is_prose(self.lines)

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
        wrong = BELOW_TEXT if head else (Position.HEAD,)
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

    def facts(self, index: int) -> Mapping[str, str]:
        """Return what the rule that takes this line reads from it; one that reads nothing hides no other that does."""
        line, name = self.lines[index], self.rules[index].id
        if name not in _STATING:
            name = next((rule.id for rule in line.rules if rule.id in _STATING), "")
        if not name:
            return _NO_FACTS
        if (index, name) not in self._facts:  # `_stated` forgets those of a page with more lines than it remembers
            self._facts[index, name] = _stated(name, line.normalized)
        return self._facts[index, name]

    def named_titles(self) -> list[tuple[int, str]]:
        """Return the titles that lines of the frame name, with the ranks of their rules, best first."""
        places = sorted(self.rules, key=lambda place: (self.rules[place].rank, place))
        return [(self.rules[place].rank, found) for place in places if (found := self.facts(place).get("title"))]

    def unexplained_chars(self, indices: Sequence[int]) -> int:
        """Count the characters of lines that read like a document and that nothing explains as noise."""
        return sum(
            len(self.lines[i].normalized)
            for i in indices
            if i not in self.removed_by and not self.lines[i].rules and self.lines[i].is_text
        )


@lru_cache(maxsize=4096)  # the pages of a site have most lines of their frame in common
def _stated(rule_id: str, line: str) -> Mapping[str, str]:
    """Return what a rule reads from a line."""
    return RULEBOOK.facts(_STATING[rule_id], line)


def _is_covered(view: str, line: Line) -> bool:
    """Whether spans take all of a line but blanks, wherever it stands."""
    left = sum(not c.isspace() for c in view[line.start : line.end])
    anywhere = (hit for hit in line.spans if hit.rule.position is not Position.HEAD)
    return left == sum(not c.isspace() for hit in anywhere for c in view[hit.start : hit.end])


@lru_cache(maxsize=64)
def _begins(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return how any of some blocks begins; most lines begin none."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _runs(lines: Sequence[Line], block: Block, heads: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each run of lines that is such a block; `heads` begin this or another one."""
    begin, end, inner = block.compiled()
    for first in [place for place in heads if begin.fullmatch(lines[place].normalized)]:
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
