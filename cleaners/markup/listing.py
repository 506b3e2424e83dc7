"""Listings: pages that lead to documents and hold none, such as a site's front page, a category, the hits of a search.

Two shapes say so: entries of one kind, each under a title that leads elsewhere, hold what reads like a text; or there
is next to no text, and below the page's name stand links of one shape, or any where its title says what they share. A
paragraph beside them says that there is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleaners.markup.alike_blocks import kind_of, masked
from cleaners.markup.block_sums import MIN_LINK_LINE
from cleaners.markup.block_tree import BlockTree

MIN_ENTRIES, MIN_TITLE = 3, 4
"""Entries under a heading that leads elsewhere, and characters of it, at least."""
MIN_SHARE_OF_ENTRIES, MAX_SHARE_OF_ENTRY = 0.6, 0.6
"""The share of the blocks around them that are entries of one kind, at least, and of their text that one holds."""
MIN_LISTED = 0.75
"""The share of the text that stands in entries, at least."""
MIN_PARAGRAPH, MAX_MARKS = 40, 5
"""Characters of a line with a sentence that shows, beside entries, that the page has a text of its own; sentences of an
entry's longest line."""
MAX_LEFT, MIN_LINKS, MIN_LINKED, MIN_TIMES = 100, 8, 0.5, 3
"""Characters of a page that has next to no text; lines of links of one shape, the share of linked characters on it, and
how many times as long as the text those lines are, at least."""
_NAMED = re.compile(r"\s*(?:标签|分类|归档|tags?|categor(?:y|ies)|archives?)\s*(?:[:：|]|[-–—·]\s|$)", re.IGNORECASE)
"""The beginning of a title that says what the entries of a page share: a tag, a category, a year."""
_DAY = re.compile(r"[\d\s年月日:./-]*")


def is_listing(tree: BlockTree, teasers: Sequence[bool], kept: Sequence[int], named: int | None, title: str) -> bool:
    """Whether a page is one; `kept` are the lines left of it, `named` is the heading that says the page's `title`."""
    if not tree.linking[0] or any(tree.in_comments[tree.markup[number].block] for number in kept):
        return False
    entries = _entries(tree)
    listed, links, plain = 0, 0, list[int]()
    for number in kept:
        says, line = tree.markup[number], tree.lines[number]
        is_link = says.link_density >= MIN_LINK_LINE and len(line) >= MIN_TITLE
        is_teaser = teasers[says.block] and tree.marks_of_line[number] <= MAX_MARKS
        if is_link or is_teaser or entries[says.block]:
            listed += len(line)
        elif number != named and not _DAY.fullmatch(line):
            plain.append(number)
        links += is_link
    if _stands_below(tree, entries, plain, named):
        return True
    if any(len(tree.lines[number]) >= MIN_PARAGRAPH and tree.marks_of_line[number] for number in plain):
        return False
    chars = sum(len(tree.lines[number]) for number in plain)
    if _NAMED.match(title) and chars <= MAX_LEFT:
        return True
    if links >= MIN_ENTRIES and listed >= MIN_LISTED * (listed + chars):
        return True
    is_bare = chars <= MAX_LEFT and not any(tree.marks_of_line[number] for number in kept)
    return is_bare and _is_of_links(tree, plain, -1 if named is None else named)


def _stands_below(tree: BlockTree, entries: Sequence[bool], plain: Sequence[int], named: int | None) -> bool:
    """Whether the entries hold more than the lines that are in none, which stand below them and not below the title."""
    listed = [n for n, says in enumerate(tree.markup) if entries[says.block] and not says.is_hidden]
    if not listed or (plain and plain[0] < listed[0]):
        return False
    if plain and named is not None and listed[0] < named < plain[0]:
        return False
    return sum(len(tree.lines[n]) for n in listed) > sum(len(tree.lines[n]) for n in plain)


def _entries(tree: BlockTree) -> list[bool]:
    """Say for every block whether it is or stands in an entry: one of several alike, each with a title that leads on.

    That is a heading, or any line in an `article`.
    """
    is_titled, has_link = [False] * len(tree.blocks), [False] * len(tree.blocks)
    kinds: Counter[tuple[int, str, str]] = Counter()
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if says.link_density >= MIN_LINK_LINE and len(line) >= MIN_TITLE and not says.is_hidden:
            has_link[says.block] = True
            is_titled[says.block] |= says.heading > 0
    found = [False] * len(tree.blocks)
    if sum(is_titled) < MIN_ENTRIES and not any(block.name == "article" for block in tree.blocks):
        return found
    for place in tree.places[:0:-1]:
        parent, block = tree.parents[place], tree.blocks[place]
        has_link[parent] |= has_link[place]
        is_titled[place] |= block.name == "article" and has_link[place]
        if is_titled[place]:
            is_titled[parent] = True
            if not block.heading:
                kinds[kind_of(tree, place)] += 1
    for place in tree.places[1:]:
        parent, block = tree.parents[place], tree.blocks[place]
        found[place] = found[parent]
        if is_titled[place] and not found[place]:
            alike = kinds[kind_of(tree, place)]
            are_many = alike >= max(MIN_ENTRIES, MIN_SHARE_OF_ENTRIES * tree.children[parent])
            found[place] = are_many and tree.most[parent] <= MAX_SHARE_OF_ENTRY * tree.mass[parent]
    return found


def _is_of_links(tree: BlockTree, plain: Sequence[int], named: int) -> bool:
    """Whether most of a page is links, and many of one shape, below its name, are longer than its text.

    What stands above them, below the name, is a text, however short. `plain` are lines of text, `named` is the name's.
    """
    if tree.linked[0] < MIN_LINKED * tree.chars[0]:
        return False
    shapes: dict[tuple[str, ...], list[int]] = {}
    for number, says in enumerate(tree.markup):
        place = says.block
        is_apart = tree.in_frame[place] or tree.in_aside[place] or number <= named
        if says.link_density >= MIN_LINK_LINE and not says.is_hidden and not is_apart:
            block, around = tree.blocks[place], tree.blocks[tree.parents[place]]
            shape = (block.name, masked(block.label), around.name, masked(around.label))
            shapes.setdefault(shape, []).append(number)
    chars = sum(len(tree.lines[number]) for number in plain)
    return any(
        len(links) >= MIN_LINKS
        and sum(len(tree.lines[number]) for number in links) >= MIN_TIMES * max(chars, 1)
        and not any(named < number < links[0] for number in plain)
        for links in shapes.values()
    )
