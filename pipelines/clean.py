"""Cleans pages into documents, through `cleaners.clean.clean`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from cleaners.clean import clean
from cleaners.model import Document, Page
from pipelines.base import CrawlPipeline
from pipelines.drops import NoText, drop_reason
from pipelines.items import CleanedPage
from pipelines.session import KEPT_CHARS, NOISE_STAT, PAGE_CHARS


class CleanPipeline(CrawlPipeline):
    """FetchedPage -> CleanedPage; a page without document text is dropped."""

    cleaner: Callable[[Page], Document] = staticmethod(clean)

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._counts: Counter[str] = Counter()
        self._keep_lines = crawler.settings.getbool("KEEP_LINES")

    def process_item(self, item: Any) -> CleanedPage:
        """Return the cleaned page; raises `NoText` or a `BadPage`."""
        fields = ItemAdapter(item)
        page: Page = fields["page"]
        with self._session.handling(str(page.url)):
            document = self.cleaner(replace(page, keep_lines=self._keep_lines))
        if bad := drop_reason(document):
            raise bad(f"{page.url} shows {bad.reason} in place of a document")
        if document.sha256 is None:
            raise NoText(f"{page.url} holds no document text")
        self._count(document)
        facts = {name: fields[name] for name in ("site", "fetched_at", "validators")}
        return CleanedPage(document=document, **facts)

    def close_spider(self) -> None:
        """Tell the stats how much was taken away, and by which rules."""
        for stat, count in self._counts.items():
            self._stats.inc_value(stat, count)

    def _count(self, document: Document) -> None:
        self._counts.update(NOISE_STAT + edit.rule for edit in document.edits)
        self._counts[PAGE_CHARS] += len(document.page_text)
        self._counts[KEPT_CHARS] += len(document.text)
