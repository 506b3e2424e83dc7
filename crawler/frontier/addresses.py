"""Addresses as browsers read them in the links of a page (URL Standard, https://url.spec.whatwg.org)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from crawler.downloader.public_hosts import MAX_URL_LENGTH

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_MANY_SLASHES = re.compile(r"\A((?i:https?:)?)//+")
_REFERENCE = re.compile(rb"&#([0-9]+);")
_QUERY_CHARSETS = {"gb18030": "gbk", "windows-936": "gbk", "big5hkscs": "big5"}
"""In what browsers write the queries of a page that is read in a larger encoding; of UTF-16 it is UTF-8."""


def absolute(base: str, href: str, charset: str = "utf-8") -> str | None:
    r"""Return where `href` leads from the page `base`, None when that is no http or https address.

    `charset` is that of the page, in which its queries are written. In front of the query `\` is `/`.

    >>> absolute("http://a.example/b/c", r"..\d\4.html?k=中文#top", "gb18030")
    'http://a.example/d/4.html?k=%D6%D0%CE%C4'
    """
    path, mark, query = href.strip().partition("#")[0].partition("?")
    if "\\" in path or "///" in path:
        path = _MANY_SLASHES.sub(r"\1//", path.replace("\\", "/"))
    if not query.isascii():
        query = _encoded(query, charset)
    from_root = path.startswith(("/", "http://", "https://"))
    return _joined("/".join(base.split("/", 3)[:3]) if from_root else base, path + mark + query)


def _encoded(query: str, charset: str) -> str:
    """Percent-encode what is not ASCII; a character that `charset` lacks is sent as its reference."""
    name = "utf-8" if charset.startswith(("utf", "cesu")) else _QUERY_CHARSETS.get(charset, charset)
    octets = _REFERENCE.sub(rb"%26%23\1%3B", query.encode(name, "xmlcharrefreplace"))
    return quote(octets, safe=_ASCII)


@lru_cache(maxsize=4096)  # a site's menu comes again on each of its pages
def _joined(base: str, href: str) -> str | None:
    try:
        link = urldefrag(urljoin(base, href)).url
        address = urlsplit(link)
    except ValueError:
        return None
    return link if address.scheme in ("http", "https") and address.hostname and len(link) <= MAX_URL_LENGTH else None
