"""The spider: from a site's start pages over listings to document pages, each document yielded as one item."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from cleaners.model import Page
from cleaners.sites import Site
from crawler.downloader.conditional import answer_of
from crawler.downloader.optout import Wishes
from crawler.downloader.politeness import Politeness
from crawler.downloader.responses import SITEMAP, content_type
from crawler.downloader.user_agent import introduce
from crawler.frontier import links, sitemaps
from crawler.frontier.frontier import TAKEN_UP, Agenda
from crawler.frontier.multipage import SplitDocument
from crawler.frontier.plan import Plan, plan
from crawler.frontier.seen import Seen
from crawler.replay import handler
from pipelines.items import FetchedPage
from pipelines.ledger.urls import Address, Due
from pipelines.session import Session

PRIORITY = {"part": 2, "document": 1, "listing": 0}
"""A document's own parts first, then documents, then more links: the queue stays short and a limit is met early."""

Output = Iterator[FetchedPage | Request]


class PreviewSpider(Spider):
    """Crawls `site`; its arguments are those of `crawler.frontier.plan.plan`.

    Stats: `pages/fetched`, `sitemaps/fetched`, `pages/failed` (no answer, or not a 2xx one), `pages/astray` (led to an
    address that no pattern of the site knows), `documents/fetched` (yielded), `documents/error` (bugs in pipelines).
    """

    site: Site
    session: Session
    agenda: Agenda

    def __init__(self, task: Plan) -> None:
        super().__init__()
        self.task = task
        self.site = task.site
        self.yielded = 0
        self._found = Seen()
        self._sitemaps_asked = 0

    @classmethod
    def prepare(cls, settings: BaseSettings, **arguments: str) -> Plan:
        """Return what a crawl with these settings and arguments is to do, and name its operator in the user agent.

        Raises ArgumentError for arguments that make no sense and for a live crawl without a contact address.
        """
        directory = settings.get("REPLAY_DIR")
        if not directory:
            introduce(settings)
        saved = handler.saved(Path(directory), cls.site).documents if directory else ()
        return plan(cls.site, saved=saved, **arguments)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, **kwargs: Any) -> Self:
        """Make the spider; raises ArgumentError as `prepare` does."""
        spider = super().from_crawler(crawler, cls.prepare(crawler.settings, **kwargs))
        spider.session = Session.from_crawler(crawler)
        spider.agenda = Agenda(spider.session, spider.site, spider.task, crawler.settings)
        crawler.signals.connect(spider._item_failed, signals.item_error)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield what a run that was broken off has left, then a request for each sitemap and start page."""
        began, left = self.agenda.begin()
        if began is not None:
            self.crawler.stats.set_value(TAKEN_UP, f"{datetime.fromtimestamp(began, UTC):%Y-%m-%d %H:%M} UTC")
        for address in left:
            yield self._again(address)
        for request in self.agenda.take(self._starts()):
            yield request

    def parse(self, response: Response, given: bool = False) -> Output:
        """Take a page for what its final address says it is: a document, a listing, or neither.

        A `given` page is a document whatever its address looks like, unless it led to a listing.
        """
        self._count("pages/fetched")
        self.agenda.led(response)
        kind = self.site.kind(response.url) or ("document" if given else None)
        if kind is None or (given and kind == "listing"):
            self._count("pages/astray")
            self.agenda.read(response, "other")
        elif kind == "part":
            yield from self.agenda.take([self._request(self.site.first_page(response.url), given=given)], response)
            self.agenda.read(response, "part")
        else:
            found = self._links(response, last=kind == "listing")
            wishes = Wishes.of(response)
            leading = wishes.follow and (kind == "listing" or self.task.follow)
            wanted = links.wanted(self.site, response.url, found) if leading else []
            new = filter(self._found.add, wanted)  # a menu is on every page
            further = self.agenda.take(map(self._request, new), response)
            if kind == "document":
                yield from self._open(response, found, wishes)
            else:
                self.agenda.read(response, kind, wanted)
            yield from further

    def parse_part(self, response: Response, document: SplitDocument, number: int) -> Output:
        """Add a later part to its document; what turns out to be another page, or the same again, is missing."""
        self._count("pages/fetched")
        as_asked = number in links.parts(self.site, document.first.url or "", [response.url])
        if as_asked and document.take(number, self._page(response)):
            found = self._links(response, last=True)
            document.see(links.parts(self.site, response.url, found))
            document.opted_out = document.opted_out or Wishes.of(response).opted_out
        yield from self._continue(document)

    def part_failed(self, failure: Failure) -> Output:
        """Go on with the document without the part that did not come."""
        self._count_failure(failure)
        yield from self._continue(failure.request.cb_kwargs["document"])  # type: ignore[attr-defined]

    def parse_sitemap(self, response: Response, listed: bool = False) -> Output:
        """Follow the sitemaps and pages that a sitemap names; one that is `listed` in an index names no sitemaps."""
        self._count("sitemaps/fetched")
        further, pages = sitemaps.read(response.url, response.body)
        if len(pages) == sitemaps.MOST_URLS:
            self._count("sitemaps/cut")
        own = [url for url in further if self.site.owns(url)]
        wanted = links.wanted(self.site, response.url, pages)
        if listed:
            self._count("sitemaps/refused", len(own))
            own = []
        named = self._sitemaps(own, listed=urlsplit(response.url).path != "/robots.txt")
        requests = self.agenda.take([*named, *map(self._request, wanted)], response)
        self.agenda.read(response, "sitemap", [*own, *wanted])
        yield from requests

    def failed(self, failure: Failure) -> None:
        """Count and note a page that did not come; who refuses a request counts it there."""
        self._count_failure(failure)
        if failure.value:
            self.agenda.failed(failure.request, failure.value)  # type: ignore[attr-defined]

    def _count_failure(self, failure: Failure) -> None:
        reason = failure.value
        if isinstance(reason, HttpError) or not isinstance(reason, IgnoreRequest):
            self._count("pages/failed")
            request: Request = failure.request  # type: ignore[attr-defined]
            self.logger.info("no page from %s: %s", request.url, type(reason).__name__)

    def _starts(self) -> Iterator[Request]:
        yield from self._sitemaps(self.task.sitemaps)
        for url in self.task.urls:
            yield self._request(url, given=url in self.task.documents)

    def _again(self, address: Address | Due) -> Request:
        """Return the request for an address that the ledger knows."""
        if address.kind == "sitemap":
            request = self._sitemap(address.url, listed=address.depth > 0)
        else:
            given = address.kind in ("document", "no_text") and self.site.kind(address.url) != "document"
            request = self._request(address.url, given=given)
        request.meta["depth"] = address.depth
        return request

    def _request(self, url: str, given: bool = False) -> Request:
        priority = PRIORITY[self.site.kind(url) or "document"]
        return Request(url, errback=self.failed, priority=priority, cb_kwargs={"given": True} if given else {})

    def _sitemap(self, url: str, *, listed: bool) -> Request:
        meta = {SITEMAP: True} if listed else {SITEMAP: True, "depth_reset": True}
        return Request(url, callback=self.parse_sitemap, errback=self.failed, cb_kwargs={"listed": listed}, meta=meta)

    def _sitemaps(self, urls: Sequence[str], listed: bool = False) -> Iterator[Request]:
        """Ask for sitemaps, `sitemaps.MOST_SITEMAPS` in a crawl at most."""
        left = sitemaps.MOST_SITEMAPS - self._sitemaps_asked
        for url in urls[:left]:
            self._sitemaps_asked += 1
            yield self._sitemap(url, listed=listed)
        self._count("sitemaps/refused", len(urls[left:]))

    def _open(self, response: Response, found: list[str], wishes: Wishes) -> Output:
        fetched = response.meta.get("fetched_at") or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        document = SplitDocument(self._page(response), fetched, wishes.opted_out, answer_of(response))
        document.see(links.parts(self.site, response.url, found))
        yield from self._continue(document)

    def _continue(self, document: SplitDocument) -> Output:
        """Ask for the document's next part; when there is none left, yield the document."""
        part = document.ask()
        if part is None:
            yield from self._yield(document)
            return
        number, url = part
        yield Request(
            url,
            callback=self.parse_part,
            errback=self.part_failed,
            priority=PRIORITY["part"],
            dont_filter=True,  # nobody else asks for parts, and a filtered one would leave its document open for ever
            meta={"depth_reset": True},
            cb_kwargs={"document": document, "number": number},
        )

    def _yield(self, document: SplitDocument) -> Output:
        if self.yielded == self.task.limit:
            return
        self.yielded += 1
        self._count("documents/fetched")
        page = document.page()
        yield FetchedPage(
            page=page,
            site=self.name,
            fetched_at=document.fetched_at,
            opted_out=document.opted_out,
            answer=document.whole_answer(page),
        )
        if self.yielded == self.task.limit:
            raise CloseSpider("limit")

    def _links(self, response: Response, *, last: bool) -> list[str]:
        with self.session.handling(response.url, last=last):
            return links.addresses(response.url, response.body, content_type(response))

    def _page(self, response: Response) -> Page:
        return Page(body=response.body, url=response.url, source=self.name, content_type=content_type(response))

    def _idle(self) -> None:
        hosts = Politeness.of(self.crawler).hosts
        self.agenda.complete({*hosts.closed, *hosts.rested})

    def _item_failed(self) -> None:
        self._count("documents/error")

    def _count(self, stat: str, count: int = 1) -> None:
        if count:
            self.crawler.stats.inc_value(stat, count)
