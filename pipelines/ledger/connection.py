"""How a ledger is opened, a SQLite file or a PostgreSQL database, without harm to others' data."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.ledger import postgres
from pipelines.ledger.postgres import PostgresAddress, PostgresError
from pipelines.ledger.schema import APPLICATION, SCHEMA_VERSION, TABLES, Connection, upgrade
from pipelines.ledger.texts import row_checksum, version_at

Place = Path | PostgresAddress
"""Where a ledger is."""
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite may raise; the latter where its message names a table whose name is damaged."""

_HEADER_BYTES = 72
_BUSY_SECONDS = 60
_CACHE_KIB = 16 * 1024  # the indexes of some 10^5 documents; SQLite's own is 2 MiB
_EFFECTIVE = os.access in os.supports_effective_ids
_MAX_CHECKED_BYTES = 256 * 1024 * 1024  # read and checked whole in a fraction of a second; other runs wait meanwhile


class LedgerError(Exception):
    """The ledger or a view of it cannot be read or written; the message is one line with the file and the remedy."""


class NoLedgerError(LedgerError):
    """There is no ledger where one is to be read: a wrong call, no fault of the disk."""


def ledger_place(settings: Mapping[str, Any]) -> Place:
    """Return where the settings LEDGER and DATA_DIR have the ledger."""
    address = settings.get("LEDGER")
    return PostgresAddress(address) if address else Path(settings.get("DATA_DIR") or "data", "ledger.sqlite")


def connect(place: Place, *, create: bool) -> Connection:
    """Open the ledger at `place`; a missing one is made, or with `create` False refused.

    Raises `NoLedgerError` for the latter, `LedgerError` for what is not a ledger, is damaged, cannot be reached or was
    written by a later version.
    """
    if isinstance(place, Path):
        return connect_file(place, create=create)
    try:
        found = postgres.connect(place, TABLES, SCHEMA_VERSION, create=create)
    except PostgresError as error:
        raise ledger_error(place, error) from error
    if found is None:
        raise NoLedgerError(f"{place}: no ledger here; crawl a site first, or set LEDGER to where the ledger is")
    return found


def connect_file(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the ledger at `path`; a missing one is made, or with `create` False refused.

    Raises `NoLedgerError` for the latter, `LedgerError` for a file that is not a ledger, is damaged or was written by a
    later version. Such a file is not even opened with SQLite, which might write to it.
    """
    if not create and not (path.exists() and path.stat().st_size):
        raise NoLedgerError(f"{path}: no ledger here; crawl a site first, or set DATA_DIR to where the ledger is")
    db = None
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_others(path)
        if create and path.exists() and not os.access(path, os.W_OK, effective_ids=_EFFECTIVE):
            raise LedgerError(f"{path}: may not be written; see to whom the file belongs, then run again")
        mode = "rwc" if create else "rw"
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
        )
        # A rollback journal: before SQLite 3.51.3 WAL can lose pages when two processes write. TRUNCATE, since
        # its end of a transaction is synced too.
        db.executescript("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        db.text_factory = as_text
        db.create_function("row_checksum", 2, row_checksum, deterministic=True)
        db.create_function("version_at", 2, version_at, deterministic=True)
        _refuse_damaged(db, path)
        upgrade(db)
    except (*SQLITE_ERRORS, OSError) as error:
        if db:
            db.close()
        raise ledger_error(path, error) from error
    return db


def as_text(kept: bytes) -> str:
    """Return text as SQLite keeps it; damaged bytes cost no more than themselves."""
    return kept.decode("utf-8", "replace")


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """Write what the block writes, all of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def ledger_error(path: Place, error: Exception) -> LedgerError:
    """Return `error`, met at `path`, as a `LedgerError` with what to do about it."""
    if isinstance(error, PostgresError):
        remedy = "" if error.lasting else "; see that the server runs and lets this user in, then run again"
        return LedgerError(f"{path}: {error}{remedy}")
    if isinstance(path, PostgresAddress):
        return LedgerError(f"{path}: {error}")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    if _is_read_only(path, error):
        remedy = "it is read-only: allow this user to write the file and its folder, or set DATA_DIR to another folder"
    elif isinstance(error, sqlite3.OperationalError | OSError):
        remedy = "see that the disk has space and no other program holds the file, then run again"
    else:
        remedy = "the file is damaged, restore it from a copy or save what is whole in it with scrapy ledger repair"
    return LedgerError(f"{path}: {reason}; {remedy}")


def _is_read_only(path: Path, error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_READONLY or (code == sqlite3.SQLITE_CANTOPEN and not os.access(path.parent, os.W_OK))


def _refuse_others(path: Path) -> None:
    """Read the file's first bytes as SQLite defines them; an empty file is a ledger whose making was interrupted."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    application = int.from_bytes(header[68:72])
    if not header.startswith(b"SQLite format 3\0") or application != APPLICATION:
        raise LedgerError(f"{path}: not a ledger of this program; move it away or set DATA_DIR to another folder")
    version = int.from_bytes(header[60:64])
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"{path}: written by a later version (schema {version}, known here: {SCHEMA_VERSION}); "
            "upgrade this program or set DATA_DIR to another folder"
        )


def _refuse_damaged(db: sqlite3.Connection, path: Path) -> None:
    """Check the structure of all but very large files, where damage shows when it is met."""
    if path.stat().st_size <= _MAX_CHECKED_BYTES:
        (finding,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if finding != "ok":
            raise sqlite3.DatabaseError(" ".join(finding.split()))
