"""Which lines of a saved page are its text, by what its markup says.

Paragraphs vote for the containers around them, as in Arc90's Readability, weighed by links, by the regions of the page
and by the words of classes and ids; the container with most votes is the text, in a thread those of its posts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaners.judging import threads
from cleaners.judging.block_tree import (
    FRAME,
    INNER,
    LISTS,
    MAX_FRAME_SHARE,
    MIN_LINK_LINE,
    TABLES,
    BlockTree,
    speaks_of_text,
)
from cleaners.judging.titles import MAX_TITLE, plain
from cleaners.model import Edit
from cleaners.reading.markup import LineMarkup, Region
from cleaners.reading.render import Rendered

MAX_LINK_DENSITY = 0.5
"""A line or block with a larger share of linked characters leads elsewhere."""
MAX_MARKS_OF_LINKS = 6
"""Sentences that a block of links holds at most."""
MAX_COMMENTS_SHARE = 0.6
"""The share of the sentences that comments hold at most: they may well be longer than the text."""
MAX_SIBLING_DENSITY = 0.25
MAX_LINES = 20_000
"""Lines of the longest page whose containers are weighed."""
MIN_LINKS = 2
"""Lines that a block of links has at least."""
MIN_CARDS, MIN_TITLE = 4, 8
"""Cards of other documents that make a list of them; characters of the title of one."""
MIN_SHARE_OF_CARDS = 0.6
MIN_MAIN_SHARE = 0.5
"""The share of the sentences, those of the frame and of teasers left out, that the text holds at least."""
MIN_KNOWN_SHARE = 0.3
"""The share of the sentences that the container which holds the text on other pages of the site holds at least."""
MIN_TITLE_NAME, MAX_ABOVE_TEXT = 4, 80
"""Letters of a title, at least, and lines above the text in which it stands."""
MAX_BESIDE = 8
"""Lines between the text and a line that states facts of it."""
MIN_PARAGRAPH = 20
"""Characters of the shortest line without a mark that votes for its container."""
MAX_LENGTH_VOTE = 6.0
CHARS_A_VOTE = 50
FRAME_WEIGHT = 0.3
"""What a vote counts in a container whose class or id says that it stands beside the text."""
_PAUSES = re.compile("[，,、；;：:。！!？?]")


@dataclass(frozen=True, slots=True)
class MarkupContent:
    """For every line the rule by which the markup takes it away, None for one that stays; whether it is a thread.

    `title` is the line above the text that the page's own title begins with, `container` the path to the element that
    holds the text.
    """

    removed_by: Sequence[str | None]
    is_thread: bool = False
    title: str | None = None
    container: str | None = None

    def near(self, text: str) -> set[int]:
        """Return the starts of the lines that are taken, but so near the text that they may state facts of it."""
        return {
            start
            for number, (start, rule) in enumerate(zip(line_starts(text), self.removed_by, strict=True))
            if rule and None in self.removed_by[max(0, number - MAX_BESIDE) : number + MAX_BESIDE + 1]
        }

    def edits(self, rendered: Rendered) -> list[Edit]:
        """Return the removals: of lines with their line feeds, in others of what the page does not show."""
        found: list[Edit] = []
        if not any(self.removed_by) and not rendered.unshown:
            return found
        start, spans = 0, iter((*rendered.unshown, None))
        span = next(spans)
        for line, rule in zip(rendered.text.split("\n"), self.removed_by, strict=True):
            end = min(start + len(line) + 1, len(rendered.text))
            if rule and found and found[-1].end == start and found[-1].rule == rule:
                found[-1] = Edit(found[-1].start, end, "", rule)
            elif rule and end > start:
                found.append(Edit(start, end, "", rule))
            while span and span.start < start + max(1, len(line)):
                if not rule:
                    found.append(Edit(span.start, span.end, "", span.reason.value))
                span = next(spans)
            start += len(line) + 1
        return found


def line_starts(text: str) -> list[int]:
    """Return where each line of a text begins."""
    return list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))


def shown(rendered: Rendered) -> MarkupContent:
    """Take away what the page does not show and nothing else: for pages whose template is known."""
    reasons = _unshown_lines(rendered)
    return MarkupContent([reasons.get(number) for number in range(len(rendered.markup))])


def find(rendered: Rendered, read: str, container: str | None = None) -> MarkupContent:
    """Find the text of a page of any site; `read` is the rendered text without readings that a mirror glued in.

    `container` is the path to the element that holds the text on other pages of the site: it holds it here too, where
    one element has that path and a fair share of the sentences.
    """
    tree = BlockTree(rendered, read.split("\n"))
    main = _main_block(tree)
    if container and (known := [place for place in range(1, len(tree.blocks)) if tree.path(place) == container]):
        is_fair = tree.marks[known[0]] >= MIN_KNOWN_SHARE * max(1, tree.marks[0])
        main = known[0] if len(known) == 1 and is_fair else main
    path = tree.path(main) if main else None
    posts = threads.posts(tree, rendered, main)
    unshown = _unshown_lines(rendered)
    inside, within = tree.inside(main), _frame_within(tree, main)
    found: list[str | None] = []
    for number, says in enumerate(rendered.markup):
        if number in unshown:
            found.append(unshown[number])
        elif posts is not None:
            found.append(None if posts[number] else _reason(tree, says))
        elif inside[says.block]:
            found.append(within[says.block])
        else:
            found.append(None if _is_sibling(tree, number, main) else _reason(tree, says))
    title = _title_line(rendered, tree, found)
    if title is None:
        return MarkupContent(found, posts is not None, container=path)
    found[title] = None
    is_stated = plain(rendered.title or "").startswith(plain(tree.lines[title]))
    return MarkupContent(found, posts is not None, tree.lines[title] if is_stated else None, path)


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
        if name in stated:
            rank += (4 if stated.startswith(name) else 2) + len(name) / len(stated)
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


def _frame_within(tree: BlockTree, main: int) -> list[str | None]:
    """Say for every block by which rule the main one does not count it to the text, None if it does.

    Lists of links, parts of the frame and readers' comments, none of which holds many of the sentences.
    """
    found: list[str | None] = []
    for place, block in enumerate(tree.blocks):
        rule = found[block.parent] if place > main else None
        if place > main and not rule and tree.chars[place]:
            rule = _frame_rule(tree, place, tree.mass[place] / max(1.0, tree.mass[main]))
        found.append(rule)
    return found


def _frame_rule(tree: BlockTree, place: int, share: float) -> str | None:
    """Return the rule by which a block is of the frame; `share` is its mass as a part of the text's."""
    block, marks = tree.blocks[place], tree.marks[place]
    if marks < MAX_MARKS_OF_LINKS and tree.linked[place] >= MAX_LINK_DENSITY * tree.chars[place]:
        is_list = (
            tree.link_lines[place] >= max(MIN_LINKS, tree.counts[place] / 2)
            and block.name not in INNER
            and block.name not in TABLES
        )
        if is_list or tree.in_aside[place]:
            return "markup.links"
    if block.region in FRAME - {Region.HEADER} and tree.in_frame[place] and share <= MAX_FRAME_SHARE:
        return "markup.region"
    return "markup.comments" if tree.in_comments[place] and share <= MAX_COMMENTS_SHARE else None


