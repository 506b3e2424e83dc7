"""HTML to lines: one pass over the markup without a tree, so that no page is slow and no text is moved or lost.

What the page does not show stays in the text, with spans that say so: taking it away is an edit like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

from cleaners.reading.elements import BLOCKS, UNSHOWN, Element
from cleaners.reading.line_builder import INLINE_TAGS, MAX_UNSHOWN_SHARE, Line, LineBuilder, unshown_elements
from cleaners.reading.markup import LineMarkup, Unshown, UnshownSpan, sentence_marks
from cleaners.reading.page_facts import FACT_TAGS, PageFacts
from cleaners.reading.script_data import article
from cleaners.reading.stylesheet import hidden_names
from cleaners.reading.tokens import CODE, SPACE, tokens

MAX_LINK_LINES = 4
"""Lines of a link at most; one that goes on was never ended."""

MIN_SENTENCES = 3
"""A page that shows fewer is asked whether its scripts hold its text."""

_BEFORE = rf"(?:[{SPACE}\ufeff]|<!--.*?-->|<\?[^>]*>)*+"
_DOCUMENT = re.compile(
    rf"{_BEFORE}<(?:!doctype\s+html|html|head|body|title|meta|link|base|frameset)\b", re.IGNORECASE | re.DOTALL
)
_FRAGMENT = re.compile(
    rf"{_BEFORE}<(div|table|section|article|main|header|nav|center|form|script|style)\b[^<>]*>.*</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_LATE_DOCUMENT = re.compile(r"^[ \t]*<(?:!doctype\s+html|html|head|body)\b[^<>]*>\s*<", re.IGNORECASE | re.MULTILINE)
_READ = frozenset((*BLOCKS, *UNSHOWN, *INLINE_TAGS, *FACT_TAGS, *CODE))
"""Elements that are always read; those of all others only where their attributes matter."""
NEAR_START = 2000
"""Characters of other matter that may stand before a saved page's first tag."""


def is_html(text: str) -> bool:
    r"""Tell whether `text` is a saved page and not a dump of its words; a dump may hold tags, even at its start.

    >>> is_html("<p>一段</p>\n又一段"), is_html("<!DOCTYPE html><p>一段"), is_html("网页以<html>开头")
    (False, True, False)
    """
    return bool(_DOCUMENT.match(text) or _FRAGMENT.match(text) or _LATE_DOCUMENT.search(text, 0, NEAR_START))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page as lines, and what its markup says of each of them and of itself.

    `markup` has one entry a line of `text`, `blocks` are the elements that lines stand in, `unshown` the pieces of
    the text that the page does not show, in order. `title` is the `title` element, `heading` the first `h1`, `facts`
    what meta elements and JSON-LD state, `flags` that the text was read from a script, or that only scripts hold some.
    """

    text: str
    markup: Sequence[LineMarkup] = ()
    blocks: Sequence[Element] = ()
    unshown: Sequence[UnshownSpan] = ()
    title: str | None = None
    heading: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    flags: Sequence[str] = ()


def render(html: str) -> Rendered:
    r"""Return the lines of a page in the order of its markup, white space folded, blank lines left out.

    Blocks and `<br>` end a line. No text outside tags, comments and `SKIPPED` is lost, and nothing is judged here.

    >>> render("<title>报告</title><p>第一<b>行</b><br>第二行</p><table><tr><td>页数</td><td>3</td></tr></table>").text
    '第一行\n第二行\n页数 3'
    """
    page, facts = LineBuilder(), PageFacts()
    unix = html.replace("\r\n", "\n").replace("\r", "\n")
    for text, tag, value in tokens(unix, _READ, matters=page.elements.matters):
        if text:
            page.add(text)
        if not tag:
            continue
        if tag in FACT_TAGS:
            if tag != "title" or not page.elements.at.unshown:
                facts.take(tag, value)
        elif tag == "style":
            page.elements.hide(hidden_names(value))
        else:
            page.tag(tag, value)
    page.finish()
    facts.settle()
    flags = _read_scripts(page, facts.data)
    unshown = _unshown(page)
    return Rendered(
        text="\n".join([line.text for line in page.lines]),
        markup=_markup(page.lines, unshown),
        blocks=page.elements.all,
        unshown=[span for spans in unshown for span in spans],
        title=facts.title,
        heading=page.heading,
        facts=facts.stated,
        flags=flags,
    )


def _read_scripts(page: LineBuilder, scripts: Sequence[str]) -> Sequence[str]:
    """Add the article that only the page's scripts hold, if that is plain; say so, or that they hold text."""
    marks = accumulate(sentence_marks(line.text) for line in page.lines)
    if not scripts or any(count >= MIN_SENTENCES for count in marks):
        return ()
    text, has_text = article(scripts)
    if not text:
        return ("script_only",) if has_text else ()
    is_html = "</" in text or "<br" in text
    for piece, tag, value in tokens(text) if is_html else ((line, "br", "") for line in text.split("\n")):
        if piece:
            page.add(piece)
        if tag and tag not in FACT_TAGS and tag != "style":
            page.tag(tag, value)
    page.finish()
    return ("script_text",)


