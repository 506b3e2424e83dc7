"""Obeys robots.txt; a host whose robots.txt cannot be fetched is closed for the run (RFC 9309, 2.3.1.4).

Beside it tdmrep.json and ai.txt are read once a host; most have none, and one that cannot be had says nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.downloader import aitxt, tdmrep
from crawler.downloader.hosts import host_of
from crawler.downloader.politeness import CrawlClosing, PolitenessMiddleware
from crawler.downloader.robotstxt import MAX_BYTES, RobotsTxt


class Reservation(Protocol):
    """What a file says of the use of a host's texts."""

    def cover(self, url: str) -> bool:
        """Whether the text at `url` is kept from use."""


ROBOTS_META = "robots_txt"
"""The key in `Request.meta` of a request for robots.txt, tdmrep.json or ai.txt: bytes of it that have come."""
OPTED_OUT_META = "opted_out"
"""The key in `Request.meta` of a page that its host lets fetch and does not let use: the reason."""
RESERVING: Mapping[str, tuple[str, Callable[[bytes], Reservation]]] = {
    tdmrep.PATH: (tdmrep.REASON, tdmrep.Reservations.read),
    aitxt.PATH: (aitxt.REASON, aitxt.AiTxt.read),
}
"""The files in which a host reserves the use of its texts: by path the reason that is counted, and how it is read."""
TERMS = ("/robots.txt", *RESERVING)
"""Paths of what a host says of all its pages; each is asked for once, none is a page."""
FRESH_SECONDS = 24 * 3600.0
"""Seconds after which robots.txt is asked for again."""


logger = logging.getLogger(__name__)


class _Terms(NamedTuple):
    """What a host says of all its pages: its robots.txt, and by reason what it reserves."""

    robots: RobotsTxt
    reserved: Mapping[str, Reservation]


class Forbidden(IgnoreRequest):
    """A page that robots.txt forbids to fetch."""


@dataclass(frozen=True, slots=True)
class _FetchTime:
    """When something was fetched, by the clock that only goes on and by the one that a sleep or an operator moves."""

    steady: float = field(default_factory=lambda: time.monotonic())
    date: float = field(default_factory=lambda: time.time())

    def is_fresh(self) -> bool:
        """Say whether it is `FRESH_SECONDS` by both; what was fetched in the future is not."""
        return time.monotonic() - self.steady <= FRESH_SECONDS and 0 <= time.time() - self.date <= FRESH_SECONDS


class RobotsMiddleware:
    """A downloader middleware in the place of Scrapy's, which fetches everything from a host without robots.txt.

    404, 410 and most other 4xx say that there are no rules; 401, 403 and 429 close the host, and so does everything
    that is no answer: 5xx, a time-out, a reset, an unknown name, a redirect too many. Redirects may lead to other
    hosts. Stats: `robotstxt/forbidden`, pages refused; `robotstxt/requests`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._known: dict[tuple[str, str], tuple[_FetchTime, asyncio.Task[_Terms | None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        made = cls(crawler)
        crawler.signals.connect(made.received, signals.bytes_received)
        return made

    async def process_request(self, request: Request) -> None:
        """Refuse a request that robots.txt forbids, or whose robots.txt is unreachable."""
        if ROBOTS_META in request.meta:
            request.meta[ROBOTS_META] = 0
            return
        terms = await self._of(request)
        if terms is None:
            raise IgnoreRequest(f"robots.txt of {host_of(request.url)} is unreachable")
        if not terms.robots.allows(request.url):
            self.crawler.stats.inc_value("robotstxt/forbidden")
            raise Forbidden(f"forbidden by robots.txt: {request.url}")
        if terms.robots.opted_out:
            request.meta[OPTED_OUT_META] = terms.robots.opted_out
        elif reason := next((name for name, said in terms.reserved.items() if said.cover(request.url)), None):
            request.meta[OPTED_OUT_META] = reason

    def received(self, data: bytes, request: Request) -> None:
        """Stop the download of such a file when enough of it is there."""
        if ROBOTS_META in request.meta:
            request.meta[ROBOTS_META] += len(data)
            request.meta["download_maxsize"] = MAX_BYTES  # from here on that of the unpacked file
            if request.meta[ROBOTS_META] > MAX_BYTES:
                raise StopDownload(fail=False)

    def _of(self, request: Request) -> asyncio.Task[_Terms | None]:
        url = urlparse_cached(request)
        place = url.scheme, url.netloc
        if place not in self._known or not self._known[place][0].is_fresh():
            self._known[place] = _FetchTime(), asyncio.ensure_future(self._fetch(*place))
        return self._known[place][1]

    async def _fetch(self, scheme: str, netloc: str) -> _Terms | None:
        """Return the terms of a host, None when it is closed."""
        host = host_of(f"{scheme}://{netloc}")
        self.crawler.stats.inc_value("robotstxt/requests")
        try:
            response = await self._ask(f"{scheme}://{netloc}/robots.txt")
        except CrawlClosing:
            return None
        except Exception as error:  # whatever it is, the rules are not known
            self._give_up(scheme, netloc, f"unreachable ({_name(error)})")
            return None
        if reason := close_reason(response):
            self._give_up(scheme, netloc, reason)
            return None
        robots = RobotsTxt.read(response.body) if response.status < 300 else RobotsTxt()
        if robots.crawl_delay:
            PolitenessMiddleware.of(self.crawler).hosts.crawl_delay(host, robots.crawl_delay)
        place = f"{scheme}://{netloc}"
        return _Terms(robots, {name: said async for name, said in self._reservations(place, robots)})

    async def _reservations(self, place: str, robots: RobotsTxt) -> AsyncIterator[tuple[str, Reservation]]:
        """Yield what the files of a host reserve, those that robots.txt lets fetch."""
        for path, (reason, read) in RESERVING.items():
            url = f"{place}{path}"
            if not robots.allows(url):
                continue
            try:
                response = await self._ask(url)
            except Exception as error:  # robots.txt has spoken for the host; such a file only adds to it
                logger.debug("no %s: %s", url, _name(error))
                continue
            if response.status == 200:
                yield reason, read(response.body)

    async def _ask(self, url: str) -> Response:
        request = Request(
            url,
            headers={"Accept-Encoding": "identity"},
            callback=NO_CALLBACK,
            priority=1000,
            meta={ROBOTS_META: 0, "download_maxsize": 0},
        )
        return await self.crawler.engine.download_async(request)

    def _give_up(self, scheme: str, netloc: str, reason: str) -> None:
        """Close a host, unless it only has its day's share: then its robots.txt is asked for another day."""
        polite, host = PolitenessMiddleware.of(self.crawler), host_of(f"{scheme}://{netloc}")
        del self._known[scheme, netloc]
        if host not in polite.hosts.over_budget:
            polite.hosts.close(host, f"its robots.txt is {reason}")
        polite.record()


def _name(error: Exception) -> str:
    """Return what went wrong in a word, without what Scrapy puts around it: ConnectionRefused, Timeout."""
    named = type(error).__name__.removeprefix("Download").removesuffix("Error")
    return str(error) if isinstance(error, IgnoreRequest) else named


def close_reason(response: Response) -> str | None:
    """Return why an answer to the request for robots.txt closes its host, None when it does not."""
    if response.status in (401, 403, 429):
        return f"refused ({response.status})"
    if not 200 <= response.status < 300 and not 400 <= response.status < 500:
        return f"unreachable ({response.status})"
    return None
