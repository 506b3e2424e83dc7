"""Characters as HTML writes them: references, in text and, where fewer count, in values of attributes; line feeds."""

from __future__ import annotations

import html as entities
import re
from html.entities import html5

_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_IN_ATTRIBUTE = re.compile(r"&(?:(#(?:[xX][0-9a-fA-F]++|[0-9]++);?+)|([a-zA-Z][a-zA-Z0-9]*+(?:;|(?!=))))")


def unix(text: str) -> str:
    r"""Return `text` with line feeds in the place of carriage returns, as HTML is read (HTML, 13.2.3.5)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def in_text(text: str) -> str:
    """Return `text` with its character references written out."""
    if "&" not in text:
        return text
    return entities.unescape(_HUGE_NUMBER.sub("\ufffd", text))


def in_attribute(value: str) -> str:
    """Return the value of an attribute with its character references written out (HTML, 13.2.5.73).

    A name without its semicolon that goes on with a letter, a digit or `=` is a parameter of an address.

    >>> in_attribute("/list?a=1&amp;b=2&copy=3&currentPage=4&lt")
    '/list?a=1&b=2&copy=3&currentPage=4<'
    """
    return _IN_ATTRIBUTE.sub(_written_out, value) if "&" in value else value


def _written_out(reference: re.Match[str]) -> str:
    return in_text(reference[0]) if reference[1] else html5.get(reference[2], reference[0])
