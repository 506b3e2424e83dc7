"""Builds the URL filter of `scrapy clean`: pages of some hosts, or of some sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit


def build(hosts: Sequence[str], names: Sequence[str]) -> Callable[[str], bool] | None:
    """Return what takes an address on one of `hosts`, a subdomain of it, or of one of the sites `names`.

    None, which takes all, without either. Raises ValueError for what is no host and for a site without a known host.
    """
    if not hosts and not names:
        return None
    from cleaners.sites import sites  # it loads every rule

    known = {name: site for name, site in sites().items() if site.domains}
    if unknown := next((name for name in names if name not in known), None):
        raise ValueError(f"--site {unknown}: no site with a known host; the command `sites` lists them")
    suffixes = tuple(f".{_ascii(host)}" for host in hosts)
    return lambda url: f".{_host(url)}".endswith(suffixes) or any(known[name].owns(url) for name in names)


def _ascii(host: str) -> str:
    """Return a host as addresses write it."""
    try:
        return host.strip(".").encode("idna").decode().lower()
    except UnicodeError:
        raise ValueError(f"--host {host}: no name of a host; give one such as wenku.example") from None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
