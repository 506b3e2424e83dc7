"""`scrapy export`: the ledger's documents as text files."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, cast

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from cleaners.title import UNTITLED
from crawler.arguments import ArgumentError
from crawler.summary import DISK, USAGE
from pipelines.ledger import Ledger
from pipelines.near.unique import groups, unique
from pipelines.schema import LedgerError


class Command(ScrapyCommand):
    """Write each document as NNN_<key>.txt into a new folder: the title, an empty line, the text."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "--txt DIR [--source NAME] [--unique]"

    def short_desc(self) -> str:
        """Return the line `scrapy` lists the command with."""
        return "Write the stored documents as text files"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--txt", metavar="DIR", type=Path, help="new folder for the files")
        parser.add_argument("--source", metavar="NAME", help="only documents of this source")
        parser.add_argument("--unique", action="store_true", help="of copies only the fullest one (see scrapy dedup)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export, and end with one line; the exit code is 2 for a wrong argument, 74 when ledger or disk fail."""
        ledger = Path(cast("Settings", self.settings)["DATA_DIR"]) / "ledger.sqlite"
        try:
            if args:
                raise ArgumentError(f"unknown argument {args[0]}; see scrapy export -h")
            if not opts.txt:
                raise ArgumentError("name a new folder for the files with --txt DIR")
            count = export(ledger, opts.txt, opts.source, one_each=opts.unique)
        except ArgumentError as error:
            self._end(USAGE, str(error))
        except LedgerError as error:
            self._end(DISK, str(error))
        except OSError as error:
            self._end(DISK, f"{opts.txt}: {error.strerror}; nothing was exported, check the disk")
        else:
            print(f"{count} {'document' if count == 1 else 'documents'} in {opts.txt}")

    def _end(self, code: int, message: str) -> None:
        print(f"scrapy export: {message}", file=sys.stderr)
        self.exitcode = code


def export(ledger_path: Path, folder: Path, source: str | None = None, *, one_each: bool = False) -> int:
    """Write all documents, or those of one source, into `folder` in ledger order; return how many.

    With `one_each` only the fullest document of each cluster is written, in the place of the first one.
    Raises `ArgumentError` when `folder` holds something or the source is unknown, OSError and `LedgerError` when the
    disk or the ledger fail; `folder` then is as it was.
    """
    ledger = Ledger(ledger_path, create=False)
    try:
        with _appearing(folder) as new:
            documents = groups(ledger_path, source) if one_each else [[seq] for seq in ledger.documents(source)]
            if source and not documents:
                raise ArgumentError(
                    f"no documents of {source!r}; there are {', '.join(sorted(ledger.shards())) or 'none'}"
                )
            width = max(3, len(str(len(documents) - 1)))
            for index, versions in enumerate(documents):
                record = unique([ledger.record(seq) for seq in versions])
                name = f"{index:0{width}}_{record['id']}.txt"
                (new / name).write_text(as_text(record), encoding="utf-8", newline="\n")
    finally:
        ledger.close()
    return len(documents)


def as_text(record: dict[str, Any]) -> str:
    """Return a document as the text of its file.

    >>> as_text({"title": None, "text": "同志们：\\n大家好。"})
    '无题\\n\\n同志们：\\n大家好。\\n'
    """
    title = " ".join((record["title"] or "").splitlines()).strip()
    return f"{title or UNTITLED}\n\n{record['text']}\n"


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """Yield a folder that becomes `folder` when the block ends, and is removed when the block fails."""
    if folder.exists() and not (folder.is_dir() and next(folder.iterdir(), None) is None):
        raise ArgumentError(f"{folder}: exists and is not an empty folder; name another one or empty it")
    target = folder.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    new.mkdir(parents=True)
    try:
        yield new
        new.rename(target)
    except BaseException:
        shutil.rmtree(new)
        raise
