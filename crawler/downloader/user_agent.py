"""Builds the user agent, which names the operator: a site's owner must be able to reach them."""

from __future__ import annotations

import re

from scrapy.settings import BaseSettings

from crawler.errors import ArgumentError

_CONTACT = re.compile(r"https?://[!-~]+\.[!-~]+|[!-~]+@[!-~]+\.[!-~]+")


def user_agent(contact: str) -> str:
    """Return the User-Agent header of a crawl whose operator is reached at `contact`.

    >>> user_agent("https://example.org/crawl")
    'wenqing/0.2 (+https://example.org/crawl)'
    """
    return f"wenqing/0.2 (+{contact})" if contact else "wenqing/0.2"


def apply_user_agent(settings: BaseSettings) -> None:
    """Put the contact address into the user agent; raises ArgumentError where a live crawl has none."""
    contact = settings.get("WENQING_CONTACT") or ""
    if not _CONTACT.fullmatch(contact) or set("()<>") & set(contact):
        given = f"WENQING_CONTACT is {contact!r}, where nobody is reached: " if contact else ""
        raise ArgumentError(
            f"{given}set WENQING_CONTACT to a URL or e-mail address where a site's owner reaches you, for example "
            "WENQING_CONTACT=https://example.org/crawl (in the environment, with -s, or as contact in wenqing.toml)"
        )
    settings.set("USER_AGENT", user_agent(contact), priority="cmdline")
