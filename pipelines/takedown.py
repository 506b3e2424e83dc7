"""Drops documents that were taken down, wherever they are found."""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from cleaners.model import Document
from pipelines.drops import TakenDown
from pipelines.session import LedgerSession


class TakedownPipeline:
    """CleanedPage -> the same, unless its URL or its SHA-256 was taken down. Stat: `takedown/dropped`."""

    def __init__(self, session: LedgerSession, stats: StatsCollector) -> None:
        self._session = session
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline of this crawl."""
        return cls(LedgerSession.from_crawler(crawler), crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `TakenDown`."""
        document: Document = ItemAdapter(item)["document"]
        if document.sha256 in self._session.refused or document.url in self._session.taken_down:
            self._stats.inc_value("takedown/dropped")
            raise TakenDown(f"{document.url} gives a document that was taken down")
        return item
