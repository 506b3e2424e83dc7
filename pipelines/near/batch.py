"""Decides on all documents at once, on all cores, as they would be decided on one after another.

Workers write the prints of a piece of the input to a Parquet file each; DuckDB finds the prints that several documents
have; then the verdicts are given in order, over those alone. Memory holds the shared prints and a few numbers for each
document, never a text.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pipelines.near.decide import Decision, DocumentStates, Fingerprints, Numbers, decide
from pipelines.near.fingerprints import fingerprint
from pipelines.workers import WorkerCrashed, WorkersError, imap

MAX_MEMORY = "384MB"
"""What DuckDB may use before it goes to the disk."""
_ROWS_AT_ONCE = 1 << 18  # rows of shared prints that are taken from DuckDB at a time
_SCHEMA = pa.schema([("number", pa.int64()), ("hash", pa.int64())])


class TextSource(Protocol):
    """A piece of the input, which travels to a worker; as a string it says where it is."""

    def texts(self) -> Iterable[str]:
        """Return its texts, the same ones each time."""


@dataclass(frozen=True, slots=True)
class _WrittenPrints:
    """Where a piece's prints are, and how many each of its documents has."""

    path: Path
    sizes: NDArray[np.int32]


def verdicts(
    pieces: Sequence[TextSource], folder: Path, workers: int, told: Callable[[int], object] = lambda _: None
) -> Iterator[Decision]:
    """Yield the verdict on each document of `pieces` in their order; documents count from 0.

    `folder` takes the files, some 2 KB a document, and is the caller's to remove; `told` is called with the number of
    pieces read since. Raises OSError when the folder cannot take them, `WorkersError` when a piece ends its workers,
    and what a piece raises.
    """
    tasks = list(enumerate(pieces))
    made: list[_WrittenPrints] = []
    for (_, piece), written in imap(partial(_write_prints, folder), tasks, workers):
        if isinstance(written, WorkerCrashed):
            raise WorkersError(f"{piece}: ends every process that reads it; leave it out, and report it")
        made.append(written)
        told(1)
    if not made:
        return
    sizes = np.concatenate([each.sizes for each in made])
    firsts = np.cumsum([0, *(each.sizes.size for each in made)])
    documents = DocumentStates(np.zeros(sizes.size, np.int64), np.zeros(sizes.size, np.int64))
    try:
        with duckdb.connect(":memory:") as db:
            prints = Fingerprints.unseen(_find_shared(db, folder, workers))
            for number, places in enumerate(_by_document(db, folder, firsts, sizes.size)):
                yield decide(number, places, int(sizes[number]) - places.size, prints, documents)
    except duckdb.Error as error:  # its memory is bounded, so it is the disk
        raise OSError(errno.EIO, str(error).splitlines()[0], str(folder)) from error


def _write_prints(folder: Path, task: tuple[int, TextSource]) -> _WrittenPrints:
    """Write a piece's prints; a document's number is that of its piece, and its own within it in the lower half."""
    number, piece = task
    prints = [fingerprint(text) for text in piece.texts()]
    sizes = np.array([each.size for each in prints], np.int32)
    numbers = np.repeat(np.arange(sizes.size, dtype=np.int64) + (number << 32), sizes)
    hashes = np.concatenate(prints) if prints else np.zeros(0, np.int64)
    path = folder / f"{number:09}.parquet"
    unfinished = path.with_suffix(".tmp")
    pq.write_table(pa.table([numbers, hashes], _SCHEMA), unfinished, compression="none", use_dictionary=["number"])
    unfinished.replace(path)
    return _WrittenPrints(path, sizes)


def _find_shared(db: duckdb.DuckDBPyConnection, folder: Path, workers: int) -> int:
    """Number the prints that several documents have, in the table `shared`; return how many there are."""
    db.execute(
        f"SET memory_limit = '{MAX_MEMORY}'; SET threads = {workers}; SET preserve_insertion_order = false; "
        "SET enable_progress_bar = false"  # it would go to standard output
    )
    db.execute("SET temp_directory = $folder", {"folder": str(folder / "spilled")})
    db.execute(
        "CREATE TABLE shared AS SELECT hash, row_number() OVER () - 1 AS place FROM "
        "(SELECT hash FROM read_parquet($files) GROUP BY hash HAVING count(*) > 1)",
        {"files": str(folder / "*.parquet")},
    )
    ((number,),) = db.execute("SELECT count(*) FROM shared").fetchall()
    return int(number)


def _by_document(db: duckdb.DuckDBPyConnection, folder: Path, firsts: Numbers, count: int) -> Iterator[Numbers]:
    """Yield for each document the places of its shared prints."""
    rows = db.sql(
        "SELECT number, place FROM read_parquet($files) JOIN shared USING (hash) ORDER BY number",
        params={"files": str(folder / "*.parquet")},
    ).to_arrow_reader(_ROWS_AT_ONCE)
    at, rest = 0, np.zeros(0, np.int64)
    for batch in rows:
        packed = batch.column("number").to_numpy()
        numbers = firsts[packed >> 32] + (packed & 0xFFFFFFFF)
        places = np.concatenate([rest, batch.column("place").to_numpy()])
        last = int(numbers[-1])
        # Documents before the last one are whole now; of the last one more may come.
        starts = rest.size + np.searchsorted(numbers, np.arange(at + 1, last + 1))
        *whole, rest = np.split(places, starts)
        yield from whole
        at = last
    yield rest
    yield from (rest[:0] for _ in range(at + 1, count))
