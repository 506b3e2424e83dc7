"""Power losses simulated: what a disk may hold when it has lost what was not synchronised, and disks that cannot.

`Recorder` is a file system for SQLite (a VFS of apsw) that notes every write, truncation and synchronisation of the
files of a database. `states` makes of these notes what a disk may hold after a loss of power at any moment: everything
synchronised, and of the rest any part, sectors torn. SQLite promises that each of them is a whole database with every
transaction that was acknowledged, if it is asked for it as the ledger asks (journal TRUNCATE, synchronous FULL).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import apsw

SECTOR = 512
_NUMBERS = count(1)


class Note(NamedTuple):
    """One thing done to a file: `write` (where, what), `truncate` (to where), `sync`, `delete`; or a `mark`."""

    file: str
    what: str
    at: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """Does what the system's own file system does, and notes it; the synchronisation number `fails_at` fails."""

    def __init__(self, name: str, fails_at: int = -1) -> None:
        super().__init__(name, "")
        self.notes: list[Note] = []
        self.synced = 0
        self.fails_at = fails_at

    def xOpen(self, name: Any, flags: Any) -> Any:  # noqa: N802
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.notes.append(Note(Path(filename).name, "delete"))


class _File(apsw.VFSFile):
    def __init__(self, vfs: Recorder, name: Any, flags: Any) -> None:
        super().__init__("", name, flags)
        self._vfs = vfs
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary").name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._vfs.notes.append(Note(self._name, "write", offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self._vfs.notes.append(Note(self._name, "truncate", size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._vfs.synced += 1
        if self._vfs.synced == self._vfs.fails_at:
            raise apsw.IOError("the disk cannot synchronise")
        super().xSync(flags)
        self._vfs.notes.append(Note(self._name, "sync"))


def recorded(
    path: Path,
    statements: Sequence[str],
    *,
    fails_at: int = -1,
    synchronous: str = "FULL",
    functions: Callable[[Any], None],
) -> list[Note]:
    """Return what SQLite does to the database at `path` for these statements, and a mark behind each commit."""
    name = f"recorder-{next(_NUMBERS)}"
    vfs = Recorder(name, fails_at)
    db = apsw.Connection(str(path), vfs=name)
    functions(db)
    try:
        for statement in ("PRAGMA journal_mode = TRUNCATE", f"PRAGMA synchronous = {synchronous}", *statements):
            db.execute(statement)
            if statement == "COMMIT":
                vfs.notes.append(Note("", "mark"))
    except apsw.IOError:
        pass
    notes = list(vfs.notes)  # what closing does is no part of it
    db.close()
    return notes


class _Disk:
    """What one file's name leads to: bytes that are safe, and what was done since, in order."""

    def __init__(self, safe: bytes) -> None:
        self.safe = bytearray(safe)
        self.later: list[Note] = []

    def sync(self) -> None:
        for note in self.later:
            _apply(self.safe, note)
        self.later.clear()

    def lost(self, draw: random.Random) -> bytes:
        """Return what may be there after a loss of power: of what is not safe any part, in any order."""
        left = bytearray(self.safe)
        for note in draw.sample(self.later, draw.randrange(len(self.later) + 1)):
            _apply(left, _torn(note, draw))
        return bytes(left)


def _torn(note: Note, draw: random.Random) -> Note:
    if note.what != "write" or draw.random() < 0.5:
        return note
    sectors = len(note.data) // SECTOR
    return note._replace(data=note.data[: SECTOR * draw.randrange(sectors + 1)])


def _apply(content: bytearray, note: Note) -> None:
    if note.what == "truncate":
        del content[note.at :]
        content.extend(bytes(max(0, note.at - len(content))))
    elif note.what == "write" and note.data:
        content.extend(bytes(max(0, note.at - len(content))))
        content[note.at : note.at + len(note.data)] = note.data
    elif note.what == "delete":
        content.clear()


def states(
    before: dict[str, bytes], notes: Sequence[Note], draw: random.Random, moments: int
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield what a disk may hold after a loss of power, at so many moments: the commits acknowledged, the files."""
    times = sorted(draw.randrange(len(notes) + 1) for _ in range(moments))
    disks = {name: _Disk(content) for name, content in before.items()}
    acknowledged = at = 0
    for moment in times:
        for note in notes[at:moment]:
            disk = disks.setdefault(note.file, _Disk(b""))
            if note.what == "mark":
                acknowledged += 1
            elif note.what == "sync":
                disk.sync()
            else:
                disk.later.append(note)
        at = moment
        yield acknowledged, {name: disk.lost(draw) for name, disk in disks.items() if name}
