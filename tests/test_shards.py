"""Shards: views of the ledger that change only when it does, and always appear whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from cleaners.model import RECORD_FIELDS
from pipelines.ledger import schema
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.lock import Locked, hold_lock, site_lock
from pipelines.ledger.shards import write_shards
from tests.documents import ADDED, document

LONG_AGO = 1_000_000_000


def add(ledger: Ledger, *texts: str, source: str = "wm114", url: str | None = None) -> None:
    for text in texts:
        address = url or f"https://{source}.example/{text}"
        ledger.add(document(text, address, source=source), site=source, added=ADDED)
    ledger.commit()


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(schema, "SHARD_SIZE", 3)
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def contents(folder: Path) -> dict[str, list[str]]:
    return {
        path.name: [orjson.loads(line)["text"] for line in path.read_bytes().splitlines()]
        for path in sorted(folder.iterdir())
        if path.name != ".lock"
    }


def age(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def touched(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.jsonl") if path.stat().st_mtime != LONG_AGO}


def test_documents_stand_in_ledger_order_by_source(ledger: Ledger, folder: Path) -> None:
    add(ledger, "一", "二")
    add(ledger, "甲", source="taowenge")
    add(ledger, "三", "四")
    write_shards(ledger, folder)
    assert contents(folder) == {
        "taowenge-000000.jsonl": ["甲"],
        "wm114-000000.jsonl": ["一", "二", "三"],
        "wm114-000001.jsonl": ["四"],
    }
    record = orjson.loads((folder / "taowenge-000000.jsonl").read_bytes())
    assert list(record) == list(RECORD_FIELDS)


def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    add(ledger, *"一二三四五")
    write_shards(ledger, folder)
    write_shards(ledger, tmp_path / "again")
    assert [path.read_bytes() for path in sorted(folder.glob("*.jsonl"))] == [
        path.read_bytes() for path in sorted((tmp_path / "again").glob("*.jsonl"))
    ]


def test_only_changed_shards_are_written(ledger: Ledger, folder: Path) -> None:
    add(ledger, *"一二三四五六七")
    write_shards(ledger, folder)
    age(folder)
    write_shards(ledger, folder)
    assert touched(folder) == set()
    add(ledger, "八")
    write_shards(ledger, folder)
    assert touched(folder) == {"wm114-000002.jsonl"}
    add(ledger, "一", url="https://wm114.example/copy")
    write_shards(ledger, folder)
    assert touched(folder) == {"wm114-000000.jsonl", "wm114-000002.jsonl"}


def test_a_shard_written_before_a_kill_is_not_touched_again(ledger: Ledger, folder: Path) -> None:
    add(ledger, "一")
    marks = ledger.stale_shards()
    write_shards(ledger, folder)
    age(folder)
    ledger._db.execute("INSERT INTO stale_shards VALUES ('wm114', 0, 1)")
    assert ledger.stale_shards() == marks
    write_shards(ledger, folder)
    assert touched(folder) == set()


def test_every_record_is_one_line_for_any_reader(ledger: Ledger, folder: Path) -> None:
    text = "一\u2028二\u2029三\u0085四\x1c五\x0b六\r\n七\0"
    add(ledger, text)
    write_shards(ledger, folder)
    path = folder / "wm114-000000.jsonl"
    assert len(path.read_bytes().decode().splitlines()) == 1
    assert contents(folder) == {path.name: [text]}


def test_superseded_documents_leave_and_their_shard_goes_with_the_last(ledger: Ledger, folder: Path) -> None:
    for text in "一二三":
        add(ledger, text, url=f"https://wm114.example/{text}")
    write_shards(ledger, folder)
    for text in "一二三":
        add(ledger, text + "改", url=f"https://wm114.example/{text}")
    write_shards(ledger, folder)
    assert contents(folder) == {"wm114-000001.jsonl": ["一改", "二改", "三改"]}


def test_lost_shards_come_back_and_left_over_files_go(ledger: Ledger, folder: Path) -> None:
    add(ledger, *"一二三四")
    write_shards(ledger, folder)
    before = contents(folder)
    (folder / "wm114-000000.jsonl").unlink()
    (folder / "wm114-000007.jsonl").write_bytes(b"{}\n")
    (folder / ".wm114-000000.jsonl.tmp").write_bytes(b'{"text":')
    write_shards(ledger, folder)
    assert contents(folder) == before


def test_files_of_others_stay(ledger: Ledger, folder: Path) -> None:
    folder.mkdir()
    kept = ["notes.txt", "other-000000.jsonl", "wm114-extra-000000.jsonl", "wm114-1.jsonl"]
    for name in kept:
        (folder / name).write_bytes(b"")
    add(ledger, "一")
    write_shards(ledger, folder)
    assert list(contents(folder)) == sorted([*kept, "wm114-000000.jsonl"])


def test_a_shard_that_changes_while_it_is_written_stays_stale(ledger: Ledger) -> None:
    add(ledger, "一")
    (mark,) = ledger.stale_shards().values()
    add(ledger, "二")
    ledger.shard_written("wm114", 0, mark, None)
    assert ("wm114", 0) in ledger.stale_shards()


def test_a_failed_write_leaves_the_old_shard(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, "一")
    write_shards(ledger, folder)
    before = contents(folder)
    add(ledger, "二")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LedgerError, match="No space left on device"):
            write_shards(ledger, folder)
    assert contents(folder) == before
    write_shards(ledger, folder)
    assert contents(folder) == {"wm114-000000.jsonl": ["一", "二"]}


@pytest.mark.parametrize("source", ["..", "a/../b", "[::1]", "例子.中国", "a*"])
def test_no_source_name_leaves_the_folder(ledger: Ledger, folder: Path, source: str) -> None:
    add(ledger, "一", source=source)
    write_shards(ledger, folder)
    write_shards(ledger, folder)
    (path,) = folder.glob("*.jsonl")
    assert path.parent == folder
    assert list(folder.parent.rglob("*.jsonl")) == [path]


def test_one_run_at_a_time_writes_shards(ledger: Ledger, folder: Path) -> None:
    add(ledger, "一")
    with hold_lock(folder / ".lock"), pytest.raises(Locked):
        write_shards(ledger, folder, wait=0.1)
    write_shards(ledger, folder)


def test_one_run_at_a_time_has_a_site(tmp_path: Path) -> None:
    with site_lock(tmp_path, "wm114"), site_lock(tmp_path, "taowenge"), pytest.raises(Locked, match=r"wm114\.lock"):
        site_lock(tmp_path, "wm114").__enter__()
    with site_lock(tmp_path, "wm114"):
        pass


@pytest.mark.parametrize("damage", ["cut", "edited", "emptied", "longer", "deleted"])
def test_a_shard_that_somebody_changed_is_mended_and_told(ledger: Ledger, folder: Path, damage: str) -> None:
    add(ledger, *"一二三四")
    assert write_shards(ledger, folder) == []
    before, file = contents(folder), folder / "wm114-000000.jsonl"
    data = file.read_bytes()
    changed = {
        "cut": data[: len(data) // 2],
        "edited": data.replace("二".encode(), "三".encode()),
        "emptied": b"",
        "longer": data + data,
    }
    if damage == "deleted":
        file.unlink()
    else:
        file.write_bytes(changed[damage])
        age(folder)
    told = write_shards(ledger, folder)
    assert contents(folder) == before
    assert [message.partition(":")[0] for message in told] == ([] if damage == "deleted" else [str(file)])
    assert write_shards(ledger, folder) == []


def test_shards_of_a_copied_folder_and_of_an_older_ledger_are_left_alone(ledger: Ledger, folder: Path) -> None:
    add(ledger, *"一二三四")
    write_shards(ledger, folder)
    ledger._db.execute("DELETE FROM shards WHERE shard = 1")
    for path in folder.glob("*.jsonl"):
        path.write_bytes(path.read_bytes())
    age(folder)
    assert write_shards(ledger, folder) == []
    assert touched(folder) == set()
    assert len(ledger.shard_files()) == 2
