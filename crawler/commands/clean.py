"""`scrapy clean`: pages from files, folders or standard input to documents, one JSON record a line."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import get_terminal_size
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import orjson

from cleaners.model import Document
from cleaners.text.times import timestamp
from crawler.errors import UNREADABLE, ArgumentError
from crawler.files.outputs import NothingToWrite, Output, refuse_one_place
from crawler.inputs import STDIN, file_cleaning, read, total_bytes
from crawler.inputs.cleaning import CleanCounts, PageCleaner, weight
from crawler.inputs.columns import COLUMNS_HELP, Columns, field_columns
from crawler.inputs.file_cleaning import OUTPUTS, FileCleaner, FileJob, FileReport
from crawler.inputs.learning import PageObserver, learned
from crawler.inputs.page import Input, Skipped
from crawler.inputs.url_filter import build
from crawler.running.arguments import ON_HELP, cluster, existing, moment, number, own_columns, part
from crawler.running.base_command import BaseCommand, skipped_files
from crawler.running.profiles import known_profiles
from crawler.terminal.explain import explain, visible
from crawler.terminal.progress_bar import Advance, say_nothing
from crawler.terminal.stdout import is_terminal
from crawler.terminal.table import counted
from pipelines.engine import engine
from pipelines.folders import special_kind
from pipelines.ledger.formats import FORMATS, format_of
from pipelines.profiles import ProfileFolder
from pipelines.workers import WorkerCrashed, imap

MAX_ENTRIES = 5
"""Entries of one rule that `--explain` shows of a document; with `-v` all."""
FORMAT_NAMES = ("jsonl", "parquet")
"""What records may be written as."""


class Command(BaseCommand):
    """Clean every page of PATH...; one record per input, in input order, for pages without a document too."""

    examples = (
        "clean page.html dumps/ rows.jsonl.gz -o clean.jsonl",
        "clean -j 4 --site taowenge CC-MAIN-2026-40.warc.gz -o taowenge.parquet",
        "clean --keep label,lang rows.jsonl -o clean.jsonl",
        "clean --columns text=content,url=link rows.parquet -o clean.jsonl",
        "clean --into clean/ -j 8 dumps/",
        "clean --into clean/ --as parquet --part 3/100 dumps/",
        "clean --explain page.html",
        "clean --learn rows.jsonl -o clean.jsonl",
        "clean - < page.txt",
    )
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] PATH..."

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
        parser.add_argument(
            "--into",
            metavar="DIR",
            help="write a file for each input file into the folder DIR, unless it is there; a killed run goes on",
        )
        parser.add_argument(
            "--as", dest="as_", choices=OUTPUTS, help="with --into: what the files are (default: jsonl)"
        )
        parser.add_argument(
            "--part", type=part, metavar="K/N", help="with --into: every N-th file from the K-th on, for job arrays"
        )
        parser.add_argument("--on", type=cluster, metavar="SPARK", help=f"with --into: {ON_HELP}")
        parser.add_argument(
            "--explain",
            action="store_true",
            help="show each document and its edits instead of JSON; with -v every one where a rule made many",
        )
        parser.add_argument(
            "--explain-html", metavar="FILE", help="also write FILE: the pages with every edit marked, for a browser"
        )
        parser.add_argument(
            "--format",
            choices=("txt", "html", "jsonl", "warc"),
            help="what - and unknown endings hold; Parquet: files only",
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
        parser.add_argument("--columns", type=field_columns, default={}, metavar="FIELD=COL,…", help=COLUMNS_HELP)
        parser.add_argument(
            "--profiles", metavar="DIR", help="know the frames of the hosts of which DIR holds a profile (learn)"
        )
        parser.add_argument(
            "--learn",
            action="store_true",
            help="learn the frame of each host from these pages first; the profiles are kept where --profiles says",
        )
        parser.add_argument("--keep-script", action="store_true", help="leave Traditional text as it is")
        parser.add_argument("--keep-lines", action="store_true", help="leave lines as found, also where run together")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean; the exit code is 2 for a wrong call, 65 when an input was unreadable, 74 when OUT was not written."""
        with self.ending(kept=opts.output), ExitStack() as stack:
            paths = existing(self.names(args))
            _refuse_contradictions(opts)
            wanted = _url_filter(opts.host, opts.site)
            formats = () if opts.explain else [FORMATS[name] for name in FORMAT_NAMES]
            out = Output.checked(opts.output, data_dir=self.data_dir, inputs=paths, formats=formats)
            html = Output.checked(opts.explain_html, data_dir=self.data_dir, inputs=paths)
            if opts.explain_html is not None:
                refuse_one_place(out, html, "-o and --explain-html")
            columns = Columns(opts.keep, opts.columns)
            profiles = self._profiles(paths, wanted, stack, opts)
            cleaner = PageCleaner(
                opts.added or timestamp(_now()),
                opts.source,
                opts.keep_script,
                mask=opts.mask,
                keep=opts.keep,
                keep_lines=opts.keep_lines,
                profiles=profiles,
            )
            if opts.into is not None:
                work = FileCleaner(cleaner, opts.format, tuple(opts.host), tuple(opts.site), columns)
                return self._into(paths, work, _CleanTally(tell=self.tell), opts)
            total = total_bytes(paths)
            with self.progress(total, "inputs" if total is None else "B", beside=out.path is None) as advance:
                tally = _CleanTally(tell=self.tell, advance=advance, counts=total is None)
                found = read(
                    paths,
                    form=opts.format,
                    leave_out=[each.file for each in (out, html) if each.file],
                    wanted=wanted,
                    columns=columns,
                    told=say_nothing if total is None else advance,
                )
                unseen = set(opts.keep)
                inputs = _noted(tally.readable(found, self.tell_input, all_named=opts.verbose), unseen)
                if opts.explain or opts.explain_html is not None:
                    _explain(inputs, cleaner, tally, out, html if opts.explain_html is not None else None, opts)
                else:
                    made, form = _lines(inputs, cleaner, tally, opts.jobs), format_of(out.path, FORMAT_NAMES)
                    written = out.write(made, form, extra_fields=opts.keep)
                    tally.kept = None if written else out.name
            for column in sorted(unseen if tally.documents + tally.no_text else ()):
                self.tell(f"no row has a column {column!r}; --keep names columns of the rows")
            return self.end(UNREADABLE if tally.unreadable else 0, tally.summary())

    def _into(self, paths: Sequence[str], work: FileCleaner, tally: _CleanTally, opts: argparse.Namespace) -> None:
        """Clean file by file, and print a line for each as it is done."""
        folder = Output.folder(opts.into, data_dir=self.data_dir)
        skipped: list[Skipped] = []
        try:
            jobs = file_cleaning.jobs(paths, folder, opts.as_ or "jsonl", skipped)
        except ValueError as error:
            raise ArgumentError(str(error)) from None
        list(tally.readable(skipped, self.tell_input, all_named=opts.verbose))  # counts and tells; none is a page
        which, parts = opts.part or (1, 1)
        jobs, made = jobs[which - 1 :: parts], 0
        with (
            file_cleaning.tidied(jobs),
            closing(self._done(work, jobs, folder, opts)) as found,
            self.progress(len(jobs), "files", beside=True) as advance,
        ):
            for job, done in found:
                advance(1)
                if isinstance(done, WorkerCrashed):
                    tally.refuse(_crashed(str(job)))
                    continue
                for message in done.messages:
                    self.tell_input(message)
                made += done.made
                tally.update(done.counts)
                if done.made or not self.quiet:
                    print(orjson.dumps(done.row()).decode(), flush=True)
        told = f"files {len(jobs)}, made {made}; {tally.summary()}"
        self.end(UNREADABLE if tally.unreadable else 0, told)

    def _done(
        self, work: FileCleaner, jobs: Sequence[FileJob], folder: Path, opts: argparse.Namespace
    ) -> Generator[tuple[FileJob, FileReport | WorkerCrashed], None, None]:
        """Yield the jobs as they are done."""
        with closing(engine(opts.on, opts.jobs, 0, folder)) as where:
            yield from where.map(work, jobs)

    def _profiles(
        self, paths: list[str], wanted: Callable[[str], bool] | None, stack: ExitStack, opts: argparse.Namespace
    ) -> ProfileFolder | None:
        """Return the profiles to clean with, learned from the pages first where that is asked for."""
        if not opts.learn:
            return known_profiles(opts.profiles)
        if any(path == STDIN or special_kind(os.stat(path).st_mode) for path in paths):
            raise ArgumentError("--learn reads the pages twice; name files and folders, not - or a pipe")
        name = opts.profiles if opts.profiles is not None else stack.enter_context(TemporaryDirectory(prefix="learn-"))
        folder = ProfileFolder(Output.folder(name, data_dir=self.data_dir))
        hosts = documents = 0
        with self.progress(total_bytes(paths), "B") as advance:
            found = read(paths, form=opts.format, wanted=wanted, columns=Columns(named=opts.columns), told=advance)
            pages = (one for one in found if isinstance(one, Input))
            observer = PageObserver(opts.source)
            for host in learned(pages, observer, opts.jobs, tell=lambda _: advance(0, note="learning")):
                hosts += host.profile is not None
                documents += host.documents
                if host.profile:
                    folder.save(host.profile)
        if not self.quiet:
            self.tell(f"learned the frames of {counted(hosts, 'host')} from {counted(documents, 'document')}")
        return folder


