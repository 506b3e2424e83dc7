"""Threads: which lines of a forum's or question's page are its posts, and which stand around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from cleaners.judging.block_tree import INNER, MIN_LINK_LINE, BlockTree, masked, speaks_of_comments, words
from cleaners.judging.titles import plain
from cleaners.reading.render import Rendered

_SITES = re.compile(
    r".{0,12}(?:论坛|論壇|贴吧|貼吧|问答|問答|知乎|社区|社區|微博|讨论区|討論區|吧)"
    r"|.*(?<![a-z])(?:bbs|forums?|discuz|phpwind|flarum|discourse|v2ex|tieba)(?![a-z]).*",
    re.IGNORECASE,
)
"""Names of sites of threads: what stands behind the title in `title`, or alone."""
_APART = re.compile(r"\s*[-_|–—·;]+\s*|的(?=微博)")
_speaks_of_thread = words(
    r"(?<![a-z])(?:topic(?!s(?![a-z]))|thread|question|answer|bbs|forum|viewthread|postlist|tieba|discussion|postmessage|floor|tiezi)"
)
_speaks_of_post = words(
    r"post(?!er)|reply|replies|respond|comment|answer|floor|thread|topic|question|message|discussion"
)
_BODY = re.compile(r"content|message|text(?!area)|body|markdown|descr|rich|t_f|article|cooked|detail", re.IGNORECASE)
_ABOUT = re.compile(
    r"author|avatar|user(?!-?content)|name|time|date|meta|count|action|tool|btn|button|vote|like|level|sign|score|badge|tip|footer|header|bar(?![a-z])|title|nav|menu|page|rate|locked|quote",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"--[\w-]+")
_WHEN = re.compile(
    r"[^。！？，；]{0,24}(?:\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}:\d{2}"
    r"|\d{1,3}[ \xa0]?(?:秒|分钟|小时|天|周|个?月|年)前|昨天|前天"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}|\d (?:hour|day|week|month|year)s? ago)"
    r"[^。！？，；]{0,40}"
)
MAX_BESIDE = 0.5
"""The sentences outside the replies of a thread, at most, as a part of those in them."""
MIN_HELD, MIN_SAID = 0.4, 0.7
"""The shares that posts hold, at least, where nothing calls them a thread: of the characters of the replies that open
a page, and of the sentences of a text that is known by its posts."""
MIN_PARAGRAPH = 20
"""Characters of the shortest line without a mark that is a paragraph."""
MIN_BODY = 12
"""Characters that lines of posts have on average, where no class says that they are a post's text."""
MAX_LINKED, MAX_LINKED_BODY = 0.5, 0.8
"""The largest share of linked characters in lines of posts, and in those of classes that say that they are texts."""
MIN_MARKS_A_LINE = 0.3
MIN_THREAD = 0.5
"""The mass of an element of a thread's class as a part of the text's, at least."""
MIN_POSTS, MAX_HEAD, MIN_TITLE = 2, 60, 8
"""Posts of a thread, characters of the line that says when one came, and of a link that may be an entry's title."""
MIN_HEADS = 0.5
"""The share of lines that say when a post came which shows that all of their kind stand around posts."""


