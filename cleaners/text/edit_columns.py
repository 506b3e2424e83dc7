"""The edits of a whole page as columns, one array for each of their fields: a mirror's page has thousands of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import overload

import numpy as np
from numpy.typing import NDArray

from cleaners.model import Edit
from cleaners.text.codes import Members, codes, text_of

Places = NDArray[np.intp]
Strings = NDArray[np.object_]


class Columns(Sequence[Edit]):
    """Edits in order: where they begin and end, what they write, by which rule; read as any other sequence of edits.

    `sizes` are how many characters each of them writes.
    """

    __slots__ = ("ends", "news", "rules", "sizes", "starts")

    def __init__(self, starts: Places, ends: Places, news: Strings, rules: Strings, sizes: Places) -> None:
        self.starts, self.ends, self.news, self.rules, self.sizes = starts, ends, news, rules, sizes

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> Columns:
        """Return edits as columns."""
        if isinstance(edits, Columns):
            return edits
        starts, ends, news, rules = zip(*edits, strict=True) if edits else ((), (), (), ())
        sizes = np.fromiter(map(len, news), np.intp, len(news))
        return cls(np.array(starts, np.intp), np.array(ends, np.intp), strings(news), strings(rules), sizes)

    def __len__(self) -> int:
        """Return how many edits there are."""
        return len(self.starts)

    def __iter__(self) -> Iterator[Edit]:
        """Yield the edits."""
        columns = self.starts.tolist(), self.ends.tolist(), self.news.tolist(), self.rules.tolist()
        return map(tuple.__new__, repeat(Edit), zip(*columns, strict=True))

    @overload
    def __getitem__(self, at: int) -> Edit: ...
    @overload
    def __getitem__(self, at: slice) -> Columns: ...
    def __getitem__(self, at: int | slice) -> Edit | Columns:
        """Return one edit, or some of them as columns."""
        if isinstance(at, slice):
            return self.chosen(at)
        return Edit(int(self.starts[at]), int(self.ends[at]), self.news[at], self.rules[at])

    def chosen(self, some: slice | Places | Members) -> Columns:
        """Return some of the edits."""
        return Columns(self.starts[some], self.ends[some], self.news[some], self.rules[some], self.sizes[some])

    def put(self, at: int, edit: Edit) -> None:
        """Write an edit in place of another."""
        self.starts[at], self.ends[at], self.news[at], self.rules[at] = edit
        self.sizes[at] = len(edit.new)

    def applied(self, text: str) -> str:
        """Return `text` with the edits made.

        Its pieces are those between the edits and those that they write, in turn.
        """
        points = np.append(codes(text), codes("".join(self.news.tolist())))
        begins, sizes = np.zeros((2, 2 * len(self) + 1), np.intp)
        begins[2::2], begins[1::2] = self.ends, len(text) + np.cumsum(self.sizes) - self.sizes
        sizes[::2], sizes[1::2] = np.append(self.starts, len(text)) - begins[::2], self.sizes
        moved = begins - np.cumsum(sizes) + sizes
        return text_of(points[np.arange(sizes.sum()) + np.repeat(moved, sizes)])

    def joined(self) -> Columns:
        """Return the edits with one for neighbouring ones of one rule."""
        is_glued = (self.starts[1:] == self.ends[:-1]) & (self.rules[1:] == self.rules[:-1])
        if not is_glued.any():
            return self
        apart = np.flatnonzero(~is_glued)
        firsts, lasts = np.append(0, apart + 1), np.append(apart, len(self) - 1)
        sizes = np.add.reduceat(self.sizes, firsts)
        whole = Columns(self.starts[firsts], self.ends[lasts], self.news[firsts], self.rules[firsts], sizes)
        for at in np.flatnonzero(firsts < lasts).tolist():
            whole.news[at] = "".join(self.news[firsts[at] : lasts[at] + 1].tolist())
        return whole


def strings(each: Iterable[str]) -> Strings:
    """Return strings as a column."""
    each = list(each)
    column = np.empty(len(each), np.object_)
    column[:] = each
    return column
