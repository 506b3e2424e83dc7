"""Rejects responses that are not usable pages; reports hosts that answer with block pages, and sites that changed."""

from __future__ import annotations

from collections import Counter, deque
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.downloader.conditional import NOT_MODIFIED
from crawler.downloader.hosts import host_of
from crawler.downloader.politeness import PolitenessMiddleware
from crawler.downloader.responses import SITEMAP_META, block_page_in, is_truncated, is_unsupported_type
from crawler.downloader.robots import ROBOTS_META
from pipelines.drops import (
    BadPage,
    Captcha,
    Challenge,
    Cut,
    Duplicate,
    LoginWall,
    NotStored,
    OptedOut,
    OtherKind,
    Unchanged,
)
from pipelines.items import CleanedPage, FetchedPage

BLOCKED_STAT = "pages/bad/"
DRIFT_STAT = "drift/alarm"
"""The stat with the alarm of a site whose document pages stop giving documents."""
DRIFT_WINDOW, MAX_WITHOUT = 50, 10
"""Of so many document pages the most that may give no document."""

_CLOSING = (Captcha, Challenge, LoginWall)
_CHALLENGE_STATUS = frozenset({412, 521})


class UnusableResponse(IgnoreRequest):
    """An answer that is no good page but a `drop` one."""

    def __init__(self, url: str, bad: type[BadPage]) -> None:
        super().__init__(f"{url} shows {bad.reason} in place of a page")
        self.drop = bad


class ResponseCheckMiddleware:
    """Lets pass only answers that can be a page, tells the politeness of walls, and raises the alarm of a drift.

    Cut answers are asked for again as `RETRY_TIMES` allows. Stats: `pages/bad/<name>`, the name of a BadPage, and
    `drift/alarm`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._last: deque[str] = deque(maxlen=DRIFT_WINDOW)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.dropped, signals.item_dropped)
        crawler.signals.connect(middleware.stored, signals.item_scraped)
        return middleware

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or a request to fetch it again; raises UnusableResponse for one that is not a page."""
        if ROBOTS_META in request.meta:
            return response
        if response.status in _CHALLENGE_STATUS:
            raise self._wall(request, Challenge)
        if response.status == NOT_MODIFIED and self._is_document(request):
            self._good(request.url)
        if not 200 <= response.status < 300:
            return response
        if is_truncated(response, is_page=SITEMAP_META not in request.meta):
            again = get_retry_request(request, spider=self.crawler.spider, reason="cut")  # type: ignore[arg-type]
            if again is None:
                raise self._bad(request, Cut)
            return again
        if SITEMAP_META in request.meta:
            return response
        if is_unsupported_type(response):
            raise self._bad(request, OtherKind)
        if wall := block_page_in(response):
            raise self._wall(request, wall)
        return response

    def dropped(self, item: FetchedPage | CleanedPage, exception: Exception) -> None:
        """Note a document page that ended in a pipeline."""
        url = str(item.url)
        if isinstance(exception, Duplicate | Unchanged):
            self._good(url)
        elif isinstance(exception, BadPage):
            self._without(exception.reason)
            if isinstance(exception, _CLOSING):
                self._tell(url, exception.reason)
        elif not isinstance(exception, OptedOut | NotStored):
            self._without("no text")

    def stored(self, item: FetchedPage | CleanedPage) -> None:
        """Note a document page that gave a new document."""
        self._good(str(item.url))

    def _good(self, url: str) -> None:
        PolitenessMiddleware.of(self.crawler).hosts.good_page(host_of(url))
        self._last.append("")

    def _wall(self, request: Request, wall: type[BadPage]) -> UnusableResponse:
        if issubclass(wall, _CLOSING):
            self._tell(request.url, wall.reason)
        return self._bad(request, wall)

    def _tell(self, url: str, reason: str) -> None:
        polite = PolitenessMiddleware.of(self.crawler)
        polite.hosts.block_page(host_of(url), reason)
        polite.record()

    def _bad(self, request: Request, bad: type[BadPage]) -> UnusableResponse:
        self.crawler.stats.inc_value(f"{BLOCKED_STAT}{bad.__name__}")
        if self._is_document(request):
            self._without(bad.reason)
        return UnusableResponse(request.url, bad)

    def _is_document(self, request: Request) -> bool:
        return self.crawler.spider.site.kind(request.url) == "document"  # type: ignore[union-attr, no-any-return]

    def _without(self, reason: str) -> None:
        self._last.append(reason)
        counts = Counter(reason for reason in self._last if reason)
        if counts.total() > MAX_WITHOUT:
            told = ", ".join(f"{count} {reason}" for reason, count in counts.most_common())
            self.crawler.stats.set_value(
                DRIFT_STAT,
                f"{counts.total()} of the last {len(self._last)} document pages gave no document ({told}): "
                "the site's pages may have changed",
            )
