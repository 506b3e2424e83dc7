"""Cuts files, folders and ledgers into splits that workers read; files are JSONL, compressed or not."""

from __future__ import annotations

import gzip
import io
import os
import sqlite3
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import zstandard

from cleaners.canonical import digest
from pipelines.folders import special_kind, walk
from pipelines.ledger.connection import connect
from pipelines.ledger.database import reading
from pipelines.ledger.documents import Ledger
from pipelines.ledger.json_lines import parsed
from pipelines.ledger.texts import decompressed

ENDINGS = (".jsonl", ".ndjson")
PACKED = (".gz", ".zst")
MAX_LINE = 64 * 1024 * 1024
"""Bytes of the longest line that is read."""
READ_BYTES = 4096
"""Packed bytes unpacked at once, of which no packing makes more than 128 MiB."""
SPLIT_BYTES, SPLIT_DOCUMENTS = 8 * 1024 * 1024, 2000
READ_ERRORS = (OSError, EOFError, zlib.error, zstandard.ZstdError)
"""What reading a file may raise."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileSplit:
    """The lines of a JSONL file that begin at the bytes from `start` up to `stop`; of a packed file, all."""

    path: Path
    start: int = 0
    stop: int = sys.maxsize

    def __str__(self) -> str:
        """Return where they are."""
        return f"{self.path} from byte {self.start}" if self.start else str(self.path)

    def records(self) -> Iterator[Record | None]:
        """Yield a record a line, an empty one for a blank line, None for what is not a record; raises `READ_ERRORS`."""
        return map(_record, self._lines())

    def texts(self) -> Iterator[str]:
        """Yield the text of each line, "" where it has none; where the file breaks off, that is its end."""
        try:
            for record in self.records():
                yield record["text"] if record else ""
        except READ_ERRORS:
            return

    def _lines(self) -> Iterator[bytes]:
        """Yield the lines of the split; one longer than MAX_LINE is read past and yielded as no record."""
        with _opened(self.path) as stream:
            at = self.start
            if at:
                stream.seek(at)
            while at < self.stop and (line := stream.readline(MAX_LINE + 1)):
                at += len(line)
                rest = line
                while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
                    rest = stream.readline(MAX_LINE + 1)
                    at += len(rest)
                yield line if len(line) <= MAX_LINE else b"too long"


@dataclass(frozen=True, slots=True)
class LedgerSplit:
    """Documents of the ledger at `path`, by number."""

    path: Path
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        """Return where they are."""
        return f"{self.path} from document {self.numbers[0]}" if self.numbers else str(self.path)

    def records(self) -> Iterator[Record]:
        """Yield their records; raises `LedgerError`."""
        with closing(Ledger(self.path, create=False)) as ledger:
            yield from ledger.records(self.numbers)

    def texts(self) -> Iterator[str]:
        """Yield their texts; raises `LedgerError`. The ledger was checked when its documents were listed."""
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        with reading(self.path), closing(sqlite3.connect(uri, uri=True)) as db:
            for number in self.numbers:
                (text,) = db.execute("SELECT text FROM documents WHERE seq = ?", (number,)).fetchone()
                yield decompressed(text)


Split = FileSplit | LedgerSplit


def splits(path: Path, leave_out: Path | None = None, skipped: Counter[str] | None = None) -> list[Split]:
    """Return what is at `path`, cut into pieces: a data folder with a ledger, a folder of JSONL files, or one file.

    Folders are walked in the order of names; the file `leave_out` is passed over, and what is no regular file is
    counted in `skipped`. Raises ValueError with a message when there is nothing to read, OSError and `LedgerError` when
    it cannot be read.
    """
    if not path.exists():
        raise ValueError(f"{path}: no such file or folder; check the path")
    if (path / "ledger.sqlite").is_file():
        with closing(Ledger(path / "ledger.sqlite", create=False)) as ledger:
            numbers = ledger.documents()
        starts = range(0, len(numbers), SPLIT_DOCUMENTS)
        return [LedgerSplit(path / "ledger.sqlite", tuple(numbers[at : at + SPLIT_DOCUMENTS])) for at in starts]
    if kind := special_kind(path.stat().st_mode):
        raise ValueError(f"{path}: is a {kind}, and is read more than once; name a file or a folder")
    if not path.is_dir():
        return _file_splits(path)
    entries = list(walk(str(path)))
    if skipped is not None:
        skipped.update(entry.reason for entry in entries if entry.reason)
    places = sorted(Path(entry.path) for entry in entries if not entry.reason)
    files = [each for each in places if _is_jsonl(each) and not (leave_out and each.resolve() == leave_out)]
    if not files:
        raise ValueError(f"{path}: holds no {' or '.join(ENDINGS)} file and no ledger.sqlite; name another folder")
    return [piece for file in files for piece in _file_splits(file)]


def find(paths: Sequence[Path], key: str) -> Record:
    """Return the first record whose `id` begins with `key`; of a ledger, of all its documents.

    Raises ValueError with a message when there is none, OSError and `LedgerError` when something cannot be read.
    """
    for path in paths:
        if (path / "ledger.sqlite").is_file():
            given: Sequence[Split] = [LedgerSplit(path / "ledger.sqlite", _numbers(path / "ledger.sqlite", key))]
        else:
            given = splits(path)
        for piece in given:
            for record in piece.records():
                if record and (key_of(record) or "").startswith(key):
                    return record
    raise ValueError(f"no document {key!r} in {', '.join(map(str, paths))}; name the first digits of its id")


def _numbers(ledger: Path, key: str) -> tuple[int, ...]:
    with closing(connect(ledger, create=False)) as db:
        query = "SELECT seq FROM documents WHERE sha256 >= ? AND sha256 < ? ORDER BY seq LIMIT 1"
        return tuple(seq for (seq,) in db.execute(query, (key, f"{key}g")).fetchall())


def _is_jsonl(path: Path) -> bool:
    name = path.name.lower()
    bare = name.removesuffix(".gz").removesuffix(".zst")
    return bare.endswith(ENDINGS) and not name.startswith(".")


def _file_splits(path: Path) -> list[Split]:
    """Cut a file at line ends into pieces of about SPLIT_BYTES."""
    if path.name.lower().endswith(PACKED):
        return [FileSplit(path)]
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        starts = [0]
        while starts[-1] + SPLIT_BYTES < size:
            file.seek(starts[-1] + SPLIT_BYTES)
            while (part := file.readline(MAX_LINE)) and not part.endswith(b"\n"):
                pass
            starts.append(file.tell())
    return [
        FileSplit(path, start, stop) for start, stop in zip(starts, [*starts[1:], size], strict=True) if start < stop
    ]


def _opened(path: Path) -> BinaryIO:
    name = path.name.lower()
    if name.endswith(".gz"):
        return cast("BinaryIO", gzip.open(path))
    if name.endswith(".zst"):
        return cast("BinaryIO", io.BufferedReader(_Frames(path)))
    return path.open("rb")


class _Frames(io.RawIOBase):
    """The unpacked bytes of a file of Zstandard frames; raises EOFError where the last one is cut.

    zstandard's own reader takes that for the end.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._decoder: Any = None
        self._packed = b""
        self._made = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Put the next bytes into `buffer`; return how many, 0 at the end."""
        while not self._made:
            packed, self._packed = self._packed or self._file.read(READ_BYTES), b""
            if not packed:
                if self._decoder:
                    raise EOFError("it ends too early")
                return 0
            decoder = self._decoder or zstandard.ZstdDecompressor().decompressobj()
            self._made = memoryview(decoder.decompress(packed))
            self._decoder, self._packed = (None, decoder.unused_data) if decoder.eof else (decoder, b"")
        size = min(len(buffer), len(self._made))
        buffer[:size], self._made = self._made[:size], self._made[size:]
        return size

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def _record(line: bytes) -> Record | None:
    if not line.strip():
        return {}
    record = parsed(line)
    return record if isinstance(record, dict) and isinstance(record.get("text"), str) else None


def key_of(record: Record) -> str | None:
    """Return the record's `id`; a text that has none gets it here."""
    if record.get("id") is None and record["text"]:
        record["id"] = digest(record["text"])[:16]
    return None if record.get("id") is None else str(record["id"])
