"""The ledger in PostgreSQL: where it is, its connection, and the tables that only a ledger of several machines has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipelines.ledger.dialect import MAX_SILENCE, for_postgres, tables_for_postgres

SCHEMES = ("postgresql", "postgres")
_FORM = "give postgresql://USER@HOST/DATABASE, or nothing for DATA_DIR/ledger.sqlite"
EXTRA = "psycopg is missing: pip install 'wenqing[postgres]'"
_ASKED = {
    "connect_timeout": 10,
    "keepalives_idle": MAX_SILENCE // 3,
    "keepalives_interval": MAX_SILENCE // 6,
    "keepalives_count": 4,
    "tcp_user_timeout": MAX_SILENCE * 1000,
}
"""What libpq is asked for where the address does not say: a server that is cut off is given up as the server does."""

_TABLES = """
CREATE TABLE IF NOT EXISTS leases (
    site TEXT PRIMARY KEY,
    worker TEXT,
    token INTEGER NOT NULL DEFAULT 0,  -- counts up with each taking: who holds an older one writes no more
    held_until TIMESTAMPTZ,        -- NULL: given back
    due TIMESTAMPTZ NOT NULL DEFAULT now()  -- when a worker may take it again
);
CREATE TABLE IF NOT EXISTS hosts (
    site TEXT PRIMARY KEY,
    budgets TEXT NOT NULL          -- JSON, as DATA_DIR/SITE.hosts.json
);
CREATE TABLE IF NOT EXISTS runs (
    seq INTEGER PRIMARY KEY,
    run TEXT NOT NULL              -- JSON, as a line of DATA_DIR/reports/runs.jsonl
);
"""
_VERSION_AT = """
CREATE OR REPLACE FUNCTION version_at(page text, record bytea) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
DECLARE kept json;
BEGIN
    kept := convert_from(record, 'UTF8')::json;
    RETURN CASE WHEN kept ->> 'url' = page THEN coalesce(kept ->> 'version', '') END;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;
"""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a ledger in PostgreSQL is: `postgresql://[USER@]HOST[:PORT]/DATABASE`, without a password.

    libpq reads the password from ~/.pgpass, or the file that PGPASSFILE names.
    """

    url: str

    def __str__(self) -> str:
        """Return it as it may be shown."""
        return self.url


def fault(url: str) -> str | None:
    """Return what is wrong with an address, None when it may be used; nothing of the address is repeated.

    >>> fault("postgresql://me:secret@db/wenqing")
    'it holds a password; leave it out, and put it into ~/.pgpass or the file that PGPASSFILE names'
    >>> fault("postgresql://me@db/wenqing"), fault("mysql://db")
    (None, 'give postgresql://USER@HOST/DATABASE, or nothing for DATA_DIR/ledger.sqlite')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return _FORM
    if parts.password or "password" in parse_qs(parts.query):
        return "it holds a password; leave it out, and put it into ~/.pgpass or the file that PGPASSFILE names"
    return None if parts.scheme in SCHEMES else _FORM


class PostgresError(Exception):
    """What PostgreSQL says, in one line; `lasting` where trying again does not help."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class Connection:
    """What the ledger asks of a connection of sqlite3, over psycopg; raises `PostgresError`."""

    def __init__(self, address: PostgresAddress) -> None:
        try:
            import psycopg  # here: an extra, needed by who sets LEDGER
        except ImportError:
            raise PostgresError(EXTRA, lasting=True) from None
        self._error: type[Exception] = psycopg.Error
        self._operational: type[Exception] = psycopg.OperationalError
        self._closed = (psycopg.pq.TransactionStatus.IDLE, psycopg.pq.TransactionStatus.UNKNOWN)
        try:
            told = {**_ASKED, **psycopg.conninfo.conninfo_to_dict(address.url)}
            told |= {"application_name": "wenqing", "client_encoding": "utf8"}
            self._db = psycopg.connect(psycopg.conninfo.make_conninfo("", **told), autocommit=True)
        except psycopg.Error as error:
            raise self._told(error) from None

    @property
    def in_transaction(self) -> bool:
        """Say whether a transaction is open; none is where the connection has ended."""
        return self._db.info.transaction_status not in self._closed

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> _Rows:
        """Run a statement of the common form."""
        try:
            return _Rows(self._db.execute(for_postgres(sql), values or None))
        except self._error as error:
            raise self._told(error) from error

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of some rows, in one go."""
        if not (rows := list(rows)):
            return
        try:
            with self._db.cursor() as cursor:
                cursor.executemany(for_postgres(sql), rows)
        except self._error as error:
            raise self._told(error) from error

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""
        self._db.close()

    def _told(self, error: Exception) -> PostgresError:
        message = " ".join(str(error).split())
        return PostgresError(message, lasting=not isinstance(error, self._operational))


class _Rows:
    """What a statement found, as a cursor of sqlite3 gives it."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        return list(self._cursor.fetchall())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)


def connect(address: PostgresAddress, tables: str, version: int, *, create: bool) -> Connection | None:
    """Open the ledger of a database; one without tables gets them, or with `create` False gives None.

    Raises PostgresError, also for tables of another program or of a later version.
    """
    db = Connection(address)
    try:
        known = _version(db)
        if known is None and not create:
            db.close()
            return None
        if known is not None and known > version:
            raise PostgresError(f"written by a later version (schema {known}, known here: {version})", lasting=True)
        if known != version:
            _make(db, tables, version)
    except PostgresError:
        db.close()
        raise
    return db


def _version(db: Connection) -> int | None:
    """Return the version of the ledger's tables, None where there is none."""
    (mine, others), *_ = db.execute("SELECT to_regclass('meta'), to_regclass('documents')")
    found = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() if mine else None
    if not found and (mine or others):
        raise PostgresError("the database has tables of another program; give the ledger one of its own", lasting=True)
    return int(found[0]) if found else None


def _make(db: Connection, tables: str, version: int) -> None:
    """Make the tables, one process at a time."""
    db.execute("BEGIN IMMEDIATE")
    if _version(db) != version:
        for statement in tables_for_postgres(tables + _TABLES).split(";\n"):
            if statement.strip(" \n;"):
                db.execute(statement)
        db.execute(_VERSION_AT)
        now = "INSERT INTO meta VALUES ('schema', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        db.execute(now, (str(version),))
    db.execute("COMMIT")
