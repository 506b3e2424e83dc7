"""Reads the inputs of `scrapy clean` as one stream of pages: files of every format, folders, standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

from cleaners.model import Kind
from crawler.files import compression
from crawler.files.compression import CompressionError, DecompressedStream
from crawler.inputs import page
from crawler.inputs.columns import Columns
from crawler.inputs.formats import (
    ENDINGS,
    PARQUET,
    InputFormat,
    ending_of,
    format_of,
    holds_no_text,
    is_output,
    judged,
)
from crawler.inputs.page import (
    NO_TEXT,
    BadInput,
    Input,
    InputResult,
    Skipped,
    later_pages,
    shown,
    whole,
    with_meta,
)
from crawler.inputs.rows import is_row, lines, rows, table_rows
from pipelines.folders import Entry, special_kind, walk

STDIN = "-"
EARLIER = "earlier output"
"""Why a file of a folder is passed over that an earlier run wrote beside what is written now."""
_KINDS: Mapping[InputFormat | None, Kind] = {"txt": "text", "html": "html"}


def read(
    paths: Iterable[str],
    *,
    stdin: io.BufferedReader[Any] | None = None,
    form: InputFormat | None = None,
    leave_out: Collection[Path] = (),
    wanted: Callable[[str], bool] | None = None,
    columns: Columns = Columns(),  # noqa: B008 - it cannot change
    told: Callable[[int], object] = lambda _: None,
) -> Iterator[InputResult]:
    """Yield the pages of `paths` in order; what cannot be read is yielded as `BadInput`, and reading goes on.

    A folder is walked in the order of its names; `robots.txt` and the files `leave_out` (those being written) are
    passed over. Records that an earlier run wrote beside records that are being written are yielded as `Skipped`, and
    so is what is no page or no regular file. A file with another ending is what its first bytes say. `stdin` is the
    process's unless it is given. `form` is that of standard input (`-`) and of named files whose ending says nothing.
    Rows and WARC are read piece by piece, never whole. With `wanted`, pages whose address it does not take, or that
    have none, are skipped. `columns` says which of rows hold what. `told` is called with bytes of files as they have
    been read.
    """
    how = _Reading(form, wanted or (lambda _: True), columns, told)
    for found in _all(paths, stdin, leave_out, how):
        if wanted and isinstance(found, Input) and not (found.page.url and wanted(found.page.url)):
            yield Skipped(found.name)
        else:
            yield found


def total_bytes(paths: Iterable[str]) -> int | None:
    """Return the bytes of all files that `read` finds at `paths`; None where standard input is among them."""
    total = 0
    for path in paths:
        if path == STDIN:
            return None
        found = [path]
        if os.path.isdir(path):
            found = [entry.path for entry in files(path, lambda _: None) if not entry.reason]
        total += sum(map(os.path.getsize, found))
    return total


@dataclass(frozen=True, slots=True)
class _Reading:
    """How inputs are read: the arguments of `read` that each file needs."""

    form: InputFormat | None
    wanted: Callable[[str], bool]
    columns: Columns
    told: Callable[[int], object]


def _all(
    paths: Iterable[str], stdin: io.BufferedReader[Any] | None, leave_out: Collection[Path], how: _Reading
) -> Iterator[InputResult]:
    """Yield what each of `paths` holds: standard input, a folder, or a file."""
    written = frozenset(map(os.path.realpath, leave_out))
    for path in paths:
        if path == STDIN:
            yield from _guarded(STDIN, _stream(STDIN, stdin or cast("io.BufferedReader[Any]", sys.stdin.buffer), how))
        elif os.path.isdir(path):
            yield from _folder(path, written, how)
        else:
            yield from _guarded(shown(path), _named(path, how))


def _named(path: str, how: _Reading) -> Iterator[InputResult]:
    kind = special_kind(os.stat(path).st_mode)
    if kind == "device":
        yield BadInput(f"{shown(path)}: is a device; name a file, a folder, or - for standard input")
        return
    if kind == "pipe":
        with open(path, "rb") as pipe:
            yield from _stream(shown(path), pipe, how)
        return
    known = format_of(path) or how.form or judged(path)
    if known:
        yield from _file(path, known, how)
    elif holds_no_text(path):
        yield BadInput(f"{shown(path)}: {NO_TEXT}")
    else:
        yield BadInput(f"{shown(path)}: unknown ending; say what it is with --format txt, html, jsonl or warc")


def _guarded(name: str, inputs: Iterator[InputResult]) -> Iterator[InputResult]:
    try:
        yield from inputs
    except OSError as error:
        yield BadInput(f"{name}: {_trouble(error)}", may_pass=True)
    except CompressionError as error:
        between = "" if str(error)[0].isdigit() else " "
        yield BadInput(f"{name}:{between}{error}; pack or fetch it again")


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"cannot be read ({error.strerror or error}); check the disk"


def _folder(folder: str, written: frozenset[str], how: _Reading) -> Iterator[InputResult]:
    """Yield what the files of a folder hold, and tell when it holds no page."""
    errors: list[OSError] = []
    empty = True
    beside = {os.path.dirname(path) for path in written if format_of(path) in ("jsonl", "parquet")}
    for path, reason in files(folder, errors.append):
        real = os.path.realpath(path) if written else path
        if real in written:
            how.told(0 if reason else os.path.getsize(path))
            continue
        if not reason and os.path.dirname(real) in beside and is_output(path):
            how.told(os.path.getsize(path))
            reason = EARLIER
        for one in [Skipped(shown(path), reason)] if reason else _guarded(shown(path), _found(path, how)):
            empty = empty and isinstance(one, Skipped) and one.name == shown(path)
            yield one
    yield from (BadInput(f"{shown(str(error.filename))}: {_trouble(error)}", may_pass=True) for error in errors)
    if empty and not errors:
        yield BadInput(f"{shown(folder)}: holds no {', '.join(ENDINGS)} file and no other page; name another folder")


def files(folder: str, onerror: Callable[[OSError], None]) -> Iterator[Entry]:
    """Yield the files of a folder as `walk` does, but those that belong to a page or to its site."""
    parts: dict[str, set[str]] = {}
    for entry in walk(folder, onerror):
        place, name = os.path.split(entry.path)
        if place not in parts:
            parts = {place: {"robots.txt", "meta.json", *later_pages(Path(place, "meta.json"))}}
        if name not in parts[place]:
            yield entry


def _found(path: str, how: _Reading) -> Iterator[InputResult]:
    """Yield what a file in a folder holds."""
    known = format_of(path) or judged(path)
    if known:
        yield from _file(path, known, how)
    else:
        how.told(os.path.getsize(path))
        yield Skipped(shown(path), ending_of(path) or "no ending")


def _file(path: str, form: InputFormat, how: _Reading) -> Iterator[InputResult]:
    """Yield the pages of a file of this form, and tell the bytes that were read."""
    if form == "parquet":
        yield from table_rows(shown(path), path, how.columns)
        how.told(os.path.getsize(path))
        return
    with compression.opened(path) as stream:
        told = 0
        for found in _pages(path, stream, form, how):
            how.told(stream.bytes_read - told)
            told = stream.bytes_read
            yield found
        how.told(stream.bytes_read - told)


def _pages(path: str, stream: DecompressedStream, form: InputFormat, how: _Reading) -> Iterator[InputResult]:
    if form == "jsonl":
        yield from rows(shown(path), lines(stream), how.columns)
    elif form == "warc":
        yield from _warc_pages(shown(path), stream, how.wanted)
    else:
        found = whole(shown(path), stream.read(page.MAX_BYTES + 1), "html" if form == "html" else None)
        yield with_meta(path, found) if isinstance(found, Input) else found


def _stream(name: str, pipe: io.BufferedReader[Any], how: _Reading) -> Iterator[InputResult]:
    """Yield the pages of a pipe, as of standard input; its first bytes tell its format where `how.form` does not."""
    stream = compression.sniffed(pipe)
    if how.form == "warc" or (how.form is None and stream.begins(b"WARC/")):
        yield from _warc_pages(name, stream, how.wanted)
        return
    if stream.begins(PARQUET):
        yield BadInput(f"{name}: holds Parquet, which is not read from its start to its end; name the file")
        return
    left = lines(stream)
    head: list[bytes] = []
    while not (head and head[-1].strip()) and (line := next(left, b"")):
        head.append(line)
    if how.form == "jsonl" or (how.form is None and head and is_row(head[-1])):
        yield from rows(name, chain(head, left), how.columns)
    else:
        yield whole(name, b"".join(head) + stream.read(page.MAX_BYTES + 1), _KINDS.get(how.form))


def _warc_pages(name: str, stream: DecompressedStream, wanted: Callable[[str], bool]) -> Iterator[InputResult]:
    from crawler.inputs import warc  # here, because it brings Scrapy along, which a process that cleans can do without

    return warc.pages(name, stream, wanted)
