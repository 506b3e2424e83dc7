"""Chooses the representative of each cluster: its fullest version, and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines.ledger.schema import connect, ledger_error

Record = Mapping[str, Any]

_ORDER: Mapping[str, Callable[[Record], int]] = {
    "not cut off": lambda record: {False: 0, None: 1, True: 2}[record.get("truncated")],
    "least damaged": lambda record: len(record.get("flags") or ()),
    "longest": lambda record: -len(record.get("text") or ""),
}
"""What makes a version the better one, the weightiest first, in the words of `choice`; the lesser number is better."""


def rank(record: Record) -> tuple[Any, ...]:
    """Return what orders the versions of a document, the best one first."""
    return tuple(better(record) for better in _ORDER.values())


def representative(records: Sequence[Record]) -> dict[str, Any]:
    """Return the fullest of one cluster's records, which are in ledger order, with all their `urls` and a `choice`.

    Whole comes before cut off (unknown stands between), undamaged before flagged, longer before shorter, then earlier
    before later. `choice` says what decided and between which keys, and is null where there is one record only. The
    one that stays is a copy of nothing: its `duplicate_of` and `containment` are null.

    >>> preview, whole = {"id": "a", "text": "甲", "urls": ["u"]}, {"id": "b", "text": "甲乙", "urls": ["v"]}
    >>> representative([preview, whole])["urls"], representative([preview, whole])["choice"]
    (['v', 'u'], 'longest of a, b')
    """
    best, *others = sorted(records, key=rank)
    urls = dict.fromkeys(url for record in (best, *records) for url in record.get("urls") or ())
    choice = f"{_reason(best, others[0])} of {', '.join(str(each.get('id')) for each in records)}" if others else None
    return {**best, "urls": list(urls), "duplicate_of": None, "containment": None, "choice": choice}


def clusters_among(ledger: Path, among: Collection[int]) -> list[list[int]]:
    """Return the sequence numbers `among` which to choose, a list for each cluster.

    Lists stand in the order of their first documents. Raises `LedgerError` when the ledger cannot be read.
    """
    found: dict[int, list[int]] = {}
    with closing(connect(ledger, create=False)) as db:
        try:
            rows = db.execute(_MEMBERS).fetchall()
        except sqlite3.Error as error:
            raise ledger_error(ledger, error) from error
    for seq, cluster in rows:
        if seq in among:
            found.setdefault(cluster, []).append(seq)
    return list(found.values())


_MEMBERS = """
SELECT seq, coalesce(cluster, seq) FROM documents LEFT JOIN copies ON document = seq
WHERE NOT superseded ORDER BY seq
"""


def _reason(best: Record, next_best: Record) -> str:
    return next((word for word, better in _ORDER.items() if better(best) != better(next_best)), "first")
