"""A run that asks again for what the ledger knows and is due, and for what is new where documents are listed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from cleaners.sites import Site
from crawler.downloader.conditional import NOT_MODIFIED, answer_of, conditions
from crawler.downloader.responses import SITEMAP
from crawler.downloader.user_agent import introduce
from crawler.frontier.plan import Plan, starts
from crawler.frontier.traps import KNOWN
from crawler.reports.summary import DUE
from crawler.spiders.preview import Output, PreviewSpider
from crawler.spiders.sites import spider_for
from pipelines.ledger.documents import Ledger
from pipelines.ledger.urls import Due

TASK = "refresh"


class Refresher(PreviewSpider):
    """Asks for the pages of `site` that are due, those that were read only if they have changed.

    Arguments: `everything` ("1": also what is not due), `limit` (pages that are asked for again, the longest overdue
    first; new documents that these lead to come on top). Stat: `refresh/due`.
    """

    everything = False
    most: int | None = None

    @classmethod
    def prepare(cls, settings: BaseSettings, **_: str) -> Plan:
        """Return where the site's documents are listed, and name the operator in the user agent.

        Raises ArgumentError without a contact address, LedgerError when the ledger cannot be read.
        """
        introduce(settings)
        site = cls.site if cls.site.domains else _on_known_hosts(cls.site, Path(settings["DATA_DIR"]))
        return Plan(site=site, urls=starts(site), sitemaps=site.sitemaps, task=TASK)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, **kwargs: Any) -> Self:
        """Make the spider; raises as `prepare` does."""
        spider = super().from_crawler(crawler, **kwargs)
        spider.everything = bool(kwargs.get("everything"))
        spider.most = int(kwargs["limit"]) if "limit" in kwargs else None
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield what an earlier run has left, what is due, and the start pages that no run has asked for."""
        _, left = self.agenda.begin(anew=True)
        due = self.session.due(everything=self.everything, limit=self.most)
        self.crawler.stats.set_value(DUE, len(left) + len(due))
        self.agenda.know(self.session.known(in_round=False))
        for address in left:
            yield self._again(address)
        for row in due:
            yield self._if_changed(row)
        for request in self.agenda.take(self._starts()):
            yield request

    def parse_again(self, response: Response, **facts: Any) -> Output:
        """Take a page as `parse` and `parse_sitemap` do, unless the site says that it has not changed."""
        if response.status == NOT_MODIFIED:
            self._count("pages/fetched")
            self._count("documents/unchanged", int(response.meta[KNOWN] == "document"))
            self.session.visited(response.url, same=True, answer=answer_of(response))
        elif SITEMAP in response.meta:
            yield from self.parse_sitemap(response, **facts)
        else:
            yield from self.parse(response, **facts)

    def _if_changed(self, row: Due) -> Request:
        request, headers = self._again(row), conditions(row)
        known = {KNOWN: row.kind, "handle_httpstatus_list": [NOT_MODIFIED] if headers else []}
        return request.replace(
            headers=headers, callback=self.parse_again, dont_filter=True, meta={**request.meta, **known}
        )


def refresher(site: Site) -> type[PreviewSpider]:
    """Return the spider class that refreshes `site`."""
    return spider_for(site, Refresher)


def _on_known_hosts(site: Site, data_dir: Path) -> Site:
    """Return a site whose hosts nobody knows with those that an operator has had pages of."""
    with closing(Ledger(data_dir / "ledger.sqlite", create=False)) as ledger:
        return replace(site, domains=tuple(sorted({urlsplit(url).netloc for url in ledger.known(site.name)})))
