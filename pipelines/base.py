"""What every pipeline of a crawl is made of: the crawl's session with the ledger, and its stats."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from pipelines.session import LedgerSession


class CrawlPipeline:
    """A pipeline that shares the session of its crawl with the others."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._session = LedgerSession.from_crawler(crawler)
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline of this crawl."""
        return cls(crawler)
