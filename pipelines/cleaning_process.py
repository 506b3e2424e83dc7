"""Cleans the pages of this process's crawls in another process, while they fetch: on two cores in half the time.

A page that ends that process, by the watchdog or for want of memory, costs only itself.
"""

from __future__ import annotations

import asyncio
import atexit
import faulthandler
import mmap
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection

from cleaners.model import Page
from pipelines.page_cleaner import Cleaned, PageCleaner
from pipelines.workers import keep_loaded

BATCH_PAGES, BATCH_BYTES = 32, 1 << 20
"""Pages that are sent together, and how long they are, at most; the last one may be longer."""
MIN_PAGES, MAX_SECONDS = 8, 0.01
"""How many pages are waited for, and how long at most: to send each alone costs this process a tenth of its time."""
MAX_FALSE_STARTS = 5
"""Processes in a row that end at no page, after which there is something wrong with the machine."""
_READY = "ready"
_NO_PAGE = 255
_SIGNALS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}
# Not multiprocessing's way, which has the new process import the program that runs in this one: Scrapy and all.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from {module} import serve; serve({connection}, {place})"


class PageCrashedError(Exception):
    """The process that cleaned a page ended at it."""


class NoProcessError(RuntimeError):
    """No process can be started; the message says so in one line."""


class CleaningError(RuntimeError):
    """A bug in cleaning; the message is its traceback."""


@dataclass(slots=True, eq=False)
class _Job:
    """A page of a crawl that waits for its turn, or for its result."""

    crawl: int
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

    It is started with the first crawl and ended with the last one. How many pages wait is up to those who ask: Scrapy's
    engine asks for no further answer while those at hand are long.
    """

    # Idea: the event loop must never wait for the process. So pages are sent only to one that has nothing to do, all
    # that wait together up to a batch; it reads them at once, and they become more the busier it is. What it sends back
    # comes as an event. `_place`, in memory that both share, is the place in the batch of the page at hand: when the
    # process ends, that page is given up, the others go to a new one.
    # Invariant: each job is in `_waiting` or in `_sent` until it is settled.

    def __init__(self) -> None:
        self._numbers = count()
        self._crawls: dict[PageCleaner, int] = {}
        self._ended: list[int] = []
        self._waiting: deque[_Job] = deque()
        self._sent: list[_Job] = []
        self._false_starts = 0
        self._ready = False
        self._timer: asyncio.TimerHandle | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection
        self._place: mmap.mmap

    def join(self, cleaner: PageCleaner) -> None:
        """Take in a crawl that begins, with the cleaner of its pages."""
        self._crawls[cleaner] = next(self._numbers)
        if self._process is None:
            self._start()

    def leave(self, cleaner: PageCleaner) -> None:
        """Forget a crawl that has ended; with the last one the process ends."""
        if cleaner in self._crawls:
            self._ended.append(self._crawls.pop(cleaner))
            if not self._crawls:
                self._end()
                self._waiting.clear()  # pages of crawls that were broken off
                self._sent.clear()

    async def clean(self, cleaner: PageCleaner, page: Page) -> Cleaned:
        """Return what a crawl's cleaner makes of a page; what it learns it learns there.

        Raises PageCrashedError when the process ends at this page, CleaningError for a bug, and NoProcessError.
        """
        job = _Job(self._crawls[cleaner], cleaner, page, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._go_on()
        return await job.done

    def _go_on(self) -> None:
        """See that there is a process, and that it has work."""
        if self._process is None:
            self._start()
        elif len(self._waiting) >= MIN_PAGES:
            self._send()
        elif self._waiting and not self._timer:
            self._timer = asyncio.get_running_loop().call_later(MAX_SECONDS, self._send)

    def _send(self) -> None:
        """Send what waits, up to a batch, if the process has nothing to do."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if not self._ready or self._sent or not self._waiting:
            return
        size = 0
        while self._waiting and len(self._sent) < BATCH_PAGES and size < BATCH_BYTES:
            self._sent.append(self._waiting.popleft())
            size += len(self._sent[-1].page.body)
        jobs = [(job.crawl, job.cleaner, job.page) for job in self._sent]
        try:
            self._connection.send((self._ended, jobs))
            self._ended = []
        except OSError:
            pass  # one that is gone is heard of at once
        except MemoryError:
            self._reap()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs, open(os.memfd_create("page"), "rb+") as file:
            file.truncate(1)
            self._place = mmap.mmap(file.fileno(), 1)
            self._place[0] = _NO_PAGE
            inherited = theirs.fileno(), file.fileno()
            program = _PROGRAM.format(path=sys.path, module=__name__, connection=inherited[0], place=inherited[1])
            # It inherits that these are blocked: a terminal or systemd sends them to all, and the crawl ends it.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
            try:
                self._process = subprocess.Popen([sys.executable, "-c", program], pass_fds=inherited)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        atexit.register(self._process.kill)
        self._connection = Connection(ours.detach())
        asyncio.get_running_loop().add_reader(self._connection.fileno(), self._receive)
        os.set_blocking(self._connection.fileno(), True)  # uvloop sets it otherwise, and messages would be cut

    def _receive(self) -> None:
        """Take what the process sent: that it is ready, or what became of the pages."""
        try:
            said = self._connection.recv()
        except (EOFError, OSError, MemoryError):
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
        place = self._place[0]
        self._end()
        if place == _NO_PAGE:
            self._false_starts += 1
        else:
            self._sent.pop(place).settle(PageCrashedError())
        self._waiting.extendleft(reversed(self._sent))
        self._sent = []
        if self._false_starts == MAX_FALSE_STARTS:
            self._false_starts = 0
            while self._waiting:
                self._waiting.popleft().settle(
                    NoProcessError(f"{MAX_FALSE_STARTS} processes in a row ended at no page")
                )
        elif self._waiting or place == _NO_PAGE:
            self._start()

    def _end(self) -> None:
        if self._process:
            asyncio.get_running_loop().remove_reader(self._connection.fileno())
            self._process.kill()
            self._process.wait()
            atexit.unregister(self._process.kill)
            self._connection.close()
            self._process, self._ready, self._ended = None, False, []


PROCESS = CleaningProcess()
"""That of this process."""


def serve(connection: int, place: int) -> None:
    """Clean what comes until nobody is there any more; each crawl's pages by its own cleaner, which learns.

    The arguments are file descriptors of the socket, and of the byte that says which page of the batch is at hand.
    """
    faulthandler.register(signal.SIGPROF, chain=True)
    cleaners: dict[int, PageCleaner] = {}
    at = mmap.mmap(place, 1)
    with suppress(EOFError, OSError), Connection(connection) as crawls:
        crawls.send(_READY)
        while True:
            ended, jobs = crawls.recv()
            for crawl in ended:
                cleaners.pop(crawl, None)
            made = []
            for number, (crawl, cleaner, page) in enumerate(jobs):
                at[0] = number
                made.append(_cleaned(cleaners.setdefault(crawl, cleaner), page))
            at[0] = _NO_PAGE
            crawls.send(made)
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
