"""The lines of a page as they come, each with what the elements around it say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from cleaners.reading.elements import Element, Elements
from cleaners.reading.lines import BLANKS, Line, Part, folded, kept_lines, line_of, links_in, raised, row
from cleaners.reading.markup import Unshown
from cleaners.reading.names import ANCHOR, KEPT_SPACE, LAZY, SPACE, TABLES, UNSHOWN, WHOLE
from cleaners.reading.page_facts import PageFacts
from cleaners.reading.positioned import MIN_FRAGMENTS, Fragment, paragraphs
from cleaners.reading.references import unix
from cleaners.reading.stylesheet import hidden_names
from cleaners.reading.tags import TAGS, Kind, Tag
from cleaners.reading.tokens import FOLD

MAX_CELL = 80
"""A table row is one line when each of its cells is one line of at most so many characters; else the table lays out
the page, and each of its lines stands alone."""

_NO_LINK = re.compile(rf"""(?i)\bhref[{SPACE}]*=[{SPACE}"']*#[^"'{SPACE}]|(?<![-\w])(?:name|id)[{SPACE}]*=""")
_LEADS = re.compile(rf"""(?i)\bhref[{SPACE}]*=[{SPACE}"']*(?!#[^"'{SPACE}])""")
_POINTER = re.compile(rf"""(?i)\bhref[{SPACE}]*=[{SPACE}"']*#""")
"""The address of a place in the page itself."""
_HTML = re.compile(r"(?:<|&lt;)(?:[a-z][a-z0-9]*(?:[ >]|&gt;)|/[a-z][a-z0-9]*(?:>|&gt;))", re.IGNORECASE)
_LISTING_NUMBER = re.compile("[0-9]{1,6}")
_NUMBER = re.compile(r"[-+−]?\d{1,5}|[-+−]")


class LineBuilder:
    """Reads the text and tags of a page in their order; `finish` when it ends."""

    def __init__(self) -> None:
        self.elements = Elements()
        self.lines: list[Line] = []
        self.heading: str | None = None
        self.cut: int | None = None
        self._parts: list[Part] = []
        self._link, self._links = 0, 0  # the number of the open link, 0 for none, and of the last
        self._heading_start = 0
        self._anchor_start = 0, 0  # the lines and the parts before the open anchor of a heading
        self._kept = 0
        self._script: tuple[str, int] | None = None  # an open `sup` or `sub`, and the part at which it begins
        self._rows: list[tuple[Element, list[int]] | None] = []  # an open table is None
        self._layer: list[tuple[Line, Fragment]] = []

    def read(self, page: Iterable[tuple[str, Tag]], facts: PageFacts | None = None) -> None:
        """Take text and tags; blanks at the start of a line are none where nothing hangs on them."""
        elements, parts = self.elements, self._parts
        plain, inline, link, passed = Kind.PLAIN, Kind.INLINE, Kind.LINK, Kind.PASSED
        for text, tag in page:
            if text and (parts or text.strip(BLANKS) or self._link or self._kept or elements.at.top is not None):
                parts.append((text, elements.at, self._link))
            kind = tag.kind
            if kind is plain:
                if parts:
                    self.end_line()
                if tag.is_end:
                    elements.end(tag.name)
                else:
                    elements.start_block(tag)
            elif kind is inline:
                if elements.take_inline(tag):
                    self.end_line()
            elif kind is link:
                self._follow(tag)
            elif kind is not passed:
                self._take(tag, facts)

    def finish(self) -> None:
        """End the last line and the rows that are open."""
        self.end_line()
        self._end_layer()

    def _follow(self, tag: Tag) -> None:
        """Take an `a`."""
        if self.elements.at.name == ANCHOR:
            self._end_anchor()
        if tag.is_end:
            self._link = 0
        else:
            self._links += 1
            self._link = self._links if _is_link(tag.value) else 0
            if not self._link and self.elements.at.heading and _POINTER.search(tag.value):
                self._start_anchor()

    def _start_anchor(self) -> None:
        """Take an `a` in a heading that leads to a place in the page: a sign in it is shown where a pointer is."""
        elements = self.elements
        elements.start_inline(TAGS[f"{ANCHOR}>"])
        if elements.at.name == ANCHOR:
            elements.at.unshown, self._anchor_start = None, (len(self.lines), len(self._parts))

    def _end_anchor(self) -> None:
        """End such an `a`; one in which a line has ended holds more than a sign."""
        lines, parts = self._anchor_start
        text = "".join([text for text, _, _ in self._parts[parts:]]).strip()
        if text and len(self.lines) == lines and not any(map(str.isalnum, text)):
            self.elements.at.unshown = UNSHOWN[ANCHOR]
        self.elements.end(ANCHOR)

    def _take(self, tag: Tag, facts: PageFacts | None) -> None:
        """Take a tag of any other kind."""
        kind, name = tag.kind, tag.name
        if kind is Kind.BLOCK:
            self._block(name, tag)
        elif kind is Kind.RAISED:
            self._raise(name, tag)
        elif kind is Kind.COMMENT:
            self.end_line()
            self.cut = len(self.lines) if self.cut is None else self.cut
        elif name == "style" and facts:
            self.elements.hidden_names |= hidden_names(tag.value)
        elif facts and (name != "title" or not self.elements.at.unshown):
            facts.take(name, tag.value)

    def _block(self, name: str, tag: Tag) -> None:
        """Take the tag of a block: it ends the line, and opens or closes what the line's place and form hang on."""
        if name == "br" and self._kept:
            self._parts.append(("\n", self.elements.at, self._link))
            return
        self.end_line()
        if name == "br":
            return
        if not tag.is_end:
            self._open(name, tag)
        if name in KEPT_SPACE:
            self._kept = max(0, self._kept + (-1 if tag.is_end else 1))
        elif name in TABLES:
            self._table(name, is_end=tag.is_end)
        elif name == "h1":
            self._heading(is_end=tag.is_end)
        if tag.is_end:
            self.elements.end(LAZY if name == "textarea" else name)

    def _open(self, name: str, tag: Tag) -> None:
        if name not in WHOLE:
            self.elements.start_block(tag)
        elif name == "textarea" and (tag.says.unshown or _HTML.search(tag.value)):
            self.elements.start_inline(TAGS[f"{LAZY}>"])

    def _heading(self, *, is_end: bool) -> None:
        if not is_end:
            self._heading_start = len(self.lines)
        elif not self.heading:
            self.heading = " ".join(map(_shown, self.lines[self._heading_start :])).strip() or None

    def end_line(self) -> None:
        """End the line; one of nothing but blanks is none."""
        parts = self._parts
        if not parts:
            return
        self._script = None
        raw, element, link = parts[0]
        if len(parts) > 1 or self._kept or element.top is not None:
            self._end_line(parts.copy())
        elif stripped := raw.strip():
            links = ((link, len(unix(stripped))),) if link else ()
            self._append(Line(folded(raw, has_links=link > 0), element, links))
        parts.clear()

    def _end_line(self, parts: list[Part]) -> None:
        """End a line of several parts, of a text layer or with its white space kept."""
        raw, element = "".join([text for text, _, _ in parts]), parts[0][1]
        if "\r" in raw:
            parts = [(unix(text), each, link) for text, each, link in parts]
            raw = "".join([text for text, _, _ in parts])
        if self._kept:
            if any(each.place != element.place for _, each, _ in parts):
                for line in kept_lines(parts):
                    self._append(line)
                return
            for text in raw.removeprefix("\n").removesuffix("\n").split("\n"):
                self._append(Line(text, element, [(link, len(text)) for link, _ in links_in(parts)[:1]]))
        elif element.top is not None and all(each.place == element.place for _, each, _ in parts):
            self._layer.append((Line(raw, element, links_in(parts)), Fragment(raw, element.top, element.left)))
        elif not raw.isspace():
            self._append(line_of(raw, parts))

    def _append(self, line: Line) -> None:
        if self._layer:
            self._end_layer()
        self.lines.append(line)

    def _end_layer(self) -> None:
        """Make paragraphs of the pieces of a text layer; of fewer than some, lines as of any box."""
        layer, self._layer = self._layer, []
        if len(layer) < MIN_FRAGMENTS:
            found = [(number, fragment.text) for number, (_, fragment) in enumerate(layer)]
        else:
            found = list(paragraphs([fragment for _, fragment in layer]))
        for number, raw in found:
            if text := FOLD.sub(" ", raw).strip():
                line = layer[number][0]
                self.lines.append(Line(text, line.element, line.links))

    def _raise(self, name: str, tag: Tag) -> None:
        """Write a number above or below the line as one, and a reference as such, so that 10^8 is not read as 108."""
        if not tag.is_end:
            self._script = name, len(self._parts)
            return
        if not self._script or self._script[0] != name:
            return
        start, self._script = self._script[1], None
        text = "".join(text for text, _, _ in self._parts[start:]).strip()
        before = "".join(text for text, _, _ in self._parts[max(0, start - 2) : start]).rstrip("\r\n")[-1:]
        if before and _NUMBER.fullmatch(text):
            _, element, link = self._parts[start]
            self._parts[start:] = [(raised(name, text, before, is_link=bool(link)), element, link)]

    def _table(self, name: str, *, is_end: bool) -> None:
        """Take the tag of a table: lines of a row that lays out the page stay apart, cells of a data row join."""
        last = self._rows[-1] if self._rows else None
        if name in ("td", "th"):
            if last and not is_end:
                last[1].append(len(self.lines))
            return
        self._end_layer()
        if last and (is_end or name != "table"):
            self._rows.pop()
            self._end_row(*last)
        if not is_end:
            self._rows.append((self.elements.at, []) if name == "tr" else None)
        elif name == "table" and self._rows:
            self._rows.pop()

    def _end_row(self, element: Element, cells: list[int]) -> None:
        """Make one line of the cells that begin at the lines `cells`, if they are short."""
        if len(cells) > 1 and (numbers := self._numbering(element, *cells[:2])):
            numbers.unshown = Unshown.NUMBERING
        elif cells and all(after - before <= 1 for before, after in pairwise([*cells, len(self.lines)])):
            lines = self.lines[cells[0] :]
            if len(lines) > 1 and all(len(line.text) <= MAX_CELL for line in lines):
                self.lines[cells[0] :] = [row(lines, element)]

    def _numbering(self, row: Element, first: int, second: int) -> Element | None:
        """Return the cell from the line `first` to `second` if it does nothing but number the code in the next one."""
        numbers = [line.text.strip() for line in self.lines[first:second]]
        if not numbers or second == len(self.lines) or not all(map(_LISTING_NUMBER.fullmatch, numbers)):
            return None
        start = int(numbers[0])
        if list(map(int, numbers)) != list(range(start, start + len(numbers))):
            return None
        cell = self.lines[first].element
        while cell.around and cell.around.place != row.place:
            cell = cell.around
        is_code = self.elements.all[self.lines[second].element.block].name in KEPT_SPACE
        return self.elements.all[cell.place] if is_code else None


def _shown(line: Line) -> str:
    """Return what a line of a heading says, without the sign that leads to it."""
    if not line.pieces:
        return line.text
    return "".join([line.text[a:b] for a, b, each in line.pieces if each.name != ANCHOR or not each.unshown]).strip()


def _is_link(value: str) -> bool:
    """Whether an `a` leads elsewhere or acts: not to a place in the page, and no mere name of one."""
    at = value.find("href=")
    if at < 0:
        return bool(_LEADS.search(value)) or not _NO_LINK.search(value)
    if "#" not in value:
        return True
    return value[at + 5 : at + 6] != "#" and not (value[at + 6 : at + 7] == "#" and value[at + 7 : at + 8] not in "\"'")