def posts(
    tree: BlockTree, rendered: Rendered, main: int, in_comments: Sequence[bool], *, is_opened: bool
) -> list[bool] | None:
    """Say for every line whether it is the text of a post; None for a page that is no thread.

    A thread says so in its title, in the classes around its text or by posts that are alike, or `is_opened` by one; and
    it has answers, such as stand `in_comments`.
    """
    names = [name for name in _APART.split(rendered.title or "") if name]
    names = [*names[1:], *(names if len(names) == 1 else []), rendered.facts.get("site", "")]
    inside = tree.inside(main)
    most = (place for place in range(len(inside)) if inside[place] and tree.mass[place] >= MIN_THREAD * tree.mass[main])
    is_called = any(map(_SITES.fullmatch, names)) or any(
        _is_called_thread(tree, place) for place in chain(tree.around(main), most)
    )
    if not (is_opened or is_called or _holds_posts(tree, main, plain(rendered.title or ""))):
        return None
    kinds = _kinds(tree)
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, says in enumerate(tree.markup):
        if not says.is_hidden:
            groups[kinds[says.block]].append(number)
    found = [False] * len(tree.lines)
    said = {kind: lines for kind, numbers in groups.items() if (lines := _said(tree, kind, numbers))}
    bodies = {kind[0] for kind in said if kind and _is_called(kind[0])}
    for kind, numbers in said.items():
        if not bodies.isdisjoint(kind) or _reads_like_posts(tree, numbers):
            for number in numbers:
                place = tree.markup[number].block
                is_post = inside[place] or any(_speaks_of_post(tree.blocks[p].label) for p in tree.around(place))
                if is_post and not tree.in_aside[place]:
                    found[number] = True
    if is_opened and _held(tree, found, in_comments, list(map(len, tree.lines))) < MIN_HELD:
        return None
    if not (is_opened or is_called) and _held(tree, found, inside, tree.marks_of_line) < MIN_SAID:
        return None
    answered = any(
        is_post and (in_comments[says.block] or not inside[says.block])
        for is_post, says in zip(found, tree.markup, strict=True)
    )
    return found if answered or _has_several(tree, found, inside) else None


def _held(tree: BlockTree, is_post: Sequence[bool], whole: Sequence[bool], counts: Sequence[int]) -> float:
    """Return the share of what lines count, of those that stand in such blocks and lead nowhere, which posts hold."""
    held, of_all = 0, 0
    for says, post, count in zip(tree.markup, is_post, counts, strict=True):
        if whole[says.block] and not says.is_hidden and says.link_density <= MAX_LINKED:
            held += count * post
            of_all += count
    return held / (of_all or 1)


def opens(tree: BlockTree, named: int | None) -> bool:
    """Whether what a class calls comments or replies is the page's own text.

    It stands below the title, the line `named`, before any paragraph, and holds most of the sentences.
    """
    if not any(tree.in_comments):
        return False
    paragraphs = _paragraphs(tree, 0 if named is None else named + 1)
    first = list(islice(paragraphs, MIN_POSTS))
    if len(first) < MIN_POSTS or not all(tree.in_comments[tree.markup[number].block] for number in first):
        return False
    marks = [0, 0]
    for number in _paragraphs(tree, 0):
        marks[tree.in_comments[tree.markup[number].block]] += tree.marks_of_line[number]
    return marks[0] <= MAX_BESIDE * marks[1]


def _paragraphs(tree: BlockTree, start: int) -> Iterator[int]:
    """Yield the lines of the page, not of its frame, with a sentence or long and without a link."""
    for number in range(start, len(tree.lines)):
        says = tree.markup[number]
        if says.is_hidden or tree.in_frame[says.block] or says.link_density > MAX_LINKED:
            continue
        line = tree.lines[number]
        is_long = len(line) >= MIN_PARAGRAPH and not says.link_density and not _WHEN.fullmatch(line)
        if is_long or tree.marks_of_line[number]:
            yield number


def _holds_posts(tree: BlockTree, main: int, title: str) -> bool:
    """Whether the text is or holds blocks of one kind, called posts, each with a text and a line that says when.

    Entries of a list are no posts: each stands under a title that leads to it.
    """
    around, inside = set(tree.around(main)), tree.inside(main)
    kinds: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for place in tree.places:
        if tree.blocks[place].label and (inside[place] or place in around) and not tree.in_comments[place]:
            is_text = tree.marks[place] and tree.linked[place] <= MAX_LINKED * tree.chars[place]
            if is_text and _speaks_of_post(tree.blocks[place].label):
                kinds[tree.kind(place)].append(place)
    alike = [places for places in kinds.values() if len(places) >= MIN_POSTS]
    if not alike:
        return False
    dated, titled = set[int](), set[int]()
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if says.is_hidden or len(line) > MAX_HEAD:
            continue
        if _WHEN.search(line):
            dated.add(says.block)
        elif says.heading or len(line) >= MIN_TITLE:
            is_title = says.link_density >= MIN_LINK_LINE and not _is_about(tree, says.block, plain(line), title)
            titled |= {says.block} if is_title else set()
    posts = _all_around(tree, dated) - _all_around(tree, titled)
    return any(len(posts.intersection(places)) >= MIN_POSTS for places in alike)


