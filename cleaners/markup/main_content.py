"""Which lines of a saved page are its text, by what its markup says.

The block that holds the text (main_block.py) without its frame, the leads above it, in a thread the posts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.titles import SITE_BEHIND, plain
from cleaners.markup import (
    alike_blocks,
    frame_within,
    leads,
    main_block,
    page_names,
    text_beside,
    thread_shape,
    threads,
)
from cleaners.markup.block_sums import MAX_LINK_DENSITY
from cleaners.markup.block_tree import BlockTree
from cleaners.markup.class_words import speaks_of_text
from cleaners.markup.listing import is_listing
from cleaners.model import Edit
from cleaners.reading.markup import LineMarkup, Region
from cleaners.reading.render import Rendered
from cleaners.rules.rule import LineRole
from cleaners.text.codes import codes

MAX_LINES = 20_000
"""Lines of the longest page whose containers are weighed."""
MIN_KNOWN_SHARE = 0.3
"""The share of the sentences that the container which holds the text on other pages of the site holds at least."""
MIN_FRAME = 15
"""Lines that a whole frame has at least."""
MAX_BESIDE = 8
"""Lines between the text and a line that states facts of it."""


@dataclass(frozen=True, slots=True)
class MarkupContent:
    """For every line the rule by which the markup takes it away, None for one that stays; whether it is a thread.

    `title` is the line above the text, or of it, that the page's own title begins with, `container` the path to the
    element that holds the text; `is_named` says that an element or class around it is one for texts, `is_listing` that
    the page leads to documents and holds none.
    """

    removed_by: Sequence[str | None]
    is_thread: bool = False
    title: str | None = None
    container: str | None = None
    is_named: bool = False
    is_listing: bool = False

    @property
    def is_framed(self) -> bool:
        """Whether the markup tells the text from a whole frame around it, or names its container."""
        return self.is_named or (self.container is not None and sum(map(bool, self.removed_by)) >= MIN_FRAME)

    def near(self, sheet: PageLines, markup: Sequence[LineMarkup]) -> tuple[list[Line], list[Line]]:
        """Return the lines that are taken, but stand so near the text that they may state facts of it.

        Links below its end come second: what they state is of other pages, but for that the text is cut.
        """
        own, links = list[Line](), list[Line]()
        kept = [number for number, rule in enumerate(self.removed_by) if not rule]
        for line in sheet.lines:
            number = line.number
            if not self.removed_by[number]:
                continue
            below = bisect_right(kept, number)
            is_above = below < len(kept) and kept[below] <= number + MAX_BESIDE
            if is_above or (below and kept[below - 1] >= number - MAX_BESIDE):
                is_link = markup[number].link_density > MAX_LINK_DENSITY
                (links if not is_above and is_link and not self.is_thread else own).append(line)
        return own, links

    def taken(self, sheet: PageLines) -> dict[int, str]:
        """Return the rule that takes a line, by its place among the lines of the page."""
        rules = (self.removed_by[line.number] for line in sheet.lines)
        return {place: rule for place, rule in enumerate(rules) if rule}

    def edits(self, rendered: Rendered) -> list[Edit]:
        """Return the removals: of lines with their line feeds, in others of what the page does not show."""
        starts = line_starts(rendered.text)
        found = [
            Edit(span.start, span.end, "", span.reason.value)
            for span in rendered.unshown
            if not self.removed_by[bisect_right(starts, span.start) - 1]
        ]
        starts.append(len(rendered.text))
        first = 0
        for rule, run in groupby(self.removed_by):
            behind = first + sum(1 for _ in run)
            if rule and starts[first] < starts[behind]:
                found.append(Edit(starts[first], starts[behind], "", rule))
            first = behind
        return sorted(found)


def line_starts(text: str) -> list[int]:
    """Return where each line of a text begins."""
    return [0, *(np.flatnonzero(codes(text) == ord("\n")) + 1).tolist()]


def shown(rendered: Rendered) -> MarkupContent:
    """Take away what the page does not show and nothing else: for pages whose template is known."""
    reasons = _unshown_lines(rendered)
    return MarkupContent([reasons.get(number) for number in range(len(rendered.markup))])


def find(rendered: Rendered, sheet: PageLines, container: str | None = None) -> MarkupContent:
    """Find the text of a page of any site; `sheet` is its text, rendered, without readings that a mirror glued in.

    `container` is the path to the element that holds the text on other pages of the site: it holds it here too, where
    one element has that path and a fair share of the sentences.
    """
    tree = BlockTree(rendered, sheet.text)
    heading = named = page_names.heading(rendered, tree)
    lines = {line.number: line for line in sheet.lines}
    teasers = main_block.lists_of_teasers(tree)
    heads = {number for number, line in lines.items() if line.has_role(LineRole.LIST_HEAD)}
    known = {number for number, line in lines.items() if line.rules}
    in_comments = tree.in_comments
    if is_opened := thread_shape.opens(tree, named):
        tree.in_comments = [False] * len(in_comments)
    main = _main(tree, teasers, known, named, container)
    posts = threads.posts(tree, rendered, main, in_comments, is_opened=is_opened)
    if is_opened and posts is None:
        tree.in_comments = in_comments
        main = _main(tree, teasers, known, named, container)
    if posts is None:
        main = main_block.with_pieces(tree, main, teasers, named)
    path = alike_blocks.path_to(tree, main) if main else None
    unshown = _unshown_lines(rendered)
    inside, within = tree.inside(main), frame_within.rules_of_blocks(tree, main, heads)
    beside = text_beside.blocks(tree, main)
    lead = leads.find(tree, lines, named, inside) if posts is None else ()
    found: list[str | None] = []
    for number, says in enumerate(rendered.markup):
        if number in unshown:
            found.append(unshown[number])
        elif posts is not None:
            found.append(None if posts[number] else frame_within.rule_outside(tree, says))
        elif inside[says.block]:
            found.append(within[says.block])
        else:
            is_text = beside[says.block] or number in lead or text_beside.is_sibling(tree, number, main)
            found.append(None if is_text else frame_within.rule_outside(tree, says))
    if (title := page_names.line_above(rendered, tree, found)) is not None:
        found[title] = None
        named = title if plain(rendered.title or "").startswith(plain(tree.lines[title])) else None
    elif named is not None and (
        found[named] or not SITE_BEHIND.match((rendered.title or "").removeprefix(tree.lines[named]))
    ):
        named = None
    is_named = any(
        tree.blocks[place].region is Region.MAIN or speaks_of_text(tree.blocks[place].label)
        for place in tree.around(main)
    )
    title_line = tree.lines[named] if named is not None else None
    kept = [number for number, rule in enumerate(found) if not rule and number != title]
    listing = posts is None and is_listing(tree, teasers, kept, heading, rendered.title or "")
    return MarkupContent(found, posts is not None, title_line, path, is_named, listing)


def _main(
    tree: BlockTree, teasers: Sequence[bool], known: Container[int], named: int | None, container: str | None
) -> int:
    """Return the block that holds the text: the only one at `container` that has its share, or the likeliest."""
    places = alike_blocks.at_path(tree, container) if container else ()
    if len(places) == 1 and tree.marks[places[0]] >= MIN_KNOWN_SHARE * max(1, tree.marks[0]):
        return places[0]
    return main_block.find(tree, teasers, known, named)


def _unshown_lines(rendered: Rendered) -> dict[int, str]:
    """Return the lines that are not shown at all, each with the rule that says why."""
    if not rendered.unshown:
        return {}
    starts = line_starts(rendered.text)
    return {
        number: span.reason.value
        for span in rendered.unshown
        if rendered.markup[number := bisect_right(starts, span.start) - 1].is_hidden
    }
