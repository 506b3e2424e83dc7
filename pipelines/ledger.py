"""The ledger: every URL a crawl has seen and every document it gave, in one SQLite file that is the truth."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import orjson

from cleaners.model import RECORD_FIELDS, Document
from pipelines.schema import connect, trouble

STRIKES = 2
"""Runs that a page may end before it is in quarantine."""
COMMIT_PAGES = 100
COMMIT_SECONDS = 1.0
SHARD_SIZE = 10_000
"""Documents a shard holds, superseded ones included: a document never moves to another shard."""

_LEVEL = 1  # of zlib: half the time of its default for a twenty-fifth more space
NO_TEXT = bytes.fromhex("789c030000000001")
"""The text of a document that was taken down: zlib over nothing."""
TAKEN_DOWN = "SELECT 1 FROM takedowns WHERE url = ? OR sha256 = ?"
"""Asks whether a URL or a text is refused."""
_DERIVED = ("text", "urls", "supersedes")  # record fields kept in columns and tables of their own


class Verdict(Enum):
    """What a page's document is to the ledger."""

    NEW = "new"
    COPY = "copy"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sighting:
    """A page waiting for the next commit; `sha256` is None when it held no document text."""

    url: str
    site: str
    sha256: str | None = None
    source: str = ""
    record: bytes = b""
    text: bytes = b""


