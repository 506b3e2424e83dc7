"""What the page around it says of every line, in whole numbers: its place, and what stands above and below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.line_features import OWN, RULE_NAMES, Numbers, log2
from cleaners.judging.page_lines import Line

_OWN = {name: place for place, name in enumerate(OWN)}

CONTEXT = (
    "lines above",
    "lines below",
    "lines of the page",
    "place on the page",
    "text above",
    "text below",
    "share of text above",
    "text lines above",
    "text lines below",
    "longest text above",
    "longest text below",
    "to the noise above",
    "to the noise below",
    "to the text above",
    "to the text below",
    "noise above",
    "noise below",
    "known lines above",
    "known lines below",
    "marks of the text's start above",
    "marks of the text's start below",
    "marks of the text's end above",
    "marks of the text's end below",
    "short lines in a row",
    "longer than the line above",
    "longer than the line below",
    "words: around",
    "words: above",
    "words: below",
    "is the title's",
    "begins with the title",
    "a frame is known",
    "known lines of the page",
    "words: most of the page",
    "share of lines with words",
    "share of lines of text",
)
"""What the page around a line says."""


def context_features(lines: Sequence[Line], title: str | None, own: Numbers, *, is_known: bool) -> Numbers:
    """Return what the page says of each line's place (columns: CONTEXT); `own` is what each says by itself.

    `is_known` says that a part of the page's frame was found, of which these lines may show nothing any more.
    """
    count = len(lines)
    sums = np.empty((7, count), np.int32)
    chars, is_text, noise, known, starts, ends, worth = sums
    noise[:] = own[:, _OWN["taken by a rule"]]
    is_text[:] = own[:, _OWN["reads like text"]] * (1 - noise)
    size = np.array([len(line.normalized) for line in lines], np.int32)
    chars[:] = size * is_text
    known[:] = own[:, _OWN[RULE_NAMES[0]] : _OWN["taken by a rule"]].max(axis=1)
    starts[:], ends[:] = own[:, _OWN["rule HEADER_END"]], own[:, _OWN["rule FOOTER_START"]]
    worth[:] = _within(own[:, _OWN["words: sum"]], 20)
    lines_above = np.arange(count, dtype=np.int32)
    upto = sums.cumsum(axis=1, dtype=np.int32)
    above, below = upto - sums, upto[:, -1:] - upto
    beside = np.empty((5, 2, count), np.int32)
    beside[:, 0], beside[:, 1] = above[1:6], below[1:6]
    logs = log2(np.array((lines_above, lines_above[::-1], above[0], below[0], *_longest(chars), size)))
    step = _within(logs[6, 1:] - logs[6, :-1], 20)
    name = (title or "").strip()
    columns = np.empty((len(CONTEXT), count), np.int32)
    columns[0:2] = logs[0:2]
    columns[2] = log2(np.array([count]))
    columns[3] = lines_above * 64 // count
    columns[4:6] = logs[2:4]
    columns[6] = above[0].astype(np.int64) * 64 // max(int(upto[0, -1]), 1)
    columns[7:9] = np.minimum(beside[0], 12)
    columns[9:11] = logs[4:6]
    columns[11:15] = _distances(sums[2:0:-1])
    columns[15:19] = np.minimum(beside[1:3], 12).reshape(4, -1)
    columns[19:23] = np.minimum(beside[3:], 3).reshape(4, -1)
    columns[23] = _run(1 - is_text)
    columns[24, 0] = columns[25, -1] = 0
    columns[24, 1:], columns[25, :-1] = step, -step
    columns[26] = np.convolve(worth, _AROUND)[3 : 3 + count]
    columns[27], columns[28] = _within(above[6], 200), _within(below[6], 200)
    columns[29] = [line.normalized == name for line in lines]
    columns[30] = [bool(name) and line.normalized.startswith(name[:8]) for line in lines]
    columns[31] = is_known
    columns[32] = min(int(upto[3, -1]), 40)
    columns[33] = worth.max()
    columns[34] = (worth > 0).sum() * 64 // count
    columns[35] = upto[1, -1] * 64 // count
    return columns.T


def _within(values: NDArray[Any], bound: int) -> NDArray[Any]:
    """Return values, none further from 0 than `bound`."""
    within: NDArray[Any] = np.minimum(np.maximum(values, -bound), bound)
    return within


_AROUND = np.ones(7, np.int32)
FAR = 12
"""Lines beyond which it does not matter how far something is."""


def _longest(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the greatest of `values` above and below each line."""
    both = np.zeros((2, len(values)), np.int32)
    np.maximum.accumulate(values[:-1], out=both[0, 1:])
    np.maximum.accumulate(values[:0:-1], out=both[1, 1:])
    return both[0], both[1, ::-1]


def _distances(marks: Numbers) -> Numbers:
    """Return for each row of `marks` how many lines above and below each line the next marked one stands, to FAR."""
    both = np.concatenate((marks, marks[:, ::-1]))
    places = np.arange(marks.shape[1], dtype=np.int32)
    last = np.full(both.shape, -FAR, np.int32)
    last[:, 1:] = np.maximum.accumulate(np.where(both > 0, places, -FAR), axis=1)[:, :-1]
    far = np.minimum(places - last, FAR)
    far[len(marks) :] = far[len(marks) :, ::-1]
    rows: Numbers = far.reshape(2, len(marks), -1).swapaxes(0, 1).reshape(2 * len(marks), -1)
    return rows


def _run(marks: Numbers) -> NDArray[np.int64]:
    """Return for each line how many marked ones stand in a row with it."""
    number = np.cumsum(1 - marks)
    size = np.bincount(number, weights=marks).astype(np.int64)
    runs: NDArray[np.int64] = np.minimum(size[number] * marks, 20)
    return runs
