"""Tags left as text in a dump or shown as text on a page: `<p class="ql-block">`, `<span style=…>`, `<o:p></o:p>`."""

from __future__ import annotations

import re2

from cleaners.model import Edit

_TAG = re2.compile(
    r"</?(?:p|span|div|font|br|b|i|u|em|strong|section|h[1-6]|o:p|st1:\w{1,20}|td|tr|tbody|table|ul|ol|li|a|img|center|sup|sub)"
    r"(?:\s+[A-Za-z][^<>]{0,900})?\s?/?>"
)
_CUT = re2.compile(r"<[^<>\n]{0,60}\n\s*\d{1,3}、[^<>\n]{0,60}>|&[a-z]{0,5}\n\s*\d{1,3}、[a-z]{0,5};")
_ABOUT_HTML = re2.compile(
    r"(?i)<(?:html|head|body|script|form|input|!doctype|meta|link)\b|(?:^|[^a-z./])HTML|网页(?:设计|制作)|标签的"
)
_BREAKS = ("</p", "<br", "</div", "</h", "</tr", "</li", "</section")


def is_cut(text: str) -> bool:
    """Whether a chunk mark stands inside a tag: the engine counted the characters of escaped HTML."""
    return ("<" in text or "&" in text) and bool(_CUT.search(text))


def edits(text: str) -> list[Edit]:
    """Return the edits that take the tags out; none where the text may be about HTML itself.

    >>> edits("<p>同志们：</p>今天")[1]
    Edit(start=7, end=11, new='\\n', rule='markup.tag')
    """
    if "<" not in text or ">" not in text:
        return []
    found = [
        Edit(tag.start(), tag.end(), "\n" if tag.group().startswith(_BREAKS) else "", "markup.tag")
        for tag in _TAG.finditer(text)
    ]
    return [] if found and _ABOUT_HTML.search(text) else found
