"""Archives what was fetched as WARC (setting ARCHIVE), so that better rules can clean it again."""

from __future__ import annotations

import io
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from crawler.downloader.content_encoding import body_of
from crawler.downloader.optout import PageDirectives
from crawler.downloader.responses import SITEMAP_META
from crawler.downloader.robots import ROBOTS_META
from crawler.files.compression import CompressionError
from crawler.files.outputs import ARCHIVE
from crawler.replay.warc_writer import exchange, info
from pipelines.ledger.connection import ledger_error
from pipelines.session import CLOSE_REASON, ERROR_STAT

logger = logging.getLogger(__name__)


class ArchiveExtension:
    """Writes every answer as it was received, with the request that asked for it: pages, sitemaps, robots.txt.

    The files are `DATA_DIR/warc/SITE-YYYYmmddHHMMSS-NNNNN.warc.gz`, of about ARCHIVE_MIB each; every record is a gzip
    member of its own and is in the file before the page goes on, so that a killed run leaves whole records. A 304 is
    a `revisit`. Pages that opt out are not kept, nor those that cannot be unpacked, which might opt out. A full disk
    ends the crawl as that of the ledger does. Stats: `archive/kept`, `archive/left_out`.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._largest = settings.getint("DOWNLOAD_MAXSIZE")
        self._files = WarcFileSeries(
            Path(settings.get("DATA_DIR", "data")) / ARCHIVE,
            crawler.spidercls.name,
            most=settings.getint("ARCHIVE_MIB") * 1024 * 1024,
            facts=_facts(settings, crawler.spidercls.name),
        )
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the archive of one crawl; raises NotConfigured without ARCHIVE, and for a replay: it fetches nothing."""
        if not crawler.settings.getbool("ARCHIVE") or crawler.settings.get("REPLAY_DIR"):
            raise NotConfigured
        archive = cls(crawler)
        crawler.signals.connect(archive.downloaded, signals.response_downloaded)
        crawler.signals.connect(archive.close, signals.spider_closed)
        return archive

    def downloaded(self, response: Response, request: Request) -> None:
        """Keep an answer, before anything is unpacked or follows from it."""
        if self._failed:
            return
        kept = self._may_be_kept(response, request)
        self._crawler.stats.inc_value("archive/kept" if kept else "archive/left_out")
        if not kept:
            return
        try:
            self._files.add(exchange(response, request, datetime.now(UTC)))
        except OSError as error:
            self._fail(error)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=CLOSE_REASON))

    def close(self) -> None:
        """Synchronise the last file with the disk."""
        try:
            self._files.close()
        except OSError as error:
            self._fail(error)

    def _may_be_kept(self, response: Response, request: Request) -> bool:
        if ROBOTS_META in request.meta or SITEMAP_META in request.meta:
            return True
        try:
            page = response.replace(body=body_of(response, self._largest))
        except CompressionError:
            return False
        page.request = request
        return PageDirectives.of(page).opted_out is None

    def _fail(self, error: OSError) -> None:
        self._failed = True
        failure = ledger_error(self._files.folder, error)
        logger.critical("%s", failure)
        self._crawler.stats.set_value(ERROR_STAT, str(failure))


class WarcFileSeries:
    """One run's files in `folder`, each begun with a warcinfo of `facts` and ended when it has `most` bytes."""

    def __init__(self, folder: Path, site: str, *, most: int, facts: dict[str, str]) -> None:
        self.folder = folder
        self._stem = f"{site}-{datetime.now(UTC):%Y%m%d%H%M%S}"
        self._most = most
        self._facts = facts
        self._number = 0
        self._file: io.FileIO | None = None
        self._size = 0

    def add(self, made: bytes) -> None:
        """Append records, all or none of them; raises OSError."""
        self._append(self._file or self._open(), made)
        if self._size >= self._most:
            self.close()

    def close(self) -> None:
        """End the file at hand, if there is one; raises OSError."""
        if self._file:
            file, self._file = self._file, None
            with file:
                os.fsync(file.fileno())

    def _open(self) -> io.FileIO:
        self.folder.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            path = self.folder / f"{self._stem}-{self._number:05}.warc.gz"
            self._number += 1
            with suppress(FileExistsError):
                self._file = path.open("xb", buffering=0)
        self._size = 0
        self._append(self._file, info(path.name, self._facts))
        return self._file

    def _append(self, file: io.FileIO, made: bytes) -> None:
        left = memoryview(made)
        try:
            while left:
                left = left[file.write(left) :]
        except OSError:
            with suppress(OSError):
                file.truncate(self._size)
            raise
        self._size += len(made)


def _facts(settings: BaseSettings, site: str) -> dict[str, str]:
    """Return what the warcinfo says: who crawled, with what, and how politely."""
    return {
        "software": "wenqing",
        "operator": settings.get("WENQING_CONTACT", ""),
        "http-header-user-agent": settings["USER_AGENT"],
        "robots": "classic",
        "description": "robots.txt is obeyed by RFC 9309; pages that opt out are not kept",
        "isPartOf": site,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
