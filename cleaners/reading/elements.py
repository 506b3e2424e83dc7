"""Which elements are open at a place of the page, and what they say of the text in them.

A stack, not a tree: end tags that are left out are supplied as HTML's own algorithm does, a wrong one closes nothing
beyond the table cell that it stands in. Every step takes constant time, but for elements that are closed.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from cleaners.reading.markup import Region, Unshown
from cleaners.reading.stylesheet import hides
from cleaners.reading.tokens import attributes

BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup
    option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp
    """.split()  # noqa: SIM905
)
"""Elements that end a line where they begin and where they end. All others, unknown ones too, are part of a line."""
LEAVES = frozenset(("br", "hr", "html", "body", "head", "textarea", "plaintext", "tbody", "thead", "tfoot"))
"""Blocks that are no containers of their own."""
REGIONS = {
    "main": Region.MAIN,
    "article": Region.MAIN,
    "header": Region.HEADER,
    "nav": Region.NAV,
    "aside": Region.ASIDE,
    "footer": Region.FOOTER,
    "form": Region.FORM,
    "dialog": Region.DIALOG,
    "figure": Region.FIGURE,
    "search": Region.FORM,
}
ROLES = {
    "main": Region.MAIN,
    "article": Region.MAIN,
    "banner": Region.HEADER,
    "navigation": Region.NAV,
    "complementary": Region.ASIDE,
    "contentinfo": Region.FOOTER,
    "search": Region.FORM,
    "form": Region.FORM,
    "dialog": Region.DIALOG,
    "alertdialog": Region.DIALOG,
    "menu": Region.NAV,
    "menubar": Region.NAV,
    "figure": Region.FIGURE,
}
LAZY = "lazy-template"
"""The element that stands for a `textarea` with markup in it: a block that a script would show later."""
UNSHOWN = {
    LAZY: Unshown.FALLBACK,
    **dict.fromkeys(("video", "audio", "object", "canvas", "svg", "applet"), Unshown.FALLBACK),
    **dict.fromkeys(("select", "option", "optgroup", "datalist", "button"), Unshown.CONTROL),
    **dict.fromkeys(("rt", "rp", "rtc"), Unshown.RUBY),
}
"""Elements whose text is none of the page."""
LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
MAX_ELEMENTS = 30_000
"""No page seen has half as many elements; what stands behind so many is text of the element at hand."""
MAX_KNOWN = 300
"""Characters of the attributes of a tag whose meaning is remembered."""
JAMMERS = frozenset((".jammer", ".sr-only", ".visually-hidden", ".visuallyhidden", ".screen-reader-text"))
"""Classes that boards and frameworks hide by style sheets of their own."""

_SIGNIFICANT = (
    *("hidden", "none", "absolute", "role", "jammer", "sr-only", "visually", "screen-reader"),
    *("size:0", "size: 0", "SIZE:0", "SIZE: 0"),
)
"""What the attributes of an element that is no block hold, one of them, if it is hidden, a region or placed."""
_WANTED = frozenset(("class", "id", "style", "hidden", "role", "open"))
_NAMED = ("class", "id", "style", "hidden", "role", "open", "CLASS", "ID", "STYLE", "HIDDEN", "Class", "Id", "Style")
"""Names of the attributes that say something of a text, as pages write them."""
_FRAME_WORDS = re.compile(
    r"nav(?!el)|menu|side|foot|comment|recom|relat|rank|hot(?!el)|share|login|advert|banner|crumb|tool|copyright|sponsor"
    r"|pager|pagination|widget|popup|modal|dialog|reply|pinglun|tuijian|xiangguan|friend|link|prev|next|toolbar|qrcode"
    r"|download|vote|rating|author-?info|user-?info|signature|meta\b|tags?\b|a(?<![a-z]a)ds?(?![a-z])"
)
_TEXT_WORDS = re.compile(
    r"article|content|entry|post(?!er)|t(?<![a-z]t)ext|story|detail|main|zhengwen|neirong|body|read|paragraph|topic"
)
"""Words of small letters, each of which begins with a letter, so that `re` looks for that first."""


class Element:
    """An element that says something of the text in it: its place in `Elements.all` and that of the one around it."""

    __slots__ = (
        *("block", "heading", "hint", "in_table", "is_sizeless", "label", "left", "list_depth"),
        *("name", "parent", "place", "region", "top", "unshown"),
    )

    place: int
    block: int
    name: str
    label: str
    unshown: Unshown | None
    top: int | None
    left: int
    parent: int
    region: Region
    heading: int
    list_depth: int
    in_table: bool
    hint: int
    is_sizeless: bool

    def __init__(self, place: int, name: str, says: _Says, around: Element | None) -> None:
        """Make an element of what it says itself and what the one around it says; the page has none around it."""
        self.place = self.block = place
        self.name = name
        self.label, _, _, self.unshown, self.hint, self.top, self.left, _, self.is_sizeless = says
        if around is None:
            self.parent = self.heading = self.list_depth = 0
            self.region, self.in_table = Region.BODY, False
            return
        self.parent = around.place
        self.region = around.region
        self.heading = around.heading
        self.list_depth = around.list_depth
        self.in_table = around.in_table
        if not self.hint:
            self.hint = around.hint


