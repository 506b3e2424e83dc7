"""Sitemaps: a site's own list of its pages, in XML, plain or gzipped, one by one or named by an index or robots.txt."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.utils.gz import gunzip

_IN_ROBOTS = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*([!-~]+)", re.IGNORECASE | re.MULTILINE)


def read(url: str, body: bytes, most: int) -> tuple[list[str], list[str]]:
    """Return the further sitemaps and the pages that `body`, served at `url`, names.

    `most` is the largest size in bytes that it may unpack to. What cannot be read names nothing.
    """
    if urlsplit(url).path == "/robots.txt":
        return [urljoin(url, found.decode("ascii")) for found in _IN_ROBOTS.findall(body)], []
    try:
        body = gunzip(body, max_size=most) if body.startswith(b"\x1f\x8b") else body
    except (OSError, EOFError, ValueError):
        return [], []
    tree = Selector(body=body.strip() or b"<empty/>", type="xml")
    found = [address.strip() for address in tree.xpath("//*[local-name()='loc']/text()").getall()]
    return (found, []) if tree.xpath("/*[local-name()='sitemapindex']") else ([], found)
