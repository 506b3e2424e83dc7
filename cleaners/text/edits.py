"""Edits over a text: apply them, join neighbours, bound how many there are, and merge those of several rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice

from cleaners.model import Edit
from cleaners.text.edit_columns import Columns

MAX_EDITS, RUN = 200_000, 100
"""Edits of one stage that are told one by one, and how many of the others are told as one."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with sorted, disjoint `edits` made.

    >>> apply("1、讲话", [Edit(0, 2, "", "chunk.mark")])
    '讲话'
    """
    if isinstance(edits, Columns):
        return edits.applied(text)
    pieces: list[str] = []
    at = 0
    for start, end, new, _ in edits:
        pieces += (text[at:start], new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def joined(edits: Iterable[Edit]) -> Sequence[Edit]:
    """Make one edit of neighbouring edits of one rule.

    >>> joined([Edit(0, 1, "a", "script.hans"), Edit(1, 2, "b", "script.hans")])
    [Edit(start=0, end=2, new='ab', rule='script.hans')]
    """
    if isinstance(edits, Columns):
        return edits.joined()
    result: list[Edit] = []
    pieces: list[str] = []
    begin, last_end, last_rule = 0, -1, ""
    for start, end, new, rule in edits:
        if start != last_end or rule != last_rule:
            if pieces:
                result.append(Edit(begin, last_end, "".join(pieces), last_rule))
            begin, pieces = start, []
        pieces.append(new)
        last_end, last_rule = end, rule
    return [*result, Edit(begin, last_end, "".join(pieces), last_rule)] if pieces else result


def bounded(edits: Iterable[Edit], text: str) -> Sequence[Edit]:
    """Return edits in order over `text`; of those behind `MAX_EDITS` each stands for a run, with what is between.

    A page of five million bytes may need millions of them, of which each takes a hundred bytes of memory and more.
    """
    if isinstance(edits, list | Columns) and len(edits) <= MAX_EDITS:
        return edits
    rest = iter(edits)
    found = list(islice(rest, MAX_EDITS))
    while run := list(islice(rest, RUN)):
        start, end = run[0].start, run[-1].end
        inner = [Edit(edit.start - start, edit.end - start, edit.new, edit.rule) for edit in run]
        found.append(Edit(start, end, apply(text[start:end], inner), run[0].rule))
    return found


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits in order, without those that begin inside an earlier one; of two with one start the longer stays."""
    return list(merged(sorted(edits, key=_place)))


def merged(*stages: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits of stages, each in order, as `disjoint` gives them, while they are made."""
    at = 0
    for edit in merge(*stages, key=_place):
        if edit.start >= at:
            yield edit
            at = edit.end


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, -edit.end
