"""The documents that have copies, in a file beside the output: their texts are asked for again, out of order."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from pipelines.ledger.texts import compressed, decompressed
from pipelines.near.selection import LeftOut, Version, left_out
from pipelines.workers import WorkerCrashed, WorkersError, imap

FIELDS = ("id", "text", "urls", "truncated", "flags")
"""What is kept of a record: what versions are chosen by, and what the one that stays takes over."""
TASK_CHARS = 1_000_000
"""Characters of the clusters that a worker is given together."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is in the file."""

    start: int
    size: int


@dataclass(frozen=True, slots=True)
class _ClusterBatch:
    """Clusters, each of versions with their places in the file at `path`."""

    path: Path
    share: float
    clusters: list[dict[Version, Place]]


class Spool:
    """Records by number, at `path`, which must not exist yet; numbers are added in rising order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("xb+")
        self._numbers, self._starts, self._chars = array("q"), array("q", [0]), array("q")
        self._damage: list[tuple[int, ...]] = []
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}  # documents with the same damage share one tuple

    def add(self, number: int, record: Mapping[str, Any]) -> None:
        """Add a record."""
        kept = compressed(orjson.dumps({name: record.get(name) for name in FIELDS}).decode())
        self._file.write(kept)
        version = Version.of(number, record)
        self._numbers.append(number)
        self._starts.append(self._starts[-1] + len(kept))
        self._chars.append(version.chars)
        self._damage.append(self._known.setdefault(version.damage, version.damage))

    def left_out(self, clusters: array[int], share: float, workers: int) -> Iterator[LeftOut]:
        """Yield what may be left out; `clusters` has that of each number. Raises OSError and `WorkersError`."""
        self._file.flush()
        needed = workers if sum(self._chars) > TASK_CHARS else 1
        for batch, found in imap(_leave_out, self._batches(clusters, share), needed):
            if isinstance(found, WorkerCrashed):
                first = next(iter(batch.clusters[0])).number
                raise WorkersError(f"the copies of document {first} end every process that reads them; report it")
            yield from found

    def record(self, number: int) -> dict[str, Any]:
        """Return the FIELDS of a record."""
        return _read(self._file, self._place(bisect_left(self._numbers, number)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _batches(self, clusters: array[int], share: float) -> Iterator[_ClusterBatch]:
        """Yield the clusters in batches of some TASK_CHARS characters, each cluster whole in one of them."""
        order = sorted(range(len(self._numbers)), key=lambda at: (clusters[self._numbers[at]], at))
        batch, chars, last = _ClusterBatch(self._path, share, []), 0, -1
        for at in order:
            version = Version(self._numbers[at], self._damage[at], self._chars[at])
            if (cluster := clusters[version.number]) != last:
                if chars > TASK_CHARS:
                    yield batch
                    batch, chars = _ClusterBatch(self._path, share, []), 0
                batch.clusters.append({})
                last = cluster
            batch.clusters[-1][version] = self._place(at)
            chars += version.chars
        if batch.clusters:
            yield batch

    def _place(self, at: int) -> Place:
        return Place(self._starts[at], self._starts[at + 1] - self._starts[at])


def _leave_out(batch: _ClusterBatch) -> list[LeftOut]:
    with batch.path.open("rb") as file:
        found: list[LeftOut] = []
        places = {version.number: place for cluster in batch.clusters for version, place in cluster.items()}
        for cluster in batch.clusters:
            found += left_out(list(cluster), lambda number: str(_read(file, places[number])["text"]), batch.share)
    return found


def _read(file: BinaryIO, place: Place) -> dict[str, Any]:
    file.seek(place.start)
    record: dict[str, Any] = orjson.loads(decompressed(file.read(place.size)))
    return record