def _is_about(tree: BlockTree, place: int, line: str, title: str) -> bool:
    """Whether a link names the one who wrote a post, or the thread again."""
    label = tree.blocks[place].label or tree.blocks[tree.parents[place]].label
    return line.removeprefix("re") in title or _ABOUT.search(label) is not None


def _is_called_thread(tree: BlockTree, place: int) -> bool:
    """Whether the class of a block says thread, and not that it is one of comments on something else."""
    label = tree.blocks[place].label
    return _speaks_of_thread(label) and (speaks_of_comments(label) or not tree.in_comments[place])


def _has_several(tree: BlockTree, is_post: Sequence[bool], inside: Sequence[bool]) -> bool:
    """Whether several blocks of one kind in the text hold lines of posts, and each the line that says when it came."""
    said, dated = set[int](), set[int]()
    for line, says, post in zip(tree.lines, tree.markup, is_post, strict=True):
        if post or (len(line) <= MAX_HEAD and not says.is_hidden and _WHEN.search(line)):
            (said if post else dated).add(says.block)
    kinds: dict[tuple[int, str, str], int] = defaultdict(int)
    for place in _all_around(tree, said) & _all_around(tree, dated):
        block = tree.blocks[place]
        if inside[block.parent] and (block.name not in INNER or block.name == "li"):
            kinds[tree.kind(place)] += 1
    return any(count >= MIN_POSTS for count in kinds.values())


def _all_around(tree: BlockTree, places: Iterable[int]) -> set[int]:
    """Return these blocks and all blocks around them."""
    found = set(places)
    for place in tree.places[:0:-1]:
        if place in found:
            found.add(tree.parents[place])
    return found


def _kinds(tree: BlockTree) -> list[tuple[str, ...]]:
    """Return for every block what it and the two labelled blocks around it are; posts repeat them."""
    kinds: list[tuple[str, ...]] = [()] * len(tree.blocks)
    for place in tree.places:
        block, kinds[place] = tree.blocks[place], kinds[tree.parents[place]]
        if block.label and (block.name not in INNER or block.name in ("li", "td")):
            kinds[place] = (f"{block.name}.{masked(block.label)}", *kinds[place][:2])
    return kinds


def _is_called(own: str) -> bool:
    """Whether the class of a block says that it is a post's text."""
    return bool(_BODY.search(own)) and not _is_of_poster(own)


def _is_of_poster(own: str) -> bool:
    """Whether the class of a block says that it is about a post; what varies one, `text--user`, does not say so."""
    return _ABOUT.search(_VARIANT.sub("", own)) is not None


def _said(tree: BlockTree, kind: Sequence[str], numbers: Sequence[int]) -> Sequence[int]:
    """Return the lines of one kind that may be texts of posts: no names, days, counters.

    Where every second line says when a post came, the others may be texts.
    """
    lines = [line for number in numbers if (line := tree.lines[number].strip())]
    linked = sum(len(tree.lines[n]) * tree.markup[n].link_density for n in numbers)
    if linked > (MAX_LINKED_BODY if kind and _is_called(kind[0]) else MAX_LINKED) * sum(map(len, lines)):
        return ()
    if (len(lines) >= 3 and len(set(lines)) < 0.5 * len(lines)) or (kind and _is_of_poster(kind[0])):
        return ()
    rest = [number for number in numbers if not _WHEN.fullmatch(tree.lines[number].strip())]
    heads = len(numbers) - len(rest)
    if heads < MIN_HEADS * len(lines):
        return numbers
    return rest if MIN_POSTS <= heads == len(rest) and _reads_like_posts(tree, rest) else ()


def _reads_like_posts(tree: BlockTree, numbers: Sequence[int]) -> bool:
    """Whether lines of one kind, of which no class says that they are texts, are long or sentences."""
    chars = sum(len(tree.lines[number].strip()) for number in numbers)
    marks = sum(tree.marks_of_line[number] for number in numbers)
    return chars >= MIN_BODY * len(numbers) or marks >= MIN_MARKS_A_LINE * len(numbers)
