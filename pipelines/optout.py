"""Drops pages whose site does not want the text kept."""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from cleaners.model import Page
from pipelines.drops import OptedOut


class OptOutPipeline:
    """FetchedPage -> the same, unless it bears the reason why it must not be kept. Stat: `optout/<reason>`."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline of this crawl."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `OptedOut`."""
        fields = ItemAdapter(item)
        page: Page = fields["page"]
        if reason := fields["opted_out"]:
            self._stats.inc_value(f"optout/{reason}")
            raise OptedOut(f"{page.url} is not kept: {reason}")
        return item
