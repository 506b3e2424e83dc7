"""Checks what an operator asks of a crawl before anything is fetched: seeds, hosts, limit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from cleaners.sites import Site
from crawler.errors import ArgumentError
from crawler.files import cdx
from crawler.files.compression import CompressionError

REFRESH_JOB = "refresh"
WHOLE_SITE = ("", REFRESH_JOB)
"""The jobs that go through all of a site."""
_CATEGORY = "{category}"
_ARGUMENTS = ("urls", "limit", "category")
"""What `-a` of a crawl names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSpec:
    """Where a crawl of one site starts.

    `site` owns the hosts this run may ask. `urls` are the first addresses; those also in `documents` are document
    pages whatever they look like. `follow` says whether links on document pages lead on. `limit` is the most documents
    to take, None for all. `job` names what a crawl goes through, "" for all of the site: one that was broken off is
    resumed by a crawl with the same job. `explores` says whether pages that no pattern knows are looked at, too.
    """

    site: Site
    urls: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    follow: bool = True
    limit: int | None = None
    job: str = ""

    @property
    def explores(self) -> bool:
        """Say whether documents are looked for on pages that no pattern knows."""
        return self.site.explore and self.follow and self.job in WHOLE_SITE


def crawl_spec(
    site: Site,
    *,
    urls: str | None = None,
    limit: str | None = None,
    category: str | None = None,
    saved: Sequence[str] = (),
    **unknown: str,
) -> CrawlSpec:
    """Return the plan for `site` from the spider arguments `urls` (a file), `limit` and `category`.

    `saved` are the addresses a replay begins with, unless others are given. Raises ArgumentError.
    """
    if name := next(iter(unknown), None):
        near = get_close_matches(name, _ARGUMENTS, n=1)
        meant = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(_ARGUMENTS)}"
        raise ArgumentError(f"unknown argument -a {name}={meant}")
    if urls is not None and category is not None:
        raise ArgumentError("give -a urls= or -a category=, not both")
    most = _limit(limit)
    given = _addresses(Path(urls), site) if urls is not None else () if category else tuple(saved)
    if given:
        return replace(_explicit(site, given), limit=most)
    if not site.start:
        raise ArgumentError(f"{site.name} has no known address: give it pages with -a urls=FILE (one URL a line)")
    job = f"category {category}" if category else ""
    return CrawlSpec(
        site=site, urls=seeds(site, category), sitemaps=() if category else sitemaps_of(site), limit=most, job=job
    )


def _explicit(site: Site, given: tuple[str, ...]) -> CrawlSpec:
    """Take `given` for the pages to fetch; a site without a known address gets its hosts from them."""
    hosts = tuple(dict.fromkeys(urlsplit(url).netloc.lower() for url in given))
    firsts = tuple(dict.fromkeys(site.first_page(url) for url in given))
    documents = frozenset(url for url in firsts if site.kind(url) != "listing")
    own = site if site.domains else replace(site, domains=hosts)
    job = f"urls {hashlib.sha256(chr(10).join(firsts).encode()).hexdigest()}"
    return CrawlSpec(site=own, urls=firsts, documents=documents, follow=False, job=job)


def _limit(limit: str | None) -> int | None:
    if limit is None:
        return None
    if not limit.isascii() or not limit.isdigit() or int(limit) == 0:
        raise ArgumentError(f"-a limit={limit}: give a number of documents from 1 up")
    return int(limit)


def seeds(site: Site, category: str | None = None) -> tuple[str, ...]:
    """Return the addresses a crawl of `site`, or of one of its categories, begins at; raises ArgumentError."""
    by_category = [url for url in site.start if _CATEGORY in url]
    if category is None:
        plain = [url for url in site.start if _CATEGORY not in url]
        return (*plain, *(url.replace(_CATEGORY, name) for url in by_category for name in site.categories))
    if not by_category or (site.categories and category not in site.categories):
        known = ", ".join(site.categories) or "none"
        raise ArgumentError(f"{site.name} has no category {category!r}; known: {known}")
    return tuple(url.replace(_CATEGORY, quote(category, safe="")) for url in by_category)


def sitemaps_of(site: Site) -> tuple[str, ...]:
    """Return the sitemaps of `site`; one that explores is asked for those that its robots.txt names.

    >>> facts = {"name": "a", "title": "甲", "template": "a", "start": ("http://a.example/x",), "documents": ("a",)}
    >>> sitemaps_of(Site(**facts, explore=True))
    ('http://a.example/robots.txt',)
    """
    if site.sitemaps or not site.explore:
        return site.sitemaps
    return tuple(dict.fromkeys(urljoin(url, "/robots.txt") for url in site.start))


def _addresses(file: Path, site: Site) -> tuple[str, ...]:
    """Read a file of addresses; of an index, which has those of many sites, the site's own documents."""
    try:
        found = _documents(file, site) if cdx.is_cdx(file) else _listed(file, site)
    except CompressionError as error:
        raise ArgumentError(f"{file}: {error}; fetch it again") from None
    except UnicodeDecodeError:
        raise ArgumentError(f"{file} is not UTF-8 text: write one URL a line") from None
    except OSError as error:
        raise ArgumentError(f"cannot read {file}: {error.strerror}") from None
    return tuple(dict.fromkeys(found))


def _documents(file: Path, site: Site) -> list[str]:
    try:
        found = [url for url in cdx.addresses(file) if site.owns(url) and site.kind(url) == "document"]
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    if not found:
        raise ArgumentError(f"{file} names no document of {site.name}: look for another index, or for other patterns")
    return found


def _listed(file: Path, site: Site) -> list[str]:
    """Read addresses, one a line; empty lines and lines that begin with # say nothing."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        url = line.strip()
        if url and not url.startswith("#"):
            _check(url, f"{file}:{number}", site)
            found.append(url)
    if not found:
        raise ArgumentError(f"{file} names no address: write one URL a line")
    return found


def _check(url: str, place: str, site: Site) -> None:
    try:
        address = urlsplit(url)
        usable = address.hostname and address.port != 0 and "@" not in address.netloc
    except ValueError:
        usable = False
    if not usable or address.scheme not in ("http", "https") or any(char.isspace() for char in url):
        raise ArgumentError(f"{place}: {url!r} is no http or https address")
    if site.domains and not site.owns(url):
        raise ArgumentError(f"{place}: {url!r} is not on a host of {site.name} ({', '.join(site.domains)})")
