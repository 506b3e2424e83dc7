"""The blocks of a saved page, and which of them regions, classes and heads call none of its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container

from cleaners.markup.alike_blocks import masked
from cleaners.markup.block_sums import MAX_SIBLING_DENSITY, BlockSums
from cleaners.markup.class_words import Words, speaks_of_aside, speaks_of_comments, speaks_of_matter_about
from cleaners.reading.elements import Element
from cleaners.reading.markup import LineMarkup, Region
from cleaners.reading.render import Rendered

FRAME = (Region.NAV, Region.HEADER, Region.FOOTER, Region.ASIDE, Region.DIALOG, Region.FORM)
"""Regions of a page that are none of its text, if they do not hold much of it."""
MAX_FRAME_SHARE, MAX_DIALOG_SHARE = 0.3, 0.85
"""The share of the sentences that a part of the frame holds at most; what a page asks may be longer than its text."""

MAX_ASIDE_SHARE = 0.7
"""The share of a page that a block beside the text holds at most, whatever its class says."""

MAX_HEAD, MIN_COMMENTED = 24, 2
"""Characters of a line that heads readers' comments, and lines that a block has, more than so many, which it heads."""
_COUNTS = re.compile(
    r"\s*(?:(?:全部|所有|最新|最热|热门|精彩|网友|读者|文章|用户)?(?:评论|留言|跟帖|回帖)\s*[(（\[【:：]?\s*\d+\s*[条则个)）\]】]*"
    r"|(?:共|已?有|目前有)*\s*\d+\s*(?:条|则|个|篇)?\s*(?:网友|读者)?(?:评论|留言|跟帖|回帖|comments?|responses?|replies))\s*",
    re.IGNORECASE,
)
"""A line that says how many comments there are."""


class BlockTree(BlockSums):
    """The blocks of a page, and for each whether it is of the frame, of readers' comments, beside the text.

    `sections` are those that begin with headings of one level.
    """

    def __init__(self, rendered: Rendered, text: str) -> None:
        super().__init__(rendered, text)
        self._labels = {label for place in self.places if (label := self.blocks[place].label)}
        self.in_frame = self._framed()
        self.sections = self._of_one_text()
        self.in_comments = self._inherited(speaks_of_comments, also=self._headed_as_comments())
        self.in_aside = self._inherited(speaks_of_aside, MAX_ASIDE_SHARE, until=speaks_of_comments)

    def _framed(self) -> list[bool]:
        """Say for every block whether it stands in a region of the frame that holds few of the sentences.

        Forms of one class hold them together: engines put each post into one.
        """
        blocks, parents, mass = self.blocks, self.parents, self.mass
        found = [False] * len(blocks)
        forms = self._held_by_forms()
        for place in self.places[1:]:
            region, parent = blocks[place].region, parents[place]
            is_root = region is not Region.BODY and region in FRAME and blocks[parent].region is not region
            most = MAX_DIALOG_SHARE if region is Region.DIALOG else MAX_FRAME_SHARE
            held = forms[masked(blocks[place].label)] if region is Region.FORM and is_root else mass[place]
            found[place] = found[parent] or (is_root and held <= most * mass[0])
        return found

    def _held_by_forms(self) -> dict[str, float]:
        """Return what the forms of each class and id hold together."""
        held: dict[str, float] = defaultdict(float)
        for place in self.places[1:]:
            block = self.blocks[place]
            if block.region is Region.FORM and self.blocks[block.parent].region is not Region.FORM:
                held[masked(block.label)] += self.mass[place]
        return held

    def _of_one_text(self) -> set[int]:
        """Return the sections that begin with headings of one level, as those of one text do; ids repeat their names.

        All of those whose class and id speak of comments or matter beside a text are none.
        """
        groups: dict[tuple[int, int], list[int]] = {}
        for place in self.places:
            level, section = self.blocks[place].heading, self.parents[place]
            if level and section and place == self.first[section] and _is_section(self.blocks[section]):
                groups.setdefault((self.parents[section], level), []).append(section)
        several = (group for group in groups.values() if len(group) > 1)
        return {place for group in several if not all(map(self._speaks, group)) for place in group}

    def _speaks(self, place: int) -> bool:
        label = self.blocks[place].label
        return speaks_of_comments(label) or speaks_of_aside(label)

    def _headed_as_comments(self) -> set[int]:
        """Return the blocks that begin with a line that says how many comments follow, not the one with that line."""
        first: dict[int, int] = {}
        likely = ((number, line) for number, line in enumerate(self.lines) if len(line) <= MAX_HEAD)
        heads = [number for number, line in likely if not line.isalpha() and _COUNTS.fullmatch(line)]
        if not heads:
            return set()
        for number, says in enumerate(self.markup):
            if not says.is_hidden:
                for place in self.around(says.block):
                    if place in first:
                        break
                    first[place] = number
        found = set[int]()
        for number in heads:
            for place in self.around(self.markup[number].block):
                if first.get(place) != number:
                    break
                if self.counts[place] > MIN_COMMENTED:
                    found.add(place)
        return found

    def _inherited(
        self, bears: Words, most: float = 1, *, until: Words | None = None, also: Collection[int] = ()
    ) -> list[bool]:
        """Say for every block whether it bears such a class or id or stands in one that does, `until` one of others.

        One that holds more than `most` of the page is none, nor are those that share its class and id, numbers masked,
        and do so together, nor is code, whose classes say how it is shown; `also` are others that are.
        """
        blocks, parents, found = self.blocks, self.parents, [False] * len(self.blocks)
        called = set(filter(bears, self._labels))
        if not (called or also):
            return found
        others = set(filter(until, self._labels)) if until else set[str]()
        if most < 1 and called:
            held = self._held_by(called)
            called = {label for label in called if held.get(masked(label), 0) <= most * self.mass[0]}
        for place in self.places:
            around, label = found[parents[place]] or place in also, blocks[place].label
            is_one = label in called and place not in self.sections and blocks[place].name != "pre"
            found[place] = is_one or (around and label not in others)
        return found

    def _held_by(self, labels: Container[str]) -> dict[str, float]:
        """Return what all blocks of each of these classes and ids hold together, by them, numbers masked."""
        held: dict[str, float] = {}
        for place in self.places:
            if self.blocks[place].label in labels:
                label = masked(self.blocks[place].label)
                if label != masked(self.blocks[self.parents[place]].label):
                    held[label] = held.get(label, 0) + self.mass[place]
        return held

    def is_plain(self, says: LineMarkup) -> bool:
        """Whether a line is mostly no link, and none of a picture or of who made the text."""
        if says.link_density > MAX_SIBLING_DENSITY or says.region is Region.FIGURE:
            return False
        around = (says.block, self.parents[says.block])
        return not any(speaks_of_matter_about(self.blocks[place].label) for place in around)

    def is_apart(self, place: int) -> bool:
        """Whether a block is of the frame, of readers' comments or beside the text."""
        return self.in_frame[place] or self.in_comments[place] or self.in_aside[place]


def _is_section(block: Element) -> bool:
    return block.name == "section" or "section" in block.label.split()
