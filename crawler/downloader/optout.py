"""Reads whether a page may be stored and its links followed: from headers, meta elements and robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import re2
from scrapy.http import Response

from crawler.downloader.optout_signals import AGENT, forbids_storing, opt_out, robots_directives
from crawler.downloader.responses import content_type
from crawler.downloader.robots import OPTED_OUT_META

_SIGNALS = ("tdm-reservation", "content-usage", "content-signal")
_MARKED = re2.compile(rb"(?i)robots|wenqing|tdm-reservation|content-usage|content-signal|\x00")
"""Finds words of which one stands in every page that has a meta element of interest; in UTF-16 there are NULs too."""


@dataclass(frozen=True, slots=True)
class PageDirectives:
    """What a page says of itself: why its text must not be kept, and whether its links may be followed."""

    opted_out: str | None = None
    follow: bool = True

    @classmethod
    def of(cls, response: Response) -> Self:
        """Read the directives of a page."""
        said = [(name, value) for name in _SIGNALS for value in _values(response, name)]
        metas = _metas(response)
        said += [(name, value) for name, value in metas if name in _SIGNALS]
        reasons = [reason for name, value in said if (reason := opt_out(name, value))]
        tagged = robots_directives(_values(response, "X-Robots-Tag"))
        tagged |= robots_directives(value for name, value in metas if name in ("robots", AGENT))
        if word := forbids_storing(tagged):
            reasons.insert(0, word)
        elif from_robots := response.meta.get(OPTED_OUT_META):
            reasons.append(from_robots)
        return cls(next(iter(reasons), None), not tagged & {"nofollow", "none"})


def _values(response: Response, name: str) -> list[str]:
    return [value.decode("latin-1") for value in response.headers.getlist(name)]


def _metas(response: Response) -> list[tuple[str, str]]:
    """Return name and content of the page's meta elements; pages that name none of interest are not decoded.

    Browsers and search engines heed such an element wherever it stands, and so does this.
    """
    if not _MARKED.search(response.body):
        return []
    from cleaners.reading.decode import decode
    from cleaners.reading.tokens import tags

    found = (facts for _, facts in tags(decode(response.body, content_type(response)).text, frozenset(("meta",))))
    return [((facts.get("name") or facts.get("http-equiv", "")).lower(), facts.get("content", "")) for facts in found]
