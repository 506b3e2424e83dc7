"""What the small internet holds: the pages of each registered site, and what is planted in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cleaners.sites import Site, sites

_CHARSET = re.compile(r"""charset=(["']?)[\w-]+""")


@dataclass(frozen=True, slots=True)
class Planted:
    """A document as one site shows it.

    `origin` is the text that it is a copy of, `addresses` lead to it, `noise` are the lines that its page shows beside.
    """

    site: str
    title: str
    text: str
    cut: bool
    origin: int
    addresses: tuple[str, ...]
    noise: tuple[str, ...]


@dataclass(slots=True)
class Place:
    """One site of the small internet: its pages by host and target, with their status.

    `latency` is how many seconds it takes to answer, `crawl_delay` what its robots.txt asks for.
    """

    site: Site
    charset: str
    latency: float
    crawl_delay: int
    pages: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def add(self, hosts: Sequence[str], target: str, page: str, status: int = 200) -> None:
        """Put a page at a target of some hosts."""
        for host in hosts:
            self.pages[host, target] = status, _CHARSET.sub(rf"charset=\g<1>{self.charset}", page)

    def hosts(self) -> set[str]:
        """Return its hosts."""
        return {host for host, _ in self.pages}


@dataclass(slots=True)
class World:
    """All sites, what is planted in them, and the addresses of walls."""

    places: list[Place] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    walls: set[str] = field(default_factory=set)


def crawled_sites() -> list[Site]:
    """Return the registered sites that are crawled and have addresses; they are asked for by http."""
    return [
        replace(site, start=_by_http(site.start), sitemaps=_by_http(site.sitemaps))
        for site in sites().values()
        if site.is_crawled and site.start
    ]


def _by_http(urls: Sequence[str]) -> tuple[str, ...]:
    return tuple(url.replace("https://", "http://", 1) for url in urls)
