"""The loop of `scrapy work`: takes sites by lease, runs their crawls, and gives them back."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from importlib import import_module
from typing import Any, Protocol

from scrapy.crawler import AsyncCrawlerProcess

from crawler.reports.summary import HAD_ITS_SHARE, STOPPED
from crawler.running.shutdown import ShutdownHandler
from crawler.running.spider_command import Crawl
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.leases import Leases

MAX_POLL = 5.0
"""Seconds between two looks for a site that is due, at most."""
SOON = 60.0
"""Seconds after which a site is looked at again, at least, and where a crawl was broken off."""
LATER = 3600.0
"""Seconds after which a site is looked at again where a host is closed or has its day's share."""

logger = logging.getLogger(__name__)


class MakesCrawls(Protocol):
    """Makes the crawl of a site, or where it was crawled once the one that refreshes it."""

    def __call__(self, name: str, *, again: bool) -> Crawl:
        """Return it."""
        ...


class Worker:
    """Crawls those of `sites` that are due, `most` at a time; `told` is called with each crawl that has ended."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        leases: Leases,
        sites: Iterable[str],
        crawl_of: MakesCrawls,
        stopping: ShutdownHandler,
        *,
        most: int,
        told: Callable[[Crawl, float], None],
    ) -> None:
        self._process, self._leases, self._sites = process, leases, list(sites)
        self._crawl_of, self._stopping, self._most, self._told = crawl_of, stopping, most, told
        self._running: dict[Crawl, float] = {}
        self._poll = min(MAX_POLL, leases.seconds / 10)
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin when the event loop does."""
        reactor: Any = import_module("twisted.internet.reactor")
        reactor.callWhenRunning(self._start)

    def _start(self) -> None:
        self._task = asyncio.ensure_future(self._work())

    async def _work(self) -> None:
        """Go on until a signal came and all sites are given back."""
        reactor: Any = import_module("twisted.internet.reactor")
        away = ""
        try:
            while self._running or not self._stopping.asked:
                try:
                    self._settle()
                    while not self._stopping.asked and len(self._running) < self._most and self._take():
                        pass
                    away = ""
                except LedgerError as error:  # the server is away: crawls close by themselves, and it may come back
                    if str(error) != away:
                        logger.error("%s", error)
                    away = str(error)
                await asyncio.sleep(self._poll)
        finally:
            reactor.stop()

    def _take(self) -> bool:
        """Take a site that is due and begin its crawl; say whether there was one."""
        lease = self._leases.take(self._sites)
        if lease is None:
            return False
        with closing(Ledger(self._leases.address)) as ledger:
            again = ledger.is_crawled(lease.site)
        crawl = self._crawl_of(lease.site, again=again)
        crawl.lease = lease
        crawl.start(self._process, {})
        self._running[crawl] = time.monotonic()
        return True

    def _settle(self) -> None:
        """Tell of the crawls that have ended, and give their sites back."""
        for crawl, began in list(self._running.items()):
            if crawl.task and crawl.task.done():
                del self._running[crawl]
                self._end(crawl, began)

    def _end(self, crawl: Crawl, began: float) -> None:
        """Tell of a crawl, and give its site back whatever becomes of that, or its lease would be renewed for ever."""
        if crash := crawl.crash():
            logger.error("the crawl of %s broke off", crawl.spider.name, exc_info=crash)
        due_in = SOON
        try:
            self._told(crawl, began)
            due_in = self._due_in(crawl)
        finally:
            if crawl.lease:
                self._leases.give_back(crawl.lease, due_in)

    def _due_in(self, crawl: Crawl) -> float:
        """Return after how many seconds the site is to be looked at again."""
        summary = crawl.summary()
        if summary.reason in (STOPPED, HAD_ITS_SHARE):
            return 0.0
        if summary.hosts:
            return LATER
        if summary.reason != "finished":
            return SOON
        with closing(Ledger(self._leases.address)) as ledger:
            due = ledger.next_due(crawl.spider.name)
        return LATER if due is None else max(SOON, due - time.time())
