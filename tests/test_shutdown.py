"""A real `scrapy crawl`, killed or told to stop at any moment, ends after all with what an unhindered one gives."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from pipelines.ledger.documents import Ledger
from pipelines.ledger.lock import site_lock
from tests.hostile import Ask, Host, Hostile, Piece, Reply
from tests.hostile_routes_safety import any_document, linking
from tests.live import site_at
from tests.running import Ended, Run, documents_at, shards, urls

DOCUMENTS, COPIES = 30, 4
PAGES = DOCUMENTS + COPIES + 1
SMALL = {
    "pipelines.ledger.documents:COMMIT_PAGES": 5,
    "pipelines.ledger.schema:SHARD_SIZE": 10,
    "pipelines.session:_SHARDS_EVERY": 0.3,
}
TERM, INT, KILL = signal.SIGTERM, signal.SIGINT, signal.SIGKILL
STOPS = "scrapy: stops after the page at hand, within 15 s; a second signal breaks it off\n"
"""What the first signal is answered with."""


@pytest.fixture
def host(hostile: Hostile) -> Host:
    """A host with documents that take a moment each; some are there under a second address."""
    host = hostile.host()
    names = [*map(str, range(DOCUMENTS)), *(f"{number}-copy" for number in range(COPIES))]
    host.routes["/"] = linking(*(f"/d/{name}.html" for name in names))

    @host.route("/d/*")
    def page(ask: Ask) -> Reply:
        return iter([0.015, answer_of(ask)])

    return host


def answer_of(ask: Ask) -> Piece:
    """Return the document of an address; that of a copy is its original's."""
    return any_document(Ask(ask.at, ask.host, ask.target.replace("-copy", ""), ask.headers))


def crawl(host: Host, data: Path) -> Run:
    return Run(site_at(host), data, values=SMALL)


OF_ORDER = ("url", "duplicate_of", "containment", "cluster")
"""Fields that depend on which of two pages was answered first."""


def contents(data: Path) -> dict[str, dict[str, Any]]:
    """Return the records in the shards by id, without what the order of the answers decides: that is no promise."""
    lines = [line for shard in shards(data).values() for line in shard.split(b"\n") if line]
    records = {record["id"]: record for record in map(orjson.loads, lines)}
    assert len(records) == len(lines)
    return {
        key: {**{name: value for name, value in record.items() if name not in OF_ORDER}, "urls": sorted(record["urls"])}
        for key, record in records.items()
    }


def whole(host: Host, data: Path) -> dict[str, dict[str, Any]]:
    """Return what the shards of a crawl hold that nothing hinders."""
    ended = crawl(host, data).end()
    assert ended.code == 0, ended.err
    assert len(urls(data)) == DOCUMENTS
    return contents(data)


def stop(run: Run, host: Host, chance: random.Random, *signals: signal.Signals) -> tuple[Ended, bool]:
    """Send signals, 20 ms apart, at any moment from the first request to the end; say whether they came in time."""
    asked, moment = len(host.log), chance.randrange(1, PAGES + 8)
    run.until(lambda: len(host.log) >= asked + min(moment, PAGES))
    time.sleep(chance.uniform(0, 0.02) if moment <= PAGES else chance.uniform(0, 0.2))
    in_time = run.process.poll() is None
    for number in signals:
        run.tell(number)
        time.sleep(0.02)
    return run.end(), in_time


def committed(data: Path) -> int:
    """Return how many documents the ledger holds, once its structure was found whole."""
    if not (data / "ledger.sqlite").exists():
        return 0
    ledger = Ledger(data / "ledger.sqlite")
    count = len(ledger.documents())
    ledger.close()
    return count


def forgive(data: Path) -> None:
    """Forget which page was at hand when the run was stopped: two stops may fall on one page by chance."""
    if not (data / "ledger.sqlite").exists():
        return
    ledger = Ledger(data / "ledger.sqlite")
    for url in ledger.crash_counts(site="demo"):
        ledger.clear_crashes(url)
    ledger.close()


def check(data: Path, before: int, shown: set[str]) -> tuple[int, set[str]]:
    """Return what is stored and what is shown after a stop: nothing is gone, doubled or broken."""
    now, found = committed(data), urls(data)
    assert now >= before, "committed documents are gone"
    assert len(found) == len(set(found)), "a document is there twice"
    assert set(found) >= shown, "documents are gone from the shards"
    return now, set(found)


MANY = 10
"""Stops that cannot all fall on one moment; a few may, on a busy machine."""


def stopped_again_and_again(host: Host, tmp: Path, work: Sequence[tuple[signal.Signals, ...]]) -> Iterator[Ended]:
    """Stop crawl after crawl, each going on where the one before was stopped, until everything is stored; then anew."""
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")
    chance = random.Random(seed)
    expected = whole(host, tmp / "whole")
    left, rounds, progress = list(work), 0, list[int]()
    while left:
        data, before, shown = tmp / f"round-{rounds}", 0, set[str]()
        while left and before < DOCUMENTS:
            ended, in_time = stop(crawl(host, data), host, chance, *left[-1])
            if in_time:
                left.pop()
                yield ended
            else:
                assert ended.code == 0, ended.err
            before, shown = check(data, before, shown)
            forgive(data)
            progress.append(before)
        ended = crawl(host, data).end()
        assert ended.code == 0, ended.err
        assert contents(data) == expected, "not the records of an unhindered crawl"
        assert not list((data / "documents").glob(".*.tmp"))
        rounds += 1
    print(f"documents after each stop: {progress}")
    assert len(work) < MANY or len(set(progress)) > 1, "all stops fell on one moment"


