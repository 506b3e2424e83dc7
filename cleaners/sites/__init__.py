"""One web site a file: its names and hosts, its template, and where its pages are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web site.

    `domains` are the registered domains (`taowenge.com` stands for its `www.` and `m.` hosts too); `names` are further
    names the pages call the site by. `start` are the addresses a crawl begins at; `{category}` in one stands for each
    of `categories`. `documents`, `listings` and `parts` are regular expressions on path and query: a document page, a
    page of links, and a later page of a split document, whose group `page` is its number.
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
    note: str = ""


@cache
def sites() -> Mapping[str, Site]:
    """Return every site by name, in alphabetical order."""
    modules = sorted(module.name for module in iter_modules(__path__))
    found = [import_module(f"{__name__}.{name}").SITE for name in modules]
    return {site.name: site for site in found}


def site_of(url: str | None) -> Site | None:
    """Return the site that `url` belongs to, None for an unknown host."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return None
    labels = host.split(".")
    return next((found for cut in range(len(labels)) if (found := _domains().get(".".join(labels[cut:])))), None)


@cache
def _domains() -> Mapping[str, Site]:
    return {domain: site for site in sites().values() for domain in site.domains}
