"""Where commands write: standard output, or a file or folder that appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from crawler.errors import ArgumentError
from pipelines.ledger.atomic import atomic_directory, atomic_write
from pipelines.ledger.formats import Format, Row, packed

STDOUT = "-"
_LEDGERS = ("ledger.sqlite", "near.sqlite")
_KEPT_ENDINGS = (".sqlite", ".sqlite-journal", ".sqlite-wal", ".sqlite-shm", ".lock", ".page", ".hosts.json")
ARCHIVE = "warc"
"""The folder below DATA_DIR that holds what crawls archived."""
DRAFTS = "newsite"
"""The folder below DATA_DIR for drafts of fixtures: what others wrote does not belong into a repository."""
REVIEW = "reports/review.html"
"""The page below DATA_DIR that `scrapy review` writes where no other one is named."""
_KEPT_FOLDERS = ("documents", ARCHIVE)
_KEPT_FILES = ("reports/runs.jsonl",)
_DATABASE = b"SQLite format 3\0"


class NothingToWrite(Exception):  # noqa: N818 (no fault)
    """Raised within `Output.opened` when there is nothing to write after all; the file then stays as it was."""


@dataclass(frozen=True, slots=True)
class Output:
    """A place that was checked before anything is opened: `path` is None for standard output.

    `name` is as the user gave it.
    """

    name: str
    path: Path | None

    @classmethod
    def checked(
        cls, name: str | None, *, data_dir: Path, inputs: Iterable[str | Path] = (), formats: Sequence[Format] = ()
    ) -> Self:
        """Return the place `name`, None and `-` being standard output; nothing is opened or made.

        With `formats` the ending must be that of one of them. A link stands for what it leads to.

        Raises ArgumentError when that is an input, a file that the crawl keeps in `data_dir` or in another data folder,
        or anything else but a file, and when its folder does not exist.
        """
        if name in (None, STDOUT):
            output = cls("stdout", None)
            if (file := output.file) and any(_is_one(file, Path(each)) for each in inputs):
                raise ArgumentError("standard output: goes into an input, which then has no end; name another file")
            return output
        if not name:
            raise ArgumentError("an output needs a name; name a file, or - for standard output")
        path = Path(os.path.realpath(name))
        _refuse_no_file(name, path)
        if formats and not any(each.takes(path) for each in formats):
            known = ", ".join(ending for each in formats for ending in each.names())
            raise ArgumentError(f"{name}: unknown ending; name a file that ends in {known}")
        refuse_kept(name, path, data_dir)
        if any(_is_one(path, Path(each)) for each in inputs):
            raise ArgumentError(f"{name}: is an input and would be overwritten; write to another file")
        return cls(name, path)

    @classmethod
    def of_format(cls, name: str, form: Format, *, data_dir: Path) -> Self:
        """Return the file `name`, or the folder that is to be made; raises ArgumentError as `checked` does."""
        if form.endings:
            return cls.checked(name, data_dir=data_dir, formats=[form])
        if name in ("", STDOUT):
            raise ArgumentError(f"--{form.name} {name}: is no folder; name a new one")
        path = Path(os.path.realpath(name))
        if path.is_symlink() or (path.exists() and not (path.is_dir() and next(path.iterdir(), None) is None)):
            raise ArgumentError(f"{name}: exists and is not an empty folder; name another one or empty it")
        refuse_kept(name, path, data_dir)
        return cls(name, path)

    @staticmethod
    def folder(name: str, *, data_dir: Path) -> Path:
        """Return the folder `name`, which is there or is to be made; files are put beside those that it holds.

        Raises ArgumentError when it is a file, a folder that a crawl keeps, or below no folder.
        """
        if name in ("", STDOUT):
            raise ArgumentError(f"{name or 'an output'}: is no folder; name one")
        path = Path(os.path.realpath(name))
        if path.exists() and not path.is_dir():
            raise ArgumentError(f"{name}: is no folder; name another one")
        if not path.parent.is_dir():
            raise ArgumentError(f"{name}: its folder does not exist; make it first")
        refuse_kept(name, path, data_dir)
        return Path(name)

    @property
    def file(self) -> Path | None:
        """Return the file that is written, also where a shell led standard output into it; None for no file."""
        if self.path:
            return self.path
        led = Path(os.path.realpath("/dev/stdout"))
        return led if led.is_file() else None

    def is_there(self) -> bool:
        """Say whether there is a file or a folder already, which a run without a record leaves as it is."""
        return self.path is not None and self.path.exists()

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Yield the open file, packed as its ending says; it takes its place when the block ends well.

        Raises OSError when the disk fails; the file then is as it was.
        """
        if self.path is None:
            yield standard_output()
            standard_output().flush()
            return
        with (
            suppress(NothingToWrite),
            _named(self.name),
            atomic_write(self.path) as file,
            packed(file, self.path.suffix.lower()) as out,
        ):
            yield out

    def write(self, rows: Iterable[Row], form: Format, *, extra_fields: Sequence[str] = (), max_rows: int = 0) -> bool:
        """Write the rows, as `Writer` does; return False where there are none and something is there: it stays."""
        count = 0
        with self.opened() if form.endings or self.path is None else self._folder(self.path) as place:
            count = form.write(rows, place, extra_fields, max_rows)
            if not count and self.is_there():
                raise NothingToWrite
            return True
        return False

    @contextmanager
    def _folder(self, path: Path) -> Iterator[Path]:
        with suppress(NothingToWrite), _named(self.name), atomic_directory(path) as folder:
            yield folder


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Give an error of the disk the name of the output."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = name
        raise