@pytest.mark.matrix(1, "`scrapy crawl` killed at random moments: 0 lost, 0 doubled, the same records in the end")
def test_a_killed_crawl_loses_nothing(host: Host, tmp_path: Path) -> None:
    for ended in stopped_again_and_again(host, tmp_path, [(KILL,)] * 3):
        assert ended.code == -KILL


@pytest.mark.long
@pytest.mark.matrix(1, "200 kill -9 and 40 SIGTERM at random moments: 0 lost, 0 doubled, 0 broken lines, same records")
@pytest.mark.matrix(3, "40 SIGTERM at random moments, half of them twice: exit in 15 s and 2 s, nothing lost")
def test_hundreds_of_stops_lose_nothing(host: Host, tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    work: list[tuple[signal.Signals, ...]] = [(KILL,)] * 200 + [(TERM,)] * 20 + [(TERM, TERM)] * 20
    random.Random(1).shuffle(work)
    took: dict[int, list[float]] = {1: [], 2: []}
    kills = 0
    for signals, ended in zip(reversed(work), stopped_again_and_again(host, tmp_path, work), strict=True):
        if signals == (KILL,):
            kills += ended.code == -KILL
        else:
            too_late = ended.code == -TERM and "files: " in ended.out  # all was done, and told
            assert ended.code in (0, 3) or too_late, ended.err
            took[len(signals)].append(ended.seconds)
    assert max(took[1]) <= 15
    assert max(took[2]) <= 15  # 2 s are promised, but two signals may come to a busy process as one
    figure(1, f"{kills} kill -9 and 40 SIGTERM: 0 lost, 0 doubled, 0 broken lines, the same records in the end")
    figure(3, f"one signal: {max(took[1]):.1f} s at most; two 20 ms apart: {max(took[2]):.1f} s at most")


@pytest.mark.matrix(3, "SIGTERM or SIGINT: the page at hand is finished, committed and in the shards, and nothing else")
def test_one_signal_ends_a_crawl_in_order(host: Host, tmp_path: Path) -> None:
    run = crawl(host, tmp_path)
    run.until(lambda: len(host.log) > 10)
    asked = len(host.log)
    run.tell(TERM)
    ended = run.end()
    assert ended.code == 0, ended.err
    assert "demo was stopped; the next run goes on" in ended.out
    assert ended.err == STOPS
    assert ended.seconds < 15
    assert len(host.log) - asked <= 2  # one may have gone out before the signal was heeded
    assert len(urls(tmp_path)) == len(host.pages()) - 1 == committed(tmp_path)


@pytest.mark.matrix(3, "a page or robots.txt at hand is waited for, but not for long; no host is closed for that")
@pytest.mark.parametrize(("slow", "number"), [("/d/*", TERM), ("/robots.txt", INT)])
def test_a_slow_page_does_not_hold_up_the_end(
    hostile: Hostile, tmp_path: Path, slow: str, number: signal.Signals
) -> None:
    host = hostile.host()
    documents_at(host, 3)
    host.routes[slow] = lambda ask: iter([60.0])
    run = Run(site_at(host), tmp_path, settings={"DOWNLOAD_TIMEOUT": 20})
    run.until(lambda: host.open and host.asked()[-1].startswith(slow.rstrip("*")))
    asked = len(host.log)
    run.tell(number)
    ended = run.end()
    assert (ended.code, ended.err, len(host.log)) == (0, STOPS, asked)
    assert "not asked any more" not in ended.out
    assert ended.seconds < 15


@pytest.mark.matrix(3, "a second signal ends it at once, also while shards are written; exit 3, and nothing is lost")
def test_two_signals_break_a_crawl_off(host: Host, tmp_path: Path) -> None:
    run = Run(site_at(host), tmp_path, values=SMALL, pauses={"os:fsync": 0.5})
    run.until(lambda: list((tmp_path / "documents").glob(".*.tmp")))
    for _ in range(2):
        run.tell(TERM)
        time.sleep(0.02)
    stored = committed(tmp_path)
    ended = run.end()
    assert ended.code == 3, ended.err
    assert ended.err == f"{STOPS}scrapy: broken off; what was not committed is fetched again by the next run\n"
    assert ended.seconds < 10
    assert committed(tmp_path) >= stored > 0


@pytest.mark.matrix(3, "a signal while the crawl is being opened is not forgotten")
def test_a_signal_before_the_first_page(host: Host, tmp_path: Path) -> None:
    Ledger(tmp_path / "ledger.sqlite").close()
    other = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    run = crawl(host, tmp_path)
    run.until(lambda: run.handles(TERM))
    time.sleep(0.1)
    run.tell(TERM)
    other.close()
    ended = run.end()
    assert ended.code == 0, ended.err
    assert "demo was stopped" in ended.out or "demo was not begun" in ended.out
    assert len(host.pages()) < 10


@pytest.mark.matrix(3, "SIGHUP, which nobody handles, ends the process; what is committed stays, and no lock is left")
def test_a_hang_up(host: Host, tmp_path: Path) -> None:
    run = crawl(host, tmp_path)
    run.until(lambda: len(host.log) > 20)
    run.tell(signal.SIGHUP)
    assert run.end().code == -signal.SIGHUP
    assert committed(tmp_path) >= 5
    with site_lock(tmp_path, "demo"):
        pass
