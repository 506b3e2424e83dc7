"""`scrapy export`: the ledger's documents as JSONL, as Parquet or as text files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from crawler.errors import DISK, ArgumentError, program
from crawler.files.outputs import Output
from crawler.running.arguments import moment, number
from crawler.running.base_command import BaseCommand
from crawler.running.unique_options import add_unique_options, refuse_without_unique, unique_share
from crawler.terminal.explain import visible
from crawler.terminal.progress_bar import Advance, say_nothing
from crawler.terminal.table import counted
from pipelines.ledger.card import NAME, card, may_write, write_card
from pipelines.ledger.connection import Place
from pipelines.ledger.corpus_facts import CorpusFacts
from pipelines.ledger.documents import Ledger
from pipelines.ledger.exports import ExportFilter, ExportStats, select
from pipelines.ledger.formats import FORMATS, Format
from pipelines.ledger.repair import findings

if TYPE_CHECKING:
    from pipelines.near.representatives import Chosen

EVERYTHING = ExportFilter()
Progress = Callable[[int], AbstractContextManager[Advance]]
"""Shows how far an export of so many documents is."""


class Command(BaseCommand):
    """Write the ledger's documents, in its order, to a file or a new folder, which appears whole or not at all."""

    examples = (
        "export --jsonl corpus.jsonl.zst",
        "export --parquet whole.parquet --whole-only --min-chars 500",
        "export --txt texts/ --source taowenge",
    )
    requires_crawler_process = False
    reads_rules = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return f"{' | '.join(f'--{each.name} {each.metavar}' for each in FORMATS.values())} [options]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        for each in FORMATS.values():
            parser.add_argument(f"--{each.name}", metavar=each.metavar, help=each.help)
        parser.add_argument(
            "--source", metavar="NAME", action="append", help="only documents of this source; may be given again"
        )
        parser.add_argument(
            "--since",
            metavar="TIME",
            type=moment,
            help="only documents fetched then or later, as 2026-11-01 or ISO 8601",
        )
        parser.add_argument("--whole-only", action="store_true", help="only documents that are known to be whole")
        parser.add_argument(
            "--min-chars",
            metavar="N",
            type=number("characters", 0),
            default=0,
            help="only texts of N characters or more",
        )
        add_unique_options(parser, "without what another document holds nearly whole, as the command dedup finds it")
        parser.add_argument(
            "--card",
            action="store_true",
            help="also write README.md beside FILE, a dataset card, by which load_dataset(FOLDER) knows all types",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export, and end with one line; the exit code is 2 for a wrong call, 74 when ledger or disk fail."""
        given = {name: place for name in FORMATS if (place := getattr(opts, name)) is not None}
        with self.ending(kept=next(iter(given.values()), None)):
            self.names(args, most=0)
            if len(given) != 1:
                raise ArgumentError(f"name one of {', '.join(f'--{e.name} {e.metavar}' for e in FORMATS.values())}")
            refuse_without_unique(opts)
            share = unique_share(self.config, opts.share) if opts.unique else None
            ((name, place),) = given.items()
            output = Output.of_format(place, FORMATS[name], data_dir=self.data_dir)
            if opts.card:
                _refuse_card(FORMATS[name], output)
            wanted = ExportFilter(since=opts.since or "", whole_only=opts.whole_only, min_chars=opts.min_chars)
            tally = export(
                self.ledger,
                output,
                name,
                wanted,
                opts.source or (),
                mask=self.mask,
                share=share,
                progress=partial(self.progress, unit="documents", beside=output.path is None),
                lend_breaks=opts.lend_breaks,
                facts=CorpusFacts() if opts.card else None,
            )
            if tally.facts and tally.written and output.path:
                extra_fields = [] if share is None else ["choice"]
                told = f"{_counted(tally, mask=self.mask)}."
                made = _made(wanted, opts.source or (), share, mask=self.mask)
                write_card(output.path.parent, card(output.path.name, extra_fields, told, tally.facts, made))
            self._tell_counts(tally, output)
            if tally.damage:
                for line in tally.damage:
                    self.tell(line)
                self.end(DISK, f"the ledger is damaged: the rest was exported; see {program()} ledger repair")

    def _tell_counts(self, tally: ExportStats, output: Output) -> None:
        """Tell what was exported, and on standard error where the documents went to standard output."""
        if tally.written:
            told = f"{output.name}: {_counted(tally, mask=self.mask)}"
            if output.path:
                self.say(told)
            elif not self.quiet:
                print(visible(told), file=sys.stderr)
        else:
            self.tell(f"no document is wanted; {output.name} is as it was")


def _refuse_card(form: Format, output: Output) -> None:
    """Raise ArgumentError where no card can be written beside the export."""
    if not form.endings or output.path is None:
        raise ArgumentError("--card is for a file; name one with --jsonl or --parquet")
    if not may_write(output.path.parent):
        raise ArgumentError(
            f"{output.path.parent / NAME}: was not written by --card, so it stays; export to a folder of its own"
        )


def export(
    ledger_path: Place,
    output: Output,
    form: str = "txt",
    wanted: ExportFilter = EVERYTHING,
    sources: Sequence[str] = (),
    *,
    mask: bool = True,
    share: float | None = None,
    lend_breaks: bool = False,
    progress: Progress = lambda _: nullcontext(say_nothing),
    facts: CorpusFacts | None = None,
) -> ExportStats:
    """Write the wanted documents, of all sources or those named, in ledger order to `output`; return what they were.

    With `share` documents that another one holds to that share are left out; each of the others stands in the place of
    the first of itself and those left out for it, and has a field `choice` that says why; with `lend_breaks` one
    whose text is run together has the paragraphs of a text left out for it. Raises `ArgumentError` when a
    source is unknown, OSError and `LedgerError` when the disk or the ledger fail; `output` then is as it was, as one
    that is there is when no document is wanted.
    """
    tally = ExportStats(facts=facts)
    with closing(Ledger(ledger_path, create=False)) as ledger:
        tally.damage += findings(ledger)
        documents = _documents(ledger, sources)
        if share is None:
            found = ledger.records(documents)
        else:
            from pipelines.near.representatives import choose

            choice = choose(ledger_path, set(documents), share, lambda _, record: wanted.accepts(dict(record)))
            documents = [first for first, *_ in choice.groups]
            found = _unique(ledger, choice, lend_breaks=lend_breaks)
            tally.left_out = choice.tally()
        with progress(len(documents)) as advance:
            records = select(found, wanted, tally, mask=mask, told=advance)
            tally.written = output.write(
                records, FORMATS[form], extra_fields=[] if share is None else ["choice"], max_rows=len(documents)
            )
        tally.damage += ledger.damaged
    return tally


def _unique(ledger: Ledger, choice: Chosen, *, lend_breaks: bool) -> Iterator[dict[str, Any]]:
    """Yield the records that stay."""
    from pipelines.near.representatives import representative

    for group in choice.groups:
        records = list(ledger.records(group))
        if not records:
            continue
        record = representative(records, lend_breaks=lend_breaks)
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


def _made(wanted: ExportFilter, sources: Sequence[str], share: float | None, *, mask: bool) -> str:
    """Return how an export was made, for its card."""
    limits = (
        f"sources {', '.join(sources)} only" if sources else "",
        f"fetched {wanted.since} or later" if wanted.since else "",
        "known to be whole" if wanted.whole_only else "",
        f"of {wanted.min_chars:,} characters or more" if wanted.min_chars else "",
        f"without those that another one holds to a share of {share:g}" if share is not None else "",
    )
    chosen = ", ".join(filter(None, limits)) or "all"
    masked = (
        "Identity numbers, mobile numbers, e-mail addresses and bank cards were replaced; names were not."
        if mask
        else "Personal data was not replaced."
    )
    return (
        f"By the command `{program()} export` from public previews of the sites above, crawled under robots.txt and "
        f"opt-outs, and cleaned: each document's `edits` tell by rule what was taken. Documents: {chosen}. {masked}"
    )


def _counted(tally: ExportStats, *, mask: bool) -> str:
    """Return what was exported in words.

    >>> _counted(ExportStats(documents=1, chars=20), mask=True)
    '1 document, 20 characters, 0 masked'
    """
    rules = ", ".join(f"{tally.masked[rule]} {rule.removeprefix('personal.')}" for rule in sorted(tally.masked))
    masked = f"{tally.masked.total()} masked{f' ({rules})' if rules else ''}" if mask else "not masked"
    gone = "" if tally.left_out is None else f"; {tally.left_out}"
    return f"{counted(tally.documents, 'document')}, {counted(tally.chars, 'character')}, {masked}{gone}"
