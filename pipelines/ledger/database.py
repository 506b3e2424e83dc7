"""The open ledger file: reading, and short transactions; every failure is raised as a `LedgerError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from pipelines.ledger.schema import connect, ledger_error, transaction
from pipelines.ledger.texts import TEXT_ERRORS


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Tell what goes wrong in the block, which reads the ledger at `path`, as a `LedgerError`."""
    try:
        yield
    except (sqlite3.Error, *TEXT_ERRORS, orjson.JSONDecodeError) as error:
        raise ledger_error(path, error) from error


class Database:
    """The ledger file at `path`, opened; missing, it is made, or with `create` False refused.

    No lock is held between transactions, so several processes may write one file. Every method raises `LedgerError`
    when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        self._db = connect(path, create=create)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rows(self, query: str, *values: str | bytes | int | None) -> list[Any]:
        """Return what a query finds."""
        with self.reading():
            return self._db.execute(query, values).fetchall()

    def value(self, query: str, *values: str | int | None) -> Any:
        """Return the first value that a query finds, None for nothing."""
        with self.reading():
            row = self._db.execute(query, values).fetchone()
        return row[0] if row else None

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole file, as it is at one moment, to another one."""
        self._db.backup(target)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tell what goes wrong in the block as a `LedgerError`."""
        with reading(self.path):
            yield

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write what the block writes, all of it or nothing."""
        with self.reading(), transaction(self._db):
            yield self._db
