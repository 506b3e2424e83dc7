"""A loss of power, and disks whose synchronisation fails: ledger, outputs and archive hold what was acknowledged."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.files.compression import opened
from crawler.files.warc_reader import WarcRecord, WarcRecordError, records
from crawler.replay.archive import WarcFileSeries
from crawler.replay.warc_writer import info
from pipelines.ledger.atomic import atomic_directory, atomic_write
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.texts import row_checksum
from tests.documents import ADDED, document
from tests.test_ledger import random_text

BATCH, BATCHES = 3, 4
OLD = "以前的一篇：防汛值守。"


def add(ledger: Ledger, batch: int) -> None:
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        ledger.add(document(random_text(number), f"https://a.example/{number}"), site="a", added=ADDED)
    ledger.commit()


@pytest.fixture(scope="module")
def workload(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[str]]:
    """A ledger with a document, and the statements with which the program then adds batches to it."""
    folder = tmp_path_factory.mktemp("ledger")
    with closing(Ledger(folder / "ledger.sqlite")) as ledger:
        ledger.add(document(OLD), site="a", added=ADDED)
        ledger.commit()
    before = (folder / "ledger.sqlite").read_bytes()
    statements: list[str] = []
    with closing(Ledger(folder / "ledger.sqlite")) as ledger:
        assert isinstance(ledger._db, sqlite3.Connection)
        ledger._db.set_trace_callback(statements.append)
        for batch in range(1, 1 + BATCHES):
            add(ledger, batch)
        ledger._db.set_trace_callback(None)
    return before, [each for each in statements if not each.startswith("--")]


def wrong(folder: Path, files: dict[str, bytes], acknowledged: int, batch_ends: list[int]) -> str:
    """Return what is wrong with a ledger of these files, "" when nothing is."""
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        left.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        with closing(Ledger(folder / "ledger.sqlite")) as ledger:
            (check,) = ledger._db.execute("PRAGMA integrity_check").fetchone()
            count = len(ledger.documents())
    except LedgerError as error:
        return str(error)
    if check != "ok":
        return str(check)
    known = batch_ends[acknowledged], batch_ends[min(acknowledged + 1, len(batch_ends) - 1)]
    return "" if count in known else f"{count} documents, not {known}"


def losses(
    workload: tuple[bytes, list[str]],
    folder: Path,
    draw: random.Random,
    *,
    fails_at: int = -1,
    count: int,
    synchronous: str = "FULL",
) -> list[str]:
    from tests import power_loss

    before, statements = workload
    folder.mkdir(exist_ok=True)
    path = folder / "ledger.sqlite"
    for left in folder.glob("ledger*"):
        left.unlink()
    path.write_bytes(before)
    notes = power_loss.recorded(
        path,
        statements,
        fails_at=fails_at,
        synchronous=synchronous,
        functions=lambda db: db.create_scalar_function("row_checksum", row_checksum, 2, deterministic=True),
    )
    commits = statements.count("COMMIT")
    assert fails_at > 0 or sum(note.what == "mark" for note in notes) == commits >= BATCHES
    each = commits // BATCHES
    ends = [1 + BATCH * (number // each) for number in range(commits + 1)]
    found = power_loss.states({"ledger.sqlite": before}, notes, draw, count)
    return [told for done, files in found if (told := wrong(folder / "lost", files, done, ends))]


@pytest.mark.matrix(64, "the ledger after a loss of power at any write: whole, with every commit that was acknowledged")
def test_a_ledger_that_lost_power(workload: tuple[bytes, list[str]], tmp_path: Path) -> None:
    pytest.importorskip("apsw")
    assert losses(workload, tmp_path, random.Random(1), count=60) == []


def test_a_ledger_that_does_not_synchronise_is_found_out(workload: tuple[bytes, list[str]], tmp_path: Path) -> None:
    pytest.importorskip("apsw")
    assert losses(workload, tmp_path, random.Random(1), count=20, synchronous="OFF")


@pytest.mark.long
@pytest.mark.matrix(64, "the same at 2,000 moments, and after each failure of a synchronisation")
def test_thousands_of_losses(
    workload: tuple[bytes, list[str]], tmp_path: Path, figure: Callable[[int, str], None]
) -> None:
    pytest.importorskip("apsw")
    draw = random.Random(2)
    found = losses(workload, tmp_path, draw, count=2000)
    failures = 40
    for fails_at in range(1, failures + 1):
        found += losses(workload, tmp_path, draw, fails_at=fails_at, count=20)
    figure(64, f"2,000 losses of power, {failures} failed synchronisations: {len(found)} ledgers broken or short")
    assert found == []


# Files that are written whole


class Disk:
    """Notes what is synchronised and renamed; what a loss of power leaves is what was synchronised."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails_at: int = -1) -> None:
        self.done: list[tuple[str, str]] = []
        self._fails_at = fails_at
        fsync, replace = os.fsync, os.replace

        def synced(file: int) -> None:
            if len([what for what, _ in self.done if what == "sync"]) + 1 == self._fails_at:
                raise OSError(errno.EIO, "Input/output error")
            fsync(file)
            self.done.append(("sync", os.readlink(f"/proc/self/fd/{file}")))

        def replaced(old: Any, new: Any, **_: Any) -> None:
            self.done.append(("rename", os.fspath(new)))
            replace(old, new)

        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(os, "sync", lambda: self.done.append(("sync", "all")))
        monkeypatch.setattr(os, "replace", replaced)
        monkeypatch.setattr(os, "rename", replaced)


