"""HTML to lines: one pass over the markup without a tree, so that no page is slow and no text is moved or lost.

What the page does not show stays in the text, with spans that say so: taking it away is an edit like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cleaners.reading.elements import Element
from cleaners.reading.line_builder import LineBuilder
from cleaners.reading.markup import LineMarkup, UnshownSpan, sentence_marks
from cleaners.reading.names import SPACE
from cleaners.reading.page_facts import PageFacts
from cleaners.reading.script_data import article
from cleaners.reading.shown import line_markup, unshown_spans
from cleaners.reading.tags import TAGS
from cleaners.reading.tokens import tokens

MIN_SENTENCES = 3
"""A page that shows fewer is asked for its text without scripts, then whether its scripts hold it."""
MAX_BESIDE_FALLBACK = 0.3
"""The sentences that a page shows, at most, as a part of those that it shows without scripts."""

_BEFORE = rf"(?:[{SPACE}\ufeff]|<!--.*?-->|<\?[^>]*>)*+"
_DOCUMENT = re.compile(
    rf"{_BEFORE}<(?:!doctype\s+html|html|head|body|title|meta|link|base|frameset)\b", re.IGNORECASE | re.DOTALL
)
_FRAGMENT = re.compile(
    rf"{_BEFORE}<(div|table|section|article|main|header|nav|center|form|script|style)\b[^<>]*>.*</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PIECE = re.compile(
    r"<(?:(/?)(p|h[1-6]|[uod]l|li|d[dt]|pre|blockquote|details|summary|figure|figcaption|table|t(?:head|body|foot|[rdh])"
    r"|div|section)\b[^<>]*+>|(?:hr|br|img)\b[^<>]*+>|!--[^-]*+(?:-[^-]++)*+-->)",
    re.IGNORECASE,
)
"""A tag of a block that words stand in, a picture, a rule or a comment."""
_FRAME = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|link|base|frameset|script|style|form|nav|aside|header|footer|main|article"
    rf"|section|div(?![{SPACE}]++align[{SPACE}]*+=[{SPACE}]*+[^<>{SPACE}]++[{SPACE}]*+>))\b",
    re.IGNORECASE,
)
"""An element that a frame is made of: a block that bears but an alignment lays out a description, too."""
_LATE_DOCUMENT = re.compile(r"^[ \t]*<(?:!doctype\s+html|html|head|body)\b[^<>]*>\s*<", re.IGNORECASE | re.MULTILINE)
NEAR_START = 2000
"""Characters of other matter that may stand before a saved page's first tag."""


def is_html(text: str) -> bool:
    r"""Tell whether `text` is a saved page or a piece of one, and not a dump of its words, which may hold tags.

    >>> is_html("<p>一段</p>\n又一段"), is_html("<p>一段</p>\n<p>又一段</p>"), is_html("网页以<html>开头")
    (False, True, False)
    """
    return _is_page(text) or _is_of_blocks(text)


def is_piece(html: str) -> bool:
    """Tell whether markup is a piece of a page, such as a description, with no element that a frame is made of."""
    return not (_is_page(html) or _FRAME.search(html))


def _is_page(text: str) -> bool:
    return bool(_DOCUMENT.match(text) or _FRAGMENT.match(text) or _LATE_DOCUMENT.search(text, 0, NEAR_START))


def _is_of_blocks(text: str) -> bool:
    """Tell whether a text begins and ends with blocks, each of which is ended, and no words stand outside them."""
    if not _PIECE.match(text.lstrip()) or not text.rstrip().endswith(">"):
        return False
    end, opened = 0, list[str]()
    for tag in _PIECE.finditer(text):
        if not opened and text[end : tag.start()].strip():
            return False
        end = tag.end()
        if tag[1]:
            if not opened or opened.pop() != tag[2].lower():
                return False
        elif tag[2]:
            opened.append(tag[2].lower())
    return not opened and not text[end:].strip()


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
    page.read(tokens(html), facts)
    page.finish()
    facts.settle()
    flags = () if _read_fallback(page, facts.fallbacks) else _read_scripts(page, facts.data)
    unshown = unshown_spans(page.lines, page.elements.all, page.cut)
    return Rendered(
        text="\n".join([line.text for line in page.lines]),
        markup=line_markup(page.lines, unshown),
        blocks=page.elements.all,
        unshown=[span for spans in unshown for span in spans],
        title=facts.title,
        heading=page.heading,
        facts=facts.stated,
        flags=flags,
    )


def _read_fallback(page: LineBuilder, fallbacks: Sequence[str]) -> bool:
    """Add what the page shows where its scripts are not run, if that is far more than it shows; say whether it is.

    Forums hand crawlers their threads so.
    """
    marks, text = max(((sentence_marks(each), each) for each in fallbacks), default=(0, ""))
    most = MAX_BESIDE_FALLBACK * marks
    if marks < MIN_SENTENCES or any(count > most for count in _sentences(page)):
        return False
    page.read(tokens(text))
    page.finish()
    return True


def _sentences(page: LineBuilder) -> Iterator[int]:
    """Yield how many sentences the page shows up to each of its lines."""
    return accumulate(sentence_marks(line.text) for line in page.lines)


def _read_scripts(page: LineBuilder, scripts: Sequence[str]) -> Sequence[str]:
    """Add the article that only the page's scripts hold, if that is plain; say so, or that they hold text."""
    if not scripts or any(count >= MIN_SENTENCES for count in _sentences(page)):
        return ()
    text, has_text = article(scripts)
    if not text:
        return ("script_only",) if has_text else ()
    is_html = "</" in text or "<br" in text
    page.read(tokens(text) if is_html else ((line, TAGS["br>"]) for line in text.split("\n")))
    page.finish()
    return ("script_text",)
