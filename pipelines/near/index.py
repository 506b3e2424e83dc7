"""The index of fingerprints on disk: which document had each first, and every decision so far.

It is derived data: lost, or made in another way, it is made again from the documents, with the same verdicts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from pipelines.ledger.connection import SQLITE_ERRORS, LedgerError, ledger_error, transaction
from pipelines.near.decide import NO_DOC, Decision, DocumentStates, Fingerprints, Numbers, decide
from pipelines.near.fingerprints import fingerprint

BATCH_DOCUMENTS, BATCH_CHARACTERS = 2000, 2_000_000
"""Documents, and characters, that are best added together: their prints are looked up and written in the order of the
file. More would be faster, and take more memory."""
METHOD = 1
"""Kept in `PRAGMA user_version`; to be raised when prints or verdicts change, which makes older indexes useless."""

_APPLICATION = int.from_bytes(b"wenn")  # PRAGMA application_id
_CACHE_KIB = 16 * 1024  # a group touches nearly every page of a large index, so a larger cache gains nothing
_AT_ONCE = 1 << 15  # rows that are Python objects at a time
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE prints (
    hash INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL,      -- number of the first document that had it
    others INTEGER NOT NULL      -- documents of other clusters that had it
);
CREATE TABLE verdicts (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    size INTEGER NOT NULL,       -- prints that counted
    cluster INTEGER NOT NULL,    -- number of its first document
    owner INTEGER,               -- number of the document that holds the text, NULL: none
    containment REAL NOT NULL    -- share of the prints that the cluster held
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {METHOD};
COMMIT;
"""


class NewDocument(NamedTuple):
    """A document to add: its number, which is higher than those before, its key and its text."""

    number: int
    key: str
    text: str


