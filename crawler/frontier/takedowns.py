"""Pages that were taken down are not asked for again, and addresses of one page are one to a takedown."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.frontier.traps import identity
from pipelines.session import Session


class TakenDown:
    """Refuses requests for pages whose address was taken down when the crawl began; stat: `takedown/refused`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._session = Session.from_crawler(crawler)
        self._known: frozenset[str] = frozenset()
        self._identities: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the fence for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a page that was taken down, however its address is written."""
        if self._known is not self._session.taken_down:
            self._known = self._session.taken_down
            self._identities = frozenset(map(identity, self._known))
        if self._identities and identity(request.url) in self._identities:
            self._crawler.stats.inc_value("takedown/refused")
            raise IgnoreRequest(f"taken down: {request.url}")
