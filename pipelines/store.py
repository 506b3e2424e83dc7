"""Stores new documents in the ledger, and from there in the shards."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from cleaners.model import Document
from pipelines.base import CrawlPipeline


class StorePipeline(CrawlPipeline):
    """CleanedPage -> the same, stored; it also opens, ticks and closes the session that all pipelines share."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._timer: AsyncioLoopingCall | LoopingCall | None = None

    def open_spider(self) -> None:
        """Open the ledger; raises `CloseSpider` when that fails."""
        self._session.open()
        self._crawler.signals.connect(self._session.dropped, signals.item_dropped)
        self._timer = create_looping_call(self._session.tick)
        self._timer.start(1.0, now=False)

    def process_item(self, item: Any) -> Any:
        """Return `item` when the ledger has taken its document; raises `NotStored` when the ledger fails."""
        fields = ItemAdapter(item)
        document: Document = fields["document"]
        with self._session.ledger() as ledger:
            ledger.add(document, site=fields["site"], added=fields["fetched_at"], validators=fields["validators"])
        self._stats.inc_value("documents/stored")
        if document.truncated:
            self._stats.inc_value("documents/truncated")
        return item

    def close_spider(self) -> None:
        """Commit what waits, write the shards and close the ledger."""
        if self._timer:
            self._timer.stop()
        self._session.close()
