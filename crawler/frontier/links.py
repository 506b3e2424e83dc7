"""Finds the links of a page by the shape of their addresses; markup changes far more often than addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urldefrag, urljoin, urlsplit

from cleaners.reading.decode import decode
from cleaners.reading.tokens import tags
from cleaners.sites import Site
from crawler.downloader.public_hosts import MAX_URL_LENGTH

_LINKS = frozenset(("a", "area", "base", "link"))


def document_links(site: Site, url: str, html: str | bytes, content_type: str | None = None) -> list[str]:
    """Return the document and listing addresses that a page of `site` links to: absolute, in page order, once each.

    A link to a later part of a split document counts as one to its first page.
    """
    return site_links(site, url, page_links(url, html, content_type))


def site_links(site: Site, url: str, found: Iterable[str]) -> list[str]:
    """Keep of `found`, the links of the page `url`, what leads to documents and listings of `site`."""
    kept = (site.first_page(link) for link in found if _on_site(site, url, link) and site.kind(link))
    return list(dict.fromkeys(kept))


def part_links(site: Site, url: str, found: Iterable[str]) -> dict[int, str]:
    """Return of `found`, the links of the page `url`, the later parts of the same document, by number."""
    if not site.parts:
        return {}
    first = _target(site.first_page(url))
    return {
        site.part_number(link): link
        for link in found
        if _on_site(site, url, link) and site.kind(link) == "part" and _target(site.first_page(link)) == first
    }


def page_links(url: str, html: str | bytes, content_type: str | None = None) -> list[str]:
    """Return every http or https address that the page at `url` links to, absolute, without fragment, in page order."""
    found = [(tag, of) for tag, of in tags(decode(html, content_type).text, _LINKS) if "href" in of]
    base = next((_absolute(url, of["href"]) for tag, of in found if tag == "base"), None) or url
    hrefs = (of["href"] for tag, of in found if tag != "base" and (tag != "link" or _rel(of) == "next"))
    return list(dict.fromkeys(link for href in hrefs if (link := _absolute(base, href))))


def _rel(attributes: Mapping[str, str]) -> str:
    return attributes.get("rel", "").strip().lower()


def _absolute(base: str, href: str) -> str | None:
    """Return where `href` leads from the page `base`, None when that is no http or https address."""
    href = href.strip()
    from_root = href.startswith(("/", "http://", "https://"))
    return _joined("/".join(base.split("/", 3)[:3]) if from_root else base, href)


@lru_cache(maxsize=4096)  # a site's menu comes again on each of its pages
def _joined(base: str, href: str) -> str | None:
    try:
        link = urldefrag(urljoin(base, href)).url
        address = urlsplit(link)
    except ValueError:
        return None
    return link if address.scheme in ("http", "https") and address.hostname and len(link) <= MAX_URL_LENGTH else None


def _on_site(site: Site, url: str, link: str) -> bool:
    """A site whose address nobody knows has its pages on one host."""
    return site.owns(link) if site.domains else urlsplit(link).hostname == urlsplit(url).hostname


def _target(url: str) -> str:
    address = urlsplit(url)
    return f"{address.path}?{address.query}"
