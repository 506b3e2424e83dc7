"""Text layers of readers and converted PDFs: pieces of visual lines, each placed by its own top and left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MIN_FRAGMENTS = 3
"""So many pieces in a row are a layer; fewer are placed boxes."""
SAME_LINE = 2
"""By how much the tops of pieces of one visual line differ at most, in the page's unit."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a visual line as the page holds it, blanks and line feeds kept."""

    text: str
    top: int
    left: int


def paragraphs(fragments: Sequence[Fragment]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a layer, each with the place of its first fragment.

    A paragraph ends behind a piece that ends with a line feed and before a visual line that is indented; where a layer
    shows neither, every visual line stands alone.
    """
    lines = list(_visual_lines(fragments))
    ends = [fragments[last - 1].text.endswith("\n") for _, last in lines]
    lefts = [min(fragments[i].left for i in range(first, last)) for first, last in lines]
    indented = [
        not fragments[first].text.strip() or fragments[first].text[0].isspace() or _is_indented(lefts, number)
        for number, (first, _) in enumerate(lines)
    ]
    is_marked = any(ends[:-1]) or (any(indented[1:]) and not all(indented[1:]))
    start, text = 0, ""
    for number, (first, last) in enumerate(lines):
        if number and (not is_marked or ends[number - 1] or indented[number]):
            yield start, text
            start, text = first, ""
        text += "".join(fragments[i].text.strip("\n") for i in range(first, last))
    if lines:
        yield start, text


def _visual_lines(fragments: Sequence[Fragment]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(fragments) + 1):
        if place == len(fragments) or abs(fragments[place].top - fragments[first].top) > SAME_LINE:
            yield first, place
            first = place


def _is_indented(lefts: list[int], number: int) -> bool:
    """Whether a visual line begins further right than the margin of those near it, which one beside it begins at."""
    margin = min(lefts[max(0, number - 3) : number + 4])
    return lefts[number] > margin and margin in lefts[max(0, number - 2) : number + 3]
