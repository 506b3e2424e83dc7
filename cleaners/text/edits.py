"""Edits over a text: apply them, put one stage's edits on top of another's, and check that they are well-formed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice

from cleaners.model import Edit

MAX_EDITS, RUN = 200_000, 100
"""Edits of one stage that are told one by one, and how many of the others are told as one."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with sorted, disjoint `edits` made.

    >>> apply("1、讲话", [Edit(0, 2, "", "chunk.mark")])
    '讲话'
    """
    pieces: list[str] = []
    at = 0
    for start, end, new, _ in edits:
        pieces += (text[at:start], new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def compose(first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> list[Edit]:
    r"""Return the edits over the source that do `first`, which gives `middle`, and then `second` over `middle`.

    Where both touch a place, the later rule answers for it, unless it only rewrites what the earlier one wrote, or
    takes the blanks around what that took.

    >>> compose([Edit(1, 4, "", "pinyin.bracket")], "現在", [Edit(0, 2, "", "card.line")])
    [Edit(start=0, end=5, new='', rule='card.line')]
    >>> compose([Edit(3, 5, "", "learned.line")], "甲。\n\n\n乙。", [Edit(2, 5, "\n", "layout.blank")])
    [Edit(start=2, end=7, new='\n', rule='learned.line')]
    """
    if not first:
        return list(second)
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


def joined(edits: Iterable[Edit]) -> list[Edit]:
    """Make one edit of neighbouring edits of one rule.

    >>> joined([Edit(0, 1, "a", "script.hans"), Edit(1, 2, "b", "script.hans")])
    [Edit(start=0, end=2, new='ab', rule='script.hans')]
    """
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


def bounded(edits: Iterable[Edit], text: str) -> list[Edit]:
    """Return edits in order over `text`; of those behind `MAX_EDITS` each stands for a run, with what is between.

    A page of five million bytes may need millions of them, of which each takes a hundred bytes of memory and more.
    """
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


def source_position(edits: Sequence[Edit], position: int) -> int:
    """Return the place in the source of `position` in the edited text (inside new text: the edit's start)."""
    shift = 0
    for edit in edits:
        if edit.start + shift >= position:
            break
        if position < edit.start + shift + len(edit.new):
            return edit.start
        shift += len(edit.new) - (edit.end - edit.start)
    return position - shift
