"""Limits what one response may cost: header bytes, body bytes, redirects, memory; Scrapy's settings limit the rest."""

from __future__ import annotations

import resource
from contextlib import suppress
from typing import Self

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, IgnoreRequest, NotConfigured
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import ParseError, ResponseFailed
from twisted.web._newclient import Request as TwistedRequest
from twisted.web.iweb import IResponse

from crawler.downloader.conditional import CONDITIONS
from crawler.downloader.content_encoding import TooLarge, unpacked
from crawler.files.compression import CompressionError

MAX_HEADER_BYTES = 64 * 1024
"""The most bytes of status line and headers, all interim answers included; real sites send some hundreds."""
MAX_ENCODINGS = 2
"""The most Content-Encodings of one body, one inside the other."""


class HeadersTooLong(ParseError):  # noqa: N818
    """An answer whose headers do not end."""


class _Parser(_LenientHTTPClientParser):
    """Gives up an answer with too long headers; neither Scrapy nor Twisted count them.

    Private classes of Scrapy 2.19: tests/test_limits.py fails when they move.
    """

    header_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        self.header_bytes += len(line) + 1
        if self.header_bytes > MAX_HEADER_BYTES:
            raise HeadersTooLong("too long headers", b"")  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TwistedRequest) -> Deferred[IResponse]:
        answer = super().request(request)
        self._parser.__class__ = _Parser  # as Scrapy itself does: the class is fixed in Twisted, and ours adds no state
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: N802, ARG002
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with an end to headers.

    Stat: `limits/headers`. An answer that breaks the limit is not asked for again.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory

    async def download_request(self, request: Request) -> Response:
        """Return the answer; raises DownloadCancelledError when its headers are too long."""
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            if not _too_long(error.__cause__):
                raise
            self.crawler.stats.inc_value("limits/headers")
            raise DownloadCancelledError(f"{request.url}: more than {MAX_HEADER_BYTES} bytes of headers") from None


def _too_long(cause: BaseException | None) -> bool:
    if isinstance(cause, ResponseFailed):
        return any(reason.check(HeadersTooLong) or _too_long(reason.value) for reason in cause.reasons)
    return isinstance(cause, HeadersTooLong)


class BoundedDecompressionMiddleware(HttpCompressionMiddleware):
    """Unpacks bodies as `unpack` does, which stops at DOWNLOAD_MAXSIZE. Stat: `limits/unpacked`, what it refuses.

    One that is cut or broken gets the flag `cut`, and what Scrapy can read of it: a robots.txt may be half there.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the answer unpacked; raises IgnoreRequest for one too large or packed too often."""
        codings = response.headers.getlist("Content-Encoding")
        if not codings or not response.body:
            return response
        if b",".join(codings).count(b",") < MAX_ENCODINGS:
            with suppress(IgnoreRequest, TooLarge):  # not passed on: its traceback would keep what was unpacked
                return self._unpacked(request, response)
        if self.stats:
            self.stats.inc_value("limits/unpacked")
        raise IgnoreRequest(f"{request.url} unpacks to more than it may, or is packed more than {MAX_ENCODINGS} times")

    def _unpacked(self, request: Request, response: Response) -> Request | Response:
        try:
            return unpacked(response, request.meta.get("download_maxsize") or self._max_size)
        except TooLarge:
            raise
        except CompressionError:
            return super().process_response(request, response.replace(flags=[*response.flags, "cut"]))


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects, REDIRECT_MAX_TIMES hops at most, ended at once where they go in a circle.

    Stat: `limits/redirects`.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the answer or the request it leads to; raises IgnoreRequest for a hop too many."""
        try:
            led_to = super().process_response(request, response)
            if isinstance(led_to, Request):
                if led_to.url in led_to.meta["redirect_urls"]:
                    raise IgnoreRequest(f"{led_to.url} leads back to itself")
                for condition in CONDITIONS:  # they are about the page that was asked for
                    led_to.headers.pop(condition, None)
        except IgnoreRequest:
            self.crawler.stats.inc_value("limits/redirects")
            raise
        return led_to


class MemoryCapExtension:
    """An extension that lets the process have so many MiB of address space at most (setting MEMORY_LIMIT_MB, 0: any).

    What asks for more gets a MemoryError: the page fails and the crawl goes on. Scrapy's MEMUSAGE_LIMIT_MB looks once a
    minute, which is too late for a bomb.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Set the limit; raises NotConfigured where there is none."""
        megabytes = crawler.settings.getint("MEMORY_LIMIT_MB")
        if not megabytes:
            raise NotConfigured
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, most))
        return cls()
