"""Drops documents that are stored already, and notes their addresses."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from cleaners.model import Document
from pipelines.base import CrawlPipeline
from pipelines.drops import Duplicate, OneForMany, Unchanged
from pipelines.ledger.documents import Ledger, PageStatus, PreviousFetch
from pipelines.ledger.fetch_results import Validators

ONE_FOR_MANY_STAT = "one_for_many/alarm"
"""The stat with the alarm of pages that gave documents and now all give one text, which is held back."""
MIN_REPLACED = 3
"""Different documents whose addresses give one text now, which is then no document: a wall that no rule knows."""


class DeduplicatePipeline(CrawlPipeline):
    """CleanedPage -> the same, when its SHA-256 is new to the ledger; else its URL is noted and it is dropped.

    Stats: `documents/unchanged`, and of other documents `documents/new` (at an address that gave none before),
    `documents/changed` or `documents/recleaned` (the same bytes under other rules); of these `documents/duplicate`
    are stored already. A text that stands in the place of many documents is held back, and what these addresses gave
    before stays; `one_for_many/alarm` tells of it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._replaced: dict[str, dict[str, str]] = {}
        self._held = 0

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `Duplicate`, `Unchanged`, or `NotStored` when the ledger fails."""
        fields = ItemAdapter(item)
        document: Document = fields["document"]
        url, site, validators = str(document.url), fields["site"], fields["validators"]
        with self._session.ledger() as ledger:
            verdict, before = ledger.classify(url, str(document.sha256))
            if verdict is not PageStatus.UNCHANGED and _news(before, validators) == "changed":
                self._check_replaced(ledger, url, str(document.sha256), str(before.sha256), fields)
            if verdict is not PageStatus.NEW:  # what new rules have made of the same text is kept, too
                ledger.add(document, site=site, added=fields["fetched_at"], validators=validators)
        if verdict is PageStatus.UNCHANGED:
            self._stats.inc_value("documents/unchanged")
            raise Unchanged(f"{url} still gives the document {document.key}")
        self._stats.inc_value(f"documents/{_news(before, validators)}")
        if verdict is PageStatus.COPY:
            self._stats.inc_value("documents/duplicate")
            raise Duplicate(f"{url} gives the stored document {document.key}")
        return item

    def _check_replaced(self, ledger: Ledger, url: str, now: str, before: str, fields: ItemAdapter) -> None:
        """Raise OneForMany for a text that replaces `MIN_REPLACED` documents, and give the first ones back."""
        replaced = self._replaced.setdefault(now, {})
        if len(set(replaced.values())) < MIN_REPLACED:
            if len({*replaced.values(), before}) < MIN_REPLACED:
                replaced[url] = before
                return
            for earlier, text in replaced.items():
                ledger.give_back(earlier, text, site=fields["site"], fetched=fields["fetched_at"])
            self._stats.inc_value("documents/changed", -len(replaced))
            self._held += len(replaced)
            replaced[url] = before
        self._held += 1
        self._stats.set_value(
            ONE_FOR_MANY_STAT,
            f"{self._held} pages give one text in the place of their documents, which stay: a wall, mostly",
        )
        raise OneForMany(f"{url} gives what {MIN_REPLACED} other pages give now, in the place of their documents")


def _news(before: PreviousFetch, validators: Validators) -> str:
    """Say what another document than before is: that of a `new` address, or of a page that `changed`, or the same page
    under other rules."""
    if before.sha256 is None:
        return "new"
    return "recleaned" if before.body_sha256 and before.body_sha256 == validators.body_sha256 else "changed"
