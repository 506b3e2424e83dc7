"""Chooses which documents of a ledger stay: those that no other one holds nearly whole, and why each was taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from pipelines.ledger.connection import Place, connect
from pipelines.ledger.database import reading
from pipelines.ledger.exports import LeftOutStats
from pipelines.ledger.schema import Connection
from pipelines.ledger.texts import decompressed
from pipelines.near.breaks import with_breaks
from pipelines.near.selection import ORDER, LeftOut, Version, left_out, stand_in

Record = Mapping[str, Any]
Accepts = Callable[[int, Record], bool]


def representative(records: Sequence[Record], *, lend_breaks: bool = False) -> dict[str, Any]:
    """Return the first of `records`, which stays, with the `urls` of all, the others being left out for it.

    `choice` says what decided and between which keys, and is null where there is one record only. With `lend_breaks` a
    text run together has the paragraphs of one of the others, and `choice` says of which.

    >>> preview, whole = {"id": "a", "text": "甲", "urls": ["u"]}, {"id": "b", "text": "甲乙", "urls": ["v"]}
    >>> representative([whole, preview])["urls"], representative([whole, preview])["choice"]
    (['v', 'u'], 'longest of b, a')
    """
    staying, *others = records
    if not others:
        return {**staying, "choice": None}
    choice = f"{_reason(staying, others)} of {', '.join(str(each.get('id')) for each in records)}"
    if lend_breaks:
        staying, lender = with_breaks(staying, others)
        choice += f"; line breaks of {lender}" if lender else ""
    urls = [url for record in records if isinstance(record.get("urls"), list) for url in record["urls"]]
    return {**staying, **({"urls": list(dict.fromkeys(urls))} if urls else {}), "choice": choice}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stays of some documents, and what does not.

    `groups` are sequence numbers: of a document that stays, then of those left out for it; in the order of their first
    ones. `owners` are the keys that `duplicate_of` names instead of those of documents left out, None for nobody.
    """

    groups: list[list[int]]
    left_out: list[LeftOut]
    owners: dict[int, str | None]

    def tally(self) -> LeftOutStats:
        """Return what is left out."""
        return tally(self.left_out)


def choose(ledger: Place, among: Collection[int], share: float, accepts: Accepts = lambda *_: True) -> Chosen:
    """Choose which of the documents `among`, given by sequence number, stay; `accepts` says which are asked for at all.

    Raises `LedgerError` when the ledger cannot be read.
    """
    groups = {number: [number] for number in sorted(among)}
    with closing(connect(ledger, create=False)) as db, reading(ledger):
        gone = leave_out(db, "copies", share, lambda number, record: number in groups and accepts(number, record))
        holders = {left.number: left.holder for left in gone}
        pairs = db.execute("SELECT document, owner FROM copies WHERE owner IS NOT NULL")
        owners = {
            number: _key(db, stand_in(number, owner, holders))
            for number, owner in pairs
            if owner in holders and number in groups and number not in holders
        }
    for left in gone:
        groups[left.holder].append(left.number)
        del groups[left.number]
    return Chosen(sorted(groups.values(), key=min), gone, owners)


def leave_out(db: Connection, table: str, share: float, accepts: Accepts = lambda *_: True) -> list[LeftOut]:
    """Return what may be left out of the clusters of `table`, which has the columns of `copies`."""
    found = _clusters(db, table, accepts)
    return [left for cluster in found for left in left_out(cluster, lambda number: _row(db, number)[1], share)]


def tally(gone: Iterable[LeftOut]) -> LeftOutStats:
    """Return what is left out, counted."""
    counted = LeftOutStats()
    for left in gone:
        counted.add(left.chars, left.lost)
    return counted


def _clusters(db: Connection, table: str, accepts: Accepts) -> Iterator[list[Version]]:
    """Yield the clusters of `table` of those documents that `accepts` accepts."""
    rows = db.execute(
        f"SELECT cluster, document FROM {table} JOIN documents ON seq = document "  # noqa: S608
        "WHERE superseded <> 1 ORDER BY cluster, document"
    )
    for _, members in groupby(rows, key=lambda row: row[0]):
        found = []
        for _, number in members:
            record, text = _row(db, number)
            whole = {**orjson.loads(record), "text": text}
            if accepts(number, whole):
                found.append(Version.of(number, whole))
        if len(found) > 1:
            yield found


def _row(db: Connection, number: int) -> tuple[bytes, str]:
    record, text = db.execute("SELECT record, text FROM documents WHERE seq = ?", (number,)).fetchone()
    return record, decompressed(text)


def _key(db: Connection, number: int | None) -> str | None:
    found = db.execute("SELECT substr(sha256, 1, 16) FROM documents WHERE seq = ?", (number,)).fetchone()
    return found[0] if found else None


def _reason(staying: Record, others: Sequence[Record]) -> str:
    """Return what it has before the next best one."""
    next_best = min([better(each) for better in ORDER.values()] for each in others)
    own = [better(staying) for better in ORDER.values()]
    return next((word for word, mine, theirs in zip(ORDER, own, next_best, strict=True) if mine < theirs), "first")
