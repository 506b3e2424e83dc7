"""Drops addresses of pages that were asked for, and leaves crawler traps: calendars, session ids, paths that grow."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.dupefilters import BaseDupeFilter
from scrapy.exceptions import DropItem, IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from w3lib.url import canonicalize_url

from cleaners.sites import Site
from crawler.frontier.seen import SeenUrls
from pipelines.drops import Unchanged
from pipelines.items import CleanedPage, FetchedPage

MAX_DEPTH = 12
"""The most segments of a path; the sites that are known have five."""
LEFT_STAT = "traps/left/"
"""The stats of hosts that were left: pages in a row without a new document, by host."""
MIN_REPEATS = 4
"""A path or query that repeats a segment this often is a loop."""
MAX_PARAMETERS = 10
KNOWN_META = "known"
"""The key in `Request.meta` of an address that was read before: its kind. What a refresh asks for again is no trap."""
EXPLORED_META = "explored"
"""The key in `Request.meta` of a page that is explored: how many of them there may be is settled elsewhere."""

_IGNORED_PARAMETER = re.compile(
    r"(?:utm_\w+|spm|gclid|fbclid|msclkid|bd_vid|hm(?:sr|pl|cu|kw|ci)|share_(?:token|source|medium)|_"
    r"|jsessionid|phpsessid|aspsessionid\w*|session_?id|oscsid|zenid|cfid|cftoken)",
    re.IGNORECASE,
)
"""Names of parameters that say who asks and how they came here, not what is asked for."""
_PLAIN = re.compile(
    r"https?://(?:www\.)?(?P<host>[a-z0-9.-]+)(?P<port>:[1-9]\d{0,3}|:[1-5]\d{4})?"
    r"(?P<path>(?:/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?)+)"
)
"""Most addresses: nothing in them has two spellings."""
_MAY_BE_SESSION = re.compile(r"(?:s|sid|ssid|session|token)", re.IGNORECASE)
_SESSION = re.compile(r"(?=.*[0-9])[0-9A-Za-z_-]{16,}")
_SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[A-Z]\([0-9a-z]{20,}\))+\)(?=/)", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """Return what two addresses of one page have in common: without scheme, `www.`, session, campaign and fragment.

    Addresses are fetched as they were found; this only tells which ones need not be fetched again.

    >>> url_key("https://www.a.example/d;jsessionid=1F?b=2&utm_source=x&a=1#top")
    '//a.example/d?a=1&b=2'
    """
    if (plain := _PLAIN.fullmatch(url)) and plain["port"] not in (":80", ":443"):
        return f"//{plain['host']}{plain['port'] or ''}{plain['path']}"
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = "&".join(pair for pair in parts.query.split("&") if not _is_ignored(pair))
    path = _SESSION_IN_PATH.sub("", parts.path)
    return canonicalize_url(f"http://{host}{port}{path}?{query}").removeprefix("http:")


def page_keys(url: str, site: Site | None) -> list[str]:
    """Return the keys of the pages that make `url` needless, its own last.

    Where `site` says which document `url` is a page of, the document is the key, for each form of page that shows no
    less of it; else it is the `url_key`, of a document's page without the `m.` of mobile hosts.

    >>> site = Site(name="a", title="甲", domains=("a.cn",), documents=(r"^/p-(?P<id>\\d+)$", r"^/d-(?P<id>\\d+)$"))
    >>> page_keys("http://m.a.cn/p-7", site), page_keys("http://a.cn/d-7", site), page_keys("http://a.cn/x", site)
    (['a:7 0'], ['a:7 0', 'a:7 1'], ['//a.cn/x'])
    """
    if site is None or not site.owns(url):
        return [url_key(url)]
    if document := site.document(url):
        return [f"{site.name}:{document.id} {form}" for form in range(document.form + 1)]
    return [url_key(url).replace("//m.", "//", 1) if site.kind(url) == "document" else url_key(url)]


class SeenPages:
    """Pages that were asked for; pages of one document that show no more of it are one page."""

    def __init__(self, site: Site | None) -> None:
        self._site = site
        self._seen = SeenUrls()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._seen)

    def __contains__(self, url: str) -> bool:
        """Say whether `url` need not be asked for."""
        return any(key in self._seen for key in page_keys(url, self._site))

    def add(self, url: str) -> bool:
        """Remember `url`; say whether it was to be asked for."""
        *better, own = page_keys(url, self._site)
        return self._seen.add(own) and not any(key in self._seen for key in better)


def _is_ignored(pair: str) -> bool:
    name, _, value = pair.partition("=")
    session = _MAY_BE_SESSION.fullmatch(name) and _SESSION.fullmatch(value)
    return bool(_IGNORED_PARAMETER.fullmatch(name) or session)


def trap_reason(url: str) -> str | None:
    """Return what is wrong with an address that only a trap has, None for an honest one.

    >>> trap_reason("http://a.example/x/y/x/y/x/y/x/y"), trap_reason("http://a.example/d/1.html")
    ('circle', None)
    """
    parts = urlsplit(url)
    words = Counter(segment for segment in parts.path.split("/") if segment)
    names = Counter(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    if words.total() > MAX_DEPTH:
        return "deep"
    if max((*words.values(), *names.values()), default=0) >= MIN_REPEATS:
        return "circle"
    return "query" if names.total() > MAX_PARAMETERS else None


class CanonicalDupeFilter(BaseDupeFilter):
    """Scrapy's filter of duplicates: addresses of one page, or of pages of one document, are one request.

    What a redirect leads to may differ from where it began in nothing else, so there the address itself counts.
    Stat: `dupefilter/filtered`.
    """

    def __init__(self, site: Site | None = None) -> None:
        self._pages = SeenPages(site)
        self._urls = SeenUrls()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the filter for one crawl."""
        return cls(getattr(crawler.spidercls, "site", None))

    def request_seen(self, request: Request) -> bool:
        """Say whether this page was asked for before."""
        if request.meta.get("redirect_times"):
            return not self._urls.add(request.url)
        return not self._pages.add(request.url)

    def log(self, request: Request, spider: Spider) -> None:  # noqa: ARG002 (Scrapy's)
        """Count a request that is left out."""
        spider.crawler.stats.inc_value("dupefilter/filtered")


