"""Drops documents that are stored already, and notes their addresses."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter

from cleaners.model import Document
from pipelines.base import CrawlPipeline
from pipelines.drops import Duplicate, Unchanged
from pipelines.ledger.documents import PageStatus, PreviousFetch
from pipelines.ledger.fetch_results import Validators


class DeduplicatePipeline(CrawlPipeline):
    """CleanedPage -> the same, when its SHA-256 is new to the ledger; else its URL is noted and it is dropped.

    Stats: `documents/unchanged`, and of other documents `documents/new` (at an address that gave none before),
    `documents/changed` or `documents/recleaned` (the same bytes under other rules); of these `documents/duplicate`
    are stored already.
    """

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `Duplicate`, `Unchanged`, or `NotStored` when the ledger fails."""
        fields = ItemAdapter(item)
        document: Document = fields["document"]
        url, site, validators = str(document.url), fields["site"], fields["validators"]
        with self._session.ledger() as ledger:
            verdict, before = ledger.classify(url, str(document.sha256))
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


def _news(before: PreviousFetch, validators: Validators) -> str:
    """Say what another document than before is: that of a `new` address, or of a page that `changed`, or the same page
    under other rules."""
    if before.sha256 is None:
        return "new"
    return "recleaned" if before.body_sha256 and before.body_sha256 == validators.body_sha256 else "changed"
