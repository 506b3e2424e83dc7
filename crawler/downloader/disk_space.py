"""Checks the free disk space: a crawl that would fill the disk does not start, or ends in order."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from pipelines.session import CLOSE_REASON, ERROR_STAT

CHECK_EVERY = 100
"""Answers between two looks at the disk; each may have up to DOWNLOAD_MAXSIZE bytes, few have a thousandth."""


def check_free_space(settings: BaseSettings) -> str | None:
    """Return what to tell when less than FREE_MB (MiB, 0: any) are free where DATA_DIR is or will be, else None."""
    needed, folder = settings.getint("FREE_MB"), Path(settings["DATA_DIR"]).absolute()
    if not needed:
        return None
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free / 1024**2
    if free >= needed:
        return None
    return f"{folder}: {free:.0f} MiB of the disk are free, FREE_MB wants {needed}; make room, then run again"


class DiskSpaceExtension:
    """Looks at the disk every `CHECK_EVERY` responses; too little room ends the crawl as a failing ledger does."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answers = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for one crawl; raises NotConfigured where any room will do."""
        if not crawler.settings.getint("FREE_MB"):
            raise NotConfigured
        made = cls(crawler)
        crawler.signals.connect(made.check, signals.response_received)
        return made

    def check(self) -> None:
        """Count an answer, and end the crawl when it is time to look and there is too little room."""
        self._answers += 1
        if self._answers % CHECK_EVERY:
            return
        if reason := check_free_space(self._crawler.settings):
            self._crawler.stats.set_value(ERROR_STAT, reason)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=CLOSE_REASON))
