"""The judge's model: boosted trees over whole numbers, as arrays. The same scores on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.lexicon import Lexicon
from cleaners.judging.line_features import OWN, Numbers
from cleaners.judging.page_features import CONTEXT

WEIGHTS = Path(__file__).with_name("judge_weights.npz")
"""Made by `make train`; `made_from` in it names the program and the data by their hashes."""

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
    [*(step * _WIDTH + place for step in NEIGHBOURS for place in range(len(OWN))), *range(len(OWN), _WIDTH)], np.int64
)


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees as arrays over all their nodes; a leaf leads to itself.

    `roots` are the first nodes of the trees, `depth` the longest way to a leaf. A node asks whether `feature` is above
    `threshold`: if not, the node at `children[2 * node]` is next, else that behind it. `value` is what is known at a
    node (UNIT), `offset` where its feature stands in the table, seen from the line.
    """

    roots: NDArray[np.int32]
    depth: int
    feature: NDArray[np.int32]
    threshold: NDArray[np.int32]
    children: NDArray[np.int32]
    value: NDArray[np.int32]
    offset: NDArray[np.int64]

    def scores(self, table: Numbers, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the scores (UNIT) of `rows` of a page, whose features `lay_out` put into a table."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            at = self._next(table, rows, at)
        scores: NDArray[np.int64] = self.value[at].sum(axis=1, dtype=np.int64)
        return scores

    def spoke(self, table: Numbers, rows: NDArray[np.int64], most: int = 3) -> list[tuple[str, ...]]:
        """Return for each of `rows` the features that spoke most for noise, the loudest first (Saabas 2014)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        gained = np.zeros((len(rows), len(FEATURES)), np.int64)
        for _ in range(self.depth if len(rows) else 0):
            below = self._next(table, rows, at)
            np.add.at(gained, (np.arange(len(rows))[:, None], self.feature[at]), self.value[below] - self.value[at])
            at = below
        loudest = np.argsort(-gained, axis=1, kind="stable")[:, :most]
        return [tuple(FEATURES[i] for i in best if row[i] > 0) for row, best in zip(gained, loudest, strict=True)]

    def _next(self, table: Numbers, rows: NDArray[np.int64], at: NDArray[np.int32]) -> NDArray[np.int32]:
        places = (rows[:, None] - NEIGHBOURS[0]) * _WIDTH + self.offset[at]
        below: NDArray[np.int32] = self.children[2 * at + (table.ravel()[places] > self.threshold[at])]
        return below


def lay_out(own: Numbers, context: Numbers) -> Numbers:
    """Return the table that trees look into: own features and context side by side, empty lines above and below."""
    first = -NEIGHBOURS[0]
    table = np.full((len(own) + len(NEIGHBOURS) - 1, _WIDTH), NO_LINE, np.int32)
    table[first : first + len(own), : len(OWN)] = own
    table[first : first + len(own), len(OWN) :] = context
    return table


@dataclass(frozen=True, slots=True)
class Model:
    """What `make train` made: the trees and the lexicon that one of their features is read from."""

    trees: Trees
    lexicon: Lexicon
    made_from: str


@cache
def model() -> Model:
    """Return the model of the repository."""
    with np.load(WEIGHTS) as stored:
        return read(stored)


def read(stored: Any) -> Model:
    """Return the model that these arrays hold."""
    wide = {name: stored[name].astype(np.int32) for name in ("roots", "feature", "threshold", "children", "value")}
    trees = Trees(depth=int(stored["depth"]), offset=_OFFSETS[wide["feature"]], **wide)
    return Model(trees, stored["lexicon"], str(stored["made_from"]))
