"""What a page shows of its lines, and what the elements around each of them say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from cleaners.reading.elements import Element
from cleaners.reading.lines import Line
from cleaners.reading.markup import LineMarkup, Unshown, UnshownSpan, sentence_marks

MAX_UNSHOWN_SHARE = 0.3
"""An element that holds this share of the page's sentences shows its text, whatever its markup says."""
MIN_SHOWN, MAX_FEW_SHARE = 3, 0.5
"""Fewer sentences than so many must be more than this share of the page's: a line hidden in a short page is one."""
MAX_FALLBACK_SHARE = 0.7
"""The same for one that the page shows only where something else fails: it may repeat most of the text."""
_END = re.compile(r"[.!?;](?=\s|$)")
_NUMBER = re.compile(r"\s*(?:\d{1,6}[.:]?)?\s*")
MAX_LINK_LINES = 4
"""Lines of a link at most; one that goes on was never ended."""


def unshown_spans(
    lines: Sequence[Line], elements: Sequence[Element], cut: int | None
) -> Sequence[Sequence[UnshownSpan]]:
    """Return for every line the pieces of it that are not shown, in places of the text, from the line `cut` on all.

    What stands behind a comment that never ends is none of the text, unless most of the text stands there.
    """
    found: list[Sequence[UnshownSpan]] = [()] * len(lines)
    reasons = _reasons(lines, elements)
    first_cut = _cut(lines, cut) if cut else len(lines)
    if first_cut == len(lines) and not any(reasons):
        return found
    at = 0
    for number, line in enumerate(lines):
        reason = reasons[line.element.place] if number < first_cut else Unshown.CUT
        if line.pieces and number < first_cut:
            pieces = [UnshownSpan(at + a, at + b, why) for a, b, each in line.pieces if (why := reasons[each.place])]
            found[number] = _joined(pieces)
        elif reason:
            found[number] = [UnshownSpan(at, at + len(line.text), reason)]
        at += len(line.text) + 1
    return found


def _reasons(lines: Sequence[Line], elements: Sequence[Element]) -> list[Unshown | None]:
    """Say for every element why its text is not shown; one that holds most of the page's sentences shows it."""
    found: list[Unshown | None] = [None] * len(elements)
    inside = [False] * len(elements)
    for element in elements:
        inside[element.place] = element.unshown is not None or inside[element.parent]
    hiding = [element for element in elements if inside[element.place]]
    if not hiding:
        return found
    marks, total, is_said = _marks(lines, inside)
    for element in reversed(hiding):
        marks[element.parent] += marks[element.place]
        is_said[element.parent] |= is_said[element.place]
    for element in hiding:
        most = MAX_FALLBACK_SHARE if element.unshown is Unshown.FALLBACK else MAX_UNSHOWN_SHARE
        if marks[element.place] < MIN_SHOWN:
            most = max(most, MAX_FEW_SHARE)
        is_shown = marks[element.place] > most * total
        is_shown = is_shown or (element.unshown is Unshown.NUMBERING and is_said[element.place])
        found[element.place] = found[element.parent] or (None if is_shown else element.unshown)
    return found


def _marks(lines: Sequence[Line], inside: Sequence[bool]) -> tuple[list[int], int, list[bool]]:
    """Return how many sentences each of these elements holds, and the page, and which hold more than numbers."""
    marks, texts, is_said = [0] * len(inside), list[str](), [False] * len(inside)
    for line in lines:
        for start, end, element in line.pieces or ((0, len(line.text), line.element),):
            texts.append(line.text[start:end])
            if inside[element.place]:
                marks[element.place] += _ends(texts[-1])
                is_said[element.place] |= _NUMBER.fullmatch(texts[-1]) is None
    return marks, _ends("\n".join(texts)), is_said


def _ends(text: str) -> int:
    """Return how many sentences end in a text; marks of code, which no blank follows, end none."""
    return sum(map(text.count, "。！？；")) + len(_END.findall(text))


def _joined(spans: Sequence[UnshownSpan]) -> Sequence[UnshownSpan]:
    """Make one of spans that touch and have one reason."""
    found: list[UnshownSpan] = []
    for span in spans:
        if found and found[-1].end == span.start and found[-1].reason is span.reason:
            span = UnshownSpan(found.pop().start, span.end, span.reason)
        found.append(span)
    return found


def _cut(lines: Sequence[Line], cut: int) -> int:
    """Return the line from which on nothing is shown: `cut` if few of the sentences stand behind it, else the end."""
    marks = [sentence_marks(line.text) for line in lines]
    return len(lines) if sum(marks[cut:]) > MAX_UNSHOWN_SHARE * sum(marks) else cut


def line_markup(lines: Sequence[Line], unshown: Sequence[Sequence[UnshownSpan]]) -> list[LineMarkup]:
    """Return what the elements around each line say."""
    counts = Counter([link for line in lines if line.links for link in dict(line.links)])
    endless = {link for link, count in counts.items() if count > MAX_LINK_LINES}
    known: dict[int, LineMarkup] = {}
    found: list[LineMarkup] = []
    for line, spans in zip(lines, unshown, strict=True):
        element = line.element
        if spans or line.links:
            is_hidden = bool(spans) and sum(span.end - span.start for span in spans) >= len(line.text.rstrip())
            found.append(_markup(element, _density(line, endless), is_hidden=is_hidden))
            continue
        if element.place not in known:
            known[element.place] = _markup(element, 0.0, is_hidden=False)
        found.append(known[element.place])
    return found


def _density(line: Line, endless: AbstractSet[int]) -> float:
    """Return the share of a line's characters that stand in links."""
    linked = 0
    for link, chars in line.links:
        if link not in endless:
            linked += chars
    if linked >= len(line.text) > 0:
        return 1.0
    chars = len(line.text) - line.text.count(" ")
    return 1.0 if linked > chars else linked / (chars or 1)


def _markup(element: Element, density: float, *, is_hidden: bool) -> LineMarkup:
    return tuple.__new__(
        LineMarkup,
        (
            density,
            is_hidden,
            element.region,
            element.block,
            element.heading,
            element.list_depth,
            element.in_table,
            element.hint,
        ),
    )