@dataclass(slots=True, kw_only=True)
class _CleanTally(CleanCounts):
    """What a run came to; `advance` is told how far it is, of inputs where it `counts` them."""

    tell: Callable[[str], None]
    advance: Advance = say_nothing
    counts: bool = False
    kept: str | None = None
    started: float = field(default_factory=time.monotonic)

    def refuse(self, message: str) -> None:
        """Count and tell something that cannot be cleaned."""
        self.unreadable += 1
        self.tell(message)

    def add(self, *, has_text: bool, truncated: bool, block_page: str | None) -> None:
        """Count a document, or a page without one."""
        CleanCounts.add(self, has_text=has_text, truncated=truncated, block_page=block_page)
        self.advance(int(self.counts), note=f"{self.inputs} inputs, {self.documents} documents")

    def summary(self) -> str:
        """Return the line a run ends with."""
        kept = f"; no record, {self.kept} is as it was" if self.kept else ""
        return f"{self}{skipped_files(self.skipped)}; {time.monotonic() - self.started:.1f} s{kept}"


def _noted(inputs: Iterable[Input], unseen: set[str]) -> Iterator[Input]:
    """Yield the inputs, and take the columns that their rows have from those that none had."""
    for found in inputs:
        unseen.difference_update(found.columns)
        yield found


