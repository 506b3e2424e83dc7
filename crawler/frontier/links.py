"""Finds the links of a page by the shape of their addresses; markup changes far more often than addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cleaners.sites import Site
from crawler.frontier.addresses import absolute

_LINKS = frozenset(("a", "area", "base", "link", "frame", "meta"))


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Every http or https address that a page links to: absolute, without fragment, in page order, once each.

    `shown` are those that a browser shows in the page's place: its frames, and where it refreshes to.
    """

    links: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def document_links(site: Site, url: str, html: str | bytes, content_type: str | None = None) -> list[str]:
    """Return the document and listing addresses that a page of `site` links to: absolute, in page order, once each.

    A link to a later part of a split document counts as one to its first page.
    """
    return site_links(site, url, page_links(url, html, content_type).links)


def site_links(site: Site, url: str, found: Iterable[str]) -> list[str]:
    """Keep of `found`, the links of the page `url`, what leads to documents and listings of `site`.

    Of several pages of one document the one stays that shows most of it.
    """
    kept = (site.first_page(link) for link in found if is_on_site(site, url, link) and site.kind(link))
    best: dict[str, tuple[int, str]] = {}
    for link in kept:
        document = site.document(link)
        form, key = (document.form, document.id) if document else (0, link)
        if key not in best or form < best[key][0]:
            best[key] = (form, link)
    return [link for _, link in best.values()]


def part_links(site: Site, url: str, found: Iterable[str]) -> dict[int, str]:
    """Return of `found`, the links of the page `url`, the later parts of the same document, by number."""
    if not site.parts:
        return {}
    first = _target(site.first_page(url))
    return {
        site.part_number(link): link
        for link in found
        if is_on_site(site, url, link) and site.kind(link) == "part" and _target(site.first_page(link)) == first
    }


def page_links(url: str, html: str | bytes, content_type: str | None = None) -> PageLinks:
    """Return the links of the page at `url`."""
    charset, found = _read(html, content_type)
    base = next((absolute(url, of["href"]) for tag, of in found if tag == "base" and "href" in of), None) or url
    written = [(target, shown) for tag, of in found for target, shown in _targets(tag, of)]
    links: dict[str, bool] = {}
    for target, shown in written:
        if link := absolute(base, target, charset):
            links[link] = links.get(link, False) or shown
    return PageLinks(tuple(links), tuple(link for link, shown in links.items() if shown and link != url))


def _read(html: str | bytes, content_type: str | None) -> tuple[str, list[tuple[str, Mapping[str, str]]]]:
    """Return the charset of a page, and the elements that may lead on; one in ASCII has the charset it names."""
    from cleaners.reading.decode import declared, decode
    from cleaners.reading.tokens import tags

    decoded = decode(html, content_type)
    charset = decoded.encoding
    if isinstance(html, bytes) and html.isascii():
        charset = next(iter(declared(html, content_type)), charset)
    return charset, list(tags(decoded.text, _LINKS))


def _targets(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the address in an element, if it leads to one, and whether that is shown in the page's place."""
    if tag in ("meta", "frame"):
        from cleaners.reading.forwards import target_of

        if target := target_of(tag, attributes):
            yield target, True
    elif tag != "base" and (tag != "link" or _rel(attributes) == "next") and "href" in attributes:
        yield attributes["href"], False


def _rel(attributes: Mapping[str, str]) -> str:
    return attributes.get("rel", "").strip().lower()


def is_on_site(site: Site, url: str, link: str) -> bool:
    """Say whether `link`, found at `url`, leads to `site`: one without known addresses has its pages on one host."""
    return site.owns(link) if site.domains else urlsplit(link).hostname == urlsplit(url).hostname


def _target(url: str) -> str:
    address = urlsplit(url)
    return f"{address.path}?{address.query}"
