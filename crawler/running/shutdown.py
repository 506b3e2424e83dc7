"""Handles SIGTERM and SIGINT: the first ends crawls in order, the second at once; stored documents stay."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.errors import ALARM, program

_POLL_SECONDS = 0.01  # seconds between two looks for a crawl that was not yet far enough to be stopped
_GRACE_SECONDS = 1.0  # seconds that a second signal leaves to what blocks the event loop, such as shards being written


class ShutdownHandler:
    """Takes the place of Scrapy's signal handlers, which forget a signal that comes while a crawl is being opened.

    After the first signal no crawl begins (`asked`) and the running ones finish the page at hand. The second breaks
    them off: what waits for a commit is fetched again by the next run.
    """

    def __init__(self, process: AsyncCrawlerProcess) -> None:
        self.asked = False
        self._process = process
        self._loop = asyncio.get_event_loop()
        self._told: set[Crawler] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._handle(self._first)

    def _first(self, *_: int | FrameType | None) -> None:
        self.asked = True
        self._handle(self._second)
        _tell("stops after the page at hand, within 15 s; a second signal breaks it off")
        self._loop.call_soon_threadsafe(self._stop)

    def _second(self, *_: int | FrameType | None) -> None:
        self._handle(signal.SIG_IGN)
        timer = threading.Timer(_GRACE_SECONDS, _break_off)
        timer.daemon = True
        timer.start()
        self._loop.call_soon_threadsafe(_stop_reactor)

    def _stop(self) -> None:
        """Stop the crawls that run, and look again for those that are being opened."""
        for crawler in self._process.crawlers - self._told:
            if crawler._engine is not None and crawler._engine.running:
                self._told.add(crawler)
                self._tasks.add(self._loop.create_task(crawler.stop_async()))
        if self._process.crawlers - self._told:
            self._loop.call_later(_POLL_SECONDS, self._stop)

    def _handle(self, handler: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, handler)


def _tell(message: str) -> None:
    """Print a line from within a signal handler, where `print` may not."""
    start = "\r\x1b[K" if os.isatty(2) else ""  # over the progress line
    with suppress(OSError):
        os.write(2, f"{start}{program()}: {message}\n".encode())


def _stop_reactor() -> None:
    reactor: Any = import_module("twisted.internet.reactor")
    with suppress(RuntimeError):  # it is stopping already
        reactor.stop()


def _break_off() -> None:
    _tell("broken off; what was not committed is fetched again by the next run")
    os._exit(ALARM)
