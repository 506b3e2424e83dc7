"""Cleans pages into documents, here or in a process of their own."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.crawler import Crawler

from cleaners.model import Document, Page
from cleaners.repairs import paragraphs, sentences, wraps
from pipelines.base import CrawlPipeline
from pipelines.cleaning_process import PROCESS, NoProcessError, PageCrashedError
from pipelines.drops import NoText, Unfinished, drop_reason
from pipelines.items import CleanedPage
from pipelines.page_cleaner import Cleaned, PageCleaner
from pipelines.profiles import FOLDER, ProfileFolder
from pipelines.session import KEPT_CHARS, NOISE_STAT, PAGE_CHARS
from pipelines.workers import cores

logger = logging.getLogger(__name__)

_REFLOWING = paragraphs.RULES | {wraps.RULE, sentences.RULE}
"""Rules whose edits give a text the paragraphs again that a site had run together or wrapped."""


class CleanPipeline(CrawlPipeline):
    """FetchedPage -> CleanedPage; a page without document text is dropped.

    Pages are cleaned by a process of their own, in the order in which they come, where the setting CLEANING_PROCESS
    says so and there is a second core; those of a replay here, so that nothing depends on who is faster. A host whose
    profile is in DATA_DIR is cleaned with it; of another one the profile is learned from this crawl's pages, once
    LEARN_DOCUMENTS of them came.
    """

    cleaner: type[PageCleaner] = PageCleaner

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._counts: Counter[str] = Counter()
        self._told = False
        self._keep_lines = settings.getbool("KEEP_LINES")
        folder = ProfileFolder(Path(settings.get("DATA_DIR", "data"), FOLDER))
        seconds = float(settings.get("WATCHDOG_SECONDS") or 0)
        self._cleaner = self.cleaner(folder, enough=settings.getint("LEARN_DOCUMENTS"), seconds=seconds)
        self._beside = settings.getbool("CLEANING_PROCESS") and cores() > 1 and not settings.get("REPLAY_DIR")
        crawler.signals.connect(self.begin, signals.spider_opened)

    def begin(self) -> None:
        """Have the other process get ready; only now, since a crawl that cannot be opened is not closed."""
        if self._beside:
            PROCESS.join(self._cleaner)

    def process_item(self, item: Any) -> CleanedPage | Awaitable[CleanedPage]:
        """Return the cleaned page; raises `NoText` or a `BadPage`."""
        fields = ItemAdapter(item)
        page = replace(fields["page"], keep_lines=self._keep_lines)
        if self._beside:
            return self._cleaned_beside(fields, page)
        return self._cleaned_here(fields, page)

    def _cleaned_here(self, fields: ItemAdapter, page: Page) -> CleanedPage:
        with self._session.handling(str(page.url)):
            document = self.cleaned(page)
        return self._item(fields, document)

    async def _cleaned_beside(self, fields: ItemAdapter, page: Page) -> CleanedPage:
        try:
            document = self._document(await PROCESS.clean(self._cleaner, page))
        except PageCrashedError:
            self._session.crashed(str(page.url))
            raise Unfinished(f"{page.url} ended the process that cleaned it") from None
        except NoProcessError as error:
            logger.warning("pages are cleaned by the process that fetches them: %s", error)
            self._beside = False
            return self._cleaned_here(fields, page)
        self._session.handled(str(page.url))
        return self._item(fields, document)

    def cleaned(self, page: Page) -> Document:
        """Clean a page in this process."""
        return self._document(self._cleaner(page))

    def _document(self, made: Cleaned) -> Document:
        if made.fault and not self._told:
            self._told = True
            logger.warning("pages are cleaned without a profile: %s", made.fault)
        return made.document

    def _item(self, fields: ItemAdapter, document: Document) -> CleanedPage:
        """Return the document as an item; raises why it is none."""
        if bad := drop_reason(document):
            raise bad(f"{document.url} shows {bad.reason} in place of a document")
        if document.sha256 is None:
            raise NoText(f"{document.url} holds no document text")
        self._count(document)
        facts = {name: fields[name] for name in ("site", "fetched_at", "validators")}
        return CleanedPage(document=document, **facts)

    def close_spider(self) -> None:
        """Tell the stats how much was taken away and by which rules, and how many texts are spun or were reflowed."""
        PROCESS.leave(self._cleaner)
        for stat, count in self._counts.items():
            self._stats.inc_value(stat, count)

    def _count(self, document: Document) -> None:
        rules = [edit.rule for edit in document.edits]
        self._counts.update(NOISE_STAT + rule for rule in rules)
        self._counts["documents/spun"] += "spun" in document.flags
        self._counts["documents/reflowed"] += not _REFLOWING.isdisjoint(rules)
        self._counts[PAGE_CHARS] += len(document.page_text)
        self._counts[KEPT_CHARS] += len(document.text)
