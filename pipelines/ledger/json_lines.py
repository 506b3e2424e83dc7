"""A record as a line of JSON, and what a line holds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import orjson
import re2

# JSON allows these raw, but many readers end a line at them.
_LINE_ENDS = (("\u2028", rb"\u2028"), ("\u2029", rb"\u2029"), ("\u0085", rb"\u0085"))
_ANY_LINE_END = re2.compile("[\u2028\u2029\u0085]".encode())
_BOM = b"\xef\xbb\xbf"
_LONG_NUMBER = re2.compile(rb"[0-9]{20}|-[0-9]{19}")
"""Digits of a number of which orjson may keep the first only: it has 64 bits."""


def line(record: Mapping[str, Any]) -> bytes:
    """Return a record as one line of JSON in UTF-8, a line for every reader's notion of a line end.

    Raises TypeError for a value that JSON cannot hold, UnicodeEncodeError for half of a surrogate pair, RecursionError
    for what is nested too deep.

    >>> line({"title": "通知\\u2028"})
    b'{"title":"\\xe9\\x80\\x9a\\xe7\\x9f\\xa5\\\\u2028"}\\n'
    """
    data = as_json(record)
    if _ANY_LINE_END.search(data):
        for character, escape in _LINE_ENDS:
            data = data.replace(character.encode(), escape)
    return data + b"\n"


def as_json(value: Any) -> bytes:
    """Return a value as JSON, with whole numbers of any length; raises as `line` does."""
    try:
        return orjson.dumps(value)
    except TypeError:  # more than 64 bits, or nested deeper than it writes
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def parsed(data: bytes) -> Any:
    """Return the value of a line of JSON, None for anything else; NaN and what is past all numbers are None.

    A whole number keeps all its digits; half surrogate pairs, which JSON may hold and UTF-8 may not, are in the texts.

    >>> parsed(b'{"id": 123456789012345678901}'), parsed(b"{'id'}")
    ({'id': 123456789012345678901}, None)
    """
    data = data.removeprefix(_BOM)
    if not _LONG_NUMBER.search(data):
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass
    try:
        return json.loads(data.decode(), parse_constant=lambda _: None, parse_float=_finite)
    except (ValueError, RecursionError):
        return None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None
