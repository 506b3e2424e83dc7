"""Looks for documents on pages that no pattern of a site knows: the nearest first, and those like pages that led on.

A page is the nearer the fewer links lie between it and a page that a pattern knows, or that led to new documents. How
often pages of one shape led to some is learned as they are read, and again from the ledger when a crawl begins.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.downloader.host_queue import MAX_PER_HOST
from crawler.downloader.hosts import host_of
from crawler.downloader.politeness import PolitenessMiddleware, is_closing
from crawler.frontier.frontier import Frontier, asked_for
from crawler.frontier.links import is_on_site
from crawler.frontier.seen import SeenUrls
from crawler.frontier.shapes import shape_of
from crawler.frontier.traps import EXPLORED_META, KNOWN_META, trap_reason, url_key

PAGES_STAT, LED_STAT, FOUND_STAT, WAITING_STAT = "explore/pages", "explore/led", "explore/found", "explore/waiting"
"""Stats: pages read, those that led to new documents, the addresses of these, and pages left for the next run."""
LEFT_OUT_STAT = "explore/left_out/"
"""The stats that count addresses that are not explored, by reason."""
PRIORITY = -1
"""Behind all pages whose kind is known."""
MAX_HELD = 1_000
"""Addresses of one shape and one distance on one host, at most, that wait their turn."""
MIN_TRIED, MIN_YIELD = 50, 0.04
"""Pages of a shape that are read before it may be given up, and the share of them that must have led to documents."""

_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp|svg|ico|css|js|json|xml|txt|pdf|docx?|xlsx?|pptx?|wps|zip|rar|7z|gz|exe|apk|swf"
    r"|mp[34]|avi|flv|wm[av]|woff2?|ttf)$",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"(?:log(?:in|out|on|off)|sign(?:in|up|out)|reg(?:ister)?|passport|oauth|connect|password|captcha|verify(?:code)?|"
    r"cart|order|pay(?:ment)?|recharge|charge|buy|vip|upload|download|down|reply|edit|delete|admin|api|ajax|"
    r"search|so|feedback|jubao|complain|favou?rites?|collect|print|share|email|sms|guestbook|comments?|msg)"
    r"(?:\.\w{2,5})?",
    re.IGNORECASE,
)
"""A folder, a page or the value of a parameter that does something, and is none to read."""
_ARRANGEMENT = re.compile(
    r"(?:order|sort|sort_?by|order_?by|order_?field|order_?type|px|paixu|asc|desc|direction|view|style|layout|theme|skin|"
    r"filter\w*|per_?page|page_?size|limit|back|back_?url|return|return_?url|ref|referer|redirect|goto)",
    re.IGNORECASE,
)
"""A parameter that shows the same list in another order or dress, or says where to go back to."""


@dataclass(slots=True)
class _Yield:
    """How many pages of one shape were read, and what share of a document each led to; none read: 1."""

    tried: int = 0
    led: float = 0.0

    @property
    def estimate(self) -> float:
        """What the next one is worth."""
        return (self.led + 1) / (self.tried + 1)

    @property
    def barren(self) -> bool:
        """Say whether enough were read to give the shape up."""
        return self.tried >= MIN_TRIED and self.led < MIN_YIELD * self.tried


class Exploration:
    """The pages of one crawl that no pattern knows and that may lead to documents.

    `ask` makes the request for one. It takes EXPLORE_DEPTH links and EXPLORE_PAGES pages a run at most; what is over
    waits for the next run. One that is not `enabled` holds nothing.
    """

    def __init__(self, crawler: Crawler, frontier: Frontier, ask: Callable[[str], Request], *, enabled: bool) -> None:
        self.enabled = enabled
        self._crawler = crawler
        self._frontier = frontier
        self._ask = ask
        self._most = crawler.settings.getint("EXPLORE_PAGES")
        self._deepest = crawler.settings.getint("EXPLORE_DEPTH")
        self._site = frontier.site
        self._hosts = {_twin(host_of(url)) for url in self._site.start}
        self._held: dict[str, dict[tuple[str, int], deque[str]]] = {}
        self._yields: dict[str, _Yield] = {}
        self._seen = SeenUrls()
        self._asked = 0

    def begin(self, pages: Iterable[tuple[str, bool]]) -> None:
        """Learn from pages that were read before: their addresses, and whether they led to documents."""
        for url, led in pages:
            self._learn(url, led=float(led))

    def is_unknown(self, url: str) -> bool:
        """Say whether `url` is one that exploring may ask for."""
        return self.enabled and self._site.kind(url) is None

    def found(self, response: Response, links: Iterable[str], new: Iterable[str]) -> str:
        """Take the `links` of a page, of which `new` lead to documents and listings that nobody knew.

        Return what the page is, as the ledger has it.
        """
        if not self.enabled:
            return "listing"
        documents = [url for url in new if self._site.kind(url) == "document"]
        self._hosts.update(map(_twin, map(host_of, documents)))
        unknown, before = self.is_unknown(response.url), response.meta.get(KNOWN_META)
        if unknown:
            self._seen.add(url_key(response.url))
            self._count(FOUND_STAT, len(documents))
        if unknown and not before:
            self._learn(asked_for(response.meta, response.url), len(documents) / (len(documents) + 1))
            self._count(PAGES_STAT)
            self._count(LED_STAT, int(bool(documents)))
        far = response.meta.get("depth", 0) if unknown and not documents else 0
        self.hold((link for link in links if is_on_site(self._site, response.url, link)), far + 1)
        return "listing" if documents or not unknown or before == "listing" else "other"

    def hold(self, urls: Iterable[str], depth: int, *, noted: bool = False) -> None:
        """Let addresses wait their turn, `depth` links away; what was not `noted` in the ledger will be."""
        if not self.enabled:
            return
        new = [url for url in urls if self.is_unknown(url) and self._seen.add(url_key(url))]
        kept = [url for url in new if self._is_wanted(url, depth)]
        if not noted:
            kept = self._frontier.hold(kept, depth)
        for url in kept:
            self._held.setdefault(host_of(url), {}).setdefault((shape_of(url), depth), deque()).append(url)

    def go_on(self, request: Request | None) -> None:
        """Ask for another page of the host of `request`, which has ended, if that was exploring."""
        if request and EXPLORED_META in request.meta:
            self._release(host_of(request.url))

    def go_on_everywhere(self) -> bool:
        """Ask for pages of every host; say whether there were any."""
        asked = [self._release(host) for host in self._held for _ in range(MAX_PER_HOST)]
        if not any(asked):
            self._count(WAITING_STAT, len(self.waiting()))
        return any(asked)

    def waiting(self) -> frozenset[str]:
        """Return the addresses that this run does not ask for any more and the next one may."""
        return frozenset(
            url
            for held in self._held.values()
            for (shape, _), urls in held.items()
            if not self._yield(shape).barren
            for url in urls
        )

    def _release(self, host: str) -> bool:
        """Ask for the most promising page of a host; False when there is none, or it may not be asked."""
        hosts = PolitenessMiddleware.of(self._crawler).hosts
        if self._asked >= self._most or is_closing(self._crawler) or hosts.refusal(host):
            return False
        held = self._held.get(host, {})
        place = max(held, key=lambda place: self._worth(*place), default=("", 0))
        if not self._worth(*place):
            return False
        made = self._ask(held[place].popleft())
        if not held[place]:
            del held[place]
        self._asked += 1
        meta = {**made.meta, "depth": place[1], EXPLORED_META: True}
        self._crawler.engine.crawl(made.replace(priority=PRIORITY, meta=meta))
        return True

    def _worth(self, shape: str, depth: int) -> float:
        """Return what a page is worth: half as much with each link that it is further away, 0 for none to ask for."""
        found = self._yield(shape)
        return found.estimate / 2**depth if shape and not found.barren else 0.0

    def _is_wanted(self, url: str, depth: int) -> bool:
        """Say whether an address may be asked for; the reason why not is counted."""
        reason = self._reason(url, depth)
        if reason:
            self._count(f"{LEFT_OUT_STAT}{reason}")
        return reason is None

    def _reason(self, url: str, depth: int) -> str | None:
        """Return why an address is not explored: its host, its depth, a trap, its shape; None where it is."""
        if _twin(host_of(url)) not in self._hosts:
            return "host"
        if depth > self._deepest:
            return "depth"
        if reason := no_listing(url) or trap_reason(url):
            return reason
        shape = shape_of(url)
        if self._yield(shape).barren:
            return "barren"
        return "many" if len(self._held.get(host_of(url), {}).get((shape, depth), ())) >= MAX_HELD else None

    def _learn(self, url: str, led: float) -> None:
        known = self._yields.setdefault(shape_of(url), _Yield())
        known.tried += 1
        known.led += led

    def _yield(self, shape: str) -> _Yield:
        return self._yields.get(shape) or _Yield()

    def _count(self, stat: str, count: int = 1) -> None:
        if count:
            self._crawler.stats.inc_value(stat, count)


def no_listing(url: str) -> str | None:
    """Return why an address leads to no page of links, None when it may.

    >>> no_listing("http://a.example/list?cid=3&page=2"), no_listing("http://a.example/user/login.php")
    (None, 'action')
    >>> no_listing("http://a.example/list?cid=3&sort=new"), no_listing("http://a.example/a.jpg")
    ('arrangement', 'file')
    """
    address = urlsplit(url)
    query = parse_qsl(address.query, keep_blank_values=True, errors="replace")
    if _NO_PAGE.search(address.path):
        return "file"
    if any(_ACTION.fullmatch(word) for word in (*address.path.split("/"), *(value for _, value in query))):
        return "action"
    return "arrangement" if any(_ARRANGEMENT.fullmatch(name) for name, _ in query) else None


def _twin(host: str) -> str:
    """Return what a site's host has in common with the one without `www.`."""
    return host.removeprefix("www.")
