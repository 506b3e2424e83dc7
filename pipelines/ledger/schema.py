"""The tables of the ledger, and how its SQLite file or PostgreSQL database is opened without harm to others' data."""

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
from pipelines.ledger.texts import row_checksum, version_at

Place = Path | PostgresAddress
"""Where a ledger is."""
Connection = sqlite3.Connection | postgres.Connection
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite may raise; the latter where its message names a table whose name is damaged."""
SHARD_SIZE = 10_000
"""Documents of a shard: the column `place` counts through all shards of a source."""
SCHEMA_VERSION = 5
"""Kept in `PRAGMA user_version`; a file with a higher one was written by a later program and is refused, one with a
lower one gains what it lacks when it is opened, in one transaction. 2: the table `strikes`. 3: what is known of each
address (`urls`, which takes in `strikes`), `rounds`, `copies`, `takedowns` and `meta`. 4: the table `shards`. 5: the
column `documents.checksum`; what else is exported stands in an index too, with which SQLite compares it."""

_APPLICATION = int.from_bytes(b"wenq")  # PRAGMA application_id: tells a ledger from any other SQLite file
_HEADER_BYTES = 72
_BUSY_SECONDS = 60
_CACHE_KIB = 16 * 1024  # the indexes of some 10^5 documents; SQLite's own is 2 MiB
_EFFECTIVE = os.access in os.supports_effective_ids
_MAX_CHECKED_BYTES = 256 * 1024 * 1024  # read and checked whole in a fraction of a second; other runs wait meanwhile

_TABLES = f"""
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY,       -- ledger order
    sha256 TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    place INTEGER NOT NULL,        -- number within the source, from 0; it decides the shard
    superseded INTEGER NOT NULL DEFAULT 0,
    record BLOB NOT NULL,          -- JSON: the record without text, urls and supersedes
    text BLOB NOT NULL,            -- packed as texts.py does
    checksum INTEGER,              -- of record and text, see texts.py; NULL where the text was taken down
    UNIQUE (source, place)
);
CREATE INDEX IF NOT EXISTS documents_superseded ON documents (seq) WHERE superseded = 1;
CREATE TABLE IF NOT EXISTS urls (
    seq INTEGER PRIMARY KEY,       -- order of first sight
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'done', 'gone', 'blocked', 'quarantined')),
    kind TEXT,                     -- what the page was, or while it waits what it should be; see FetchResult
    document INTEGER REFERENCES documents,
    reason TEXT,                   -- of a page that is not there, or cannot be read
    misses INTEGER NOT NULL DEFAULT 0,  -- times in a row that it was not found
    etag TEXT,
    last_modified TEXT,
    body_sha256 TEXT,
    fetched INTEGER,               -- seconds since 1970, UTC; 0: before version 3
    interval INTEGER,              -- seconds
    next_due INTEGER,              -- seconds since 1970, UTC; NULL: never
    depth INTEGER NOT NULL DEFAULT 0,   -- links from a start page
    round INTEGER,                 -- in which it was asked for last, or is to be
    strikes INTEGER NOT NULL DEFAULT 0  -- runs that ended while this page was handled
);
CREATE INDEX IF NOT EXISTS urls_document ON urls (document);
CREATE INDEX IF NOT EXISTS urls_waiting ON urls (site, seq) WHERE state IN ('pending', 'leased');
CREATE INDEX IF NOT EXISTS urls_struck ON urls (site) WHERE strikes > 0;
CREATE TABLE IF NOT EXISTS rounds (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- numbers are never used again
    site TEXT NOT NULL,
    task TEXT NOT NULL,            -- what it goes through: '' all of the site
    began INTEGER NOT NULL,        -- seconds since 1970, UTC
    UNIQUE (site, task)
);
CREATE TABLE IF NOT EXISTS supersessions (
    newer INTEGER NOT NULL REFERENCES documents,
    older INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (newer, older)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS supersessions_older ON supersessions (older, newer);
CREATE TABLE IF NOT EXISTS stale_shards (
    source TEXT NOT NULL,
    shard INTEGER NOT NULL,
    touched INTEGER NOT NULL,      -- counts up when the shard changes again while it is being written
    PRIMARY KEY (source, shard)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (  -- the shard files as they were written
    source TEXT NOT NULL,
    shard INTEGER NOT NULL,
    size INTEGER NOT NULL,         -- bytes
    sha256 TEXT NOT NULL,
    changed INTEGER NOT NULL,      -- st_ctime_ns of the file when it was last known to have this hash
    PRIMARY KEY (source, shard)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copies (  -- documents that share their text with another one
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    cluster INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    owner INTEGER REFERENCES documents ON DELETE CASCADE,  -- the earlier document that holds the text, NULL: none
    containment REAL,              -- share of the document that its cluster held before
    view TEXT NOT NULL CHECK (view IN ('marked', 'hidden', 'silent'))  -- in the shards: with its marks, not, without
);
CREATE INDEX IF NOT EXISTS copies_cluster ON copies (cluster);
CREATE INDEX IF NOT EXISTS copies_owner ON copies (owner);
CREATE INDEX IF NOT EXISTS copies_labels ON copies (document, cluster, owner, containment, view);
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
"""
_BEFORE_3 = """
CREATE TABLE IF NOT EXISTS strikes (url TEXT PRIMARY KEY, site TEXT NOT NULL, crashes INTEGER NOT NULL) WITHOUT ROWID;
ALTER TABLE urls RENAME TO urls_2;
DROP INDEX IF EXISTS urls_document;
"""
_TO_3 = """
INSERT INTO urls (seq, url, site, state, kind, document, fetched, next_due)
    SELECT seq, url, site, 'done', state, document, 0, 0 FROM urls_2 ORDER BY seq;
INSERT INTO urls (url, site, state, strikes)
    SELECT url, site, iif(crashes > 1, 'quarantined', 'pending'), crashes FROM strikes WHERE true
    ON CONFLICT (url) DO UPDATE SET strikes = excluded.strikes, state = iif(excluded.strikes > 1, 'quarantined', state);
DROP TABLE urls_2;
DROP TABLE strikes;
"""


_TO_5_FIRST = "ALTER TABLE documents ADD COLUMN checksum INTEGER;\n"
_TO_5 = "UPDATE documents SET checksum = row_checksum(record, text) WHERE checksum IS NULL;\n"


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
        found = postgres.connect(place, _TABLES, SCHEMA_VERSION, create=create)
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
        _upgrade(db)
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


def touch_shards(db: Connection, which: str, **values: str) -> None:
    """Have the shards written again whose documents are those of the condition `which`, that `values` belong to."""
    db.execute(
        f"INSERT INTO stale_shards SELECT DISTINCT source, place / :size, 1 FROM documents WHERE {which} "  # noqa: S608
        "ON CONFLICT (source, shard) DO UPDATE SET touched = stale_shards.touched + 1",
        {"size": SHARD_SIZE, **values},
    )


def _upgrade(db: sqlite3.Connection) -> None:
    """Bring an older file, or an empty one, to `SCHEMA_VERSION`, or leave it as it is."""
    if _version(db) == SCHEMA_VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    version = _version(db)  # again: another process may have been first
    known = [name for _, name, *_ in db.execute("PRAGMA table_info(documents)")]
    if version in (1, 2) and ("checksum" in known or db.execute("PRAGMA table_info(rounds)").fetchone()):
        raise sqlite3.DatabaseError("its version is not that of its tables")
    script = f"{_BEFORE_3}{_TABLES}{_TO_3}" if version in (1, 2) else _TABLES
    if known and "checksum" not in known:
        script = f"{_TO_5_FIRST}{script}{_TO_5}"
    for statement in script.split(";\n"):  # executescript would commit first
        db.execute(statement)
    db.execute("COMMIT")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


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
    if path.stat().st_size <= _MAX_CHECKED_BYTES:
        (finding,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if finding != "ok":
            raise sqlite3.DatabaseError(" ".join(finding.split()))
