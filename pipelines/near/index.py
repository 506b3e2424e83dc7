"""The index of documents on disk: which document had which print first, and every verdict so far.

It is derived data: lost, damaged or made in another way, it is made again from the documents, with the same verdicts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from pipelines.near.decide import NOBODY, Documents, Numbers, Prints, Verdict, decide
from pipelines.near.fingerprints import fingerprint
from pipelines.schema import LedgerError, trouble

GROUP = 2000
"""Documents that are best added together: their prints are looked up and written in the order of the file."""
METHOD = 1
"""Kept in `PRAGMA user_version`: an index made in another way (other prints, other verdicts) is of no use."""

_APPLICATION = int.from_bytes(b"wenn")
_CACHE_KIB = 128 * 1024
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE prints (
    hash INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL,     -- the first document that had it
    others INTEGER NOT NULL     -- documents of other clusters that had it
);
CREATE TABLE verdicts (
    number INTEGER PRIMARY KEY, -- of the document
    size INTEGER NOT NULL,      -- prints that counted
    cluster INTEGER NOT NULL,   -- number of its first document
    owner INTEGER,              -- document that holds the text, NULL: none
    containment REAL NOT NULL   -- share of the prints that the cluster held
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {METHOD};
COMMIT;
"""


class Index:
    """The index file at `path`, opened; made when it is missing, and when `usable` says no.

    Every method raises `LedgerError` when the file cannot be read or written. One process at a time may write it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not usable(path):
            discard(path)
        with self._guarded():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.executescript(
                f"PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA cache_size = -{_CACHE_KIB};"
            )
            if self._db.execute("PRAGMA user_version").fetchone()[0] != METHOD:
                self._db.executescript(_TABLES)

    def last(self) -> int:
        """Return the number of the last document that was added, NOBODY when there is none."""
        with self._guarded():
            (last,) = self._db.execute("SELECT max(number) FROM verdicts").fetchone()
        return NOBODY if last is None else int(last)

    def add(self, documents: Sequence[tuple[int, str]]) -> None:
        """Add documents, each a number and a text, and commit their prints and verdicts together.

        Numbers rise, from call to call too. How documents are grouped into calls changes no verdict.
        """
        if not documents:
            return
        numbers = np.array([number for number, _ in documents], np.int64)
        prints = [fingerprint(text) for _, text in documents]
        hashes, places = np.unique(np.concatenate(prints), return_inverse=True)
        with self._transaction():
            known = self._prints(hashes)
            everyone, judged = self._documents(known.owners, numbers)
            before = Prints(known.owners.copy(), known.foreign.copy())
            known.owners = _among(everyone, known.owners)
            ends = np.cumsum([each.size for each in prints])
            verdicts = [
                decide(number, own, 0, known, judged)
                for number, own in zip(_among(everyone, numbers).tolist(), np.split(places, ends[:-1]), strict=True)
            ]
            known.owners = np.where(known.owners == NOBODY, NOBODY, everyone[known.owners])
            self._write(hashes, before, known)
            self._note(numbers, verdicts, everyone)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _prints(self, hashes: Numbers) -> Prints:
        """Return what is known of `hashes`."""
        rows = self._db.execute(
            "SELECT hash, owner, others FROM json_each(?) CROSS JOIN prints ON hash = value", (_json(hashes),)
        ).fetchall()
        found = np.array(rows, np.int64).reshape(-1, 3)
        prints = Prints.unseen(hashes.size)
        at = np.searchsorted(hashes, found[:, 0])
        prints.owners[at], prints.foreign[at] = found[:, 1], found[:, 2]
        return prints

    def _documents(self, owners: Numbers, new: Numbers) -> tuple[Numbers, Documents]:
        """Return the numbers of all documents that verdicts on `new` may speak of, and what is known of them.

        In place of its number a document then has its place among them.
        """
        rows = self._db.execute(
            "SELECT number, size, cluster FROM json_each(?) CROSS JOIN verdicts ON number = value",
            (_json(np.unique(owners[owners != NOBODY])),),
        ).fetchall()
        found = np.array(rows, np.int64).reshape(-1, 3)
        everyone = np.unique(np.concatenate([found[:, 0], found[:, 2], new]))
        documents = Documents(np.zeros(everyone.size, np.int64), np.zeros(everyone.size, np.int64))
        at = np.searchsorted(everyone, found[:, 0])
        documents.sizes[at], documents.clusters[at] = found[:, 1], np.searchsorted(everyone, found[:, 2])
        return everyone, documents

    def _write(self, hashes: Numbers, before: Prints, now: Prints) -> None:
        new = (before.owners == NOBODY) & (now.owners != NOBODY)
        changed = ~new & (before.foreign != now.foreign)
        columns = (hashes, now.owners, now.foreign)
        self._db.executemany("INSERT INTO prints VALUES (?, ?, ?)", zip(*(c[new].tolist() for c in columns)))
        self._db.executemany(
            "UPDATE prints SET others = ? WHERE hash = ?",
            zip(now.foreign[changed].tolist(), hashes[changed].tolist(), strict=True),
        )

    def _note(self, numbers: Numbers, verdicts: Sequence[Verdict], everyone: Numbers) -> None:
        self._db.executemany(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?)",
            (
                (
                    int(number),
                    verdict.size,
                    int(everyone[verdict.cluster]),
                    None if verdict.owner == NOBODY else int(everyone[verdict.owner]),
                    verdict.containment,
                )
                for number, verdict in zip(numbers, verdicts, strict=True)
            ),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise trouble(self.path, error) from error


def usable(path: Path) -> bool:
    """Say whether the file at `path` is an index, whole and made in today's way."""
    return True


def discard(path: Path) -> None:
    """Remove the index at `path`; what it held is made again when it is needed."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)


def _among(everyone: Numbers, numbers: Numbers) -> Numbers:
    """Return the places of `numbers` among `everyone`; NOBODY stays NOBODY."""
    return np.where(numbers == NOBODY, NOBODY, np.searchsorted(everyone, numbers))


def _json(numbers: NDArray[np.int64]) -> str:
    return orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY).decode()
