"""What `scrapy clean` is given, as one stream of pages: text, HTML and JSONL, gzip of them, folders, standard input."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import orjson

from cleaners.decode import FREQUENT, decode
from cleaners.model import Kind, Page
from crawler.signatures import SIGNATURES

Form = Literal["txt", "html", "jsonl"]

ENDINGS: Mapping[str, Form] = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
STDIN = "-"
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest page, and of the longest JSONL line, that is read; memory stays bounded."""
_BROKEN = (OSError, EOFError, zlib.error)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Input:
    """One page to clean, its name in the output, and its fetch time where that is known (ISO 8601, UTC)."""

    name: str
    page: Page
    added: str | None = None


@dataclass(frozen=True, slots=True)
class BadInput:
    """Something that cannot be cleaned, as one line: where, what is wrong, and the remedy."""

    message: str


def read(
    paths: Iterable[str], *, stdin: io.BufferedReader[Any], form: Form | None = None, leave_out: str | None = None
) -> Iterator[Input | BadInput]:
    """Yield the pages of `paths` in order; what cannot be read is yielded as `BadInput`, and reading goes on.

    A folder is walked in the order of its names; files with other endings, `robots.txt` and the file `leave_out` (the
    one being written) are passed over. `form` is that of standard input (`-`) and of named files whose ending says
    nothing. JSONL is read line by line, never whole.
    """
    for path in paths:
        if path == STDIN:
            yield from _guarded(STDIN, _standard_input(stdin, form))
        elif os.path.isdir(path):
            yield from _folder(path, os.path.realpath(leave_out) if leave_out else None)
        elif (known := _form_of(path) or form) or not os.path.exists(path):
            yield from _guarded(_name(path), _file(path, known or "txt"))
        else:
            yield BadInput(f"{_name(path)}: unknown ending; say what it is with --format txt, html or jsonl")


def _guarded(name: str, inputs: Iterator[Input | BadInput]) -> Iterator[Input | BadInput]:
    try:
        yield from inputs
    except _BROKEN as error:
        yield BadInput(f"{name}: {_trouble(error)}")


def _trouble(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return f"broken gzip ({str(error).rstrip('.')}); pack or fetch it again"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the disk"


def _name(path: str) -> str:
    """Return a path as text that can be written, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _form_of(path: str) -> Form | None:
    return ENDINGS.get(os.path.splitext(path.lower().removesuffix(".gz"))[1])


def _folder(folder: str, leave_out: str | None) -> Iterator[Input | BadInput]:
    errors: list[OSError] = []
    empty = True
    for place, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        passed = {"robots.txt", *_later_pages(Path(place, "meta.json"))}
        for name in sorted(set(files) - passed):
            path = os.path.join(place, name)
            known = _form_of(name)
            if known and not name.startswith(".") and os.path.realpath(path) != leave_out:
                empty = False
                yield from _guarded(_name(path), _file(path, known))
    yield from (BadInput(f"{_name(str(error.filename))}: {_trouble(error)}") for error in errors)
    if empty and not errors:
        yield BadInput(f"{_name(folder)}: holds no {', '.join(ENDINGS)} file; name another folder")


def _file(path: str, form: Form) -> Iterator[Input | BadInput]:
    with gzip.open(path) if path.lower().endswith(".gz") else open(path, "rb") as stream:
        if form == "jsonl":
            yield from _rows(_name(path), _lines(stream))
        else:
            page = _page(_name(path), stream.read(LARGEST + 1), "html" if form == "html" else None)
            yield _saved(path, page) if isinstance(page, Input) else page


def _standard_input(stdin: io.BufferedReader[Any], form: Form | None) -> Iterator[Input | BadInput]:
    packed = stdin.peek(2)[:2] == b"\x1f\x8b"
    with gzip.open(stdin) if packed else nullcontext(stdin) as stream:
        lines = _lines(stream)
        head: list[bytes] = []
        while not (head and head[-1].strip()) and (line := next(lines, b"")):
            head.append(line)
        if form == "jsonl" or (form is None and head and isinstance(_json(head[-1]), dict)):
            yield from _rows(STDIN, chain(head, lines))
        else:
            kinds: Mapping[str | None, Kind] = {"txt": "text", "html": "html"}
            yield _page(STDIN, b"".join(head) + stream.read(LARGEST + 1), kinds.get(form))


_MAGIC = (*SIGNATURES, b"7z\xbc\xaf")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
SAMPLE, MOST_CONTROL = 4096, 0.03
"""A file whose first so many bytes hold a greater share of control or undecodable characters is no text."""
LEAST_KNOWN = 0.3
"""Share of ASCII and frequent Chinese characters below which UTF-16 without a byte order mark is not believed."""


def _is_binary(body: bytes) -> bool:
    if body.startswith(_MAGIC):
        return True
    decoded = decode(body[:SAMPLE])
    text = decoded.text
    if decoded.encoding.startswith("utf-16") and not decoded.bom:  # any bytes are some UTF-16
        return sum(char in FREQUENT or char.isascii() for char in text) < LEAST_KNOWN * len(text)
    return len(_CONTROL.findall(text)) > max(4, MOST_CONTROL * len(text))


def _page(name: str, body: bytes, kind: Kind | None) -> Input | BadInput:
    if _is_binary(body):
        return BadInput(f"{name}: is no text; take the text out of it first, or leave it out")
    if len(body) > LARGEST:
        return BadInput(f"{name}: larger than {LARGEST >> 20} MiB; split it into documents")
    return Input(name, Page(body=body, kind=kind))


def _saved(path: str, page: Input) -> Input | BadInput:
    """Add to `page.html` or `page.txt` what meta.json beside it says: address, fetch time, header, later pages."""
    meta = Path(path).with_name("meta.json")
    if not Path(path).name.startswith("page.") or not meta.is_file():
        return page
    try:
        facts = _Meta.read(meta)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        return BadInput(f"{_name(str(meta))}: makes no sense ({error}); mend it or take it away")
    if page.page.kind != "html":
        return replace(page, page=replace(page.page, url=facts.url), added=facts.fetched_at)
    parts = tuple(Page(body=meta.with_name(name).read_bytes(), url=url, kind="html") for url, name in facts.parts)
    whole = replace(page.page, url=facts.url, content_type=facts.content_type, parts=parts)
    return replace(page, page=whole, added=facts.fetched_at)


@dataclass(frozen=True, slots=True)
class _Meta:
    """What a meta.json says; `parts` are address and file of a split document's later pages."""

    url: str | None
    fetched_at: str | None
    content_type: str | None
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, path: Path) -> _Meta:
        facts = orjson.loads(path.read_bytes())
        headers = {name.lower(): value for name, value in facts.get("headers", {}).items()}
        values = (facts.get("url"), facts.get("fetched_at"), headers.get("content-type"))
        if not all(value is None or isinstance(value, str) for value in values):
            raise TypeError("url, fetched_at and Content-Type are strings")
        return cls(*values, tuple((str(part["url"]), Path(part["file"]).name) for part in facts.get("parts", ())))


