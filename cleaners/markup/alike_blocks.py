"""Which blocks of a saved page are alike: the same element with the same classes and id, numbers masked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from cleaners.markup.block_sums import BlockSums
from cleaners.reading.elements import Element

MIN_SHARED = 2
"""Classes that two blocks share, at least, which do not have all the same."""
MAX_STEPS = 4
"""Blocks of a path, at most."""
_NUMBER = re.compile("[0-9]+|(?<=[-_])[0-9a-f]{5,}")
_JOINT = re.compile("[-_]+")
_COLUMN = re.compile(r"(?<![a-z])(?:col|column|grid|span)[-_a-z]*[0-9]", re.IGNORECASE)
"""A class that gives a width: wide columns hold texts, narrow ones what stands beside them."""


def are_alike(tree: BlockSums, one: int, other: int, *, in_part: bool = False) -> bool:
    """Whether two blocks are the same element and share their classes and id, or those that one of them has.

    `in_part` says that one class or id is enough, or the first word of one that gives no width.
    """
    name, words = _words(tree, one)
    other_name, other_words = _words(tree, other)
    if name != other_name or words == other_words:
        return name == other_name
    if in_part:
        return not _stems(words).isdisjoint(_stems(other_words))
    return len(words & other_words) >= max(MIN_SHARED, min(len(words), len(other_words)))


def _words(tree: BlockSums, place: int) -> tuple[str, frozenset[str]]:
    """Return the element and its classes and id, numbers masked; of the only block in a `div` that has none."""
    for _ in range(MAX_STEPS):
        is_bare = tree.blocks[place].name == "div" and not tree.blocks[place].label
        is_wrapper = tree.parents[place + 1 : place + 2] == [place] and tree.counts[place + 1] == tree.counts[place]
        place += is_bare and is_wrapper
    block = tree.blocks[place]
    label = block.label if _COLUMN.search(block.label) else masked(block.label)
    return block.name, frozenset(label.split())


def kind_of(tree: BlockSums, place: int) -> tuple[int, str, str]:
    """Return what blocks that stand in one and are alike have in common: its place, element, classes and id."""
    block = tree.blocks[place]
    return block.parent, block.name, masked(block.label)


def path_to(tree: BlockSums, place: int) -> str:
    """Return the path to a block from three blocks around it: elements with class and id, numbers masked."""
    steps = [tree.blocks[each] for each in islice(tree.around(place), MAX_STEPS)]
    return "/".join(_step(each) for each in reversed(steps))


def at_path(tree: BlockSums, path: str) -> list[int]:
    """Return all blocks with this path."""
    likely = (place for place, block in enumerate(tree.blocks) if path.endswith(_step(block)))
    return [place for place in likely if place and path_to(tree, place) == path]


def _stems(words: Iterable[str]) -> set[str]:
    """Return the first words of classes and ids; one that gives a width is one word."""
    return {word if _COLUMN.search(word) else _JOINT.split(word, maxsplit=1)[0] for word in words}


@lru_cache(maxsize=4096)
def masked(label: str) -> str:
    """Return classes and id with numbers masked, which those of like elements share."""
    return _NUMBER.sub("#", label)


def _step(block: Element) -> str:
    return masked(".".join([block.name, *block.label.split()]))
