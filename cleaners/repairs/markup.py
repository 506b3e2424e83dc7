"""Tags and entities left as text, `<p class="ql-block">`, `<o:p></o:p>`, `&ldquo;`, `&nbsp;`."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import re2

from cleaners.model import Edit
from cleaners.text.edits import bounded, joined, merged

_NAMES = frozenset(
    (
        *("p", "span", "div", "font", "br", "b", "i", "u", "em", "strong", "section", "o:p", "a", "img", "center"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "tbody", "table", "ul", "ol", "li", "sup", "sub"),
        *("th", "thead", "tfoot", "dl", "dd", "dt", "pre", "s", "strike", "samp", "tt", "dfn", "nobr", "acronym"),
        *("blockquote", "fieldset", "legend", "optgroup", "noframes"),
    )
)
_OFFICE = "st1:"
"""What names of Office begin with, `st1:chmetcnv`."""
_LT, _GT = "(?:<|&(?i:amp;)*(?i:lt);)", "(?:>|&(?i:amp;)*(?i:gt);)"
_ATTRIBUTES = r"\s+[A-Za-z](?:[^<>&\n]|\n(?![^\n<>]*[一-鿿])|&(?!(?i:amp;)*(?i:lt);[/A-Za-z])){0,900}?"
"""No line of prose and no start of another tag stand in them, so that each character is looked at for one tag only."""
_TAG = re.compile(rf"{_LT}(?P<name>/?[A-Za-z][A-Za-z0-9:]{{0,23}})(?P<attributes>{_ATTRIBUTES})?\s?/?{_GT}")
_ATTRIBUTE = re.compile(
    r"\s(?:class|style|href|src|id|align|valign|color|size|face|target|title|lang|width|height|name|rel|alt"
    r"|border|bgcolor|cell\w{3,7}|(?:col|row)span|xml:\w+|x:\w+|v:\w+|data-[\w-]+|on\w+|w:st|is[A-Z]\w+)\s{0,3}=",
    re.IGNORECASE,
)
"""An attribute that such a tag has."""
_ALONE = frozenset(("br", "img"))
"""Tags without a partner."""
_LETTERS = frozenset("abipsu")
"""Names that a variable, a vector or a type may have too: `x<a`, `<b>`, `vector<p>`."""
_CLOSES_LINE = re.compile(rf"[\w。！？!?；;：:，,…”’）)》】]\s?{_LT}/(?P<name>p|div|section){_GT}[ \t]*$", re.MULTILINE)
MIN_CLOSED = 3
"""So many lines that the end of a paragraph closes, where none of its starts is left, have lost these."""
_CUT = re.compile(r"<[^<>\n]{0,60}\n\s*\d{1,3}、[^<>\n]{0,60}>|&[a-z]{0,5}\n\s*\d{1,3}、[a-z]{0,5};")
_ABOUT_HTML = re2.compile(
    r"实体|转义|(?i)<(?:html|head|body|script|form|input|button|!doctype|meta|link|\?php|%)|(?:^|[^a-z./])HTML|网页(?:设计|制作)"
    r"|标签的|[a-z>]\s{0,2}(?:标签|元素|标记)|(?:标签|元素|标记)\s{0,2}<|className=|innerHTML|document\.|\{\{|`<|escape\("
    r"|'(?:</?\w{1,9} ?/?>|&\w{1,9};)'|[^=]\"(?:</?\w{1,9} ?/?>|&\w{1,9};)\""
    r"|<[a-z]\w{0,9} (?:[^<>\n]{0,200} )?\w{1,30}=(?:\{|\.{3}|…)"
)
_FENCED = re.compile(r"^[ \t>]{0,12}(?P<fence>```|~~~)[\w+#. -]{0,30}+\n(?s:.*?)^[ \t>]{0,12}(?P=fence)", re.MULTILINE)
"""Code between the fences of Markdown."""
_SHORT_NAMES = "nbsp|ensp|emsp|thinsp|[lr][sd]quo|hellip|[mn]dash|middot|bull|zwnj|zwj"
"""Names that are no word of a language or a program: an entity without its semicolon too, as a number beyond ASCII."""
_ENTITY = re.compile(
    r"&(?:amp;)*(?P<name>[A-Za-z][A-Za-z0-9]{1,30}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
    rf"|&(?P<short>{_SHORT_NAMES}|#\d{{4,6}})(?![\x21-\x25\x27-\x7e])|&(?:amp;)+(?!&|#?\w{{1,30}};)"
)
_MARKUP_AGAIN = "&<>"
"""What a number may not stand for: it would be markup when the text is cleaned again."""
_BREAKS = frozenset(("br", "/p", "/div", "/tr", "/li", "/section", *(f"/h{level}" for level in range(1, 7))))
_JOINERS = ("\u200c", "\u200d", "\xad", "\u200b")
_POWER = re.compile(rf"{_LT}(?i:sup){_GT}([0-9+-]{{1,4}}){_LT}/(?i:sup){_GT}")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Without them 10<sup>8</sup> would be another number."""


