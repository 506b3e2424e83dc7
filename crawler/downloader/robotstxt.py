"""Parses robots.txt by RFC 9309, and as Chinese sites write it: any charset, full-width colons, raw GBK paths.

Protego, Scrapy's parser, drops rules with raw GBK paths and knows no UTF-16, no full-width colon and no prefix of a
percent-encoded GBK path: each of these would open what a site has closed.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import quote

from crawler.downloader.optout_signals import AGENT, opt_out

MAX_BYTES = 512 * 1024
"""Bytes of the file that are read; RFC 9309 asks for 500 KiB at least."""

_KEYS = {
    **dict.fromkeys(("user-agent", "useragent", "user agent"), "agent"),
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "allow": "allow",
    "crawl-delay": "delay",
    "content-signal": "content-signal",
    "content-usage": "content-usage",
}
_SITEMAP = re.compile(r"\s*site-?maps?\s*[:\s]\s*(\S+)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+|\*(?=\s|$)")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_WRITTEN = "%:/?#[]@!$&'()*+,;=-._~"
"""The marks that are compared as they are written (RFC 3986, 2.2 and 2.3); all else is percent-encoded."""
_PLAIN = str.maketrans("：／＊", ":/*", "\0\ufeff\u200b\u2060")
"""Full-width marks as the ones they stand for; byte order marks and other marks without width go."""


@dataclass(frozen=True, slots=True)
class PathRule:
    """A pattern, cut at its stars; `exact` when it ends in `$`."""

    allow: bool
    parts: tuple[str, ...]
    exact: bool
    length: int

    @classmethod
    def of(cls, allow: bool, pattern: str) -> Self:
        """Make the rule of a percent-encoded pattern."""
        exact = pattern.endswith("$")
        return cls(allow, tuple(pattern.removesuffix("$").split("*")), exact, len(pattern))

    def matches(self, target: str) -> bool:
        """Whether it fits the path and query of an address, written as `target` writes them."""
        first, *more = self.parts
        if not target.startswith(first):
            return False
        at = len(first)
        if not more:
            return not self.exact or at == len(target)
        for piece in more[:-1]:
            at = target.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if self.exact:
            return target.endswith(more[-1]) and at + len(more[-1]) <= len(target)
        return target.find(more[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """What a robots.txt says to one agent: its rules, seconds between requests, and why its texts may not be used."""

    rules: tuple[PathRule, ...] = ()
    crawl_delay: float | None = None
    opted_out: str | None = None

    @classmethod
    def read(cls, body: bytes, agent: str = AGENT) -> Self:
        """Read the groups of `agent`, or those of `*` where it has none; never raises."""
        lines = _for_agent(list(_lines(_text(body))), agent.lower())
        rules = (
            PathRule.of(key == "allow", pattern)
            for key, value in lines
            if key in ("allow", "disallow") and value
            for pattern in patterns(value, closed=key == "disallow")
        )
        delays = [delay for key, value in lines if key == "delay" and (delay := _seconds(value)) is not None]
        reasons = [reason for key, value in lines if (reason := opt_out(key, value))]
        return cls(tuple(dict.fromkeys(rules)), max(delays, default=None), next(iter(reasons), None))

    def allows(self, url: str) -> bool:
        """Say whether `url`, percent-encoded, may be fetched: the longest rule decides, of two as long the allowing.

        >>> RobotsTxt.read("User-agent: *\\nDisallow：/文档/".encode("gbk")).allows("http://a.example/%CE%C4%B5%B5/1")
        False
        """
        path = target(url)
        if path == "/robots.txt":
            return True
        found = [(rule.length, rule.allow) for rule in self.rules if rule.matches(path)]
        return max(found)[1] if found else True


def sitemaps(body: bytes) -> list[str]:
    r"""Return the addresses of sitemaps that a robots.txt names, as they are written.

    >>> sitemaps("\ufeffUser-agent: *\rSITEMAP：/a.xml\r".encode())
    ['/a.xml']
    """
    return [match[1] for line in _raw_lines(_text(body)) if (match := _SITEMAP.match(line))]


def _text(body: bytes) -> str:
    """Decode the first `MAX_BYTES` bytes; a line that is cut there is left out."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0] or body[:MAX_BYTES]
    body = body.removeprefix(codecs.BOM_UTF8)  # whatever charset follows it
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    if b"\0\0" in (body[1:4:2], body[:3:2]):
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "surrogateescape")


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield what each line says, key and value; a line of two words does without a colon."""
    for line in _raw_lines(text):
        key, colon, value = line.partition(":")
        if not colon:
            words = line.split()
            key, value = words if len(words) == 2 else ("", "")
        known = _KEYS.get(key.strip().lower())
        if known:
            yield known, value.strip()


def _raw_lines(text: str) -> Iterator[str]:
    """Yield the lines without their comments."""
    for raw in re.split(r"\r\n|\n|\r", text):
        yield raw.partition("#")[0].translate(_PLAIN).strip()


def _for_agent(lines: list[tuple[str, str]], agent: str) -> list[tuple[str, str]]:
    """Return the lines of all groups that name `agent`, else of those for all.

    Before any group a rule says nothing, and what else stands there holds for all.
    """
    own: list[tuple[str, str]] = []
    common: list[tuple[str, str]] = []
    named: set[str] | None = None
    found = in_rules = False
    for key, value in lines:
        is_rule = key in ("allow", "disallow")
        if key == "agent":
            named, in_rules = (set() if in_rules or named is None else named), False
            named.update(token[0].lower() for token in [_TOKEN.match(value)] if token)
            found = found or agent in named
            continue
        in_rules = in_rules or is_rule
        if agent in named if named is not None else not is_rule:
            own.append((key, value))
        if "*" in named if named is not None else not is_rule:
            common.append((key, value))
    return own if found else common


def patterns(value: str, *, closed: bool) -> set[str]:
    """Return the percent-encoded forms of a path: with raw Chinese characters one in UTF-8 and one in GBK."""
    if closed and not value.startswith(("/", "*")):
        value = f"/{value}"
    forms = set()
    for charset in ("utf-8", "gb18030"):
        try:
            forms.add(_compared(value.encode(charset, "surrogateescape")))
        except UnicodeEncodeError:
            continue
    return {f"{form[:-1].replace('$', '%24')}{form[-1:]}" for form in forms}


@lru_cache(maxsize=64)
def target(url: str) -> str:
    """Return path and query of `url` as they are matched."""
    rest = url.partition("#")[0].partition("://")[2]
    start = min((at for at in map(rest.find, "/?;") if at >= 0), default=len(rest))
    path = rest[start:]
    written = _compared((path if path.startswith("/") else f"/{path}").encode("utf-8", "surrogateescape"))
    return written.replace("*", "%2A").replace("$", "%24")


def _compared(path: bytes) -> str:
    """Return a path in the one form in which paths are compared (RFC 9309, 2.2.2)."""
    return _ESCAPE.sub(_normal, quote(path, safe=_WRITTEN))


def _normal(escape: re.Match[str]) -> str:
    char = chr(int(escape[0][1:], 16))
    return char if char in _UNRESERVED else escape[0].upper()


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
