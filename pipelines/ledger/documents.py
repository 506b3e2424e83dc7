"""The ledger: every document and every URL of all crawls in one SQLite file, which is the truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice
from typing import Any, NamedTuple

import orjson

from cleaners.model import RECORD_FIELDS, Document
from pipelines.ledger import schema
from pipelines.ledger.commits import Commit, PendingPage
from pipelines.ledger.connection import LedgerError, Place
from pipelines.ledger.fetch_results import NO_VALIDATORS, FetchResult, Validators, seconds
from pipelines.ledger.schedule import Schedule
from pipelines.ledger.texts import NO_TEXT, TEXT_ERRORS, compressed, decompressed, row_checksum
from pipelines.ledger.urls import UrlStore

COMMIT_PAGES = 100
COMMIT_SECONDS = 1.0
"""How many fetch results wait for a commit at most, and for how long."""

_JUDGED = """
SELECT documents.sha256, body_sha256, EXISTS (SELECT 1 FROM documents WHERE sha256 = ? AND text <> ?)
FROM (SELECT CAST(? AS TEXT) AS this) AS asked
LEFT JOIN urls ON url = this LEFT JOIN documents ON documents.seq = document
"""
_DERIVED = ("text", "urls", "supersedes", "duplicate_of", "containment", "cluster")  # record fields kept elsewhere
_BATCH_SIZE = 100
"""Documents that are read at a time."""
_THESE = "IN (SELECT CAST(value AS BIGINT) FROM json_each(?))"
_RECORDS = f"SELECT seq, CAST(record AS BLOB), CAST(text AS BLOB), checksum FROM documents WHERE seq {_THESE}"  # noqa: S608
_URLS = f"SELECT document, url FROM urls WHERE document {_THESE} ORDER BY document, seq"  # noqa: S608
_OLDER = f"""
SELECT newer, substr(sha256, 1, 16) FROM supersessions JOIN documents ON seq = older
WHERE newer {_THESE} ORDER BY newer, seq
"""  # noqa: S608
_LABELS = f"""
SELECT document, substr(owner.sha256, 1, 16), containment, substr(first.sha256, 1, 16)
FROM copies JOIN documents AS first ON first.seq = cluster LEFT JOIN documents AS owner ON owner.seq = copies.owner
WHERE document {_THESE} AND view <> 'silent'
"""  # noqa: S608


class PageStatus(Enum):
    """What a page's document is to the ledger."""

    NEW = "new"
    COPY = "copy"
    UNCHANGED = "unchanged"


class PreviousFetch(NamedTuple):
    """What an address gave the last time: its document and the hash of its bytes, None where there is none."""

    sha256: str | None = None
    body_sha256: str | None = None


class ShardFile(NamedTuple):
    """A shard's file as it was written: bytes, hash, and the time in ns (`st_ctime_ns`) at which it last had it."""

    size: int
    sha256: str
    changed: int


