"""The blocks of a saved page, and how much plain text and how many links each of them holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cleaners.reading.markup import marks_of_lines
from cleaners.reading.render import Rendered

INNER = frozenset("p li h1 h2 h3 h4 h5 h6 td th tr blockquote dd dt pre figcaption center".split())  # noqa: SIM905
"""Elements that hold a piece of a text; the container is the one around them."""
TABLES = frozenset(("table", "tbody", "tr"))
LISTS = frozenset(("ul", "ol", "dl", "li"))

CHARS_A_MARK = 50
"""So many characters outside links weigh as much as a mark that ends a sentence: a poem has none."""

MAX_LINK_DENSITY = 0.5
"""A line or block with a larger share of linked characters leads elsewhere."""
MAX_SIBLING_DENSITY = 0.25
"""The share of linked characters of a line that is a paragraph, at most, where not its container says so."""
MIN_LINK_LINE = 0.8
"""The share of linked characters of a line that only leads elsewhere."""
_DAY = r"\W{0,3}\d{1,4}[-/.年月]\d{1,2}(?:[-/.月]\d{1,2}|日)?日?(?: *\d{1,2}:\d{2}(?::\d{2})?)?\W{0,3}"
_IN_DAY = re.compile(r"\d[-/.年月]\d")
_DAY_AT_END, _COUNT_AT_END = re.compile(f"^{_DAY}|{_DAY}$"), re.compile(r"\W{1,3}\d{1,6}\W{0,3}$")


class BlockSums:
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
                links[place] += density >= MIN_LINK_LINE or is_dated_link(line, density)
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

    def add_up(self, values: list[float]) -> None:
        """Add the value of each block to those of all blocks around it."""
        for place in self.places[:0:-1]:
            values[self.parents[place]] += values[place]

    def around(self, place: int) -> Iterator[int]:
        """Yield a block and those around it, innermost first, without the page."""
        while place:
            yield place
            place = self.parents[place]

    def inside(self, top: int) -> list[bool]:
        """Say for every block whether it is `top` or stands in it."""
        found = [*[False] * top, True]
        for parent in islice(self.parents, top + 1, None):
            found.append(found[parent])
        return found


def is_dated_link(line: str, density: float) -> bool:
    """Whether a line is a link but for a day at one of its ends and a count at the other, as in lists of news."""
    if not _IN_DAY.search(line):
        return False
    rest = _DAY_AT_END.sub("", line)
    if len(rest) < len(line):
        rest = _COUNT_AT_END.sub("", rest)
    return len(rest) < len(line) and len(line) * density >= MIN_LINK_LINE * len(rest) > 0
