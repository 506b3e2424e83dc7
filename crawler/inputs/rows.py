"""Reads JSONL and Parquet inputs: one page a row, with `text` or `html`, and optional fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from cleaners.model import Page
from cleaners.text.times import timestamp
from crawler.files.compression import CompressionError, DecompressedStream
from crawler.inputs import page
from crawler.inputs.columns import BODIES, Columns
from crawler.inputs.page import BadInput, Input
from pipelines.ledger.json_lines import as_json, parsed

if TYPE_CHECKING:
    from pyarrow import RecordBatch

_REMEDY = "say which column holds the page: --columns text=COLUMN"
MAX_LEVELS = 400
"""Levels of a column that travels along, at most: what sends it on to another process recurses."""
_ROWS_AT_ONCE = 64
"""Rows of a Parquet file that are in memory at a time."""


def lines(stream: DecompressedStream) -> Iterator[bytes]:
    r"""Yield the lines of `stream`, which only b"\n" ends; of one that is too long, a piece that is too long."""
    while line := stream.readline(page.MAX_BYTES + 1):
        yield line
        while len(line) > page.MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(page.MAX_BYTES + 1)


def rows(name: str, lines: Iterator[bytes], columns: Columns) -> Iterator[Input | BadInput]:
    """Yield the pages of the lines, of which each is named by its `id` or its number, with the columns to keep."""
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if len(line) > page.MAX_BYTES:
                yield BadInput(f"{name}:{number}: line longer than {page.MAX_BYTES >> 20} MiB; split the document")
            elif line.strip():
                yield _row(f"{name}:{number}", line, columns)
    except CompressionError as error:
        raise CompressionError(f"{number + 1}: {error}") from None


def table_rows(name: str, path: str, columns: Columns) -> Iterator[Input | BadInput]:
    """Yield the pages of a Parquet file as `rows` does; its times are text here, and its bodies may be bytes.

    Raises `CompressionError` where the file is broken, OSError where it cannot be opened.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    with open(path, "rb") as file:
        try:
            table = pq.ParquetFile(file, buffer_size=1 << 20)
            known = {*columns.fields.values(), *columns.keep}
            names = [each for each in table.schema_arrow.names if each in known]
            if not set(columns.bodies.values()) & set(names):
                yield BadInput(f"{name}: has {_neither(columns)} among its columns; {_REMEDY}")
                return
            for batch in table.iter_batches(_ROWS_AT_ONCE, columns=names):
                for at in range(batch.num_rows):
                    number += 1
                    yield _table_row(f"{name}:{number}", batch.slice(at, 1), columns)
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno:  # else it is what Arrow calls a broken page
                raise
            raise CompressionError(f"{number + 1}: broken Parquet ({str(error).splitlines()[0]})") from None


def _table_row(place: str, batch: RecordBatch, columns: Columns) -> Input | BadInput:
    """Return the page of a batch of one row."""
    try:
        (row,) = batch.to_pylist()
    except UnicodeDecodeError:
        return BadInput(f"{place}: a column holds no UTF-8; mend the row")
    bodies = (row.get(name) for name in columns.bodies.values())
    if any(isinstance(body, str | bytes) and len(body) > page.MAX_BYTES for body in bodies):
        return BadInput(f"{place}: text longer than {page.MAX_BYTES >> 20} MiB; split the document")
    return _page(place, {key: _written(value) for key, value in row.items()}, columns)


def _written(value: Any) -> Any:
    """Return a value of a table as JSONL would hold it."""
    return value.isoformat() if isinstance(value, date) else value


def is_row(line: bytes) -> bool:
    """Say whether a line is a JSON object."""
    return isinstance(parsed(line), dict)


def is_page(line: bytes) -> bool:
    """Say whether a line is a row that has a page."""
    row = parsed(line)
    return isinstance(row, dict) and any(isinstance(row.get(name), str) for name in BODIES)


def _row(place: str, line: bytes, columns: Columns) -> Input | BadInput:
    """Read one row of JSONL."""
    row = parsed(line)
    if not isinstance(row, dict):
        return BadInput(f"{place}: no JSON object in UTF-8; write one object a line")
    return _page(place, row, columns)


def _page(place: str, row: dict[str, Any], columns: Columns) -> Input | BadInput:
    """Return the page of a row; its `id` becomes the input's name."""
    facts = {key: row[column] for key, column in columns.fields.items() if row.get(column) is not None}
    name = str(facts.pop("id", ""))
    if wrong := next((key for key, value in facts.items() if not isinstance(value, _types(key))), None):
        return BadInput(f"{place}: {columns.of(wrong)} is no string; mend the row")
    if facts.get("script", "Hans") not in ("Hans", "Hant"):
        return BadInput(f"{place}: {columns.of('script')} is neither Hans nor Hant; mend the row")
    if "added" in facts:
        try:
            facts["added"] = timestamp(facts["added"])
        except ValueError:
            return BadInput(f"{place}: {columns.of('added')} is no time; write it as 2026-11-01T08:00:00Z")
    html, text, added = (facts.pop(key, None) for key in ("html", "text", "added"))
    if html is None and text is None:
        return BadInput(f"{place}: has {_neither(columns)}; {_REMEDY}")
    known: dict[str, Any] = {key: _encodable(value) for key, value in facts.items()}
    found = Page(body=text, kind="text", **known) if html is None else Page(body=html, kind="html", **known)
    if any(_is_deep(row[name]) for name in columns.keep if name in row):
        return BadInput(f"{place}: a column to keep is nested more than {MAX_LEVELS} levels deep; flatten the row")
    return Input(_encodable(name) or place, found, added, _kept(row, columns.keep))


def _is_deep(value: Any) -> bool:
    """Say whether lists and objects stand in each other more than MAX_LEVELS deep."""
    inside = [value]
    for _ in range(MAX_LEVELS + 1):
        inside = [
            each
            for outer in inside
            if isinstance(outer, list | dict)
            for each in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not inside:
            return False
    return True


def _neither(columns: Columns) -> str:
    """Return which columns hold no page, in words."""
    names = list(columns.bodies.values())
    return f"neither {names[0]} nor {names[1]}" if len(names) > 1 else f"no {names[0]}"


def _types(key: str) -> type | tuple[type, ...]:
    return (str, bytes) if key in BODIES else str


def _kept(row: dict[str, Any], keep: Iterable[str]) -> dict[str, Any]:
    """Return the columns that travel along; half surrogate pairs, which JSON may hold and UTF-8 may not, are lost.

    What a table may hold and JSON may not is written as text.
    """
    kept = {name: row[name] for name in keep if name in row}
    try:
        as_json(kept)
    except (TypeError, UnicodeEncodeError):
        kept = json.loads(_encodable(json.dumps(kept, ensure_ascii=False, default=str)))
    return kept


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
