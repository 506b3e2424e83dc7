"""Threads: which lines of a forum's or question's page are its posts, and which stand around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import chain

from cleaners.judging.titles import plain
from cleaners.markup import quotes
from cleaners.markup.alike_blocks import masked
from cleaners.markup.block_sums import INNER, MAX_SIBLING_DENSITY, is_dated_link
from cleaners.markup.block_tree import BlockTree
from cleaners.markup.class_words import speaks_of_code, speaks_of_comments, words
from cleaners.markup.thread_shape import (
    ABOUT,
    MAX_LINKED,
    MIN_POSTS,
    MIN_TITLE,
    WHEN,
    has_several,
    holds_posts,
    is_called_post,
)
from cleaners.reading.render import Rendered

_SITES = re.compile(
    r".{0,12}(?:论坛|論壇|贴吧|貼吧|问答|問答|知乎|社区|社區|微博|讨论区|討論區|吧)|(?:百度|搜狗|搜搜)(?:知道|问问)"
    r"|.*(?<![a-z])(?:bbs|forums?|discuz|phpwind|flarum|discourse|v2ex|tieba|reddit|hacker news)(?![a-z]).*",
    re.IGNORECASE,
)
"""Names of sites of threads: what stands behind the title in `title`, or alone."""
_QUESTIONS = re.compile(r".{0,12}(?:问答|問答|知乎)|(?:百度|搜狗|搜搜)(?:知道|问问)")
"""Those of questions, where writers publish articles, too."""
_APART = re.compile(r"\s*[-_|–—·;]+\s*|的(?=微博)")
_speaks_of_thread = words(
    r"(?<![a-z])(?:topic(?!s(?![a-z]))|thread|question|answer|bbs|forum|viewthread|postlist|tieba|discussion|postmessage|floor|tiezi)"
)
_speaks_of_answer = words(r"answer|reply|replies")
_speaks_of_article = words(r"blog|article|news(?!group)|wiki|project")
_BODY = re.compile(r"content|message|text(?!area)|body|markdown|descr|rich|t_f|article|cooked|detail", re.IGNORECASE)
_VARIANT = re.compile(r"--[\w-]+")
MIN_HELD, MIN_SAID = 0.4, 0.7
"""The shares that posts hold, at least, where nothing calls them a thread: of the characters of the replies that open
a page, and of the sentences of a text that is known by its posts."""
MIN_BODY = 12
"""Characters that lines of posts have on average, where no class says that they are a post's text."""
MAX_LINKED_BODY = 0.8
"""The largest share of linked characters in lines of classes that say that they are texts."""
MIN_MARKS_A_LINE = 0.3
MIN_THREAD = 0.5
"""The mass of an element of a thread's class as a part of the text's, at least."""
_ROWS = frozenset(("li", "pre", "table", "tbody", "td", "th", "tr"))
"""What holds the rows of a list or a table, which are of texts."""
MIN_HEADS = 0.5
"""The share of lines that say when a post came which shows that all of their kind stand around posts."""


def posts(
    tree: BlockTree, rendered: Rendered, main: int, in_comments: Sequence[bool], *, is_opened: bool
) -> list[bool] | None:
    """Say for every line whether it is the text of a post; None for a page that is no thread.

    A thread says so in its title, in the classes around its text or by posts that are alike, or `is_opened` by one; and
    it has answers, such as stand `in_comments`.
    """
    inside = tree.inside(main)
    title = plain(rendered.title or "")
    names = [name for name in _APART.split(rendered.title or "") if name]
    is_called = _is_called_so(tree, rendered, names, main, inside)
    if not (is_opened or is_called or holds_posts(tree, main, title)):
        return None
    kinds = _kinds(tree)
    found, bodies = _lines_of_posts(tree, kinds, inside)
    if is_opened and _held(tree, found, in_comments, list(map(len, tree.lines))) < MIN_HELD:
        return None
    if not (is_opened or is_called) and _held(tree, found, inside, tree.marks_of_line) < MIN_SAID:
        return None
    asks = is_called and any(map(_QUESTIONS.fullmatch, names))
    answered = any(
        is_post and (in_comments[says.block] or not inside[says.block])
        for is_post, says in zip(found, tree.markup, strict=True)
    )
    if not (answered or has_several(tree, found, inside) or (asks and _holds_answers(tree, found, main, inside))):
        return None
    _add_rest(tree, found, kinds, bodies)
    titles = {title, *map(plain, names)}
    return [post and not _is_title(tree, number, titles) for number, post in enumerate(found)]


