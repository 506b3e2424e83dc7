"""A watch over each page while it is parsed and cleaned: one that blocks the process ends it, and is remembered."""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MOST = 4096  # bytes of an address that are kept


class Watchdog:
    """Ends the process by SIGALRM, with a traceback on stderr, when one page takes more than `seconds` (0: never).

    Parsers in C hold Python's lock, so no timeout of the event loop and no signal handler in Python could; the handler
    of faulthandler is C. The file `path` holds the address of the page at hand: it is written without being synced,
    which a process that dies cannot undo, and emptied when the page is done. Armed only while a page is handled, since
    waiting for the ledger is no page's fault. Raises OSError when the file cannot be written.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._seconds = seconds
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        self.left = os.pread(self._file, _MOST, 0).partition(b"\0")[0].decode("utf-8", "replace")
        """The page that was at hand when the run before this one died, or ""."""
        os.ftruncate(self._file, 0)
        if seconds:
            # Chained to what was there, which ends the process. Not by dump_traceback_later: it starts a thread a page.
            faulthandler.register(signal.SIGALRM, chain=True)

    @contextmanager
    def over(self, url: str) -> Iterator[None]:
        """Watch the block, which handles the page at `url`."""
        os.pwrite(self._file, url.encode("utf-8", "replace")[: _MOST - 1] + b"\0", 0)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            os.pwrite(self._file, b"\0", 0)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)
