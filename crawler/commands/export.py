"""`scrapy export`: the ledger's documents as JSONL, as Parquet or as text files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, cast

from scrapy.settings import Settings

from crawler.errors import ArgumentError
from crawler.inputs.page import timestamp
from crawler.terminal.command import BaseCommand
from crawler.terminal.explain import visible
from crawler.terminal.share import HELP, unique_share
from pipelines.ledger.documents import Ledger
from pipelines.ledger.exports import ExportFilter, ExportStats, select, write_jsonl, write_parquet, write_text
from pipelines.near.representatives import Chosen, choose, representative

Form = Literal["jsonl", "parquet", "txt"]
EVERYTHING = ExportFilter()


class Command(BaseCommand):
    """Write the ledger's documents, in its order, to a file or a new folder, which appears whole or not at all."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "--jsonl FILE | --parquet FILE | --txt DIR [options]"

    def short_desc(self) -> str:
        """Return the line `scrapy` lists the command with."""
        return "Write the stored documents as JSONL, Parquet or text files"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "--jsonl", metavar="FILE", type=Path, help="one document a line; packed if FILE ends in .gz or .zst"
        )
        parser.add_argument("--parquet", metavar="FILE", type=Path, help="a table with the record's Arrow schema")
        parser.add_argument(
            "--txt", metavar="DIR", type=Path, help="new folder for files NNN_<id>.txt: title, empty line, text"
        )
        parser.add_argument(
            "--source", metavar="NAME", action="append", help="only documents of this source; may be given again"
        )
        parser.add_argument(
            "--since", metavar="TIME", help="only documents fetched then or later, as 2026-11-01 or ISO 8601"
        )
        parser.add_argument("--whole-only", action="store_true", help="only documents that are known to be whole")
        parser.add_argument("--min-chars", metavar="N", default="0", help="only texts of N characters or more")
        parser.add_argument(
            "--unique", action="store_true", help="without what another document holds nearly whole (see scrapy dedup)"
        )
        parser.add_argument("--share", metavar="S", help=HELP)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export, and end with one line; the exit code is 2 for a wrong call, 74 when ledger or disk fail."""
        settings = cast("Settings", self.settings)
        ledger, mask = Path(settings["DATA_DIR"]) / "ledger.sqlite", settings.getbool("MASK_PERSONAL_DATA")
        target = opts.jsonl or opts.parquet or opts.txt
        with self.ending(target, remedy="nothing was exported, check the disk", kept=target):
            _check(args, opts, target)
            share = unique_share(settings, opts.share) if opts.unique else None
            tally = export(ledger, target, _form(opts), _wanted(opts), opts.source or (), mask=mask, share=share)
            print(visible(f"{_counted(tally, mask=mask)} in {target}"))


def export(
    ledger_path: Path,
    target: Path,
    form: Form = "txt",
    wanted: ExportFilter = EVERYTHING,
    sources: Sequence[str] = (),
    *,
    mask: bool = True,
    share: float | None = None,
) -> ExportStats:
    """Write the wanted documents, of all sources or those named, in ledger order to `target`; return what they were.

    With `share` documents that another one holds to that share are left out; each of the others stands in the place of
    the first of itself and those left out for it, and has a field `choice` that says why. Raises `ArgumentError` when a
    source is unknown, OSError and `LedgerError` when the disk or the ledger fail; `target` then is as it was.
    """
    ledger = Ledger(ledger_path, create=False)
    tally = ExportStats()
    try:
        documents = _documents(ledger, sources)
        if share is None:
            found = ledger.records(documents)
        else:
            choice = choose(ledger_path, set(documents), share, lambda _, record: wanted.accepts(dict(record)))
            documents = [first for first, *_ in choice.groups]
            found = _unique(ledger, choice)
            tally.left_out = choice.tally()
        records = select(found, wanted, tally, mask=mask)
        if form == "txt":
            write_text(records, target, most=len(documents))
        elif form == "parquet":
            write_parquet(records, target, more=[] if share is None else ["choice"])
        else:
            write_jsonl(records, target)
    finally:
        ledger.close()
    return tally


def _unique(ledger: Ledger, choice: Chosen) -> Iterator[dict[str, Any]]:
    """Yield the records that stay."""
    for group in choice.groups:
        record = representative(list(ledger.records(group)))
        if group[0] in choice.owners:
            record["duplicate_of"] = choice.owners[group[0]]
            record["containment"] = record["containment"] if record["duplicate_of"] else None
        yield record


def _documents(ledger: Ledger, sources: Sequence[str]) -> list[int]:
    if not sources:
        return ledger.documents()
    by_source = {source: ledger.documents(source) for source in sources}
    if unknown := next((source for source, documents in by_source.items() if not documents), None):
        raise ArgumentError(f"no documents of {unknown!r}; there are {', '.join(sorted(ledger.shards())) or 'none'}")
    return sorted(seq for documents in by_source.values() for seq in documents)


def _check(args: Sequence[str], opts: argparse.Namespace, target: Path | None) -> None:
    """Raise `ArgumentError` unless the call names one place, and something can be written there."""
    if args:
        raise ArgumentError(f"unknown argument {args[0]}; see scrapy export -h")
    if target is None or len([place for place in (opts.jsonl, opts.parquet, opts.txt) if place]) > 1:
        raise ArgumentError("name one of --jsonl FILE, --parquet FILE and --txt DIR")
    if opts.share is not None and not opts.unique:
        raise ArgumentError("--share is for --unique; give both")
    if opts.txt:
        if target.exists() and not (target.is_dir() and next(target.iterdir(), None) is None):
            raise ArgumentError(f"{target}: exists and is not an empty folder; name another one or empty it")
    elif target.is_dir():
        raise ArgumentError(f"{target}: is a folder; name a file")
    elif not target.absolute().parent.is_dir():
        raise ArgumentError(f"{target}: its folder does not exist; make it first")


def _form(opts: argparse.Namespace) -> Form:
    return "jsonl" if opts.jsonl else "parquet" if opts.parquet else "txt"


def _wanted(opts: argparse.Namespace) -> ExportFilter:
    try:
        since = timestamp(opts.since) if opts.since else ""
    except ValueError:
        raise ArgumentError(f"--since {opts.since}: write a time as 2026-11-01 or 2026-11-01T08:00:00Z") from None
    if not opts.min_chars.isdecimal():
        raise ArgumentError(f"--min-chars {opts.min_chars}: give a number of characters")
    return ExportFilter(since=since, whole_only=opts.whole_only, min_chars=int(opts.min_chars))


def _counted(tally: ExportStats, *, mask: bool) -> str:
    """Return what was exported in words.

    >>> _counted(ExportStats(documents=1, chars=20), mask=True)
    '1 document, 20 characters, 0 masked'
    """
    rules = ", ".join(f"{tally.masked[rule]} {rule.removeprefix('personal.')}" for rule in sorted(tally.masked))
    masked = f"{tally.masked.total()} masked{f' ({rules})' if rules else ''}" if mask else "not masked"
    gone = "" if tally.left_out is None else f"; {tally.left_out}"
    return (
        f"{tally.documents} {'document' if tally.documents == 1 else 'documents'}, {tally.chars} characters, {masked}"
        f"{gone}"
    )
