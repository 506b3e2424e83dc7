"""What shows a thread by its shape: posts of one kind that say when they came, or replies that open a page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from cleaners.judging.titles import plain
from cleaners.markup.alike_blocks import kind_of
from cleaners.markup.block_sums import INNER, MIN_LINK_LINE
from cleaners.markup.block_tree import BlockTree
from cleaners.markup.class_words import words

speaks_of_post = words(
    r"post(?!er)|reply|replies|respond|comm[eo]nt|answer|floor|thread|topic|question|message|discussion"
)
speaks_of_message = words(r"post[-_]?(?:message|body|content|text)|(?<![a-z])t_f(?![a-z])|t_msgfont|tpc_content")
"""Whether the words are those of the text of a post."""


def is_called_post(label: str) -> bool:
    """Whether a class says that a block is a post, or its text."""
    return speaks_of_post(label) or speaks_of_message(label)


ABOUT = re.compile(
    r"author|avatar|user(?!-?content)|name|time|date|meta|count|action|tool|btn|button|vote|like|level|sign|score|badge|tip|footer|header|bar(?![a-z])|title|nav|menu|pag(?:e|ination)|rate|locked|quote",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"(?=[^\d天]*+[\d天])[^。！？，；]{0,24}(?:(?<![\d.])\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}:\d{2}"
    r"|\d{1,3}[ \xa0]?(?:秒|分钟|小时|天|周|个?月|年)前|昨天|前天"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}|\d (?:hour|day|week|month|year)s? ago)"
    r"[^。！？，；]{0,40}"
)
FLOOR = re.compile(r"(?:第 ?)?\d{1,5} ?[楼樓]#?|#\d{1,5}|楼主|樓主|沙发|沙發|板凳|地板")
"""A line that says which post of a thread follows or came."""
MAX_BESIDE = 0.5
"""Sentences outside the replies of a thread, at most, for each one in them."""
MIN_PARAGRAPH, MIN_VERSES = 20, 6
"""Characters of the shortest line without a mark that is a paragraph; so many lines of one element are verses."""
MAX_LINKED = 0.5
"""The largest share of linked characters in lines of posts."""
MIN_POSTS, MAX_HEAD, MIN_TITLE = 2, 60, 8
"""Posts of a thread, characters of the line that says when one came, and of a link that may be an entry's title."""


def opens(tree: BlockTree, named: int | None) -> bool:
    """Whether what a class calls comments or replies is the page's own text.

    It stands below the title, the line `named`, before any paragraph, and holds most of the sentences, or its first one
    is called the text of a post.
    """
    if not any(tree.in_comments):
        return False
    paragraphs = list(_paragraphs(tree))
    below = (number for number in paragraphs if named is None or number > named)
    first = [tree.markup[number].block for number in islice(below, MIN_POSTS)]
    if not (first and tree.in_comments[first[0]]):
        return False
    around = (place for place in tree.around(first[0]) if tree.in_comments[place])
    if any(speaks_of_message(tree.blocks[place].label) for place in around):
        return True
    if len(first) < MIN_POSTS or not all(tree.in_comments[place] for place in first):
        return False
    marks = [0, 0]
    for number in paragraphs:
        marks[tree.in_comments[tree.markup[number].block]] += tree.marks_of_line[number]
    return marks[0] <= MAX_BESIDE * marks[1]


def _paragraphs(tree: BlockTree) -> Iterator[int]:
    """Yield the lines of the page, not of its frame, with a sentence, or without a link and long or of a verse."""
    beside = Counter(says.block for says in tree.markup if not (says.is_hidden or says.link_density))
    for number, (line, says) in enumerate(zip(tree.lines, tree.markup, strict=True)):
        if says.is_hidden or tree.in_frame[says.block] or says.link_density > MAX_LINKED:
            continue
        is_long = len(line) >= MIN_PARAGRAPH or beside[says.block] >= MIN_VERSES
        is_long = is_long and not says.link_density and not WHEN.fullmatch(line)
        if is_long or tree.marks_of_line[number]:
            yield number


def holds_posts(tree: BlockTree, main: int, title: str) -> bool:
    """Whether the text is, holds or stands in blocks called posts, of one kind, each with a text and a line of when.

    One around the text of a post is one, too, unless it has a heading of its own. Entries of a list are no posts: each
    stands under a title that leads on.
    """
    around, inside = {0, *tree.around(main)}, tree.inside(main)
    own = (
        says.block
        for line, says in zip(tree.lines, tree.markup, strict=True)
        if says.heading and not _repeats(plain(line), title)
    )
    messages = _all_around(tree, (place for place in tree.places if speaks_of_message(tree.blocks[place].label)))
    messages -= _all_around(tree, own)
    kinds: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for place in tree.places:
        parent = tree.parents[place]
        if tree.blocks[place].label and (inside[place] or parent in around) and not tree.in_comments[place]:
            is_text = tree.marks[place] and tree.linked[place] <= MAX_LINKED * tree.chars[place]
            if is_text and (speaks_of_post(tree.blocks[place].label) or place in messages):
                kinds[kind_of(tree, place)].append(place)
    alike = [places for places in kinds.values() if len(places) >= MIN_POSTS]
    if not alike:
        return False
    dated, titled = set[int](), set[int]()
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if says.is_hidden or len(line) > MAX_HEAD:
            continue
        if WHEN.search(line):
            dated.add(says.block)
        elif says.heading or len(line) >= MIN_TITLE:
            is_title = says.link_density >= MIN_LINK_LINE and not _is_about(tree, says.block, plain(line), title)
            titled |= {says.block} if is_title else set()
    posts = _all_around(tree, dated) - _all_around(tree, titled)
    return any(len(posts.intersection(places)) >= MIN_POSTS for places in alike)


def _is_about(tree: BlockTree, place: int, line: str, title: str) -> bool:
    """Whether a link names the one who wrote a post, or the thread again."""
    label = tree.blocks[place].label or tree.blocks[tree.parents[place]].label
    return _repeats(line, title) or ABOUT.search(label) is not None


def _repeats(line: str, title: str) -> bool:
    """Whether a line says the title again, as answers do."""
    return line.removeprefix("re") in title


def has_several(tree: BlockTree, is_post: Sequence[bool], inside: Sequence[bool]) -> bool:
    """Whether several blocks of one kind in the text hold lines of posts, and each what says when or which it is."""
    said, dated = set[int](), set[int]()
    for line, says, post in zip(tree.lines, tree.markup, is_post, strict=True):
        is_head = len(line) <= MAX_HEAD and not says.is_hidden and (WHEN.search(line) or FLOOR.fullmatch(line))
        if post or is_head:
            (said if post else dated).add(says.block)
    kinds: dict[tuple[int, str, str], int] = defaultdict(int)
    for place in _all_around(tree, said) & _all_around(tree, dated):
        block = tree.blocks[place]
        if inside[block.parent] and (block.name not in INNER or block.name == "li"):
            kinds[kind_of(tree, place)] += 1
    return any(count >= MIN_POSTS for count in kinds.values())


def _all_around(tree: BlockTree, places: Iterable[int]) -> set[int]:
    """Return these blocks and all blocks around them."""
    found = set(places)
    for place in tree.places[:0:-1]:
        if place in found:
            found.add(tree.parents[place])
    return found
