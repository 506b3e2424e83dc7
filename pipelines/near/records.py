"""Labels copies among records of any files and ledgers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.engine import Engine
from pipelines.ledger.exports import LeftOutStats
from pipelines.near import judging
from pipelines.near.decide import NO_DOC
from pipelines.near.representatives import representative
from pipelines.near.selection import stand_in
from pipelines.near.splits import READ_ERRORS, Record, Split, key_of
from pipelines.near.spool import Spool


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """Line `number` (from 1) of `path`: a record with its marks, an empty one, or None where it is no record."""

    path: Path
    number: int
    record: Record | None


class RecordLabels:
    """The verdicts on all records of `given`, as `judging.verdicts` gives them, with what it needs.

    `told` is called with the number of pieces done since: each is read once for the verdicts, and again each time that
    records are yielded.
    """

    def __init__(
        self,
        given: Sequence[Split],
        folder: Path,
        engine: Engine,
        *,
        workers: int,
        limit: int,
        told: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._given, self._folder, self._workers, self._told = given, folder, workers, told
        self._owners, self._clusters, self._shares = array("q"), array("q"), array("d")
        for verdict in judging.verdicts(given, folder, engine, workers=workers, limit=limit, told=told):
            self._owners.append(verdict.first_doc)
            self._clusters.append(verdict.cluster)
            self._shares.append(verdict.containment)
        sizes = np.bincount(np.frombuffer(self._clusters, np.int64)) if self._clusters else np.zeros(0, np.int64)
        self._shared = sizes > 1
        self.clusters = int(np.count_nonzero(self._shared))
        self.copies = len(self._clusters) - int(np.count_nonzero(sizes))
        self.broken: dict[Path, str] = {}
        """Files that cannot be read to their ends, with what is wrong; known once all records were read."""
        self.left_out: LeftOutStats | None = None
        """What `representatives` leaves out."""

    def labelled(self) -> Iterator[LabelledLine]:
        """Yield all records in their order, each with `duplicate_of`, `containment` and `cluster`."""
        yield from self._labelled({})

    def representatives(self, share: float, *, lend_breaks: bool = False) -> Iterator[LabelledLine]:
        """Yield as `labelled` does, without records that one which stays holds to the `share`.

        Those that stay have the `urls` of those left out for them too, and a `choice`; see `representative`.
        """
        with closing(self._spooled()) as spool:
            holders: dict[int, int] = {}
            groups: dict[int, list[int]] = {}
            self.left_out = LeftOutStats()
            for left in spool.left_out(self._clusters, share, self._workers):
                self.left_out.add(left.chars, left.lost)
                holders[left.number] = left.holder
                groups.setdefault(left.holder, []).append(left.number)
            for number, found in enumerate(self._labelled(holders)):
                if number in holders:
                    continue
                if found.record:
                    others = [spool.record(each) for each in sorted(groups.get(number, ()))]
                    found.record.update(representative([found.record, *others], lend_breaks=lend_breaks))
                yield found

    def _spooled(self) -> Spool:
        """Return the records that have copies."""
        place = self._folder / "copies"
        place.unlink(missing_ok=True)  # of a run that was killed
        spool = Spool(place)
        for number, found in enumerate(self._read()):
            if found.record and self._shared[self._clusters[number]]:
                key_of(found.record)
                spool.add(number, found.record)
        return spool

    def _labelled(self, holders: Mapping[int, int]) -> Iterator[LabelledLine]:
        """Yield the records with their marks, which name none of those that are left out for their `holders`."""
        keys: list[str | None] = []
        for number, found in enumerate(self._read()):
            keys.append(key_of(found.record) if found.record else None)
            if found.record:
                verdict, cluster = self._owners[number], self._clusters[number]
                owner = None if verdict == NO_DOC else stand_in(number, verdict, holders)
                marks: Record = {
                    "duplicate_of": None if owner is None else keys[owner],
                    "containment": None if owner is None else round(self._shares[number], 3),
                    "cluster": keys[cluster] if self._shared[cluster] else None,
                }
                found.record.update(marks)
            yield found

    def _read(self) -> Iterator[LabelledLine]:
        """Yield all records with file and line; a file that breaks off is noted in `broken`, and the next one read."""
        path, number = None, 0
        for piece in self._given:
            path, number = piece.path, number if piece.path == path else 0
            try:
                for record in piece.records():
                    number += 1
                    yield LabelledLine(path, number, record)
            except READ_ERRORS as error:
                self.broken[path] = f"line {number + 1}: {error}"
            self._told(1)
