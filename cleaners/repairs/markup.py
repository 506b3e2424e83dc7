"""Tags and entities left as text, `<p class="ql-block">`, `<o:p></o:p>`, `&ldquo;`, `&nbsp;`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import re2

from cleaners.model import Edit
from cleaners.text.edits import disjoint

_TAG = re2.compile(
    r"(?:<|&(?:amp;)*lt;)/?(?:p|span|div|font|br|b|i|u|em|strong|section|h[1-6]|o:p|st1:\w{1,20}|td|tr|tbody|table|ul|ol|li|a|img|center|sup|sub)"
    r"(?:\s+[A-Za-z][^<>]{0,900}?)?\s?/?(?:>|&(?:amp;)*gt;)"
)
_CUT = re2.compile(r"<[^<>\n]{0,60}\n\s*\d{1,3}、[^<>\n]{0,60}>|&[a-z]{0,5}\n\s*\d{1,3}、[a-z]{0,5};")
_ABOUT_HTML = re2.compile(
    r"实体|转义|(?i)<(?:html|head|body|script|form|input|!doctype|meta|link)\b|(?:^|[^a-z./])HTML|网页(?:设计|制作)|标签的"
)
_ENTITY = re.compile(
    r"&(?:amp;)*(?P<name>nbsp|[en]nsp|emsp|thinsp|[lr][sd]quo|quot|hellip|[mn]dash|middot|bull|times|deg|permil|lt|gt"
    r"|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});|&(?:amp;)+(?!&|#?\w{1,30};)"
)
_MARKUP_AGAIN = "&<>"
"""What a number may not stand for: it would be markup when the text is cleaned again."""
_BREAKS = re.compile(r"(?:<|&(?:amp;)*lt;)(?:br|/(?:p|div|h|tr|li|section))")


def is_cut(text: str) -> bool:
    """Whether a chunk mark stands inside a tag: the engine counted the characters of escaped HTML."""
    return ("<" in text or "&" in text) and bool(_CUT.search(text))


def edits(text: str) -> list[Edit]:
    """Return the edits that take tags out and write entities as what they stand for.

    None where the text may be about HTML itself.

    >>> edits("<p>同志们：</p>今天")[1]
    Edit(start=7, end=11, new='\\n', rule='markup.tag')
    >>> edits("他说&amp;ldquo;好")
    [Edit(start=2, end=13, new='“', rule='markup.entity')]
    """
    if not ("<" in text and ">" in text) and "&" not in text:
        return []
    found = [
        Edit(tag.start(), tag.end(), "\n" if _BREAKS.match(tag.group()) else "", "markup.tag")
        for tag in _TAG.finditer(text)
    ]
    if "&" in text:
        found = disjoint([*found, *_entities(text)])
    return [] if found and _ABOUT_HTML.search(text) else found


def _entities(text: str) -> Iterator[Edit]:
    for place in _ENTITY.finditer(text):
        name = place["name"]
        new = html.unescape(f"&{name};") if name else "&"
        if new.isspace():
            new = " "
        if new.isprintable() and not (name and name[0] == "#" and new in _MARKUP_AGAIN):
            yield Edit(place.start(), place.end(), new, "markup.entity")
