"""`scrapy clean`: pages from files, folders or standard input to documents, one JSON record a line."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BufferedReader
from shutil import get_terminal_size
from typing import Any, ClassVar, cast

from cleaners.model import Document
from cleaners.text.times import timestamp
from crawler.errors import UNREADABLE, ArgumentError
from crawler.files.outputs import NothingToWrite, Output, refuse_one_place
from crawler.inputs import STDIN, read, total_bytes
from crawler.inputs.cleaning import PageCleaner, weight
from crawler.inputs.page import Input, InputResult, Skipped, shown
from crawler.inputs.url_filter import build
from crawler.running.arguments import moment, number, own_columns
from crawler.running.base_command import BaseCommand, skipped_files
from crawler.terminal.explain import explain, visible
from crawler.terminal.progress_bar import Advance
from pipelines.ledger.formats import FORMATS, format_of
from pipelines.workers import WorkerCrashed, imap

FORMAT_NAMES = ("jsonl", "parquet")
"""What records may be written as."""


class Command(BaseCommand):
    """Clean every page of PATH...; one record per input, in input order, for pages without a document too."""

    examples = (
        "clean page.html dumps/ rows.jsonl.gz -o clean.jsonl",
        "clean -j 4 --site taowenge CC-MAIN-2026-40.warc.gz -o taowenge.parquet",
        "clean --keep label,lang rows.jsonl -o clean.jsonl",
        "clean --explain page.html",
        "clean - < page.txt",
    )
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
        parser.add_argument(
            "-o",
            "--output",
            metavar="OUT",
            help="write to OUT, whole or not at all: .jsonl, packed if it ends in .gz or .zst, or .parquet "
            "(default: -, standard output)",
        )
        parser.add_argument("--explain", action="store_true", help="show each document and every edit instead of JSON")
        parser.add_argument(
            "--explain-html", metavar="FILE", help="also write FILE: the pages with every edit marked, for a browser"
        )
        parser.add_argument(
            "--format", choices=("txt", "html", "jsonl", "warc"), help="what - and unknown endings hold"
        )
        parser.add_argument(
            "-j", "--jobs", type=number("processes"), default=1, metavar="N", help="clean with N processes (default: 1)"
        )
        parser.add_argument(
            "--added", type=moment, metavar="TIME", help="when the pages were fetched, ISO 8601 (default: now)"
        )
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
        parser.add_argument(
            "--keep",
            type=own_columns,
            default=(),
            metavar="COL,…",
            help="let these columns of JSONL rows travel along, as they are (strings in Parquet)",
        )
        parser.add_argument("--keep-script", action="store_true", help="leave Traditional text as it is")
        parser.add_argument("--keep-lines", action="store_true", help="leave lines as found, also where run together")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean; the exit code is 2 for a wrong call, 65 when an input was unreadable, 74 when OUT was not written."""
        with self.ending(kept=opts.output):
            paths = _paths(self.names(args))
            _refuse_contradictions(opts)
            wanted = _url_filter(opts.host, opts.site)
            formats = () if opts.explain else [FORMATS[name] for name in FORMAT_NAMES]
            out = Output.checked(opts.output, data_dir=self.data_dir, inputs=paths, formats=formats)
            html = Output.checked(opts.explain_html, data_dir=self.data_dir, inputs=paths)
            if opts.explain_html is not None:
                refuse_one_place(out, html, "-o and --explain-html")
            cleaner = PageCleaner(
                opts.added or timestamp(_now()),
                opts.source,
                opts.keep_script,
                mask=opts.mask,
                keep=opts.keep,
                keep_lines=opts.keep_lines,
            )
            total = total_bytes(paths)
            with self.progress(total, "inputs" if total is None else "B", beside=out.path is None) as advance:
                tally = _CleanTally(self.tell, advance, counts=total is None)
                read_on = _nothing if total is None else advance
                stdin = cast("BufferedReader[Any]", sys.stdin.buffer)
                found = read(
                    paths,
                    stdin=stdin,
                    form=opts.format,
                    leave_out=out.path,
                    wanted=wanted,
                    keep=opts.keep,
                    told=read_on,
                )
                inputs = _inputs(found, tally)
                if opts.explain or opts.explain_html is not None:
                    _explain(inputs, cleaner, tally, out, html if opts.explain_html is not None else None, opts)
                else:
                    made, form = _lines(inputs, cleaner, tally, opts.jobs), format_of(out.path, FORMAT_NAMES)
                    written = out.write(made, form, extra_fields=opts.keep)
                    tally.kept = None if written else out.name
            self.end(UNREADABLE if tally.unreadable else 0, tally.summary())


