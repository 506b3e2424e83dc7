"""Watches each page while it is parsed and cleaned: one that blocks the process ends it, and is remembered."""

from __future__ import annotations

import faulthandler
import mmap
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MAX_URL_BYTES = 4096  # bytes of an address that are kept


class Watchdog:
    """Ends the process by SIGPROF, with a traceback on stderr, when a page takes more than `seconds` of CPU (0: never).

    What counts is the time of the process, not that of the clock: a machine that is busy or slept is no page's fault.

    Parsers in C hold Python's lock, so no timeout of the event loop and no signal handler in Python could; the handler
    of faulthandler is C. The file `path` holds the address of the page at hand: it is mapped, so that a process that
    dies cannot undo what it wrote, and emptied when the page is done. Armed only while a page is handled, since
    waiting for the ledger is no page's fault. Raises OSError when the file cannot be written.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._seconds = seconds
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            self.left = os.pread(file, _MAX_URL_BYTES, 0).partition(b"\0")[0].decode("utf-8", "replace")
            """The page that was at hand when the run before this one died, or ""."""
            os.posix_fallocate(file, 0, _MAX_URL_BYTES)  # a full disk is told here, and not by SIGBUS at the first page
            self._page = mmap.mmap(file, _MAX_URL_BYTES)
            self._page[0] = 0
        finally:
            os.close(file)
        if seconds:
            # Chained to what was there, which ends the process. Not by dump_traceback_later: it starts a thread a page.
            faulthandler.register(signal.SIGPROF, chain=True)

    @contextmanager
    def over(self, url: str) -> Iterator[None]:
        """Watch the block, which handles the page at `url`."""
        address = url.encode("utf-8", "replace")[: _MAX_URL_BYTES - 1] + b"\0"
        self._page[: len(address)] = address
        signal.setitimer(signal.ITIMER_PROF, self._seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._page[0] = 0

    def close(self) -> None:
        """Close the file."""
        self._page.close()
