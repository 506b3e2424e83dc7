"""Labels copies among records of any files and ledgers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.near import batch
from pipelines.near.decide import NO_DOC
from pipelines.near.representatives import rank
from pipelines.near.splits import READ_ERRORS, Record, Split, key_of


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """Line `number` (from 1) of `path`: a record with its marks, an empty one, or None where it is no record."""

    path: Path
    number: int
    record: Record | None


class RecordLabels:
    """The verdicts on all records of `given`, worked out in `folder` by so many processes."""

    def __init__(self, given: Sequence[Split], folder: Path, workers: int) -> None:
        self._given = given
        self._owners, self._clusters, self._shares = array("q"), array("q"), array("d")
        for verdict in batch.verdicts(given, folder, workers):
            self._owners.append(verdict.first_doc)
            self._clusters.append(verdict.cluster)
            self._shares.append(verdict.containment)
        sizes = np.bincount(np.frombuffer(self._clusters, np.int64)) if self._clusters else np.zeros(0, np.int64)
        self._shared = sizes > 1
        self.clusters = int(np.count_nonzero(self._shared))
        self.copies = len(self._clusters) - int(np.count_nonzero(sizes))
        self.broken: dict[Path, str] = {}
        """Files that cannot be read to their ends, with what is wrong; known once all records were read."""

    def labelled(self) -> Iterator[LabelledLine]:
        """Yield all records in their order, each with `duplicate_of`, `containment` and `cluster`."""
        keys: list[str | None] = []
        for number, found in enumerate(self._read()):
            keys.append(key_of(found.record) if found.record else None)
            if found.record:
                owner, cluster = self._owners[number], self._clusters[number]
                marks: Record = {
                    "duplicate_of": None if owner == NO_DOC else keys[owner],
                    "containment": None if owner == NO_DOC else round(self._shares[number], 3),
                    "cluster": keys[cluster] if self._shared[cluster] else None,
                }
                found.record.update(marks)
            yield found

    def representatives(self) -> Iterator[LabelledLine]:
        """Yield as `labelled` does, of each cluster its fullest version alone, as a copy of nothing."""
        best: dict[int, tuple[tuple[int, ...], int]] = {}
        for number, found in enumerate(self._read()):
            if found.record and self._shared[cluster := self._clusters[number]]:
                version = rank(found.record), number
                best[cluster] = min(best.get(cluster, version), version)
        for number, found in enumerate(self.labelled()):
            chosen = best.get(self._clusters[number])
            if found.record and chosen and chosen[1] == number:
                found.record.update({"duplicate_of": None, "containment": None})
            if not (found.record and chosen) or chosen[1] == number:
                yield found

    def _read(self) -> Iterator[LabelledLine]:
        path, number = None, 0
        for piece in self._given:
            path, number = piece.path, number if piece.path == path else 0
            try:
                for record in piece.records():
                    number += 1
                    yield LabelledLine(path, number, record)
            except READ_ERRORS as error:
                self.broken[path] = f"line {number + 1}: {error}"
