"""Cleans a batch of rows held as columns: what `datasets`, Polars, DuckDB, Ray, Spark and Data-Juicer hand over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from cleaners.clean import clean
from cleaners.model import EDIT_FIELDS, Document, Page, arrow_type

PREFIX = "wenqing_"
"""What the names of the columns begin with that are added."""
_TO_ARROW = "pa.Table.from_pandas(frame) of pandas, frame.to_arrow() of Polars, pa.Table.from_pylist(rows) of rows"
ADDED: Mapping[str, Any] = {
    "id": "string",
    "title": "string",
    "created": "string",
    "truncated": "bool",
    "flags": "list<string>",
    "edits": [EDIT_FIELDS],
}
"""The fields of a record that become columns, with their Arrow types."""


def clean_batch(
    columns: Any,
    *,
    text: str = "text",
    html: str = "html",
    url: str = "url",
    keep_script: bool = False,
    keep_lines: bool = False,
) -> Any:
    """Return the columns with `text` cleaned, and `wenqing_id`, `_title`, `_created`, `_truncated`, `_flags`, `_edits`.

    `columns` maps names to columns (lists, numpy arrays), or is a `pyarrow` RecordBatch or Table; what comes back is of
    the same kind, lists in a dict, with rows in number and order as they came. A row is read from the column `html`
    where it has one, else from `text`; either may be missing, and may hold bytes as served. `url` is its address.
    Other columns stay. A row without document text has an empty text, a null id and the flag `no_text`; nothing is
    dropped. `keep_script` and `keep_lines` are those of `Page`.

    A value that is null, NaN as pandas has it, too, is none.

    Raises KeyError where neither column is there, ValueError where columns have not as many rows, and TypeError for a
    value that is no text and for what holds no columns.
    """
    if isinstance(columns, Mapping):
        documents = [clean(page) for page in _pages(columns, (html, text), url, keep_script, keep_lines)]
        return {**columns, text: [document.text for document in documents], **_added(documents)}
    if not _is_arrow(columns):
        raise TypeError(f"{type(columns).__name__} holds no columns; give a dict of them, or Arrow: {_TO_ARROW}")
    names = [name for name in (html, text, url) if name in columns.schema.names]
    lists = {name: columns.column(name).to_pylist() for name in names}
    documents = [clean(page) for page in _pages(lists, (html, text), url, keep_script, keep_lines)]
    return _with_columns(columns, {text: [document.text for document in documents], **_added(documents)}, text)


def _pages(
    columns: Mapping[str, Sequence[Any]], bodies: Sequence[str], url: str, keep_script: bool, keep_lines: bool
) -> Iterator[Page]:
    """Yield the page of each row, read from the first of `bodies` that the row has."""
    given = [columns.get(name) for name in (*bodies, url)]
    if given[0] is None and given[1] is None:
        raise KeyError(f"no column {' or '.join(bodies)}; name yours, as text='content'")
    counts = {name: len(column) for name, column in zip((*bodies, url), given, strict=True) if column is not None}
    count = next(iter(counts.values()))
    if {*counts.values()} != {count}:
        raise ValueError(f"columns of unlike length: {', '.join(f'{name} {rows}' for name, rows in counts.items())}")
    rows = zip(*(repeat(None, count) if column is None else column for column in given), strict=True)
    for number, row in enumerate(rows):
        markup, plain, address = (None if _is_null(value) else value for value in row)
        body = plain if markup is None else markup
        if isinstance(body, bytearray | memoryview):
            body = bytes(body)
        if not isinstance(body, str | bytes | None):
            raise TypeError(f"row {number}: {type(body).__name__} in the place of a text; give text, bytes or null")
        yield Page(
            body=body or "",
            kind="text" if markup is None else "html",
            url=None if address is None else str(address),
            keep_script=keep_script,
            keep_lines=keep_lines,
        )


def _is_null(value: Any) -> bool:
    """Say whether a value is none, as pandas marks them, too: NaN is unlike itself, and so is what it calls NA."""
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ == "NAType"


def _is_arrow(columns: Any) -> bool:
    import pyarrow as pa

    return isinstance(columns, pa.Table | pa.RecordBatch)


def _added(documents: Sequence[Document]) -> dict[str, list[Any]]:
    records = [document.record(added=None) for document in documents]
    return {f"{PREFIX}{name}": [record[name] for record in records] for name in ADDED}


def _with_columns(table: Any, columns: Mapping[str, list[Any]], text: str) -> Any:
    """Return an Arrow table or batch with these columns, `text` in its place; the others are put behind."""
    import pyarrow as pa

    types = {text: "string", **{f"{PREFIX}{name}": kind for name, kind in ADDED.items()}}
    held = dict(zip(table.schema.names, table.columns, strict=True))
    held |= {name: pa.array(values, arrow_type(types[name])) for name, values in columns.items()}
    fields = [pa.field(name, column.type) for name, column in held.items()]
    return type(table).from_arrays(list(held.values()), schema=pa.schema(fields))
