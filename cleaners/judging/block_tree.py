"""The containers of a saved page, and how much plain text and how many links each of them holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from cleaners.reading.elements import Element
from cleaners.reading.markup import LineMarkup, Region, marks_of_lines
from cleaners.reading.render import Rendered

INNER = frozenset("p li h1 h2 h3 h4 h5 h6 td th tr blockquote dd dt pre figcaption center".split())  # noqa: SIM905
"""Elements that hold a piece of a text; the container is the one around them."""
TABLES = frozenset(("table", "tbody", "tr"))
LISTS = frozenset(("ul", "ol", "dl", "li"))

FRAME = (Region.NAV, Region.HEADER, Region.FOOTER, Region.ASIDE, Region.DIALOG, Region.FORM)
"""Regions of a page that are none of its text, if they do not hold much of it."""
MAX_FRAME_SHARE, MAX_DIALOG_SHARE = 0.3, 0.85
"""The share of the sentences that a part of the frame holds at most; what a page asks may be longer than its text."""

MAX_ASIDE_SHARE = 0.7
"""The share of a page that a block beside the text holds at most, whatever its class says."""

CHARS_A_MARK = 50
"""So many characters outside links weigh as much as a mark that ends a sentence: a poem has none."""

MAX_LINK_DENSITY = 0.5
"""A line or block with a larger share of linked characters leads elsewhere."""
MAX_SIBLING_DENSITY = 0.25
"""The share of linked characters of a line that is a paragraph, at most, where not its container says so."""
MIN_LINK_LINE = 0.8
"""The share of linked characters of a line that only leads elsewhere."""

Words = Callable[[str], bool]
"""Whether a class and id, in one text, hold a word."""


_BESIDE = re.compile(r"(?<![a-z])(?:has|with|without|and|no)[-_]+[a-z]+")
"""Words that tell what an element has beside it, such as `with-sidebar`: of itself they say nothing."""


def words(pattern: str) -> Words:
    """Return what says whether a class and id hold a word; the labels of a site come again on each of its pages."""
    found = re.compile(pattern)
    return lru_cache(maxsize=4096)(lambda label: found.search(_BESIDE.sub("", label.lower())) is not None)


speaks_of_comments = words(r"comm[eo]nt(?!ed|ar)|reply|replies|respond|pinglun|c(?<![a-z]c)mt(?![a-z])|discuss(?!ion)")
"""Whether the words are those of readers' comments and answers."""
speaks_of_aside = words(
    r"s(?<!ins)(?<!outs)(?<!res)(?<!bes)ide(?!r|nt)|foot(?!note|age|para)|recom|relat(?!ive)|r(?<![a-z]r)ank|rank(?:ing|list)"
    r"|(?:hot|top)rank|share(?!d|able|holder)|p(?<![a-z]p)ay(?!wall)|v(?<![a-z]v)ip|login|popup|modal|dialog|toolbar"
    r"|copyright|cookie|consent(?!ual)|a(?<![a-z0-9]a)ds?(?![a-z])|banner|qrcode|p(?<![a-z]p)op(?![a-z])|h(?<![a-z]h)ot(?![a-z])|disclaimer|signature"
)
"""Whether the words are those of what stands beside a text."""
speaks_of_matter_about = words(
    r"caption|photo|imag|picture|figure|gallery|credit|video|player|author|byline|bio(?![a-z])"
)
"""Whether the words are those of pictures, and of who made the text."""
speaks_of_text = words(
    r"(?:article|art|post|entry|news|story|main|text|blog|topic|doc|detail|rich|caas|read|chapter|novel|book)[-_]{0,2}"
    r"(?:content|body|text|txt|con(?![a-z])|detail|main|view)"
    r"|content[-_]{0,2}(?:body|text|main|detail|inner|article)|zhengwen|neirong|markdown|(?:trs|ue|ck|ke|ql|rich|text|html|mp|md|wang|medium)[-_]?editor|editor[-_]?(?:content|text|body|view)|txt_?con|^(?:content|te?xt)$"
)
"""Whether the words are those of the container of a text."""


