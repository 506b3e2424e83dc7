"""The lines of a page as they come, each with what the elements around it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.reading.elements import BLOCKS, LAZY, Element, Elements
from cleaners.reading.markup import Unshown, sentence_marks
from cleaners.reading.positioned import MIN_FRAGMENTS, Fragment, paragraphs
from cleaners.reading.tokens import FOLD, SPACE, WHOLE

BLANKS = " \t\n\r\f"
KEPT_SPACE = frozenset(("pre", "listing", "textarea", "xmp"))
TABLES = frozenset(("table", "tr", "td", "th"))
PLAIN_BLOCKS = BLOCKS - KEPT_SPACE - TABLES - {"br", "h1"}
"""Blocks of which nothing counts but that lines and elements begin and end with them."""
INLINE_TAGS = frozenset(("a", "sup", "sub"))
"""Elements in a line that a builder takes whatever their attributes."""
MAX_CELL = 80
"""A table row is one line when each of its cells is one line of at most so many characters; else the table lays out
the page, and each of its lines stands alone."""
MAX_UNSHOWN_SHARE = 0.3
"""An element that holds this share of the page's sentences shows its text, whatever its markup says."""
MAX_FALLBACK_SHARE = 0.7
"""The same for one that the page shows only where something else fails: it may repeat most of the text."""

_CJK = "\u3001-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—"
_BLANKS = re.compile(rf"(?<=[{_CJK}])[{SPACE}]++(?=[{_CJK}])")
_SENTENCE = re.compile("[，。；！？]")
_NO_LINK = re.compile(rf"""(?i)\bhref[{SPACE}]*=[{SPACE}"']*#[^"'{SPACE}]|(?<![-\w])(?:name|id)[{SPACE}]*=""")
_LEADS = re.compile(rf"""(?i)\bhref[{SPACE}]*=[{SPACE}"']*(?!#[^"'{SPACE}])""")
_HTML = re.compile(r"(?:<|&lt;)(?:[a-z][a-z0-9]*(?:[ >]|&gt;)|/[a-z][a-z0-9]*(?:>|&gt;))", re.IGNORECASE)
_NUMBER = re.compile(r"[-+−]?\d{1,5}|[-+−]")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPT = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


_Part = tuple[str, Element, int]
"""A piece of the line at hand: its text, the element it stands in, the number of its link, 0 for none."""


@dataclass(slots=True)
class Line:
    """A line: its text, its element, its characters in each link, and where pieces of other elements stand in it."""

    text: str
    element: Element
    links: Sequence[tuple[int, int]] = ()
    pieces: Sequence[tuple[int, int, Element]] = ()

    def spans(self) -> Sequence[tuple[int, int, Element]]:
        """Return the pieces of the line, all of it where it has none."""
        return self.pieces or [(0, len(self.text), self.element)]


