"""HTML to lines: one pass over the markup, no tree, so that no page is slow and no text is moved or lost."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SKIPPED = frozenset(("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "title"))
"""Elements whose text is not the page's; the page's own `title` is given apart."""
RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "xmp"))
"""Elements that hold neither tags nor character references."""
WHOLE = SKIPPED | RAW | {"textarea"}
"""Elements taken in one piece, up to their own end tag; one that never ends is no element, its text is the page's."""
KEPT_SPACE = frozenset(("pre", "listing", "textarea", "xmp"))
BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section select summary table tbody textarea tfoot thead tr ul xmp".split()
)
"""Elements that end a line where they begin and where they end. All others, unknown ones too, are part of a line."""
CELLS = frozenset(("td", "th"))
CELL = 80
"""A table row is one line when each of its cells is one line of at most so many characters; else a cell is no cell
but a place in a layout, and each of its lines stands alone."""

_SPACE = " \t\n\r\f"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_SPACE}>"'][^{_SPACE}>]*+)"""
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE}?+)?+"
_MARKUP = re.compile(
    rf"<(?:(?P<end>/?)(?P<name>[a-zA-Z][^{_SPACE}/>]*+)(?P<attributes>(?:[{_SPACE}/]++|{_ATTRIBUTE})*+)(?P<close>>|\Z)"
    r"|(?P<comment>!--)|[!?/][^>]*+>)"
)
_PLAIN_MARKUP = re.compile(
    rf"<(?:(?P<end>/?)(?P<name>[a-zA-Z][^{_SPACE}/>]*+)(?P<attributes>[^>]*+)(?P<close>>)|(?P<comment>!--)|[!?/][^>]*+>)"
)
"""The same without quotes, for what follows a quote that never ends."""
_COMMENT_END = re.compile(r"--!?>")
_ENDS = {name: re.compile(rf"</{name}(?=[{_SPACE}/>])[^>]*+>", re.IGNORECASE) for name in WHOLE}
_PAIR = re.compile(rf"""([^{_SPACE}/>][^{_SPACE}/>=]*+)[{_SPACE}]*+=[{_SPACE}]*+("[^"]*+|'[^']*+|[^{_SPACE}>"']++)""")
_FOLD = re.compile(rf"[{_SPACE}]+")
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_LIST_MARK = re.compile(r"[,，;；、|]")

_SPACED = rf"(?:[{_SPACE}\ufeff]|<!--.*?-->|<\?[^>]*>)*+"
_DOCUMENT = re.compile(rf"{_SPACED}<(?:!doctype\s+html|html|head|body|title|meta|link|base|frameset)\b", re.I | re.S)
_LATE_DOCUMENT = re.compile(r"^[ \t]*<(?:!doctype\s+html|html|head|body)\b[^<>]*>\s*<", re.I | re.M)
_FRAGMENT = re.compile(
    rf"{_SPACED}<(div|table|section|article|main|header|nav|center|form|script|style)\b[^<>]*>.*</\1\s*>", re.I | re.S
)
NEAR_START = 2000
"""Characters within which a page that begins with other matter must show its first tag."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as lines, and what its markup says: `title` element, first `h1`, keywords, and its own address."""

    text: str
    title: str | None = None
    heading: str | None = None
    keywords: tuple[str, ...] = ()
    canonical: str | None = None


def is_html(text: str) -> bool:
    """Tell whether `text` is a saved page rather than a dump of its words; a dump may hold tags, even at its start.

    >>> is_html("<p>一段</p>\\n又一段"), is_html("<!DOCTYPE html><p>一段"), is_html("网页以<html>开头")
    (False, True, False)
    """
    return bool(_DOCUMENT.match(text) or _FRAGMENT.match(text) or _LATE_DOCUMENT.search(text, 0, NEAR_START))


def render(html: str) -> Rendered:
    """Return the lines of a page, each with its white space folded, without blank ones.

    Blocks and `<br>` end a line; no text outside `SKIPPED` and tags is lost; nothing is told apart as unimportant.

    >>> render("<title>报告</title><div>第一<b>行</b><br>第二行</div><table><tr><td>页数</td><td>3</td></tr></table>").text
    '第一行\\n第二行\\n页数 3'
    """
    page = _Lines()
    facts: dict[str, str] = {}
    for kind, value in _tokens(html.replace("\r\n", "\n").replace("\r", "\n")):
        if not kind:
            page.parts.append(value)
        elif kind in _PLACES:
            getattr
    return page
