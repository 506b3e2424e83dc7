"""Answers requests from saved pages: cases `DIR/SITE/CASE/` as in fixtures/, or WARC files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from cleaners.sites import Site
from crawler.downloader.responses import NOT_SAVED_STAT
from crawler.downloader.robots import TERMS
from crawler.errors import ArgumentError
from crawler.replay import fixture_replay, warc_replay
from crawler.replay.fixture_replay import FixtureReplay
from crawler.replay.warc_replay import WarcReplay

EXAMPLE = Path(__file__).parents[2] / "fixtures"
"""The saved pages that come with the program."""


class ReplaySource(Protocol):
    """Saved pages of one site: `documents` are addresses to begin with, none where the site's start pages will do."""

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the addresses."""
        ...

    def answer(self, url: str) -> tuple[Response, str] | None:
        """Return what `url` answered and when it was fetched (ISO 8601, UTC), None when it is not saved."""
        ...


def settings(directory: str) -> dict[str, Any]:
    """Return the settings that make a crawl replay `directory`: no network, no waiting."""
    handler = "crawler.replay.handler.ReplayHandler"
    return {
        "REPLAY_DIR": directory,
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None, "http": handler, "https": handler},
        "DOWNLOAD_DELAY": 0,
    }


def sites_in(path: Path) -> list[str]:
    """Return the names of the sites that `path` holds pages of; raises ArgumentError when there are none."""
    found = warc_replay.sites_in(path) if warc_replay.is_archive(path) else fixture_replay.sites_in(path)
    if not found:
        raise ArgumentError(
            f"--replay {path}: no saved pages there, neither DIR/SITE/CASE/meta.json beside page.html nor WARC files "
            "with pages of a known site; only crawls with -s ARCHIVE=1 keep what they fetch"
        )
    return found


def replay_source(path: Path, site: Site) -> ReplaySource:
    """Return the pages of `site` at `path`; raises ArgumentError for pages that make no sense."""
    return WarcReplay(path, site) if warc_replay.is_archive(path) else FixtureReplay(path, site)


class ReplayHandler(BaseDownloadHandler):
    """Answers http and https requests from saved pages; a page that is not saved is dropped and counted."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._saved = replay_source(Path(crawler.settings["REPLAY_DIR"]), crawler.spidercls.site)  # type: ignore[attr-defined]

    async def download_request(self, request: Request) -> Response:
        """Return the saved page, with its fetch time in `request.meta`; a site without robots.txt answers 404."""
        found = self._saved.answer(request.url)
        if found is None and urlsplit(request.url).path in TERMS:
            return Response(request.url, status=404, headers={"Content-Type": "text/plain"})
        if found is None:
            self.crawler.stats.inc_value(NOT_SAVED_STAT)
            raise IgnoreRequest(f"not saved: {request.url}")
        response, request.meta["fetched_at"] = found
        return response
