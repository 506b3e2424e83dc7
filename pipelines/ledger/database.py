"""The open ledger: reading, and short transactions; every failure is raised as a `LedgerError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from pipelines.ledger.connection import LedgerError, Place, connect, ledger_error, transaction
from pipelines.ledger.postgres import PostgresError
from pipelines.ledger.schema import Connection
from pipelines.ledger.texts import TEXT_ERRORS


@contextmanager
def reading(path: Place) -> Iterator[None]:
    """Tell what goes wrong in the block, which reads the ledger at `path`, as a `LedgerError`."""
    try:
        yield
    except (sqlite3.Error, PostgresError, *TEXT_ERRORS, orjson.JSONDecodeError) as error:
        raise ledger_error(path, error) from error


class Database:
    """The ledger at `path`, opened; missing, it is made, or with `create` False refused.

    No lock is held between transactions, so several processes may write one ledger. Every method raises `LedgerError`
    when it cannot be read or written.
    """

    def __init__(self, path: Place, *, create: bool = True) -> None:
        self.path = path
        self._db = connect(path, create=create)
        self.fence: Callable[[Connection], None] | None = None
        """Called at the end of every transaction; what it raises undoes it."""

    def close(self) -> None:
        """Close it."""
        self._db.close()

    def rows(self, query: str, *values: str | bytes | float | None) -> list[Any]:
        """Return what a query finds."""
        with self.reading():
            return self._db.execute(query, values).fetchall()

    def value(self, query: str, *values: str | int | None) -> Any:
        """Return the first value that a query finds, None for nothing."""
        with self.reading():
            row = self._db.execute(query, values).fetchone()
        return row[0] if row else None

    def refuse_nul(self, *texts: str | None) -> None:
        """Raise ValueError for a text that the ledger cannot hold: PostgreSQL has no NUL character."""
        if not isinstance(self._db, sqlite3.Connection) and (text := next((t for t in texts if t and "\0" in t), None)):
            raise ValueError(f"{text!a} holds a NUL character, which a ledger in PostgreSQL cannot keep")

    def overwrite_freed(self) -> None:
        """Have what is deleted from now on overwritten in the file; PostgreSQL has no such thing, see docs/scale.md."""
        if isinstance(self._db, sqlite3.Connection):
            self.rows("PRAGMA secure_delete = ON")

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole file, as it is at one moment, to another one."""
        if not isinstance(self._db, sqlite3.Connection):
            raise LedgerError(f"{self.path}: is no file; copy it with pg_dump, or scrapy ledger copy")
        self._db.backup(target)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tell what goes wrong in the block as a `LedgerError`."""
        with reading(self.path):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Read within the block as the ledger is at one moment, whoever writes meanwhile."""
        with self.reading():
            self._db.execute("BEGIN DEFERRED")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write what the block writes, all of it or nothing."""
        with self.reading(), transaction(self._db):
            yield self._db
            if self.fence:
                self.fence(self._db)
