"""Which block of a saved page holds its text: paragraphs vote, and the text's other pieces are joined to the winner.

Votes as in Arc90's Readability, weighed by links, by the regions of the page and by the words of classes and ids.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from cleaners.markup.alike_blocks import are_alike, kind_of, masked
from cleaners.markup.block_sums import LISTS, MAX_LINK_DENSITY, MIN_LINK_LINE
from cleaners.markup.block_tree import BlockTree
from cleaners.markup.class_words import speaks_of_code, speaks_of_text

MIN_CARDS, MAX_CARD, MAX_SAID, MIN_TITLE = 4, 8, 5, 8
"""Cards of other documents that make a list of them; lines of one, its sentences where no heading of it leads on, and
characters of its title."""
MIN_SHARE_OF_CARDS, MAX_SHARE_OF_CARD = 0.6, 0.5
MIN_MAIN_SHARE = 0.5
"""The share of the sentences, those of the frame and of teasers left out, that the text holds at least."""
MAX_MARKS_OUTSIDE = 200
"""The sentences outside the text, at most, where it stands in elements of one kind, nested: parts never ended."""
MIN_ARTICLE_SHARE = 0.75
"""The share of the sentences of an `article` that the text in it holds at least."""
MIN_LINE_SHARE = 0.75
"""The share of the characters of a block that a single line has which is most of the text, but not all."""
MIN_PIECES, MIN_MARKS_A_LINE = 0.1, 0.5
"""Size of another piece of a text, as a share of the one that holds most of it; sentences a line of it."""
PARTS = frozenset(("ul", "ol", "dl", "blockquote", "details"))
MAX_LINKED_BESIDE = 0.25
"""Elements that are part of a text, and the share of linked characters of what stands beside one in it, at most."""
MIN_PARAGRAPH = 20
"""Characters of the shortest line without a mark that votes for its container."""
MAX_LENGTH_VOTE = 6.0
CHARS_A_VOTE = 50
FRAME_WEIGHT = 0.3
"""What a vote counts in a container whose class or id says that it stands beside the text."""
ABOVE_TITLE, BELOW_TITLE, FADING = 0.5, 3.0, 0.2
"""What a vote counts above the title, and just below it; so much less with each further line, until it counts one."""
MIN_VOTES = 0.5
"""Votes of the container of a text, at least."""
COMMENTS_WEIGHT = 0.1
"""What a vote counts in readers' comments: there may be more of them than of the text."""
MAX_STAMP = 60
"""Characters of the longest line that says when a text came, and nothing of it."""
_STAMP = re.compile(r"\d[-/.年月]\d{1,2}.{0,6}[0-2]?\d:[0-5]\d")
_PAUSES = re.compile("[，,；;。！!？?]")


def find(tree: BlockTree, teasers: Sequence[bool], known: Container[int], named: int | None) -> int:
    """Return the block with most votes, widened until outside of it not much reads like a text.

    `known` are lines of noise, `named` is the line of the title.
    """
    weights = _weights(tree, known, named)
    votes = _votes(tree, weights)
    for place in tree.places:
        name, label = tree.blocks[place].name, tree.blocks[place].label
        if votes[place]:
            votes[place] *= 1 - tree.linked[place] / tree.chars[place]
            if teasers[place] or name in LISTS:
                votes[place] *= FRAME_WEIGHT
        is_apart = tree.in_comments[place] or tree.in_aside[place] or not tree.chars[place]
        if label and not is_apart and speaks_of_text(label):
            votes[place] = votes[place] * 2 + 5 * (tree.chars[place] > MIN_PARAGRAPH)
    best = votes.index(max(votes))
    if votes[best] < MIN_VOTES:
        return 0
    return _widened(tree, best, teasers, weights)


def _widened(tree: BlockTree, main: int, teasers: Sequence[bool], weights: Sequence[float]) -> int:
    """Return the innermost block around `main` outside of which not much stands that reads like a text."""
    marks = [0.0] * len(tree.blocks)
    for weight, said, says in zip(weights, tree.marks_of_line, tree.markup, strict=True):
        place = says.block
        if not (teasers[place] or tree.in_comments[place] or tree.in_aside[place]):
            marks[place] += weight * said
    tree.add_up(marks)
    while main and marks[main] < MIN_MAIN_SHARE * marks[0]:
        main = tree.parents[main]
    if marks[0] - marks[main] > MAX_MARKS_OUTSIDE:
        main = _around_unended(tree, main)
    main = _around_nameless(tree, _in_article(tree, _around_list(tree, main), teasers, weights))
    around = tree.parents[main]
    is_line = tree.counts[main] == 1 and any(says.block == main for says in tree.markup)
    return around if is_line and tree.chars[main] >= MIN_LINE_SHARE * tree.chars[around] else main


