"""One web site or one family of them a file: names and hosts, template, and where the pages are found."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Literal, NamedTuple, get_args
from urllib.parse import urlsplit, urlunsplit

from cleaners.rules.faults import FAULTS, told
from cleaners.templates import templates

Kind = Literal["document", "listing", "part"]
"""What an address of a site leads to: a document page, a page of links, a later page of a split document."""
State = Literal["alive", "static text", "shell", "wall", "gone"]
"""What a site was when it was last seen: `alive`, it answered and showed texts; `static text`, stored pages of it hold
texts, and nobody has asked it since; `shell`, texts come by script or as pictures; `wall`, a check or a login stands
before its pages; `gone`, closed, parked, under maintenance, or no answer."""


class SitesError(Exception):
    """A site's file, or a template's, cannot be used."""


class DocumentAddress(NamedTuple):
    """What the address of a document page says: the site's `id` of the document, and which `form` of page it is.

    Pages of one document on several hosts, its preview and its download page have one id. `form` is the place of the
    pattern among the site's `documents`, which have the page that shows most of the text first.
    """

    id: str
    form: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web site.

    `domains` are the registered domains (`taowenge.com` stands for its `www.` and `m.` hosts too), with the port where
    it is not that of the web; `names` are further names the pages call the site by. `start` are the addresses a crawl
    begins at; `{category}` in one stands for each of `categories`, or for the one a crawl asks for, which may be any
    when `categories` is empty. `sitemaps` are addresses of sitemaps, or of a robots.txt that names them. `documents`,
    `listings` and `parts` are regular expressions on path and query: a document page (its group `id` is the document's
    id, see `DocumentAddress`), a page of links, and a later page of a split document; its group `page` is its number,
    and without its group `part` it is the address of the first page (where there is no such group, with the number
    1). `explore` says that its listings are not known: a
    crawl looks for documents on any page of its own hosts that is none. `delay` is the pause in seconds between two
    requests to its hosts, where it needs a longer one than all. `template` is "" where the engine is not known.
    `seen` says when and by whom the `state` was last seen.
    """

    name: str
    title: str
    template: str = ""
    state: State = "alive"
    seen: str = ""
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
        """Raise ValueError for a pattern, a pause or a state that is none, and for exploring that can find nothing."""
        if not 0 <= self.delay < math.inf:
            raise ValueError(f"delay {self.delay}: give seconds from 0 up")
        if self.state not in get_args(State):
            raise ValueError(f"state {self.state!r}: there are {', '.join(get_args(State))}")
        if self.explore and not self.documents:
            raise ValueError("explore: name the documents' addresses, or nothing that is found can be one")
        for pattern in (*self.documents, *self.listings, *([self.parts] if self.parts else ())):
            try:
                _compiled(pattern)
            except re.error as error:
                raise ValueError(f"pattern {pattern!r}: {error}") from None

    @property
    def is_crawled(self) -> bool:
        """Say whether a crawl of it can find texts; other sites are documented only."""
        return self.state in ("alive", "static text")

    def owns(self, url: str) -> bool:
        """Say whether `url` is an http or https address on a host of this site, at a port that its domains name."""
        return _owned(self.domains, url)

    def kind(self, url: str) -> Kind | None:
        """Return what `url` leads to, judged by its path and query alone; None when no pattern knows it."""
        return _kind(self.parts, self.documents, self.listings, url)

    def document(self, url: str) -> DocumentAddress | None:
        """Return which document `url` is a page of, None when it does not say so.

        >>> site = Site(name="a", title="甲", documents=(r"^/p-(?P<id>\\d+)$", r"^/d-(?P<id>\\d+)$"))
        >>> site.document("http://m.a.example/d-12")
        DocumentAddress(id='12', form=1)
        """
        return _document(self.documents, url)

    def first_page(self, url: str) -> str:
        """Return the address of the first page of the document that `url` is a part of; other addresses unchanged.

        >>> site = Site(name="a", title="甲", template="a", parts=r"^/\\d+(?P<part>_(?P<page>\\d+))\\.html$")
        >>> site.first_page("http://a.example/12_3.html")
        'http://a.example/12.html'
        >>> Site(name="a", title="甲", parts=r"^/t-\\d+-(?P<page>[2-9])$").first_page("http://a.example/t-7-3")
        'http://a.example/t-7-1'
        """
        target = _target(url)
        match = _compiled(self.parts).search(target) if self.parts else None
        if match is None:
            return url
        group, first = ("part", "") if "part" in match.re.groupindex else ("page", "1")
        path, _, query = f"{target[: match.start(group)]}{first}{target[match.end(group) :]}".partition("?")
        scheme, host, *_ = urlsplit(url)
        return urlunsplit((scheme, host, path, query, ""))

    def part_number(self, url: str) -> int:
        """Return which page of its document `url` is, counted from 1."""
        match = _compiled(self.parts).search(_target(url)) if self.parts else None
        return int(match["page"]) if match else 1


@cache
def sites() -> Mapping[str, Site]:
    """Return every site by name, in alphabetical order, those of `own_folder` among them.

    Raises SitesError, naming the file and its line, for one that is wrong, or for a template.
    """
    try:
        templates()
    except FAULTS as error:
        raise SitesError(told(error)) from error
    found: dict[str, Site] = {}
    if str(own_folder()) not in __path__:
        __path__.append(str(own_folder()))
    for module in sorted(module.name for module in iter_modules(__path__)):
        try:
            for site in _sites_of(module):
                if site.name in found:
                    raise ValueError(f"a second site {site.name!r}")
                found[site.name] = site
        except FAULTS as error:
            own = own_folder() / f"{module}.py"
            read = own if own.is_file() else Path(__file__).with_name(f"{module}.py")
            raise SitesError(told(error, read)) from error
    return dict(sorted(found.items()))


def own_folder() -> Path:
    """Return the folder of the sites that an operator adds: in the repository this one, else one of the user's own."""
    if __name__.count(".") == 1:
        return Path(__file__).parent
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "wenqing" / "sites"


def site_of(url: str | None) -> Site | None:
    """Return the site that `url` belongs to, None for an unknown host."""
    if not url:
        return None
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    labels = host.split(".")
    return next((found for cut in range(len(labels)) if (found := _domains().get(".".join(labels[cut:])))), None)


def _sites_of(module: str) -> Iterator[Site]:
    """Yield the site of a file (`SITE`), or the family of sites (`SITES`)."""
    held = import_module(f"{__name__}.{module}")
    for site in getattr(held, "SITES", None) or (held.SITE,):
        if site.template and site.template not in templates():
            raise ValueError(f"no template {site.template!r}; known: {', '.join(templates())}")
        yield site


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


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
    if parts and _compiled(parts).search(target):
        return "part"
    if any(_compiled(pattern).search(target) for pattern in documents):
        return "document"
    return "listing" if any(_compiled(pattern).search(target) for pattern in listings) else None


@lru_cache(maxsize=1024)
def _document(documents: tuple[str, ...], url: str) -> DocumentAddress | None:
    target = _target(url)
    for form, pattern in enumerate(documents):
        if (match := _compiled(pattern).search(target)) and (named := match.groupdict().get("id")):
            return DocumentAddress(named, form)
    return None


@cache
def _domains() -> Mapping[str, Site]:
    return {domain: site for site in sites().values() for domain in site.domains}


def _target(url: str) -> str:
    address = urlsplit(url)
    return (address.path or "/") + (f"?{address.query}" if address.query else "")