def _lists_of_teasers(tree: BlockTree) -> list[bool]:
    """Say for every block whether it is or stands in one most of whose blocks hold a link: cards of other documents."""
    has_link, cards, children = [False] * len(tree.blocks), [0] * len(tree.blocks), [0] * len(tree.blocks)
    for line, says in zip(tree.lines, tree.markup, strict=True):
        has_link[says.block] |= says.link_density >= MIN_LINK_LINE and len(line) >= MIN_TITLE
    for place in range(len(tree.blocks) - 1, 0, -1):
        parent = tree.blocks[place].parent
        has_link[parent] |= has_link[place]
        cards[parent] += has_link[place]
        children[parent] += tree.chars[place] > 0
    found: list[bool] = []
    for place, block in enumerate(tree.blocks):
        is_list = cards[place] >= MIN_CARDS and cards[place] >= MIN_SHARE_OF_CARDS * children[place]
        found.append(place > 0 and (is_list or found[block.parent]))
    return found


def _is_sibling(tree: BlockTree, number: int, main: int) -> bool:
    """Whether a line is a paragraph with a sentence beside the main block, and so of the text, as in Readability."""
    says = tree.markup[number]
    block = tree.blocks[says.block]
    is_beside = main > 0 and block.name == "p" and not block.label and block.parent == tree.blocks[main].parent
    return is_beside and tree.marks_of_line[number] > 0 and says.link_density < MAX_SIBLING_DENSITY


def _reason(tree: BlockTree, says: LineMarkup) -> str:
    if tree.in_frame[says.block]:
        return "markup.region"
    if tree.in_comments[says.block]:
        return "markup.comments"
    return "markup.links" if says.link_density > MAX_LINK_DENSITY else "markup.outside"


def _main_block(tree: BlockTree) -> int:
    """Return the block with most votes."""
    votes, teasers = _votes(tree), _lists_of_teasers(tree)
    for place, block in enumerate(tree.blocks):
        if tree.chars[place]:
            votes[place] *= 1 - tree.linked[place] / tree.chars[place]
        if teasers[place] or block.name in LISTS:
            votes[place] *= FRAME_WEIGHT
        if block.label and not (tree.in_comments[place] or tree.in_aside[place]) and speaks_of_text(block.label):
            votes[place] = votes[place] * 2 + 5 * (tree.chars[place] > MIN_PARAGRAPH)
    best = max(range(len(votes)), key=lambda place: (votes[place], -place))
    return _widened(tree, best, teasers)


def _widened(tree: BlockTree, main: int, teasers: Sequence[bool]) -> int:
    """Return the innermost block around `main` outside of which not much stands that reads like a text."""
    marks = [0.0] * len(tree.blocks)
    for number, says in enumerate(tree.markup):
        place = says.block
        if says.is_hidden or says.link_density > MAX_LINK_DENSITY or teasers[place]:
            continue
        if not (tree.in_frame[place] or tree.in_comments[place] or tree.in_aside[place]):
            marks[place] += tree.marks_of_line[number]
    for place in range(len(marks) - 1, 0, -1):
        marks[tree.blocks[place].parent] += marks[place]
    while main and marks[main] < MIN_MAIN_SHARE * marks[0]:
        main = tree.blocks[main].parent
    return main


def _votes(tree: BlockTree) -> list[float]:
    """Let each paragraph vote for its container, by half for the one around that, by a sixth for the next."""
    votes = [0.0] * len(tree.blocks)
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if says.is_hidden or says.link_density > MAX_LINK_DENSITY or tree.in_frame[says.block]:
            continue
        plain, pauses = len(line) * (1 - says.link_density), len(_PAUSES.findall(line))
        if plain < MIN_PARAGRAPH and not pauses:
            continue
        vote = 1 + pauses + min(plain / CHARS_A_VOTE, MAX_LENGTH_VOTE)
        if tree.in_comments[says.block] or tree.in_aside[says.block]:
            vote *= FRAME_WEIGHT
        place = tree.container(says.block)
        for share in (1, 1, 1 / 2) if tree.is_paragraph(place) else (1, 1 / 2, 1 / 6):
            votes[place] += vote * share
            place = tree.blocks[place].parent
            if not place:
                break
    return votes
