"""Which elements are open at a place of the page, and what they say of the text in them.

A stack, not a tree: end tags that are left out are supplied as HTML's own algorithm does, a wrong one closes nothing
beyond the table cell that it stands in. Every step takes constant time, but for elements that are closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from copy import copy

from cleaners.reading.markup import Region, Unshown
from cleaners.reading.names import BLOCKS, LEAVES, SCOPES, SELF_CLOSING, TABLES, UNSHOWN
from cleaners.reading.tags import Kind, Tag

FRAME_REGIONS = frozenset((Region.HEADER, Region.NAV, Region.ASIDE, Region.FOOTER, Region.DIALOG))
MAX_ELEMENTS = 30_000
"""No page seen has half as many elements; what stands behind so many is text of the element at hand."""


class Element:
    """An element that says something of the text in it: its place in `Elements.all` and that of the one around it."""

    __slots__ = (
        *("around", "block", "depth", "heading", "hint", "in_table", "is_sizeless", "label", "left", "list_depth"),
        *("name", "parent", "place", "region", "top", "unshown"),
    )

    def __init__(self, place: int, tag: Tag, around: Element | None, hidden: AbstractSet[str] = frozenset()) -> None:
        """Make an element of what its tag says and what the one around it says; the page has none around it."""
        self.label, names, region, self.unshown, hint, self.top, self.left, self.is_sizeless, heading, lists, cell = (
            tag.says
        )
        self.name = tag.name
        self.place = self.block = place
        self.around = around
        if around is None:
            self.parent = self.depth = self.heading = self.list_depth = self.hint = 0
            self.region, self.in_table = Region.BODY, False
            return
        self.parent = around.place
        self.depth = around.depth + 1
        self.region = around.region
        self.heading = heading or around.heading
        self.list_depth = around.list_depth + lists
        self.in_table = cell or around.in_table
        self.hint = hint or around.hint
        if region and around.region not in FRAME_REGIONS:
            self.region = region  # what stands in the frame stays of the frame
        if hidden and names and not hidden.isdisjoint(names):
            self.unshown = Unshown.HIDDEN


class Elements:
    """The open elements of a page, from the innermost `at` outwards, and all that were open so far."""

    def __init__(self) -> None:
        self.all = [Element(0, Tag("body", "", Kind.PLAIN), None)]
        self.at = self.all[0]
        self.hidden_names: set[str] = set()
        self._depths: defaultdict[str, list[int]] = defaultdict(list)
        self._scopes = [0]

    def start_block(self, tag: Tag) -> None:
        """Take the start tag of a block; behind `MAX_ELEMENTS` it says nothing."""
        place, name = len(self.all), tag.name
        if place >= MAX_ELEMENTS:
            return
        if self.at.is_sizeless:
            self._leave_no_leaf()
        if self._depths["p"]:
            self._close("p", self._scopes[-1])
        if name in SELF_CLOSING:
            self._supply_ends(name)
        if name not in LEAVES:
            self.at = at = Element(place, tag, self.at, self.hidden_names)
            self.all.append(at)
            self._depths[name].append(at.depth)
            if name in SCOPES:
                self._scopes.append(at.depth)

    def take_inline(self, tag: Tag) -> bool:
        """Take a tag of any other element; say whether one that stands at a place of its own begins or ends there."""
        before = self.at
        if tag.is_end:
            self.end(tag.name)
            return before.top is not None and self.at.place != before.place
        self.start_inline(tag)
        return self.at.top is not None and self.at.place != before.place

    def start_inline(self, tag: Tag) -> None:
        """Take the start tag of an element in a line; behind `MAX_ELEMENTS` it says nothing."""
        name, value = tag.name, tag.value
        if len(self.all) >= MAX_ELEMENTS:
            return
        if self.at.is_sizeless and ("size" in value or "SIZE" in value):
            self._leave_no_leaf()
        if name in UNSHOWN:
            if name in SELF_CLOSING:
                self._supply_ends(name)
            self._open_inline(tag)
        elif value and (self.hidden_names or tag.is_significant) and self._counts(tag):
            self._open_inline(tag)
        elif self._depths.get(name):
            self._open_again(name)

    def end(self, name: str) -> None:
        """Take an end tag; one that nothing open fits says nothing."""
        depths = self._depths.get(name)
        if not depths:
            return
        at = self.at
        if depths[-1] == at.depth and at.around:
            depths.pop()
            self.at = at.around
            if name in SCOPES:
                self._scopes.pop()
        elif name in BLOCKS:
            self._close(name, self._last("table") if name in TABLES and name != "table" else self._scope(name))
        else:
            self._close(name, self.all[at.block].depth)

    def _leave_no_leaf(self) -> None:
        """Show an element of letters without size, which boards strew into a text, if one with a size stands in it."""
        at = self.all[self.at.place]
        at.is_sizeless, at.unshown = False, None

    def _scope(self, name: str) -> int:
        return -1 if name in SCOPES else self._scopes[-1]

    def _last(self, *names: str) -> int:
        return max((depths[-1] for name in names if (depths := self._depths.get(name))), default=0)

    def _supply_ends(self, name: str) -> None:
        closed, between = SELF_CLOSING[name]
        if not any(map(self._depths.get, closed)):
            return
        beyond = self._last(*between)
        for each in closed:
            self._close(each, beyond)

    def _close(self, name: str, beyond: int) -> None:
        """Close the innermost element of this name and all in it, if it is open deeper than `beyond`."""
        depths = self._depths.get(name)
        if not depths or depths[-1] <= beyond:
            return
        depth = depths[-1]
        while self.at.depth >= depth and self.at.around:
            self._depths[self.at.name].pop()
            self.at = self.at.around
        while self._scopes[-1] >= depth:
            self._scopes.pop()

    def _counts(self, tag: Tag) -> bool:
        """Say whether something hangs on an element in a line: hidden, placed, a region, or in one of its name."""
        says = tag.says
        return bool(
            says.unshown
            or (says.top is not None and "absolute" in tag.value)
            or says.region
            or self._depths.get(tag.name)
            or not self.hidden_names.isdisjoint(says.names)
        )

    def _open_inline(self, tag: Tag) -> None:
        around = self.at
        self.at = Element(len(self.all), tag, around, self.hidden_names)
        self.at.block = around.block
        self.all.append(self.at)
        self._push()

    def _open_again(self, name: str) -> None:
        """Open an element that says nothing in one of its name: what stands in it stands at the place around it."""
        around = self.at
        self.at = copy(around)
        self.at.name, self.at.around, self.at.depth = name, around, around.depth + 1
        self._push()

    def _push(self) -> None:
        self._depths[self.at.name].append(self.at.depth)
        if self.at.name in SCOPES:
            self._scopes.append(self.at.depth)
