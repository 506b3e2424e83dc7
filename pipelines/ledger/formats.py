"""The formats that records are written in, one entry each: commands offer them as options and know them by ending."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import zstandard

from cleaners.model import Page, Script, arrow_schema
from pipelines.ledger.json_lines import as_json, line, parsed

MAX_GROUP_DOCUMENTS = 1_000
MAX_GROUP_CHARS = 32_000_000
"""What a row group of a Parquet file holds at most: so much is in memory at a time."""
PACKINGS = (".gz", ".zst")
"""Endings of a file that is packed as it is written."""
_TEXT_NAME = re.compile(r"(?:^|/)\d{3,}_([0-9a-f]{16})\.txt$")
_GZIP_LEVEL, _ZSTD_LEVEL = 6, 9

Record = dict[str, Any]
Row = Record | bytes
"""A record, or the line of JSON that it was made already."""


Writer = Callable[[Iterable[Row], Any, Sequence[str], int], int]
"""Writes rows into an open file, or into a new folder, and returns how many there were.

It is also given the names of text fields that the rows have beside those of the record, and how many rows there may be.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write records: the option `--<name> <metavar>`, the endings of its files, and its writer.

    A format without `endings` is a folder of files; `packs` says that its files may also end in one of `PACKINGS`.
    """

    name: str
    metavar: str = "FILE"
    help: str
    endings: tuple[str, ...] = ()
    packs: bool = False
    write: Writer

    def names(self) -> list[str]:
        """Return every ending of its files."""
        return [ending + packing for ending in self.endings for packing in ("", *(PACKINGS if self.packs else ()))]

    def takes(self, path: Path) -> bool:
        """Say whether a file of this name may hold this format: by its ending, or where it has none."""
        return not path.suffix or path.name.lower().endswith(tuple(self.names()))


def format_of(path: Path | None, among: Iterable[str]) -> Format:
    """Return the first of the formats `among` that a file of this name may hold; of standard output, the first one.

    Raises StopIteration where none does.
    """
    return next(FORMATS[name] for name in among if path is None or FORMATS[name].takes(path))


def as_line(row: Row) -> bytes:
    """Return the line of JSON that a row is."""
    return row if isinstance(row, bytes) else line(row)


def as_record(row: Row) -> Record:
    """Return the record that a row holds."""
    return cast("Record", parsed(row)) if isinstance(row, bytes) else row


def write_jsonl(rows: Iterable[Row], file: IO[bytes], _extra_fields: Sequence[str] = (), _max_rows: int = 0) -> int:
    """Write one record a line; the same records give the same bytes."""
    count = 0
    for row in rows:
        file.write(as_line(row))
        count += 1
    return count


def write_parquet(rows: Iterable[Row], file: IO[bytes], extra_fields: Sequence[str] = (), _max_rows: int = 0) -> int:
    """Write a Parquet file of the record's Arrow schema, packed with zstd, in row groups that fit into memory."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, count = pa.schema([*arrow_schema(), *(pa.field(name, pa.string()) for name in extra_fields)]), 0
    with pq.ParquetWriter(file, schema, compression="zstd") as out:
        for group in _groups(_texts(map(as_record, rows), extra_fields)):
            out.write_table(pa.Table.from_pylist(group, schema=schema), row_group_size=len(group))
            count += len(group)
    return count


def _texts(records: Iterable[Record], names: Sequence[str]) -> Iterator[Record]:
    """Yield the records, with the JSON of what is no text in the fields `names`."""
    for record in records:
        found = {name: record.get(name) for name in names}
        yield record | {
            name: value if value is None or isinstance(value, str) else as_json(value).decode()
            for name, value in found.items()
        }


def write_text(rows: Iterable[Row], folder: Path, _extra_fields: Sequence[str], max_rows: int) -> int:
    """Write each record into the new `folder` as NNN_<id>.txt, with numbers wide enough for `max_rows`."""
    width, count = max(3, len(str(max_rows - 1))), 0
    for record in map(as_record, rows):
        name = f"{count:0{width}}_{record['id']}.txt"  # `exported_page` reads it
        (folder / name).write_text(as_text(record), encoding="utf-8", newline="\n")
        count += 1
    return count


def as_text(record: Record) -> str:
    """Return a document as the text of its file.

    >>> as_text({"title": None, "text": "同志们：\\n大家好。"})
    '无题\\n\\n同志们：\\n大家好。\\n'
    """
    from cleaners.judging.titles import UNTITLED

    title = " ".join((record["title"] or "").splitlines()).strip()
    return f"{title or UNTITLED}\n\n{record['text']}\n"


def exported_page(name: str, body: bytes) -> Page | None:
    """Return the document in a file that `write_text` wrote, None for every other file.

    Its name proves it, which is the key of the text below the title; so any first line is known for the title.
    """
    named = _TEXT_NAME.search(name)
    if not named:
        return None
    from cleaners.canonical import digest
    from cleaners.judging.titles import UNTITLED
    from cleaners.text.hans import is_traditional

    title, _, text = body.decode("utf-8", "replace").partition("\n\n")
    if digest(text)[: len(named[1])] != named[1]:
        return None
    script: Script = "Hant" if is_traditional(text) else "Hans"
    return Page(body=text, kind="text", title=None if title == UNTITLED else title, script=script)


@contextmanager
def packed(file: IO[bytes], ending: str) -> Iterator[IO[bytes]]:
    """Yield what packs into `file` as the ending of its name says, or `file` itself; the same bytes each time."""
    if ending == ".gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=file, mtime=0) as out:
            yield cast("IO[bytes]", out)
    elif ending == ".zst":
        with zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(file, closefd=False) as out:
            yield out
    else:
        yield file


def _groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records in row groups: MAX_GROUP_DOCUMENTS of them, or MAX_GROUP_CHARS of text."""
    group: list[Record] = []
    chars = 0
    for record in records:
        group.append(record)
        chars += len(record["text"])
        if len(group) == MAX_GROUP_DOCUMENTS or chars >= MAX_GROUP_CHARS:
            yield group
            group, chars = [], 0
    if group:
        yield group


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="jsonl",
            help="one document a line; packed if FILE ends in .gz or .zst",
            endings=(".jsonl", ".ndjson"),
            packs=True,
            write=write_jsonl,
        ),
        Format(
            name="parquet",
            help="a table with the record's Arrow schema",
            endings=(".parquet",),
            write=write_parquet,
        ),
        Format(
            name="txt",
            metavar="DIR",
            help="new folder for files NNN_<id>.txt: title, empty line, text",
            write=write_text,
        ),
    )
}
"""All formats by name. A further one is one entry here and one function."""
