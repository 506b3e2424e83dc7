"""Threads: which lines of a forum's or question's page are its posts, and which stand around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from cleaners.judging.block_tree import INNER, BlockTree, masked, speaks_of_comments, words
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
_WHEN = re.compile(
    r"[^。！？，；]{0,24}(?:\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}:\d{2}"
    r"|\d{1,3} ?(?:秒|分钟|小时|天|周|个?月|年)前|昨天|前天)[^。！？，；]{0,40}"
)
MIN_BODY = 12
"""Characters that lines of posts have on average, where no class says that they are a post's text."""
MAX_LINKED, MAX_LINKED_BODY = 0.5, 0.8
"""The largest share of linked characters in lines of posts, and in those of classes that say that they are texts."""
MIN_MARKS_A_LINE = 0.3
MIN_THREAD = 0.5
"""The mass of an element of a thread's class as a part of the text's, at least."""
MIN_POSTS, MAX_HEAD = 2, 60
"""Posts of a thread, and characters of the line that says when one came."""
MIN_HEADS = 0.5
"""The share of lines that say when a post came which shows that all of their kind stand around posts."""


def posts(tree: BlockTree, rendered: Rendered, main: int) -> list[bool] | None:
    """Say for every line whether it is the text of a post; None for a page that is no thread.

    A thread says so in its title or in the classes around its text, and has answers.
    """
    names = [name for name in _APART.split(rendered.title or "") if name]
    names = [*names[1:], *(names if len(names) == 1 else []), rendered.facts.get("site", "")]
    inside = tree.inside(main)
    most = (place for place in range(len(inside)) if inside[place] and tree.mass[place] >= MIN_THREAD * tree.mass[main])
    is_thread = any(map(_SITES.fullmatch, names)) or any(
        _is_called_thread(tree, place) for place in chain(tree.around(main), most)
    )
    if not is_thread:
        return None
    kinds = _kinds(tree)
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, says in enumerate(tree.markup):
        if not says.is_hidden:
            groups[kinds[says.block]].append(number)
    found = [False] * len(tree.lines)
    said = {kind: numbers for kind, numbers in groups.items() if _may_be_said(tree, kind, numbers)}
    bodies = {kind[0] for kind in said if kind and _is_called(kind[0])}
    for kind, numbers in said.items():
        if not bodies.isdisjoint(kind) or _reads_like_posts(tree, numbers):
            for number in numbers:
                place = tree.markup[number].block
                is_post = inside[place] or any(_speaks_of_post(tree.blocks[p].label) for p in tree.around(place))
                if is_post and not tree.in_aside[place]:
                    found[number] = True
    answered = any(
        is_post and (tree.in_comments[says.block] or not inside[says.block])
        for is_post, says in zip(found, tree.markup, strict=True)
    )
    return found if answered or _has_several(tree, found, inside) else None


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
    for places in (said, dated):
        for place in tree.places[:0:-1]:
            if place in places:
                places.add(tree.parents[place])
    kinds: dict[tuple[int, str, str], int] = defaultdict(int)
    for place in said & dated:
        block = tree.blocks[place]
        if inside[block.parent] and (block.name not in INNER or block.name == "li"):
            kinds[tree.kind(place)] += 1
    return any(count >= MIN_POSTS for count in kinds.values())


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
    return bool(_BODY.search(own)) and not _ABOUT.search(own)


def _may_be_said(tree: BlockTree, kind: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether lines of one kind may be texts of posts: no names, days, counters."""
    lines = [line for number in numbers if (line := tree.lines[number].strip())]
    linked = sum(len(tree.lines[n]) * tree.markup[n].link_density for n in numbers)
    if linked > (MAX_LINKED_BODY if kind and _is_called(kind[0]) else MAX_LINKED) * sum(map(len, lines)):
        return False
    if sum(bool(_WHEN.fullmatch(line)) for line in lines) >= MIN_HEADS * len(lines):
        return False
    return (len(lines) < 3 or len(set(lines)) >= 0.5 * len(lines)) and not (kind and _ABOUT.search(kind[0]))


def _reads_like_posts(tree: BlockTree, numbers: Sequence[int]) -> bool:
    """Whether lines of one kind, of which no class says that they are texts, are long or sentences."""
    chars = sum(len(tree.lines[number].strip()) for number in numbers)
    marks = sum(tree.marks_of_line[number] for number in numbers)
    return chars >= MIN_BODY * len(numbers) or marks >= MIN_MARKS_A_LINE * len(numbers)
