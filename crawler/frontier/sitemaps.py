"""Reads sitemaps in every form of their protocol, gzipped or not, named by the site, an index or robots.txt.

The forms are XML (a set of addresses or an index), a text of one address a line, RSS and Atom, and robots.txt; a page
of links is one, too. XML, RSS and Atom also say when a page was changed.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaners.reading.references import in_attribute
from crawler.downloader import robotstxt
from crawler.frontier.addresses import absolute
from crawler.frontier.links import page_links

MAX_URLS = 50_000
"""The most addresses of one sitemap that count, as in the protocol of sitemaps."""
MAX_BYTES = 50 * 1024 * 1024
"""What a sitemap may unpack to, as in the protocol of sitemaps."""
MAX_SITEMAPS = 1_000
"""The most sitemaps of one crawl that are asked for."""
MIN_DATES = 50
"""So many dates of which most are of one day tell when the sitemap was made, not when its pages were changed."""
MAX_ENTRY = 100
"""The most addresses of one entry; of a sitemap without entries they are taken by so many."""

_CONTENT = r">\s*+(?:<!\[CDATA\[\s*+([^<>\s]{1,2100}?)\s*+\]\]>|([^<\s]{1,2100}))\s*+</"
_ENTRIES = (
    r"|<(?:[\w.-]{1,20}:)?(?:lastmod|pubDate|updated|modified|date)(?:\s[^<>]{0,200})?>\s*+(?:<!\[CDATA\[\s*+)?"
    r"(?P<date>[^<>\]]{4,40})"
    r"|(?P<edge></?(?:[\w.-]{1,20}:)?(?:url|sitemap|item|entry)(?:\s[^<>]{0,200})?>)"
)
"""When the page of an entry was changed, and where an entry begins or ends."""
_LOCATION = re.compile(rf"<(?:[\w.-]{{1,20}}:)?loc(?:\s[^<>]{{0,200}})?{_CONTENT}{_ENTRIES}")
"""Found without a parser of XML, so that a sitemap has no entities, no depth and no size to harm with."""
_FEED_LINK = re.compile(
    rf"<(?:link|guid)(?:\s[^<>]{{0,200}})?{_CONTENT}"
    r"""|<(?:atom:)?link\s[^<>]{0,2000}?\bhref\s{0,9}=\s{0,9}["']([^"'<>\s]{1,2100})""" + _ENTRIES
)
_LINE = re.compile(r"(?<![^\r\n])[ \t\ufeff]*+(https?://[^\s<>\"]{1,2100})", re.IGNORECASE)
_FEEDS = frozenset(("rss", "rdf", "feed"))
_ROOT = re.compile(
    r"(?:[\s\ufeff]|<\?[^<>]{0,400}>|<!--.*?-->|<![^<>]{0,400}>)*+<(?:[\w.-]{1,20}:)?(\w{1,20})", re.DOTALL
)
_INDEX = re.compile(r"<(?:[\w.-]{1,20}:)?sitemapindex[\s>]")
_EMPTY = re.compile(r"<(?:[\w.-]{1,20}:)?(?:urlset|sitemapindex|rss|feed)[\s/>]")
_ENTITY = re.compile(r"&\w+;")
"""One that the sitemap declares itself, which no honest one does."""
_CHINA = timezone(timedelta(hours=8))
"""The time zone of dates that name none."""
_CHUNK = 64 * 1024
_MAX_LOCATION = 4096
"""The characters of a location's tag and address, at most, that may be cut by the end of a chunk."""


class Sitemap(NamedTuple):
    """The further sitemaps and the pages that a sitemap names, `MAX_URLS` of them at most.

    `fault` says why it was not read, or not to its end; None for one that was. `modified` is when pages and sitemaps
    were changed (seconds since 1970, UTC), of those of which the sitemap tells.
    """

    sitemaps: list[str]
    pages: list[str]
    fault: str | None = None
    modified: Mapping[str, int] = {}


def read(url: str, body: bytes, most: int = MAX_BYTES) -> Sitemap:
    """Return what `body`, served at `url`, names; never raises.

    `most` is the largest size in bytes that it may unpack to; a larger one names nothing.
    """
    if urlsplit(url).path == "/robots.txt":
        return Sitemap(list(_absolute(url, ((each, None) for each in robotstxt.sitemaps(body)))), [])
    from cleaners.reading.decode import decode

    unpacked = _Unpacked(body, most)
    chunks = unpacked.chunks()
    first = next(chunks, b"")
    head = decode(first)
    texts = _decoded(first, chunks, head.encoding)
    dated = _absolute(url, _locations(texts, _form(head.text)))
    found = list(dated)
    if unpacked.fault == _TOO_LARGE:
        return Sitemap([], [], unpacked.fault)
    if not found and not _EMPTY.search(head.text):
        links = page_links(url, body).links if _ROOT.match(head.text) else ()
        return Sitemap([], list(links[:MAX_URLS]), unpacked.fault or (None if links else "is no sitemap"))
    lists = (found, []) if _INDEX.search(head.text) else ([], found)
    return Sitemap(*lists, unpacked.fault, _believed(dated))