class _Says(NamedTuple):
    """What the attributes of a tag say of the text in its element."""

    label: str = ""
    names: frozenset[str] = frozenset()
    role: Region | None = None
    unshown: Unshown | None = None
    hint: int = 0
    top: int | None = None
    left: int = 0
    is_open: bool = False
    is_sizeless: bool = False


_NOTHING = _Says()


def _says(value: str) -> _Says:
    """Return what the attributes of a tag say of its element: names, role, whether and how it is hidden or placed."""
    if not any(map(value.__contains__, _NAMED)):
        return _NOTHING
    pairs = attributes(value, _WANTED)
    kind, own, style = pairs.get("class", ""), pairs.get("id", ""), pairs.get("style", "")
    is_hidden = "hidden" in pairs and pairs["hidden"].lower() != "until-found"
    names = [f".{each}" for each in kind.split()]
    if own:
        names.append(f"#{own}")
    label = f"{kind} {own}".strip()
    top, left = None, 0
    if "top" in style and len(position := dict(_POSITION.findall(style))) == 2:
        top, left = int(position["top"]), int(position["left"])
    return _Says(
        label,
        frozenset(names),
        ROLES.get(pairs.get("role", "")),
        Unshown.HIDDEN if is_hidden or hides(style) or not JAMMERS.isdisjoint(names) else None,
        _hint(kind) or _hint(own) if label else 0,
        top,
        left,
        "open" in pairs,
        bool(_SIZELESS.search(style)),
    )


_known = lru_cache(maxsize=4096)(_says)  # the elements of a list, and the pages of a site, bear the same attributes


def _said_by(value: str) -> _Says:
    return _known(value) if len(value) <= MAX_KNOWN else _says(value)


