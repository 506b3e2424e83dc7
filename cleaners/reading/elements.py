"""Which elements are open at a place of the page, and what they say of the text in them.

A stack, not a tree: end tags that are left out are supplied as HTML's own algorithm does, a wrong one closes nothing
beyond the table cell that it stands in. Every step takes constant time, but for elements that are closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet

from cleaners.reading.markup import Region, Unshown
from cleaners.reading.names import BLOCKS, LEAVES, SCOPES, SELF_CLOSING, TABLES, UNSHOWN
from cleaners.reading.tags import Kind, Tag

FRAME_REGIONS = frozenset((Region.HEADER, Region.NAV, Region.ASIDE, Region.FOOTER, Region.DIALOG))
MAX_ELEMENTS = 30_000
"""No page seen has half as many elements; what stands behind so many is text of the element at hand."""


class Element:
    """An element that says something of the text in it: its place in `Elements.all` and that of the one around it."""

    __slots__ = (
        *("block", "heading", "hint", "in_table", "is_sizeless", "label", "left", "list_depth"),
        *("name", "parent", "place", "region", "top", "unshown"),
    )

    def __init__(self, place: int, tag: Tag, around: Element | None, hidden: AbstractSet[str] = frozenset()) -> None:
        """Make an element of what its tag says and what the one around it says; the page has none around it."""
        says = tag.says
        self.label, names, region, self.unshown, hint, self.top, self.left, self.is_sizeless, heading, lists, cell = (
            says
        )
        self.name = tag.name
        self.place = self.block = place
        if around is None:
            self.parent = self.heading = self.list_depth = self.hint = 0
            self.region, self.in_table = Region.BODY, False
            return
        self.parent = around.place
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
    """The open elements of a page, innermost last, and all that were open so far."""

    def __init__(self) -> None:
        self.all = [Element(0, Tag("body", "", Kind.PLAIN), None)]
        self.at = self.all[0]
        self.hidden_names: set[str] = set()
        self._stack = [self.at]
        self._names = [""]  # of the open elements: one that says nothing shares the `Element` around it
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._blocks = [0]
        self._scopes = [0]

    def start_block(self, tag: Tag) -> None:
        """Take the start tag of a block; behind `MAX_ELEMENTS` it says nothing."""
        place = len(self.all)
        if place >= MAX_ELEMENTS:
            return
        if self.at.is_sizeless:
            self._leave_no_leaf()
        if self._places["p"]:
            self._close("p", self._scopes[-1])
        name = tag.name
        if name in SELF_CLOSING:
            self._supply_ends(name)
        if name in LEAVES:
            return
        self.at = at = Element(place, tag, self.at, self.hidden_names)
        self.all.append(at)
        depth = len(self._stack)
        self._stack.append(at)
        self._names.append(name)
        self._places[name].append(depth)
        self._blocks.append(depth)
        if name in SCOPES:
            self._scopes.append(depth)

    def take_inline(self, tag: Tag) -> bool:
        """Take a tag of any other element; say whether one that stands at a place of its own begins or ends there."""
        before = self.at
        if tag.is_end:
            self.end(tag.name)
            return self.at is not before and before.top is not None
        self.start(tag)
        return self.at is not before and self.at.top is not None

    def start(self, tag: Tag) -> None:
        """Take the start tag of an element in a line; behind `MAX_ELEMENTS` it says nothing."""
        if len(self.all) >= MAX_ELEMENTS:
            return
        name, value = tag.name, tag.value
        if self.at.is_sizeless and ("size" in value or "SIZE" in value):
            self._leave_no_leaf()
        if name in UNSHOWN:
            if name in SELF_CLOSING:
                self._supply_ends(name)
            self._open(tag)
        elif value and (self.hidden_names or tag.is_significant):
            self._open_if_hidden(tag)
        elif self._places.get(name):
            self._push(name)

    def end(self, name: str) -> None:
        """Take an end tag; one that nothing open fits says nothing."""
        places = self._places.get(name)
        if not places:
            return
        place = places[-1]
        if place == len(self._stack) - 1:
            places.pop()
            self._names.pop()
            self._stack.pop()
            if self._blocks[-1] == place:
                self._blocks.pop()
            if self._scopes[-1] == place:
                self._scopes.pop()
            self.at = self._stack[-1]
        elif name in BLOCKS:
            self._close(name, self._last("table") if name in TABLES and name != "table" else self._scope(name))
        else:
            self._close(name, self._blocks[-1])

    def _leave_no_leaf(self) -> None:
        """Show an element of letters without size, which boards strew into a text, if one with a size stands in it."""
        self.at.is_sizeless, self.at.unshown = False, None

    def _scope(self, name: str) -> int:
        return -1 if name in SCOPES else self._scopes[-1]

    def _last(self, *names: str) -> int:
        return max((places[-1] for name in names if (places := self._places.get(name))), default=0)

    def _supply_ends(self, name: str) -> None:
        closed, between = SELF_CLOSING[name]
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
        for closed in self._names[place:]:
            self._places[closed].pop()
        del self._names[place:], self._stack[place:]
        while self._blocks[-1] >= place:
            self._blocks.pop()
        while self._scopes[-1] >= place:
            self._scopes.pop()
        self.at = self._stack[-1]

    def _open_if_hidden(self, tag: Tag) -> None:
        """Open an inline element only where something hangs on it: it is hidden, placed, or has a role."""
        says = tag.says
        if (
            says.unshown
            or (says.top is not None and "absolute" in tag.value)
            or says.region
            or self._places.get(tag.name)
            or not self.hidden_names.isdisjoint(says.names)
        ):
            self._open(tag)

    def _open(self, tag: Tag) -> None:
        block = self.at.block
        self.at = Element(len(self.all), tag, self.at, self.hidden_names)
        self.at.block = block
        self.all.append(self.at)
        self._push(tag.name)

    def _push(self, name: str) -> None:
        place = len(self._stack)
        self._stack.append(self.at)
        self._names.append(name)
        self._places[name].append(place)
        if name in SCOPES:
            self._scopes.append(place)
