"""Labels copies in a ledger: decides on new documents, and writes what changed to the table `copies`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from pipelines.ledger.connection import Place, connect, ledger_error, transaction
from pipelines.ledger.database import reading
from pipelines.ledger.documents import Ledger
from pipelines.ledger.exports import LeftOutStats
from pipelines.ledger.lock import hold_lock
from pipelines.ledger.schema import Connection, touch_shards
from pipelines.ledger.shards import write_shards
from pipelines.ledger.texts import decompressed
from pipelines.near.containment import SHARE
from pipelines.near.index import BATCH_DOCUMENTS, FingerprintIndex, NewDocument, batches, discard
from pipelines.near.representatives import leave_out, tally
from pipelines.near.selection import stand_in

DedupMode = Literal["mark", "drop", "silent"]
"""The setting DEDUP: copies are marked, left out of the shards when another document holds them nearly whole, or known
to the ledger only."""
DEDUP_MODES: tuple[DedupMode, ...] = get_args(DedupMode)

INDEX_NAME = "near.sqlite"
_LOCK = "near.lock"

# A superseded document is in no shard, so none is a copy of it: its cluster's first document in the shards stands in.
# A document may have left the ledger since it was judged.
_WANTED = """
CREATE TEMP TABLE wanted AS
WITH known AS (
    SELECT number, cluster, owner, containment, superseded FROM verdicts JOIN documents ON seq = number
    WHERE cluster IN (SELECT cluster FROM verdicts WHERE owner IS NOT NULL)
), names AS (
    SELECT cluster, min(number) AS name FROM known GROUP BY cluster
), members AS (
    SELECT number, cluster, owner, containment FROM known WHERE superseded <> 1
), clusters AS (
    SELECT cluster, name, min(number) AS first FROM members JOIN names USING (cluster)
    GROUP BY cluster, name HAVING count(*) > 1
), settled AS (
    SELECT number, name AS cluster, containment,
           CASE WHEN owner IN (SELECT number FROM members) THEN owner WHEN number <> first THEN first END AS owner
    FROM members JOIN clusters USING (cluster)
)
SELECT number AS document, cluster, owner,
       CASE WHEN owner IS NOT NULL THEN CAST(round(CAST(containment AS NUMERIC), 3) AS REAL) END AS containment,
       CAST('marked' AS TEXT) AS view
