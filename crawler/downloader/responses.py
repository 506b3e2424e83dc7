"""Judges a response by status, headers and bytes: truncated, of an unsupported type, or a block page."""

from __future__ import annotations

import re

import re2
from scrapy.http import Response

from cleaners.reading.decode import decode
from cleaners.reading.render import render
from crawler.files.signatures import SAMPLE, SIGNATURES, reads_as_text
from pipelines.block_pages import block_page_of
from pipelines.drops import BadPage, Captcha, Challenge, LoginWall

SITEMAP_META = "sitemap"
"""The key in `Request.meta` of a request for a sitemap, which may be of other types than a page."""
MAX_TITLED, MAX_UNTITLED = 1500, 300
"""Characters of visible text that a page in the place of another has at most, with and without a title that says so."""

_KINDS = re.compile(rb"text/(?:html|plain|xml|vnd\.wap\.wml)|application/(?:xhtml\+xml|xml)|^\s*$", re.IGNORECASE)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE,
)
"""How a page begins, which tells it where the header does not."""
_NO_KIND = re.compile(rb"htm|unknown|^[^/]*$|\*/\*", re.IGNORECASE)
"""A header that names no kind, or a page in a wrong way."""
_MAGIC: tuple[bytes, ...] = (
    *(*SIGNATURES, b"{\\rtf", b"7z\xbc", b"\x28\xb5\x2f\xfd"),  # more documents and archives
    *(b"RIFF", b"BM\x36", b"II*\0", b"\0\0\x01\0", b"OggS", b"ID3"),  # more media
    *(b"MZ", b"\x7fELF"),  # programs
)
_OPENS, _CLOSES = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE), re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_CHALLENGES = rb"__jsl_clearance|\$_ts\b|cf[-_]chl|challenge-platform|document\.cookie\s*=|acw_sc__"
_TRACES = (
    (Challenge, re.compile(_CHALLENGES, re.IGNORECASE)),
    (Captcha, re.compile(rb"captcha|geetest|cf-turnstile|yidun|vaptcha", re.IGNORECASE)),
    (LoginWall, re.compile(rb"""type\s*=\s*["']?password""", re.IGNORECASE)),
)
_ANY_TRACE = re2.compile(b"(?i)" + b"|".join(pattern.pattern for _, pattern in _TRACES))
"""Tells in one reading whether a page has any trace."""
_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)


def content_type(response: Response) -> str | None:
    """Return the Content-Type header of an answer."""
    header = response.headers.get("Content-Type")
    return header.decode("latin-1") if header else None


def is_truncated(response: Response, *, is_page: bool) -> bool:
    """Say whether an answer ended before it was whole.

    A Content-Length too short, and a connection closed early on an answer without one, cut a page in silence: one that
    opens its html or body, or came without a length (flag `partial`), must close it.
    """
    if {"cut", "dataloss"} & set(response.flags):
        return True
    closes = "partial" in response.flags or _OPENS.search(response.body)
    return (
        is_page
        and bool(closes)
        and not (_CLOSES.search(response.body, max(0, len(response.body) - SAMPLE)) or _CLOSES.search(response.body))
    )


def is_unsupported_type(response: Response) -> bool:
    """Say whether an answer is a file, an image or a program, whatever its header says."""
    start = response.body[:SAMPLE]
    header = response.headers.get("Content-Type") or b""
    if not _KINDS.search(header) and not (_NO_KIND.search(header) and _PAGE.match(start)):
        return True
    return start.startswith(_MAGIC) or not reads_as_text(start)


def block_page_in(response: Response) -> type[BadPage] | None:
    """Return what kind of wall an answer is, judged by its title, or by what it is made of where it shows little."""
    found = _TITLE.search(response.body[: 4 * SAMPLE])
    titled = block_page_of(decode(found[1]).text, [], 0) if found else None
    marked = _ANY_TRACE.search(response.body)
    trace = next((wall for wall, pattern in _TRACES if marked and pattern.search(response.body)), None)
    if not titled and not trace:
        return None
    shown = render(decode(response.body).text).text
    if titled and len(shown) <= MAX_TITLED:
        return titled
    return block_page_of("", shown.split("\n"), 0) or trace if len(shown) <= MAX_UNTITLED else None