class Ledger:
    """The ledger file at `path`, opened; missing, it is made, or with `create` False refused.

    Pages wait in memory and are committed together, `COMMIT_PAGES` at a time or after `COMMIT_SECONDS` by `clock`
    (monotonic); what was not committed is fetched again. No lock is held between commits, so several processes may
    write one ledger. Every method raises `LedgerError` when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, create: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self._db = connect(path, create=create)
        self._clock = clock
        self._waiting: list[_Sighting] = []
        self._waiting_since = 0.0

    def verdict(self, url: str, sha256: str) -> Verdict:
        """Tell what the document `sha256`, found at `url`, is to the ledger; pages waiting for a commit count."""
        before = next((page.sha256 for page in reversed(self._waiting) if page.sha256 and page.url == url), None)
        with self.reading():
            before = before or self._value(
                "SELECT sha256 FROM documents WHERE seq = (SELECT document FROM urls WHERE url = ?)", url
            )
            if before == sha256:
                return Verdict.UNCHANGED
            if any(page.sha256 == sha256 for page in self._waiting):
                return Verdict.COPY
            known = self.rows("SELECT 1 FROM documents WHERE sha256 = ? AND text <> ?", sha256, NO_TEXT)
        return Verdict.COPY if known else Verdict.NEW

    def add(self, document: Document, *, site: str, added: str) -> None:
        """Note that the document's URL gives this document: a new one is stored, a stored one gains the URL.

        A URL that gave another document before leaves that one, and the new one supersedes it. Raises ValueError when
        URL or SHA-256 are missing, ValueError or TypeError when a string cannot be written as UTF-8.
        """
        if document.url is None or document.sha256 is None:
            raise ValueError("a stored document needs a URL and a SHA-256")
        record = document.record(added=added)
        self._wait(
            _Sighting(
                url=document.url,
                site=site,
                sha256=document.sha256,
                source=document.source,
                record=orjson.dumps({key: value for key, value in record.items() if key not in _DERIVED}),
                text=zlib.compress(document.text.encode(), _LEVEL),
            )
        )

    def add_no_text(self, url: str, *, site: str) -> None:
        """Note that `url` holds no document text; a URL that once gave a document keeps it."""
        self._wait(_Sighting(url=url, site=site))

    def strike(self, url: str, *, site: str) -> int:
        """Note that a run ended while it handled `url`; return how many did."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO strikes (url, site, crashes) VALUES (?, ?, 1) "
                "ON CONFLICT (url) DO UPDATE SET crashes = crashes + 1",
                (url, site),
            )
            return int(self._value("SELECT crashes FROM strikes WHERE url = ?", url))

    def struck(self, *, site: str) -> dict[str, int]:
        """Return the pages of `site` that runs ended at, with the number of runs."""
        with self.reading():
            return dict(self._db.execute("SELECT url, crashes FROM strikes WHERE site = ?", (site,)).fetchall())

    def clear(self, url: str) -> None:
        """Forget the strikes of `url`, which was handled."""
        with self.transaction():
            self._db.execute("DELETE FROM strikes WHERE url = ?", (url,))

    def commit(self) -> None:
        """Write the waiting pages, documents and URLs together, in one short transaction."""
        if not self._waiting:
            return
        with self.transaction():
            for page in self._waiting:
                if not self._db.execute(TAKEN_DOWN, (page.url, page.sha256)).fetchone():
                    self._write(page)
        self._waiting.clear()

    def close(self) -> None:
        """Close the file; pages that wait for a commit are forgotten."""
        self._db.close()

    def shards(self) -> dict[str, int]:
        """Return how many shards each source has."""
        with self.reading():
            rows = self._db.execute("SELECT source, max(place) FROM documents GROUP BY source").fetchall()
        return {source: place // SHARD_SIZE + 1 for source, place in rows}

    def stale_shards(self) -> dict[tuple[str, int], int]:
        """Return the shards (source, number) whose documents changed since they were last written.

        The value is the mark to hand to `shard_written`.
        """
        with self.reading():
            rows = self._db.execute("SELECT source, shard, touched FROM stale_shards").fetchall()
        return {(source, shard): touched for source, shard, touched in rows}

    def shard_written(self, source: str, shard: int, mark: int) -> None:
        """Note that a shard was written; one that changed after `mark` was read stays stale."""
        with self.transaction():
            self._db.execute(
                "DELETE FROM stale_shards WHERE source = ? AND shard = ? AND touched = ?", (source, shard, mark)
            )

    def documents(self, source: str | None = None) -> list[int]:
        """Return the sequence numbers of all documents, or those of one source, without superseded ones."""
        return self._sequence(
            "SELECT seq FROM documents WHERE source = coalesce(?, source) AND NOT superseded ORDER BY seq", source
        )

    def shard(self, source: str, shard: int) -> list[int]:
        """Return the sequence numbers of a shard's documents, without superseded ones."""
        first = shard * SHARD_SIZE
        return self._sequence(
            "SELECT seq FROM documents WHERE source = ? AND place >= ? AND place < ? AND NOT superseded ORDER BY seq",
            source,
            first,
            first + SHARD_SIZE,
        )

    def record(self, seq: int) -> dict[str, Any]:
        """Return one document's record, its keys in the documented order."""
        with self.reading():
            row = self._db.execute("SELECT record, text FROM documents WHERE seq = ?", (seq,)).fetchone()
            urls = self._db.execute("SELECT url FROM urls WHERE document = ? ORDER BY seq", (seq,)).fetchall()
            older = self._db.execute(
                "SELECT substr(sha256, 1, 16) FROM documents JOIN supersessions ON seq = older WHERE newer = ? "
                "ORDER BY seq",
                (seq,),
            ).fetchall()
            values = orjson.loads(row[0])
            values["text"] = zlib.decompress(row[1]).decode()
        values["urls"] = [url for (url,) in urls]
        if values["urls"] and values["url"] not in values["urls"]:
            values["url"] = values["urls"][0]
        values["supersedes"] = [key for (key,) in older] or None
        return {key: values.get(key) for key in RECORD_FIELDS}

    def _wait(self, page: _Sighting) -> None:
        page.url.encode()  # a lone surrogate is refused here, not in the commit
        if not self._waiting:
            self._waiting_since = self._clock()
        self._waiting.append(page)
        if len(self._waiting) >= COMMIT_PAGES or self._clock() - self._waiting_since >= COMMIT_SECONDS:
            self.commit()

    def _write(self, page: _Sighting) -> None:
        if page.sha256 is None:
            self._db.execute(
                "INSERT INTO urls (url, site, state) VALUES (?, ?, 'no_text') ON CONFLICT DO NOTHING",
                (page.url, page.site),
            )
            return
        before = self._value("SELECT document FROM urls WHERE url = ?", page.url)
        self._db.execute(
            "INSERT INTO documents (sha256, source, place, record, text) VALUES "
            "(?, ?, (SELECT coalesce(max(place) + 1, 0) FROM documents WHERE source = ?), ?, ?) "
            "ON CONFLICT (sha256) DO UPDATE SET record = excluded.record, text = excluded.text WHERE text = ?",
            (page.sha256, page.source, page.source, page.record, page.text, NO_TEXT),
        )
        now = self._value("SELECT seq FROM documents WHERE sha256 = ?", page.sha256)
        if now == before:
            return
        self._db.execute(
            "INSERT INTO urls (url, site, state, document) VALUES (?, ?, 'document', ?) "
            "ON CONFLICT (url) DO UPDATE SET state = excluded.state, document = excluded.document",
            (page.url, page.site, now),
        )
        self._db.execute("UPDATE documents SET superseded = 0 WHERE seq = ? AND superseded", (now,))
        self._touch(now)
        if before is not None:
            self._supersede(before, now)

    def _supersede(self, older: int, newer: int) -> None:
        """Name `older` as superseded by `newer`; without a URL of its own it also leaves the shards."""
        self._db.execute("DELETE FROM supersessions WHERE newer = ? AND older = ?", (older, newer))
        self._db.execute("INSERT OR IGNORE INTO supersessions (newer, older) VALUES (?, ?)", (newer, older))
        self._db.execute(
            "UPDATE documents SET superseded = 1 WHERE seq = ? AND seq NOT IN "
            "(SELECT document FROM urls WHERE document = documents.seq)",
            (older,),
        )
        self._touch(older)

    def _touch(self, seq: int) -> None:
        self._db.execute(
            "INSERT INTO stale_shards SELECT source, place / ?, 1 FROM documents WHERE seq = ? "
            "ON CONFLICT (source, shard) DO UPDATE SET touched = touched + 1",
            (SHARD_SIZE, seq),
        )

    def _sequence(self, query: str, *values: str | int | None) -> list[int]:
        with self.reading():
            return [seq for (seq,) in self._db.execute(query, values).fetchall()]

    def rows(self, query: str, *values: str | bytes | int | None) -> list[Any]:
        """Return what a query finds."""
        with self.reading():
            return self._db.execute(query, values).fetchall()

    def _value(self, query: str, value: str) -> Any:
        row = self._db.execute(query, (value,)).fetchone()
        return row[0] if row else None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tell what goes wrong in the block as a `LedgerError`."""
        try:
            yield
        except (sqlite3.Error, zlib.error, orjson.JSONDecodeError) as error:
            raise trouble(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write what the block writes, all of it or nothing."""
        with self.reading():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