FROM settled
"""
_CHANGED = """
CREATE TEMP TABLE changed AS SELECT document FROM (
    SELECT * FROM (SELECT * FROM wanted EXCEPT SELECT * FROM copies) AS gained
    UNION ALL
    SELECT * FROM (SELECT * FROM copies EXCEPT SELECT * FROM wanted) AS lost
) AS differing GROUP BY document
"""
_WRITE = (
    "DELETE FROM copies WHERE document IN (SELECT document FROM changed)",
    "INSERT INTO copies SELECT * FROM wanted WHERE document IN (SELECT document FROM changed)",
)


@dataclass(frozen=True, slots=True)
class DedupResult:
    """What a run came to: documents judged now; in the whole ledger the clusters, and their documents but one each.

    `mended` has a message for each shard that was not as it was written.
    `left_out` is what the shards lack with the mode "drop", None with the others.
    """

    judged: int
    copies: int
    clusters: int
    left_out: LeftOutStats | None = None
    mended: Sequence[str] = field(default=(), compare=False)


def label_ledger(
    data_dir: Path,
    mode: DedupMode = "mark",
    *,
    ledger: Place | None = None,
    share: float = SHARE,
    mask: bool = True,
    rebuild: bool = False,
    wait: float = 0,
    group: int = BATCH_DOCUMENTS,
    told: Callable[[int], object] = lambda _: None,
) -> DedupResult:
    """Judge the new documents of `ledger` in its order, settle all marks, write the shards in `data_dir`.

    The ledger is the file in `data_dir` where none is given.

    The index in `data_dir` remembers the verdicts; `rebuild` makes it anew, and so does a ledger that has lost
    documents it knows. So many documents as `group` says are committed together; a run that was killed is taken up
    behind them, with the same verdicts. `mode` is what becomes of copies, old ones too, `share` what another document
    must hold of one that is left out, `mask` that of `write_shards`; `told` is called with the number of documents
    judged since. Raises `Locked` when another run does this, or writes shards, and still does after `wait` seconds;
    `LedgerError` when ledger, index or shards fail.
    """
    ledger, index = ledger or data_dir / "ledger.sqlite", data_dir / INDEX_NAME
    with closing(connect(ledger, create=False)) as db, reading(ledger):
        try:
            with hold_lock(data_dir / _LOCK, wait=wait):
                judged = _judge(db, index, group, told, rebuild=rebuild)
                gone = _settle(db, index, mode, share)
        except OSError as error:
            raise ledger_error(data_dir, error) from error
        members, number = db.execute("SELECT count(*), count(DISTINCT cluster) FROM copies").fetchone()
    with closing(Ledger(ledger, create=False)) as opened:
        mended = write_shards(opened, data_dir / "documents", mask=mask, wait=wait)
    return DedupResult(judged, members - number, number, gone, mended)


def forget(data_dir: Path, *, wait: float = 0) -> None:
    """Remove the index, which holds prints of texts that are in the ledger no longer; the next run makes it anew.

    Raises `Locked` when another run has it, `LedgerError` when it cannot be removed.
    """
    with hold_lock(data_dir / _LOCK, wait=wait):
        discard(data_dir / INDEX_NAME)


def unjudged(data_dir: Path, *, ledger: Place | None = None, rebuild: bool = False) -> int:
    """Return how many documents `label_ledger` is going to judge; raises `LedgerError`."""
    ledger, index = ledger or data_dir / "ledger.sqlite", data_dir / INDEX_NAME
    with closing(connect(ledger, create=False)) as db, reading(ledger):
        last = None
        if not rebuild and index.exists() and _knows(db, index):
            with closing(FingerprintIndex(index)) as opened:
                last = opened.last()
        (number,) = db.execute("SELECT count(*) FROM documents WHERE seq > ?", (last[0] if last else -1,)).fetchone()
        return int(number)


def _judge(db: Connection, path: Path, group: int, told: Callable[[int], object], *, rebuild: bool) -> int:
    """Add the documents that the index at `path` does not have; return how many."""
    if rebuild or not _knows(db, path):
        discard(path)
    added = 0
    with closing(FingerprintIndex(path)) as index:
        last, _ = index.last() or (-1, "")
        for some in batches(_texts(db, last), group):
            index.add(some)
            added += len(some)
            told(len(some))
    return added


def _texts(db: Connection, last: int) -> Iterator[NewDocument]:
    """Yield the documents behind number `last`; between bites others may write the ledger."""
    while rows := db.execute(_NEW, (last, _BITE)).fetchall():
        last = rows[-1][0]
        yield from (NewDocument(seq, key, decompressed(text)) for seq, key, text in rows)


_BITE = 100
_NEW = "SELECT seq, substr(sha256, 1, 16), text FROM documents WHERE seq > ? ORDER BY seq LIMIT ?"


def _knows(db: Connection, path: Path) -> bool:
    """Say whether the index is one of this ledger: its last document is there."""
    with closing(FingerprintIndex(path)) as index:
        last = index.last()
    if last is None:
        return True
    found = db.execute("SELECT seq, substr(sha256, 1, 16) FROM documents WHERE seq = ?", last[:1]).fetchone()
    return bool(found == last)


def _settle(db: Connection, index: Path, mode: DedupMode, share: float) -> LeftOutStats | None:
    """Make the table `copies` what the verdicts say, and touch the shards of what changed.

    Others may write while it is decided; what is superseded meanwhile is in no shard, and settled by the next run.
    """
    _verdicts(db, index)
    db.execute(_WANTED)
    if mode == "silent":
        db.execute("UPDATE wanted SET view = 'silent'")
    gone = _leave_out(db, share) if mode == "drop" else None
    with transaction(db):
        db.execute(_CHANGED)
        for statement in _WRITE:
            db.execute(statement)
        touch_shards(db, "seq IN (SELECT document FROM changed)")
    return gone


def _verdicts(db: Connection, index: Path) -> None:
    """Have the index's verdicts as a table of the ledger's connection, while it is open."""
    if isinstance(db, sqlite3.Connection):
        db.execute("ATTACH ? AS near", (f"{index.absolute().as_uri()}?mode=ro",))
        return
    db.execute("CREATE TEMP TABLE verdicts (number BIGINT, cluster BIGINT, owner BIGINT, containment REAL)")
    with closing(sqlite3.connect(index)) as opened:
        found = opened.execute("SELECT number, cluster, owner, containment FROM verdicts")
        while rows := found.fetchmany(BATCH_DOCUMENTS):
            db.executemany("INSERT INTO verdicts VALUES (?, ?, ?, ?)", rows)


def _leave_out(db: Connection, share: float) -> LeftOutStats:
    """Hide what others hold nearly whole; who was a copy of such a one is a copy of the one that holds it."""
    gone = leave_out(db, "wanted", share)
    holders = {left.number: left.holder for left in gone}
    db.executemany("UPDATE wanted SET view = 'hidden' WHERE document = ?", [(number,) for number in holders])
    pairs = db.execute("SELECT document, owner FROM wanted WHERE view <> 'hidden' AND owner IS NOT NULL").fetchall()
    owners = [(stand_in(number, owner, holders), number) for number, owner in pairs if owner in holders]
    db.executemany(
        "UPDATE wanted SET owner = ?, containment = CASE WHEN ? THEN containment END WHERE document = ?",
        [(owner, owner is not None, number) for owner, number in owners],
    )
    return tally(gone)
