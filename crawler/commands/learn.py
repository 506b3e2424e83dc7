"""`scrapy learn`: the frame of each host, learned from its own pages; one profile a host."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from cleaners.learning.profile import LearnedLine, Profile
from crawler.errors import UNREADABLE, ArgumentError, program
from crawler.files.outputs import ARCHIVE, Output
from crawler.inputs import read, total_bytes
from crawler.inputs.cleaning import CleanCounts
from crawler.inputs.columns import COLUMNS_HELP, Columns, field_columns
from crawler.inputs.learning import Observed, PageObserver, leaks, learned
from crawler.inputs.page import Input, InputResult, Skipped
from crawler.inputs.url_filter import build
from crawler.running.arguments import existing, number
from crawler.running.base_command import BaseCommand, skipped_files
from crawler.terminal.explain import visible
from crawler.terminal.progress_bar import Advance, say_nothing
from crawler.terminal.table import counted, render
from pipelines.profiles import FOLDER, ProfileFolder

if TYPE_CHECKING:
    from cleaners.learning.leaks import Leaks

MAX_ROWS = 40
"""Rows of the table: the files hold the rest."""
MAX_SHOWN = 40
"""Characters of a line in the table."""


class Command(BaseCommand):
    """Learn what stands on most pages of each host; write a profile a host, and show what was learned."""

    examples = (
        "learn dumps/ rows.jsonl.gz",
        "learn --host wenku.example -o profiles pages/",
        "learn --replay",
        "learn --check clean.jsonl",
    )
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] PATH... | --replay | --check CLEANED..."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "-o", "--output", metavar="DIR", help=f"folder of the profiles (default: {FOLDER} below DATA_DIR)"
        )
        parser.add_argument(
            "--host",
            action="append",
            default=[],
            metavar="HOST",
            help="only pages of HOST and its subdomains; repeatable. Of one HOST are pages, too, that name neither "
            "address nor source",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="PATH holds cleaned texts, of this program or another: tell what of the frames leaked into them",
        )
        parser.add_argument("--json", action="store_true", help="with --check: print one line of JSON, not a table")
        parser.add_argument("--replay", action="store_true", help="learn from the pages that crawls archived")
        parser.add_argument(
            "--format",
            choices=("txt", "html", "jsonl", "warc"),
            help="what - and unknown endings hold; Parquet: files only",
        )
        parser.add_argument("--columns", type=field_columns, default={}, metavar="FIELD=COL,…", help=COLUMNS_HELP)
        parser.add_argument(
            "-j", "--jobs", type=number("processes"), default=1, metavar="N", help="learn with N processes (default: 1)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Learn; the exit code is 2 for a wrong call, 65 when an input was unreadable, 74 when the disk failed."""
        with self.ending():
            paths = self._paths(args, replay=opts.replay)
            _refuse_contradictions(opts)
            total = total_bytes(paths)
            with self.progress(total, "pages" if total is None else "B") as advance:
                tally = LearnTally(advance=advance, counts=total is None)
                found = read(
                    paths,
                    form=opts.format,
                    columns=Columns(named=opts.columns),
                    told=say_nothing if total is None else advance,
                )
                pages = tally.readable(of_hosts(found, opts.host), self.tell_input)
                shown, told = (self._check if opts.check else self._learn)(pages, tally, opts)
            print("\n".join(shown))
            self.end(UNREADABLE if tally.unreadable else 0, f"{tally.told()}; {told}")

    def _learn(self, pages: Iterator[Input], tally: LearnTally, opts: argparse.Namespace) -> tuple[Iterator[str], str]:
        """Learn and write the profiles; return the lines that show them, and where they are."""
        out = Output.folder(opts.output or str(self._made(FOLDER)), data_dir=self.data_dir)
        rows: list[tuple[Profile, LearnedLine]] = []
        folder = ProfileFolder(out)
        observer = PageObserver(opts.host[0] if len(opts.host) == 1 else None)
        for host in learned(pages, observer, opts.jobs, tell=tally.page):
            tally.hosts += 1
            if host.profile is None:
                tally.too_few += 1
                continue
            folder.save(host.profile)
            rows += [(host.profile, line) for line in host.profile.lines[: MAX_ROWS + 1 - len(rows)]]
        return map(visible, table(rows)), f"profiles in {out}" if tally.hosts > tally.too_few else "no profile written"

    def _check(self, texts: Iterator[Input], tally: LearnTally, opts: argparse.Namespace) -> tuple[Iterator[str], str]:
        """Return the lines that show what has leaked into texts, the worst source first, and in how many of them."""
        found = sorted(leaks(texts, opts.jobs, tell=tally.page), key=lambda each: (-each.chars, -each.doubted))
        tally.hosts = len(found)
        row = json.dumps({"leaks": list(map(asdict, found))}, ensure_ascii=False)
        touched = sum(bool(each.chars) for each in found)
        return iter([row]) if opts.json else map(visible, leak_table(found)), f"leaks in {touched} of them"

    def _paths(self, args: list[str], *, replay: bool) -> list[str]:
        names = self.names(args)
        if replay and names:
            raise ArgumentError("--replay learns from what crawls archived; leave out PATH")
        if not replay:
            return existing(names)
        archive = self.data_dir / ARCHIVE
        if not archive.is_dir():
            raise ArgumentError(f"{archive}: no archive; crawl with -s ARCHIVE=1, or name pages")
        return [str(archive)]

    def _made(self, name: str) -> Path:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return self.data_dir / name


