"""Looks a ledger over for damage, copies it while others write, and takes what can be read out of a damaged one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.ledger import connection
from pipelines.ledger.atomic import atomic_write
from pipelines.ledger.connection import SQLITE_ERRORS, LedgerError, Place, ledger_error
from pipelines.ledger.database import Database
from pipelines.ledger.documents import Ledger, checked
from pipelines.ledger.texts import NO_TEXT, TEXT_ERRORS

MAX_FINDINGS = 100
"""Findings of SQLite that are told; more say nothing new."""
MAX_GAP = 10_000
"""Row numbers in a row without a row, behind which none is looked for where the highest number cannot be read."""
_ROWS = ("documents", "urls", "rounds", "takedowns")
"""Tables that are read row by row; of the others all that can be read at once is taken."""
_TABLES = ("supersessions", "copies", "meta")
_WITHOUT_LATER = (
    "SELECT seq FROM documents WHERE superseded = 1 AND text <> ? AND seq NOT IN (SELECT older FROM supersessions)"
)
"""Documents that a later text took the place of, and no row says which: the table of these has another's pages."""
_UNREADABLE = (sqlite3.Error, *TEXT_ERRORS, ValueError, TypeError)


def findings(database: Database) -> list[str]:
    """Return what SQLite finds when it compares tables with their indexes, and what tables say of one another.

    What is exported stands in both.

    PostgreSQL looks after its own pages: see pg_amcheck.
    """
    if not isinstance(database.path, Path):
        return []
    rows = database.rows(f"PRAGMA integrity_check({MAX_FINDINGS})")
    found = [" ".join(str(said).split()) for (said,) in rows if said != "ok"]
    lost = [seq for (seq,) in database.rows(_WITHOUT_LATER, NO_TEXT)]
    found += [f"document {seq} was superseded, and what supersedes it is lost" for seq in lost[:MAX_FINDINGS]]
    return [f"{database.path}: {said}" for said in found]


@dataclass(slots=True)
class Checked:
    """What was looked over: documents, addresses, and the damage that was found, a line for each."""

    documents: int = 0
    urls: int = 0
    damage: list[str] = field(default_factory=list)


def check(path: Place) -> Checked:
    """Look over every row of the ledger at `path`; raises LedgerError when it cannot be opened at all."""
    with closing(Ledger(path, create=False)) as ledger:
        found = Checked(damage=findings(ledger))
        for _ in ledger.records([seq for (seq,) in ledger.rows("SELECT seq FROM documents ORDER BY seq")]):
            found.documents += 1
        found.damage += ledger.damaged
        found.urls = ledger.value("SELECT count(*) FROM urls")
    return found


def backup(path: Path, copy: Path) -> None:
    """Copy the ledger at `path` as it is now, whole or not at all; a crawl that writes waits for a moment.

    By SQLite's backup API, in one step: one in several begins anew whenever a crawl writes.
    Raises LedgerError, OSError.
    """
    with (
        closing(Database(path, create=False)) as source,
        atomic_write(copy) as file,
        source.reading(),
        closing(sqlite3.connect(file.name)) as target,
    ):
        target.execute("PRAGMA journal_mode = OFF")
        try:
            source.copy_to(target)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:  # it is not the disk of the ledger
                raise ledger_error(copy, error) from error
            raise


def repair(path: Path, new: Path) -> Checked:
    """Write a new ledger of all rows at `path` that are as they were written; the old one is left as it is.

    An address whose document is lost is due at once. Raises LedgerError when nothing can be read, OSError.
    """
    found = Checked()
    with atomic_write(new) as file, _opened(path) as old, _made(Path(file.name)) as db:
        db.execute("BEGIN")
        for table in _ROWS:
            _copy_rows(old, db, table, found)
        for table in _TABLES:
            _copy_table(old, db, table, found)
        for step in _MEND:
            db.execute(step)
        found.documents, found.urls = (
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("documents", "urls")
        )
        if not found.documents and not found.urls:
            raise LedgerError(f"{path}: no row of it can be read; restore a backup")
        db.execute("COMMIT")
    return found


