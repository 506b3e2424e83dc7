"""The tables of the ledger, and how those of an earlier version become these."""

from __future__ import annotations

import sqlite3

from pipelines.ledger import postgres

Connection = sqlite3.Connection | postgres.Connection
"""An open ledger."""

SHARD_SIZE = 10_000
"""Documents of a shard: the column `place` counts through all shards of a source."""
SCHEMA_VERSION = 5
"""Kept in `PRAGMA user_version`; a file with a higher one was written by a later program and is refused, one with a
lower one gains what it lacks when it is opened, in one transaction. 2: the table `strikes`. 3: what is known of each
address (`urls`, which takes in `strikes`), `rounds`, `copies`, `takedowns` and `meta`. 4: the table `shards`. 5: the
column `documents.checksum`; what else is exported stands in an index too, with which SQLite compares it."""

APPLICATION = int.from_bytes(b"wenq")  # PRAGMA application_id: tells a ledger from any other SQLite file

TABLES = f"""
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
PRAGMA application_id = {APPLICATION};
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


def touch_shards(db: Connection, which: str, **values: str) -> None:
    """Have the shards written again whose documents are those of the condition `which`, that `values` belong to."""
    db.execute(
        f"INSERT INTO stale_shards SELECT DISTINCT source, place / :size, 1 FROM documents WHERE {which} "  # noqa: S608
        "ON CONFLICT (source, shard) DO UPDATE SET touched = stale_shards.touched + 1",
        {"size": SHARD_SIZE, **values},
    )


def upgrade(db: sqlite3.Connection) -> None:
    """Bring an older file, or an empty one, to `SCHEMA_VERSION`, or leave it as it is."""
    if _version(db) == SCHEMA_VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    version = _version(db)  # again: another process may have been first
    known = [name for _, name, *_ in db.execute("PRAGMA table_info(documents)")]
    if version in (1, 2) and ("checksum" in known or db.execute("PRAGMA table_info(rounds)").fetchone()):
        raise sqlite3.DatabaseError("its version is not that of its tables")
    script = f"{_BEFORE_3}{TABLES}{_TO_3}" if version in (1, 2) else TABLES
    if known and "checksum" not in known:
        script = f"{_TO_5_FIRST}{script}{_TO_5}"
    for statement in script.split(";\n"):  # executescript would commit first
        db.execute(statement)
    db.execute("COMMIT")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
