"""The shape of an address: what the addresses of pages of one kind on a site have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

NUMBER, IDENTIFIER, WORD = "9", "x", "w"
"""What stands in a shape for digits, for an id of letters and digits, and for the name of one page."""

_NUMBERED = re.compile(r"[A-Za-z]*(?:[-_][A-Za-z]+)*(?:[-_.]?\d+)+")
_NAME = re.compile(r"[A-Za-z]+(?:[-_][A-Za-z]+)*")
_DIGITS = re.compile(r"\d+")
_IDENTIFIER = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[0-9A-Za-z_~-]{6,}")


@lru_cache(maxsize=4096)  # a site's menu comes again on each of its pages
def shape_of(url: str) -> str:
    """Return the shape of `url`: its path and query without host, numbers, ids and the name of the page itself.

    >>> shape_of("http://a.example/lw/biye/254985_2.html"), shape_of("http://a.example/zuowen/")
    ('/lw/biye/9_9.html', '/w/')
    >>> shape_of("http://a.example/f/35LThdFPvUu.html"), shape_of("http://a.example/show.asp?id=7&sort=new")
    ('/f/x.html', '/w.asp?id=9&sort=new')
    """
    address = urlsplit(url)
    path, slash = address.path.removesuffix("/"), "/" if address.path.endswith("/") else ""
    *folders, last = path.split("/")
    name, dot, ending = last.partition(".")
    segments = [*map(masked, folders), f"{WORD if _NAME.fullmatch(name) else masked(name)}{dot}{ending}"]
    query = "&".join(f"{key}={masked(value)}" for key, value in sorted(parse_qsl(address.query, errors="replace")))
    return f"{'/'.join(segments)}{slash}{'?' if query else ''}{query}"


def masked(segment: str) -> str:
    """Return a segment of a path, or the value of a parameter, without what tells one page from another.

    >>> [masked(word) for word in ("list-12-3", "glvzyr48zn", "jianghua", "%BD%B2")]
    ['list-9-9', 'x', 'jianghua', 'w']
    """
    if not segment.isascii() or "%" in segment:
        return WORD
    if _IDENTIFIER.fullmatch(segment) and not _NUMBERED.fullmatch(segment):
        return IDENTIFIER
    return _DIGITS.sub(NUMBER, segment)
