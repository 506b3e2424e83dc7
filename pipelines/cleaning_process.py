"""Cleans the pages of this process's crawls in another process, while they fetch: on two cores in half the time.

A page that ends that process, by the watchdog or for want of memory, costs only itself.
"""

from __future__ import annotations

import asyncio
import atexit
import faulthandler
import os
import signal
import traceback
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from cleaners.model import Page
from pipelines.page_cleaner import Cleaned, PageCleaner
from pipelines.workers import keep_loaded

BATCH_PAGES, BATCH_BYTES = 32, 1 << 20
"""Pages that are sent together, and how long they are, at most; the last one may be longer."""
MAX_FALSE_STARTS = 5
"""Processes in a row that end at no page, after which there is something wrong with the machine."""
_READY = "ready"
_BETWEEN_PAGES = -1
_METHOD = get_context("spawn")  # a fork would copy the locks of threads, the sockets of sites and the lock of the site
_SIGNALS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}


class PageCrashedError(Exception):
    """The process that cleaned a page ended at it."""


class NoProcessError(RuntimeError):
    """No process can be started; the message says so in one line."""


class CleaningError(RuntimeError):
    """A bug in cleaning; the message is its traceback."""


@dataclass(slots=True, eq=False)
class _Job:
    """A page of a crawl that waits for its turn, or for its result."""

    cleaner: PageCleaner
    page: Page
    done: asyncio.Future[Cleaned]

    def settle(self, made: Cleaned | str | Exception) -> None:
        """Give whoever waits the result, the traceback of a bug, or why there is none."""
        if self.done.done():  # who waited has been broken off
            return
        if isinstance(made, Cleaned):
            self.done.set_result(made)
        else:
            self.done.set_exception(CleaningError(made) if isinstance(made, str) else made)


class CleaningProcess:
    """The process in which the crawls of this one have their pages cleaned, in the order in which they ask.

    It is started with the first page and ended with the last crawl. How many pages wait is up to those who ask:
    Scrapy's engine asks for no further answer while those at hand are long.
    """

    # Idea: the event loop must never wait for the process. So pages are sent only to one that has nothing to do, all
    # that wait together up to a batch; it reads them at once, and they become more the busier it is. What it sends back
    # comes as an event. `_at`, in memory that both share, says which page of the batch is at hand: when the process
    # ends, that one is given up, the others go to a new one.
    # Invariant: each job is in `_waiting` or in `_sent` until it is settled.

    def __init__(self) -> None:
        self._numbers = count()
        self._crawls: dict[PageCleaner, int] = {}
        self._ended: list[int] = []
        self._waiting: deque[_Job] = deque()
        self._sent: list[_Job] = []
        self._false_starts = 0
        self._ready = False
        self._process: Any = None
        self._connection: Connection | None = None
        self._at: Any = None

    async def clean(self, cleaner: PageCleaner, page: Page) -> Cleaned:
        """Return what a crawl's cleaner makes of a page; what it learns it learns there.

        Raises PageCrashedError when the process ends at this page, CleaningError for a bug, and NoProcessError.
        """
        if cleaner not in self._crawls:
            self._crawls[cleaner] = next(self._numbers)
        job = _Job(cleaner, page, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._go_on()
        return await job.done

    def leave(self, cleaner: PageCleaner) -> None:
        """Forget the cleaner of a crawl that has ended; with the last one the process ends."""
        if cleaner in self._crawls:
            self._ended.append(self._crawls.pop(cleaner))
            if not self._crawls:
                self._end()

    def _go_on(self) -> None:
        """See that there is a process, and that it has work."""
        if self._connection is None:
            self._start()
        elif self._ready and not self._sent:
            size = 0
            while self._waiting and len(self._sent) < BATCH_PAGES and size < BATCH_BYTES:
                self._sent.append(self._waiting.popleft())
                size += len(self._sent[-1].page.body)
            if self._sent:
                self._send(self._connection)

    def _send(self, connection: Connection) -> None:
        with suppress(OSError):  # one that is gone is heard of at once
            jobs = [(self._crawls[job.cleaner], job.cleaner, job.page) for job in self._sent]
            connection.send((self._ended, jobs))
            self._ended = []

    def _start(self) -> None:
        self._connection, theirs = _METHOD.Pipe()
        self._at = _METHOD.RawValue("i", _BETWEEN_PAGES)
        self._process = _METHOD.Process(target=_serve, args=(theirs, self._at), daemon=True)
        # It inherits that these are blocked: a terminal or systemd sends them to all, and the crawl ends it.
        resource_tracker.ensure_running()  # else `start` starts it, and that lets the signals through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        atexit.register(self._process.kill)  # before multiprocessing's own, which asks by SIGTERM and waits
        asyncio.get_running_loop().add_reader(self._connection.fileno(), self._receive)
        os.set_blocking(self._connection.fileno(), True)  # uvloop sets it otherwise, and messages would be cut

    def _receive(self) -> None:
        """Take what the process sent: that it is ready, or what became of the pages."""
        try:
            said: Any = self._connection.recv() if self._connection else None
        except (EOFError, OSError):
            self._reap()
            return
        done, self._sent = self._sent, []
        self._ready = True
        self._go_on()  # first of all, since it has nothing to do
        if said != _READY:
            self._false_starts = 0
            for job, made in zip(done, said, strict=True):
                job.settle(made)

    def _reap(self) -> None:
        """Give up the page at which the process has ended, and have a new one do the others."""
        self._end()
        if self._at.value == _BETWEEN_PAGES:
            self._false_starts += 1
        else:
            self._sent.pop(self._at.value).settle(PageCrashedError())
        self._waiting.extendleft(reversed(self._sent))
        self._sent = []
        if self._false_starts == MAX_FALSE_STARTS:
            self._false_starts = 0
            while self._waiting:
                self._waiting.popleft().settle(NoProcessError(f"{MAX_FALSE_STARTS} processes in a row ended at no page"))
        if self._waiting:
            self._start()

    def _end(self) -> None:
        if self._connection:
            asyncio.get_running_loop().remove_reader(self._connection.fileno())
            self._process.kill()
            self._process.join()
            atexit.unregister(self._process.kill)
            self._connection.close()
            self._connection, self._ready, self._ended = None, False, []


PROCESS = CleaningProcess()
"""That of this process."""


def _serve(connection: Connection, at: Any) -> None:
    """Clean what comes until nobody is there any more; each crawl's pages by its own cleaner, which learns."""
    faulthandler.register(signal.SIGPROF, chain=True)
    cleaners: dict[int, PageCleaner] = {}
    with suppress(EOFError, OSError):
        connection.send(_READY)
        while True:
            ended, jobs = connection.recv()
            for crawl in ended:
                cleaners.pop(crawl, None)
            made = []
            for place, (crawl, cleaner, page) in enumerate(jobs):
                at.value = place
                made.append(_cleaned(cleaners.setdefault(crawl, cleaner), page))
            at.value = _BETWEEN_PAGES
            connection.send(made)
            keep_loaded()


def _cleaned(cleaner: PageCleaner, page: Page) -> Cleaned | str:
    """Clean a page in the time that it may take; return the traceback of a bug."""
    signal.setitimer(signal.ITIMER_PROF, cleaner.seconds)
    try:
        return cleaner(page)
    except Exception:
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
