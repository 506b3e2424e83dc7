"""Prints of all documents in Parquet files, a file for each piece of the input: what batch and rounds begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.engine import Engine
from pipelines.near.decide import Numbers
from pipelines.near.fingerprints import fingerprint
from pipelines.workers import WorkerCrashed, WorkersError

FOLDER = "prints"
_DOCUMENTS = b"documents"
_SCHEMA = pa.schema([("doc", pa.int64()), ("hash", pa.int64())])


class TextSource(Protocol):
    """A piece of the input, which travels to a worker; as a string it says where it is."""

    def texts(self) -> Iterable[str]:
        """Return its texts, the same ones each time."""


@dataclass(frozen=True, slots=True)
class WrittenPrints:
    """Where a piece's prints are, how many documents it has, and how many prints they have together."""

    path: Path
    documents: int
    prints: int

    def sizes(self) -> Numbers:
        """Return how many prints each of its documents has."""
        numbers: Numbers = pq.read_table(self.path, columns=["doc"]).column("doc").to_numpy()
        counts: Numbers = np.asarray(np.bincount(numbers & 0xFFFFFFFF, minlength=self.documents), np.int64)
        return counts


def written(
    pieces: Sequence[TextSource], folder: Path, engine: Engine, told: Callable[[int], object] = lambda _: None
) -> list[WrittenPrints]:
    """Write the prints of `pieces` below `folder`, some 2 KB a document, where they are not there yet.

    `told` is called with the number of pieces read since.
    Raises OSError when it cannot take them, `WorkersError` when a piece ends its workers, and what a piece raises.
    """
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    found: dict[int, WrittenPrints] = {}
    for (number, piece), made in engine.map(partial(_write, place), list(enumerate(pieces))):
        if isinstance(made, WorkerCrashed):
            raise WorkersError(f"{piece}: ends every process that reads it; leave it out, and report it")
        found[number] = made
        told(1)
    return [found[number] for number in range(len(pieces))]


def firsts(pieces: Sequence[WrittenPrints]) -> Numbers:
    """Return the number of each piece's first document, counted from 0 over all, and at the end that of all."""
    return np.cumsum([0, *(piece.documents for piece in pieces)])


def counted(packed: Numbers, starts: Numbers) -> Numbers:
    """Return document numbers of the files of prints as they are counted over all pieces; see `firsts`."""
    numbers: Numbers = starts[packed >> 32] + (packed & 0xFFFFFFFF)
    return numbers


def _write(folder: Path, task: tuple[int, TextSource]) -> WrittenPrints:
    """Write a piece's prints; a document's number is that of its piece, and its own within it in the lower half."""
    number, piece = task
    path = folder / f"{number:09}.parquet"
    if not path.exists():
        _write_table(path, list(_prints(piece)), number)
    known = pq.read_metadata(path)
    return WrittenPrints(path, int(known.metadata[_DOCUMENTS]), known.num_rows)


def _prints(piece: TextSource) -> Iterator[Numbers]:
    return map(fingerprint, piece.texts())


def _write_table(path: Path, prints: Sequence[Numbers], number: int) -> None:
    sizes = np.array([each.size for each in prints], np.int64)
    numbers = np.repeat(np.arange(sizes.size, dtype=np.int64) + (number << 32), sizes)
    hashes = np.concatenate(prints) if prints else np.zeros(0, np.int64)
    table = pa.table([numbers, hashes], _SCHEMA.with_metadata({_DOCUMENTS: str(sizes.size)}))
    unfinished = path.with_suffix(".tmp")
    pq.write_table(table, unfinished, compression="none", use_dictionary=["doc"])
    unfinished.replace(path)
