"""Cleans pages into documents, through `cleaners.clean.clean`."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from cleaners.clean import clean, observe
from cleaners.learning.hosts import host_of
from cleaners.learning.profile import Profile, ProfileError
from cleaners.learning.sample import Sample
from cleaners.model import Document, Page
from cleaners.repairs import paragraphs, sentences, wraps
from pipelines.base import CrawlPipeline
from pipelines.drops import NoText, drop_reason
from pipelines.items import CleanedPage
from pipelines.profiles import FOLDER, Learner, ProfileFolder
from pipelines.session import KEPT_CHARS, NOISE_STAT, PAGE_CHARS

logger = logging.getLogger(__name__)

_REFLOWING = paragraphs.RULES | {wraps.RULE, sentences.RULE}
"""Rules whose edits give a text the paragraphs again that a site had run together or wrapped."""


class CleanPipeline(CrawlPipeline):
    """FetchedPage -> CleanedPage; a page without document text is dropped.

    A host whose profile is in DATA_DIR is cleaned with it; of another one the profile is learned from this crawl's
    pages, once LEARN_DOCUMENTS of them came.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._counts: Counter[str] = Counter()
        self._told = False
        self._keep_lines = crawler.settings.getbool("KEEP_LINES")
        self._profiles = ProfileFolder(Path(crawler.settings.get("DATA_DIR", "data"), FOLDER))
        enough = crawler.settings.getint("LEARN_DOCUMENTS")
        self._learner = Learner(self._profiles, enough) if enough else None

    def process_item(self, item: Any) -> CleanedPage:
        """Return the cleaned page; raises `NoText` or a `BadPage`."""
        fields = ItemAdapter(item)
        page: Page = fields["page"]
        with self._session.handling(str(page.url)):
            document = self.cleaned(replace(page, keep_lines=self._keep_lines))
        if bad := drop_reason(document):
            raise bad(f"{page.url} shows {bad.reason} in place of a document")
        if document.sha256 is None:
            raise NoText(f"{page.url} holds no document text")
        self._count(document)
        facts = {name: fields[name] for name in ("site", "fetched_at", "validators")}
        return CleanedPage(document=document, **facts)

    def cleaned(self, page: Page) -> Document:
        """Clean a page with what is known of its host; a page of a host without a profile is one to learn from."""
        profile, host = self._profile(page), host_of(page.url)
        if profile or not self._learner or self._profiles.has(host):
            return clean(page, profile)
        document, sample = observe(page)
        self._learn(host, sample)
        return document

    def _learn(self, host: str, sample: Sample | None) -> None:
        try:
            if sample and self._learner:
                self._learner.add(host, sample)
        except OSError as error:
            self._warn(error)

    def _profile(self, page: Page) -> Profile | None:
        try:
            return self._profiles.of(page.url)
        except (ProfileError, OSError) as error:
            self._warn(error)
            return None

    def _warn(self, error: Exception) -> None:
        """Tell once that profiles cannot be had: pages are cleaned without."""
        if not self._told:
            logger.warning("pages are cleaned without a profile: %s", error)
        self._told = True

    def close_spider(self) -> None:
        """Tell the stats how much was taken away and by which rules, and how many texts are spun or were reflowed."""
        for stat, count in self._counts.items():
            self._stats.inc_value(stat, count)

    def _count(self, document: Document) -> None:
        rules = [edit.rule for edit in document.edits]
        self._counts.update(NOISE_STAT + rule for rule in rules)
        self._counts["documents/spun"] += "spun" in document.flags
        self._counts["documents/reflowed"] += not _REFLOWING.isdisjoint(rules)
        self._counts[PAGE_CHARS] += len(document.page_text)
        self._counts[KEPT_CHARS] += len(document.text)