MAX_HEAD, MIN_COMMENTED = 24, 2
"""Characters of a line that heads readers' comments, and lines that a block has, more than so many, which it heads."""
_COUNTS = re.compile(
    r"\s*(?:(?:全部|所有|最新|最热|热门|精彩|网友|读者|文章|用户)?(?:评论|留言|跟帖|回帖)\s*[(（\[【:：]?\s*\d+\s*[条则个)）\]】]*"
    r"|(?:共|已?有|目前有)*\s*\d+\s*(?:条|则|个|篇)?\s*(?:网友|读者)?(?:评论|留言|跟帖|回帖|comments?|responses?|replies))\s*",
    re.IGNORECASE,
)
"""A line that says how many comments there are."""
MIN_SHARED = 2
"""Classes that two blocks share, at least, which do not have all the same."""
MAX_STEPS = 4
"""Blocks of a path, at most."""
_NUMBER = re.compile("[0-9]+|(?<=[-_])[0-9a-f]{5,}")
_DAY = r"\W{0,3}\d{1,4}[-/.年月]\d{1,2}(?:[-/.月]\d{1,2}|日)?日?(?: *\d{1,2}:\d{2}(?::\d{2})?)?\W{0,3}"
_DAY_AT_END = re.compile(f"^{_DAY}|{_DAY}$")
_JOINT = re.compile("[-_]+")
_COLUMN = re.compile(r"(?<![a-z])(?:col|column|grid|span)[-_a-z]*[0-9]", re.IGNORECASE)
"""A class that gives a width: wide columns hold texts, narrow ones what stands beside them."""


