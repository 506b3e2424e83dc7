"""The spider: from a site's start pages over listings to document pages, each document yielded as one item."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from cleaners.model import Page
from cleaners.sites import Kind, Site
from crawler.downloader.conditional import validators_of
from crawler.downloader.optout import PageDirectives
from crawler.downloader.politeness import PolitenessMiddleware
from crawler.downloader.responses import SITEMAP_META, content_type
from crawler.downloader.user_agent import apply_user_agent
from crawler.frontier import links, sitemaps
from crawler.frontier.exploration import Exploration
from crawler.frontier.frontier import BROKEN_SITEMAPS_STAT, FAILED_STAT, RESUMED_STAT, Frontier, failure_reason
from crawler.frontier.links import PageLinks
from crawler.frontier.multipage import MultipageDocument
from crawler.frontier.plan import CrawlSpec, crawl_spec
from crawler.frontier.seen import SeenUrls
from crawler.replay import handler
from pipelines.items import FetchedPage
from pipelines.ledger.urls import DueUrl, PendingUrl
from pipelines.session import LedgerSession

PRIORITY = {"part": 2, "document": 1, "listing": 0}
"""A document's own parts first, then documents, then more links: the queue stays short and a limit is met early."""
_WAS: Mapping[str, Kind] = {"document": "document", "no_text": "document", "listing": "listing", "other": "listing"}
"""What a page of the ledger's kinds is asked for as; another page only by a site that explores."""

Output = Iterator[FetchedPage | Request]


