"""A disk that is full, a second run, a ledger that is none: one clear line, the right exit code, and nothing is lost."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from crawler import space
from pipelines.ledger import Ledger
from tests.hostile import Ask, Host, Hostile, Piece, Reply, answer
from tests.hostile_routes_safety import document, linking
from tests.live import Live, site_at
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
@pytest.mark.parametrize(("room", "full"), [(45_000, "ledger.sqlite"), (250_000, "documents")])
def test_a_disk_that_fills_up_ends_the_crawl(host: Host, tmp_path: Path, room: int, full: str) -> None:
    values = {"pipelines.ledger:COMMIT_PAGES": 5}
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
    assert space.EVERY - 2 <= len(host.pages()) <= space.EVERY + 1


def test_any_room_will_do_where_none_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=500 * 1024**2))
    for needed, short in ((0, False), (500, False), (501, True)):
        assert bool(space.shortage(Settings({"DATA_DIR": tmp_path / "data", "FREE_MB": needed}))) is short


# Row 5: two runs at once


@pytest.mark.matrix(5, "a second run of a site exits 75 at once with 0 requests; other sites run side by side with it")
def test_a_second_run_leaves_the_first_alone(hostile: Hostile, tmp_path: Path) -> None:
    first, second = hostile.host(), hostile.host("127.0.0.2")
    documents_at(first, 10)
    second.routes["/"] = linking("/d/101.html", "/d/102.html")
    ready: list[Piece] = []

    @first.route("/d/9.html")
    def late(ask: Ask) -> Reply:
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
