"""What a commit of the ledger writes: the fetch results that waited, in a number of statements that hardly grows.

Other writers wait meanwhile, and a statement of its own for each page waits for the server each time; so what the
ledger knows of all the pages is read first, and what changes is written at once, as if page came after page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from pipelines.ledger.fetch_results import COLUMNS, FetchResult, UrlRecord, updated_record
from pipelines.ledger.schedule import Schedule
from pipelines.ledger.schema import Connection, touch_shards
from pipelines.ledger.texts import NO_TEXT, row_checksum

_ASKED = 100
_THESE = f"IN ({', '.join('?' * _ASKED)})"  # no json_each: before SQLite 3.45 it ends a text at its NUL
# ruff: noqa: S608 (no name in these statements is a user's)
_REFUSED_URLS = f"SELECT url FROM takedowns WHERE url {_THESE}"
_REFUSED_TEXTS = f"SELECT sha256 FROM takedowns WHERE sha256 {_THESE}"
_STORED = f"SELECT sha256, seq, CAST(record AS BLOB) FROM documents WHERE sha256 {_THESE} AND text <> ?"
_NUMBERS = f"SELECT sha256, seq FROM documents WHERE sha256 {_THESE}"
_ADDRESSES = f"SELECT url, {COLUMNS} FROM urls WHERE url {_THESE}"
_INSERT = (
    "INSERT INTO documents (sha256, source, place, record, text, checksum) VALUES "
    "(?, ?, (SELECT coalesce(max(place) + 1, 0) FROM documents WHERE source = ?), ?, ?, ?) "
    "ON CONFLICT (sha256) DO UPDATE SET record = excluded.record, text = excluded.text, checksum = excluded.checksum"
)
"""A conflict is with a text that was taken down once and may be stored again."""
_REWRITE = "UPDATE documents SET record = ?, checksum = ?, text = ? WHERE seq = ?"
_VISITED = (
    f"INSERT INTO urls (url, site, round, {COLUMNS}) VALUES (?, ?, ?{', ?' * len(UrlRecord._fields)}) "
    f"ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in UrlRecord._fields)}, "
    "round = coalesce(excluded.round, urls.round)"
)
_GIVEN_AGAIN = "UPDATE documents SET superseded = 0 WHERE seq = ? AND superseded = 1"
_NOT_SUPERSEDED = "DELETE FROM supersessions WHERE newer = ? AND older = ?"
_SUPERSEDES = "INSERT INTO supersessions (newer, older) VALUES (?, ?) ON CONFLICT DO NOTHING"
_SUPERSEDED = (
    "UPDATE documents SET superseded = 1 WHERE seq = ? AND seq NOT IN "
    "(SELECT document FROM urls WHERE document = documents.seq)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPage:
    """A fetch result waiting for the next commit; `sha256` is None when it gave no document that is to be stored."""

    fetch: FetchResult
    sha256: str | None = None
    source: str = ""
    record: bytes = b""
    text: bytes = b""


@dataclass(slots=True)
class Commit:
    """Writes pages within a transaction of `db`, for the job `round`; `removed` counts documents whose page is gone."""

    db: Connection
    round: int | None
    schedule: Schedule
    removed: int = 0
    _touched: set[int] = field(default_factory=set)

    def write(self, pages: Sequence[PendingPage]) -> None:
        """Write the pages that were not taken down, as if one came after the other."""
        pages = self._allowed(pages)
        changes = self._record(pages, self._store([page for page in pages if page.sha256]))
        self._supersede([(older, newer) for older, newer in changes if older is not None])
        touched = orjson.dumps(sorted(self._touched)).decode()
        touch_shards(self.db, "seq IN (SELECT CAST(value AS BIGINT) FROM json_each(:touched))", touched=touched)

    def _allowed(self, pages: Sequence[PendingPage]) -> Sequence[PendingPage]:
        if not self.db.execute("SELECT EXISTS (SELECT 1 FROM takedowns)").fetchone()[0]:
            return pages
        urls = {url for (url,) in self._rows(_REFUSED_URLS, (page.fetch.url for page in pages))}
        texts = {text for (text,) in self._rows(_REFUSED_TEXTS, (page.sha256 for page in pages if page.sha256))}
        return [page for page in pages if page.fetch.url not in urls and page.sha256 not in texts]

    def _store(self, pages: Sequence[PendingPage]) -> dict[str | None, int]:
        """Store the documents that are not there, in the order of pages; return the numbers of all."""
        texts = [page.sha256 for page in pages if page.sha256]
        stored = {text: (number, record) for text, number, record in self._rows(_STORED, texts, NO_TEXT)}
        new: dict[str | None, PendingPage] = {}
        rewritten = []
        for page in pages:
            if page.sha256 not in stored:
                new.setdefault(page.sha256, page)
                continue
            number, kept = stored[page.sha256]
            if record := _by_new_rules(kept, page.record):
                stored[page.sha256] = number, record
                rewritten.append((record, row_checksum(record, page.text), page.text, number))
        self.db.executemany(_REWRITE, rewritten)
        self._touched |= {number for *_, number in rewritten}
        self.db.executemany(_INSERT, map(_row, new.values()))
        numbers = {text: number for text, (number, _) in stored.items()}
        return numbers | dict(self._rows(_NUMBERS, filter(None, new)))

    def _record(self, pages: Sequence[PendingPage], numbers: dict[str | None, int]) -> list[tuple[int | None, int]]:
        """Write what became of the addresses; return the documents before and after, of each that gave another one."""
        urls = (page.fetch.url for page in pages)
        known = {url: UrlRecord(*values) for url, *values in self._rows(_ADDRESSES, urls)}
        rows, changes = [], []
        for page in pages:
            fetch, before = page.fetch, known.get(page.fetch.url)
            after = updated_record(before, fetch, numbers.get(page.sha256), self.schedule)
            known[fetch.url] = after
            rows.append((fetch.url, fetch.site, self.round, *after))
            older = before.document if before else None
            if after.document is not None and after.document != older:
                changes.append((older, after.document))
            if before and older is not None:
                self.removed += after.state == "gone" != before.state
        self.db.executemany(_VISITED, rows)
        newer = [document for _, document in changes]
        self.db.executemany(_GIVEN_AGAIN, [(document,) for document in newer])
        self._touched.update(newer)
        return changes

    def _supersede(self, changes: Sequence[tuple[int, int]]) -> None:
        """Name the older documents as superseded by the newer; without a URL of their own they also leave the shards.

        Of two documents that took turns, the last turn counts.
        """
        last = {frozenset(change): change for change in changes}.values()
        self.db.executemany(_NOT_SUPERSEDED, last)
        self.db.executemany(_SUPERSEDES, [(newer, older) for older, newer in last])
        self.db.executemany(_SUPERSEDED, [(older,) for older, _ in last])
        self._touched |= {older for older, _ in changes}

    def _rows(self, query: str, values: Iterable[str], *more: bytes) -> Iterator[Any]:
        """Yield what a query finds of so many values; the last of them fills up its list."""
        asked = list(dict.fromkeys(values))
        for first in range(0, len(asked), _ASKED):
            some = asked[first : first + _ASKED]
            some += some[-1:] * (_ASKED - len(some))
            yield from self.db.execute(query, (*some, *more))


def _row(page: PendingPage) -> tuple[str | bytes | int | None, ...]:
    return page.sha256, page.source, page.source, page.record, page.text, row_checksum(page.record, page.text)


def _by_new_rules(kept: bytes, made: bytes) -> bytes | None:
    """Return the record of the same text, which other rules have made of the same page; None when it is as it was."""
    try:
        before, now = orjson.loads(kept), orjson.loads(made)
    except orjson.JSONDecodeError:
        return made
    if (before.get("url"), before.get("version")) in ((now["url"], now["version"]), (None, None)):
        return None
    return orjson.dumps({**now, "added": before.get("added")}) if before.get("url") == now["url"] else None
