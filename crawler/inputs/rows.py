"""Reads JSONL inputs: one page a row, with `text` or `html`, and optional fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from cleaners.model import Page
from cleaners.text.times import timestamp
from crawler.files.compression import CompressionError, DecompressedStream
from crawler.inputs import page
from crawler.inputs.page import BadInput, Input

_TEXTS = ("text", "html", "url", "source", "title", "script", "added")
_BOM = b"\xef\xbb\xbf"


def lines(stream: DecompressedStream) -> Iterator[bytes]:
    r"""Yield the lines of `stream`, which only b"\n" ends; of one that is too long, a piece that is too long."""
    while line := stream.readline(page.MAX_BYTES + 1):
        yield line
        while len(line) > page.MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(page.MAX_BYTES + 1)


def rows(name: str, lines: Iterator[bytes], keep: Sequence[str] = ()) -> Iterator[Input | BadInput]:
    """Yield the pages of the lines, of which each is named by its `id` or its number, with the columns to `keep`."""
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if len(line) > page.MAX_BYTES:
                yield BadInput(f"{name}:{number}: line longer than {page.MAX_BYTES >> 20} MiB; split the document")
            elif line.strip():
                yield _row(f"{name}:{number}", line, keep)
    except CompressionError as error:
        raise CompressionError(f"{number + 1}: {error}") from None


def is_row(line: bytes) -> bool:
    """Say whether a line is a JSON object."""
    return isinstance(_json(line), dict)


def is_page(line: bytes) -> bool:
    """Say whether a line is a row that has a page."""
    row = _json(line)
    return isinstance(row, dict) and any(isinstance(row.get(name), str) for name in ("text", "html"))


def _row(place: str, line: bytes, keep: Sequence[str]) -> Input | BadInput:
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
    found = Page(body=text, kind="text", **known) if html is None else Page(body=html, kind="html", **known)
    given = place if row.get("id") in (None, "") else _encodable(str(row["id"]))
    return Input(given, found, added, _kept(row, keep))


def _kept(row: dict[str, Any], keep: Sequence[str]) -> dict[str, Any]:
    """Return the columns that travel along; half surrogate pairs, which JSON may hold and UTF-8 may not, are lost."""
    kept = {name: row[name] for name in keep if name in row}
    try:
        orjson.dumps(kept)
    except TypeError:
        kept = json.loads(_encodable(json.dumps(kept, ensure_ascii=False)))
    return kept


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
