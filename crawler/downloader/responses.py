"""Judges a response by status, headers and bytes: truncated, of an unsupported type, or a block page."""

from __future__ import annotations

import re

from scrapy.http import Response

from crawler.files.signatures import SAMPLE, is_no_page, reads_as_text
from pipelines.drops import BLOCK_PAGES, BadPage

NOT_SAVED_STAT = "replay/missing"
"""The stat that counts addresses that a replay has no saved page of."""
SITEMAP_META = "sitemap"
"""The key in `Request.meta` of a request for a sitemap, which may be of other types than a page."""
MAX_BODY = 16 * 1024
"""Bytes of an answer that is looked at before it is known to be a document's: a block page is small."""

_KINDS = re.compile(rb"text/(?:html|plain|xml|vnd\.wap\.wml)|application/(?:xhtml\+xml|xml)|^\s*$", re.IGNORECASE)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE,
)
"""How a page begins, which tells it where the header does not."""
_NO_KIND = re.compile(rb"htm|unknown|^[^/]*$|\*/\*", re.IGNORECASE)
"""A header that names no kind, or a page in a wrong way."""
MIN_BODY = 64
"""Bytes of a page of HTML without any tag."""
_PARTIAL = 206
_OPEN_TAG = re.compile(rb"<(?:/?[a-zA-Z]|!)[^<>]*\Z")
_OPENS = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(rb"</(?:html|body)\s*>|<!--|<script[\s>]", re.IGNORECASE)
_ENDS = {b"<!--": re.compile(rb"-->"), b"<scr": re.compile(rb"</script", re.IGNORECASE)}


def content_type(response: Response) -> str | None:
    """Return the Content-Type header of an answer."""
    header = response.headers.get("Content-Type")
    return header.decode("latin-1") if header else None


def is_truncated(response: Response, *, is_page: bool) -> bool:
    """Say whether an answer ended before it was whole, or says that it is a part, which nobody asked for.

    A Content-Length too short, and a connection closed early on an answer without one, cut a page in silence: one that
    opens its html or body, or came without a length (flag `partial`), must close it, none ends inside a tag, and a few
    bytes without one are none.
    """
    if response.status == _PARTIAL or {"cut", "dataloss"} & set(response.flags):
        return True
    body = response.body
    if not is_page or _closes(body):
        return False
    if "partial" in response.flags or _OPENS.search(body):
        return True
    if b"html" not in (response.headers.get("Content-Type") or b"html").lower():
        return False
    in_tag = _OPEN_TAG.search(body, max(0, len(body) - SAMPLE))
    return bool(in_tag) or (b"<" not in body and 0 < len(body.strip()) < MIN_BODY and not is_no_page(body))


def _closes(body: bytes) -> bool:
    """Say whether a page ends its html or body outside comments and scripts; one of these that never ends is none."""
    at, endless = 0, set[bytes]()
    while found := _CLOSES.search(body, at):
        at, ends = found.end(), _ENDS.get(found[0][:4].lower())
        if ends is None:
            return True
        if found[0][:4] not in endless:
            if end := ends.search(body, at):
                at = end.end()
            else:
                endless.add(found[0][:4])
    return False


def is_unsupported_type(response: Response) -> bool:
    """Say whether an answer is a file, an image or a program, whatever its header says."""
    start = response.body[:SAMPLE]
    header = response.headers.get("Content-Type") or b""
    if not _KINDS.search(header) and not (_NO_KIND.search(header) and _PAGE.match(start)):
        return True
    return is_no_page(response.body) or not reads_as_text(start)


def block_page_in(response: Response) -> type[BadPage] | None:
    """Return what kind of block page an answer is; only small ones are judged here, all others when they are cleaned.

    A page that leads on is let pass, for that is followed.
    """
    if len(response.body) > MAX_BODY:
        return None
    from cleaners.reading.decode import decode
    from cleaners.reading.render import render
    from cleaners.verdicts import block_pages

    html = decode(response.body, content_type(response)).text
    if _holds_much(html):
        return None
    shown = render(html)
    titles = [title for title in (shown.title, shown.heading) if title]
    kind = block_pages.judge(titles, shown.text.split("\n"), shown.text, html)
    return BLOCK_PAGES[kind] if kind and kind != "forward" else None


def _holds_much(html: str) -> bool:
    """Say whether a page has more text than is judged; most documents have, and need not be rendered here to know."""
    from cleaners.reading.tokens import tokens
    from cleaners.verdicts.block_pages import MAX_TEXT

    size = 0
    for text, _ in tokens(html):
        size += len("".join(text.split()))
        if size > MAX_TEXT:
            return True
    return False
