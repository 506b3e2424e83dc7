"""`scrapy dedup`: copies marked, in the ledger or in files, and any two documents compared."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, ClassVar, cast

from scrapy.settings import Settings

from crawler.errors import UNREADABLE, ArgumentError
from crawler.terminal.command import BaseCommand
from crawler.terminal.share import HELP, unique_share
from pipelines.ledger.atomic import atomic_write


class Command(BaseCommand):
    """Without PATH: judge the ledger's new documents. With PATH: read records, write them with their marks."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--rebuild] | [-o OUT] [-j N] [--unique [--share S]] PATH... | --explain KEY KEY [PATH...]"

    def short_desc(self) -> str:
        """Return the line `scrapy` lists the command with."""
        return "Mark copies: in the ledger, or among JSONL files, folders of them and data folders"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--rebuild", action="store_true", help="judge all documents of the ledger again")
        parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="write to OUT, whole or not at all")
        parser.add_argument("-j", "--jobs", metavar="N", type=int, help="processes for PATH (default: all cores)")
        parser.add_argument(
            "--unique", action="store_true", help="leave out of PATH what another document holds nearly whole"
        )
        parser.add_argument("--share", metavar="S", help=HELP)
        parser.add_argument("--explain", nargs=2, metavar="KEY", help="show what two documents share, and the verdict")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do one of the three; the exit code is 2, 65, 74 or 75 as in docs/design.md, section 5."""
        settings = cast("Settings", self.settings)
        data_dir, paths = Path(settings["DATA_DIR"]), list(map(Path, args))
        with self.ending(opts.output or "stdout", kept=opts.output):
            mode = _checked(settings["DEDUP"], args, opts)
            share, mask = unique_share(settings, opts.share), settings.getbool("MASK_PERSONAL_DATA")
            if opts.explain:
                _explain(opts.explain, paths or [data_dir])
            elif paths:
                self._files(paths, opts, share if opts.unique or mode == "drop" else None, mask=mask)
            else:
                self._ledger(data_dir, mode, share, mask=mask, rebuild=opts.rebuild)

    def _ledger(self, data_dir: Path, mode: Any, share: float, *, mask: bool, rebuild: bool) -> None:
        from pipelines.near.labels import label_ledger

        marked = label_ledger(data_dir, mode, share=share, mask=mask, rebuild=rebuild)
        gone = "" if marked.left_out is None else f"; {marked.left_out}"
        print(f"{marked.judged} documents judged; {marked.copies} copies in {marked.clusters} clusters{gone}")

    def _files(self, paths: Sequence[Path], opts: argparse.Namespace, share: float | None, *, mask: bool) -> None:
        from cleaners.personal.masking import mask_record
        from pipelines.ledger.shards import line
        from pipelines.near.records import RecordLabels
        from pipelines.near.splits import splits
        from pipelines.workers import cores

        started, unreadable, documents = time.monotonic(), 0, 0
        out: Path | None = opts.output
        try:
            given = [piece for path in paths for piece in splits(path, out and out.resolve())]
        except ValueError as error:
            raise ArgumentError(str(error)) from None
        with _output(out) as file, TemporaryDirectory(prefix=".near-", dir=out and out.parent) as folder:
            copies = RecordLabels(given, Path(folder), opts.jobs or cores())
            for found in copies.labelled() if share is None else copies.representatives(share):
                documents += bool(found.record)
                if found.record:
                    leaves = mask and found.path.name == "ledger.sqlite"  # rows of files are the user's own
                    file.write(line(mask_record(found.record).record if leaves else found.record))
                elif found.record is None:
                    unreadable += 1
                    self.tell(f"{found.path}:{found.number}: no JSON object with a text; mend the row")
        for path, trouble in copies.broken.items():
            self.tell(f"{path}: broken at {trouble}; pack or fetch it again")
        counts = f"documents {documents}, copies {copies.copies}, clusters {copies.clusters}, unreadable {unreadable}"
        if copies.left_out is not None:
            counts += f"; {copies.left_out}"
        code = UNREADABLE if unreadable or copies.broken else 0
        self.end(code, f"{counts}; {time.monotonic() - started:.1f} s")


def _checked(mode: str, args: Sequence[str], opts: argparse.Namespace) -> Any:
    """Return the setting DEDUP; raises `ArgumentError` for a call that makes no sense."""
    from pipelines.near.labels import DEDUP_MODES

    if mode not in DEDUP_MODES:
        raise ArgumentError(f"the setting DEDUP is {mode!r}; there are {', '.join(DEDUP_MODES)}")
    if unknown := next((arg for arg in args if arg.startswith("-")), None):
        raise ArgumentError(f"unknown option {unknown}; see scrapy dedup -h")
    if opts.rebuild and (args or opts.explain):
        raise ArgumentError("--rebuild is for the ledger; give it alone")
    if opts.output and (opts.explain or not args):
        raise ArgumentError("-o is for records of PATH; name at least one")
    if opts.output and any(
        Path(arg).is_file() and Path(arg).samefile(opts.output) for arg in args if opts.output.exists()
    ):
        raise ArgumentError(f"{opts.output} is an input and would be overwritten; write to another file")
    if opts.unique and (opts.explain or not args):
        raise ArgumentError("--unique is for records of PATH; name at least one, or use scrapy export --unique")
    if opts.share is not None and not opts.unique:
        raise ArgumentError("--share is for --unique; give both")
    if opts.jobs is not None and opts.jobs < 1:
        raise ArgumentError(f"-j {opts.jobs}: give a number of processes from 1 up")
    return mode


@contextmanager
def _output(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with atomic_write(path) as file:
        yield file


def _explain(keys: Sequence[str], paths: Sequence[Path]) -> None:
    """Print what the documents of two keys share."""
    from crawler.terminal.explain_copies import explain
    from pipelines.near.splits import find

    try:
        found = [find(paths, key) for key in keys]
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    print(explain(*found))
