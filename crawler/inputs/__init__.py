"""Reads the inputs of `scrapy clean` as one stream of pages: files of every format, folders, standard input."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from cleaners.model import Kind
from crawler.files import compression
from crawler.files.compression import CompressionError
from crawler.inputs import page, warc
from crawler.inputs.formats import ENDINGS, InputFormat, ending_of, format_of, judged
from crawler.inputs.page import BadInput, Input, InputResult, Skipped, later_pages, shown, whole, with_meta
from crawler.inputs.rows import is_row, lines, rows, table_rows
from pipelines.folders import Entry, walk

STDIN = "-"
_KINDS: Mapping[InputFormat | None, Kind] = {"txt": "text", "html": "html"}


def read(
    paths: Iterable[str],
    *,
    stdin: io.BufferedReader[Any],
    form: InputFormat | None = None,
    leave_out: Path | None = None,
    wanted: Callable[[str], bool] | None = None,
    keep: Sequence[str] = (),
) -> Iterator[InputResult]:
    """Yield the pages of `paths` in order; what cannot be read is yielded as `BadInput`, and reading goes on.

    A folder is walked in the order of its names; `robots.txt` and the file `leave_out` (the one being written) are
    passed over. A file with another ending is what its first bytes say; what is no page or no regular file is yielded
    as `Skipped`. `form` is that of standard input (`-`) and of named files whose ending says nothing. Rows and WARC
    are read piece by piece, never whole. With `wanted`, pages whose address it does not take, or that have none, are
    skipped. The columns `keep` of rows travel along.
    """
    for found in _all(paths, stdin, form, leave_out, wanted or (lambda _: True), keep):
        if wanted and isinstance(found, Input) and not (found.page.url and wanted(found.page.url)):
            yield Skipped(found.name)
        else:
            yield found


def _all(
    paths: Iterable[str],
    stdin: io.BufferedReader[Any],
    form: InputFormat | None,
    leave_out: Path | None,
    wanted: Callable[[str], bool],
    keep: Sequence[str],
) -> Iterator[InputResult]:
    """Yield what each of `paths` holds: standard input, a folder, or a file."""
    for path in paths:
        if path == STDIN:
            yield from _guarded(STDIN, _standard_input(stdin, form, wanted, keep))
        elif os.path.isdir(path):
            yield from _folder(path, leave_out and Path(os.path.realpath(leave_out)), wanted, keep)
        else:
            yield from _guarded(shown(path), _named(path, form, wanted, keep))


def _named(
    path: str, form: InputFormat | None, wanted: Callable[[str], bool], keep: Sequence[str]
) -> Iterator[InputResult]:
    known = format_of(path) or form or judged(path)
    if known:
        yield from _file(path, known, wanted, keep)
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


def _folder(
    folder: str, leave_out: Path | None, wanted: Callable[[str], bool], keep: Sequence[str]
) -> Iterator[InputResult]:
    errors: list[OSError] = []
    empty = True
    for path, reason in files(folder, errors.append):
        if os.path.realpath(path) == str(leave_out):
            continue
        for one in [Skipped(shown(path), reason)] if reason else _guarded(shown(path), _found(path, wanted, keep)):
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


def _found(path: str, wanted: Callable[[str], bool], keep: Sequence[str]) -> Iterator[InputResult]:
    """Yield what a file in a folder holds."""
    known = format_of(path) or judged(path)
    if known:
        yield from _file(path, known, wanted, keep)
    else:
        yield Skipped(shown(path), ending_of(path) or "no ending")


def _file(path: str, form: InputFormat, wanted: Callable[[str], bool], keep: Sequence[str]) -> Iterator[InputResult]:
    if form == "parquet":
        yield from table_rows(shown(path), path, keep)
        return
    with compression.opened(path) as stream:
        if form == "jsonl":
            yield from rows(shown(path), lines(stream), keep)
        elif form == "warc":
            yield from warc.pages(shown(path), stream, wanted)
        else:
            found = whole(shown(path), stream.read(page.MAX_BYTES + 1), "html" if form == "html" else None)
            yield with_meta(path, found) if isinstance(found, Input) else found


def _standard_input(
    stdin: io.BufferedReader[Any], form: InputFormat | None, wanted: Callable[[str], bool], keep: Sequence[str]
) -> Iterator[InputResult]:
    """Yield the pages of standard input, whose first bytes tell its format where `form` does not."""
    stream = compression.sniffed(stdin)
    if form == "warc" or (form is None and stream.begins(b"WARC/")):
        yield from warc.pages(STDIN, stream, wanted)
        return
    left = lines(stream)
    head: list[bytes] = []
    while not (head and head[-1].strip()) and (line := next(left, b"")):
        head.append(line)
    if form == "jsonl" or (form is None and head and is_row(head[-1])):
        yield from rows(STDIN, chain(head, left), keep)
    else:
        yield whole(STDIN, b"".join(head) + stream.read(page.MAX_BYTES + 1), _KINDS.get(form))
