"""Sends one request a host at a time, with the pause that the host needs, and leaves hosts alone that refuse."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import defaultdict
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from cleaners.sites import Site
from crawler.downloader.daily_budget import HostBudgets
from crawler.downloader.hosts import HostStates, PolitenessPolicy, host_of
from crawler.downloader.limits import BoundedDownloadHandler
from pipelines.ledger.connection import LedgerError, ledger_place
from pipelines.ledger.hosts import HostsTable
from pipelines.session import CLOSE_REASON, ERROR_STAT, LedgerSession

logger = logging.getLogger(__name__)

CLOSED_STAT = "hosts/closed/"
OVER_BUDGET_STAT = "hosts/rested/"
"""Stats: hosts that were closed in this run, and hosts whose daily budget is used up, each with the reason."""
_POLL_SECONDS = 0.5  # seconds between two looks whether the crawl is ending
_GRACE_SECONDS = 3.0  # seconds that a page at hand is still waited for once the crawl is ending
_SAVE_SECONDS = 5.0  # seconds between two writes of the host budgets


class CrawlClosing(IgnoreRequest):
    """Raised while the crawl shuts down; the request is left for the next run."""


class PolitenessMiddleware:
    """A downloader middleware that refuses requests to hosts that are closed or have their day's share.

    It holds the crawl's `hosts`; the pauses are kept by `PoliteDownloadHandler`, as close to the wire as can be. Stats:
    `hosts/closed/<host>` and `hosts/rested/<host>`, the reason; `hosts/refused`, requests not made for it.
    """

    def __init__(self, crawler: Crawler, hosts: HostStates) -> None:
        self.crawler = crawler
        self.hosts = hosts
        self.locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.session = LedgerSession.from_crawler(crawler)
        self._save_due = time.monotonic() + _SAVE_SECONDS

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for one crawl; raises LedgerError when its file of hosts cannot be read."""
        settings = crawler.settings
        name, place = crawler.spidercls.name, ledger_place(settings)
        session = LedgerSession.from_crawler(crawler)
        file = Path(settings.get("DATA_DIR", "data")) / f"{name}.hosts.json"
        keeper = file if isinstance(place, Path) else HostsTable(place, name, session.lease)
        kept = not settings.get("REPLAY_DIR")
        policy = politeness_policy(settings, crawler.spidercls.site)  # type: ignore[attr-defined]
        made = cls(crawler, HostStates(policy, HostBudgets.read(keeper) if kept else HostBudgets()))
        made.hosts.handed_over = session.lease is not None
        crawler.signals.connect(made.close, signals.spider_closed)
        return made

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return that of a running crawl."""
        found = crawler.get_downloader_middleware(cls)
        if found is None:
            raise RuntimeError(
                "crawler.downloader.politeness.PolitenessMiddleware is not among the DOWNLOADER_MIDDLEWARES"
            )
        return found

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that must not be asked; a redirected one leaves the slot of the host it left."""
        request.meta.pop("download_slot", None)
        self.check(host_of(request.url))

    def check(self, host: str) -> None:
        """Raise IgnoreRequest when `host` must not be asked."""
        if reason := self.hosts.refusal(host):
            self._set_stats()
            self.crawler.stats.inc_value("hosts/refused")
            raise IgnoreRequest(f"{host} is not asked: {reason}")

    def waiting(self) -> dict[str, tuple[float, str]]:
        """Return the hosts with a request that waits for its turn: for how many seconds, and why."""
        taken_up = {host_of(request.url) for request in self.crawler.engine.downloader.active}
        waits = {host: self.hosts.wait(host) for host in sorted(taken_up)}
        return {host: (wait, self.hosts.why(host)) for host, wait in waits.items() if wait}

    def record(self) -> None:
        """Note what changed, and write the host budgets now and then."""
        self._set_stats()
        if time.monotonic() >= self._save_due and not self._save():
            deferred_from_coro(self.crawler.engine.close_spider_async(reason=CLOSE_REASON))

    def close(self) -> None:
        """Write the host budgets."""
        self._set_stats()
        self._save()

    def _save(self) -> bool:
        """Write the host budgets; a failure goes to the log and the stat of the ledger, and returns False."""
        self._save_due = time.monotonic() + _SAVE_SECONDS
        try:
            self.hosts.budgets.save()
        except LedgerError as error:
            logger.critical("%s", error)
            self.crawler.stats.set_value(ERROR_STAT, str(error))
            return False
        return True

    def _set_stats(self) -> None:
        for prefix, reasons in ((CLOSED_STAT, self.hosts.closed), (OVER_BUDGET_STAT, self.hosts.over_budget)):
            for host, reason in reasons.items():
                self.crawler.stats.set_value(f"{prefix}{host}", reason)


class PoliteDownloadHandler(BoundedDownloadHandler):
    """Downloads when the host may be asked, one request a host at a time.

    Scrapy's own slots do not see to that: a redirected request stays in the slot of the host it came from.
    """

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's turn, then return its answer; raises IgnoreRequest when host or crawl end meanwhile."""
        polite, host = PolitenessMiddleware.of(self.crawler), host_of(request.url)
        async with polite.locks[host]:
            await self._wait_for_slot(polite, host)
            return await self._download(polite, host, request)

    async def _download(self, polite: PolitenessMiddleware, host: str, request: Request) -> Response:
        """Send the request, and tell the host's state how long the response took, with which status and size."""
        hosts, began = polite.hosts, time.monotonic()
        hosts.asked(host)
        status, size, retry_after = 0, 0, None
        try:
            response = await self._await_response(super().download_request(request))
            status, size = response.status, len(response.body)
            retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
        finally:
            hosts.answered(host, time.monotonic() - began, status=status, size=size, retry_after=retry_after)
            polite.record()
        return response

    async def _await_response(self, coming: Coroutine[Any, Any, Response]) -> Response:
        """Return the answer that is coming; raises CrawlClosing when the crawl ends and it does not come soon."""
        task, end = asyncio.ensure_future(coming), math.inf
        while not (await asyncio.wait({task}, timeout=_POLL_SECONDS))[0]:
            if is_closing(self.crawler):
                end = min(end, time.monotonic() + _GRACE_SECONDS)
            if time.monotonic() >= end:
                task.cancel()
                raise CrawlClosing("the crawl is ending")
        return task.result()

    async def _wait_for_slot(self, polite: PolitenessMiddleware, host: str) -> None:
        while not is_closing(self.crawler) and polite.session.has_site():
            wait = polite.hosts.wait(host)
            if not wait:
                return polite.check(host)
            await asyncio.sleep(min(wait, _POLL_SECONDS))
        raise CrawlClosing("the crawl is ending")


def is_closing(crawler: Crawler) -> bool:
    """Say whether the crawl takes no more pages; Scrapy 2.19 tells nobody before the last request has come back."""
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None


def politeness_policy(settings: BaseSettings, site: Site) -> PolitenessPolicy:
    """Return the politeness that the settings and `site` ask for: of two pauses the longer one."""
    return PolitenessPolicy(
        min_delay=max(settings.getfloat("DOWNLOAD_DELAY"), site.delay),
        delay_factor=settings.getfloat("POLITE_FACTOR"),
        time_scale=settings.getfloat("POLITE_SECOND"),
        max_requests_per_day=settings.getint("POLITE_PAGES_A_DAY"),
        max_bytes_per_day=settings.getint("POLITE_MIB_A_DAY") * 1024 * 1024,
    )