def _around_unended(tree: BlockTree, main: int) -> int:
    """Return the outermost block around `main` that is of one kind with one in it, or `main`: parts of a book."""
    kinds = set[tuple[str, str]]()
    for place in tree.around(main):
        block = tree.blocks[place]
        if block.label and (kind := (block.name, masked(block.label))) in kinds:
            main = place
        elif block.label:
            kinds.add(kind)
    return main


def _around_list(tree: BlockTree, main: int) -> int:
    """Return the block around a list, quotation or code in which plain text stands beside it: a piece of a text."""
    is_code = tree.blocks[tree.cores[main]].name == "pre" or speaks_of_code(tree.blocks[main].label)
    while main and (is_code or (tree.blocks[main].name in PARTS and not speaks_of_text(tree.blocks[main].label))):
        around = tree.parents[main]
        beside = tree.chars[around] - tree.chars[main]
        if tree.in_frame[around] or tree.linked[around] - tree.linked[main] > MAX_LINKED_BESIDE * beside:
            break
        is_code = is_code and tree.counts[around] == tree.counts[main]
        main = around
    return main


def _around_nameless(tree: BlockTree, main: int) -> int:
    """Return the block around a `div` without a class beside which a fair part of the text stands, and few links.

    Whoever wrote the text made it; what a site makes for a text has a name.
    """
    while main and tree.blocks[main].name == "div" and not tree.blocks[main].label:
        around = tree.parents[main]
        beside, linked = tree.chars[around] - tree.chars[main], tree.linked[around] - tree.linked[main]
        is_piece = tree.mass[around] - tree.mass[main] >= MIN_PIECES * tree.mass[main]
        if not around or tree.is_apart(around) or not is_piece or linked > MAX_LINKED_BESIDE * beside:
            break
        main = around
    return main


def _in_article(tree: BlockTree, main: int, teasers: Sequence[bool], weights: Sequence[float]) -> int:
    """Return the innermost block around `main` that holds most of the sentences of the `article`."""
    article = next((place for place in tree.around(main) if tree.blocks[place].name == "article"), main)
    if article == main:
        return main
    marks = [0.0] * len(tree.blocks)
    for weight, line, said, says in zip(weights, tree.lines, tree.marks_of_line, tree.markup, strict=True):
        place = says.block
        is_apart = teasers[place] or tree.in_comments[place] or tree.in_aside[place]
        if weight and len(line) >= MIN_PARAGRAPH and not is_apart and tree.is_plain(says):
            marks[place] += said + len(line) / CHARS_A_VOTE
    tree.add_up(marks)
    while marks[main] < MIN_ARTICLE_SHARE * marks[article]:
        main = tree.parents[main]
    return main


def with_pieces(tree: BlockTree, main: int, teasers: Sequence[bool], named: int | None) -> int:
    """Return the innermost block around `main` that holds all pieces of its text: an element each, all of one kind.

    They hold a fair part of it together, or are its sections, however short; one that begins with the title, the line
    `named`, is no section of a text.
    """
    titled = set(tree.around(tree.markup[named].block)) if named is not None else set[int]()
    branches = {tree.parents[place]: place for place in tree.around(main)}
    pieces, whole = dict.fromkeys(branches, 0.0), set[int]()
    for place in tree.places[1:]:
        parent = tree.parents[place]
        if parent in branches and place != branches[parent] and not teasers[place] and _is_beside(tree, place, main):
            branch, has_text = branches[parent], tree.marks[place] >= max(1, MIN_MARKS_A_LINE * tree.counts[place])
            is_section = _is_section(tree, place, branch)
            if not (has_text or is_section):
                continue
            is_one = tree.first[branch] not in titled
            is_alike = are_alike(tree, place, branch) or (is_one and {place, branch} <= tree.sections)
            if is_alike or (is_section and are_alike(tree, place, branch, in_part=True)):
                pieces[parent] += tree.mass[place]
            if is_section and is_alike and is_one:
                whole.add(parent)
    for parent, mass in pieces.items():
        if parent in whole or mass >= MIN_PIECES * tree.mass[main]:
            main = parent
    return main