class LineBuilder:
    """Takes the text and tags of a page in their order; `finish` when it ends."""

    def __init__(self) -> None:
        self.elements = Elements()
        self.lines: list[Line] = []
        self.heading: str | None = None
        self._parts: list[_Part] = []
        self._link, self._links = 0, 0  # the number of the open link, 0 for none, and of the last
        self._heading_start = 0
        self._kept = 0
        self._script: tuple[str, int] | None = None  # an open `sup` or `sub`, and the part at which it begins
        self._rows: list[tuple[Element, list[int]] | None] = []  # an open table is None
        self._layer: list[tuple[Line, Fragment]] = []
        self.cut: int | None = None

    def add(self, text: str) -> None:
        """Take text; blanks at the start of a line are none where nothing hangs on them."""
        at = self.elements.at
        if self._parts or self._kept or self._link or at.top is not None or text.strip(BLANKS):
            self._parts.append((text, at, self._link))

    def tag(self, tag: str, value: str) -> None:
        """Take a tag, with a slash if it is an end tag, and its attributes."""
        name = tag[1:] if tag[0] == "/" else tag
        if name in PLAIN_BLOCKS:
            if self._parts:
                self.end_line()
            if tag is name:
                self.elements.start_block(name, value)
            else:
                self.elements.end(name)
        elif name in BLOCKS:
            self._block(name, tag, value)
        elif name == "a":
            self._links += tag == "a"
            self._link = self._links if tag == "a" and _is_link(value) else 0
        elif name == "sup" or name == "sub":
            self._raised(name, tag)
        elif tag == "--":
            self.end_line()
            self.cut = len(self.lines) if self.cut is None else self.cut
        else:
            before = self.elements.at
            if tag is name:
                self.elements.start(name, value)
            else:
                self.elements.end(name)
            at = self.elements.at
            if before is not at and (at if tag is name else before).top is not None:
                self.end_line()

    def finish(self) -> None:
        """End the last line and the rows that are open."""
        self.end_line()
        self._end_layer()

    def _block(self, name: str, tag: str, value: str) -> None:
        """Take the tag of a block: it ends the line, and opens or closes what the line's place and form hang on."""
        if name == "br":
            if self._kept:
                self._parts.append(("\n", self.elements.at, self._link))
            else:
                self.end_line()
            return
        if self._parts:
            self.end_line()
        is_start = tag is name
        if is_start:
            self._open(name, value)
        if name in KEPT_SPACE:
            self._kept = max(0, self._kept + (1 if is_start else -1))
        elif name in TABLES:
            self._table(name, tag)
        elif name == "h1":
            self._heading(is_start=is_start)
        if not is_start:
            self.elements.end(LAZY if name == "textarea" else name)

    def _open(self, name: str, value: str) -> None:
        if name not in WHOLE:
            self.elements.start_block(name, value)
        elif name == "textarea" and _HTML.search(value):
            self.elements.start(LAZY, "")

    def _heading(self, *, is_start: bool) -> None:
        if is_start:
            self._heading_start = len(self.lines)
        elif not self.heading:
            self.heading = " ".join(line.text for line in self.lines[self._heading_start :]) or None

    def end_line(self) -> None:
        """End the line; one of nothing but blanks is none."""
        parts: Sequence[_Part] = self._parts
        links: Sequence[tuple[int, int]]
        if not parts:
            return
        self._parts = []
        self._script = None
        if len(parts) == 1 and not self._kept and parts[0][1].top is None and parts[0][0].isspace():
            return
        element = parts[0][1]
        if len(parts) == 1:
            raw, _, link = parts[0]
            is_mixed, links = False, [(link, len(raw.strip()))] if link else ()
        else:
            raw = "".join([text for text, _, _ in parts])
            is_mixed = any(each is not element for _, each, _ in parts)
            links = [(link, len(text.strip())) for text, _, link in parts if link]
        if self._kept:
            for text in raw.removeprefix("\n").removesuffix("\n").split("\n"):
                self._append(Line(text, element, [(link, len(text)) for link, _ in links[:1]]))
        elif element.top is not None and not is_mixed:
            self._layer.append((Line(raw, element, links), Fragment(raw, element.top, element.left)))
        elif not raw.isspace():
            if self._layer:
                self._end_layer()
            if is_mixed:
                self.lines.append(_mixed(raw, parts, links))
            else:
                text = raw if raw.split(None, 1) == [raw] else _folded(raw, has_links=bool(links))
                self.lines.append(Line(text, element, links))

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

    def _raised(self, name: str, tag: str) -> None:
        """Write a number above or below the line as one, and a reference as such, so that 10^8 is not read as 108."""
        if tag == name:
            self._script = name, len(self._parts)
            return
        if not self._script or self._script[0] != name:
            return
        start, self._script = self._script[1], None
        text = "".join(text for text, _, _ in self._parts[start:]).strip()
        before = "".join(text for text, _, _ in self._parts[max(0, start - 2) : start]).rstrip("\n")[-1:]
        if before and _NUMBER.fullmatch(text):
            _, element, link = self._parts[start]
            self._parts[start:] = [(_script(name, text, before, is_link=bool(link)), element, link)]

    def _table(self, name: str, tag: str) -> None:
        """Take the tag of a table: lines of a row that lays out the page stay apart, cells of a data row join."""
        row = self._rows[-1] if self._rows else None
        if name in ("td", "th"):
            if tag is name and row:
                row[1].append(len(self.lines))
            return
        self._end_layer()
        if row and tag != "table":
            self._rows.pop()
            self._end_row(*row)
        if tag == "tr":
            self._rows.append((self.elements.at, []))
        elif tag == "table":
            self._rows.append(None)
        elif tag == "/table" and self._rows:
            self._rows.pop()

    def _end_row(self, element: Element, cells: list[int]) -> None:
        """Make one line of the cells that begin at the lines `cells`, if they are short."""
        if cells and all(after - before <= 1 for before, after in pairwise([*cells, len(self.lines)])):
            lines = self.lines[cells[0] :]
            if len(lines) > 1 and all(len(line.text) <= MAX_CELL for line in lines):
                self.lines[cells[0] :] = [_row(lines, element)]