_TOO_LARGE, _BROKEN = "unpacks to more than it may", "its packing is cut or broken"


class _Unpacked:
    """The bytes of a sitemap; `fault` is known when they have been read."""

    def __init__(self, body: bytes, most: int) -> None:
        self.fault: str | None = None
        self._body = body
        self._most = most

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in pieces; of a broken gzip what came before the break."""
        size = 0
        for chunk in self._members() if self._body.startswith(b"\x1f\x8b") else _pieces(self._body):
            size += len(chunk)
            if size > self._most:
                self.fault = _TOO_LARGE
                return
            yield chunk

    def _members(self) -> Iterator[bytes]:
        """Yield what the members of a gzip file hold; what stands behind them is none."""
        left = self._body
        while left.startswith(b"\x1f\x8b"):
            decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                while left and not decoder.eof:
                    yield decoder.decompress(left, _CHUNK)
                    left = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
                yield decoder.flush()
            except zlib.error:
                self.fault = _BROKEN
                return
            if not decoder.eof:
                self.fault = _BROKEN


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))


def _decoded(first: bytes, chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
    except LookupError:  # one of our own
        decoder = codecs.getincrementaldecoder("gb18030" if encoding.startswith("win") else "utf-8")("replace")
    yield decoder.decode(first)
    yield from map(decoder.decode, chunks)
    yield decoder.decode(b"", True)


def _form(head: str) -> re.Pattern[str]:
    """Return how addresses stand in a sitemap that begins with `head`."""
    root = _ROOT.match(head)
    if root and root[1].lower() in _FEEDS:
        return _FEED_LINK
    return _LOCATION if root or "<loc" in head else _LINE


def _locations(texts: Iterable[str], form: re.Pattern[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the locations in a text that comes in pieces, each with the date of its entry."""
    entry: list[str] = []
    changed: str | None = None
    for match in _matches(texts, form):
        if match.lastgroup == "date":
            changed = match["date"]
            continue
        if match.lastgroup is None:
            entry.append(next(filter(None, match.groups())))
        if match.lastgroup == "edge" or len(entry) == MAX_ENTRY:
            yield from ((location, changed) for location in entry)
            entry, changed = [], None
    yield from ((location, None) for location in entry)


def _matches(texts: Iterable[str], form: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the matches in a text that comes in pieces."""
    rest, end = "", "\n" if form is _LINE else ">"
    for text in chain(texts, [end]):
        rest += text.replace("\r", "\n") if form is _LINE else text
        taken = 0
        for match in form.finditer(rest, 0, rest.rfind(end) + 1):
            yield match
            taken = match.end()
        rest = rest[max(taken, len(rest) - _MAX_LOCATION) :]


def _absolute(url: str, locations: Iterable[tuple[str, str | None]]) -> dict[str, str | None]:
    """Return the addresses of the first `MAX_URLS` locations in a sitemap at `url`, each with its last date."""
    found: dict[str, str | None] = {}
    for location, changed in locations:
        address = in_attribute(location)
        if not _ENTITY.search(address) and (link := absolute(url, address)):
            found[link] = changed or found.get(link)
        if len(found) == MAX_URLS:
            break
    return found


def _believed(dated: Mapping[str, str | None]) -> Mapping[str, int]:
    """Return when the pages of a sitemap were changed; nothing where its dates are no pages' own."""
    moments = {url: moment for url, changed in dated.items() if changed and (moment := _moment(changed))}
    days = Counter(moment.date() for moment in moments.values())
    if len(moments) >= MIN_DATES and days.most_common(1)[0][1] > len(moments) / 2:
        return {}
    return {url: int(moment.timestamp()) for url, moment in moments.items()}


def _moment(written: str) -> datetime | None:
    """Return the moment of a date in ISO 8601 or as in e-mails; None for one that cannot be read.

    >>> _moment("2026-11-28"), _moment("yesterday")
    (datetime.datetime(2026, 11, 28, 0, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=28800))), None)
    """
    for reader in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = reader(written.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)).astimezone(_CHINA)
        except (ValueError, OverflowError):
            continue
    return None
