"""Takes the page out of MHTML (RFC 2557), the one file in which browsers save a page with all it shows."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

_BEGINS = re.compile(
    rb"\s*(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,40}?Content-Type:\s*multipart/related\b", re.IGNORECASE
)
MAX_HEAD = 8192


def is_mhtml(body: bytes) -> bool:
    """Say whether a file is a page that a browser has saved as MHTML.

    >>> is_mhtml(b'From: <Saved by Blink>\\nContent-Type: multipart/related;\\n\\n'), is_mhtml(b"<p>Content-Type: text")
    (True, False)
    """
    return _BEGINS.match(body[:MAX_HEAD]) is not None


def page_in(body: bytes) -> tuple[bytes, str | None, str | None] | None:
    """Return the page, its address and its Content-Type, None when there is none in it."""
    message = message_from_bytes(body)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            decoded = part.get_payload(decode=True)
            if isinstance(decoded, bytes):
                return decoded, _address(part) or _address(message), _said(part, "Content-Type")
    return None


def _address(part: Message) -> str | None:
    for name in ("Snapshot-Content-Location", "Content-Location"):
        said = _said(part, name)
        if said and said.startswith(("http://", "https://")):
            return said
    return None


def _said(part: Message, name: str) -> str | None:
    value = part.get(name)
    return re.sub(r"\s+", "" if name.endswith("Location") else " ", str(value)) if value else None