def _unshown(page: LineBuilder) -> list[Sequence[UnshownSpan]]:
    """Return for every line the pieces of it that are not shown, in places of the text."""
    reasons = unshown_elements(page.lines, page.elements.all)
    found, at = list[Sequence[UnshownSpan]](), 0
    if not any(reasons):
        found = [()] * len(page.lines)
        _add_cut(page, found)
        return found
    for line in page.lines:
        if line.pieces:
            spans = [UnshownSpan(at + a, at + b, why) for a, b, each in line.pieces if (why := reasons[each.place])]
            found.append(_joined(spans) if len(spans) > 1 else spans)
        else:
            reason = reasons[line.element.place]
            found.append([UnshownSpan(at, at + len(line.text), reason)] if reason else [])
        at += len(line.text) + 1
    _add_cut(page, found)
    return found


def _joined(spans: Sequence[UnshownSpan]) -> list[UnshownSpan]:
    """Make one of spans that touch and have one reason."""
    found: list[UnshownSpan] = []
    for span in spans:
        if found and found[-1].end == span.start and found[-1].reason is span.reason:
            span = UnshownSpan(found.pop().start, span.end, span.reason)
        found.append(span)
    return found


def _add_cut(page: LineBuilder, found: list[Sequence[UnshownSpan]]) -> None:
    """Let what stands behind a comment that never ends be none of the text, unless most of the text stands there."""
    if page.cut is None:
        return
    marks = [sentence_marks(line.text) for line in page.lines]
    if sum(marks[page.cut :]) > MAX_UNSHOWN_SHARE * sum(marks) or not page.cut:
        return
    at = 0
    for number, line in enumerate(page.lines):
        if number >= page.cut:
            found[number] = [UnshownSpan(at, at + len(line.text), Unshown.CUT)]
        at += len(line.text) + 1


def _markup(lines: Sequence[Line], unshown: Sequence[Sequence[UnshownSpan]]) -> list[LineMarkup]:
    """Return what the elements around each line say."""
    counts = Counter(chain.from_iterable({link for link, _ in line.links} for line in lines if line.links))
    known: dict[tuple[int, bool], LineMarkup] = {}
    found: list[LineMarkup] = []
    for line, spans in zip(lines, unshown, strict=True):
        linked = sum([chars for link, chars in line.links if counts[link] <= MAX_LINK_LINES]) if line.links else 0
        is_hidden = bool(spans) and sum(span.end - span.start for span in spans) >= len(line.text.rstrip())
        if linked:
            density = min(1.0, linked / max(1, len(line.text.replace(" ", ""))))
            found.append(_line_markup(line.element, density, is_hidden=is_hidden))
            continue
        key = (line.element.place, is_hidden)
        if key not in known:
            known[key] = _line_markup(line.element, 0.0, is_hidden=is_hidden)
        found.append(known[key])
    return found


def _line_markup(element: Element, density: float, *, is_hidden: bool) -> LineMarkup:
    about = (element.region, element.block, element.heading, element.list_depth, element.in_table, element.hint)
    return tuple.__new__(LineMarkup, (density, is_hidden, *about))
