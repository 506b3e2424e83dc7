"""Drops pages whose site does not want the text kept."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter

from cleaners.model import Page
from pipelines.base import CrawlPipeline
from pipelines.drops import OptedOut


class OptOutPipeline(CrawlPipeline):
    """FetchedPage -> the same, unless it bears the reason why it must not be kept. Stat: `optout/<reason>`."""

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `OptedOut`."""
        fields = ItemAdapter(item)
        page: Page = fields["page"]
        if reason := fields["opted_out"]:
            self._stats.inc_value(f"optout/{reason}")
            raise OptedOut(f"{page.url} is not kept: {reason}")
        return item