def _is_beside(tree: BlockTree, place: int, main: int) -> bool:
    """Whether a block holds few links, and stands in no part of the page that is further from a text than `main`."""
    is_apart = tree.in_frame[place] or (tree.in_comments[place] > tree.in_comments[main])
    return (
        not is_apart
        and tree.in_aside[place] <= tree.in_aside[main]
        and tree.linked[place] <= MAX_LINK_DENSITY * tree.chars[place]
    )


def _is_section(tree: BlockTree, place: int, branch: int) -> bool:
    """Whether two blocks begin with headings of one level, and few lines are links: sections of one text."""
    one, other = (tree.blocks[tree.first[each]].heading for each in (place, branch))
    has_links = tree.link_lines[place] > MAX_LINKED_BESIDE * tree.counts[place]
    return 0 < one == other and not has_links


def _weights(tree: BlockTree, known: Container[int], named: int | None) -> list[float]:
    """Return what each line counts: those near below the title most, those above it least, 0 for no paragraph.

    A short text is outvoted by notices and comments else.
    """
    found, weight = [0.0] * len(tree.lines), 1.0 if named is None else ABOVE_TITLE
    for number, (line, says) in enumerate(zip(tree.lines, tree.markup, strict=True)):
        if number == named:
            weight = BELOW_TITLE
        elif not (
            says.is_hidden or says.link_density > MAX_LINK_DENSITY or tree.in_frame[says.block] or number in known
        ):
            if len(line) > MAX_STAMP or not is_stamped(line):
                found[number] = weight
            weight = max(1.0, weight - FADING) if weight > 1 else weight
    return found


def is_stamped(line: str) -> bool:
    """Whether a line says when a text came."""
    return ":" in line and _STAMP.search(line) is not None


def _votes(tree: BlockTree, weights: Sequence[float]) -> list[float]:
    """Let each paragraph vote for its container, by half for the one around that, by a sixth for the next."""
    votes = [0.0] * len(tree.blocks)
    for weight, line, says in zip(weights, tree.lines, tree.markup, strict=True):
        if not weight:
            continue
        plain, pauses = len(line) * (1 - says.link_density), len(_PAUSES.findall(line))
        is_paragraph = plain >= MIN_PARAGRAPH or pauses > 0
        vote = weight * (is_paragraph + pauses + min(plain / CHARS_A_VOTE, MAX_LENGTH_VOTE))
        if tree.in_comments[says.block] or tree.in_aside[says.block]:
            vote *= COMMENTS_WEIGHT if tree.in_comments[says.block] else FRAME_WEIGHT
        place = tree.container(says.block)
        for share in (1, 1, 1 / 2) if tree.is_paragraph(place) else (1, 1 / 2, 1 / 6):
            votes[place] += vote * share
            place = tree.outside_rows[tree.parents[place]]
            if not place:
                break
    return votes


def lists_of_teasers(tree: BlockTree) -> list[bool]:
    """Say for every block whether it is or stands in one most of whose blocks hold a link: cards of other documents.

    What stands in a block that holds most of such a list is no card.
    """
    has_link, is_titled, cards = [False] * len(tree.blocks), [False] * len(tree.blocks), [0] * len(tree.blocks)
    kinds: dict[tuple[int, str, str], int] = {}
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if says.link_density >= MIN_LINK_LINE and len(line) >= MIN_TITLE:
            has_link[says.block] = True
            is_titled[says.block] |= says.heading > 0
    parents = tree.parents
    for place in tree.places[:0:-1]:
        parent = parents[place]
        if has_link[place]:
            has_link[parent] = True
            is_titled[parent] |= is_titled[place]
            if tree.counts[place] <= MAX_CARD and (tree.marks[place] <= MAX_SAID or is_titled[place]):
                kind = kind_of(tree, place)
                kinds[kind] = alike = kinds.get(kind, 0) + 1
                cards[parent] = max(cards[parent], alike)
    found = [False] * len(tree.blocks)
    for place in tree.places[1:]:
        found[place] = found[parents[place]]
        if cards[place] >= max(MIN_CARDS, MIN_SHARE_OF_CARDS * tree.children[place]):
            found[place] |= tree.most[place] <= MAX_SHARE_OF_CARD * tree.mass[place]
    return found