def _holds_answers(tree: BlockTree, found: Sequence[bool], main: int, inside: Sequence[bool]) -> bool:
    """Whether a class in the text calls a post an answer, and the posts hold the most of what is said without links."""
    answers = [False] * len(tree.blocks)
    for place in tree.places[bisect_right(tree.places, main) :]:
        answers[place] = answers[tree.parents[place]] or _speaks_of_answer(tree.blocks[place].label)
    if not any(post and answers[says.block] for post, says in zip(found, tree.markup, strict=True)):
        return False
    said = [
        0 if says.link_density > MAX_SIBLING_DENSITY else marks
        for says, marks in zip(tree.markup, tree.marks_of_line, strict=True)
    ]
    return _held(tree, found, inside, said) >= MIN_SAID


def _is_title(tree: BlockTree, number: int, titles: Container[str]) -> bool:
    """Whether a line is a heading that repeats the page's title, as that of an answer does."""
    line = plain(tree.lines[number]).removeprefix("re").removeprefix("回复")
    return tree.markup[number].heading > 0 and len(line) >= MIN_TITLE and line in titles


def _lines_of_posts(
    tree: BlockTree, kinds: Sequence[tuple[str, ...]], inside: Sequence[bool]
) -> tuple[list[bool], set[str]]:
    """Say for every line whether it is of a kind that posts are made of; return the kinds of posts' texts, too."""
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
                is_post = inside[place] or any(is_called_post(tree.blocks[p].label) for p in tree.around(place))
                if is_post and not tree.in_aside[place]:
                    found[number] = True
    return found, bodies


def _is_called_so(tree: BlockTree, rendered: Rendered, names: Sequence[str], main: int, inside: Sequence[bool]) -> bool:
    """Whether a class around the text says thread, or the name of the site, while nothing says that it is an article.

    `names` are the parts of the page's title. A class says so, or on a site of questions that the text stands in the
    only `article` of the page, which holds no answers.
    """
    names = [*names[1:], *(names if len(names) == 1 else []), rendered.facts.get("site", "")]
    most = (place for place in range(len(inside)) if inside[place] and tree.mass[place] >= MIN_THREAD * tree.mass[main])
    near = [place for place in chain(tree.around(main), most) if tree.blocks[place].label]
    if any(_is_called_thread(tree, place) for place in near):
        return True
    if any(_speaks_of_article(tree.blocks[place].label) for place in near) or not any(map(_SITES.fullmatch, names)):
        return False
    articles = [place for place in tree.places if tree.blocks[place].name == "article"]
    if len(articles) != 1 or articles[0] not in tree.around(main) or not any(map(_QUESTIONS.fullmatch, names)):
        return True
    held = tree.inside(articles[0])
    return any(held[place] and _speaks_of_answer(tree.blocks[place].label) for place in tree.places)


def _add_rest(tree: BlockTree, found: list[bool], kinds: Sequence[tuple[str, ...]], bodies: Container[str]) -> None:
    """Add what else stands in posts' texts, such as code in boxes, but for what is about posts and what is all links.

    Lines that say when a post came are about it where most of their kind do. A block that holds several texts is no
    post's, nor is one of a poster in which no line is `found`. A quotation stays where nothing above its post says what
    it does.
    """
    size, quoted = len(tree.blocks), quotes.of_others(tree)
    said, held, is_about = [0.0] * size, [0.0] * size, [False] * size
    for post, says in zip(found, tree.markup, strict=True):
        said[says.block] += post
    tree.add_up(said)
    for place in tree.places[1:]:
        label = tree.blocks[place].label
        is_about[place] = is_about[tree.parents[place]] or _is_of_poster(label)
        held[place] = float(bool(label and kinds[place]) and kinds[place][0] in bodies)
    is_body = [bool(held[place] and (said[place] or not is_about[place])) for place in range(size)]
    tree.add_up(held)
    inside = [False] * size
    for place in tree.places[1:]:
        is_text = inside[tree.parents[place]] or (is_body[place] and held[place] <= MIN_POSTS)
        is_beside = tree.in_aside[place] or (_is_of_poster(tree.blocks[place].label) and place not in quoted)
        inside[place] = is_text and not is_beside
    heads = _heads(tree, kinds)
    for number, says in enumerate(tree.markup):
        is_text = inside[says.block] and not says.is_hidden and says.link_density <= MAX_LINKED_BODY
        found[number] |= is_text and number not in heads


