"""Sanitizes the log, so that no site can write control characters, endless lines or a flood into it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Self

from scrapy.crawler import Crawler

from crawler.terminal.explain import visible

MAX_LINE = 4000
"""Characters of one record, its traceback included; what is longer is shortened in its middle."""
MAX_BYTES = 10 * 1024 * 1024
PERIOD_SECONDS = 24 * 3600.0
"""Bytes that are logged at most in so many seconds."""


class LogSanitizerExtension:
    """An extension that makes the log's handlers safe when a crawl is made; doing so twice changes nothing.

    What no handler writes is not recorded either: Scrapy makes records of every page.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the log safe."""
        for handler in logging.getLogger().handlers:
            sanitize(handler)
        for name in (None, "scrapy"):  # Scrapy lets its own records be made whatever the level
            logging.getLogger(name).setLevel(crawler.settings["LOG_LEVEL"])
        return cls()


def sanitize(handler: logging.Handler) -> None:
    """Make `handler` write escaped, shortened records, `MAX_BYTES` bytes of them a `PERIOD_SECONDS`."""
    if not isinstance(handler.formatter, EscapingFormatter):
        handler.setFormatter(EscapingFormatter(handler.formatter or logging.Formatter()))
        handler.addFilter(VolumeFilter(handler))


class EscapingFormatter(logging.Formatter):
    """Formats as `inner` does and escapes what a terminal would act on; a record's further lines are indented."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as lines that hold no control characters."""
        lines = self.inner.format(record).split("\n")
        text = "\n    ".join(visible(line) for line in lines)
        if len(text) <= MAX_LINE:
            return text
        half = MAX_LINE // 2
        return f"{text[:half]} … {len(text) - 2 * half} characters left out … {text[-half:]}"


class VolumeFilter(logging.Filter):
    """Lets pass so many bytes in a period, then says once that it is full."""

    def __init__(self, handler: logging.Handler, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._handler = handler
        self._clock = clock
        self._began = clock()
        self._left = MAX_BYTES

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is written; in the place of the first that no longer fits a last line is."""
        if self._clock() - self._began > PERIOD_SECONDS:
            self._began, self._left = self._clock(), MAX_BYTES
        if self._left <= 0:
            return False
        self._left -= len(self._handler.format(record).encode(errors="replace")) + 1
        if self._left > 0:
            return True
        told = (
            f"the log is full ({MAX_BYTES // 1024**2} MiB in {PERIOD_SECONDS / 3600:.0f} hours): the rest is left out"
        )
        self._handler.emit(logging.makeLogRecord({"name": __name__, "levelname": "WARNING", "msg": told}))
        return False
