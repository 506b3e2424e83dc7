"""Deduplicate: a document that is stored already is not stored again."""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from cleaners.model import Document
from pipelines.drops import Duplicate, Unchanged
from pipelines.ledger import Verdict
from pipelines.session import Session


class DeduplicatePipeline:
    """CleanedPage -> the same, when its SHA-256 is new to the ledger; else its URL is noted and it is dropped."""

    def __init__(self, session: Session, stats: StatsCollector) -> None:
        self._session = session
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline of this crawl."""
        return cls(Session.from_crawler(crawler), crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `Duplicate`, `Unchanged`, or `NotStored` when the ledger fails."""
        fields = ItemAdapter(item)
        document: Document = fields["document"]
        with self._session.ledger() as ledger:
            verdict = ledger.verdict(str(document.url), str(document.sha256))
            if verdict is Verdict.COPY:
                ledger.add(document, site=fields["site"], added=fields["fetched_at"])
        if verdict is Verdict.COPY:
            self._stats.inc_value("documents/duplicate")
            raise Duplicate(f"{document.url} gives the stored document {document.key}")
        if verdict is Verdict.UNCHANGED:
            self._stats.inc_value("documents/unchanged")
            raise Unchanged(f"{document.url} still gives the document {document.key}")
        return item
