"""What every request passes, redirects and retries too: the site's own hosts, its robots.txt, and no Referer."""

from __future__ import annotations

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.referer import RefererMiddleware

logger = logging.getLogger(__name__)


class OwnHosts:
    """Lets through only http and https requests to hosts of the spider's site.

    It stands in for Scrapy's OffsiteMiddleware, which lets pass what carries `dont_filter`, as retries do and what
    they are redirected to.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the fence for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request that leads off the site."""
        if not self.crawler.spider.site.owns(request.url):  # type: ignore[union-attr]
            self.crawler.stats.inc_value("offsite/filtered")
            raise IgnoreRequest(f"not on the site: {request.url}")


class Robots(RobotsTxtMiddleware):
    """Obeys robots.txt; a host whose robots.txt cannot be had (server error, no answer, led astray) is closed.

    Scrapy itself would fetch everything from such a host; RFC 9309 (2.3.1.4) says to fetch nothing.
    """

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Refuse a request that robots.txt forbids, or whose robots.txt is unreachable."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        # Of several requests that wait for one robots.txt, Scrapy hands the answer to the first and None to the others,
        # which would then count as allowed; asked again it gives what it knows by then.
        parser = await self.robot_parser(request) or await self.robot_parser(request)
        if parser is None:
            raise IgnoreRequest("robots.txt is unreachable")
        self.process_request_2(parser, request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Take a server error in place of robots.txt for what it is."""
        if request.meta.get("dont_obey_robotstxt") and (response.status >= 500 or response.status == 429):
            self._close(request, str(response.status))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Take a robots.txt that does not come for a closed door, without a traceback."""
        if request.meta.get("dont_obey_robotstxt"):
            self._close(request, type(exception).__name__)

    def _close(self, request: Request, reason: str) -> None:
        host = urlsplit(request.meta.get("redirect_urls", [request.url])[0]).netloc
        self.crawler.stats.set_value(f"robots/unreachable/{host}", reason)
        logger.warning("robots.txt of %s is unreachable (%s): nothing is fetched from it", host, reason)
        raise IgnoreRequest("robots.txt is unreachable")


class NoReferer(RefererMiddleware):
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