_NOTHING = f"x'{NO_TEXT.hex()}'"
# ruff: noqa: S608 (no name in these statements is a user's)
_MEND = (
    "UPDATE urls SET document = NULL, body_sha256 = NULL, etag = NULL, last_modified = NULL, next_due = 0 "
    "WHERE document NOT IN (SELECT seq FROM documents)",
    "DELETE FROM supersessions WHERE newer NOT IN (SELECT seq FROM documents) "
    "OR older NOT IN (SELECT seq FROM documents)",
    "DELETE FROM copies WHERE document NOT IN (SELECT seq FROM documents) "
    "OR cluster NOT IN (SELECT seq FROM documents) OR owner NOT IN (SELECT seq FROM documents)",
    "UPDATE documents SET superseded = seq IN (SELECT older FROM supersessions) "
    f"AND seq NOT IN (SELECT document FROM urls WHERE document = documents.seq) OR text = {_NOTHING}",
    f"UPDATE documents SET checksum = row_checksum(record, text) WHERE checksum IS NULL AND text <> {_NOTHING}",
    "DELETE FROM meta WHERE name = 'masking'",  # all shards are written again
)


@contextmanager
def _made(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a new ledger, which nobody else opens."""
    try:
        with closing(connection.connect_file(path, create=True)) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute("PRAGMA journal_mode = MEMORY")
            yield db
    finally:
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _opened(path: Path) -> Any:
    if not path.exists():
        raise LedgerError(f"{path}: no ledger here")
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    db.text_factory = connection.as_text
    return closing(db)


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str, found: Checked) -> None:
    """Copy the rows of a table one by one: a page that is damaged costs the rows in it."""
    columns = _common(old, new, table, found)
    if not columns:
        return
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    for seq in _numbers(old, table):
        try:
            row = old.execute(f"SELECT {names} FROM {table} NOT INDEXED WHERE seq = ?", (seq,)).fetchone()
            if row is None:
                continue
            if table == "documents":
                kept = dict(zip(columns, row, strict=True))
                checked(kept["record"], kept["text"], kept.get("checksum"))
            new.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
        except _UNREADABLE:
            found.damage.append(f"{table} {seq}: is not as it was written; it is left out")


def _numbers(old: sqlite3.Connection, table: str) -> Iterator[int]:
    """Yield the numbers of rows that may be there."""
    last = None
    with suppress(*SQLITE_ERRORS):
        last = old.execute(f"SELECT max(seq) FROM {table}").fetchone()[0] or 0
    if isinstance(last, int) and last < 1 << 40:
        yield from range(1, last + 1)
        return
    seq = gap = 0
    while gap < MAX_GAP:
        seq, gap = seq + 1, gap + 1
        yield seq
        with suppress(*SQLITE_ERRORS):
            if old.execute(f"SELECT 1 FROM {table} NOT INDEXED WHERE seq = ?", (seq,)).fetchone():
                gap = 0


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str, found: Checked) -> None:
    columns = _common(old, new, table, found)
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    try:
        for row in old.execute(f"SELECT {names} FROM {table}") if columns else ():
            new.execute(f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING", row)
    except _UNREADABLE:
        found.damage.append(f"{table}: cannot be read to its end; what stands before is taken")


def _common(old: sqlite3.Connection, new: sqlite3.Connection, table: str, found: Checked) -> Sequence[str]:
    """Return the columns of a table that both ledgers have."""
    try:
        both = [{name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")} for db in (old, new)]
    except SQLITE_ERRORS as error:
        raise ledger_error(Path(table), error) from error
    if not both[0]:
        found.damage.append(f"{table}: is not there")
    return sorted(both[0] & both[1])
