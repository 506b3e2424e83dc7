"""Lines of a page made of the parts of text that stand in them: white space folded, numbers above and below written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.reading.elements import Element
from cleaners.reading.names import SPACE
from cleaners.reading.references import unix
from cleaners.reading.tokens import FOLD

BLANKS = " \t\n\r\f"

_CJK = "\u3001-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—"
_BLANKS = re.compile(rf"(?<=[{_CJK}])[{SPACE}]++(?=[{_CJK}])")
_SENTENCE = re.compile("[，。；！？]")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPT = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


Part = tuple[str, Element, int]
"""A piece of the line at hand: its text, the element it stands in, the number of its link, 0 for none."""


@dataclass(slots=True)
class Line:
    """A line: its text, its element, its characters in each link, and where pieces of other elements stand in it."""

    text: str
    element: Element
    links: Sequence[tuple[int, int]] = ()
    pieces: Sequence[tuple[int, int, Element]] = ()


def line_of(whole: str, parts: Sequence[Part]) -> Line:
    """Make a line of parts, `whole` if put together, white space folded."""
    element, links = parts[0][1], links_in(parts)
    if any(each.place != element.place for _, each, _ in parts):
        return _mixed(parts, links, joins=_joins(whole, has_links=bool(links)))
    return Line(folded(whole, has_links=bool(links)), element, links)


def links_in(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return how many characters of each link stand in the parts."""
    return [(link, len(text.strip())) for text, _, link in parts if link]


def folded(text: str, *, has_links: bool) -> str:
    """Fold white space; a line feed of the source within a Chinese sentence is none (CSS Text 4, segment breaks)."""
    text = text.strip(BLANKS)
    if _is_folded(text):
        return text
    text = unix(text)
    return FOLD.sub(" ", _unbroken(text) if _joins(text, has_links=has_links) else text)


def _is_folded(text: str) -> bool:
    """Whether a text is known to have no white space but single blanks."""
    return text.isprintable() and "  " not in text


def _joins(text: str, *, has_links: bool) -> bool:
    return "\n" in text and not has_links and bool(_SENTENCE.search(text))


def _unbroken(text: str) -> str:
    return _BLANKS.sub(lambda blanks: "" if "\n" in blanks[0] else blanks[0], text)


def _mixed(parts: Sequence[Part], links: Sequence[tuple[int, int]], *, joins: bool) -> Line:
    """Make a line of parts of several elements, and note where each of them stands."""
    text, pieces = "", list[tuple[int, int, Element]]()
    for raw, element, _ in parts:
        piece = raw if _is_folded(raw) else FOLD.sub(" ", _unbroken(raw) if joins else raw)
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


def kept_lines(parts: Sequence[Part]) -> Sequence[Line]:
    """Make lines of parts whose white space is kept, and note where those of each element stand."""
    links, found = [link for link, _ in links_in(parts)[:1]], list[Line]()
    text, pieces = "", list[tuple[int, int, Element]]()
    for raw, element, _ in (*parts, ("\n", parts[-1][1], 0)):
        for number, piece in enumerate(raw.split("\n")):
            if number:
                main = max(pieces, key=lambda each: each[1] - each[0])[2] if pieces else element
                found.append(Line(text, main, [(link, len(text)) for link in links], pieces))
                text, pieces = "", []
            if piece:
                pieces.append((len(text), len(text) + len(piece), element))
                text += piece
    return found[not found[0].text : len(found) - (len(found) > 1 and not found[-1].text)]


def raised(name: str, number: str, before: str, *, is_link: bool) -> str:
    """Return a raised or lowered number as text: a power behind a digit, a reference behind Chinese.

    >>> [raised("sup", "8", "0", is_link=False), raised("sup", "2", "m", is_link=False)]
    ['^8', '²']
    """
    if name == "sub":
        return number.translate(_SUBSCRIPT) if before.isalnum() or before in ")]" else number
    if is_link or not (before.isascii() and (before.isalnum() or before in ")]")):
        return f"[{number}]" if number.isdigit() else number
    return f"^{number}" if before.isdigit() else number.translate(_SUPERSCRIPT)


def row(lines: Sequence[Line], element: Element) -> Line:
    """Make one line of the cells of a row."""
    pieces, links, start = list[tuple[int, int, Element]](), list[tuple[int, int]](), 0
    for line in lines:
        spans = line.pieces or [(0, len(line.text), line.element)]
        pieces += [(start + a, start + b, each) for a, b, each in spans]
        links += line.links
        start += len(line.text) + 1
    return Line(" ".join(line.text for line in lines), element, links, pieces)
