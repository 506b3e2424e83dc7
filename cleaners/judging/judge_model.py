"""The judge's model: boosted trees over whole numbers, as arrays. The same scores on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.lexicon import Lexicon
from cleaners.judging.line_features import OWN, Numbers
from cleaners.judging.page_features import CONTEXT

WEIGHTS, PAGE_WEIGHTS = (Path(__file__).with_name(f"{name}_weights.npz") for name in ("judge", "page_judge"))
"""Made by `make train`, without and with saved pages; `made_from` names the program and the data by their hashes."""

Places = NDArray[np.intp]
Small = NDArray[np.int16]
"""What trees compare and add up: no feature, threshold or value is greater; the fewer bytes, the more stay at hand."""

NEIGHBOURS = range(-2, 3)
"""The lines whose own features are looked at with a line's: two above to two below."""
NO_LINE = -1
"""Every feature of a line that is not there."""
UNIT = 256
"""What a score of 1 counts: scores are logarithms of the odds that a line is noise."""

_BESIDE = {-2: " (two lines above)", -1: " (line above)", 0: "", 1: " (line below)", 2: " (two lines below)"}
FEATURES = (*(f"{name}{_BESIDE[step]}" for step in NEIGHBOURS for name in OWN), *CONTEXT)
"""What the trees ask for, in the order of their numbers."""
_WIDTH = len(OWN) + len(CONTEXT)
_OFFSETS = np.array(
    [*(step * _WIDTH + place for step in NEIGHBOURS for place in range(len(OWN))), *range(len(OWN), _WIDTH)], np.intp
)


class Level(NamedTuple):
    """The nodes of all trees that are so far from their roots; those below node n are 2n and 2n + 1 of the next level.

    A node asks whether `feature` is above `threshold`: if not, the first of them is next, else the second. `value` is
    what is known at a node (UNIT), `offset` where its feature stands in the table, seen from the line.
    """

    feature: Places
    threshold: Small
    value: Small
    offset: Places

    def below(self, flat: Small, starts: NDArray[np.int64], at: Places) -> Places:
        """Return the nodes of the next level that rows come to from these."""
        asked = self.offset.take(at) + starts
        is_above = flat.take(asked) > self.threshold.take(at)
        return at + at + is_above


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees as arrays, level by level: a leaf goes on as a single way to the last one."""

    levels: Sequence[Level]

    @classmethod
    def of(cls, stored: Mapping[str, NDArray[Any]]) -> Trees:
        """Return the trees that are stored as all their nodes in a row, a leaf with itself for `children`."""
        at, levels = stored["roots"], list[Level]()
        for _ in range(int(stored["depth"]) + 1):
            feature = stored["feature"][at].astype(np.intp)
            threshold, value = (stored[name][at].astype(np.int16) for name in ("threshold", "value"))
            levels.append(Level(feature, threshold, value, _OFFSETS[feature]))
            at = stored["children"].reshape(-1, 2)[at].ravel()
        return cls(levels)

    def scores(self, table: Numbers, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the scores (UNIT) of `rows` of a page, whose features `lay_out` put into a table."""
        flat, starts, at = _flat(table), _starts(rows), self._roots()
        for level in self.levels[:-1]:
            at = level.below(flat, starts, at)
        scores: NDArray[np.int64] = self.levels[-1].value.take(at).sum(axis=1, dtype=np.int64)
        return scores

    def spoke(self, table: Numbers, row: int, most: int = 3) -> tuple[str, ...]:
        """Return the features that spoke most for noise in a row, the loudest first (Saabas 2014)."""
        flat, starts, at = _flat(table), _starts(np.array([row])), self._roots()
        gained = np.zeros(len(FEATURES), np.int64)
        for level, next_level in pairwise(self.levels):
            below = level.below(flat, starts, at)
            np.add.at(gained, level.feature[at], next_level.value[below] - level.value[at])
            at = below
        loudest = np.argsort(-gained, kind="stable")[:most]
        return tuple(FEATURES[i] for i in loudest if gained[i] > 0)

    def _roots(self) -> Places:
        return np.arange(len(self.levels[0].value))[None]


def _flat(table: Numbers) -> Small:
    """Return a table as one row."""
    return table.ravel().astype(np.int16)


def _starts(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the own features of rows begin in a table that is read as one row, one below the other."""
    return ((rows - NEIGHBOURS[0]) * _WIDTH)[:, None]


def lay_out(own: Numbers, context: Numbers) -> Numbers:
    """Return the table that trees look into: own features and context side by side, empty lines above and below."""
    first = -NEIGHBOURS[0]
    table = np.full((len(own) + len(NEIGHBOURS) - 1, _WIDTH), NO_LINE, np.int32)
    table[first : first + len(own), : len(OWN)] = own
    table[first : first + len(own), len(OWN) :] = context
    return table


def around(table: Numbers, row: int) -> bytes:
    """Return all that the trees look at for a row: enough to ask later what spoke."""
    return table[row : row + len(NEIGHBOURS)].tobytes()


@dataclass(frozen=True, slots=True)
class Model:
    """What `make train` made: the trees and the lexicon that one of their features is read from."""

    trees: Trees
    lexicon: Lexicon
    made_from: str


def spoke(seen: bytes, *, is_page: bool = False) -> tuple[str, ...]:
    """Return the features that spoke most for a line being noise, of what the trees looked at (`around`)."""
    return model(is_page=is_page).trees.spoke(np.frombuffer(seen, np.int32).reshape(-1, _WIDTH), 0)


@cache
def model(*, is_page: bool = False) -> Model:
    """Return a model of the repository: of any text, or of what surely is a whole page with menus and lists."""
    with np.load(PAGE_WEIGHTS if is_page else WEIGHTS) as stored:
        return read(stored)


def read(stored: Any) -> Model:
    """Return the model that these arrays hold."""
    return Model(Trees.of(stored), stored["lexicon"], str(stored["made_from"]))