class TrapMiddleware:
    """Refuses addresses that are traps, and ends a host that gives page after page but no document that is new.

    Stats: `traps/refused/<reason>`; `traps/left/<host>`, pages in a row without a new document, TRAP_PAGES at most.
    A document that is unchanged since the last crawl counts as new; what an operator asks for by name is never refused.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._most = crawler.settings.getint("TRAP_PAGES")
        self._barren: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        traps = cls(crawler)
        crawler.signals.connect(traps.item_scraped, signals.item_scraped)
        crawler.signals.connect(traps.item_dropped, signals.item_dropped)
        return traps

    def process_request(self, request: Request) -> None:
        """Refuse a request that leads deeper into a trap; start pages and robots.txt have no depth."""
        if not request.meta.get("depth") or KNOWN_META in request.meta:
            return
        host = urlparse_cached(request).netloc
        if reason := trap_reason(request.url):
            self.crawler.stats.inc_value(f"traps/refused/{reason}")
            raise IgnoreRequest(f"a trap ({reason}): {request.url}")
        if self._most and self._barren[host] - self._at_hand() >= self._most:
            self.crawler.stats.set_value(f"{LEFT_STAT}{host}", self._barren[host])
            raise IgnoreRequest(f"no new document on {host} for long: {request.url}")

    def _at_hand(self) -> int:
        """Return how many document pages have come of which it is not known yet what they give."""
        slot = self.crawler.engine and self.crawler.engine.scraper.slot
        return slot.itemproc_size if slot else 0

    def process_response(self, request: Request, response: Response) -> Response:
        """Count the page."""
        if "depth" in request.meta and not {KNOWN_META, EXPLORED_META} & request.meta.keys():
            self._barren[urlparse_cached(request).netloc] += 1
        return response

    def item_scraped(self, item: FetchedPage | CleanedPage) -> None:
        """Take note of a document."""
        self._barren[urlsplit(item.url or "").netloc] = 0

    def item_dropped(self, item: FetchedPage | CleanedPage, exception: DropItem) -> None:
        """Take note of a document that is as it was."""
        if isinstance(exception, Unchanged):
            self.item_scraped(item)
