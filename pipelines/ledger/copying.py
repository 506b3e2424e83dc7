"""Copies a ledger from SQLite to PostgreSQL or back: every row, counted, and read again to be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from pipelines.ledger import postgres
from pipelines.ledger.connection import LedgerError, Place
from pipelines.ledger.database import Database
from pipelines.ledger.fetch_results import COLUMNS as OF_A_FETCH
from pipelines.ledger.schema import Connection

COLUMNS = {
    "documents": "seq, sha256, source, place, superseded, CAST(record AS BLOB), CAST(text AS BLOB), checksum",
    "urls": f"seq, url, site, {OF_A_FETCH}, depth, round, strikes",
    "rounds": "seq, site, task, began",
    "takedowns": "seq, named, url, sha256, added, why",
    "supersessions": "newer, older",
    "copies": "document, cluster, owner, containment, view",
}
"""The tables that are copied, with their columns; what shards were written and how is said of a folder, not copied."""
_ORDER = {"supersessions": ("newer", "older"), "copies": ("document",)}
_BITE = 500

# ruff: noqa: S608 (no name in these statements is a user's)
Told = Callable[[int], object]


def copy(source: Place, target: Place, told: Told = lambda _: None) -> dict[str, int]:
    """Copy the ledger at `source`, as it is at one moment, to `target`, which has none or an empty one.

    Return the rows by table; `told` is called with the number of rows copied since. All is copied or nothing: raises
    LedgerError, also when what was written is not what was read.
    """
    if source == target:
        raise LedgerError(f"{target}: is what it would be copied from; name another place")
    with closing(Database(source, create=False)) as old, closing(Database(target)) as new:
        for table in COLUMNS:
            if new.rows(f"SELECT 1 FROM {table} LIMIT 1"):
                raise LedgerError(f"{target}: holds a ledger; name another place, nothing of it is overwritten")
        with old.snapshot() as reads, new.transaction() as writes:
            return {table: _copied(table, reads, writes, target, told) for table in COLUMNS}


def _copied(table: str, old: Connection, new: Connection, target: Place, told: Told) -> int:
    """Copy one table; return the number of its rows."""
    columns = COLUMNS[table]
    names = columns.replace("CAST(", "").replace(" AS BLOB)", "")
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * (columns.count(',') + 1))})"
    digest, number = hashlib.sha256(), 0
    for rows in _rows(table, old):
        new.executemany(insert, rows)
        digest.update(repr(rows).encode())
        number += len(rows)
        told(len(rows))
    again = hashlib.sha256()
    for rows in _rows(table, new):
        again.update(repr(rows).encode())
    if again.digest() != digest.digest():
        raise LedgerError(f"{target}: the table {table} is not as it was read; nothing was copied, try again")
    if number and "seq" in columns and isinstance(new, postgres.Connection):  # SQLite counts on by itself
        new.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), (SELECT max(seq) FROM {table}))")
    return number


def _rows(table: str, db: Connection) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a table in bites, always the same ones."""
    columns = COLUMNS[table]
    keys = _ORDER.get(table, ("seq",))
    last: tuple[Any, ...] = (-1,) * len(keys)
    places = [columns.split(", ").index(key) for key in keys]
    marks = ", ".join("?" * len(keys))
    order = ", ".join(keys)
    query = f"SELECT {columns} FROM {table} WHERE ({order}) > ({marks}) ORDER BY {order} LIMIT {_BITE}"
    while rows := [tuple(row) for row in db.execute(query, last).fetchall()]:
        yield rows
        last = tuple(rows[-1][place] for place in places)