class PreviewSpider(Spider):
    """Crawls `site`; its arguments are those of `crawler.frontier.plan.crawl_spec`.

    Stats: `pages/fetched`, `sitemaps/fetched`, `pages/failed` (no answer, or not a 2xx one) and
    `pages/failed/<reason>`, `sitemaps/unreadable`, `pages/astray` (led to an
    address that no pattern of the site knows), `documents/fetched` (yielded), `documents/error` (bugs in pipelines).
    """

    site: Site
    session: LedgerSession
    frontier: Frontier
    exploration: Exploration

    def __init__(self, spec: CrawlSpec) -> None:
        super().__init__()
        self.spec = spec
        self.site = spec.site
        self.yielded = 0
        self._found = SeenUrls()
        self._sitemaps_asked = 0

    @classmethod
    def prepare(cls, settings: BaseSettings, **arguments: str) -> CrawlSpec:
        """Return what a crawl with these settings and arguments is to do, and name its operator in the user agent.

        Raises ArgumentError for arguments that make no sense and for a live crawl without a contact address.
        """
        directory = settings.get("REPLAY_DIR")
        if not directory:
            apply_user_agent(settings)
        saved = handler.replay_source(Path(directory), cls.site).documents if directory else ()
        return crawl_spec(cls.site, saved=saved, **arguments)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, **kwargs: Any) -> Self:
        """Make the spider; raises ArgumentError as `prepare` does."""
        spider = super().from_crawler(crawler, cls.prepare(crawler.settings, **kwargs))
        spider.session = LedgerSession.from_crawler(crawler)
        spider.frontier = Frontier(spider.session, spider.site, spider.spec, crawler.settings)
        ask = partial(spider._request, given="listing")
        spider.exploration = Exploration(crawler, spider.frontier, ask, enabled=spider.spec.explores)
        crawler.signals.connect(spider._item_failed, signals.item_error)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield what a run that was broken off has left, then a request for each sitemap and start page."""
        began, left = self.frontier.begin()
        if began is not None:
            self.crawler.stats.set_value(RESUMED_STAT, f"{datetime.fromtimestamp(began, UTC):%Y-%m-%d %H:%M} UTC")
        for request in self._left(left):
            yield request
        for request in self.frontier.schedule(self._seeds()):
            yield request

    def parse(self, response: Response, given: Kind | None = None) -> Output:
        """Take a page for what its final address says it is: a document, a listing, or neither.

        A page that is `given` as a document or listing is one whatever its address looks like, but no document that led
        to a listing.
        """
        self._count("pages/fetched")
        self.exploration.go_on(response.request)
        self.frontier.record_redirect(response)
        kind = self.site.kind(response.url) or given
        if kind is None or (given == "document" and kind == "listing"):
            self._count("pages/astray")
            self.frontier.record_fetch(response, "other")
        elif kind == "part":
            yield from self.frontier.schedule(
                [self._request(self.site.first_page(response.url), given=given)], response
            )
            self.frontier.record_fetch(response, "part")
        else:
            found = self._links(response, last=kind == "listing")
            directives = PageDirectives.of(response)
            leading = directives.follow and (kind == "listing" or self.spec.follow)
            wanted = links.site_links(self.site, response.url, found.links) if leading else []
            new = filter(self._found.add, wanted)  # a menu is on every page
            shown = self._shown(response.url, found.shown, given if kind == "document" else kind)
            further = self.frontier.schedule(
                [*map(self._request, new), *(shown if directives.follow else ())], response
            )
            was = self.exploration.found(response, found.links if leading else (), [each.url for each in further])
            if kind == "document":
                yield from self._start_document(response, found.links, directives)
            else:
                self.frontier.record_fetch(response, was, wanted)
            yield from further

    def parse_part(self, response: Response, document: MultipageDocument, number: int) -> Output:
        """Add a later part to its document; what turns out to be another page, or the same again, is missing."""
        self._count("pages/fetched")
        as_asked = number in links.part_links(self.site, document.first.url or "", [response.url])
        if as_asked and document.add_part(number, self._page(response)):
            found = self._links(response, last=True)
            document.add_links(links.part_links(self.site, response.url, found.links))
            document.opted_out = document.opted_out or PageDirectives.of(response).opted_out
        yield from self._next_part(document)

    def part_failed(self, failure: Failure) -> Output:
        """Go on with the document without the part that did not come."""
        self._count_failure(failure)
        yield from self._next_part(failure.request.cb_kwargs["document"])  # type: ignore[attr-defined]

    def parse_sitemap(self, response: Response, listed: bool = False) -> Output:
        """Follow the sitemaps and pages that a sitemap names; one that is `listed` in an index names no sitemaps."""
        self._count("sitemaps/fetched")
        further, pages, fault, modified = sitemaps.read(response.url, response.body)
        if fault:
            self._count(BROKEN_SITEMAPS_STAT)
            self.logger.warning("the sitemap %s %s", response.url, fault)
        if len(pages) == sitemaps.MAX_URLS:
            self._count("sitemaps/cut")
        own = [url for url in further if self.site.owns(url)]
        wanted = links.site_links(self.site, response.url, pages)
        if listed:
            self._count("sitemaps/refused", len(own))
            own = []
        named = self._sitemaps(own, listed=urlsplit(response.url).path != "/robots.txt")
        requests = self.frontier.schedule([*named, *map(self._request, wanted)], response)
        self.exploration.hold(filter(self.site.owns, pages), 1)
        self.frontier.mark_modified(modified)
        self.frontier.record_fetch(response, "sitemap", [*own, *wanted, *map(str, modified.items())])
        yield from requests

    def failed(self, failure: Failure) -> None:
        """Count and note a page that did not come; who refuses a request counts it there."""
        self._count_failure(failure)
        self.exploration.go_on(failure.request)  # type: ignore[attr-defined]
        if failure.value:
            self.frontier.record_failure(failure.request, failure.value)  # type: ignore[attr-defined]

    def _count_failure(self, failure: Failure) -> None:
        reason = failure.value
        if isinstance(reason, HttpError) or not isinstance(reason, IgnoreRequest):
            self._count("pages/failed")
            self._count(f"{FAILED_STAT}{failure_reason(reason)}")
            request: Request = failure.request  # type: ignore[attr-defined]
            self.logger.info("no page from %s: %s", request.url, type(reason).__name__)

    def _seeds(self) -> Iterator[Request]:
        yield from self._sitemaps(self.spec.sitemaps)
        for url in self.spec.urls:
            explored: Kind | None = "listing" if self.exploration.is_unknown(url) else None
            yield self._request(url, given="document" if url in self.spec.documents else explored)

    def _left(self, addresses: Iterable[PendingUrl]) -> Iterator[Request]:
        """Yield requests for what an earlier run has left; pages to explore wait their turn."""
        self.exploration.begin(self.session.pages_of_links() if self.spec.explores else ())
        for address in addresses:
            if self.exploration.is_unknown(address.url) and address.kind == "listing":
                self.exploration.hold([address.url], address.depth, noted=True)
            else:
                yield self._known_request(address)

    def _known_request(self, address: PendingUrl | DueUrl) -> Request:
        """Return the request for an address that the ledger knows."""
        if address.kind == "sitemap":
            request = self._sitemap(address.url, listed=address.depth > 0)
        else:
            was = _WAS.get(address.kind or "") if address.kind != "other" or self.spec.explores else None
            request = self._request(address.url, given=was if self.site.kind(address.url) != was else None)
        request.meta["depth"] = address.depth
        return request

    def _request(self, url: str, given: Kind | None = None) -> Request:
        priority = PRIORITY[self.site.kind(url) or given or "document"]
        return Request(url, errback=self.failed, priority=priority, cb_kwargs={"given": given} if given else {})

    def _shown(self, url: str, found: Sequence[str], kind: Kind | None) -> Iterator[Request]:
        """Ask for what the page `url` shows in its place, which is of its `kind` where no pattern knows it."""
        for link in found:
            known = self.site.kind(link)
            if links.is_on_site(self.site, url, link) and (known or kind) and self._found.add(link):
                yield self._request(link, given=None if known else kind)

    def _sitemap(self, url: str, *, listed: bool) -> Request:
        meta = {SITEMAP_META: True} if listed else {SITEMAP_META: True, "depth_reset": True}
        return Request(url, callback=self.parse_sitemap, errback=self.failed, cb_kwargs={"listed": listed}, meta=meta)

    def _sitemaps(self, urls: Sequence[str], listed: bool = False) -> Iterator[Request]:
        """Ask for sitemaps, `sitemaps.MAX_SITEMAPS` in a crawl at most."""
        left = sitemaps.MAX_SITEMAPS - self._sitemaps_asked
        for url in urls[:left]:
            self._sitemaps_asked += 1
            yield self._sitemap(url, listed=listed)
        self._count("sitemaps/refused", len(urls[left:]))

    def _start_document(self, response: Response, found: Sequence[str], directives: PageDirectives) -> Output:
        fetched = response.meta.get("fetched_at") or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        document = MultipageDocument(self._page(response), fetched, directives.opted_out, validators_of(response))
        document.add_links(links.part_links(self.site, response.url, found))
        yield from self._next_part(document)

    def _next_part(self, document: MultipageDocument) -> Output:
        """Ask for the document's next part; when there is none left, yield the document."""
        part = document.next_part()
        if part is None:
            yield from self._finish_document(document)
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

    def _finish_document(self, document: MultipageDocument) -> Output:
        """Yield a document that has all its pages; raises CloseSpider with the last one that was asked for."""
        if self.yielded == self.spec.limit:
            return
        self.yielded += 1
        self._count("documents/fetched")
        page = document.page()
        yield FetchedPage(
            page=page,
            site=self.name,
            fetched_at=document.fetched_at,
            opted_out=document.opted_out,
            validators=document.validators_of(page),
        )
        if self.yielded == self.spec.limit:
            raise CloseSpider("limit")

    def _links(self, response: Response, *, last: bool) -> PageLinks:
        with self.session.handling(response.url, last=last):
            return links.page_links(response.url, response.body, content_type(response))

    def _page(self, response: Response) -> Page:
        return Page(body=response.body, url=response.url, source=self.name, content_type=content_type(response))

    def _idle(self) -> None:
        if self.exploration.go_on_everywhere():
            raise DontCloseSpider
        hosts = PolitenessMiddleware.of(self.crawler).hosts
        self.frontier.complete({*hosts.closed, *hosts.over_budget}, self.exploration.waiting())

    def _item_failed(self) -> None:
        self._count("documents/error")

    def _count(self, stat: str, count: int = 1) -> None:
        if count:
            self.crawler.stats.inc_value(stat, count)
