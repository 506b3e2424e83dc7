"""The ledger of one crawl, shared by its pipelines and its spider."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.utils.defer import deferred_from_coro

from pipelines.drops import LoudDrop, NotStored, QuietDrop
from pipelines.items import CleanedPage, FetchedPage
from pipelines.ledger.connection import LedgerError, ledger_error, ledger_place
from pipelines.ledger.documents import Ledger
from pipelines.ledger.fetch_results import FetchResult, seconds
from pipelines.ledger.leases import Lease, LeaseLost
from pipelines.ledger.lock import Locked
from pipelines.ledger.schedule import Schedule
from pipelines.ledger.shards import write_shards
from pipelines.ledger.takedowns import refused_texts, refused_urls
from pipelines.ledger.urls import MAX_CRASHES, DueUrl, PendingUrl
from pipelines.watchdog import Watchdog

CLOSE_REASON = "ledger_error"
LEASE_LOST = "lease_lost"
"""The reason of a crawl whose site another machine has taken over."""
ERROR_STAT = "ledger/error"
"""The stat that holds the one-line message once the ledger has failed, also where the close reason is another."""
REMOVED_STAT = "documents/removed"
"""The stat that counts the pages that gave a document and are gone."""
CRASHES_STAT = "pages/crashed/"
"""Stats: how often a page has ended the process that handled it: each that did in this run, or is new in quarantine."""
NOISE_STAT = "noise/"
"""Stats: edits that each rule made on pages that gave a document, by rule."""
PAGE_CHARS, KEPT_CHARS = "text/page_chars", "text/kept_chars"
"""Stats: characters of those pages as rendered, and of the documents they gave."""

_SHARDS_EVERY = 300.0  # seconds
_SHARDS_WAIT = 60.0  # seconds, at the end of a run, for another run that writes shards

_logger = logging.getLogger(__name__)
# By id of the crawler: a session keeps its crawler alive, so the id is not used again before the session is gone.
_sessions: WeakValueDictionary[int, LedgerSession] = WeakValueDictionary()


class LedgerSession:
    """The ledger and the shards of one crawl, below the setting DATA_DIR.

    When the ledger fails, the message goes to the log and to the stat `ledger/error`, the spider is closed with the
    reason `ledger_error`, and all further pages are dropped as `NotStored`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        root = Path(crawler.settings.get("DATA_DIR", "data"))
        self._root, self._place = root, ledger_place(crawler.settings)
        self._shards = root / "documents"
        self._mask = crawler.settings.getbool("MASK_PERSONAL_DATA", True)
        self._ledger: Ledger | None = None
        self._failed = False
        self._shards_due = 0.0
        self._watchdog: Watchdog | None = None
        self._crashed: set[str] = set()
        self._unfinished: set[str] = set()
        self._site: str = crawler.spidercls.name
        self._complete = False
        self._keep: Callable[[str], bool] | None = None
        self.lease: Lease | None = None
        """That of the crawl's site, where several machines share the ledger; to be set before the crawl begins."""
        self.quarantined: frozenset[str] = frozenset()
        """Pages of this crawl's site that ended the process before and are not to be asked for again."""
        self.taken_down: frozenset[str] = frozenset()
        """Addresses that were taken down before this crawl began."""
        self.refused: frozenset[str] = frozenset()
        """The SHA-256 of texts that were; what is taken down meanwhile is left out by the commit."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LedgerSession:
        """Return the session of this crawl, the same one for every pipeline."""
        return _sessions.setdefault(id(crawler), cls(crawler))

    def open(self) -> None:
        """Open the ledger; raises `CloseSpider` when that fails."""
        try:
            self._ledger = Ledger(self._place, schedule=Schedule.of(self._crawler.settings))
            self._ledger.fence = self.lease.fence if self.lease else None
            self._watch(self._ledger, self._site)
            self.taken_down, self.refused = refused_urls(self._ledger), refused_texts(self._ledger)
        except LedgerError as error:
            self._fail(error)
            raise CloseSpider(CLOSE_REASON) from error
        self._shards_due = time.monotonic() + _SHARDS_EVERY

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Yield the ledger for one page; raises `NotStored` when it fails or has failed."""
        if self._ledger is None or self._failed:
            raise NotStored("the ledger is closed")
        try:
            self._check_lease()
            yield self._ledger
        except LedgerError as error:
            self._fail(error)
            lost = isinstance(error, LeaseLost)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=LEASE_LOST if lost else CLOSE_REASON))
            raise NotStored(str(error)) from error

    @contextmanager
    def handling(self, url: str, *, last: bool = True) -> Iterator[None]:
        """Watch the block, which parses or cleans the page at `url`; with `last` the page is done when it ends."""
        if self._watchdog is None:
            yield
            return
        with self._watchdog.over(url):
            yield
        if last:
            self.handled(url)

    def handled(self, url: str) -> None:
        """Note that the page at `url` went well, whatever it did before."""
        if url in self._crashed:
            self._crashed.remove(url)
            with suppress(NotStored), self.ledger() as ledger:
                ledger.clear_crashes(url)

    def crashed(self, url: str) -> None:
        """Note that the process that cleaned the page at `url` ended at it; the page waits for the next run."""
        self._unfinished.add(url)
        with suppress(NotStored), self.ledger() as ledger:
            crashes = self._count_crash(ledger, url, "the cleaning process ended")
            self._crawler.stats.set_value(f"{CRASHES_STAT}{url}", crashes)

    def has_site(self) -> bool:
        """Say whether the crawl may go on: False, and it is being closed, once the lease of its site is not sure."""
        if self.lease is None or self.lease.holds():
            return True
        with suppress(NotStored), self.ledger():
            pass
        return False

    def begin_job(self, task: str, *, anew: bool = False) -> tuple[int | None, list[PendingUrl]]:
        """Start or resume the job `task` of this crawl's site, as `Ledger.begin_job` does; nothing without a ledger."""
        with suppress(NotStored), self.ledger() as ledger:
            return ledger.begin_job(self._site, task, int(time.time()), anew=anew)
        return None, []

    def due(self, *, everything: bool, limit: int | None) -> list[DueUrl]:
        """Return what is due, as `Ledger.due` does."""
        with suppress(NotStored), self.ledger() as ledger:
            return ledger.due(self._site, int(time.time()), everything=everything, limit=limit)
        return []

    def mark_modified(self, modified: Mapping[str, int]) -> None:
        """Note when pages were changed, as `Ledger.mark_modified` does."""
        with suppress(NotStored), self.ledger() as ledger:
            ledger.mark_modified(self._site, modified, int(time.time()))

    def known_urls(self, *, in_job: bool) -> list[str]:
        """Return the addresses that the ledger has of the site, or those that this job has asked for."""
        with suppress(NotStored), self.ledger() as ledger:
            return ledger.fetched_urls(self._site) if in_job else ledger.known_urls(self._site)
        return []

    def pages_of_links(self) -> list[tuple[str, bool]]:
        """Return the site's pages that are no documents, and whether they led to any."""
        with suppress(NotStored), self.ledger() as ledger:
            return ledger.pages_of_links(self._site)
        return []

    def schedule_urls(self, addresses: list[PendingUrl]) -> None:
        """Note addresses that this crawl is to ask for."""
        with suppress(NotStored), self.ledger() as ledger:
            ledger.schedule_urls(addresses, site=self._site)

    def record_fetch(self, url: str, **facts: Any) -> None:
        """Note what came of asking for `url` now; `facts` are those of a `FetchResult`."""
        with suppress(NotStored), self.ledger() as ledger:
            ledger.record_fetch(FetchResult(**{"url": url, "site": self._site, "fetched": int(time.time()), **facts}))

    def dropped(self, item: FetchedPage | CleanedPage, exception: DropItem) -> None:
        """Note a page that a pipeline has dropped; what the pipeline has told the ledger already is left as it is."""
        if isinstance(exception, QuietDrop | LoudDrop) and exception.outcome:
            opted_out = getattr(item, "opted_out", None)
            self.record_fetch(
                str(item.url),
                site=item.site,
                fetched=seconds(item.fetched_at),
                outcome=exception.outcome,
                reason=f"opt-out: {opted_out}" if opted_out else exception.reason,
                kind="no_text",
                validators=item.validators,
            )

    def complete(self, keep: Callable[[str], bool]) -> None:
        """Note that all was asked for; what `keep` names could not be, and waits for the next run."""
        self._complete, self._keep = True, keep

    def tick(self) -> None:
        """Commit what waits, and every few minutes write the shards; to be called once a second."""
        with suppress(NotStored), self.ledger() as ledger:
            ledger.commit()
            if time.monotonic() >= self._shards_due:
                with suppress(Locked):
                    self._write_shards(ledger)
                self._shards_due = time.monotonic() + _SHARDS_EVERY

    def close(self) -> None:
        """Commit, write the shards and close the ledger; a failure goes to the log and to the stat."""
        if self._ledger is None:
            return
        try:
            if not self._failed:
                self._check_lease()
                self._ledger.commit()
                self._ledger.end_job(self._site, complete=self._complete, keep=self._waits)
                if self._ledger.removed:
                    self._crawler.stats.set_value(REMOVED_STAT, self._ledger.removed)
                self._write_shards(self._ledger, wait=_SHARDS_WAIT)
        except (LedgerError, Locked) as error:
            self._fail(error)
        finally:
            self._ledger.close()
            self._ledger = None
            if self._watchdog:
                self._watchdog.close()
                self._watchdog = None

    def _waits(self, url: str) -> bool:
        return url in self._unfinished or (self._keep is not None and self._keep(url))

    def _check_lease(self) -> None:
        """Raise LeaseLost where the site may be another machine's: who is cut off would wait for the server first."""
        if self.lease:
            self.lease.check()

    def _watch(self, ledger: Ledger, site: str) -> None:
        """Start the watchdog; the page at which the run before ended, if one did, gets a crash counted."""
        path = self._root / f"{site}.page"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._watchdog = Watchdog(path, float(self._crawler.settings.get("WATCHDOG_SECONDS") or 0))
        except OSError as error:
            raise ledger_error(path, error) from error
        if url := self._watchdog.left:
            crashes = self._count_crash(ledger, url, "the run before ended")
            if crashes == MAX_CRASHES:
                self._crawler.stats.set_value(f"{CRASHES_STAT}{url}", crashes)
        crash_counts = ledger.crash_counts(site=site)
        self._crashed = set(crash_counts)
        self.quarantined = frozenset(url for url, crashes in crash_counts.items() if crashes >= MAX_CRASHES)

    def _count_crash(self, ledger: Ledger, url: str, what: str) -> int:
        crashes = ledger.count_crash(url, site=self._site)
        _logger.warning("%s while it handled %s (%d of %d times)", what, ascii(url), crashes, MAX_CRASHES)
        return crashes

    def _write_shards(self, ledger: Ledger, wait: float = 0) -> None:
        for mended in write_shards(ledger, self._shards, mask=self._mask, wait=wait):
            _logger.warning("%s", mended)

    def _fail(self, error: Exception) -> None:
        self._failed = True
        if isinstance(error, LeaseLost):
            _logger.warning("%s", error)
            return
        _logger.info("%s", error)  # the command tells of it at its end
        self._crawler.stats.set_value(ERROR_STAT, str(error))
