"""Reads sitemaps, XML or plain, gzipped or not, named by the site, an index or robots.txt."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from gzip import GzipFile
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit

MAX_URLS = 50_000
"""The most addresses of one sitemap that count, as in the protocol of sitemaps."""
MAX_BYTES = 50 * 1024 * 1024
"""What a sitemap may unpack to, as in the protocol of sitemaps."""
MAX_SITEMAPS = 1_000
"""The most sitemaps of one crawl that are asked for."""

_IN_ROBOTS = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*([!-~]+)", re.IGNORECASE | re.MULTILINE)
_INDEX = re.compile(rb"<(?:[\w.-]{1,20}:)?sitemapindex[\s>]")
_LOCATION = re.compile(
    rb"<(?:[\w.-]{1,20}:)?loc(?:\s[^<>]{0,200})?>\s*+(?:<!\[CDATA\[\s*+)?([^<\s]{1,2100})(?=\s*+<)(?!\s*+<!)"
)
"""Found without a parser of XML, so that a sitemap has no entities, no depth and no size to harm with."""
_ENTITY = re.compile(r"&\w+;")
"""One that the sitemap declares itself, which no honest one does."""
_CHUNK = 64 * 1024
_MAX_LOCATION = 4096
"""The bytes of a location's tag and address, at most, that may be cut by the end of a chunk."""


def read(url: str, body: bytes, most: int = MAX_BYTES) -> tuple[list[str], list[str]]:
    """Return the further sitemaps and the pages, at most `MAX_URLS`, that `body`, served at `url`, names.

    `most` is the largest size in bytes that it may unpack to. What cannot be read names nothing.
    """
    if urlsplit(url).path == "/robots.txt":
        return [urljoin(url, found.decode("ascii")) for found in _IN_ROBOTS.findall(body)], []
    found: list[str] = []
    rest, index, size = b"", False, 0
    try:
        for chunk in _chunks(body):
            index = index or (not size and bool(_INDEX.search(chunk)))
            size += len(chunk)
            if size > most:
                return [], []
            rest = _take(rest + chunk, found)
            if len(found) >= MAX_URLS:
                break
    except (OSError, EOFError, zlib.error):
        pass
    del found[MAX_URLS:]
    return (found, []) if index else ([], found)


def _chunks(body: bytes) -> Iterator[bytes]:
    file = GzipFile(fileobj=BytesIO(body)) if body.startswith(b"\x1f\x8b") else BytesIO(body)
    while chunk := file.read(_CHUNK):
        yield chunk


def _take(text: bytes, found: list[str]) -> bytes:
    """Add the locations in `text` to `found`; return what may be the beginning of another one."""
    end = 0
    for match in _LOCATION.finditer(text):
        address = unescape(match[1].removesuffix(b"]]>").decode("utf-8", "replace"))
        if not _ENTITY.search(address):
            found.append(address)
        end = match.end()
    return text[max(end, len(text) - _MAX_LOCATION) :]