@contextmanager
def whole_file(path: Path) -> Iterator[None]:
    with atomic_write(path) as file:
        file.write("新的".encode())
        yield


@contextmanager
def whole_folder(path: Path) -> Iterator[None]:
    with atomic_directory(path) as folder:
        (folder / "1.txt").write_text("新的")
        yield


@pytest.mark.matrix(64, "an output: its bytes are synchronised before it has its name, its folder before it is done")
def test_an_output_is_safe_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("旧的")
    disk = Disk(monkeypatch)
    with whole_file(target):
        pass
    kinds = [what for what, _ in disk.done]
    assert kinds == ["sync", "rename", "sync"]
    assert disk.done[0][1].endswith(".tmp")
    assert disk.done[1:] == [("rename", str(target)), ("sync", str(tmp_path))]


@pytest.mark.matrix(64, "a folder of files: all are synchronised before the folder has its name")
def test_a_folder_is_safe_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    with whole_folder(tmp_path / "out"):
        pass
    assert disk.done == [("sync", "all"), ("rename", str(tmp_path / "out")), ("sync", str(tmp_path))]


@pytest.mark.matrix(64, "a synchronisation that fails: the error is told, the old file is there, no temporary one")
def test_an_output_whose_synchronisation_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("旧的")
    Disk(monkeypatch, fails_at=1)
    with pytest.raises(OSError, match="Input/output"), whole_file(target):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert target.read_text() == "旧的"


@pytest.mark.matrix(64, "an archive that lost its unsynchronised end: what stands before it is read, the cut is told")
def test_an_archive_that_lost_power(tmp_path: Path) -> None:
    series = WarcFileSeries(tmp_path, "demo", most=1 << 20, facts={})
    for number in range(4):
        series.add(info(f"{number}.warc.gz", {"description": "甲" * number}))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    series.close()
    draw = random.Random(3)
    lengths = []
    for end in [*draw.sample(range(1, len(whole)), 40), len(whole)]:
        path.write_bytes(whole[:end] + bytes(draw.choice([0, 0, 64])))
        with opened(path) as stream:
            found = list(records(stream, lambda _: True, 1 << 20))
        kept = [each for each in found if isinstance(each, WarcRecord)]
        lengths.append((end, len(kept)))
        assert end == len(whole) or kept != found or end in _member_ends(whole)
        assert all(isinstance(each, WarcRecord | WarcRecordError) for each in found)
    lengths.sort()
    assert [kept for _, kept in lengths] == sorted(kept for _, kept in lengths)
    assert lengths[-1][1] == 5


def _member_ends(whole: bytes) -> list[int]:
    return [at for at in range(1, len(whole)) if whole.startswith(b"\x1f\x8b\x08", at)]
