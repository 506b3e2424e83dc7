"""What of a text stands beside the block that holds most of it: an element ended too early cuts a text in two."""

from __future__ import annotations

from cleaners.markup.block_sums import MAX_SIBLING_DENSITY
from cleaners.markup.block_tree import BlockTree

MIN_LINES_BESIDE, MIN_MARKS_BESIDE = 2, 4
"""Lines and sentences of the rest of a text beside the block that holds most of it."""


def blocks(tree: BlockTree, main: int) -> list[bool]:
    """Say for every block whether it is or stands in a nameless one beside the text that holds but sentences.

    An element ended too early cuts a text in two.
    """
    found = [False] * len(tree.blocks)
    around = tree.blocks[main].parent if main else -1
    for place in tree.places[1:]:
        parent = tree.parents[place]
        is_beside = parent == around and place != main and not tree.blocks[place].label
        found[place] = found[parent] or (is_beside and _is_prose(tree, place))
    return found


def _is_prose(tree: BlockTree, place: int) -> bool:
    """Whether a block of the page, not of its frame, holds a few lines, each with a sentence and none with a link."""
    lines, marks = tree.counts[place], tree.marks[place]
    if tree.linking[place] or lines < MIN_LINES_BESIDE or marks < max(lines, MIN_MARKS_BESIDE):
        return False
    return not tree.is_apart(place)


def is_sibling(tree: BlockTree, number: int, main: int) -> bool:
    """Whether a line is a paragraph with a sentence beside the main block, and so of the text, as in Readability."""
    says = tree.markup[number]
    block = tree.blocks[says.block]
    is_beside = main > 0 and block.name == "p" and not block.label and block.parent == tree.blocks[main].parent
    return (
        is_beside
        and says.link_density < MAX_SIBLING_DENSITY
        and (tree.marks_of_line[number] > 0 or _leads_into(tree, number, main))
    )


def _leads_into(tree: BlockTree, number: int, main: int) -> bool:
    """Whether a line ends with a colon just above the main block."""
    is_last = number + 1 < len(tree.markup) and main in tree.around(tree.markup[number + 1].block)
    return is_last and tree.lines[number].rstrip().endswith((":", "："))
