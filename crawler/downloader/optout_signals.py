"""Parses opt-out signals: the directives of headers, meta elements and robots.txt about the use of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from cleaners.text.times import mail_date

AGENT = "wenqing"

_KEEP_OUT = frozenset({"noindex", "noarchive", "none", "noai"})
_DIRECTIVES = _KEEP_OUT | {
    *("all", "index", "follow", "nofollow", "archive", "nosnippet", "noimageindex", "noimageai", "notranslate"),
    *("nositelinkssearchbox", "indexifembedded", "unavailable_after"),
    *("max-snippet", "max-image-preview", "max-video-preview"),
}


def robots_directives(values: Iterable[str], agent: str = AGENT) -> set[str]:
    """Return the directives of X-Robots-Tag headers or robots meta elements that hold for `agent`.

    A directive behind `name:` holds for that agent alone, and so do those after it in the same value.

    >>> sorted(robots_directives(["noarchive", "otherbot: noindex, nofollow", "wenqing: nofollow"]))
    ['noarchive', 'nofollow']
    """
    found = set()
    for value in values:
        ours = True
        for raw in re.split(r"[,，;；]", value.lower()):
            word = raw.strip()
            name, colon, rest = (part.strip() for part in word.partition(":"))
            if colon and name not in _DIRECTIVES:
                ours, word = name in (agent, "*"), rest
            if ours and word:
                found.add(word)
    return found


def forbids_storing(directives: Iterable[str], now: datetime | None = None) -> str | None:
    """Return the directive that says not to keep the text, None where there is none."""
    for directive in sorted(directives):
        if directive in _KEEP_OUT:
            return directive
        if directive.startswith("unavailable_after:") and _is_over(directive.partition(":")[2].strip(), now):
            return "unavailable_after"
    return None


def opt_out(name: str, value: str) -> str | None:
    """Return the reason why texts may not be used, from a header, meta element or line of robots.txt, else None.

    >>> opt_out("Content-Signal", "search=yes, ai-train=no"), opt_out("tdm-reservation", "0")
    ('content-signal', None)
    """
    name, value = name.lower(), value.lower()
    if name == "tdm-reservation":
        return name if value.strip() == "1" else None
    if name == "content-usage":
        return name if re.search(r"\b(?:train-ai|bots|tdm|ai)\s*=\s*(?:n\b|no\b|\?0)", value) else None
    if name == "content-signal":
        return name if re.search(r"\bai-train\s*=\s*no?\b", value) else None
    return None


def _is_over(moment: str, now: datetime | None) -> bool:
    """Say whether a date has passed; one that nobody can read counts as passed."""
    for read in (mail_date, datetime.fromisoformat):
        try:
            when = read(moment.upper())
        except ValueError:
            continue
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return when <= (now or datetime.now(UTC))
    return True
