"""Lists of links that a text holds: references, what to read next to it.

A list of the page's frame bears a class that no plain list of the text bears, shows names and no addresses, and stands
in no item of a list of the text.
"""

from __future__ import annotations

import re
from collections.abc import Container

from cleaners.judging.title_form import is_day
from cleaners.judging.titles import plain
from cleaners.markup.block_sums import LISTS, MAX_LINK_DENSITY, MAX_SIBLING_DENSITY
from cleaners.markup.block_tree import BlockTree
from cleaners.markup.class_words import speaks_of_text

MIN_PARAGRAPH = 15
"""Characters of a line of the text around a list, at least."""
MAX_HEAD = 40
"""Characters of a line above a list that names it, at most."""
MIN_ADDRESSES = 0.5
"""The share of the lines that show addresses which shows a list of sources: a frame shows names."""
MIN_CONTENTS, MIN_REPEATED = 3, 0.8
"""Lines of a page's contents beside its text, and the share of them that are headings of it, at least."""
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*\.?\s+")


class LinkLists:
    """What there is to know of the lists of links of one page, all of it worked out in two passes.

    `heads` are the lines that head lists of other documents.
    """

    def __init__(self, tree: BlockTree, heads: Container[int]) -> None:
        self.tree, self._heads = tree, heads
        size = len(tree.blocks)
        self._of_frame, self._like_plain = _labelled_lists(tree)
        self._first, self._last = [len(tree.lines)] * size, [-1] * size
        self._addresses = [0] * size
        self._paragraphs: dict[int, list[int]] = {}
        self._headings = set[str]()
        self._around, self._outer = _around_lists(tree)
        for number, (line, says) in enumerate(zip(tree.lines, tree.markup, strict=True)):
            place = says.block
            self._first[place] = min(self._first[place], number)
            self._last[place] = number
            self._addresses[place] += "://" in line
            if says.heading:
                self._headings |= {plain(line), _unnumbered(line)}
            if says.link_density <= MAX_SIBLING_DENSITY and len(line) >= MIN_PARAGRAPH and not says.is_hidden:
                for around in (place, tree.parents[place]):
                    self._paragraphs.setdefault(around, []).append(number)
        for place in tree.places[:0:-1]:
            parent = tree.parents[place]
            self._first[parent] = min(self._first[parent], self._first[place])
            self._last[parent] = max(self._last[parent], self._last[place])
            self._addresses[parent] += self._addresses[place]

    def is_own(self, place: int) -> bool:
        """Whether a list of links, `place`, is the text's own: it goes on behind the list, or names it.

        So are addresses, lists in items of the text, and what is nested in such a list; others with a class of the
        frame are not.
        """
        tree = self.tree
        if tree.blocks[place].name not in LISTS or place in self._of_frame:
            return False
        if self._addresses[place] >= MIN_ADDRESSES * tree.counts[place] or self._is_nested(place):
            return True
        around, outer = self._around[place], self._outer[place]
        if tree.blocks[around].name == "li" and outer < around:
            return self.is_own(outer)
        paragraphs = self._paragraphs.get(around, ())
        goes_on = len(paragraphs) > 0 and paragraphs[-1] > self._last[place]
        if place in self._like_plain and (not goes_on or self._first[place] - 1 in self._heads):
            return False
        if not paragraphs:
            return speaks_of_text(tree.blocks[around].label) and self._is_named(place)
        return self._is_named(place) or (goes_on and paragraphs[0] <= self._first[place])

    def is_contents(self, place: int) -> bool:
        """Whether nearly all lines of a block are headings of the rest of the page, numbers aside."""
        tree, own = self.tree, range(self._first[place], self._last[place] + 1)
        again = sum(_unnumbered(tree.lines[n]) in self._headings and not tree.markup[n].heading for n in own)
        return len(own) >= MIN_CONTENTS and again >= MIN_REPEATED * len(own)

    def _is_nested(self, place: int) -> bool:
        """Whether a list stands in items of one that is no list of links."""
        tree, outer = self.tree, self._outer[place]
        return outer < place and tree.linked[outer] < MAX_LINK_DENSITY * tree.chars[outer]

    def _is_named(self, place: int) -> bool:
        """Whether the line above a list is a heading or leads to it: it is short and no day, or ends with a colon."""
        above = self._first[place] - 1
        if above < 0:
            return False
        says, line = self.tree.markup[above], self.tree.lines[above].rstrip()
        if says.is_hidden or says.link_density > MAX_SIBLING_DENSITY:
            return False
        is_name = len(line) <= MAX_HEAD and not self.tree.marks_of_line[above] and not is_day(line.strip())
        return says.heading > 0 or is_name or line.endswith((":", "："))


def _around_lists(tree: BlockTree) -> tuple[list[int], list[int]]:
    """Return for every block the innermost one around it that holds more, and the outermost list that it stands in."""
    around, outer = [0] * len(tree.blocks), list(range(len(tree.blocks)))
    for place in tree.places[1:]:
        parent = tree.parents[place]
        around[place] = around[parent] if tree.counts[parent] == tree.counts[place] else parent
        if tree.blocks[parent].name in LISTS:
            outer[place] = outer[parent]
    return around, outer


def _labelled_lists(tree: BlockTree) -> tuple[set[int], set[int]]:
    """Return the lists that bear a class, or an item of which does: first those whose class no plain list bears."""
    blocks, parents = tree.blocks, tree.parents
    labelled = [
        place
        for place in tree.places
        if blocks[place].label and (blocks[place].name in LISTS or blocks[parents[place]].name in LISTS)
    ]
    of_text = {blocks[place].label for place in labelled if _is_plain(tree, place)}
    found, like_plain = set[int](), set[int]()
    for place in labelled:
        if blocks[place].label in of_text:
            like_plain |= {place, parents[place]}
        else:
            found.add(place)
            while blocks[place := parents[place]].name in LISTS and place not in found:
                found.add(place)
    return found, like_plain


def _is_plain(tree: BlockTree, place: int) -> bool:
    """Whether a block is a list of the page, not of its frame, with few links."""
    is_apart = tree.blocks[place].name not in LISTS or tree.in_frame[place] or tree.in_aside[place]
    return not is_apart and tree.linked[place] <= MAX_SIBLING_DENSITY * tree.chars[place]


def _unnumbered(line: str) -> str:
    return plain(_NUMBER.sub("", line, count=1))
