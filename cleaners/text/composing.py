"""One stage's edits put on top of another's, so that they lead from the source of the first to the text of the last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaners.model import Edit
from cleaners.text.edit_columns import Columns
from cleaners.text.edits import apply

MANY = 200
"""Edits of both stages from which on it is quicker to look at all of them at once."""


def compose(first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> Sequence[Edit]:
    r"""Return the edits over the source that do `first`, which gives `middle`, and then `second` over `middle`.

    Where both touch a place, the later rule answers for it, unless it only rewrites what the earlier one wrote, or
    takes the blanks around what that took.

    >>> compose([Edit(1, 4, "", "pinyin.bracket")], "現在", [Edit(0, 2, "", "card.line")])
    [Edit(start=0, end=5, new='', rule='card.line')]
    >>> compose([Edit(3, 5, "", "learned.line")], "甲。\n\n\n乙。", [Edit(2, 5, "\n", "layout.blank")])
    [Edit(start=2, end=7, new='\n', rule='learned.line')]
    """
    if not first or not second:
        return first or second
    if len(first) + len(second) >= MANY:
        return _compose_many(Columns.of(first), middle, Columns.of(second))
    return _compose_few(first, middle, second)


def _compose_few(first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> list[Edit]:
    """Go through both stages side by side, edit by edit."""
    done: list[Edit] = []
    at = shift = index = 0
    while index < len(second):
        start, end, new, rule = second[index]
        touches = False
        while at < len(first):
            old_start, old_end, old_new, _ = first[at]
            behind = old_start + shift + len(old_new)
            if behind > start:
                touches = old_start + shift < max(start, end)
                break
            done.append(first[at])
            shift = behind - old_end
            at += 1
        if touches:
            merged, at, shift, index = _merged(first, middle, second, at, shift, index)
            done.append(merged)
        else:
            done.append(tuple.__new__(Edit, (start - shift, end - shift, new, rule)) if shift else second[index])
            index += 1
    return [*done, *first[at:]]


# The same for all edits at once. `first[at]` is the first of the earlier edits that does not end before a later one,
# `shift` by how much those before it have moved the middle against the source. In the result the later edit stands
# right before `first[at]`; so its place is known, and the earlier edits have the places that are left.
def _compose_many(first: Columns, middle: str, second: Columns) -> Columns:
    """Find all places in the source by search, and go through those edits alone that touch each other."""
    moved = np.cumsum(first.sizes + first.starts - first.ends)
    behind = first.ends + moved
    at = np.searchsorted(behind, second.starts, side="right")
    shift = np.append(0, moved)[at]
    touches = np.append(behind - first.sizes, len(middle) + 1)[at] < second.ends
    both = Columns(
        np.append(first.starts, second.starts - shift),
        np.append(first.ends, second.ends - shift),
        np.append(first.news, second.news),
        np.append(first.rules, second.rules),
        np.append(first.sizes, second.sizes),
    )
    is_kept, index = np.ones(len(both), np.bool_), 0
    for each in np.flatnonzero(touches).tolist():
        if each >= index:
            merged, until, _, index = _merged(first, middle, second, int(at[each]), int(shift[each]), each)
            both.put(len(first) + each, merged)
            is_kept[at[each] : until] = is_kept[len(first) + each + 1 : len(first) + index] = False
    places = at + np.arange(len(second))
    is_first = np.ones(len(both), np.bool_)
    is_first[places] = False
    order = np.empty(len(both), np.intp)
    order[is_first], order[places] = np.arange(len(first)), np.arange(len(first), len(both))
    return both.chosen(order[is_kept[order]])


# An edit of the second stage that touches one of the first can be told of neither source alone: what the first wrote
# is in no source, what it took away is in no middle. So all edits that touch each other become one. `begin:end` is
# its part of the middle text, `start:end - shift` its part of the source; `shift` is by how much the edits so far
# have moved the middle against the source. Each turn of the loop takes in one more edit that begins before the end,
# which may move the end: an earlier one with all that it wrote, so that its text is not cut, or a later one with all
# that it takes. When none is left, the part is written as the later edits make it. `[1:4]→""` then `[0:2]→""` over
# 現在: one edit of 0:5. Every edit is taken in once, so the work is linear.
def _merged(
    first: Sequence[Edit], middle: str, second: Sequence[Edit], at: int, shift: int, index: int
) -> tuple[Edit, int, int, int]:
    """Make one edit of those that touch each other from `first[at]` and `second[index]` on; return how far it went."""
    begin, end = second[index].start, second[index].end
    group, start, rule, most = index, begin - shift, second[index].rule, 0
    is_blank = _is_blank(middle, second[index])
    while True:  # widen until no earlier edit is cut and no later edit shares one
        if at < len(first) and first[at].start + shift < max(begin, end):
            early = first[at]
            if is_blank and early.end - early.start > max(most, len(early.new)):
                rule, most = early.rule, early.end - early.start
            if early.start + shift <= second[index].start < second[index].end <= early.start + shift + len(early.new):
                rule = early.rule
            if early.start + shift < begin:
                begin, start = early.start + shift, early.start
            end = max(end, early.start + shift + len(early.new))
            shift += len(early.new) - (early.end - early.start)
            at += 1
        elif group + 1 < len(second) and second[group + 1].start < end:
            group += 1
            end = max(end, second[group].end)
        else:
            break
    inner = [Edit(e.start - begin, e.end - begin, e.new, e.rule) for e in second[index : group + 1]]
    return Edit(start, end - shift, apply(middle[begin:end], inner), rule), at, shift, group + 1


def _is_blank(text: str, edit: Edit) -> bool:
    """Whether an edit takes and writes blanks only."""
    return not (edit.new.strip() or text[edit.start : edit.end].strip())


def source_positions(edits: Sequence[Edit], positions: Sequence[int]) -> list[int]:
    """Return the places in the source of `positions` in the edited text (inside new text: the edit's start).

    >>> source_positions([Edit(1, 5, "", "pinyin.bracket"), Edit(8, 8, "ab", "lines.wrap")], [0, 1, 2, 5, 6])
    [0, 1, 6, 8, 8]
    """
    if not edits or not positions:
        return list(positions)
    columns, wanted = Columns.of(edits), np.array(positions, np.intp)
    moved = np.append(0, np.cumsum(columns.sizes + columns.starts - columns.ends))
    begins = columns.starts + moved[:-1]
    at = np.searchsorted(begins, wanted)
    is_inside = (at > 0) & (wanted < (begins + columns.sizes)[at - 1])
    places: list[int] = np.where(is_inside, columns.starts[at - 1], wanted - moved[at]).tolist()
    return places
