"""Drops pages whose site does not want the text kept."""

from __future__ import annotations

from pipelines.base import CrawlPipeline
from pipelines.drops import OptedOut
from pipelines.items import FetchedPage


class OptOutPipeline(CrawlPipeline):
    """FetchedPage -> the same, unless it bears the reason why it must not be kept. Stat: `optout/<reason>`."""

    def process_item(self, item: FetchedPage) -> FetchedPage:
        """Return `item`; raises `OptedOut`."""
        if reason := item.opted_out:
            self._stats.inc_value(f"optout/{reason}")
            raise OptedOut(f"{item.url} is not kept: {reason}")
        return item