@dataclass(slots=True)
class _CleanTally:
    """What a run came to; `advance` is told how far it is, of inputs where it `counts` them."""

    tell: Callable[[str], None]
    advance: Advance
    counts: bool
    inputs: int = 0
    documents: int = 0
    no_text: int = 0
    truncated: int = 0
    unreadable: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    block_pages: Counter[str] = field(default_factory=Counter)
    kept: str | None = None
    started: float = field(default_factory=time.monotonic)

    def refuse(self, message: str) -> None:
        """Count and tell something that cannot be cleaned."""
        self.unreadable += 1
        self.tell(message)

    def add(self, *, has_text: bool, truncated: bool, block_page: str | None) -> None:
        """Count a document, or a page without one."""
        self.documents += has_text
        self.no_text += not has_text
        self.truncated += truncated
        if block_page:
            self.block_pages[block_page] += 1
        self.advance(int(self.counts), note=f"{self.inputs} inputs, {self.documents} documents")

    def summary(self) -> str:
        """Return the line a run ends with."""
        counts = ("inputs", "documents", "truncated", "no_text", "unreadable")
        told = ", ".join(f"{name} {getattr(self, name)}" for name in counts)
        if self.block_pages:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.block_pages.items()))
            told += f"; in place of a document {kinds}"
        kept = f"; no record, {self.kept} is as it was" if self.kept else ""
        return f"{told}{skipped_files(self.skipped)}; {time.monotonic() - self.started:.1f} s{kept}"


def _lines(inputs: Iterable[Input], cleaner: PageCleaner, tally: _CleanTally, jobs: int) -> Iterator[bytes]:
    for found, made in imap(cleaner, inputs, jobs, weight):
        if isinstance(made, WorkerCrashed):
            tally.refuse(f"{found.name}: ends every process that cleans it; leave it out, and report it")
        else:
            yield made.line
            tally.add(has_text=made.has_text, truncated=made.truncated, block_page=made.block_page)


def _explain(
    inputs: Iterable[Input],
    cleaner: PageCleaner,
    tally: _CleanTally,
    output: Output,
    html: Output | None,
    opts: argparse.Namespace,
) -> None:
    """Clean the pages one by one; write each as a person reads it, or its record, and show it in `html`."""
    with suppress(NothingToWrite), ExitStack() as opened:
        show = opened.enter_context(_page(html)) if html else None

        def rows() -> Iterator[bytes]:
            for found in inputs:
                document = cleaner.document(found)
                tally.add(
                    has_text=document.key is not None,
                    truncated=document.truncated is True,
                    block_page=document.block_page,
                )
                yield _explained(found, document, output) if opts.explain else cleaner.line(found, document)
                if show:
                    show(found.name, document)

        written = output.write(rows(), FORMATS["jsonl"] if opts.explain else format_of(output.path, FORMAT_NAMES))
        if not written:
            tally.kept = output.name
        if not tally.documents + tally.no_text and html and html.is_there():
            raise NothingToWrite


def _inputs(found: Iterable[InputResult], tally: _CleanTally) -> Iterator[Input]:
    """Yield the pages; count and tell what is none."""
    for one in found:
        tally.inputs += not isinstance(one, Skipped)
        if isinstance(one, Input):
            yield one
        elif isinstance(one, Skipped):
            tally.skipped[one.reason] += 1
        else:
            tally.refuse(one.message)


def _explained(found: Input, document: Document, output: Output) -> bytes:
    terminal = output.path is None and sys.stdout.isatty()
    columns = max(40, get_terminal_size().columns) if terminal else 80
    text = explain(document, columns, colour=terminal and "NO_COLOR" not in os.environ)
    return f"{visible(found.name)}\n{'=' * columns}\n{text}\n".encode()


def _nothing(_: int) -> None:
    """Take a number that nobody wants."""


def _paths(names: list[str]) -> list[str]:
    """Return the inputs that are named; raises ArgumentError without one, and for one that is not there."""
    if not names:
        raise ArgumentError("name at least one file or folder, or - for standard input")
    if missing := next((name for name in names if name != STDIN and not os.path.exists(name)), None):
        raise ArgumentError(f"{shown(missing)}: no such file; check the path")
    return names


def _refuse_contradictions(opts: argparse.Namespace) -> None:
    """Raise ArgumentError for options that cannot be meant together."""
    if opts.explain and opts.keep:
        raise ArgumentError("--keep is for records; leave out --explain")
    explained = opts.explain or opts.explain_html is not None
    if explained and opts.jobs != 1:
        raise ArgumentError("pages are explained one by one; leave out -j")
    if explained and opts.mask:
        raise ArgumentError("--mask is for records; --explain shows the page as it is")


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _url_filter(hosts: list[str], names: list[str]) -> Callable[[str], bool] | None:
    try:
        return build(hosts, names)
    except ValueError as error:
        raise ArgumentError(str(error)) from None


@contextmanager
def _page(output: Output) -> Iterator[Callable[[str, Document], None]]:
    """Yield what puts a document on the page for a browser."""
    from crawler.reports import explain_html

    with output.opened() as file:
        file.write(explain_html.HEAD.encode())

        def show(found: str, document: Document) -> None:
            file.write(explain_html.section(found, document).encode())

        yield show
        file.write(explain_html.FOOT.encode())
