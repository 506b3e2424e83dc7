"""Lets requests lead only to named hosts of the public web, never into the machine or its own network."""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver

logger = logging.getLogger(__name__)

MAX_URL_LENGTH = 2083
"""The longest address that is followed, in characters; Scrapy's URLLENGTH_LIMIT drops longer ones without a word."""

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_ADDRESS = re.compile(
    rf"https?://(?P<host>{_LABEL}(?:\.{_LABEL})+)(?::(?P<port>[0-9]{{1,5}}))?(?=[/?#]|\Z)", re.IGNORECASE
)
"""Scheme, host and port in the one form that every parser of addresses reads alike."""
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
"""The last label of a name that some parser takes for an IP address: 127.1, 2130706433, 0x7f.1."""
_PLACE = re.compile(
    r"https?://(?P<place>(?P<host>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?)(?=[/?#]|\Z)", re.IGNORECASE
)
PORTS = (None, "80", "443")
ALLOWED = "ADDRESSES_ALLOWED"
"""The setting that names hosts which may be asked although they are private: `host` or `host:port`, for tests."""

_TRANSLATED = [
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::ffff:0:0/96",
        "::/96",
        "192.88.99.0/24",
    )
]
"""Networks whose addresses stand for an IPv4 address, which may be any, and the way to them."""
_NO_HOSTS = [ipaddress.ip_network(network) for network in ("fec0::/10", "3fff::/20", "5f00::/16")]
"""Networks of sites, of documentation and of segment routing, which not every Python knows as such."""


def refusal(url: str, allowed: Sequence[str] = (), ports: Sequence[str | None] = PORTS) -> str | None:
    """Return why `url` must not be asked for, None when it may be.

    `url` is the address in the form in which it is fetched: Scrapy has encoded it, host names to punycode. `allowed`
    are places as in the setting `ADDRESSES_ALLOWED`, `ports` those of the web and of the site.

    >>> refusal("http://www.demo.example/1"), refusal("http://127.1/"), refusal("http://a.example:22/")
    (None, 'ip', 'port')
    """
    if len(url) > MAX_URL_LENGTH:
        return "long"
    if is_allowed(url, allowed):
        return None
    match = _ADDRESS.match(url)
    if match is None:
        return "form"
    if _NUMBER.fullmatch(match["host"].rpartition(".")[2]):
        return "ip"
    return None if match["port"] in ports else "port"


def is_allowed(url: str, allowed: Sequence[str]) -> bool:
    """Say whether `url` leads to one of the places `allowed`, without user name or password."""
    match = _PLACE.match(url)
    return match is not None and (match["host"] in allowed or match["place"] in allowed)


def is_public(address: str) -> bool:
    """Say whether `address`, an IP address as the resolver gives it, belongs to the public internet.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("64:ff9b::7f00:1")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    is_special = ip.is_multicast or ip.is_reserved or any(ip in network for network in (*_TRANSLATED, *_NO_HOSTS))
    return ip.is_global and not is_special


def _allowed(crawler: Crawler) -> list[str]:
    """Return the places of the setting `ADDRESSES_ALLOWED`, which may have blanks between them."""
    return [place.strip() for place in crawler.settings.getlist(ALLOWED)]


class PublicHostMiddleware:
    """Refuses each request, redirects, retries and robots.txt too, whose address `refusal` has something against.

    Stat: `addresses/refused/<reason>`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._allowed = _allowed(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a place that is none of the public web's."""
        if reason := refusal(request.url, self._allowed, (*PORTS, *self._ports(request.url))):
            self.crawler.stats.inc_value(f"addresses/refused/{reason}")
            raise IgnoreRequest(f"no address to ask ({reason}): {request.url}")

    def _ports(self, url: str) -> list[str]:
        """Return the ports that the site's own domains name for this host."""
        host = urlsplit(url).hostname
        domains = self.crawler.spider.site.domains  # type: ignore[union-attr]
        return [port for name, _, port in (domain.partition(":") for domain in domains) if port and name == host]


class PublicResolver(CachingHostnameResolver):
    """Resolves names to public addresses only, of IPv4 and IPv6; those it has checked are those that are connected to.

    A name that leads into the machine or its network, at once or later (DNS rebinding), counts as one that does not
    resolve; of one that leads to both only the public addresses are tried. Every connection asks it, to literal
    addresses too.
    """

    allowed: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Make the resolver of one process; hosts in the setting `ADDRESSES_ALLOWED` may be private."""
        resolver = super().from_crawler(crawler, reactor)
        places = (urlsplit(f"//{place}").hostname for place in _allowed(crawler))
        resolver.allowed = frozenset(host for host in places if host)
        return resolver

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        *args: Any,
        **kwargs: Any,
    ) -> IHostResolution:
        """Give the receiver the addresses of `hostName` that are public; none counts as an unknown name."""
        receiver: Any = resolutionReceiver
        if hostName not in self.allowed:
            receiver = _PublicAddresses(receiver, hostName)
        return super().resolveHostName(receiver, hostName, *args, **kwargs)


class _PublicAddresses:
    """Hands on the public ones of the addresses that a resolver finds."""

    def __init__(self, receiver: Any, name: str) -> None:
        self._receiver = receiver
        self._name = name

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        host = getattr(address, "host", "")
        if is_public(host):
            self._receiver.addressResolved(address)
        else:
            logger.warning("%s leads to %s, which is no public address: not connected", self._name, host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