def is_cut(text: str) -> bool:
    """Whether a chunk mark stands inside a tag: the engine counted the characters of escaped HTML."""
    return ("<" in text or "&" in text) and bool(_CUT.search(text))


def holds_tag(text: str) -> bool:
    """Whether a tag of those that editors leave as text stands in it."""
    return next(_read(text), None) is not None


def edits(text: str) -> Sequence[Edit]:
    """Return the edits that take tags out and write entities as what they stand for.

    None where the text may be about HTML itself, and none within fenced code. A lone `<a>`, `<b c>` is a comparison, a
    vector, a type.

    >>> edits("<p>同志们：</p>今天")[1]
    Edit(start=7, end=11, new='\\n', rule='markup.tag')
    >>> edits("他说&amp;ldquo;好")
    [Edit(start=2, end=13, new='“', rule='markup.entity')]
    """
    if not ("<" in text and ">" in text) and "&" not in text:
        return []
    found = bounded(joined(_unfenced(text, merged(_tags(text), _entities(text)))), text)
    return [] if found and _ABOUT_HTML.search(text) else found


def _unfenced(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that change no code between the fences of Markdown."""
    fenced = iter([found.span() for found in _FENCED.finditer(text)] if "```" in text or "~~~" in text else ())
    start, end = next(fenced, (len(text), len(text)))
    for edit in edits:
        while end <= edit.start < len(text):
            start, end = next(fenced, (len(text), len(text)))
        if edit.end <= start:
            yield edit


def _tags(text: str) -> Iterable[Edit]:
    """Return the edits that take tags out: those with attributes or a partner, and beside them whole words."""
    first, last = dict[str, int](), dict[str, int]()
    for tag in _read(text):
        if tag.is_end:
            last[tag.bare] = tag.start
        else:
            first.setdefault(tag.bare, tag.start)
    proved = {tag.bare for tag in _read(text) if _is_proved(tag, first, last)}
    proved |= _closing(text) - first.keys() if last else set()
    if not proved:
        return []
    powers = (
        Edit(power.start(), power.end(), power[1].translate(_RAISED), "markup.tag") for power in _POWER.finditer(text)
    )
    found = (
        Edit(tag.start, tag.end, "\n" if tag.name in _BREAKS else "", "markup.tag")
        for tag in _read(text)
        if tag.is_end or not (tag.attributes or tag.bare in _LETTERS - proved) or _is_proved(tag, first, last)
    )
    return merged(powers, found)


def _closing(text: str) -> set[str]:
    """Return the names of paragraphs whose ends close several lines."""
    closed = Counter(found["name"] for found in _CLOSES_LINE.finditer(text))
    return {name for name, lines in closed.items() if lines >= MIN_CLOSED}


def _read(text: str) -> Iterator[_Tag]:
    """Yield the tags of known names; they are read again where they are needed again, for they may be millions."""
    for found in _TAG.finditer(text):
        tag = _Tag(found.start(), found.end(), found["name"].lower(), found["attributes"])
        if tag.bare in _NAMES or tag.bare.startswith(_OFFICE):
            yield tag


class _Tag(NamedTuple):
    """One tag: where it stands, its name with the stroke of an end tag, its attributes."""

    start: int
    end: int
    name: str
    attributes: str | None

    @property
    def is_end(self) -> bool:
        return self.name[0] == "/"

    @property
    def bare(self) -> str:
        return self.name.removeprefix("/")


def _is_proved(tag: _Tag, first: Mapping[str, int], last: Mapping[str, int]) -> bool:
    """Whether a tag shows by itself or its partner that it is one, given the first start and last end by name."""
    if ":" in tag.name:
        return True
    if tag.is_end:
        return tag.bare in first and first[tag.bare] < tag.start
    if tag.attributes:
        return bool(_ATTRIBUTE.search(tag.attributes))
    return tag.name in _ALONE or last.get(tag.name, -1) > tag.start


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