_SELF_CLOSING = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("td", "th", "tr"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "option": (("option",), ("select", "datalist")),
    "optgroup": (("option", "optgroup"), ("select",)),
    "rt": (("rt", "rp"), ("ruby",)),
    "rp": (("rt", "rp"), ("ruby",)),
}
"""Elements whose start tag ends open ones of these names, unless one of those stands between."""
_SCOPES = frozenset(("table", "td", "th", "caption", "object", "template", "button", "svg", "dialog"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPECIAL = HEADINGS | LISTS | {"td", "th", "tr"}
_TABLE = frozenset(("table", "tr", "td", "th"))
_SIZELESS = re.compile(
    r"font-size\s{0,4}:\s{0,4}0(?:px|pt|em|rem|%)?\s{0,4}(?:!important\s{0,4})?(?:;|$)", re.IGNORECASE
)
_POSITION = re.compile(r"(?<![\w-])(top|left)\s{0,4}:\s{0,4}(-?\d{1,6})")


class Elements:
    """The open elements of a page, innermost last, and all that were open so far."""

    def __init__(self) -> None:
        self.all = [Element(0, "body", _NOTHING, None)]
        self.hidden_names: set[str] = set()
        self._hidden_words: set[str] = set()
        self._stack: list[tuple[str, Element]] = [("", self.all[0])]
        self._places: dict[str, list[int]] = {}
        self._blocks = [0]
        self._scopes = [0]
        self.at = self.all[0]

    def matters(self, inline: str) -> bool:
        """Say whether tags of elements in a line, in the text between them, may say something of that text."""
        if len(self._stack) > len(self._blocks):
            return True
        if "=" in inline and self._hidden_words and ("&" in inline or self._may_hide(inline)):
            return True
        return any(map(inline.__contains__, _SIGNIFICANT))

    def _may_hide(self, inline: str) -> bool:
        for mark in "\"'=>":
            inline = inline.replace(mark, " ")
        return not self._hidden_words.isdisjoint(inline.split())

    def hide(self, names: AbstractSet[str]) -> None:
        """Take the `.class` and `#id` selectors that a style sheet hides."""
        self.hidden_names |= names
        self._hidden_words.update(name[1:] for name in names)

    def start_block(self, name: str, value: str) -> None:
        """Take the start tag of a block; behind `MAX_ELEMENTS` it says nothing."""
        if len(self.all) >= MAX_ELEMENTS:
            return
        self._leave_no_leaf()
        if self._places.get("p"):
            self._close("p", self._scopes[-1])
        if name in _SELF_CLOSING:
            self._supply_ends(name)
        if name not in LEAVES:
            self._open(name, value, is_block=True)

    def start(self, name: str, value: str) -> None:
        """Take the start tag of any other element; behind `MAX_ELEMENTS` it says nothing."""
        if len(self.all) >= MAX_ELEMENTS:
            return
        if "size" in value or "SIZE" in value:
            self._leave_no_leaf()
        if name in UNSHOWN:
            if name in _SELF_CLOSING:
                self._supply_ends(name)
            self._open(name, value, is_block=False)
        elif value and (self.hidden_names or any(map(value.__contains__, _SIGNIFICANT))):
            self._open_if_hidden(name, value)
        elif self._places.get(name):
            self._open(name, "", is_block=False)

    def end(self, name: str) -> None:
        """Take an end tag; one that nothing open fits says nothing."""
        places = self._places.get(name)
        if not places:
            return
        if places[-1] == len(self._stack) - 1:
            self._close(name, -1)
        elif name in BLOCKS:
            self._close(name, self._last("table") if name in _TABLE and name != "table" else self._scope(name))
        else:
            self._close(name, self._blocks[-1])

    def _leave_no_leaf(self) -> None:
        """Show an element of letters without size, which boards strew into a text, if one with a size stands in it."""
        if self.at.is_sizeless:
            self.at.is_sizeless, self.at.unshown = False, None

    def _scope(self, name: str) -> int:
        return -1 if name in _SCOPES else self._scopes[-1]

    def _last(self, *names: str) -> int:
        return max((places[-1] for name in names if (places := self._places.get(name))), default=0)

    def _supply_ends(self, name: str) -> None:
        closed, between = _SELF_CLOSING[name]
        if not any(map(self._places.get, closed)):
            return
        beyond = self._last(*between)
        for each in closed:
            self._close(each, beyond)

    def _close(self, name: str, beyond: int) -> None:
        """Close the innermost element of this name and all in it, if it stands above `beyond` in the stack."""
        places = self._places.get(name)
        if not places or places[-1] <= beyond:
            return
        place = places[-1]
        while len(self._stack) > place:
            closed, _ = self._stack.pop()
            self._places[closed].pop()
        while self._blocks[-1] >= place:
            self._blocks.pop()
        while self._scopes[-1] >= place:
            self._scopes.pop()
        self.at = self._stack[-1][1]

    def _open_if_hidden(self, name: str, value: str) -> None:
        """Open an inline element only where something hangs on it: it is hidden, placed, or has a role."""
        says = _said_by(value)
        is_placed = says.top is not None and "absolute" in value
        if (
            says.unshown
            or says.is_sizeless
            or is_placed
            or says.role
            or self._places.get(name)
            or not self.hidden_names.isdisjoint(says.names)
        ):
            self._open(name, value, is_block=False)

    def _open(self, name: str, value: str, *, is_block: bool) -> None:
        """Put an element on the stack; one that says nothing shares the element around it."""
        place = len(self._stack)
        if value or is_block or name in UNSHOWN:
            says = _said_by(value) if value else _NOTHING
            self.at = self._element(name, says, self.at, is_block=is_block)
            self.all.append(self.at)
        self._stack.append((name, self.at))
        if name in self._places:
            self._places[name].append(place)
        else:
            self._places[name] = [place]
        if is_block:
            self._blocks.append(place)
        if name in _SCOPES:
            self._scopes.append(place)

    def _element(self, name: str, says: _Says, around: Element, *, is_block: bool) -> Element:
        """Return a new element: what it says itself, and what it takes over from the one around it."""
        made = Element(len(self.all), name, says, around)
        if is_block or says.unshown:
            made.is_sizeless = False
        if not is_block:
            made.block = around.block
        if (region := says.role or REGIONS.get(name)) and around.region not in FRAME_REGIONS:
            made.region = region  # what stands in the frame stays of the frame
        if name in UNSHOWN:
            made.unshown = UNSHOWN[name]
        elif (
            made.is_sizeless
            or (name == "dialog" and not says.is_open)
            or (says.names and not self.hidden_names.isdisjoint(says.names))
        ):
            made.unshown = Unshown.HIDDEN
        if name in _SPECIAL:
            made.heading = int(name[1]) if name in HEADINGS else made.heading
            made.list_depth += name in LISTS
            made.in_table = made.in_table or name in ("td", "th", "tr")
        return made


FRAME_REGIONS = frozenset((Region.HEADER, Region.NAV, Region.ASIDE, Region.FOOTER, Region.DIALOG))


@lru_cache(maxsize=4096)
def _hint(label: str) -> int:
    small = label.lower()
    if _FRAME_WORDS.search(small):
        return -1
    return 1 if _TEXT_WORDS.search(small) else 0
