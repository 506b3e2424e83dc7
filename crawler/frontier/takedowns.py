"""Refuses requests for a page that was taken down, whichever of its document's addresses is asked for."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from cleaners.sites import site_of
from crawler.frontier.traps import page_keys
from pipelines.session import LedgerSession


def document_key(url: str) -> str:
    """Return what all addresses of a document have in common, as far as its site is known; else those of a page."""
    return page_keys(url, site_of(url))[0]


class TakedownMiddleware:
    """Refuses requests for pages whose address was taken down when the crawl began; stat: `takedown/refused`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._session = LedgerSession.from_crawler(crawler)
        self._known: frozenset[str] = frozenset()
        self._identities: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a page that was taken down, however its address is written."""
        if self._known is not self._session.taken_down:
            self._known = self._session.taken_down
            self._identities = frozenset(map(document_key, self._known))
        if self._identities and document_key(request.url) in self._identities:
            self._crawler.stats.inc_value("takedown/refused")
            raise IgnoreRequest(f"taken down: {request.url}")
