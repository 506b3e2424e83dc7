"""One request a host at a time, with the pause that the host needs between two; hosts that refuse are left alone."""

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

from crawler.downloader.daily_budget import Daybook
from crawler.downloader.hosts import Hosts, Manners, host_of
from crawler.downloader.limits import BoundedHandler
from pipelines.ledger.schema import LedgerError
from pipelines.session import CLOSE_REASON, ERROR_STAT

logger = logging.getLogger(__name__)

CLOSED = "hosts/closed/"
RESTED = "hosts/rested/"
"""Stats: hosts that were closed in this run, and hosts whose daily budget is used up, each with the reason."""
_LOOK = 0.5  # seconds between two looks whether the crawl is ending
_LAST = 3.0  # seconds that a page at hand is still waited for once the crawl is ending
_SAVE = 5.0  # seconds between two writes of the daybook


class Ending(IgnoreRequest):
    """The crawl is ending: what was taken up and not asked for yet, or is too slow, is left to the next run."""


class Politeness:
    """A downloader middleware that refuses requests to hosts that are closed or have their day's share.

    It holds the crawl's `hosts`; the pauses are kept by `PoliteHandler`, as close to the wire as can be. Stats:
    `hosts/closed/<host>` and `hosts/rested/<host>`, the reason; `hosts/refused`, requests not made for it.
    """

    def __init__(self, crawler: Crawler, hosts: Hosts) -> None:
        self.crawler = crawler
        self.hosts = hosts
        self.locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._save_due = time.monotonic() + _SAVE

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for one crawl; raises LedgerError when its file of hosts cannot be read."""
        settings = crawler.settings
        path = Path(settings.get("DATA_DIR", "data")) / f"{crawler.spidercls.name}.hosts.json"
        kept = not settings.get("REPLAY_DIR")
        made = cls(crawler, Hosts(manners(settings), Daybook.read(path) if kept else Daybook()))
        crawler.signals.connect(made.end, signals.spider_closed)
        return made

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return that of a running crawl."""
        found = crawler.get_downloader_middleware(cls)
        if found is None:
            raise RuntimeError("crawler.downloader.politeness.Politeness is not among the DOWNLOADER_MIDDLEWARES")
        return found

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that must not be asked; a redirected one leaves the slot of the host it left."""
        request.meta.pop("download_slot", None)
        self.check(host_of(request.url))

    def check(self, host: str) -> None:
        """Raise IgnoreRequest when `host` must not be asked."""
        if reason := self.hosts.refusal(host):
            self._note()
            self.crawler.stats.inc_value("hosts/refused")
            raise IgnoreRequest(f"{host} is not asked: {reason}")

    def waiting(self) -> dict[str, tuple[float, str]]:
        """Return the hosts with a request that waits for its turn: for how many seconds, and why."""
        taken_up = {host_of(request.url) for request in self.crawler.engine.downloader.active}
        waits = {host: self.hosts.wait(host) for host in sorted(taken_up)}
        return {host: (wait, self.hosts.why(host)) for host, wait in waits.items() if wait}

    def saw(self) -> None:
        """Note what changed, and write the daybook now and then."""
        self._note()
        if time.monotonic() >= self._save_due and not self._save():
            deferred_from_coro(self.crawler.engine.close_spider_async(reason=CLOSE_REASON))

    def end(self) -> None:
        """Write the daybook."""
        self._note()
        self._save()

    def _save(self) -> bool:
        """Write the daybook; a failure goes to the log and to the stat of the ledger's, and is told by False."""
        self._save_due = time.monotonic() + _SAVE
        try:
            self.hosts.book.save()
        except LedgerError as error:
            logger.critical("%s", error)
            self.crawler.stats.set_value(ERROR_STAT, str(error))
            return False
        return True

    def _note(self) -> None:
        for prefix, reasons in ((CLOSED, self.hosts.closed), (RESTED, self.hosts.rested)):
            for host, reason in reasons.items():
                self.crawler.stats.set_value(f"{prefix}{host}", reason)


class PoliteHandler(BoundedHandler):
    """Downloads when the host may be asked, one request a host at a time.

    Scrapy's own slots do not see to that: a redirected request stays in the slot of the host it came from.
    """

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's turn, then return its answer; raises IgnoreRequest when host or crawl end meanwhile."""
        polite, host = Politeness.of(self.crawler), host_of(request.url)
        async with polite.locks[host]:
            await self._turn(polite, host)
            return await self._ask(polite, host, request)

    async def _ask(self, polite: Politeness, host: str, request: Request) -> Response:
        hosts, began = polite.hosts, time.monotonic()
        hosts.asked(host)
        status, size, retry_after = 0, 0, None
        try:
            response = await self._answer(super().download_request(request))
            status, size = response.status, len(response.body)
            retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
        finally:
            hosts.answered(host, time.monotonic() - began, status=status, size=size, retry_after=retry_after)
            polite.saw()
        return response

    async def _answer(self, coming: Coroutine[Any, Any, Response]) -> Response:
        """Return the answer that is coming; raises Ending when the crawl ends and it does not come soon."""
        task, end = asyncio.ensure_future(coming), math.inf
        while not (await asyncio.wait({task}, timeout=_LOOK))[0]:
            if is_ending(self.crawler):
                end = min(end, time.monotonic() + _LAST)
            if time.monotonic() >= end:
                task.cancel()
                raise Ending("the crawl is ending")
        return task.result()

    async def _turn(self, polite: Politeness, host: str) -> None:
        while not is_ending(self.crawler):
            wait = polite.hosts.wait(host)
            if not wait:
                return polite.check(host)
            await asyncio.sleep(min(wait, _LOOK))
        raise Ending("the crawl is ending")


def is_ending(crawler: Crawler) -> bool:
    """Say whether the crawl takes no more pages; Scrapy 2.19 tells nobody before the last request has come back."""
    slot = crawler.engine._slot
    return slot is None or slot.closing is not None


def manners(settings: BaseSettings) -> Manners:
    """Return the politeness that the settings ask for."""
    return Manners(
        gap=settings.getfloat("DOWNLOAD_DELAY"),
        factor=settings.getfloat("POLITE_FACTOR"),
        second=settings.getfloat("POLITE_SECOND"),
        pages_a_day=settings.getint("POLITE_PAGES_A_DAY"),
        bytes_a_day=settings.getint("POLITE_MIB_A_DAY") * 1024 * 1024,
    )
