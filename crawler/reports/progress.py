"""Reports the progress of a crawl on standard error: pages, documents, and which hosts wait for what."""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from shutil import get_terminal_size
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from crawler.downloader.politeness import PolitenessMiddleware
from crawler.reports.summary import COUNTS
from crawler.terminal.explain import visible
from crawler.terminal.table import clip, counted

TERMINAL_SECONDS = 0.5
"""Seconds between two looks of the line on a terminal."""
RATE_SECONDS = 60.0
"""Seconds that the rate is an average of."""
MAX_HOSTS = 3
"""Hosts that are named of those that wait, and of those that are not asked."""
MAX_COLUMNS = 300
"""Columns of a line that goes to a file."""
_CLEAR = "\r\x1b[K"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSnapshot:
    """Where one site's crawl is: its stats, hosts that wait (seconds, why), hosts not asked any more (why)."""

    stats: Mapping[str, Any]
    waiting: Mapping[str, tuple[float, str]]
    left: Mapping[str, str]

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return that of a running crawl."""
        polite = PolitenessMiddleware.of(crawler)
        left = {**polite.hosts.over_budget, **polite.hosts.closed}
        return cls(stats=crawler.stats.get_stats(), waiting=polite.waiting(), left=left)

    def count(self, *names: str) -> int:
        """Return the sum of some of the counts of `crawler.reports.summary.COUNTS`."""
        return sum(self.stats.get(COUNTS[name], 0) for name in names)


def format_line(crawls: Iterable[ProgressSnapshot], elapsed: float, rate: float) -> str:
    """Return where the crawls of one process are together, after `elapsed` seconds at `rate` pages a second.

    >>> waiting = {"a.example": (2.4, "pause")}
    >>> format_line([ProgressSnapshot(stats={"pages/fetched": 7}, waiting=waiting, left={})], 65.2, 0.31)
    '0:01:05  7 pages, 0.3/s, 0 documents; waiting: a.example 3 s (pause)'
    """
    crawls = list(crawls)
    pages, documents, again = (
        sum(crawl.count(*names) for crawl in crawls) for names in (("pages",), ("documents",), _KNOWN)
    )
    known = f" and {counted(again, 'known one')}" if again else ""
    done = f"{counted(pages, 'page')}, {rate:.1f}/s, {counted(documents, 'document')}{known}"
    line = f"{timedelta(seconds=int(elapsed))}  {done}"
    waiting = [f"{host} {int(wait) + 1} s ({why})" for crawl in crawls for host, (wait, why) in crawl.waiting.items()]
    left = [f"{host} ({why})" for crawl in crawls for host, why in crawl.left.items()]
    more = [f"; {what}: {_first(hosts)}" for what, hosts in (("waiting", waiting), ("not asked", left)) if hosts]
    return visible("".join([line, *more]))


def _first(hosts: Sequence[str]) -> str:
    further = f" and {len(hosts) - MAX_HOSTS} more" if len(hosts) > MAX_HOSTS else ""
    return f"{', '.join(hosts[:MAX_HOSTS])}{further}"


_KNOWN = ("duplicates", "unchanged")
# The crawls of this process that run, of which the first tells for all, and how those that have ended did end.
_running: list[ProgressExtension] = []
_ended: list[ProgressSnapshot] = []


class _Pace:
    """When the crawls of this process began, of which any may end or begin meanwhile, and how fast they are of late."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self._seen: deque[tuple[float, int]] = deque([(self.began, 0)])

    def rate(self, now: float, pages: int) -> float:
        """Return how many pages a second came in the last minute, when there are so many now."""
        while len(self._seen) > 1 and self._seen[1][0] <= now - RATE_SECONDS:
            self._seen.popleft()
        then, before = self._seen[0]
        self._seen.append((now, pages))
        return max(0, pages - before) / max(now - then, 0.001)


class ProgressExtension:
    """An extension that tells where the crawls of this process are; setting PROGRESS, and PROGRESS_SECONDS (0: never)
    for a standard error that is no terminal.
    """

    def __init__(self, crawler: Crawler, every: float, *, terminal: bool) -> None:
        self._crawler = crawler
        self._every = every
        self._terminal = terminal
        self._pace = _Pace()
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        self._told = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for one crawl; raises NotConfigured where nothing is to be told."""
        terminal = sys.stderr.isatty()
        every = TERMINAL_SECONDS if terminal else crawler.settings.getfloat("PROGRESS_SECONDS")
        if not crawler.settings.getbool("PROGRESS") or every <= 0:
            raise NotConfigured
        if terminal:
            for handler in logging.getLogger().handlers:
                handler.addFilter(_clearing)
        made = cls(crawler, every, terminal=terminal)
        crawler.signals.connect(made.opened, signals.spider_opened)
        crawler.signals.connect(made.closed, signals.spider_closed)
        return made

    def opened(self) -> None:
        """Begin to tell."""
        self._pace = _running[0]._pace if _running else _Pace()
        _running.append(self)
        self._timer = create_looping_call(self.tell)
        self._timer.start(self._every, now=False)

    def closed(self) -> None:
        """Leave nothing on the terminal."""
        if self._timer:
            self._timer.stop()
            _running.remove(self)
            _ended.append(replace(ProgressSnapshot.of(self._crawler), waiting={}))
        if not _running:
            _ended.clear()
        if self._terminal:
            _write(_CLEAR)

    def tell(self) -> None:
        """Write the line, once for all crawls of the process."""
        now = time.monotonic()
        if _running[0] is not self or now - self._told < self._every / 2:  # a loop may wake too early, and then again
            return
        self._told = now
        self._write([*_ended, *(ProgressSnapshot.of(progress._crawler) for progress in _running)], now)

    def _write(self, crawls: Sequence[ProgressSnapshot], now: float) -> None:
        rate = self._pace.rate(now, sum(crawl.count("pages") for crawl in crawls))
        line = format_line(crawls, now - self._pace.began, rate)
        if self._terminal:
            _write(f"\r{clip(line, get_terminal_size().columns - 1)}\x1b[K")
        else:
            _write(f"{clip(line, MAX_COLUMNS)}\n")


class _Clearing(logging.Filter):
    """Takes the line off a terminal before a record is written there; the next look brings it back."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002
        """Let every record pass."""
        if _running:
            _write(_CLEAR)
        return True


_clearing = _Clearing()


def _write(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)
