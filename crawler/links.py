"""The links of a page, found by the shape of their addresses; markup changes far more often than addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.html import get_base_url

from cleaners.decode import decode
from cleaners.render import tags
from cleaners.sites import Site

LONGEST = 2083
"""The longest address that is followed, in characters; Scrapy's URLLENGTH_LIMIT drops longer ones without a word."""

_LINKS = frozenset(("a", "area", "link"))


def links(site: Site, url: str, html: str | bytes, content_type: str | None = None) -> list[str]:
    """Return the document and listing addresses that a page of `site` links to: absolute, in page order, once each.

    A link to a later part of a split document counts as one to its first page.
    """
    return wanted(site, url, addresses(url, html, content_type))


def wanted(site: Site, url: str, found: Iterable[str]) -> list[str]:
    """Keep of `found`, the links of the page `url`, what leads to documents and listings of `site`."""
    kept = (site.first_page(link) for link in found if _on_site(site, url, link) and site.kind(link))
    return list(dict.fromkeys(kept))


def parts(site: Site, url: str, found: Iterable[str]) -> dict[int, str]:
    """Return of `found`, the links of the page `url`, the later parts of the same document, by number."""
    if not site.parts:
        return {}
    first = _target(site.first_page(url))
    return {
        site.part_number(link): link
        for link in found
        if _on_site(site, url, link) and site.kind(link) == "part" and _target(site.first_page(link)) == first
    }


def addresses(url: str, html: str | bytes, content_type: str | None = None) -> list[str]:
    """Return every http or https address that the page at `url` links to, absolute, without fragment, in page order."""
    text = decode(html, content_type).text
    base = get_base_url(text, url)
    hrefs = (of["href"] for tag, of in tags(text, _LINKS) if "href" in of and (tag != "link" or _rel(of) == "next"))
    found = (_absolute(base, href) for href in hrefs)
    return list(dict.fromkeys(link for link in found if link))


def _rel(attributes: Mapping[str, str]) -> str:
    return attributes.get("rel", "").strip().lower()


def _absolute(base: str, href: str) -> str | None:
    try:
        link = urldefrag(urljoin(base, href.strip())).url
        address = urlsplit(link)
    except ValueError:
        return None
    return link if address.scheme in ("http", "https") and address.hostname and len(link) <= LONGEST else None


def _on_site(site: Site, url: str, link: str) -> bool:
    """A site whose address nobody knows has its pages on one host."""
    return site.owns(link) if site.domains else urlsplit(link).hostname == urlsplit(url).hostname


def _target(url: str) -> str:
    address = urlsplit(url)
    return f"{address.path}?{address.query}"
