"""A damaged ledger: what is not as it was written is told, never exported; the rest is, and `repair` saves it."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from crawler.commands.export import export
from crawler.files.outputs import Output
from pipelines.ledger import takedowns
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.repair import backup, check, repair
from pipelines.ledger.shards import write_shards
from tests.documents import ADDED, document
from tests.offline import scrapy

SENTENCES = ["村里修路", "学校开学", "水渠通水", "社区义诊", "春耕备耕", "夏粮入库", "秋收冬藏", "集市开张"]
PAGE = 4096


def filled(folder: Path, count: int = 40) -> Path:
    """Write a ledger with documents, copies, later versions and addresses without one."""
    draw = random.Random(7)
    with closing(Ledger(folder / "ledger.sqlite")) as ledger:
        for number in range(count):
            text = "\n".join(f"第{number}年{draw.choice(SENTENCES)}，共{draw.randrange(9999)}人。" for _ in range(60))
            ledger.add(document(text, f"https://a.example/d/{number}.html"), site="taowenge", added=ADDED)
        for number in range(5):
            newer = document(f"第{number}次修订。{SENTENCES[number]}", f"https://a.example/d/{number}.html")
            ledger.add(newer, site="taowenge", added=ADDED)
        ledger.commit()
        again = ledger.record(9)
        ledger.add(document(again["text"], "https://a.example/copy.html"), site="taowenge", added=ADDED)
        ledger.commit()
    return folder / "ledger.sqlite"


def exported(path: Path) -> tuple[list[bytes], list[str]]:
    """Return the lines of an export, and what it told of damage."""
    out = path.with_name("out.jsonl")
    out.unlink(missing_ok=True)
    tally = export(path, Output("out", out), "jsonl", mask=False)
    return out.read_bytes().splitlines(), tally.damage


def harmed(whole: bytes, draw: random.Random) -> bytes:
    """Return a file with one damage of the kinds that disks and programs make."""
    data = bytearray(whole)
    at = draw.randrange(len(data))
    kind = draw.choice(["bit", "bit", "byte", "byte", "zeros", "noise", "cut", "swap", "stale"])
    size = draw.choice([2, 16, 512, PAGE])
    if kind == "bit":
        data[at] ^= 1 << draw.randrange(8)
    elif kind == "byte":
        data[at] = draw.randrange(256)
    elif kind in ("zeros", "noise"):
        piece = data[at : at + size]
        data[at : at + size] = bytes(len(piece)) if kind == "zeros" else draw.randbytes(len(piece))
    elif kind == "cut":
        del data[at:]
    else:
        one, other = (draw.randrange(len(data) // PAGE) * PAGE for _ in range(2))
        first, second = data[one : one + PAGE], data[other : other + PAGE]
        data[one : one + PAGE] = second
        if kind == "swap":
            data[other : other + PAGE] = first
    return bytes(data)


def rounds(folder: Path, count: int, seed: int) -> dict[str, int]:
    """Damage a ledger `count` times; return how often it was exported whole, in part and told, refused, and changed."""
    path = filled(folder)
    whole, seen = path.read_bytes(), {"whole": 0, "told": 0, "refused": 0, "saved": 0}
    good, damage = exported(path)
    assert len(good) == 40
    assert not damage
    draw = random.Random(seed)
    for number in range(count):
        path.write_bytes(harmed(whole, draw))
        try:
            lines, damage = exported(path)
        except LedgerError:
            seen["refused"] += 1
        else:
            seen["told" if damage else "whole"] += 1
            assert damage or lines == good, f"damage {number} of seed {seed} changed the export without a word"
        seen["saved"] += saved(path, good)
    return seen


def saved(path: Path, good: list[bytes]) -> int:
    """Repair a ledger and return how many documents of `good` are in the new one; no other may be."""
    new = path.with_name("new.sqlite")
    new.unlink(missing_ok=True)
    try:
        repair(path, new)
    except LedgerError:
        return 0
    lines, damage = exported(new)
    assert not damage
    texts = {orjson.loads(line)["text"] for line in good}
    back = {orjson.loads(line)["text"] for line in lines}
    assert not any(path.with_name(name).exists() for name in ("new.sqlite-journal", "new.sqlite-wal"))
    return len(back & texts)


@pytest.mark.matrix(
    49, "40 damaged ledgers: no traceback, no row exported that is not as it was written without a word"
)
def test_damage_is_told_or_does_no_harm(tmp_path: Path) -> None:
    seen = rounds(tmp_path, 40, seed=1)
    assert seen["refused"] + seen["told"] > 10
    assert seen["saved"] > 40 * 30


@pytest.mark.long
@pytest.mark.matrix(49, "500 damaged ledgers: 0 tracebacks, 0 silent changes; what is whole in them is saved")
def test_500_damaged_ledgers(tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    seed = random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}")  # shown when it fails
    seen = rounds(tmp_path, 500, seed)
    figure(49, ", ".join(f"{count} {name}" for name, count in seen.items()))


def test_a_damaged_name_in_the_schema_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path)
    whole = path.read_bytes()
    for name in (b"urls_document", b"documents_superseded", b"stale_shards", b"takedowns"):
        path.write_bytes(whole.replace(name, b"\xb9" + name[1:], 1))
        with closing(sqlite3.connect(path)) as db, pytest.raises((UnicodeDecodeError, sqlite3.DatabaseError)):
            db.execute("SELECT count(*) FROM documents").fetchone()
        with pytest.raises(LedgerError, match="scrapy ledger repair"):
            Ledger(path, create=False)
        with pytest.raises(LedgerError, match="ledger"):
            repair(path, tmp_path / "new.sqlite")


def overwritten(path: Path, table: str, change: str, where: str = "seq = 3") -> None:
    """Change a row behind the back of its checksum."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE {table} SET {change} WHERE {where}")  # noqa: S608


