"""Sends one request a host at a time, with the pause that the host needs.

Only a crawl loads it, by its name in the settings: Scrapy's client takes a third of a second of CPU to import.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Coroutine
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.downloader.hosts import host_of
from crawler.downloader.limits import BoundedDownloadHandler
from crawler.downloader.politeness import CrawlClosing, PolitenessMiddleware, is_closing

_POLL_SECONDS = 0.5  # seconds between two looks whether the crawl is ending
_GRACE_SECONDS = 3.0  # seconds that a page at hand is still waited for once the crawl is ending


class PoliteDownloadHandler(BoundedDownloadHandler):
    """Downloads when the host may be asked, one request a host at a time.

    Scrapy's own slots do not see to that: a redirected request stays in the slot of the host it came from.
    """

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's turn, then return its answer; raises IgnoreRequest when host or crawl end meanwhile."""
        polite, host = PolitenessMiddleware.of(self.crawler), host_of(request.url)
        async with polite.locks[host]:
            await self._wait_for_slot(polite, host)
            return await self._download(polite, host, request)

    async def _download(self, polite: PolitenessMiddleware, host: str, request: Request) -> Response:
        """Send the request, and tell the host's state how long the response took, with which status and size."""
        hosts, began = polite.hosts, time.monotonic()
        hosts.asked(host)
        status, size, retry_after = 0, 0, None
        try:
            response = await self._await_response(super().download_request(request))
            status, size = response.status, len(response.body)
            retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
        finally:
            hosts.answered(host, time.monotonic() - began, status=status, size=size, retry_after=retry_after)
            polite.record()
        return response

    async def _await_response(self, coming: Coroutine[Any, Any, Response]) -> Response:
        """Return the answer that is coming; raises CrawlClosing when the crawl ends and it does not come soon."""
        task, end = asyncio.ensure_future(coming), math.inf
        while not (await asyncio.wait({task}, timeout=_POLL_SECONDS))[0]:
            if is_closing(self.crawler):
                end = min(end, time.monotonic() + _GRACE_SECONDS)
            if time.monotonic() >= end:
                task.cancel()
                raise CrawlClosing("the crawl is ending")
        return task.result()

    async def _wait_for_slot(self, polite: PolitenessMiddleware, host: str) -> None:
        while not is_closing(self.crawler) and polite.session.has_site():
            wait = polite.hosts.wait(host)
            if not wait:
                return polite.check(host)
            await asyncio.sleep(min(wait, _POLL_SECONDS))
        raise CrawlClosing("the crawl is ending")