def _is_link(value: str) -> bool:
    """Whether an `a` leads elsewhere or acts: not to a place in the page, and no mere name of one."""
    at = value.find("href=")
    if at >= 0:
        return value[at + 5 : at + 6] != "#" and not (
            value[at + 6 : at + 7] == "#" and value[at + 7 : at + 8] not in "\"'"
        )
    return bool(_LEADS.search(value)) or not _NO_LINK.search(value)


def _folded(text: str, *, has_links: bool) -> str:
    """Fold white space; a line feed of the source within a Chinese sentence is none (CSS Text 4, segment breaks)."""
    return FOLD.sub(" ", _unbroken(text) if _joins(text, has_links=has_links) else text).strip(" ")


def _joins(text: str, *, has_links: bool) -> bool:
    return "\n" in text and not has_links and bool(_SENTENCE.search(text))


def _unbroken(text: str) -> str:
    return _BLANKS.sub(lambda blanks: "" if "\n" in blanks[0] else blanks[0], text)


def _mixed(whole: str, parts: Sequence[_Part], links: Sequence[tuple[int, int]]) -> Line:
    """Make a line of parts of several elements, `whole` if put together, and note where each of them stands."""
    joins = _joins(whole, has_links=bool(links))
    text, pieces = "", list[tuple[int, int, Element]]()
    for raw, element, _ in parts:
        piece = FOLD.sub(" ", _unbroken(raw) if joins else raw)
        if piece[:1] == " " and (not text or text[-1] == " "):
            piece = piece[1:]
        if piece:
            pieces.append((len(text), len(text) + len(piece), element))
            text += piece
    if text[-1:] == " ":
        text = text[:-1]
        start, end, element = pieces.pop()
        pieces += [(start, end - 1, element)] * (end - 1 > start)
    return Line(text, max(pieces, key=lambda piece: piece[1] - piece[0])[2], links, pieces)


def _script(name: str, number: str, before: str, *, is_link: bool) -> str:
    """Return a raised or lowered number as text: a power behind a digit, a reference behind Chinese.

    >>> [_script("sup", "8", "0", is_link=False), _script("sup", "2", "m", is_link=False)]
    ['^8', '²']
    """
    if name == "sub":
        return number.translate(_SUBSCRIPT) if before.isalnum() or before in ")]" else number
    if is_link or not (before.isascii() and (before.isalnum() or before in ")]")):
        return f"[{number}]" if number.isdigit() else number
    return f"^{number}" if before.isdigit() else number.translate(_SUPERSCRIPT)


def _row(lines: Sequence[Line], element: Element) -> Line:
    """Make one line of the cells of a row."""
    pieces, links, start = list[tuple[int, int, Element]](), list[tuple[int, int]](), 0
    for line in lines:
        pieces += [(start + a, start + b, each) for a, b, each in line.spans()]
        links += line.links
        start += len(line.text) + 1
    return Line(" ".join(line.text for line in lines), element, links, pieces)


def unshown_elements(lines: Sequence[Line], elements: Sequence[Element]) -> list[Unshown | None]:
    """Say for every element why its text is not shown; one that holds most of the page's sentences shows it."""
    if not any(element.unshown for element in elements):
        return [None] * len(elements)
    marks = [0] * len(elements)
    for line in lines:
        for start, end, element in line.spans():
            marks[element.place] += sentence_marks(line.text[start:end])
    for element in reversed(elements[1:]):
        marks[element.parent] += marks[element.place]
    found: list[Unshown | None] = [None]
    for element in elements[1:]:
        most = MAX_FALLBACK_SHARE if element.unshown is Unshown.FALLBACK else MAX_UNSHOWN_SHARE
        is_shown = marks[element.place] > most * marks[0]
        found.append(found[element.parent] or (None if is_shown else element.unshown))
    return found
