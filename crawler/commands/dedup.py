"""`scrapy dedup`: copies marked, in the ledger or in files, and any two documents compared."""

from __future__ import annotations

import argparse
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar

from crawler.errors import UNREADABLE, ArgumentError, program
from crawler.files.outputs import Output
from crawler.running.arguments import ON_HELP, cluster, number
from crawler.running.base_command import BaseCommand, skipped_files
from crawler.running.unique_options import add_unique_options, refuse_without_unique, unique_share
from crawler.terminal.table import counted
from pipelines.ledger.formats import FORMATS, Record

if TYPE_CHECKING:
    from pipelines.near.records import LabelledLine


class Command(BaseCommand):
    """Without PATH: judge the ledger's new documents. With PATH: read records, write them with their marks."""

    examples = (
        "dedup",
        "dedup -o marked.jsonl rows/ data-2/",
        "dedup --unique -o unique.jsonl rows/",
    )
    requires_crawler_process = False
    reads_rules = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--rebuild] | [-o OUT] [-j N] [--unique [--share S]] PATH... | --explain KEY KEY [PATH...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--rebuild", action="store_true", help="judge all documents of the ledger again")
        parser.add_argument(
            "-o",
            "--output",
            metavar="OUT",
            help="write to OUT, whole or not at all; packed if it ends in .gz or .zst (default: -, standard output)",
        )
        parser.add_argument(
            "-j",
            "--jobs",
            metavar="N",
            type=number("processes"),
            help="processes and threads for PATH (default: all cores, no more processes than pieces)",
        )
        add_unique_options(parser, "leave out of PATH what another document holds nearly whole")
        parser.add_argument(
            "--work",
            metavar="DIR",
            help="keep the tables of PATH in DIR until OUT is written, so that a killed run goes on",
        )
        parser.add_argument("--on", type=cluster, metavar="SPARK", help=ON_HELP)
        parser.add_argument("--explain", nargs=2, metavar="KEY", help="show what two documents share, and the verdict")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do one of the three; the exit code is 2, 65, 74 or 75 as in docs/design.md, section 5."""
        with self.ending(kept=opts.output):
            paths = list(map(Path, self.names(args)))
            _refuse_contradictions(paths, opts)
            share = unique_share(self.config, opts.share)
            if opts.explain:
                _explain(opts.explain, paths or [self.data_dir], is_masked=self.mask)
            elif paths:
                output = Output.checked(opts.output, data_dir=self.data_dir, inputs=paths, formats=[FORMATS["jsonl"]])
                left = opts.unique or self.config["DEDUP"] == "drop"
                self._files(paths, output, share if left else None, opts)
            else:
                self._ledger(share, rebuild=opts.rebuild)

    def _ledger(self, share: float, *, rebuild: bool) -> None:
        """Judge the documents of the ledger that nobody has judged, and tell what came of it."""
        from pipelines.near.labels import label_ledger, unjudged

        with self.progress(unjudged(self.data_dir, ledger=self.ledger, rebuild=rebuild), "documents") as advance:
            marked = label_ledger(
                self.data_dir,
                self.config["DEDUP"],
                ledger=self.ledger,
                share=share,
                mask=self.mask,
                rebuild=rebuild,
                told=advance,
            )
        gone = "" if marked.left_out is None else f"; {marked.left_out}"
        for mended in marked.mended:
            self.tell(mended)
        found = f"{counted(marked.copies, 'copy')} in {counted(marked.clusters, 'cluster')}"
        self.say(f"{counted(marked.judged, 'document')} judged; {found}{gone}")

    def _files(self, paths: Sequence[Path], output: Output, share: float | None, opts: argparse.Namespace) -> None:
        """Judge the records of files, and write them with their marks."""
        from pipelines.engine import engine
        from pipelines.near.judging import memory_limit
        from pipelines.near.records import RecordLabels
        from pipelines.near.splits import splits
        from pipelines.workers import cores

        started, tally = time.monotonic(), _DedupTally()
        limit = memory_limit(self.config.getint("DEDUP_MEMORY_MB"))
        passes = 2 if share is None else 3
        try:
            given = [piece for path in paths for piece in splits(path, output.file, tally.skipped)]
            workers = opts.jobs or cores()
            readers = opts.jobs or max(1, min(workers, len(given)))
            with (
                self._work_folder(opts.work, output) as folder,
                closing(engine(opts.on, readers, limit, folder, threads=workers)) as where,
                self.progress(passes * len(given), "pieces", beside=output.path is None) as advance,
            ):
                copies = RecordLabels(given, folder, where, workers=workers, limit=limit, told=advance)
                found = (
                    copies.labelled() if share is None else copies.representatives(share, lend_breaks=opts.lend_breaks)
                )
                written = output.write(self._rows(found, tally), FORMATS["jsonl"])
        except ValueError as error:
            raise ArgumentError(str(error)) from None
        for path, trouble in copies.broken.items():
            self.tell(f"{path}: broken at {trouble}; pack or fetch it again")
        left_out = "" if copies.left_out is None else f"; {copies.left_out}"
        counts = (
            f"documents {tally.documents}, copies {copies.copies}, clusters {copies.clusters}, "
            f"unreadable {tally.unreadable}{skipped_files(tally.skipped)}{left_out}; {time.monotonic() - started:.1f} s"
        )
        kept = "" if written else f"; no record, {output.name} is as it was"
        self.end(UNREADABLE if tally.unreadable or copies.broken else 0, f"{counts}{kept}")

    @contextmanager
    def _work_folder(self, name: str | None, output: Output) -> Iterator[Path]:
        """Yield the folder of the tables, which goes when all is done; one that was named stays if something fails."""
        from pipelines.near.judging import is_work

        if name is None:
            with TemporaryDirectory(prefix=".near-", dir=output.path and output.path.parent) as made:
                yield Path(made)
            return
        folder = Output.folder(name, data_dir=self.data_dir)
        if folder.exists() and not is_work(folder):
            raise ArgumentError(f"{name}: holds other files; name an empty folder, or one that is not there")
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        shutil.rmtree(folder)

    @property
    def _remedy(self) -> str:
        return f"mend the row, or make records of it: {program()} clean --columns text=COLUMN"

    def _rows(self, lines: Iterable[LabelledLine], tally: _DedupTally) -> Iterator[Record]:
        """Yield the records with their labels; count them, and tell what is none."""
        from cleaners.personal.masking import mask_record

        for found in lines:
            if found.record:
                tally.documents += 1
                leaves = self.mask and found.path.name == "ledger.sqlite"  # rows of files are the user's own
                yield mask_record(found.record).record if leaves else found.record
            elif found.record is None:
                tally.unreadable += 1
                self.tell_input(f"{found.path}:{found.number}: no JSON object with a column text; {self._remedy}")


@dataclass(slots=True)
class _DedupTally:
    documents: int = 0
    unreadable: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def _refuse_contradictions(paths: Sequence[Path], opts: argparse.Namespace) -> None:
    """Raise ArgumentError for options that cannot be meant together."""
    if opts.rebuild and (paths or opts.explain):
        raise ArgumentError("--rebuild is for the ledger; give it alone")
    if opts.output is not None and (opts.explain or not paths):
        raise ArgumentError("-o is for records of PATH; name at least one")
    if opts.unique and (opts.explain or not paths):
        raise ArgumentError(f"--unique is for records of PATH; name at least one, or use {program()} export --unique")
    if (opts.work is not None or opts.on) and (opts.explain or not paths):
        raise ArgumentError("--work and --on are for records of PATH; name at least one")
    refuse_without_unique(opts)


def _explain(keys: Sequence[str], paths: Sequence[Path], *, is_masked: bool) -> None:
    """Print what the documents of two keys share."""
    from crawler.terminal.explain_copies import explain
    from pipelines.near.splits import find

    try:
        found = [find(paths, key) for key in keys]
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    print(explain(*found, is_masked=is_masked))
