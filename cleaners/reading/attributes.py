"""The attributes of a tag, and what they and its name say of the text in its element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from cleaners.reading.markup import Region, Unshown
from cleaners.reading.names import BLOCKS, CELLS, HEADINGS, LISTS, REGIONS, ROLES, SPACE, UNSHOWN
from cleaners.reading.references import in_attribute, unix
from cleaners.reading.stylesheet import hides

JAMMERS = frozenset(
    (".jammer", ".sr-only", ".visually-hidden", ".visuallyhidden", ".screen-reader-text", ".crayon-plain")
)
"""Classes that boards and frameworks hide by style sheets of their own."""

_NAME = rf"[^{SPACE}/>][^{SPACE}/>=]*+"
_IS = rf"[{SPACE}]*+=[{SPACE}]*+"
_VALUE = rf"""(?:"([^"]*+)"?+|'([^']*+)'?+|([^{SPACE}>"'][^{SPACE}>]*+))"""
_PAIR = re.compile(rf"({_NAME})(?:{_IS}{_VALUE})?+")
_WANTED = rf"(?i:class|id|style|hidden|role|open)(?=[{SPACE}/>=]|\Z)"
"""The names of attributes that say something of a text."""
_UNREAD = _VALUE.replace("([", "(?:[")
_WANTED_PAIR = re.compile(
    rf"(?:[{SPACE}/>]++|(?!{_WANTED}){_NAME}(?:{_IS}{_UNREAD})?+)*+(?:({_WANTED})(?:{_IS}{_VALUE})?+|\Z)"
)
_SIGNIFICANT = (
    *("hidden", "none", "absolute", "role", "jammer", "sr-only", "visually", "screen-reader"),
    *("size:0", "size: 0", "SIZE:0", "SIZE: 0"),
    *("lineno", "linenum", "line-num", "line_num", "lnt", "gutter", "numbering"),
)
_NUMBERING = re.compile(r"gutter|line[-_]?n(?:um|o(?:s|$|\s))|pre-numbering|(?<![a-z])(?:lnt|crayon-nums?)(?![a-z])")
"""Classes of the numbers of a listing's lines."""
_FRAME_WORDS = re.compile(
    r"nav(?!el)|menu|side|foot|comment|recom|relat|rank|hot(?!el)|share|login|advert|banner|crumb|tool|copyright|sponsor"
    r"|pager|pagination|widget|popup|modal|dialog|reply|pinglun|tuijian|xiangguan|friend|link|prev|next|toolbar|qrcode"
    r"|download|vote|rating|author-?info|user-?info|signature|meta\b|tags?\b|a(?<![a-z]a)ds?(?![a-z])"
)
_TEXT_WORDS = re.compile(
    r"article|content|entry|post(?!er)|t(?<![a-z]t)ext|story|detail|main|zhengwen|neirong|body|read|paragraph|topic"
)
"""Words of small letters, each of which begins with a letter, so that `re` looks for that first."""
_SIZELESS = re.compile(
    r"font-size\s{0,4}:\s{0,4}0(?:px|pt|em|rem|%)?\s{0,4}(?:!important\s{0,4})?(?:;|$)", re.IGNORECASE
)
_POSITION = re.compile(r"(?<![\w-])(top|left)\s{0,4}:\s{0,4}(-?\d{1,6})")


class Says(NamedTuple):
    """What a tag says of the text in its element.

    `label` are its classes and its id, `names` the selectors of those that a style sheet may hide it by, `hint` what
    their words say (see `LineMarkup`), `top` and `left` where its style places it, `is_sizeless` whether its letters
    have no size, `heading` the level of a heading (0: none), `is_cell` whether it is a cell or row of a table.
    """

    label: str = ""
    names: tuple[str, ...] = ()
    region: Region | None = None
    unshown: Unshown | None = None
    hint: int = 0
    top: int | None = None
    left: int = 0
    is_sizeless: bool = False
    heading: int = 0
    is_list: bool = False
    is_cell: bool = False


def attributes(value: str) -> Mapping[str, str]:
    """Return the attributes in the text of a tag by name; of two with one name the first."""
    return _values(_PAIR.findall(value))


def _values(pairs: Iterable[tuple[str, str, str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in pairs:
        if name:
            found.setdefault(name.lower(), in_attribute(double or single or bare))
    return found


def is_significant(value: str) -> bool:
    """Whether attributes may hide or place an element in a line, or make it a region."""
    return any(map(value.__contains__, _SIGNIFICANT))


def said(name: str, value: str) -> Says:
    """Return what a tag of this name and with these attributes says."""
    pairs = _values(_WANTED_PAIR.findall(unix(value))) if value else {}
    kind, own, style = pairs.get("class", ""), pairs.get("id", ""), pairs.get("style", "")
    names = [f".{each}" for each in kind.split()]
    if own:
        names.append(f"#{own}")
    is_hidden = hides(style) or not JAMMERS.isdisjoint(names)
    is_hidden = is_hidden or ("hidden" in pairs and pairs["hidden"].lower() != "until-found")
    may_be = bool(style) and not is_hidden and (name == "p" or name not in BLOCKS)
    is_sizeless = may_be and bool(_SIZELESS.search(style))
    is_closed = name == "dialog" and "open" not in pairs
    top, left = _position(style) if "top" in style else (None, 0)
    return tuple.__new__(
        Says,
        (
            f"{kind} {own}".strip(),
            tuple(names) if name not in UNSHOWN else (),
            ROLES.get(pairs.get("role", "")) or REGIONS.get(name),
            UNSHOWN.get(name)
            or (Unshown.HIDDEN if is_hidden or is_sizeless or is_closed else None)
            or (Unshown.NUMBERING if kind and _NUMBERING.search(kind.lower()) else None),
            (_hint(kind) or _hint(own)) if names else 0,
            top,
            left,
            is_sizeless,
            HEADINGS.get(name, 0),
            name in LISTS,
            name in CELLS,
        ),
    )


def _position(style: str) -> tuple[int | None, int]:
    found = dict(_POSITION.findall(style))
    return (int(found["top"]), int(found["left"])) if len(found) == 2 else (None, 0)


@lru_cache(maxsize=4096)
def _hint(label: str) -> int:
    small = label.lower()
    if _FRAME_WORDS.search(small):
        return -1
    return 1 if _TEXT_WORDS.search(small) else 0
