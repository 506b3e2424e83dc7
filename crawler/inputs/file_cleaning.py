"""Cleans file by file into a folder: one input file gives one output file, which appears whole or not at all.

A file is the unit of work for processes, job arrays and clusters alike: nobody needs to know of the others, what is
there is not made again, and whatever was killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.files import compression
from crawler.files.outputs import Output
from crawler.inputs import STDIN, files, read
from crawler.inputs.cleaning import COUNTS, CleanCounts, PageCleaner
from crawler.inputs.columns import Columns
from crawler.inputs.formats import InputFormat, format_of, judged
from crawler.inputs.page import BadInput, Input, Skipped, shown
from crawler.inputs.url_filter import build
from pipelines.ledger import formats
from pipelines.ledger.atomic import remove_left_over

ROWS = (".jsonl", ".ndjson", ".parquet", ".warc", ".wet")
"""Endings that an output file does not keep, packed or not: what they hold is many pages."""
MAX_NAME = 200
"""Bytes of a name that an output keeps: a file system takes 255, with the ending and what a file has while written."""
OUTPUTS: Mapping[str, str] = {"jsonl": "jsonl", "jsonl.gz": "jsonl", "jsonl.zst": "jsonl", "parquet": "parquet"}
"""Endings of output files, and the format of each."""


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to clean, as the user named it, and where its records go."""

    path: str
    target: Path

    def __str__(self) -> str:
        """Return where the pages are."""
        return shown(self.path)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a job came to; `made` says that its output was written now, `messages` what was unreadable."""

    job: FileJob
    made: bool
    counts: CleanCounts = field(default_factory=CleanCounts)
    messages: Sequence[str] = ()
    seconds: float = 0.0

    def row(self) -> dict[str, Any]:
        """Return it as a line for machines has it; counts are those of this run."""
        told = {name: getattr(self.counts, name) for name in COUNTS}
        return {
            "input": str(self.job),
            "output": shown(str(self.job.target)),
            "made": self.made,
            **told,
            "skipped": self.counts.skipped.total(),
            "seconds": round(self.seconds, 3),
        }


def jobs(paths: Sequence[str], folder: Path, ending: str, skipped: list[Skipped]) -> list[FileJob]:
    """Return a job for each file of `paths`, in their order; a folder's files keep their places below it.

    What is no page is added to `skipped`. Raises ValueError with one line where two files would have one
    output, an output would be an input, and for standard input, which has no name; OSError for a folder that cannot be
    listed.
    """
    found = [FileJob(path, folder / output_name(name, ending)) for path, name in _files(paths, folder, skipped)]
    inputs = {os.path.realpath(job.path) for job in found}
    taken: dict[Path, FileJob] = {}
    for job in found:
        other = taken.setdefault(job.target, job)
        if other is not job:
            raise ValueError(f"{other} and {job} would both be {job.target}; clean them into two folders")
        if os.path.realpath(job.target) in inputs:
            raise ValueError(f"{job.target}: is an input; name another folder")
    return found


@contextmanager
def tidied(jobs: Sequence[FileJob]) -> Iterator[None]:
    """Remove at the end what processes that were killed have begun of these jobs; other jobs may be under way."""
    try:
        yield
    finally:
        targets = {job.target for job in jobs}
        for folder in {target.parent for target in targets}:
            for left in folder.glob(".*.tmp"):
                name = left.name[1:].rsplit(".", 2)[0]  # as atomic_write makes it: .NAME.PROCESS.tmp
                if folder / name in targets:
                    remove_left_over(folder, name)


def _files(paths: Sequence[str], folder: Path, skipped: list[Skipped]) -> Iterator[tuple[str, str]]:
    """Yield the files of `paths`, each with its name in the output folder."""
    inside = os.path.realpath(folder)
    for path in paths:
        if path == STDIN:
            raise ValueError("standard input is no file; name files or folders, or write to one with -o")
        if not os.path.isdir(path):
            yield path, os.path.basename(path)
            continue
        if os.path.commonpath([inside, os.path.realpath(path)]) == os.path.realpath(path):
            raise ValueError(f"{folder}: is in the folder {shown(path)} that is read; name one outside")
        for entry in files(path, _raised):
            if entry.reason or not (format_of(entry.path) or judged(entry.path)):
                skipped.append(Skipped(shown(entry.path), entry.reason or "no page"))
            else:
                yield entry.path, os.path.relpath(entry.path, path)


def _raised(error: OSError) -> None:
    raise error


def output_name(name: str, ending: str) -> str:
    """Return the name of the output of a file; a long one is cut, and told from others by its hash.

    >>> [output_name(name, "jsonl") for name in ("a/rows.jsonl.gz", "CC-7.warc.gz", "page.html")]
    ['a/rows.jsonl', 'CC-7.jsonl', 'page.html.jsonl']
    """
    bare, packing = os.path.splitext(name)
    stem, kind = os.path.splitext(bare if packing.lower() in compression.ENDINGS else name)
    folder, kept = os.path.split(stem if kind.lower() in ROWS else name)
    if len(os.fsencode(kept)) > MAX_NAME:
        digest = hashlib.sha256(os.fsencode(kept)).hexdigest()[:16]
        kept = f"{os.fsencode(kept)[: MAX_NAME - 17].decode('utf-8', 'ignore')}~{digest}"
    return os.path.join(folder, f"{kept}.{ending}")


@dataclass(frozen=True, slots=True)
class FileCleaner:
    """Does jobs with the options of `scrapy clean`; a process that is started for it can be sent it."""

    cleaner: PageCleaner
    form: InputFormat | None = None
    hosts: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    columns: Columns = Columns()  # noqa: RUF009 - it cannot change

    def __call__(self, job: FileJob) -> FileReport:
        """Write the records of a file, unless they are there; the bytes are those of `scrapy clean -o` of that file.

        A file that cannot be read although it may be whole gives no output, so that the next run takes it up. Raises
        OSError when the output cannot be written.
        """
        if job.target.exists():
            return FileReport(job, made=False)
        started, counts, messages = time.monotonic(), CleanCounts(), list[str]()
        job.target.parent.mkdir(parents=True, exist_ok=True)
        form = formats.format_of(job.target, OUTPUTS.values())
        try:
            output = Output(shown(str(job.target)), job.target)
            output.write(self._lines(job, counts, messages), form, extra_fields=self.cleaner.keep)
        except _Unread:
            return FileReport(job, False, counts, messages, time.monotonic() - started)
        return FileReport(job, True, counts, messages, time.monotonic() - started)

    def _lines(self, job: FileJob, counts: CleanCounts, messages: list[str]) -> Iterator[bytes]:
        """Yield a line for each record of a job's file; `messages` gets what is to be told of other inputs."""
        wanted = build(self.hosts, self.sites)
        for found in read([job.path], form=self.form, wanted=wanted, columns=self.columns):
            taken = counts.take(found)
            if isinstance(taken, Input):
                made = self.cleaner(taken)
                counts.add(has_text=made.has_text, truncated=made.truncated, block_page=made.block_page)
                yield made.line
            elif isinstance(taken, BadInput):
                messages.append(taken.message)
                if taken.may_pass:
                    raise _Unread


class _Unread(Exception):  # noqa: N818 (no fault of the program)
    """The file cannot be read now."""