class FingerprintIndex:
    """The index file at `path`, opened; a missing one is made, one made in another way is made anew.

    Every method raises `LedgerError` when the file is another program's, or cannot be read or written. One process at
    a time may write it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._guarded():
            self._db = self._opened()
            if self._db.execute("PRAGMA user_version").fetchone()[0] not in (0, METHOD):
                self._db.close()
                discard(path)
                self._db = self._opened()
            if not self._db.execute("SELECT 1 FROM sqlite_schema").fetchone():
                self._db.executescript(_TABLES)

    def last(self) -> tuple[int, str] | None:
        """Return number and key of the last document that was added, None when there is none."""
        with self._guarded():
            found = self._db.execute("SELECT number, key FROM verdicts ORDER BY number DESC LIMIT 1").fetchone()
        return (found[0], found[1]) if found else None

    def add(self, documents: Sequence[NewDocument]) -> None:
        """Add documents, and commit their prints and verdicts together; how they are grouped changes no verdict."""
        if not documents:
            return
        # Idea: decide.py works on arrays, so all that these documents can touch is loaded once, and written back once.
        # Two index spaces take the place of large keys. A print's row is its place among the sorted, distinct `hashes`;
        # `of_each` has the rows of each document. A document's row is its place among `everyone`: the new documents,
        # those that had one of their prints first, and the first documents of those ones' clusters.
        # Invariant: inside the loop, owners and clusters are rows, in the file they are document numbers. `everyone` is
        # sorted, so rows stand in ledger order and ties between documents are decided as they are by numbers.
        # Since a new document is decided on after the ones before it have been noted in `now` and `judged`, the batch
        # gives what adding the documents one by one would give: batches change the speed, never a decision.
        prints = [fingerprint(document.text) for document in documents]
        hashes, places = np.unique(np.concatenate(prints), return_inverse=True)
        of_each = np.split(places, np.cumsum([each.size for each in prints])[:-1])
        numbers = np.array([document.number for document in documents], np.int64)
        with self._guarded(), transaction(self._db):
            before = self._known(hashes)
            everyone, judged = self._judged(before.first_docs, numbers)
            now = Fingerprints(_places(everyone, before.first_docs), before.outside_counts.copy())
            verdicts = [
                decide(number, own, 0, now, judged)
                for number, own in zip(_places(everyone, numbers).tolist(), of_each, strict=True)
            ]
            now.first_docs = np.where(now.first_docs == NO_DOC, NO_DOC, everyone[now.first_docs])
            self._write_prints(hashes, before, now)
            self._write_verdicts(documents, verdicts, everyone.tolist())

    def verdicts(self) -> dict[int, Decision]:
        """Return every verdict by the number of its document."""
        with self._guarded():
            rows = self._db.execute("SELECT number, size, cluster, coalesce(owner, -1), containment FROM verdicts")
            return {number: Decision(*rest) for number, *rest in rows}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _opened(self) -> sqlite3.Connection:
        """Open the file; raises LedgerError where it is another program's."""
        db = sqlite3.connect(self.path, isolation_level=None)
        (application,) = db.execute("PRAGMA application_id").fetchone()
        if application != _APPLICATION and db.execute("SELECT 1 FROM sqlite_schema").fetchone():
            db.close()
            raise LedgerError(f"{self.path}: not an index of this program; move it away")
        db.executescript(
            # As for the ledger: WAL is not safe in the SQLite of older Pythons.
            f"PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA cache_size = -{_CACHE_KIB};"
        )
        return db

    def _known(self, hashes: Numbers) -> Fingerprints:
        """Return what is known of `hashes`, which are sorted."""
        found = self._rows("SELECT hash, owner, others FROM json_each(?) CROSS JOIN prints ON hash = value", hashes)
        prints = Fingerprints.unseen(hashes.size)
        at = np.searchsorted(hashes, found[:, 0])
        prints.first_docs[at], prints.outside_counts[at] = found[:, 1], found[:, 2]
        return prints

    def _judged(self, owners: Numbers, new: Numbers) -> tuple[Numbers, DocumentStates]:
        """Return the numbers of all documents that verdicts on `new` may speak of, and what is known of them.

        While they are given, a document's place among these stands for its number.
        """
        found = self._rows(
            "SELECT number, size, cluster FROM json_each(?) CROSS JOIN verdicts ON number = value",
            np.unique(owners[owners != NO_DOC]),
        )
        everyone = np.unique(np.concatenate([found[:, 0], found[:, 2], new]))
        documents = DocumentStates(np.zeros(everyone.size, np.int64), np.zeros(everyone.size, np.int64))
        at = _places(everyone, found[:, 0])
        documents.sizes[at], documents.clusters[at] = found[:, 1], _places(everyone, found[:, 2])
        return everyone, documents

    def _rows(self, query: str, values: Numbers) -> Numbers:
        found = [np.zeros((0, 3), np.int64)]
        for (some,) in _slices(values):
            listed = orjson.dumps(some, option=orjson.OPT_SERIALIZE_NUMPY).decode()
            found.append(np.array(self._db.execute(query, (listed,)).fetchall(), np.int64).reshape(-1, 3))
        return np.concatenate(found)

    def _write_prints(self, hashes: Numbers, before: Fingerprints, now: Fingerprints) -> None:
        new = (before.first_docs == NO_DOC) & (now.first_docs != NO_DOC)
        changed = ~new & (before.outside_counts != now.outside_counts)
        self._write("INSERT INTO prints VALUES (?, ?, ?)", hashes[new], now.first_docs[new], now.outside_counts[new])
        self._write("UPDATE prints SET others = ? WHERE hash = ?", now.outside_counts[changed], hashes[changed])

    def _write(self, statement: str, *columns: NDArray[Any]) -> None:
        for some in _slices(*columns):
            self._db.executemany(statement, zip(*(column.tolist() for column in some), strict=True))

    def _write_verdicts(
        self, documents: Sequence[NewDocument], verdicts: Sequence[Decision], everyone: list[int]
    ) -> None:
        """Write the decisions; places among `everyone` become document numbers again."""
        self._db.executemany(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    document.number,
                    document.key,
                    verdict.size,
                    everyone[verdict.cluster],
                    None if verdict.first_doc == NO_DOC else everyone[verdict.first_doc],
                    verdict.containment,
                )
                for document, verdict in zip(documents, verdicts, strict=True)
            ],
        )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise ledger_error(self.path, error) from error
        except SQLITE_ERRORS as error:
            raise LedgerError(f"{self.path}: {error}; it is made again by dedup --rebuild") from error


def batches(documents: Iterable[NewDocument], most: int = BATCH_DOCUMENTS) -> Iterator[list[NewDocument]]:
    """Cut documents into groups that are best added together, of at most so many."""
    group: list[NewDocument] = []
    characters = 0
    for document in documents:
        group.append(document)
        characters += len(document.text)
        if len(group) == most or characters >= BATCH_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def discard(path: Path) -> None:
    """Remove the index at `path`, which can be made again. Raises `LedgerError` when that fails."""
    try:
        for each in (path, path.with_name(f"{path.name}-journal")):
            each.unlink(missing_ok=True)
    except OSError as error:
        raise ledger_error(path, error) from error


def _slices(*columns: NDArray[Any]) -> Iterator[list[NDArray[Any]]]:
    """Yield so many rows of all columns at a time."""
    for start in range(0, columns[0].size, _AT_ONCE):
        yield [column[start : start + _AT_ONCE] for column in columns]


def _places(everyone: Numbers, numbers: Numbers) -> Numbers:
    """Return where `numbers` stand in `everyone`; NO_DOC stays NO_DOC."""
    return np.where(numbers == NO_DOC, NO_DOC, np.searchsorted(everyone, numbers))
