"""A visit: one page fetched as a crawl would, with robots.txt, every fence and every pause; nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from cleaners.sites import Site, site_of, sites
from crawler import links, tdmrep
from crawler.answers import content_type
from crawler.arguments import ArgumentError
from crawler.contact import introduce
from crawler.robots import ROBOTS
from pipelines.lock import site_lock

MOST_REQUESTS = 4
"""Requests of one visit at most: robots.txt, tdmrep.json, a start page, a document."""
_ANY_STATUS = list(range(400, 600))


@dataclass(slots=True, kw_only=True)
class Visit:
    """What is to be visited, and what came of it.

    `url` is the page; with `follow` it may be a page of links, from which the first document is visited. `robots` is
    the answer to the request for robots.txt, `start` the page of links and `linked` the addresses of the site on it,
    `page` the page itself, fetched at `fetched_at`; without one `failure` says why. Nothing is `requested` for a page
    that is there already.
    """

    site: Site
    url: str
    follow: bool = False
    robots: Response | None = None
    start: Response | None = None
    linked: list[str] = field(default_factory=list)
    page: Response | None = None
    fetched_at: str = ""
    failure: str = ""
    requested: bool = True


def site_for(url: str, name: str | None = None) -> Site:
    """Return the site that `url` is visited for: the one `name` says, else the one that owns it.

    A name that no site has stands for one on the host of `url`, whose pages nothing is known of. Raises ArgumentError.
    """
    try:
        address = urlsplit(url)
        usable = address.scheme in ("http", "https") and address.hostname and "@" not in address.netloc
    except ValueError:
        usable = False
    if not usable or any(char.isspace() for char in url):
        raise ArgumentError(f"{url!r} is no http or https address")
    site = sites().get(name) if name else site_of(url)
    if site is None and not name:
        raise ArgumentError(f"no site owns {url}; name one with --site NAME, a new one too")
    if site is None:
        if not str(name).isidentifier():
            raise ArgumentError(f"--site {name}: use letters, digits and _ only")
        return Site(name=str(name), title=str(name), template="", domains=(address.netloc.lower(),))
    if not site.domains:
        return replace(site, domains=(address.netloc.lower(),))
    if not site.owns(url):
        raise ArgumentError(f"{url} is not on a host of {site.name} ({', '.join(site.domains)})")
    return site


def visit(process: AsyncCrawlerProcess, visits: Sequence[Visit]) -> None:
    """Visit all, side by side, and fill in what came of it; no site is visited while a crawl of it is going on.

    Raises ArgumentError without a contact address, `Locked`, OSError and LedgerError for the files of a crawl.
    """
    settings = process.settings
    live = not settings.get("REPLAY_DIR")
    if live:
        introduce(settings)
    settings.setdict(
        {
            "ITEM_PIPELINES": {},
            "PROGRESS": False,
            "RETRY_TIMES": 0,
            "DOWNLOADER_MIDDLEWARES": {**settings["DOWNLOADER_MIDDLEWARES"], f"{__name__}.FewRequests": 999},
        },
        priority="cmdline",
    )
    with ExitStack() as locks:
        for one in visits if live else ():
            locks.enter_context(site_lock(Path(settings["DATA_DIR"]), one.site.name))
        tasks = [_task(process, one) for one in visits]
        process.start()
    for one, task in zip(visits, tasks, strict=True):
        if not task.cancelled() and (crash := task.exception()):
            raise crash
        if one.page is None and not one.failure:
            one.failure = "stopped before an answer came"


def _task(process: AsyncCrawlerProcess, one: Visit) -> asyncio.Task[None]:
    spider = type(f"{one.site.name.title()}Visitor", (Visitor,), {"name": one.site.name, "site": one.site})
    return process.crawl(spider, one=one)


class Visitor(Spider):
    """Makes one visit."""

    site: Site

    def __init__(self, one: Visit) -> None:
        super().__init__()
        self.one = one

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, **kwargs: Any) -> Self:
        """Make the spider."""
        spider = super().from_crawler(crawler, **kwargs)
        crawler.signals.connect(spider.received, signals.response_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield the request for the page."""
        yield self._request(self.one.url)

    def received(self, response: Response, request: Request) -> None:
        """Keep robots.txt."""
        first = request.meta.get("redirect_urls", [request.url])[0]
        if ROBOTS in request.meta and not first.endswith(tdmrep.PATH):
            self.one.robots = response

    def parse(self, response: Response) -> Iterator[Request]:
        """Keep the page, or go on from a page of links to the first document."""
        one = self.one
        if one.follow and one.start is None and self.site.kind(response.url) != "document" and response.status < 300:
            one.start = response
            one.linked = links.links(self.site, response.url, response.body, content_type(response))
            document = next((url for url in one.linked if self.site.kind(url) == "document"), None)
            if document is None:
                one.failure = f"{response.url} links to no document"
            else:
                one.url = document
                yield self._request(document)
            return
        fetched_at = response.meta.get("fetched_at") or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        one.page, one.fetched_at = response, fetched_at

    def failed(self, failure: Failure) -> None:
        """Note why no page came."""
        told = str(failure.value)
        self.one.failure = (
            told if isinstance(failure.value, IgnoreRequest) else f"{type(failure.value).__name__} {told}"
        )

    def _request(self, url: str) -> Request:
        meta = {"handle_httpstatus_list": _ANY_STATUS}
        return Request(url, callback=self.parse, errback=self.failed, meta=meta, dont_filter=True)


class FewRequests:
    """A downloader middleware, next to the wire, that lets through `MOST_REQUESTS` requests of a visit."""

    def __init__(self) -> None:
        self._left = MOST_REQUESTS

    def process_request(self, request: Request) -> None:
        """Refuse a request too many; redirects count too."""
        if self._left == 0:
            raise IgnoreRequest(f"{MOST_REQUESTS} requests made; {request.url} would be one more")
        self._left -= 1