class Ledger(UrlStore):
    """The ledger file at `path`: its documents, and what became of each address.

    Visits wait in memory and are committed together, `COMMIT_PAGES` at a time or after `COMMIT_SECONDS` by `clock`
    (monotonic), with the addresses found; what was not committed is fetched again. `removed` counts pages of documents
    that are gone since the ledger was opened.
    """

    def __init__(
        self,
        path: Place,
        *,
        create: bool = True,
        clock: Callable[[], float] = time.monotonic,
        schedule: Schedule | None = None,
    ) -> None:
        super().__init__(path, create=create, schedule=schedule)
        self.removed = 0
        self._clock = clock
        self._waiting: list[PendingPage] = []
        self._given: dict[str, PreviousFetch] = {}
        self._texts: set[str] = set()
        self._waiting_since = 0.0
        self.damaged: list[str] = []
        """Rows that `records` has left out because they are damaged, each as one line."""

    def classify(self, url: str, sha256: str) -> tuple[PageStatus, PreviousFetch]:
        """Tell what the document `sha256`, found at `url`, is to the ledger, and what was there before.

        Visits waiting for a commit count.
        """
        ((*given, is_stored),) = self.rows(_JUDGED, sha256, NO_TEXT, url)
        before = self._given.get(url) or PreviousFetch(*given)
        if before.sha256 == sha256:
            return PageStatus.UNCHANGED, before
        return PageStatus.COPY if is_stored or sha256 in self._texts else PageStatus.NEW, before

    def add(self, document: Document, *, site: str, added: str, validators: Validators = NO_VALIDATORS) -> None:
        """Note that the document's URL gives this document: a new one is stored, a stored one gains the URL.

        A URL that gave another document before leaves that one, and the new one supersedes it. Raises ValueError when
        URL or SHA-256 are missing, ValueError or TypeError when a string cannot be written as UTF-8.
        """
        if document.url is None or document.sha256 is None:
            raise ValueError("a stored document needs a URL and a SHA-256")
        record = document.record(added=added)
        self._wait(
            PendingPage(
                fetch=FetchResult(
                    url=document.url, site=site, fetched=seconds(added), kind="document", validators=validators
                ),
                sha256=document.sha256,
                source=document.source,
                record=orjson.dumps({key: value for key, value in record.items() if key not in _DERIVED}),
                text=compressed(document.text),
            )
        )

    def give_back(self, url: str, sha256: str, *, site: str, fetched: str) -> None:
        """Note that a URL has the stored document again that it gave before; the next refresh asks for it whole."""
        fetch = FetchResult(url=url, site=site, fetched=seconds(fetched), kind="document")
        for source, record, text in self.rows("SELECT source, record, text FROM documents WHERE sha256 = ?", sha256):
            self._wait(PendingPage(fetch=fetch, sha256=sha256, source=source, record=record, text=text))

    def record_fetch(self, fetch: FetchResult) -> None:
        """Note a fetch result that gives no document to store: none at all, or the one that the URL gave before."""
        self._wait(PendingPage(fetch=fetch))

    def commit(self) -> None:
        """Write the waiting fetch results, their documents and the addresses found, in one short transaction."""
        if not self._waiting and not self._found:
            return
        with self.transaction():
            self._write_found()  # before the fetch results: what was found and asked for since then ends up as fetched
            commit = Commit(self._db, self.round, self.schedule)
            commit.write(self._waiting)
        self.removed += commit.removed
        for waited in (self._waiting, self._given, self._texts, self._found):
            waited.clear()

    def shards(self) -> dict[str, int]:
        """Return how many shards each source has."""
        rows = self.rows("SELECT source, max(place) FROM documents GROUP BY source")
        return {source: place // schema.SHARD_SIZE + 1 for source, place in rows}

    def stale_shards(self) -> dict[tuple[str, int], int]:
        """Return the shards (source, number) whose documents changed since they were last written.

        The value is the mark to hand to `shard_written`.
        """
        rows = self.rows("SELECT source, shard, touched FROM stale_shards")
        return {(source, shard): touched for source, shard, touched in rows}

    def shard_files(self) -> dict[tuple[str, int], ShardFile]:
        """Return what the files of the shards were when they were written."""
        rows = self.rows("SELECT source, shard, size, sha256, changed FROM shards")
        return {(source, shard): ShardFile(*file) for source, shard, *file in rows}

    def shard_written(self, source: str, shard: int, mark: int | None, file: ShardFile | None) -> None:
        """Note what a shard's file is now, None for none; one that changed after `mark` was read stays stale."""
        with self.transaction() as db:
            db.execute("DELETE FROM stale_shards WHERE source = ? AND shard = ? AND touched = ?", (source, shard, mark))
            db.execute("DELETE FROM shards WHERE source = ? AND shard = ?", (source, shard))
            if file:
                db.execute("INSERT INTO shards VALUES (?, ?, ?, ?, ?)", (source, shard, *file))

    def documents(self, source: str | None = None) -> list[int]:
        """Return the sequence numbers of all documents, or those of one source, without superseded ones."""
        return self._sequence(
            "SELECT seq FROM documents WHERE source = coalesce(?, source) AND superseded <> 1 ORDER BY seq", source
        )

    def shard(self, source: str, shard: int) -> list[int]:
        """Return the sequence numbers of a shard's documents, without superseded ones and copies left out."""
        first = shard * schema.SHARD_SIZE
        return self._sequence(
            "SELECT seq FROM documents WHERE source = ? AND place >= ? AND place < ? AND superseded <> 1 "
            "AND seq NOT IN (SELECT document FROM copies WHERE document = seq AND view = 'hidden') ORDER BY seq",
            source,
            first,
            first + schema.SHARD_SIZE,
        )

    def record(self, seq: int) -> dict[str, Any]:
        """Return one document's record, its keys in the documented order; raises LedgerError for a damaged one."""
        for record in self.records([seq]):
            return record
        raise LedgerError(f"{self.damaged[-1]}; see scrapy ledger repair")

    def records(self, documents: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Yield the records of documents; others may write in between.

        One that is not as it was written is left out, and told in `damaged`.
        """
        left = iter(documents)
        while bite := list(islice(left, _BATCH_SIZE)):
            yield from self._records(bite)

    def _records(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Return the records of these documents, with their texts, URLs, older versions and copy labels."""
        documents = orjson.dumps(numbers).decode()
        found = {seq: kept for seq, *kept in self.rows(_RECORDS, documents)}
        urls: dict[int, list[str]] = {}
        for seq, url in self.rows(_URLS, documents):
            urls.setdefault(seq, []).append(url)
        older: dict[int, list[str]] = {}
        for seq, key in self.rows(_OLDER, documents):
            older.setdefault(seq, []).append(key)
        marks = {seq: marks for seq, *marks in self.rows(_LABELS, documents)}
        records = []
        for seq in numbers:
            try:
                values, text = checked(*found[seq])
            except (KeyError, ValueError, *TEXT_ERRORS):
                self.damaged.append(f"{self.path}: document {seq} is not as it was written; it is left out")
            else:
                records.append(
                    _record(values, text, urls.get(seq, []), older.get(seq), marks.get(seq, (None, None, None)))
                )
        return records

    def _wait(self, page: PendingPage) -> None:
        page.fetch.url.encode()  # a lone surrogate is refused here, not in the commit
        self.refuse_nul(page.fetch.url, page.source, page.fetch.validators.etag, page.fetch.validators.last_modified)
        if not self._waiting:
            self._waiting_since = self._clock()
        self._waiting.append(page)
        if page.sha256:
            self._given[page.fetch.url] = PreviousFetch(page.sha256, page.fetch.validators.body_sha256)
            self._texts.add(page.sha256)
        if len(self._waiting) >= COMMIT_PAGES or self._clock() - self._waiting_since >= COMMIT_SECONDS:
            self.commit()

    def _sequence(self, query: str, *values: str | int | None) -> list[int]:
        return [seq for (seq,) in self.rows(query, *values)]


def checked(record: bytes, text: bytes, checksum: int | None) -> tuple[dict[str, Any], str]:
    """Return what a row keeps; raises ValueError, or one of `TEXT_ERRORS`, when it is not as it was written."""
    if checksum is not None and checksum != row_checksum(record, text):
        raise ValueError("another checksum")
    values = orjson.loads(record)
    if not isinstance(values, dict):
        raise ValueError("no record")
    return values, decompressed(text)


def _record(
    kept: dict[str, Any], text: str, urls: list[str], older: list[str] | None, marks: Sequence[str | float | None]
) -> dict[str, Any]:
    """Return a document's record: what its row keeps, and what other tables say of it."""
    values = {**kept, "text": text, "urls": urls, "supersedes": older}
    if urls and values.get("url") not in urls:
        values["url"] = urls[0]
    values |= zip(("duplicate_of", "containment", "cluster"), marks, strict=True)
    return {key: values.get(key) for key in RECORD_FIELDS}
