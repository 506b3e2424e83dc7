"""Refuses requests for pages that ended the process twice."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from pipelines.session import LedgerSession


class QuarantineMiddleware:
    """Refuses requests for pages that the ledger has in quarantine; stat: `quarantine/refused`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._session = LedgerSession.from_crawler(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a page in quarantine."""
        if request.url in self._session.quarantined:
            self._crawler.stats.inc_value("quarantine/refused")
            raise IgnoreRequest(f"in quarantine: {request.url}")
