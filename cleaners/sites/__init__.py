"""One web site a file: its names and hosts, its template, and where its pages are found."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from cleaners.templates import templates

Kind = Literal["document", "listing", "part"]
"""What an address of a site leads to: a document page, a page of links, a later page of a split document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web site.

    `domains` are the registered domains (`taowenge.com` stands for its `www.` and `m.` hosts too), with the port where
    it is not that of the web; `names` are further names the pages call the site by. `start` are the addresses a crawl
    begins at; `{category}` in one stands for each of `categories`, or for the one a crawl asks for, which may be any
    when `categories` is empty. `sitemaps` are addresses of sitemaps, or of a robots.txt that names them. `documents`,
    `listings` and `parts` are regular expressions on path and query: a document page, a page of links, and a later
    page of a split document; without its group `part` that is the address of the first page, and its group `page` is
    its number. `explore` says that its listings are not known: a crawl looks for documents on any page of its own hosts
    that is none. `delay` is the pause in seconds between two requests to its hosts, where it needs a longer one than
    all.
    """

    name: str
    title: str
    template: str
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    parts: str | None = None
    explore: bool = False
    delay: float = 0.0
    note: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a pattern that is none, a pause that is none, and exploring that can find nothing."""
        if not 0 <= self.delay < math.inf:
            raise ValueError(f"delay {self.delay}: give seconds from 0 up")
        if self.explore and not self.documents:
            raise ValueError("explore: name the documents' addresses, or nothing that is found can be one")
        for pattern in (*self.documents, *self.listings, *([self.parts] if self.parts else ())):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"pattern {pattern!r}: {error}") from None

    def owns(self, url: str) -> bool:
        """Say whether `url` is an http or https address on a host of this site, at a port that its domains name."""
        return _owned(self.domains, url)

    def kind(self, url: str) -> Kind | None:
        """Return what `url` leads to, judged by its path and query alone; None when no pattern knows it."""
        return _kind(self.parts, self.documents, self.listings, url)

    def first_page(self, url: str) -> str:
        """Return the address of the first page of the document that `url` is a part of; other addresses unchanged.

        >>> site = Site(name="a", title="甲", template="a", parts=r"^/\\d+(?P<part>_(?P<page>\\d+))\\.html$")
        >>> site.first_page("http://a.example/12_3.html")
        'http://a.example/12.html'
        """
        target = _target(url)
        match = re.search(self.parts, target) if self.parts else None
        if match is None:
            return url
        path, _, query = (target[: match.start("part")] + target[match.end("part") :]).partition("?")
        scheme, host, *_ = urlsplit(url)
        return urlunsplit((scheme, host, path, query, ""))

    def part_number(self, url: str) -> int:
        """Return which page of its document `url` is, counted from 1."""
        match = re.search(self.parts, _target(url)) if self.parts else None
        return int(match["page"]) if match else 1


@cache
def sites() -> Mapping[str, Site]:
    """Return every site by name, in alphabetical order; raises ValueError, naming the file, for one that is wrong."""
    modules = sorted(module.name for module in iter_modules(__path__))
    found: dict[str, Site] = {}
    for name in modules:
        try:
            site = import_module(f"{__name__}.{name}").SITE
        except (AttributeError, SyntaxError, TypeError, ValueError) as error:
            raise ValueError(f"cleaners/sites/{name}.py: {error}; mend the file") from error
        if site.template not in templates():
            raise ValueError(
                f"cleaners/sites/{name}.py: no template {site.template!r}; known: {', '.join(templates())}"
            )
        found[site.name] = site
    return found


def site_of(url: str | None) -> Site | None:
    """Return the site that `url` belongs to, None for an unknown host."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return None
    labels = host.split(".")
    return next((found for cut in range(len(labels)) if (found := _domains().get(".".join(labels[cut:])))), None)


@lru_cache(maxsize=1024)  # a crawl asks many times of each address
def _owned(domains: tuple[str, ...], url: str) -> bool:
    try:
        address = urlsplit(url)
        place = (address.hostname or "") + (f":{address.port}" if address.port not in (None, 80, 443) else "")
    except ValueError:
        return False
    on_host = any(place == domain or place.endswith(f".{domain}") for domain in domains)
    return address.scheme in ("http", "https") and "@" not in address.netloc and on_host


@lru_cache(maxsize=1024)
def _kind(parts: str | None, documents: tuple[str, ...], listings: tuple[str, ...], url: str) -> Kind | None:
    target = _target(url)
    if parts and re.search(parts, target):
        return "part"
    if any(re.search(pattern, target) for pattern in documents):
        return "document"
    return "listing" if any(re.search(pattern, target) for pattern in listings) else None


@cache
def _domains() -> Mapping[str, Site]:
    return {domain: site for site in sites().values() for domain in site.domains}


def _target(url: str) -> str:
    address = urlsplit(url)
    return (address.path or "/") + (f"?{address.query}" if address.query else "")
