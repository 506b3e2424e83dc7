"""Where a page sends its reader without a link: the address that it refreshes to, and its frames."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaners.reading.tokens import tags

MAX_SECONDS = 30
"""A page that shows itself for longer before it refreshes is read, not passed through."""

_TAGS = frozenset(("meta", "frame"))
_MARKED = re.compile(r"(?i:refresh|<frame)")
_REFRESH = re.compile(
    r"""[\t\n\f\r ]*+(?P<seconds>[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[0-9.]*+[\t\n\f\r ]*+(?:[;,][\t\n\f\r ]*+)?+"""
    r"""(?:(?i:url)[\t\n\f\r ]*+=[\t\n\f\r ]*+)?+(?:"(?P<double>[^"]*+)|'(?P<single>[^']*+)|(?P<bare>.*))""",
    re.DOTALL,
)


def refresh_target(content: str) -> str | None:
    """Return where the `content` of a refresh leads within `MAX_SECONDS` (HTML, 4.2.5.3), None where it only reloads.

    >>> refresh_target("0; URL='/list.html'"), refresh_target("3;/a"), refresh_target("600;url=/a"), refresh_target("5")
    ('/list.html', '/a', None, None)
    """
    match = _REFRESH.match(content)
    if match is None or float(match["seconds"][:9]) > MAX_SECONDS:
        return None
    return (match["double"] or match["single"] or match["bare"] or "").strip() or None


def target_of(tag: str, facts: Mapping[str, str]) -> str | None:
    """Return where a meta or frame element with these attributes leads, None for one that leads nowhere.

    >>> target_of("meta", {"http-equiv": "Refresh", "content": "1;url=b.html"}), target_of("frame", {"src": "top.html"})
    ('b.html', 'top.html')
    """
    if tag == "frame":
        return facts.get("src", "").strip() or None
    if tag == "meta" and facts.get("http-equiv", "").strip().lower() == "refresh":
        return refresh_target(facts.get("content", ""))
    return None


def leads_on(html: str) -> bool:
    """Say whether a browser shows another page in the place of this one."""
    return bool(_MARKED.search(html)) and any(target_of(tag, facts) for tag, facts in tags(html, _TAGS))
