"""The ledger as an SQLite file: its tables, and how it is opened without harm to a file that is something else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

SCHEMA_VERSION = 3
"""Kept in `PRAGMA user_version`; a file with a higher one was written by a later program and is refused, one with a
lower one gains what it lacks when it is opened. 2: the table `strikes`. 3: `takedowns` and `meta`."""

_APPLICATION = int.from_bytes(b"wenq")  # PRAGMA application_id: tells a ledger from any other SQLite file
_HEADER_BYTES = 72
_BUSY_SECONDS = 60
_CHECKED_BYTES = 256 * 1024 * 1024  # read and checked whole in a fraction of a second; other runs wait meanwhile

_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY,       -- ledger order
    sha256 TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    place INTEGER NOT NULL,        -- number within the source, from 0; it decides the shard
    superseded INTEGER NOT NULL DEFAULT 0,
    record BLOB NOT NULL,          -- JSON: the record without text, urls and supersedes
    text BLOB NOT NULL,            -- zlib over UTF-8
    UNIQUE (source, place)
);
CREATE TABLE IF NOT EXISTS urls (
    seq INTEGER PRIMARY KEY,       -- order of first sight
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('document', 'no_text')),
    document INTEGER REFERENCES documents
);
CREATE INDEX IF NOT EXISTS urls_document ON urls (document);
CREATE TABLE IF NOT EXISTS supersessions (
    newer INTEGER NOT NULL REFERENCES documents,
    older INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (newer, older)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stale_shards (
    source TEXT NOT NULL,
    shard INTEGER NOT NULL,
    touched INTEGER NOT NULL,      -- counts up when the shard changes again while it is being written
    PRIMARY KEY (source, shard)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS strikes (
    url TEXT PRIMARY KEY,
    site TEXT NOT NULL,
    crashes INTEGER NOT NULL       -- runs that ended while this page was handled
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS takedowns (  -- one URL or one text a row, refused from then on
    seq INTEGER PRIMARY KEY,
    named TEXT NOT NULL,           -- the URL or the key that the operator gave; its rows come and go together
    url TEXT UNIQUE,
    sha256 TEXT UNIQUE,
    added TEXT NOT NULL,           -- ISO 8601, UTC
    why TEXT NOT NULL,
    CHECK ((url IS NULL) <> (sha256 IS NULL))
);
CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,         -- masking: under which version of the masking rules the shards were written
    value TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""


class LedgerError(Exception):
    """The ledger or a view of it cannot be read or written; the message is one line with the file and the remedy."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the ledger at `path`; a missing one is made, or with `create` False refused.

    Raises `LedgerError` for a file that is not a ledger, is damaged or was written by a later version. Such a file is
    not even opened with SQLite, which might write to it.
    """
    if not create and not path.exists():
        raise LedgerError(f"{path}: no ledger here; crawl a site first, or set DATA_DIR to where the ledger is")
    db = None
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_others(path)
        mode = "rwc" if create else "rw"
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
        )
        # A rollback journal: before SQLite 3.51.3 WAL can lose pages when two processes write. TRUNCATE, since
        # its end of a transaction is synced too.
        db.executescript("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        if db.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
            db.executescript(_TABLES)
        _refuse_damaged(db, path)
    except (sqlite3.Error, OSError) as error:
        if db:
            db.close()
        raise trouble(path, error) from error
    return db


def trouble(path: Path, error: Exception) -> LedgerError:
    """Return `error`, met at `path`, as a `LedgerError` with what to do about it."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    if isinstance(error, sqlite3.OperationalError | OSError):
        remedy = "see that the disk has space and no other program holds the file, then run again"
    else:
        remedy = "the file is damaged, restore it from a copy or move it away"
    return LedgerError(f"{path}: {reason}; {remedy}")


def _refuse_others(path: Path) -> None:
    """Read the file's first bytes as SQLite defines them; an empty file is a ledger whose making was interrupted."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    application = int.from_bytes(header[68:72])
    if not header.startswith(b"SQLite format 3\0") or application != _APPLICATION:
        raise LedgerError(f"{path}: not a ledger of this program; move it away or set DATA_DIR to another folder")
    version = int.from_bytes(header[60:64])
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"{path}: written by a later version (schema {version}, known here: {SCHEMA_VERSION}); "
            "upgrade this program or set DATA_DIR to another folder"
        )


def _refuse_damaged(db: sqlite3.Connection, path: Path) -> None:
    """Check the structure of all but very large files, where damage shows when it is met."""
    if path.stat().st_size <= _CHECKED_BYTES:
        (finding,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if finding != "ok":
            raise sqlite3.DatabaseError(" ".join(finding.split()))