def _heads(tree: BlockTree, kinds: Sequence[tuple[str, ...]]) -> set[int]:
    """Return the lines that say when a post came, of kinds most lines of which do."""
    lines, dated = Counter[tuple[str, ...]](), defaultdict[tuple[str, ...], list[int]](list)
    for number, says in enumerate(tree.markup):
        if not says.is_hidden and tree.blocks[says.block].name not in _ROWS:
            lines[kinds[says.block]] += 1
            if WHEN.fullmatch(tree.lines[number].strip()):
                dated[kinds[says.block]].append(number)
    several = (kind for kind, numbers in dated.items() if len(numbers) >= max(MIN_POSTS, MIN_HEADS * lines[kind]))
    return {number for kind in several for number in dated[kind]}


def _held(tree: BlockTree, is_post: Sequence[bool], whole: Sequence[bool], counts: Sequence[int]) -> float:
    """Return the share of what lines count, of those that stand in such blocks and lead nowhere, which posts hold."""
    held, of_all = 0, 0
    for says, post, count in zip(tree.markup, is_post, counts, strict=True):
        if whole[says.block] and not says.is_hidden and says.link_density <= MAX_LINKED:
            held += count * post
            of_all += count
    return held / (of_all or 1)


def _is_called_thread(tree: BlockTree, place: int) -> bool:
    """Whether the class of a block says thread, and not that it is one of comments on something else."""
    label = tree.blocks[place].label
    return _speaks_of_thread(label) and (speaks_of_comments(label) or not tree.in_comments[place])


def _kinds(tree: BlockTree) -> list[tuple[str, ...]]:
    """Return for every block what it and the two labelled blocks around it are; posts repeat them."""
    kinds: list[tuple[str, ...]] = [()] * len(tree.blocks)
    for place in tree.places:
        block, kinds[place] = tree.blocks[place], kinds[tree.parents[place]]
        is_post = block.name in ("li", "td") or (block.name == "pre" and not speaks_of_code(block.label))
        if block.label and (block.name not in INNER or is_post):
            kinds[place] = (f"{block.name}.{masked(block.label)}", *kinds[place][:2])
    return kinds


def _is_called(own: str) -> bool:
    """Whether the class of a block says that it is a post's text."""
    return bool(_BODY.search(own)) and not _is_of_poster(own)


@lru_cache(maxsize=4096)  # the pages of a site have the same
def _is_of_poster(own: str) -> bool:
    """Whether the class of a block says that it is about a post; what varies one, `text--user`, does not say so."""
    return ABOUT.search(_VARIANT.sub("", own)) is not None


def _said(tree: BlockTree, kind: Sequence[str], numbers: Sequence[int]) -> Sequence[int]:
    """Return the lines of one kind that may be texts of posts: no names, days, counters.

    Where every second line says when a post came, the others may be texts.
    """
    lines = [line for number in numbers if (line := tree.lines[number].strip())]
    linked = sum(_linked(tree.lines[n], tree.markup[n].link_density) for n in numbers)
    if linked > (MAX_LINKED_BODY if kind and _is_called(kind[0]) else MAX_LINKED) * sum(map(len, lines)):
        return ()
    is_code = any(tree.blocks[tree.markup[number].block].name == "pre" for number in numbers[:1])
    is_again = len(lines) >= 3 and len(set(lines)) < 0.5 * len(lines) and not is_code
    if is_again or (kind and _is_of_poster(kind[0])):
        return ()
    rest = [number for number in numbers if not WHEN.fullmatch(tree.lines[number].strip())]
    heads = len(numbers) - len(rest)
    if heads < MIN_HEADS * len(lines):
        return numbers
    return rest if MIN_POSTS <= heads == len(rest) and _reads_like_posts(tree, rest) else ()


def _linked(line: str, density: float) -> float:
    """Return the characters of a line that lead elsewhere: all of a link between a day and a count."""
    return len(line) * (1.0 if is_dated_link(line, density) else density)


def _reads_like_posts(tree: BlockTree, numbers: Sequence[int]) -> bool:
    """Whether lines of one kind, of which no class says that they are texts, are long or sentences."""
    chars = sum(len(tree.lines[number].strip()) for number in numbers)
    marks = sum(tree.marks_of_line[number] for number in numbers)
    return chars >= MIN_BODY * len(numbers) or marks >= MIN_MARKS_A_LINE * len(numbers)
