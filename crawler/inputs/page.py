"""One input of `scrapy clean`: a page with its name, or why there is none."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from cleaners.model import Kind, Page
from cleaners.text.times import timestamp
from crawler.files.signatures import SAMPLE, is_file, is_no_page
from crawler.inputs import mhtml
from pipelines.ledger.formats import exported_page

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of the largest page, and of the longest JSONL line, that is read; memory stays bounded."""
NO_TEXT = "is no text; take the text out of it first, or leave it out"
MAX_CONTROL, MAX_UNREADABLE = 0.03, 0.2
"""A file whose first `SAMPLE` bytes hold a greater share of control characters, or of undecodable ones that outnumber
the frequent Chinese ones, is no text.

U+FFFD that the file itself holds counts for neither: a text that lost characters is a text.
"""
MIN_KNOWN = 0.3
"""Share of ASCII and frequent Chinese characters below which UTF-16 without a byte order mark is not believed."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Input:
    """One page to clean, its name in the output, and its fetch time where that is known (ISO 8601, UTC).

    `columns` are those of its row that travel along, as they are.
    """

    name: str
    page: Page
    added: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadInput:
    """Something that cannot be cleaned, as one line: where, what is wrong, and the remedy.

    `may_pass` says that it was the disk, or the place of the file, and not what the file holds.
    """

    message: str
    may_pass: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is no page to clean, or none of those asked for; of a file, `reason` says what it is."""

    name: str
    reason: str = ""


InputResult = Input | BadInput | Skipped


def whole(name: str, body: bytes, kind: Kind | None) -> Input | BadInput:
    """Return a file as one page; what is said to be text may be data."""
    # Asked first, as the pictures of a saved page may be bytes as they are.
    is_saved = kind != "text" and len(body) <= MAX_BYTES and mhtml.is_mhtml(body)
    if is_saved and (saved := mhtml.page_in(body)):
        body, url, content_type = saved
        return Input(name, Page(body=body, url=url, content_type=content_type, kind="html"))
    if is_binary(body) or (kind != "text" and is_no_page(body)):
        return BadInput(f"{name}: {NO_TEXT}")
    if len(body) > MAX_BYTES:
        return BadInput(f"{name}: larger than {MAX_BYTES >> 20} MiB; split it into documents")
    return Input(name, exported_page(name, body) or Page(body=body, kind=kind))


def is_binary(body: bytes) -> bool:
    """Say whether a file is no text, by its first bytes."""
    if is_file(body):
        return True
    from cleaners.reading.decode import FREQUENT, decode, unpadded

    told = unpadded(body[:SAMPLE])
    if body and not told:
        return True
    decoded = decode(told)
    text = decoded.text
    if decoded.encoding.startswith("utf-16") and not decoded.bom:  # any bytes are some UTF-16
        return sum(char in FREQUENT or char.isascii() for char in text) < MIN_KNOWN * len(text)
    if decoded.bad > max(4, MAX_UNREADABLE * len(text), sum(map(FREQUENT.__contains__, text))):
        return True
    return len(_CONTROL.findall(text)) > max(4, MAX_CONTROL * len(text))


def with_meta(path: str, page: Input) -> Input | BadInput:
    """Add to `page.html` or `page.txt` what meta.json beside it says: address, fetch time, header, later pages."""
    meta = Path(path).with_name("meta.json")
    if not Path(path).name.startswith("page.") or not meta.is_file():
        return page
    try:
        facts = _Meta.read(meta)
        if page.page.kind != "html":
            return replace(page, page=replace(page.page, url=facts.url), added=facts.fetched_at)
        parts = tuple(Page(body=_beside(meta, name), url=url, kind="html") for url, name in facts.parts)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        return BadInput(f"{shown(str(meta))}: makes no sense ({error}); mend it or take it away")
    complete = replace(page.page, url=facts.url, content_type=facts.content_type, parts=parts)
    return replace(page, page=complete, added=facts.fetched_at)


def _beside(meta: Path, name: str) -> bytes:
    """Return the bytes of a file in the folder of meta.json; raises ValueError where there is no such file."""
    file = meta.parent / name
    if not file.is_file():
        raise ValueError(f"no file {name} beside it")
    return file.read_bytes()


def later_pages(meta: Path) -> list[str]:
    """Return the files that belong to the page beside `meta` and are no inputs of their own."""
    try:
        return [name for _, name in _Meta.read(meta).parts] if meta.is_file() else []
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return []


@dataclass(frozen=True, slots=True)
class _Meta:
    """What a meta.json says; `parts` are address and file of a split document's later pages."""

    url: str | None
    fetched_at: str | None
    content_type: str | None
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, path: Path) -> _Meta:
        """Read a saved page's meta.json; raises TypeError, ValueError or KeyError for one that is none."""
        facts = orjson.loads(path.read_bytes())
        headers = {name.lower(): value for name, value in facts.get("headers", {}).items()}
        values = (facts.get("url"), facts.get("fetched_at"), headers.get("content-type"))
        if not all(value is None or isinstance(value, str) for value in values):
            raise TypeError("url, fetched_at and Content-Type are strings")
        url, fetched_at, content_type = values
        if fetched_at is not None:
            fetched_at = timestamp(fetched_at)
        return cls(
            url,
            fetched_at,
            content_type,
            tuple((str(part["url"]), Path(part["file"]).name) for part in facts.get("parts", ())),
        )


def shown(path: str) -> str:
    r"""Return a path as text that can be written; bytes that are no UTF-8 stand as a shell's `$'…'` takes them.

    >>> shown(os.fsdecode(b"\xb7\xb6\xce\xc4.txt"))
    '\\xb7\\xb6\\xce\\xc4.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")
