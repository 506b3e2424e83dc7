"""Tags and entities left as text, `<p class="ql-block">`, `<o:p></o:p>`, `&ldquo;`, `&nbsp;`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import re2

from cleaners.model import Edit
from cleaners.text.edits import disjoint

_NAMES = (
    "p|span|div|font|br|b|i|u|em|strong|section|h[1-6]|o:p|st1:[A-Za-z]{1,20}|td|tr|tbody|table|ul|ol|li|a|img|center"
    "|sup|sub"
)
_LT, _GT = "(?:<|&(?:amp;)*lt;)", "(?:>|&(?:amp;)*gt;)"
_TAG = re2.compile(rf"(?i){_LT}(?P<end>/?)(?P<name>{_NAMES})(?P<attributes>\s+[A-Za-z][^<>]{{0,900}}?)?\s?/?{_GT}")
_ATTRIBUTE = re.compile(
    r"\s(?:class|style|href|src|id|align|valign|color|size|face|target|title|lang|width|height|name|rel|alt"
    r"|border|bgcolor|cell\w{3,7}|(?:col|row)span|xml:\w+|x:\w+|v:\w+|data-[\w-]+|on\w+|w:st|is[A-Z]\w+)\s{0,3}=",
    re.IGNORECASE,
)
"""An attribute that such a tag has."""
_ALONE = frozenset(("br", "img"))
"""Tags without a partner."""
_LETTERS = frozenset("abipu")
"""Names that a variable, a vector or a type may have too: `x<a`, `<b>`, `vector<p>`."""
_CUT = re.compile(r"<[^<>\n]{0,60}\n\s*\d{1,3}、[^<>\n]{0,60}>|&[a-z]{0,5}\n\s*\d{1,3}、[a-z]{0,5};")
_ABOUT_HTML = re2.compile(
    r"实体|转义|(?i)<(?:html|head|body|script|form|input|button|!doctype|meta|link|\?php|%)|(?:^|[^a-z./])HTML|网页(?:设计|制作)"
    r"|标签的|[a-z>]\s{0,2}(?:标签|元素|标记)|(?:标签|元素|标记)\s{0,2}<|className=|innerHTML|document\.|\{\{|`<|escape\("
    r"|'(?:</?\w{1,9} ?/?>|&\w{1,9};)'|[^=]\"(?:</?\w{1,9} ?/?>|&\w{1,9};)\""
)
_SHORT_NAMES = "nbsp|ensp|emsp|thinsp|[lr][sd]quo|hellip|[mn]dash|middot|bull|zwnj|zwj"
"""Names that are no word of a language or a program: an entity without its semicolon too."""
_ENTITY = re.compile(
    r"&(?:amp;)*(?P<name>[A-Za-z][A-Za-z0-9]{1,30}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
    rf"|&(?P<short>{_SHORT_NAMES})(?![\x21-\x25\x27-\x7e])|&(?:amp;)+(?!&|#?\w{{1,30}};)"
)
_MARKUP_AGAIN = "&<>"
"""What a number may not stand for: it would be markup when the text is cleaned again."""
_BREAKS = frozenset(("br", "/p", "/div", "/tr", "/li", "/section", *(f"/h{level}" for level in range(1, 7))))
_JOINERS = ("\u200c", "\u200d", "\xad", "\u200b")
_POWER = re2.compile(rf"(?i){_LT}sup{_GT}([0-9+-]{{1,4}}){_LT}/sup{_GT}")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Without them 10<sup>8</sup> would be another number."""


def is_cut(text: str) -> bool:
    """Whether a chunk mark stands inside a tag: the engine counted the characters of escaped HTML."""
    return ("<" in text or "&" in text) and bool(_CUT.search(text))


def edits(text: str) -> list[Edit]:
    """Return the edits that take tags out and write entities as what they stand for.

    None where the text may be about HTML itself. A lone `<a>`, `<b c>` is a comparison, a vector, a type.

    >>> edits("<p>同志们：</p>今天")[1]
    Edit(start=7, end=11, new='\\n', rule='markup.tag')
    >>> edits("他说&amp;ldquo;好")
    [Edit(start=2, end=13, new='“', rule='markup.entity')]
    """
    if not ("<" in text and ">" in text) and "&" not in text:
        return []
    found = _tags(text)
    if "&" in text:
        found = disjoint([*found, *_entities(text)])
    return [] if found and _ABOUT_HTML.search(text) else found


def _tags(text: str) -> list[Edit]:
    """Return the edits that take tags out: those with attributes or a partner, and beside them whole words."""
    tags = list(_TAG.finditer(text))
    first, last = dict[str, int](), dict[str, int]()
    for tag in tags:
        if tag["end"]:
            last[tag["name"].lower()] = tag.start()
        else:
            first.setdefault(tag["name"].lower(), tag.start())
    proved = [_is_proved(tag, first, last) for tag in tags]
    if not any(proved):
        return []
    known = {tag["name"].lower() for tag, sure in zip(tags, proved, strict=True) if sure}
    powers = [
        Edit(power.start(), power.end(), power.group(1).translate(_RAISED), "markup.tag")
        for power in _POWER.finditer(text)
    ]
    found = [
        Edit(tag.start(), tag.end(), "\n" if tag["end"] + tag["name"].lower() in _BREAKS else "", "markup.tag")
        for tag, sure in zip(tags, proved, strict=True)
        if sure or tag["end"] or not (tag["attributes"] or tag["name"].lower() in _LETTERS - known)
    ]
    return disjoint([*powers, *found])


def _is_proved(tag: re.Match[str], first: Mapping[str, int], last: Mapping[str, int]) -> bool:
    """Whether a tag shows by itself or its partner that it is one, given the first start and last end by name."""
    name, attributes = tag["name"].lower(), tag["attributes"]
    if ":" in name:
        return True
    if tag["end"]:
        return name in first and first[name] < tag.start()
    if attributes:
        return bool(_ATTRIBUTE.search(attributes))
    return name in _ALONE or last.get(name, -1) > tag.start()


def _entities(text: str) -> Iterator[Edit]:
    """Yield the entities left as text, each as what it stands for; those that would make new markup stay."""
    for place in _ENTITY.finditer(text):
        name = place["name"] or place["short"]
        new = html.unescape(f"&{name};") if name else "&"
        if new.startswith("&") and name and name not in ("amp", "AMP"):  # no name of HTML
            continue
        if new.isspace():
            new = " "
        if new in _JOINERS:
            new = ""
        if new.isprintable() and not (name and name[0] == "#" and new in _MARKUP_AGAIN):
            yield Edit(place.start(), place.end(), new, "markup.entity")
