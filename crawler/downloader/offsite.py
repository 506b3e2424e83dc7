"""Keeps every request, redirects and retries too, on the site's own hosts, and sends no Referer."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.referer import RefererMiddleware

from crawler.downloader.robots import ROBOTS_META


class StrictOffsiteMiddleware:
    """Lets through only http and https requests to hosts of the spider's site.

    It stands in for Scrapy's OffsiteMiddleware, which lets pass what carries `dont_filter`, as retries do and what
    they are redirected to.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request that leads off the site, but for a robots.txt that was moved to another host."""
        if ROBOTS_META not in request.meta and not self.crawler.spider.site.owns(request.url):  # type: ignore[union-attr]
            self.crawler.stats.inc_value("offsite/filtered")
            raise IgnoreRequest(f"not on the site: {request.url}")


class NoRefererMiddleware(RefererMiddleware):
    """Sends no Referer header, whatever a page's Referrer-Policy asks for.

    With REFERER_ENABLED off and none in its place, Scrapy's redirects would warn about that at each start.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        return cls(crawler.settings)

    def get_processed_request(self, request: Request, response: Response | None) -> Request:  # noqa: ARG002
        """Return `request` without a Referer header."""
        request.headers.pop("Referer", None)
        return request
