"""The tags of a page, each read once: what is done at it, and what it says of the text in its element."""

from __future__ import annotations

import re
from enum import Enum, auto

from cleaners.reading.attributes import Says, is_significant, said
from cleaners.reading.names import BLOCKS, IGNORED, PLAIN_BLOCKS, SPACE, WHOLE

MAX_TAGS = 30_000
"""Tags that are remembered, in some 25 MB: the elements of a list, and the pages of a site, bear the same."""
MAX_KNOWN = 500
"""Characters of a tag that is remembered."""

_NAME = re.compile(rf"/?([a-zA-Z][^{SPACE}/>]*+)")


class Kind(Enum):
    """What is done at a tag."""

    PASSED = auto()
    """Nothing: it says nothing of the text around it."""
    PLAIN = auto()
    """The start or end of one of `PLAIN_BLOCKS`."""
    BLOCK = auto()
    """The start or end of any other block."""
    INLINE = auto()
    """The start or end of an element in a line."""
    LINK = auto()
    """The start or end of an `a`."""
    RAISED = auto()
    """The start or end of `sup` or `sub`."""
    FACT = auto()
    """What states something of the page, or hides some of it."""
    COMMENT = auto()
    """The start of a comment that never ends."""
    APART = auto()
    """The start of an element behind which no tags are looked for."""


_ENDS = {
    **dict.fromkeys(BLOCKS, Kind.BLOCK),
    **dict.fromkeys(PLAIN_BLOCKS, Kind.PLAIN),
    **dict.fromkeys(IGNORED, Kind.PASSED),
    "a": Kind.LINK,
    "sup": Kind.RAISED,
    "sub": Kind.RAISED,
}
_STARTS = {**_ENDS, **dict.fromkeys((*WHOLE, "plaintext"), Kind.APART), "meta": Kind.FACT}
"""The kinds of end tags and of start tags; all others, of unknown elements too, are those of elements in a line."""


class Tag:
    """A tag: its name in small letters, and the text of its attributes; of `title` and `CODE` the element's content."""

    __slots__ = ("_is_significant", "_says", "is_end", "kind", "name", "value")

    def __init__(self, name: str, value: str, kind: Kind, is_end: bool = False, says: Says | None = None) -> None:
        self.name = name
        self.value = value
        self.kind = kind
        self.is_end = is_end
        self._says = says
        self._is_significant: bool | None = None

    @property
    def says(self) -> Says:
        """Return what the tag says of its element."""
        if self._says is None:
            self._says = said(self.name, self.value)
        return self._says

    @property
    def is_significant(self) -> bool:
        """Whether the attributes may hide or place an element in a line, or make it a region."""
        if self._is_significant is None:
            self._is_significant = is_significant(self.value)
        return self._is_significant


class _Tags(dict[str, Tag]):
    """The tags read so far, by what stands behind their `<`."""

    def __missing__(self, raw: str) -> Tag:
        head, _, value = raw.partition(" ")
        if known := _USUAL.get(head):
            tag = Tag(known[0], value[:-1], known[1], known[2])
        elif named := _NAME.match(raw):
            name, is_end = named[1].lower(), raw[0] == "/"
            kind = (_ENDS if is_end else _STARTS).get(name, Kind.INLINE)
            tag = Tag(name, raw[named.end() : -1], kind, is_end)
        else:
            return _COMMENT if raw == "!--" else NO_TAG
        if len(raw) <= MAX_KNOWN:
            if len(self) >= MAX_TAGS:
                self.clear()
            self[raw] = tag
        return tag


NO_TAG = Tag("", "", Kind.PASSED)
_COMMENT = Tag("--", "", Kind.COMMENT)
TAGS = _Tags()
_USUAL = {
    f"{slash}{name}": (name, kinds.get(name, Kind.INLINE), slash == "/")
    for slash, kinds in (("", _STARTS), ("/", _ENDS))
    for name in (*_STARTS, "span", "font", "strong", "b", "i", "em", "input", "u")
}
"""What the tags are that begin so, up to the blank behind their name; others are read by a pattern."""
