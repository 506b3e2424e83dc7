"""The refresh spider: asks again for known pages that are due, and for new ones where documents are listed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings

from cleaners.model import VERSION
from cleaners.sites import Site
from crawler.downloader.conditional import NOT_MODIFIED, conditions, validators_of
from crawler.downloader.politeness import is_closing
from crawler.downloader.responses import SITEMAP_META
from crawler.downloader.user_agent import apply_user_agent
from crawler.frontier.frontier import DUE_STAT
from crawler.frontier.plan import REFRESH_JOB, CrawlSpec, seeds, sitemaps_of
from crawler.frontier.seen import SeenUrls
from crawler.frontier.traps import KNOWN_META
from crawler.replay.archived_pages import ArchivedPages
from crawler.spiders.preview import Output, PreviewSpider
from crawler.spiders.sites import spider_for
from pipelines.ledger.connection import Place, ledger_place
from pipelines.ledger.documents import Ledger
from pipelines.ledger.urls import DueUrl
from pipelines.profiles import FOLDER, ProfileFolder

_ROW_META = "due"


class RefreshSpider(PreviewSpider):
    """Asks for the pages of `site` that are due, those that were read only if they have changed.

    Arguments: `everything` ("1": also what is not due), `limit` (pages that are asked for again, the longest overdue
    first; new documents that these lead to come on top). Stat: `refresh/due`.
    """

    everything = False
    most: int | None = None
    archive: ArchivedPages | None = None
    older_left = 0
    versions: Collection[str] = ()

    def __init__(self, spec: CrawlSpec) -> None:
        super().__init__(spec)
        self._asked = SeenUrls()

    @classmethod
    def prepare(cls, settings: BaseSettings, **_: str) -> CrawlSpec:
        """Return where the site's documents are listed, and name the operator in the user agent.

        Raises ArgumentError without a contact address, LedgerError when the ledger cannot be read.
        """
        apply_user_agent(settings)
        site = cls.site if cls.site.domains else _on_known_hosts(cls.site, ledger_place(settings))
        return CrawlSpec(site=site, urls=seeds(site), sitemaps=sitemaps_of(site), job=REFRESH_JOB)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, **kwargs: Any) -> Self:
        """Make the spider; raises as `prepare` does."""
        spider = super().from_crawler(crawler, **kwargs)
        spider.everything = bool(kwargs.get("everything"))
        spider.most = int(kwargs["limit"]) if "limit" in kwargs else None
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield what an earlier run has left, what is due, and the start pages that no run has asked for."""
        _, left = self.frontier.begin(anew=True)
        profiles = ProfileFolder(Path(self.settings["DATA_DIR"], FOLDER))
        self.versions = profiles.versions(self.site.domains)
        due = self.session.due(everything=self.everything, limit=self.most)
        if any(map(self._is_outdated, due)):
            self.archive = ArchivedPages.below(Path(self.settings["DATA_DIR"]), self.site)
            self.older_left = self.settings.getint("REFRESH_OLDER_PAGES")
        self.crawler.stats.set_value(DUE_STAT, len(left) + len(due))
        self.frontier.mark_seen(self.session.known_urls(in_job=False))
        for request in self._left(left):
            yield request
        for row in due:
            self._asked.add(row.url)
            yield self._conditional_request(row)
        for request in self.frontier.schedule(self._seeds()):
            yield request

    def parse_again(self, response: Response, **facts: Any) -> Output:
        """Take a page as `parse` and `parse_sitemap` do, unless the site says that it has not changed."""
        archived = self._archived(response) if response.status == NOT_MODIFIED else None
        if archived:
            yield from self.parse(archived, **facts)
        elif response.status == NOT_MODIFIED:
            self._count("pages/fetched")
            self._count("documents/unchanged", int(response.meta[KNOWN_META] == "document"))
            self.session.record_fetch(response.url, not_modified=True, validators=validators_of(response))
        elif SITEMAP_META in response.meta:
            yield from self.parse_sitemap(response, **facts)
        else:
            yield from self.parse(response, **facts)

    def _idle(self) -> None:
        """When nothing is left to ask for, ask for what sitemaps of this run have said is due."""
        left = None if self.most is None else self.most - len(self._asked)
        due = self.session.due(everything=False, limit=None) if left != 0 and not is_closing(self.crawler) else []
        new = [row for row in due if row.url not in self._asked][:left]
        for row in new:
            self._asked.add(row.url)
            self._count(DUE_STAT)
            self.crawler.engine.crawl(self._conditional_request(row))
        if new:
            raise DontCloseSpider
        super()._idle()

    def _archived(self, response: Response) -> Response | None:
        """Return the page that a 304 says is as it was, from the archive, when other rules made its document."""
        row: DueUrl = response.meta[_ROW_META]
        if not self._is_outdated(row) or self.archive is None or row.url != response.url:
            return None
        found = self.archive.answer(row)
        return found.replace(request=response.request) if found else None

    def _is_outdated(self, row: DueUrl) -> bool:
        """Say whether other rules than today's made its document, or another profile than the host has now."""
        return row.version is not None and row.version not in self.versions

    def _conditional_request(self, row: DueUrl) -> Request:
        """Ask for a page if it has changed, or whole when older rules made its document and no archive has it.

        A profile alone is not worth the site's bytes: its documents are made anew where the archive has their pages.
        """
        request, headers = self._known_request(row), conditions(row)
        is_older = row.version is not None and row.version.partition("+")[0] != VERSION
        if is_older and headers and self.older_left > 0 and not (self.archive and self.archive.answer(row)):
            self.older_left -= 1
            headers = {}
        known = {KNOWN_META: row.kind, _ROW_META: row, "handle_httpstatus_list": [NOT_MODIFIED] if headers else []}
        return request.replace(
            headers=headers, callback=self.parse_again, dont_filter=True, meta={**request.meta, **known}
        )


def refresh_spider_for(site: Site) -> type[PreviewSpider]:
    """Return the spider class that refreshes `site`."""
    return spider_for(site, RefreshSpider)


def _on_known_hosts(site: Site, place: Place) -> Site:
    """Return a site whose hosts nobody knows with those that an operator has had pages of."""
    with closing(Ledger(place, create=False)) as ledger:
        return replace(site, domains=tuple(sorted({urlsplit(url).netloc for url in ledger.known_urls(site.name)})))