def _lines(inputs: Iterable[Input], cleaner: PageCleaner, tally: _CleanTally, jobs: int) -> Iterator[bytes]:
    for found, made in imap(cleaner, inputs, jobs, weight):
        if isinstance(made, WorkerCrashed):
            tally.refuse(_crashed(found.name))
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
            """Yield what is written of each page, and show the page on the way."""
            for found in inputs:
                document = cleaner.document(found)
                tally.add(
                    has_text=document.key is not None,
                    truncated=document.truncated is True,
                    block_page=document.block_page,
                )
                yield (
                    _explained(found, document, output, everything=opts.verbose)
                    if opts.explain
                    else cleaner.line(found, document)
                )
                if show:
                    show(found.name, document)

        written = output.write(rows(), FORMATS["jsonl"] if opts.explain else format_of(output.path, FORMAT_NAMES))
        if not written:
            tally.kept = output.name
        if not tally.documents + tally.no_text and html and html.is_there():
            raise NothingToWrite


def _crashed(name: str) -> str:
    """Return what is said of an input that ends whoever cleans it."""
    return f"{name}: ends every process that cleans it; leave it out, and report it"


def _explained(found: Input, document: Document, output: Output, *, everything: bool) -> bytes:
    terminal = output.path is None and is_terminal()
    columns = max(40, get_terminal_size().columns) if terminal else 80
    colour = terminal and "NO_COLOR" not in os.environ
    text = explain(document, columns, colour, most=None if everything else MAX_ENTRIES)
    return f"{visible(found.name)}\n{'=' * columns}\n{text}\n".encode()


def _refuse_contradictions(opts: argparse.Namespace) -> None:
    """Raise ArgumentError for options that cannot be meant together."""
    if opts.explain and opts.keep:
        raise ArgumentError("--keep is for records; leave out --explain")
    explained = opts.explain or opts.explain_html is not None
    if opts.into is None and (opts.part or opts.as_ or opts.on):
        raise ArgumentError("--part, --as and --on are for --into; name its folder")
    if opts.on and opts.jobs != 1:
        raise ArgumentError("the cluster says how many processes there are; leave out -j")
    if opts.into is not None and (explained or opts.output is not None):
        raise ArgumentError("--into writes files of its own; leave out -o, --explain and --explain-html")
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

    titles: list[str] = []
    with output.opened() as file:
        file.write(explain_html.HEAD.encode())

        def show(found: str, document: Document) -> None:
            file.write(explain_html.section(len(titles), found, document).encode())
            titles.append(document.title or found)

        yield show
        file.write(explain_html.foot(titles).encode())
