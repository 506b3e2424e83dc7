"""A disk that is full, a second run, a ledger that is none: one clear line, the right exit code, and nothing is lost."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from crawler.downloader import disk_space
from pipelines.ledger.documents import Ledger
from pipelines.ledger.schema import SCHEMA_VERSION
from tests import test_ledger as ledgers
from tests.forked import Forked
from tests.hostile import Ask, Host, Hostile, Piece, Reply, answer
from tests.hostile_routes_safety import document, linking
from tests.live import Live, site_at
from tests.offline import ROOT
from tests.replacing_program import replacing
from tests.running import Run, documents_at, shards, urls

DOCUMENTS = 30


@pytest.fixture
def host(hostile: Hostile) -> Host:
    """A host with documents of 12 KB."""
    host = hostile.host()
    documents_at(host, DOCUMENTS)

    @host.route("/d/*")
    def page(ask: Ask) -> Reply:
        return iter([0.005, answer(document(ask.target[3:-5], length=4000))])

    return host


def integrity(data: Path) -> str:
    ledger = Ledger(data / "ledger.sqlite")
    (found,) = ledger._db.execute("PRAGMA integrity_check").fetchone()
    ledger.close()
    return str(found)


# Row 4: a full disk


@pytest.mark.matrix(
    4, "ledger, then shards, cannot be written any more: exit 74 in 5 s; nothing is lost when there is room"
)
@pytest.mark.parametrize(("room", "full"), [(130_000, "ledger.sqlite"), (250_000, "documents")])
def test_a_disk_that_fills_up_ends_the_crawl(host: Host, tmp_path: Path, room: int, full: str) -> None:
    values = {"pipelines.ledger.documents:COMMIT_PAGES": 5}
    ended = Run(site_at(host), tmp_path, values=values, limits={"FSIZE": room}).end()
    seconds = time.monotonic() - host.ended[-1]
    assert ended.code == 74, ended.err
    assert f"{tmp_path / full}: " in ended.err.splitlines()[-1]
    assert "see that the disk has space" in ended.err.splitlines()[-1]
    assert seconds < 15
    assert integrity(tmp_path) == "ok"
    assert not list((tmp_path / "documents").glob("*.jsonl")) or len(urls(tmp_path)) == len(set(urls(tmp_path)))

    assert Run(site_at(host), tmp_path, values=values).end().code == 0
    assert len(urls(tmp_path)) == DOCUMENTS
    assert not list((tmp_path / "documents").glob(".*.tmp"))
    assert len(shards(tmp_path)) == 1


@pytest.mark.matrix(4, "a disk with less than FREE_MB free: a crawl does not begin, exit 74 in one line")
def test_a_crawl_does_not_begin_on_a_full_disk(host: Host, tmp_path: Path) -> None:
    ended = Run(site_at(host), tmp_path / "a" / "data", settings={"FREE_MB": 10**9}).end()
    assert (ended.code, ended.out, host.log) == (74, "", [])
    assert ended.err.startswith(f"scrapy crawl: {tmp_path}/a/data: ")
    assert ended.err.count("\n") == 1
    assert "FREE_MB wants 1000000000" in ended.err
    assert not (tmp_path / "a").exists()


@pytest.mark.matrix(4, "the disk is looked at every 100 answers: a shortage ends the crawl in order, all is stored")
def test_a_crawl_ends_before_the_disk_is_full(host: Host, live: Live, tmp_path: Path) -> None:
    documents_at(host, 150)
    ran = live.crawl(site_at(host), tmp_path, {"FREE_MB": 10**9})
    assert ran.summary.exit_code == 74
    assert "FREE_MB wants" in ran.summary.alarms[0]
    assert len(ran.records()) == ran.summary.documents == len(host.pages()) - 1
    assert disk_space.CHECK_EVERY - 2 <= len(host.pages()) <= disk_space.CHECK_EVERY + 1


def test_any_room_will_do_where_none_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=500 * 1024**2))
    for needed, short in ((0, False), (500, False), (501, True)):
        assert bool(disk_space.check_free_space(Settings({"DATA_DIR": tmp_path / "data", "FREE_MB": needed}))) is short


# Row 5: two runs at once


@pytest.mark.matrix(5, "a second run of a site exits 75 at once with 0 requests; other sites run side by side with it")
def test_a_second_run_leaves_the_first_alone(hostile: Hostile, tmp_path: Path) -> None:
    first, second = hostile.host(), hostile.host("127.0.0.2")
    documents_at(first, 10)
    second.routes["/"] = linking("/d/101.html", "/d/102.html")
    ready: list[Piece] = []

    @first.route("/d/9.html")
    def late(ask: Ask) -> Iterator[Piece]:
        while not ready:
            yield 0.05
        yield from ready

    long = Run(site_at(first), tmp_path, settings={"DOWNLOAD_TIMEOUT": 60})
    long.until(lambda: first.asked()[-1:] == ["/d/9.html"])
    asked = len(first.log)
    again = Run(site_at(first), tmp_path).end()
    assert (again.code, again.out, len(first.log)) == (75, "", asked)
    assert again.err.startswith(f"scrapy crawl: {tmp_path}/demo.lock: another run holds this lock")
    assert again.err.count("\n") == 1
    assert again.seconds < 10
    assert Run(site_at(second, name="other"), tmp_path).end().code == 0
    ready.append(answer(document(9)))
    assert long.end().code == 0
    assert len(urls(tmp_path)) == 12


# Row 49: a ledger that is damaged, newer, or none


def a_directory(path: Path) -> None:
    path.mkdir()


def without_tables(path: Path) -> None:
    """The mark of a ledger of today, and nothing in it."""
    with sqlite3.connect(path) as database:
        application = int.from_bytes(b"wenq")
        database.executescript(
            f"PRAGMA application_id = {application}; PRAGMA user_version = {SCHEMA_VERSION}; CREATE TABLE urls (url)"
        )
    database.close()


READ_ERRORS = [ledgers.foreign, ledgers.newer, ledgers.cut_short, ledgers.overwritten, ledgers.a_text]


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return all files that are there but locks and notes, which a crawl makes beside the ledger."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("ledger.sqlite*")) if path.is_file()}


@pytest.mark.matrix(
    49, "damaged, cut, newer, another program's, a text, a folder: exit 74, no request, not a byte changed"
)
@pytest.mark.parametrize("make", [*READ_ERRORS, without_tables, a_directory])
def test_a_crawl_leaves_a_ledger_alone_that_is_none(
    host: Host, live: Live, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "ledger.sqlite")
    before = everything_in(tmp_path)
    ran = live.crawl(site_at(host), tmp_path)
    assert ran.summary.exit_code == 74
    assert ran.summary.alarms[0].startswith(f"{tmp_path}/ledger.sqlite: ")
    assert "\n" not in ran.summary.alarms[0]
    assert (host.log, everything_in(tmp_path)) == ([], before)


@pytest.mark.matrix(49, "the command says so in its last line and stops with exit 74")
def test_the_command_says_what_is_wrong_with_the_ledger(host: Host, tmp_path: Path) -> None:
    ledgers.overwritten(tmp_path / "ledger.sqlite")
    before = everything_in(tmp_path)
    ended = Run(site_at(host), tmp_path).end()
    assert (ended.code, host.log, everything_in(tmp_path)) == (74, [], before)
    assert (
        "the file is damaged, restore it from a copy or save what is whole in it with scrapy ledger repair"
        in ended.err.splitlines()[-1]
    )
    assert "Traceback" not in ended.err


@pytest.mark.matrix(49, "a ledger or a folder that may only be read: exit 74, no request, not a byte changed")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_may_not_be_written(host: Host, tmp_path: Path, which: str) -> None:
    data = tmp_path / "data"
    ledgers.filled(data / "ledger.sqlite")
    before = everything_in(data)
    (data / "ledger.sqlite").chmod(0o444)
    data.chmod(0o777 if which == "file" else 0o555)
    ended = Run(site_at(host), data, obedient=True).end()
    data.chmod(0o755)
    assert (ended.code, host.log, everything_in(data)) == (74, [], before), ended.err
    said = f"{data}/ledger.sqlite: may not be written" if which == "file" else f"{data}: Permission denied"
    assert said in ended.err.splitlines()[-1]


@pytest.mark.matrix(49, "a file of zero bytes is a ledger whose making was interrupted: it is made")
def test_an_empty_file_becomes_a_ledger(host: Host, live: Live, tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").touch()
    assert live.crawl(site_at(host), tmp_path).summary.documents == DOCUMENTS


@pytest.mark.matrix(49, "a journal that is torn or rubbish: the crawl goes on from the last whole commit")
@pytest.mark.parametrize("journal", [b"", b"\xa5" * 5000, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 300])
def test_a_torn_journal(host: Host, live: Live, tmp_path: Path, journal: bytes) -> None:
    ledgers.filled(tmp_path / "ledger.sqlite")
    (tmp_path / "ledger.sqlite-journal").write_bytes(journal)
    ran = live.crawl(site_at(host), tmp_path)
    assert (ran.summary.exit_code, len(ran.records())) == (0, 300 + DOCUMENTS)


# Rows 2 and 50: what is written


def failing_writes(folder: Path, step: int) -> dict[str, int]:
    program = [sys.executable, str(ROOT / "tests/failing_writes.py"), str(folder), str(step)]
    ran = subprocess.run(program, capture_output=True, text=True, timeout=600, check=True)
    told = json.loads(ran.stdout)
    assert told["wrong"] == []
    failed: dict[str, int] = told["failed"]
    return failed


@pytest.mark.matrix(50, "the N-th write of ledger, journal or shard fails: opened again it is whole, nothing is lost")
def test_a_write_that_fails_loses_nothing(tmp_path: Path) -> None:
    failed = failing_writes(tmp_path, 12_289)
    assert min(failed[what] for what in ("ledger", "new ledger", "shard")) >= 1


@pytest.mark.long
@pytest.mark.matrix(50, "the same at every 509th byte")
def test_hundreds_of_writes_that_fail_lose_nothing(tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    failed = failing_writes(tmp_path, 509)
    assert failed["ledger"] >= 200
    figure(50, f"{sum(failed.values())} writes failed: 0 ledgers broken, 0 acknowledged documents lost")


@pytest.mark.matrix(2, "a file killed while it is written is the old one or the new one, never a mixture of them")
def test_a_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    path, chance, seen = tmp_path / "a.jsonl", random.Random(2), set[bytes]()
    for number in range(20):
        before = path.stat().st_ino if path.exists() else 0
        process = Forked(replacing, path, *((b"a", b"b") if number % 2 else (b"b", b"a")))
        while process.poll() is None and (not path.exists() or path.stat().st_ino == before):
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        process.end()
        seen.add(path.read_bytes())
    assert seen == {b"a" * 200_000, b"b" * 200_000}
