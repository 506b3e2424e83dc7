"""Decides on all documents at once, in memory, as they would be decided on one after another.

DuckDB finds the prints that several documents have; then the verdicts are given in order, over those alone. Memory
holds the shared prints and a few numbers for each document, never a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np

from pipelines.engine import MIN_MEMORY, connected, disk_errors
from pipelines.near.decide import Decision, DocumentStates, Fingerprints, Numbers, decide
from pipelines.near.prints import FOLDER, WrittenPrints, counted, firsts

_ROWS_AT_ONCE = 1 << 18  # rows of shared prints that are taken from DuckDB at a time
_PRINT_BYTES, _DOCUMENT_BYTES = 9, 50
"""What a print that several documents have, and what a document, take in memory."""


def memory(pieces: Sequence[WrittenPrints]) -> int:
    """Return how many bytes the verdicts take at most, where each print is had by two documents."""
    shared = sum(piece.prints for piece in pieces) // 2
    return shared * _PRINT_BYTES + sum(piece.documents for piece in pieces) * _DOCUMENT_BYTES


def verdicts(pieces: Sequence[WrittenPrints], folder: Path, workers: int) -> Iterator[Decision]:
    """Yield the verdict on each document of `pieces` in their order; documents count from 0.

    `folder`, where their prints are, takes what DuckDB cannot hold. Raises OSError when the disk fails.
    """
    if not pieces:
        return
    sizes, starts = np.concatenate([piece.sizes() for piece in pieces]), firsts(pieces)
    if not sizes.size:  # no piece has a record
        return
    documents = DocumentStates(np.zeros(sizes.size, np.int64), np.zeros(sizes.size, np.int64))
    with disk_errors(folder), closing(connected(workers, MIN_MEMORY, folder)) as db:
        prints = Fingerprints.unseen(_find_shared(db, folder))
        for number, places in enumerate(_by_document(db, folder, starts, sizes.size)):
            yield decide(number, places, int(sizes[number]) - places.size, prints, documents)


def _find_shared(db: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Number the prints that several documents have, in the table `shared`; return how many there are."""
    db.execute(
        "CREATE TABLE shared AS SELECT hash, row_number() OVER () - 1 AS place FROM "
        "(SELECT hash FROM read_parquet($files) GROUP BY hash HAVING count(*) > 1)",
        {"files": str(folder / FOLDER / "*.parquet")},
    )
    ((number,),) = db.execute("SELECT count(*) FROM shared").fetchall()
    return int(number)


def _by_document(db: duckdb.DuckDBPyConnection, folder: Path, starts: Numbers, count: int) -> Iterator[Numbers]:
    """Yield for each document the places of its shared prints."""
    rows = db.sql(
        "SELECT doc, place FROM read_parquet($files) JOIN shared USING (hash) ORDER BY doc",
        params={"files": str(folder / FOLDER / "*.parquet")},
    ).to_arrow_reader(_ROWS_AT_ONCE)
    at, rest = 0, np.zeros(0, np.int64)
    for batch in rows:
        numbers = counted(batch.column("doc").to_numpy(), starts)
        places = np.concatenate([rest, batch.column("place").to_numpy()])
        last = int(numbers[-1])
        # Documents before the last one are whole now; of the last one more may come.
        cuts = rest.size + np.searchsorted(numbers, np.arange(at + 1, last + 1))
        *whole, rest = np.split(places, cuts)
        yield from whole
        at = last
    yield rest
    yield from (rest[:0] for _ in range(at + 1, count))
