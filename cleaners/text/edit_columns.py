"""The edits of a whole page as columns, one array for each of their fields: a mirror's page has thousands of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import overload

import numpy as np
from numpy.typing import NDArray

from cleaners.model import Edit
from cleaners.text.codes import Members

Places = NDArray[np.intp]
Strings = NDArray[np.object_]


class Columns(Sequence[Edit]):
    """Edits in order: where they begin and end, what they write, by which rule; read as any other sequence of edits."""

    __slots__ = ("ends", "news", "rules", "starts")

    def __init__(self, starts: Places, ends: Places, news: Strings, rules: Strings) -> None:
        self.starts, self.ends, self.news, self.rules = starts, ends, news, rules

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> Columns:
        """Return edits as columns."""
        if isinstance(edits, Columns):
            return edits
        starts, ends, news, rules = lists(edits)
        return cls(np.array(starts, np.intp), np.array(ends, np.intp), strings(news), strings(rules))

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Edit]:
        return map(tuple.__new__, repeat(Edit), zip(*lists(self), strict=True))

    @overload
    def __getitem__(self, at: int) -> Edit: ...
    @overload
    def __getitem__(self, at: slice) -> Columns: ...
    def __getitem__(self, at: int | slice) -> Edit | Columns:
        if isinstance(at, slice):
            return self.chosen(at)
        return Edit(int(self.starts[at]), int(self.ends[at]), self.news[at], self.rules[at])

    def chosen(self, some: slice | Places | Members) -> Columns:
        """Return some of the edits."""
        return Columns(self.starts[some], self.ends[some], self.news[some], self.rules[some])

    def put(self, at: int, edit: Edit) -> None:
        """Write an edit in place of another."""
        self.starts[at], self.ends[at], self.news[at], self.rules[at] = edit

    def joined(self) -> Columns:
        """Return the edits with one for neighbouring ones of one rule."""
        is_glued = (self.starts[1:] == self.ends[:-1]) & (self.rules[1:] == self.rules[:-1])
        if not is_glued.any():
            return self
        apart = np.flatnonzero(~is_glued)
        firsts, lasts = np.append(0, apart + 1), np.append(apart, len(self) - 1)
        whole = Columns(self.starts[firsts], self.ends[lasts], self.news[firsts], self.rules[firsts])
        for at in np.flatnonzero(firsts < lasts).tolist():
            whole.news[at] = "".join(self.news[firsts[at] : lasts[at] + 1].tolist())
        return whole

    def sizes(self) -> Places:
        """Return how many characters each of the edits writes."""
        return np.fromiter(map(len, self.news.tolist()), np.intp, len(self))


def strings(each: Iterable[str]) -> Strings:
    """Return strings as a column."""
    each = list(each)
    column = np.empty(len(each), np.object_)
    column[:] = each
    return column


def lists(edits: Iterable[Edit]) -> tuple[Sequence[int], Sequence[int], Sequence[str], Sequence[str]]:
    """Return where edits begin and end, what they write, and their rules, for Python to go through."""
    if isinstance(edits, Columns):
        return edits.starts.tolist(), edits.ends.tolist(), edits.news.tolist(), edits.rules.tolist()
    starts, ends, news, rules = zip(*edits, strict=True) if (edits := tuple(edits)) else ((), (), (), ())
    return starts, ends, news, rules
