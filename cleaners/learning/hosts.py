"""Which pages have one frame: those of a host, whichever of its names for desktops and telephones they bear."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

UNKNOWN = "unknown"
"""The host of pages that have neither an address nor a source: they are taken for pages of one site."""

_PREFIX = re.compile(r"^(?:www|m|wap|3g|mobile|h5)\d{0,2}\.(?=[^.]+\.)")
_SECOND_LEVEL = frozenset(("com", "net", "org", "gov", "edu", "ac", "co"))


def host_of(url: str | None, source: str | None = None) -> str:
    """Return the host that a page's profile is kept by; without an address it is the site `source`, or `unknown`.

    >>> host_of("https://m.wenku.example/p-1.html"), host_of(None, "www.wenku.example"), host_of(None)
    ('wenku.example', 'wenku.example', 'unknown')
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        host = None
    return _PREFIX.sub("", (host or source or UNKNOWN).strip(".").lower())


def domain_of(host: str) -> str:
    """Return the name that the profile of all hosts of a domain bears, for those of them that have too few pages.

    >>> domain_of("img.wenku.example"), domain_of("wenku.com.cn")
    ('*.wenku.example', '*.wenku.com.cn')
    """
    labels = host.split(".")
    is_second = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return f"*.{'.'.join(labels[-3 if is_second else -2 :])}"