def _later_pages(meta: Path) -> list[str]:
    """Return the files that belong to the page beside `meta` and are no inputs of their own."""
    try:
        return [name for _, name in _Meta.read(meta).parts]
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return []


def _lines(stream: io.BufferedIOBase) -> Iterator[bytes]:
    r"""Yield the lines of `stream`, which only b"\n" ends; of one that is too long, a piece that is too long."""
    while line := stream.readline(LARGEST + 1):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 1)


def _rows(name: str, lines: Iterator[bytes]) -> Iterator[Input | BadInput]:
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if len(line) > LARGEST:
                yield BadInput(f"{name}:{number}: line longer than {LARGEST >> 20} MiB; split the document")
            elif line.strip():
                yield _row(f"{name}:{number}", line)
    except _BROKEN as error:
        yield BadInput(f"{name}:{number + 1}: {_trouble(error)}")


def _row(place: str, line: bytes) -> Input | BadInput:
    """Read one row of JSONL; its `id` becomes the input's name."""
    row = _json(line)
    if not isinstance(row, dict):
        return BadInput(f"{place}: no JSON object in UTF-8; write one object a line")
    facts = {key: row[key] for key in _TEXTS if row.get(key) is not None}
    if wrong := next((key for key, value in facts.items() if not isinstance(value, str)), None):
        return BadInput(f"{place}: {wrong} is no string; mend the row")
    if facts.get("script", "Hans") not in ("Hans", "Hant"):
        return BadInput(f"{place}: script is neither Hans nor Hant; mend the row")
    if "added" in facts:
        try:
            facts["added"] = timestamp(facts["added"])
        except ValueError:
            return BadInput(f"{place}: added is no time; write it as 2026-11-01T08:00:00Z")
    html, text, added = (facts.pop(key, None) for key in ("html", "text", "added"))
    if html is None and text is None:
        return BadInput(f"{place}: neither text nor html; give the row one of them")
    known: dict[str, Any] = {key: _encodable(value) for key, value in facts.items()}
    page = Page(body=text, kind="text", **known) if html is None else Page(body=html, kind="html", **known)
    return Input(place if row.get("id") in (None, "") else _encodable(str(row["id"])), page, added)


def timestamp(given: str) -> str:
    """Return an ISO 8601 time in UTC, to the second; raises ValueError when it is none."""
    moment = datetime.fromisoformat(given)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_TEXTS = ("text", "html", "url", "source", "title", "script", "added")


def _json(line: bytes) -> Any:
    """Return the value of one line of JSON, None for anything else."""
    try:
        return orjson.loads(line.removeprefix(_BOM))
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(line.removeprefix(_BOM).decode())  # takes half surrogate pairs, which `decode` counts
    except (ValueError, RecursionError):
        return None


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