class BlockTree:
    """The blocks of a page with sums over all that stands in them: characters, linked ones, marks of sentences.

    `places` are those of the blocks that hold a line, in order; what is said of the others is of no use.
    """

    def __init__(self, rendered: Rendered, text: str) -> None:
        self.blocks = rendered.blocks
        self.parents = [block.parent for block in self.blocks]
        self.lines = text.split("\n")
        self.markup = rendered.markup
        self.marks_of_line = marks_of_lines(text)
        self.places = self._places()
        self.chars, self.linked, self.marks, self.counts, self.link_lines, self.linking = self._sums()
        self.mass = [
            marks + (chars - linked) / CHARS_A_MARK
            for marks, chars, linked in zip(self.marks, self.chars, self.linked, strict=True)
        ]
        self.children, self.most, self.first = self._inner()
        self.cores = self._cores()
        self.outside_rows = self._outside_rows()
        self.in_frame = self._framed()
        self.sections = self._of_one_text()
        self.in_comments = self._inherited(speaks_of_comments, also=self._headed_as_comments())
        self.in_aside = self._inherited(speaks_of_aside, MAX_ASIDE_SHARE, until=speaks_of_comments)

    def _places(self) -> list[int]:
        parents, holds_line = self.parents, [False] * len(self.blocks)
        for says in self.markup:
            holds_line[says.block] = True
        for place in range(len(holds_line) - 1, 0, -1):
            if holds_line[place]:
                holds_line[parents[place]] = True
        return [place for place, holds in enumerate(holds_line) if holds]

    def _sums(self) -> tuple[list[float], ...]:
        """Return for every block the sums of its shown lines and those of all blocks in it.

        Of their characters, linked ones, marks of sentences, of the lines themselves, of those that are links and of
        those that hold one.
        """
        chars, linked, marks, counts, links, linking = ([0.0] * len(self.blocks) for _ in range(6))
        for line, says, found in zip(self.lines, self.markup, self.marks_of_line, strict=True):
            if says.is_hidden:
                continue
            place, density = says.block, says.link_density
            chars[place] += len(line)
            marks[place] += found
            counts[place] += 1
            if density and self.blocks[place].name != "pre":  # names in code lead to where they are told of
                linked[place] += len(line) * density
                links[place] += density >= MIN_LINK_LINE or _is_dated_link(line, density)
                linking[place] += 1
        parents = self.parents
        for place in self.places[:0:-1]:
            parent = parents[place]
            chars[parent] += chars[place]
            counts[parent] += counts[place]
            if marks[place]:
                marks[parent] += marks[place]
            if linking[place]:
                linked[parent] += linked[place]
                links[parent] += links[place]
                linking[parent] += linking[place]
        return chars, linked, marks, counts, links, linking

    def _inner(self) -> tuple[list[int], list[float], list[int]]:
        """Return for every block how many with text stand in it, how much the largest holds, and the first.

        The first is 0 where there is none.
        """
        children, most, first = [0] * len(self.blocks), [0.0] * len(self.blocks), [0] * len(self.blocks)
        for place in self.places[1:]:
            if not self.chars[place]:
                continue
            parent = self.parents[place]
            children[parent] += 1
            first[parent] = first[parent] or place
            if self.mass[place] > most[parent]:
                most[parent] = self.mass[place]
        return children, most, first

    def _cores(self) -> list[int]:
        """Return for every block the one that holds all of it: the outermost `pre` or list, else the innermost."""
        found = list(range(len(self.blocks)))
        for place in reversed(self.places):
            inner, name = self.first[place], self.blocks[place].name
            if inner and self.counts[inner] == self.counts[place] and name != "pre" and name not in LISTS:
                found[place] = found[inner]
        return found

    def _outside_rows(self) -> list[int]:
        """Return for every block the innermost one outwards that is no table or row: cells hold texts, rows do not."""
        found = list(range(len(self.blocks)))
        for place in self.places:
            if self.blocks[place].name in TABLES:
                found[place] = found[self.parents[place]]
        return found

    def _framed(self) -> list[bool]:
        """Say for every block whether it stands in a region of the frame that holds few of the sentences."""
        blocks, parents, mass = self.blocks, self.parents, self.mass
        found = [False] * len(blocks)
        for place in self.places[1:]:
            region, parent = blocks[place].region, parents[place]
            is_root = region is not Region.BODY and region in FRAME and blocks[parent].region is not region
            most = MAX_DIALOG_SHARE if region is Region.DIALOG else MAX_FRAME_SHARE
            found[place] = found[parent] or (is_root and mass[place] <= most * mass[0])
        return found

    def _of_one_text(self) -> set[int]:
        """Return the sections that begin with headings of one level, as those of one text do; ids repeat their names.

        All of those whose class and id speak of comments or matter beside a text are none.
        """
        groups: dict[tuple[int, int], list[int]] = {}
        for place in self.places:
            level, section = self.blocks[place].heading, self.parents[place]
            if level and section and place == self.first[section] and _is_section(self.blocks[section]):
                groups.setdefault((self.parents[section], level), []).append(section)
        several = (group for group in groups.values() if len(group) > 1)
        return {place for group in several if not all(map(self._speaks, group)) for place in group}

    def _speaks(self, place: int) -> bool:
        label = self.blocks[place].label
        return speaks_of_comments(label) or speaks_of_aside(label)

    def _headed_as_comments(self) -> set[int]:
        """Return the blocks that begin with a line that says how many comments follow, not the one with that line."""
        first: dict[int, int] = {}
        heads = [number for number, line in enumerate(self.lines) if len(line) <= MAX_HEAD and _COUNTS.fullmatch(line)]
        if not heads:
            return set()
        for number, says in enumerate(self.markup):
            if not says.is_hidden:
                for place in self.around(says.block):
                    if place in first:
                        break
                    first[place] = number
        found = set[int]()
        for number in heads:
            for place in self.around(self.markup[number].block):
                if first.get(place) != number:
                    break
                if self.counts[place] > MIN_COMMENTED:
                    found.add(place)
        return found

    def _inherited(
        self, bears: Words, most: float = 1, *, until: Words | None = None, also: Container[int] = ()
    ) -> list[bool]:
        """Say for every block whether it bears such a class or id or stands in one that does, `until` one of others.

        One that holds more than `most` of the page is none, nor are those that share its class and id, numbers masked,
        and do so together; `also` are others that are.
        """
        blocks, parents, found = self.blocks, self.parents, [False] * len(self.blocks)
        held = self._held_by(bears) if most < 1 else {}
        for place in self.places:
            around, label = found[parents[place]] or place in also, blocks[place].label
            if label:
                is_one = bears(label) and held.get(masked(label), 0) <= most * self.mass[0]
                is_one = is_one and place not in self.sections
                found[place] = is_one or (around and not (until and until(label)))
            else:
                found[place] = around
        return found

    def _held_by(self, bears: Callable[[str], bool]) -> dict[str, float]:
        """Return what all blocks of each class and id that `bears` finds hold together, by these, numbers masked."""
        held: dict[str, float] = {}
        for place in self.places:
            if self.blocks[place].label and bears(self.blocks[place].label):
                label = masked(self.blocks[place].label)
                if label != masked(self.blocks[self.parents[place]].label):
                    held[label] = held.get(label, 0) + self.mass[place]
        return held

    def container(self, place: int) -> int:
        """Return the container that a line of this block is a paragraph of."""
        if self.blocks[place].name in INNER:
            place = self.parents[place]
            if self.blocks[place].name in INNER and self.counts[place] == 1:
                place = self.parents[place]
        return self.outside_rows[place]

    def is_paragraph(self, place: int) -> bool:
        """Whether a block that may be a container holds one line only."""
        return self.blocks[place].name not in INNER and self.counts[place] == 1

    def is_plain(self, says: LineMarkup) -> bool:
        """Whether a line is mostly no link, and none of a picture or of who made the text."""
        if says.link_density > MAX_SIBLING_DENSITY or says.region is Region.FIGURE:
            return False
        around = (says.block, self.parents[says.block])
        return not any(speaks_of_matter_about(self.blocks[place].label) for place in around)

    def are_alike(self, one: int, other: int, *, in_part: bool = False) -> bool:
        """Whether two blocks are the same element and share their classes and id, or those that one of them has.

        `in_part` says that one class or id is enough, or the first word of one that gives no width.
        """
        name, words = self._kind(one)
        other_name, other_words = self._kind(other)
        if name != other_name or words == other_words:
            return name == other_name
        if in_part:
            return not _stems(words).isdisjoint(_stems(other_words))
        return len(words & other_words) >= max(MIN_SHARED, min(len(words), len(other_words)))

    def _kind(self, place: int) -> tuple[str, frozenset[str]]:
        """Return the element and its classes and id, numbers masked; of the only block in a `div` that has none."""
        for _ in range(MAX_STEPS):
            is_bare = self.blocks[place].name == "div" and not self.blocks[place].label
            is_wrapper = self.parents[place + 1 : place + 2] == [place] and self.counts[place + 1] == self.counts[place]
            place += is_bare and is_wrapper
        block = self.blocks[place]
        label = block.label if _COLUMN.search(block.label) else masked(block.label)
        return block.name, frozenset(label.split())

    def kind(self, place: int) -> tuple[int, str, str]:
        """Return what blocks that stand in one and are alike have in common: its place, element, classes and id."""
        block = self.blocks[place]
        return block.parent, block.name, masked(block.label)

    def add_up(self, values: list[float]) -> None:
        """Add the value of each block to those of all blocks around it."""
        for place in self.places[:0:-1]:
            values[self.parents[place]] += values[place]

    def around(self, place: int) -> Iterator[int]:
        """Yield a block and those around it, innermost first, without the page."""
        while place:
            yield place
            place = self.parents[place]

    def path(self, place: int) -> str:
        """Return the path to a block from three blocks around it: elements with class and id, numbers masked."""
        steps = [self.blocks[each] for each in islice(self.around(place), MAX_STEPS)]
        return "/".join(_step(each) for each in reversed(steps))

    def at_path(self, path: str) -> list[int]:
        """Return all blocks with this path."""
        likely = (place for place, block in enumerate(self.blocks) if path.endswith(_step(block)))
        return [place for place in likely if place and self.path(place) == path]

    def inside(self, top: int) -> list[bool]:
        """Say for every block whether it is `top` or stands in it."""
        found = [*[False] * top, True]
        for parent in islice(self.parents, top + 1, None):
            found.append(found[parent])
        return found


def _stems(words: Iterable[str]) -> set[str]:
    """Return the first words of classes and ids; one that gives a width is one word."""
    return {word if _COLUMN.search(word) else _JOINT.split(word, maxsplit=1)[0] for word in words}


def _is_dated_link(line: str, density: float) -> bool:
    """Whether a line is a link but for a day at one of its ends, as in lists of news."""
    rest = _DAY_AT_END.sub("", line)
    return len(rest) < len(line) and len(line) * density >= MIN_LINK_LINE * len(rest) > 0


@lru_cache(maxsize=4096)
def masked(label: str) -> str:
    """Return classes and id with numbers masked, which those of like elements share."""
    return _NUMBER.sub("#", label)


def _is_section(block: Element) -> bool:
    return block.name == "section" or "section" in block.label.split()


def _step(block: Element) -> str:
    return masked(".".join([block.name, *block.label.split()]))
