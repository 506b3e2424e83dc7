"""Which lines of a saved page are its text, by what its markup says.

The block that holds the text (main_block.py) without its frame, the leads above it, in a thread the posts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from cleaners.judging import leads, main_block, thread_shape, threads
from cleaners.judging.block_tree import (
    FRAME,
    INNER,
    LISTS,
    MAX_FRAME_SHARE,
    MAX_LINK_DENSITY,
    MAX_SIBLING_DENSITY,
    MIN_LINK_LINE,
    TABLES,
    BlockTree,
    speaks_of_text,
)
from cleaners.judging.link_lists import LinkLists
from cleaners.judging.listing import is_listing
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.titles import MAX_TITLE, SITE_BEHIND, plain
from cleaners.model import Edit
from cleaners.reading.markup import LineMarkup, Region
from cleaners.reading.render import Rendered
from cleaners.rules.rule import LineRole
from cleaners.text.codes import codes

LINKS, COMMENTS = "markup.links", "markup.comments"
MAX_MARKS_OF_LINKS = 6
"""Sentences that a block of links holds at most."""
MIN_CALLED, MAX_MARKS_BESIDE_CALLED = 4, 6
"""Characters of a text that a class calls so, at least, and sentences of the main block beside links in it, at most."""
CONTENTS = (Region.NAV, Region.ASIDE)
"""The regions in which a page shows the headings of its text, as many as they are."""
_FRAME_WITHIN = tuple(region for region in FRAME if region is not Region.HEADER)
MAX_COMMENTS_SHARE = 0.6
"""The share of the sentences that comments hold at most: they may well be longer than the text."""
MAX_LINES = 20_000
"""Lines of the longest page whose containers are weighed."""
MIN_LINKS = 2
"""Lines that a block of links has at least."""
MIN_KNOWN_SHARE = 0.3
"""The share of the sentences that the container which holds the text on other pages of the site holds at least."""
MIN_CALLED_SHARE = 0.6
"""The share of the characters of the main block, its frame left out, that its text has, at least."""
MIN_TITLE_NAME, MAX_ABOVE_TEXT = 4, 80
"""Letters of a title, at least, and lines above the text in which it stands."""
MIN_FRAME = 15
"""Lines that a whole frame has at least."""
MAX_BESIDE = 8
"""Lines between the text and a line that states facts of it."""
MIN_LINES_BESIDE, MIN_MARKS_BESIDE = 2, 4
"""Lines and sentences of the rest of a text beside the block that holds most of it."""


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
    heading = named = _named_line(rendered, tree)
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
    path = tree.path(main) if main else None
    unshown = _unshown_lines(rendered)
    inside, within, beside = tree.inside(main), _frame_within(tree, main, heads), _beside(tree, main)
    lead = leads.find(tree, lines, named, inside) if posts is None else ()
    found: list[str | None] = []
    for number, says in enumerate(rendered.markup):
        if number in unshown:
            found.append(unshown[number])
        elif posts is not None:
            found.append(None if posts[number] else _reason(tree, says))
        elif inside[says.block]:
            found.append(within[says.block])
        else:
            is_text = beside[says.block] or number in lead or _is_sibling(tree, number, main)
            found.append(None if is_text else _reason(tree, says))
    if (title := _title_line(rendered, tree, found)) is not None:
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
    places = tree.at_path(container) if container else ()
    if len(places) == 1 and tree.marks[places[0]] >= MIN_KNOWN_SHARE * max(1, tree.marks[0]):
        return places[0]
    return main_block.find(tree, teasers, known, named)


def _title_line(rendered: Rendered, tree: BlockTree, removed_by: Sequence[str | None]) -> int | None:
    """Return the line above the text, not of it, that is the title: the next one that `title` begins with or holds.

    A page that has no `title` is named by the next heading above the text.
    """
    first = next((number for number, rule in enumerate(removed_by) if not rule), 0)
    stated = plain(rendered.title or "")
    best, best_rank = None, 0.0
    for number in range(max(0, first - MAX_ABOVE_TEXT), first):
        says, name = rendered.markup[number], plain(tree.lines[number])
        if says.is_hidden or not MIN_TITLE_NAME <= len(name) <= MAX_TITLE:
            continue
        rank = float(says.heading > 0)
        is_first = stated.startswith(name)
        if is_first or (name in stated and (says.heading or says.link_density < MIN_LINK_LINE)):
            rank += (4 if is_first else 2) + len(name) / len(stated)
        if rank >= max(best_rank, 1):
            best, best_rank = number, rank
    return best


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


def _frame_within(tree: BlockTree, main: int, heads: Container[int]) -> list[str | None]:
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
            elif not rule and _begins_region(tree, place) and place != main:
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
        if not (says.is_hidden or _is_apart(tree, says.block)):
            chars[says.block] += len(line)
    tree.add_up(chars)
    for place in reversed(tree.places[bisect_right(tree.places, main) :]):
        if place in found or (
            chars[place] >= max(MIN_CALLED, MIN_CALLED_SHARE * chars[main])
            and speaks_of_text(tree.blocks[place].label)
            and not _is_apart(tree, place)
        ):
            found |= {place, tree.parents[place]}
    return found


def _is_apart(tree: BlockTree, place: int) -> bool:
    return tree.in_frame[place] or tree.in_comments[place] or tree.in_aside[place]


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


def _beside(tree: BlockTree, main: int) -> list[bool]:
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
    return not _is_apart(tree, place)


def _is_sibling(tree: BlockTree, number: int, main: int) -> bool:
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


def _reason(tree: BlockTree, says: LineMarkup) -> str:
    if tree.in_frame[says.block]:
        return "markup.region"
    if tree.in_comments[says.block]:
        return COMMENTS
    return LINKS if says.link_density > MAX_LINK_DENSITY else "markup.outside"


def _named_line(rendered: Rendered, tree: BlockTree) -> int | None:
    """Return the number of the first heading that `title` begins with, or the first `h1` of a page without one."""
    stated = plain(rendered.title or rendered.heading or "")
    for number, says in enumerate(rendered.markup):
        if not says.heading or says.is_hidden:
            continue
        name = plain(tree.lines[number])
        if name == stated or (len(name) >= MIN_TITLE_NAME and stated.startswith(name)):
            return number
    return None