def test_a_damaged_row_is_left_out_and_told_everywhere(tmp_path: Path) -> None:
    path = filled(tmp_path)
    good, _ = exported(path)
    overwritten(path, "documents", "record = replace(record, '7', '8')", "seq = 7")
    lines, damage = exported(path)
    assert (len(lines), len(damage)) == (len(good) - 1, 1)
    assert damage[0].endswith("document 7 is not as it was written; it is left out")
    with closing(Ledger(path)) as ledger:
        assert any("document 7" in told for told in write_shards(ledger, tmp_path / "documents"))
        with pytest.raises(LedgerError, match="scrapy ledger repair"):
            ledger.record(7)
    assert check(path).damage == damage


def test_a_document_whose_mark_of_a_later_text_is_damaged_is_exported(tmp_path: Path) -> None:
    """One bit makes the number 0 an empty blob, with which SQLite finds nothing wrong."""
    path = filled(tmp_path)
    good = exported(path)
    overwritten(path, "documents", "superseded = x''", "seq = 7")
    assert exported(path) == good
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany("INSERT INTO copies VALUES (?, 6, NULL, NULL, 'marked')", [(6,), (7,)])
    with closing(Ledger(path)) as ledger:
        assert 7 in ledger.documents("taowenge")
        assert 7 in ledger.shard("taowenge", 0)
        assert [copy.number for copy in takedowns.near_copies(ledger, [6])] == [7]


def test_a_lost_table_of_later_texts_is_told(tmp_path: Path) -> None:
    """As where its root has another table's page: SQLite finds nothing wrong with that."""
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM supersessions WHERE older = 2")
    _, damage = exported(path)
    assert [told.rpartition(": ")[2] for told in damage] == [
        "document 2 was superseded, and what supersedes it is lost"
    ]


def test_the_command(tmp_path: Path) -> None:
    path = filled(tmp_path)
    data = ("-s", f"DATA_DIR={tmp_path}")
    done = scrapy("ledger", "check", *data)
    assert (done.returncode, done.stdout) == (0, "45 documents, 41 addresses looked over; no damage\n")
    done = scrapy("ledger", "backup", str(tmp_path / "copy.sqlite3"), *data)
    assert (done.returncode, exported(tmp_path / "copy.sqlite3")) == (0, exported(path))
    done = scrapy("ledger", "backup", str(tmp_path / "copy.sqlite3"), *data)
    assert (done.returncode, done.stderr) == (
        2,
        f"scrapy ledger: {tmp_path / 'copy.sqlite3'}: is a database that is there already, which nothing replaces; "
        "name a new file\n",
    )
    overwritten(path, "documents", "text = x'00'", "seq = 7")
    assert scrapy("ledger", "check", *data).returncode == 74
    done = scrapy("export", "--jsonl", str(tmp_path / "out.jsonl"), *data)
    assert (done.returncode, len((tmp_path / "out.jsonl").read_bytes().splitlines())) == (74, 39)
    assert "document 7 is not as it was written" in done.stderr
    done = scrapy("ledger", "repair", str(tmp_path / "new.db"), *data)
    assert done.returncode == 74
    assert "documents 7: is not as it was written; it is left out" in done.stderr
    assert check(tmp_path / "new.db").documents == 44
    for words in (
        ["check", "x"],
        ["backup"],
        ["repair"],
        ["mend"],
        [],
        ["backup", str(path)],
        ["repair", str(tmp_path)],
    ):
        assert scrapy("ledger", *words, *data).returncode == 2, words


def test_an_address_of_a_lost_document_is_due_again(tmp_path: Path) -> None:
    path = filled(tmp_path)
    overwritten(path, "documents", "text = x'00'", "seq = 20")
    repair(path, tmp_path / "new.db")
    with closing(Ledger(tmp_path / "new.db")) as ledger:
        ((document, due),) = ledger.rows("SELECT document, next_due FROM urls WHERE url LIKE '%/d/19.html'")
        assert (document, due) == (None, 0)


@pytest.mark.matrix(49, "a backup that is made while another process writes is whole, and what was committed is in it")
def test_a_backup_while_a_crawl_writes(tmp_path: Path) -> None:
    path, stop, errors = filled(tmp_path), threading.Event(), []

    def crawl() -> None:
        try:
            with closing(Ledger(path)) as ledger:
                number = 0
                while not stop.wait(0.01):
                    number += 1
                    text = f"第{number}份新文件。"
                    ledger.add(document(text, f"https://b.example/{number}"), site="taowenge", added=ADDED)
                    ledger.commit()
        except Exception as error:
            errors.append(error)

    writer = threading.Thread(target=crawl)
    writer.start()
    try:
        for number in range(3):
            backup(path, tmp_path / f"{number}.db")
            found = check(tmp_path / f"{number}.db")
            assert (found.damage, found.documents >= 45) == ([], True)
    finally:
        stop.set()
        writer.join()
    assert not errors


def test_a_backup_that_finds_no_room_names_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    Ledger(tmp_path / "ledger.sqlite").close()
    monkeypatch.setattr("pipelines.ledger.repair.Database.copy_to", full)
    with pytest.raises(LedgerError) as told:
        backup(tmp_path / "ledger.sqlite", tmp_path / "copy.sqlite")
    assert str(told.value).startswith(f"{tmp_path / 'copy.sqlite'}: database or disk is full; see that the disk")
    assert {path.name for path in tmp_path.iterdir()} == {"ledger.sqlite", "ledger.sqlite-journal"}
