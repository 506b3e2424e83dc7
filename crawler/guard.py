"""Only good pages become documents: cut, packed wrongly, of another kind, or a wall; and a site that has changed."""

from __future__ import annotations

import re
import zlib
from collections import Counter, deque
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from cleaners.decode import decode
from cleaners.render import render
from crawler.hosts import host_of
from crawler.politeness import Politeness
from crawler.robots import ROBOTS
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
from pipelines.walls import wall_of

SITEMAP = "sitemap"
"""The key in `Request.meta` of a request for a sitemap, which may be of other types than a page."""
BAD = "pages/bad/"
DRIFT = "drift/alarm"
"""The stat with the alarm of a site whose document pages stop giving documents."""
WINDOW, MOST_WITHOUT = 50, 10
"""Of so many document pages the most that may give no document."""

TITLED, UNTITLED = 1500, 300
"""Characters of visible text that a page in the place of another has at most, with and without a title that says so."""
_CLOSING = (Captcha, Challenge, LoginWall)
_CHALLENGE_STATUS = frozenset({412, 521})

_KINDS = re.compile(rb"text/(?:html|plain|xml|vnd\.wap\.wml)|application/(?:xhtml\+xml|xml)|^\s*$", re.IGNORECASE)
_MAGIC: tuple[bytes, ...] = (
    *(
        b"%PDF-",
        b"MZ",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x7fELF",
        b"Rar!",
        b"7z\xbc",
        b"\x28\xb5\x2f\xfd",
        b"\xd0\xcf\x11\xe0",
    ),
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"{\\rtf", b"BM\x36", b"II*\0", b"\0\0\x01\0", b"OggS", b"ID3"),
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_SAMPLE = 4096
_OPENS, _CLOSES = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE), re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TRACES = (
    (
        Challenge,
        re.compile(rb"__jsl_clearance|\$_ts\b|cf[-_]chl|challenge-platform|document\.cookie\s*=|acw_sc__", re.I),
    ),
    (Captcha, re.compile(rb"captcha|geetest|cf-turnstile|yidun|vaptcha", re.IGNORECASE)),
    (LoginWall, re.compile(rb"""type\s*=\s*["']?password""", re.IGNORECASE)),
)
_MARKS = tuple(
    b"__jsl_clearance $_ts cf-chl cf_chl challenge-platform document.cookie acw_sc__ captcha geetest cf-turnstile "
    b"yidun vaptcha password".split()
)
"""Words of which a page must hold one, in lower case, to have any trace: a look that costs little."""
_TITLE = re.compile(rb"<title[^>]*>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)


class BadAnswer(IgnoreRequest):
    """An answer that is no good page."""


class WholeBody:
    """Marks packed answers that are cut or broken, which unpack to half a page without a word: next to the wire."""

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """Return the answer, with the flag `cut` when its body is not whole."""
        coding = (response.headers.get("Content-Encoding") or b"").strip().lower()
        if coding in (b"gzip", b"x-gzip", b"deflate") and response.body and not is_whole(response.body):
            return response.replace(flags=[*response.flags, "cut"])
        return response


class Guard:
    """Lets pass only answers that can be a page, tells the politeness of walls, and raises the alarm of a drift.

    Cut answers are asked for again as `RETRY_TIMES` allows. Stats:
    `pages/bad/<name>`, the name of a BadPage; `drift/alarm`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._last: deque[str] = deque(maxlen=WINDOW)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the guard of one crawl."""
        guard = cls(crawler)
        crawler.signals.connect(guard.dropped, signals.item_dropped)
        crawler.signals.connect(guard.stored, signals.item_scraped)
        return guard

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the answer, or a request that asks for it once more; raises BadAnswer for one that is no page."""
        if ROBOTS in request.meta:
            return response
        if response.status in _CHALLENGE_STATUS:
            raise self._wall(request, Challenge)
        if not 200 <= response.status < 300:
            return response
        if is_cut(response, is_page=SITEMAP not in request.meta):
            again = get_retry_request(request, spider=self.crawler.spider, reason="cut")  # type: ignore[arg-type]
            if again is None:
                raise self._bad(request, Cut)
            return again
        if SITEMAP in request.meta:
            return response
        if is_other_kind(response):
            raise self._bad(request, OtherKind)
        if wall := wall_in(response):
            raise self._wall(request, wall)
        return response

    def dropped(self, item: Any, exception: Exception) -> None:
        """Note a document page that ended in a pipeline."""
        url = item.page.url if hasattr(item, "page") else item.document.url
        if isinstance(exception, Duplicate | Unchanged):
            self._good(url)
        elif isinstance(exception, BadPage):
            self._without(exception.reason)
            if isinstance(exception, _CLOSING):
                self._tell(url, exception.reason)
        elif not isinstance(exception, OptedOut | NotStored):
            self._without("no text")

    def stored(self, item: Any) -> None:
        """Note a document page that gave a new document."""
        self._good(item.document.url if hasattr(item, "document") else item.page.url)

    def _good(self, url: str) -> None:
        Politeness.of(self.crawler).hosts.good_page(host_of(url))
        self._last.append("")

    def _wall(self, request: Request, wall: type[BadPage]) -> BadAnswer:
        if issubclass(wall, _CLOSING):
            self._tell(request.url, wall.reason)
        return self._bad(request, wall)

    def _tell(self, url: str, reason: str) -> None:
        polite = Politeness.of(self.crawler)
        polite.hosts.bad_page(host_of(url), reason)
        polite.saw()

    def _bad(self, request: Request, bad: type[BadPage]) -> BadAnswer:
        self.crawler.stats.inc_value(f"{BAD}{bad.__name__}")
        if self.crawler.spider.site.kind(request.url) == "document":  # type: ignore[union-attr]
            self._without(bad.reason)
        return BadAnswer(f"{request.url} shows {bad.reason} in place of a page")

    def _without(self, reason: str) -> None:
        self._last.append(reason)
        counts = Counter(reason for reason in self._last if reason)
        if counts.total() > MOST_WITHOUT:
            told = ", ".join(f"{count} {reason}" for reason, count in counts.most_common())
            self.crawler.stats.set_value(
                DRIFT,
                f"{counts.total()} of the last {len(self._last)} document pages gave no document ({told}): "
                "the site's pages may have changed",
            )


def is_whole(packed: bytes, most: int = 8 * 1024 * 1024) -> bool:
    """Say whether a gzip or deflate body is complete and its checksum right, as far as the first `most` bytes tell."""
    for form in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        unpacker, left, size = zlib.decompressobj(form), packed, 0
        try:
            while left and not unpacker.eof and size <= most:
                size += len(unpacker.decompress(left, 1 << 16))
                left = unpacker.unconsumed_tail
        except zlib.error:
            continue
        if unpacker.eof or size > most:
            return True
    return False


def is_cut(response: Response, *, is_page: bool) -> bool:
    """Say whether an answer ended before it was whole.

    A Content-Length too short, and a connection closed early on an answer without one, cut a page in silence: one that
    opens its html or body, or came without a length (flag `partial`), must close it.
    """
    if {"cut", "dataloss"} & set(response.flags):
        return True
    closes = "partial" in response.flags or _OPENS.search(response.body)
    return is_page and bool(closes) and not _CLOSES.search(response.body)


def is_other_kind(response: Response) -> bool:
    """Say whether an answer is a file, an image or a program, whatever its header says."""
    if not _KINDS.search(response.headers.get("Content-Type") or b""):
        return True
    start = response.body[:_SAMPLE]
    if start.startswith(_MAGIC):
        return True
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[1::2].count(0) > len(start) // 4:  # UTF-16
        return False
    return len(start) - len(start.translate(None, _CONTROL)) > len(start) // 200


def wall_in(response: Response) -> type[BadPage] | None:
    """Return what kind of wall an answer is, judged by its title, or by what it is made of where it shows little."""
    found = _TITLE.search(response.body[: 4 * _SAMPLE])
    titled = wall_of(decode(found[1]).text, [], 0) if found else None
    lower = response.body.lower()
    marked = any(mark in lower for mark in _MARKS)
    trace = next((wall for wall, pattern in _TRACES if marked and pattern.search(response.body)), None)
    if not titled and not trace:
        return None
    shown = render(decode(response.body).text).text
    if titled and len(shown) <= TITLED:
        return titled
    return wall_of("", shown.split("\n"), 0) or trace if len(shown) <= UNTITLED else None
