"""Knows the pause that each host of a crawl needs, and leaves hosts alone that refuse or have their day's share."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from cleaners.sites import Site
from crawler.downloader.daily_budget import HostBudgets
from crawler.downloader.hosts import HostStates, PolitenessPolicy, host_of
from pipelines.ledger.connection import LedgerError, ledger_place
from pipelines.ledger.hosts import HostsTable
from pipelines.session import CLOSE_REASON, ERROR_STAT, LedgerSession

logger = logging.getLogger(__name__)

CLOSED_STAT = "hosts/closed/"
OVER_BUDGET_STAT = "hosts/rested/"
"""Stats: hosts that were closed in this run, and hosts whose daily budget is used up, each with the reason."""
_SAVE_SECONDS = 5.0  # seconds between two writes of the host budgets


class CrawlClosing(IgnoreRequest):
    """Raised while the crawl shuts down; the request is left for the next run."""


class PolitenessMiddleware:
    """A downloader middleware that refuses requests to hosts that are closed or have their day's share.

    It holds the crawl's `hosts`; the pauses are kept by `download_handler.py`, as close to the wire as can be. Stats:
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
