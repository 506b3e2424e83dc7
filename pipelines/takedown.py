"""Drops documents that were taken down, wherever they are found."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter

from cleaners.model import Document
from pipelines.base import CrawlPipeline
from pipelines.drops import TakenDown


class TakedownPipeline(CrawlPipeline):
    """CleanedPage -> the same, unless its URL or its SHA-256 was taken down. Stat: `takedown/dropped`."""

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `TakenDown`."""
        document: Document = ItemAdapter(item)["document"]
        if document.sha256 in self._session.refused or document.url in self._session.taken_down:
            self._stats.inc_value("takedown/dropped")
            raise TakenDown(f"{document.url} gives a document that was taken down")
        return item
