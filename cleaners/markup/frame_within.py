"""What within the block that holds the text of a saved page is none of it, and by which rule lines outside of it go.

Lists of links, parts of the frame and readers' comments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container

from cleaners.markup import main_block
from cleaners.markup.block_sums import INNER, LISTS, MAX_LINK_DENSITY, TABLES
from cleaners.markup.block_tree import FRAME, MAX_FRAME_SHARE, BlockTree
from cleaners.markup.class_words import speaks_of_text
from cleaners.markup.link_lists import LinkLists
from cleaners.reading.markup import LineMarkup, Region

LINKS, COMMENTS = "markup.links", "markup.comments"
MAX_MARKS_OF_LINKS = 6
"""Sentences that a block of links holds at most, if not each line of it is one."""
MIN_CALLED, MAX_MARKS_BESIDE_CALLED = 4, 6
"""Characters of a text that a class calls so, at least, and sentences of the main block beside links in it, at most."""
CONTENTS = (Region.NAV, Region.ASIDE)
"""The regions in which a page shows the headings of its text, as many as they are."""
_FRAME_WITHIN = tuple(region for region in FRAME if region is not Region.HEADER)
MAX_COMMENTS_SHARE = 0.6
"""The share of the sentences that comments hold at most: they may well be longer than the text."""
MIN_LINKS = 2
"""Lines that a block of links has at least."""
MIN_CALLED_SHARE = 0.6
"""The share of the characters of the main block, its frame left out, that its text has, at least."""


def rules_of_blocks(tree: BlockTree, main: int, heads: Container[int]) -> list[str | None]:
    """Say for every block by which rule the main one does not count it to the text, None if it does.

    Lists of links, parts of the frame and readers' comments, none of which holds many of the sentences. `heads` are the
    lines that head lists of other documents.
    """
    found: list[str | None] = [None] * len(tree.blocks)
    lists: LinkLists | None = None
    called: set[int] | None = None
    for place in tree.places[bisect_right(tree.places, main) :]:
        found[place] = found[tree.parents[place]]
        if not found[place] and tree.chars[place]:
            rule = _frame_rule(tree, place, tree.mass[place] / max(1.0, tree.mass[main]))
            if rule == LINKS and tree.blocks[core := tree.cores[place]].name in LISTS:
                lists = lists or LinkLists(tree, heads)
                rule = None if lists.is_own(core) else rule
            elif rule == LINKS and tree.marks[main] - tree.marks[place] < MAX_MARKS_BESIDE_CALLED:
                called = _called_text(tree, main) if called is None else called
                rule = None if place in called else rule
            elif not rule and _begins_region(tree, place):
                lists = lists or LinkLists(tree, heads)
                rule = "markup.region" if lists.is_contents(place) else None
            found[place] = None if rule == COMMENTS and tree.in_comments[main] else rule
    return found


def _called_text(tree: BlockTree, main: int) -> set[int]:
    """Return the blocks in the main one that a class calls a text, and those around them, if nothing else may be it.

    That is a short text, or a collection of links: each of these blocks holds most of what is of no frame.
    """
    found, chars = set[int](), [0.0] * len(tree.blocks)
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if not (says.is_hidden or tree.is_apart(says.block)):
            chars[says.block] += len(line)
    tree.add_up(chars)
    for place in reversed(tree.places[bisect_right(tree.places, main) :]):
        if place in found or (
            chars[place] >= max(MIN_CALLED, MIN_CALLED_SHARE * chars[main])
            and speaks_of_text(tree.blocks[place].label)
            and not tree.is_apart(place)
        ):
            found |= {place, tree.parents[place]}
    return found


def _begins_region(tree: BlockTree, place: int) -> bool:
    """Whether a block is the outermost of a region in which the headings of a text stand."""
    region = tree.blocks[place].region
    return region in CONTENTS and tree.blocks[tree.parents[place]].region is not region


def _frame_rule(tree: BlockTree, place: int, share: float) -> str | None:
    """Return the rule by which a block is of the frame; `share` is its mass as a part of the text's."""
    block, marks = tree.blocks[place], tree.marks[place]
    if marks < MAX_MARKS_OF_LINKS and tree.linked[place] >= MAX_LINK_DENSITY * tree.chars[place]:
        is_list = (
            tree.link_lines[place] >= max(MIN_LINKS, tree.counts[place] / 2)
            and block.name not in INNER
            and (block.name not in TABLES or (block.name == "table" and tree.link_lines[place] == tree.counts[place]))
        )
        if is_list or tree.in_aside[place]:
            return LINKS
    if tree.in_aside[place] and tree.linking[place] == tree.counts[place] >= main_block.MIN_CARDS:
        return LINKS
    if tree.in_frame[place] and block.region in _FRAME_WITHIN and share <= MAX_FRAME_SHARE:
        return "markup.region"
    is_root = tree.in_comments[place] and not tree.in_comments[tree.parents[place]]
    return COMMENTS if is_root and share <= MAX_COMMENTS_SHARE else None


def rule_outside(tree: BlockTree, says: LineMarkup) -> str:
    """Return the rule by which a line outside the text goes."""
    if tree.in_frame[says.block]:
        return "markup.region"
    if tree.in_comments[says.block]:
        return COMMENTS
    return LINKS if says.link_density > MAX_LINK_DENSITY else "markup.outside"
