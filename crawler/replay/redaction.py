"""Takes records out of archive files: what was taken down is in them, too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.files.compression import opened
from crawler.files.outputs import ARCHIVE
from crawler.files.warc_reader import WarcRecord, WarcRecordError, records
from pipelines.ledger.atomic import atomic_write
from pipelines.ledger.lock import site_lock

_STAMPS = 2
"""Pieces of a file's name behind its site's: the time and the number."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """How many records went, out of how many files; and for each file that was left as it is, why."""

    records: int = 0
    files: int = 0
    left: tuple[str, ...] = ()


def redact(data: Path, refused: Callable[[str], bool]) -> Redaction:
    """Take every record whose address is `refused` out of the archive of a data folder, each file whole or not at all.

    What stays is the same to the byte. A file that is damaged, or that packs several records together, is left as it
    is and told: another program made it. Raises `Locked` when a run of the site writes its files, OSError when one
    cannot be read or written.
    """
    gone = files = 0
    left: list[str] = []
    for path in sorted((data / ARCHIVE).glob("*.warc.gz")):
        with site_lock(data, path.name.removesuffix(".warc.gz").rsplit("-", _STAMPS)[0]):
            try:
                going = _going(path, refused)
            except ValueError as error:
                left.append(f"{path}: {error}")
                continue
            if going:
                _rewrite(path, going)
                files, gone = files + 1, gone + len(going)
    return Redaction(gone, files, tuple(left))


def _going(path: Path, refused: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return where the records begin and end that go; raises ValueError for a file that cannot be cut there."""
    found: list[WarcRecord] = []
    with opened(path) as stream:
        for record in records(stream, lambda _: False, 0):
            if isinstance(record, WarcRecordError):
                raise ValueError(f"{record}; nothing was taken out, delete the file or mend it")
            found.append(record)
    if not any(refused(record.url) for record in found if record.url):
        return []
    if any(record.place.inside for record in found):
        raise ValueError("holds several records in one packed member; nothing was taken out, delete the file")
    ends = [*(record.place.member for record in found[1:]), path.stat().st_size]
    return [
        (record.place.member, end)
        for record, end in zip(found, ends, strict=True)
        if record.url and refused(record.url)
    ]


def _rewrite(path: Path, going: Sequence[tuple[int, int]]) -> None:
    """Write a file again without these parts of it."""
    with path.open("rb") as old, atomic_write(path) as new:
        at = 0
        for start, end in going:
            _copy(old, new, at, start)
            at = end
        old.seek(at)
        shutil.copyfileobj(old, new)


def _copy(old: BinaryIO, new: BinaryIO, start: int, end: int) -> None:
    old.seek(start)
    left = end - start
    while left and (piece := old.read(min(left, 1 << 20))):
        new.write(piece)
        left -= len(piece)
