"""`scrapy clean`: pages from files, folders or standard input to documents, one JSON record a line."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from shutil import get_terminal_size
from typing import IO, Any, ClassVar, cast

from cleaners.model import Document
from crawler.errors import UNREADABLE, ArgumentError
from crawler.inputs import read
from crawler.inputs.cleaning import PageCleaner, weight
from crawler.inputs.page import Input, InputResult, Skipped, timestamp
from crawler.inputs.url_filter import build
from crawler.terminal.command import BaseCommand
from crawler.terminal.explain import explain, visible
from pipelines.ledger.atomic import atomic_write
from pipelines.workers import WorkerCrashed, imap


class Command(BaseCommand):
    """Clean every page of PATH...; one record per input, in input order, for pages without a document too."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] PATH..."

    def short_desc(self) -> str:
        """Return the line `scrapy` lists the command with."""
        return "Clean saved pages, dumps and WARC: txt, html, jsonl, warc, .gz and .zst of them, folders, -"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="OUT", help="write to OUT, whole or not at all (default: stdout)")
        parser.add_argument("--explain", action="store_true", help="show each document and every edit instead of JSON")
        parser.add_argument(
            "--explain-html", metavar="FILE", help="also write FILE: the pages with every edit marked, for a browser"
        )
        parser.add_argument(
            "--format", choices=("txt", "html", "jsonl", "warc"), help="what - and unknown endings hold"
        )
        parser.add_argument("-j", "--workers", default="1", metavar="N", help="clean with N processes (default: 1)")
        parser.add_argument("--added", metavar="TIME", help="when the pages were fetched, ISO 8601 (default: now)")
        parser.add_argument("--source", metavar="NAME", help="site of the pages that name none")
        parser.add_argument(
            "--host",
            action="append",
            default=[],
            metavar="HOST",
            help="only pages of HOST and its subdomains; repeatable",
        )
        parser.add_argument("--site", action="append", default=[], metavar="NAME", help="only pages of a known site")
        parser.add_argument("--mask", action="store_true", help="replace personal numbers and addresses, as exports do")
        parser.add_argument("--keep-script", action="store_true", help="leave Traditional text as it is")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean; the exit code is 2 for a wrong call, 65 when an input was unreadable, 74 when OUT was not written."""
        with self.ending(opts.output or "stdout", remedy="name another place", kept=opts.output):
            paths, added = _paths(args), _timestamp(opts.added)
            workers = _workers(opts)
            _refuse_overwriting(paths, opts)
            if opts.mask and (opts.explain or opts.explain_html):
                raise ArgumentError("--mask is for records; --explain shows the page as it is")
            wanted = _choice(opts.host, opts.site)
            cleaning = PageCleaner(added, opts.source, opts.keep_script, mask=opts.mask)
            tally = _Tally()
            with _output(opts.output) as out, _page(opts.explain_html) as show:
                stdin = cast("BufferedReader[Any]", sys.stdin.buffer)
                found = read(paths, stdin=stdin, form=opts.format, leave_out=opts.output, wanted=wanted)
                inputs = _inputs(found, tally)
                if opts.explain or opts.explain_html:
                    _explain(inputs, cleaning, tally, out, show, opts)
                else:
                    _record(inputs, cleaning, tally, out, workers)
            self.end(UNREADABLE if tally.unreadable else 0, tally.summary())

    def tell(self, message: str) -> None:
        """Print a line on standard error, in the place of the progress line."""
        _tell(visible(f"scrapy {self.word}: {message}"))


@dataclass(slots=True)
class _Tally:
    """How far the run is, told on standard error."""

    inputs: int = 0
    documents: int = 0
    no_text: int = 0
    truncated: int = 0
    unreadable: int = 0
    skipped: int = 0
    started: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)

    def refuse(self, message: str) -> None:
        """Count and tell something that cannot be cleaned."""
        self.unreadable += 1
        _tell(f"scrapy clean: {visible(message)}")

    def add(self, *, has_text: bool, truncated: bool) -> None:
        """Count a document; a second after the last time, tell a terminal how far we are."""
        self.documents += has_text
        self.no_text += not has_text
        self.truncated += truncated
        now = time.monotonic()
        if now - self.told > 1 and sys.stderr.isatty():
            self.told = now
            print(
                f"\r{self.inputs} inputs, {self.inputs / (now - self.started):.0f}/s",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def summary(self) -> str:
        """Return the line a run ends with."""
        counts = ("inputs", "documents", "truncated", "no_text", "unreadable")
        told = ", ".join(f"{name} {getattr(self, name)}" for name in counts + ("skipped",) * bool(self.skipped))
        return f"{told}; {time.monotonic() - self.started:.1f} s"


def _record(inputs: Iterable[Input], cleaning: PageCleaner, tally: _Tally, out: IO[bytes], workers: int) -> None:
    for found, made in imap(cleaning, inputs, workers, weight):
        if isinstance(made, WorkerCrashed):
            tally.refuse(f"{found.name}: ends every process that cleans it; leave it out, and report it")
        else:
            out.write(made.line)
            tally.add(has_text=made.has_text, truncated=made.truncated)


def _explain(
    inputs: Iterable[Input],
    cleaning: PageCleaner,
    tally: _Tally,
    out: IO[bytes],
    show: Callable[[str, Document], None],
    opts: argparse.Namespace,
) -> None:
    for found in inputs:
        document = cleaning.document(found)
        tally.add(has_text=document.key is not None, truncated=document.truncated is True)
        out.write(_explained(found, document, opts) if opts.explain else cleaning.line(found, document))
        show(found.name, document)


def _inputs(found: Iterable[InputResult], tally: _Tally) -> Iterator[Input]:
    """Yield the pages; count and tell what is none."""
    for one in found:
        tally.inputs += not isinstance(one, Skipped)
        if isinstance(one, Input):
            yield one
        elif isinstance(one, Skipped):
            tally.skipped += 1
        else:
            tally.refuse(one.message)


def _explained(found: Input, document: Document, opts: argparse.Namespace) -> bytes:
    terminal = opts.output is None and sys.stdout.isatty()
    columns = max(40, get_terminal_size().columns) if terminal else 80
    text = explain(document, columns, colour=terminal and "NO_COLOR" not in os.environ)
    return f"{visible(found.name)}\n{'=' * columns}\n{text}\n".encode()


def _tell(message: str) -> None:
    start = "\r\x1b[K" if sys.stderr.isatty() else ""  # over the progress line
    print(f"{start}{message}", file=sys.stderr, flush=True)


def _paths(args: list[str]) -> list[str]:
    """Return the paths among the arguments that Scrapy did not know; after -- all are paths."""
    options, paths = (args[: args.index("--")], args[args.index("--") + 1 :]) if "--" in args else (args, [])
    if unknown := next((arg for arg in options if arg.startswith("-") and arg != "-"), None):
        raise ArgumentError(f"unknown option {unknown}")
    if not options + paths:
        raise ArgumentError("name at least one file or folder, or - for standard input")
    return options + paths


def _refuse_overwriting(paths: list[str], opts: argparse.Namespace) -> None:
    """Raise ArgumentError when a file to write is an input, or both files to write are one."""
    written = [os.path.realpath(name) for name in (opts.output, opts.explain_html) if name]
    if len(set(written)) < len(written):
        raise ArgumentError("-o and --explain-html name one file; name two")
    if clash := next((path for path in paths if os.path.isfile(path) and os.path.realpath(path) in written), None):
        raise ArgumentError(f"{clash} is an input and would be overwritten; write to another file")


def _workers(opts: argparse.Namespace) -> int:
    if not (opts.workers.isascii() and opts.workers.isdigit() and int(opts.workers)):
        raise ArgumentError(f"-j {opts.workers}: give a number of processes from 1 up")
    if opts.workers != "1" and (opts.explain or opts.explain_html):
        raise ArgumentError("pages are explained one by one; leave out -j")
    return int(opts.workers)


def _timestamp(given: str | None) -> str:
    """Return a time, by default this moment, as ISO 8601 in UTC."""
    try:
        return timestamp(given or datetime.now(UTC).isoformat())
    except ValueError:
        raise ArgumentError(f"--added {given}: write a time as 2026-11-01T08:00:00Z") from None


def _choice(hosts: list[str], names: list[str]) -> Callable[[str], bool] | None:
    try:
        return build(hosts, names)
    except ValueError as error:
        raise ArgumentError(str(error)) from None


@contextmanager
def _page(name: str | None) -> Iterator[Callable[[str, Document], None]]:
    """Yield what puts a document on the page for a browser, or does nothing without one."""
    if name is None:
        yield lambda _name, _document: None
        return
    from crawler.reports import explain_html

    with _output(name) as file:
        file.write(explain_html.HEAD.encode())

        def show(found: str, document: Document) -> None:
            file.write(explain_html.section(found, document).encode())

        yield show
        file.write(explain_html.FOOT.encode())


@contextmanager
def _output(name: str | None) -> Iterator[IO[bytes]]:
    """Yield standard output, or a file that becomes `name` when the block ends and is removed when it fails."""
    if name is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(name).resolve()
    if target.is_dir():
        raise ArgumentError(f"{name}: is a folder; name a file")
    if not target.parent.is_dir():
        raise ArgumentError(f"{name}: its folder does not exist; make it first")
    if target.exists() and not target.is_file():  # a device or a pipe
        with target.open("wb") as device:
            yield device
        return
    with atomic_write(target) as file:
        yield file