def refuse_one_place(one: Output, other: Output, options: str) -> None:
    """Raise ArgumentError when two outputs of one call, given by `options`, are one place."""
    if one.path == other.path or (one.path and other.path and _is_one(one.path, other.path)):
        raise ArgumentError(f"{options} name one place; name two")


def standard_output() -> IO[bytes]:
    """Return standard output for bytes; raises ArgumentError where it is closed."""
    if sys.stdout is None:
        raise ArgumentError("standard output is closed; name a file with -o")
    return sys.stdout.buffer


def _refuse_no_file(name: str, path: Path) -> None:
    if path.is_dir():
        raise ArgumentError(f"{name}: is a folder; name a file")
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ArgumentError(f"{name}: is a device, a pipe or a link in a circle; name a file, or - for standard output")
    if not path.parent.is_dir():
        raise ArgumentError(f"{name}: its folder does not exist; make it first")


def refuse_kept(name: str, path: Path, data_dir: Path) -> None:
    """Raise ArgumentError when `path` is a file that a crawl keeps, there already or not yet."""
    path = Path(os.path.realpath(path))
    own = Path(os.path.realpath(data_dir))
    others = [folder for folder in path.parents[:3] if (folder / _LEDGERS[0]).exists()]
    if any(_is_kept(path, folder) for folder in (own, *others)):
        raise ArgumentError(f"{name}: belongs to what a crawl keeps; write to another file")
    if _is_database(path):
        raise ArgumentError(f"{name}: is a database that is there already, which nothing replaces; name a new file")


def _is_kept(path: Path, folder: Path) -> bool:
    """Say whether a file is one that the program itself keeps in a data folder."""
    if any(_is_one(path, folder / ledger) for ledger in _LEDGERS):
        return True
    if not path.is_relative_to(folder):
        return False
    inside = path.relative_to(folder)
    return (
        inside.parts[:1] in [(kept,) for kept in _KEPT_FOLDERS]
        or inside.as_posix() in _KEPT_FILES
        or path.name.endswith(_KEPT_ENDINGS)
    )


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def _is_one(path: Path, other: Path) -> bool:
    """Say whether two names are one file, by whatever links and spellings."""
    try:
        return path.samefile(other)
    except OSError:
        return False