def _refuse_contradictions(opts: argparse.Namespace) -> None:
    """Raise ArgumentError for options that cannot be meant together."""
    if opts.check and (opts.replay or opts.output is not None):
        raise ArgumentError("--check writes no profiles and reads cleaned texts; leave out -o and --replay")
    if opts.replay and opts.columns:
        raise ArgumentError("--columns is for rows; what crawls archived are pages")
    if opts.json and not opts.check:
        raise ArgumentError("--json is for --check; the profiles are JSON")


@dataclass(slots=True)
class LearnTally(CleanCounts):
    """What the pages came to, told at the end; `advance` is told of each page, as one more where it `counts` them."""

    advance: Advance = say_nothing
    counts: bool = False
    pages: int = 0
    hosts: int = 0
    too_few: int = 0

    def page(self, seen: Observed | None) -> None:
        """Count a page."""
        self.pages += 1
        self.unreadable += seen is None
        self.documents += seen is not None and seen.data is not None
        self.advance(int(self.counts), note=f"{counted(self.pages, 'page')}, {counted(self.documents, 'document')}")

    def told(self) -> str:
        """Return the counts in one line."""
        few = f", {self.too_few} with too few documents" if self.too_few else ""
        return (
            f"pages {self.pages}, documents {self.documents}, unreadable {self.unreadable}"
            f"{skipped_files(self.skipped)}; hosts {self.hosts}{few}"
        )


def of_hosts(found: Iterable[InputResult], hosts: list[str]) -> Iterator[InputResult]:
    """Yield what is on one of the hosts; all where none is named. A page without an address is of the only one."""
    try:
        wanted = build(hosts, ())
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    for one in found:
        if not (wanted and isinstance(one, Input)) or (wanted(one.page.url) if one.page.url else len(hosts) == 1):
            yield one
        else:
            yield Skipped(one.name)


def table(rows: list[tuple[Profile, LearnedLine]]) -> Iterator[str]:
    """Yield the lines of the table: where each learned line stands, on how many pages, how sure it is."""
    if not rows:
        yield "nothing learned"
        return
    shown = [
        (
            profile.host,
            line.where,
            f"{line.pages} of {profile.documents}",
            f"{1 / (1 + math.exp(-line.score)):.0%}",
            _cut(line.pattern),
        )
        for profile, line in rows[:MAX_ROWS]
    ]
    yield from render([("host", "where", "pages", "sure", "line"), *shown])
    if len(rows) > MAX_ROWS:
        yield f"… more in the profiles; {program()} clean --explain PAGE --profiles DIR shows what they take"


def leak_table(found: list[Leaks]) -> Iterator[str]:
    """Yield the lines of the table of leaks: a source each, with the line that stands in most of its documents."""
    if not found:
        yield "too few documents of every source to tell"
        return
    heading = ("source", "documents", "touched", "characters", "doubted", "in most documents")
    rows = [
        (
            each.source,
            each.documents,
            f"{each.touched:.0%}",
            f"{each.chars:.1f}",
            f"{each.doubted:.1f}",
            f"{each.lines[0].documents}: {_cut(each.lines[0].line)}" if each.lines else "",
        )
        for each in found[:MAX_ROWS]
    ]
    yield from render([heading, *rows])
    if len(found) > MAX_ROWS:
        yield f"… and {len(found) - MAX_ROWS} more sources, which have fewer"


def _cut(line: str) -> str:
    return line if len(line) <= MAX_SHOWN else f"{line[:MAX_SHOWN]}…"
