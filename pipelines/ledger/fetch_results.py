"""The result of one fetch, and the record of its URL that follows: a row of the table `urls`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from cleaners.model import Page
from pipelines.ledger.schedule import Schedule

Outcome = Literal["done", "gone", "blocked", "failed"]
"""The page came; it is not there; it may not or cannot be read (robots.txt, opt-out, a wall); no answer, this time."""
State = Literal["pending", "leased", "done", "gone", "blocked", "quarantined"]
WAITING = ("pending", "leased")
"""States of an address that is still to be asked for: `leased`, by a run that has not ended."""
MAX_MISSES = 2
"""Times in a row that a page must be not found before it counts as gone; 410 says so at once."""

_NOT_READ = ("moved", "part")  # addresses that only lead to another one, which has a row of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a site sent with a page and what tells the page's bytes apart.

    `etag` and `last_modified` are headers as they came; without them the page is asked for whole. `body_sha256` is
    that of the raw bytes, of all parts of a split document in order; of a listing or sitemap that of its links.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """One address asked for by a crawl of `site` at `fetched` (seconds since 1970, UTC).

    `kind` is what the page was: document, no_text, listing, sitemap, part, moved (led to another address), other.
    `not_modified` says that the site answered 304: the page is as it was. `final` tells a 410 from a 404.
    """

    url: str
    site: str
    fetched: int
    outcome: Outcome = "done"
    kind: str | None = None
    reason: str | None = None
    validators: Validators = NO_VALIDATORS
    not_modified: bool = False
    final: bool = False


class UrlRecord(NamedTuple):
    """The columns of `urls` that a fetch changes, in the order of the table."""

    state: State
    kind: str | None = None
    document: int | None = None
    reason: str | None = None
    misses: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    fetched: int | None = None
    interval: int | None = None
    next_due: int | None = None


COLUMNS = ", ".join(UrlRecord._fields)


def updated_record(before: UrlRecord | None, fetch: FetchResult, document: int | None, schedule: Schedule) -> UrlRecord:
    """Return the row of an address after a fetch that gave `document` (its number in the ledger), if it gave one.

    An address that once gave a document keeps it, whatever comes later.
    """
    known = before or UrlRecord("pending")
    if fetch.outcome == "failed":
        state = "blocked" if known.fetched is None else "done" if known.state in WAITING else known.state
        return known._replace(state=state, reason=fetch.reason, next_due=fetch.fetched + schedule.shortest)
    if fetch.outcome == "blocked":
        return _due_after(known, fetch, schedule.initial)._replace(state="blocked", reason=fetch.reason)
    if fetch.outcome == "gone":
        return _after_miss(known, fetch, schedule)
    return _after_fetch(known, fetch, document, schedule)


def _after_fetch(known: UrlRecord, fetch: FetchResult, document: int | None, schedule: Schedule) -> UrlRecord:
    """Return the record of a URL whose page came, or that answered 304, with its next due time."""
    kind = known.kind if fetch.not_modified else fetch.kind
    if kind == "no_text" and known.document is not None:
        kind = "document"
    validators = fetch.validators
    if fetch.not_modified:  # a 304 may leave out what it does not change
        validators = Validators(
            etag=validators.etag or known.etag,
            last_modified=validators.last_modified or known.last_modified,
            body_sha256=known.body_sha256,
        )
    changed = _changed(known, validators, document)
    early = fetch.fetched < (known.fetched or 0) + (known.interval or 0)  # whatever a sitemap says
    interval = schedule.interval(kind, known.interval, changed=changed, early=early)
    now = _due_after(known, fetch, interval)._replace(
        state="done",
        kind=kind,
        reason=fetch.reason,
        document=known.document if document is None else document,
        misses=0,
        etag=validators.etag,
        last_modified=validators.last_modified,
        body_sha256=validators.body_sha256,
    )
    return now._replace(interval=None, next_due=None) if kind in _NOT_READ else now


def _changed(known: UrlRecord, validators: Validators, document: int | None) -> bool:
    """Say whether the site changed the page: for a document its text counts, and rules that changed do not."""
    if validators.body_sha256 and validators.body_sha256 == known.body_sha256:
        return False
    if known.document is not None:
        return document is not None and document != known.document
    return validators.body_sha256 != known.body_sha256


def _after_miss(known: UrlRecord, fetch: FetchResult, schedule: Schedule) -> UrlRecord:
    misses = known.misses + 1
    if known.fetched is not None and known.state != "gone" and not fetch.final and misses < MAX_MISSES:
        return known._replace(
            state="done", reason=fetch.reason, misses=misses, next_due=fetch.fetched + schedule.shortest
        )
    gone = _due_after(known, fetch, schedule.longest)
    return gone._replace(state="gone", reason=fetch.reason, misses=misses, etag=None, last_modified=None)


def _due_after(known: UrlRecord, fetch: FetchResult, interval: int) -> UrlRecord:
    return known._replace(fetched=fetch.fetched, interval=interval, next_due=fetch.fetched + interval)


def digest(page: Page) -> str:
    """Return the SHA-256 of a page's raw bytes, those of its parts behind them."""
    found = hashlib.sha256()
    for part in (page, *page.parts):
        found.update(part.body if isinstance(part.body, bytes) else part.body.encode(errors="replace"))
    return found.hexdigest()


def digest_of(links: Iterable[str]) -> str:
    """Return the SHA-256 of a listing's links, whatever their order."""
    return hashlib.sha256("\n".join(sorted(links)).encode(errors="replace")).hexdigest()


def seconds(moment: str) -> int:
    """Return a moment in ISO 8601 as seconds since 1970, UTC."""
    return int(datetime.fromisoformat(moment).timestamp())
