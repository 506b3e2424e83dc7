"""Where the work on many files and tables is done: processes and DuckDB of this machine, or a cluster (spark.py)."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipelines.workers import WorkerCrashed, imap

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

T = TypeVar("T")
R = TypeVar("R")

MIN_MEMORY = 384 << 20
"""Bytes that DuckDB gets at least."""
MIN_SORTING_MEMORY = 1 << 30
"""Bytes that DuckDB gets at least where it sorts tables that it cuts for the purpose."""
BYTES_PER_ROW = 160
"""What a row takes while a table is sorted: 77 were too few, measured, 122 enough."""


class Engine(Protocol):
    """Does work on items, and SQL on tables, which are Parquet in one file or one folder each.

    The SQL is what DuckDB and Spark both take. Tables and statements raise OSError when the disk fails.
    """

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | WorkerCrashed]]:
        """Apply `work`, which must be importable; yield each item with its result, in no order."""

    def rows_at_once(self) -> int:
        """Return how many rows of a table are best sorted together."""

    def read(self, name: str, places: Sequence[Path]) -> None:
        """Let `name` be what the tables at `places` hold together."""

    def write(self, query: str, place: Path) -> None:
        """Write what a query gives as a table, whole or not at all."""

    def value(self, query: str) -> int:
        """Return the one number that a query gives."""

    def close(self) -> None:
        """Give up what it holds."""


class LocalEngine:
    """The cores of this machine: `workers` processes, and DuckDB with as many `threads` (None: as workers).

    DuckDB takes `memory` bytes at most, and then the disk.
    """

    def __init__(self, workers: int, memory: int, folder: Path, *, threads: int | None = None) -> None:
        self._workers, self._memory, self._folder, self._threads = workers, memory, folder, threads or workers
        self._db: duckdb.DuckDBPyConnection | None = None

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | WorkerCrashed]]:
        """Apply `work` in processes; see `Engine`."""
        return imap(work, items, self._workers, ordered=False)

    def rows_at_once(self) -> int:
        """Return how many rows are sorted without the disk."""
        return self._memory // BYTES_PER_ROW

    def read(self, name: str, places: Sequence[Path]) -> None:
        """Let `name` be these tables; see `Engine`."""
        self._run(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet([{', '.join(map(_files, places))}])")

    def write(self, query: str, place: Path) -> None:
        """Write a table; see `Engine`."""
        unfinished = place.with_name(f"{place.name}.tmp")
        self._run(f"COPY ({query}) TO {_quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")
        unfinished.replace(place)

    def value(self, query: str) -> int:
        """Return a number; see `Engine`."""
        ((number,),) = self._run(query)
        return int(number)

    def batches(self, query: str, rows: int) -> Iterator[Any]:
        """Yield what a query gives as Arrow batches of so many rows."""
        with disk_errors(self._folder):
            yield from self._connected().sql(query).to_arrow_reader(rows)

    def close(self) -> None:
        """End DuckDB."""
        if self._db:
            self._db.close()

    def _run(self, statement: str) -> list[Any]:
        with disk_errors(self._folder):
            return self._connected().execute(statement).fetchall()

    def _connected(self) -> duckdb.DuckDBPyConnection:
        if self._db is None:
            self._db = connected(self._threads, self._memory, self._folder)
        return self._db


def engine(on: str | None, workers: int, memory: int, folder: Path, *, threads: int | None = None) -> Engine:
    """Return the engine of this machine, or the Spark cluster `on`; raises `WorkersError` where that cannot be had."""
    if on is None:
        return LocalEngine(workers, max(memory, MIN_SORTING_MEMORY), folder, threads=threads)
    from pipelines.spark import SparkEngine  # it needs what is not installed everywhere

    return SparkEngine(on)


def connected(threads: int, memory: int, folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that uses so much, and what is more in `folder`."""
    import duckdb

    db = duckdb.connect(":memory:")
    db.execute(
        f"SET memory_limit = '{memory}B'; SET threads = {threads}; SET preserve_insertion_order = false; "
        f"SET enable_progress_bar = false; SET temp_directory = {_quoted(folder / 'spilled')}"
    )
    return db


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Raise what DuckDB cannot do as OSError: its memory is bounded, so it is the disk."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise OSError(errno.EIO, str(error).splitlines()[0], str(folder)) from error


def remove(place: Path) -> None:
    """Remove a table, if it is there."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _files(place: Path) -> str:
    return _quoted(place / "*.parquet" if place.is_dir() else place)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
