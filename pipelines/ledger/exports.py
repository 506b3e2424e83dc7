"""Exports documents of the ledger as JSONL, Parquet or text files, streamed, each whole or not at all."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

import zstandard

from cleaners.judging.title import UNTITLED
from cleaners.model import arrow_schema
from cleaners.personal.masking import mask_record
from pipelines.ledger.atomic import atomic_directory, atomic_write
from pipelines.ledger.shards import line

GROUP_DOCUMENTS = 1_000
GROUP_CHARS = 32_000_000
"""What a row group of a Parquet file holds at most: so much is in memory at a time."""
_GZIP_LEVEL, _ZSTD_LEVEL = 6, 9

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFilter:
    """Which documents to export: fetched at `since` or later (ISO 8601, UTC), known to be whole, long enough."""

    since: str = ""
    whole_only: bool = False
    min_chars: int = 0

    def accepts(self, record: Record) -> bool:
        """Say whether a record is one of them; one that was taken down a moment ago has no text."""
        if not record["text"] or (self.whole_only and record["truncated"] is not False):
            return False
        return (record["added"] or "") >= self.since and len(record["text"]) >= self.min_chars


@dataclass(slots=True)
class LeftOutStats:
    """What was left out: documents, their characters, and how many of these the documents that stand for them lack."""

    documents: int = 0
    chars: int = 0
    lost: int = 0

    def add(self, chars: int, lost: int) -> None:
        """Count a document."""
        self.documents += 1
        self.chars += chars
        self.lost += lost

    def __str__(self) -> str:
        """Return it in words."""
        return f"left out {self.documents} documents, {self.chars} characters, {self.lost} of them nowhere else"


@dataclass(slots=True)
class ExportStats:
    """What an export holds: documents, characters of text, and what was masked, by rule.

    `left_out` is what it lacks because other documents hold it, None where all are wanted.
    """

    documents: int = 0
    chars: int = 0
    masked: Counter[str] = field(default_factory=Counter)
    left_out: LeftOutStats | None = None


def select(records: Iterable[Record], wanted: ExportFilter, tally: ExportStats, *, mask: bool) -> Iterator[Record]:
    """Yield the wanted records, with `mask` without personal data, and count them."""
    for record in filter(wanted.accepts, records):
        if mask:
            record, masked = mask_record(record)
            tally.masked.update(masked)
        tally.documents += 1
        tally.chars += len(record["text"])
        yield record


def write_jsonl(records: Iterable[Record], path: Path) -> None:
    """Write one record a line, packed as the ending of `path` (.gz, .zst) says; the same records, the same bytes."""
    with atomic_write(path) as file, _packed(file, path.suffix) as out:
        for record in records:
            out.write(line(record))


def write_parquet(records: Iterable[Record], path: Path, *, more: Sequence[str] = ()) -> None:
    """Write a Parquet file of the record's Arrow schema, packed with zstd, in row groups that fit into memory.

    `more` names text fields that these records have beside those of the schema.
    """
    import pyarrow as pa  # here, because every scrapy command imports this module
    import pyarrow.parquet as pq

    schema = pa.schema([*arrow_schema(), *(pa.field(name, pa.string()) for name in more)])
    with atomic_write(path) as file, pq.ParquetWriter(file, schema, compression="zstd") as out:
        for group in _groups(records):
            out.write_table(pa.Table.from_pylist(group, schema=schema), row_group_size=len(group))


def write_text(records: Iterable[Record], folder: Path, *, most: int) -> None:
    """Write each record into the new `folder` as NNN_<id>.txt, with numbers wide enough for `most` records."""
    width = max(3, len(str(most - 1)))
    with atomic_directory(folder) as new:
        for index, record in enumerate(records):
            name = f"{index:0{width}}_{record['id']}.txt"
            (new / name).write_text(as_text(record), encoding="utf-8", newline="\n")


def as_text(record: Record) -> str:
    """Return a document as the text of its file.

    >>> as_text({"title": None, "text": "同志们：\\n大家好。"})
    '无题\\n\\n同志们：\\n大家好。\\n'
    """
    title = " ".join((record["title"] or "").splitlines()).strip()
    return f"{title or UNTITLED}\n\n{record['text']}\n"


@contextmanager
def _packed(file: BinaryIO, ending: str) -> Iterator[IO[bytes] | gzip.GzipFile]:
    if ending == ".gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=file, mtime=0) as out:
            yield out
    elif ending == ".zst":
        with zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(file, closefd=False) as out:
            yield out
    else:
        yield file


def _groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Cut records into row groups of at most GROUP_DOCUMENTS; a group ends once it has GROUP_CHARS characters."""
    group: list[Record] = []
    chars = 0
    for record in records:
        group.append(record)
        chars += len(record["text"])
        if len(group) == GROUP_DOCUMENTS or chars >= GROUP_CHARS:
            yield group
            group, chars = [], 0
    if group:
        yield group
