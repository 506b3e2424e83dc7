"""`scrapy work`: several machines share a ledger; one that dies, freezes or is cut off costs what it had in flight."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from cleaners.sites import Site
from crawler.running.worker import SOON, Worker
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.postgres import PostgresAddress
from tests.cluster import NewDatabase
from tests.hostile import Host, Hostile
from tests.library import Library
from tests.live import site_at
from tests.running import DEADLINE, Run

pytestmark = pytest.mark.cluster

PAGES, PAUSE, LEASE = 15, 0.2, 2.0
"""Documents of a site, seconds between two requests to a host, and seconds of a lease."""
EACH = {"pipelines.ledger.documents:COMMIT_PAGES": 1}
"""Each page is committed by itself, as with pauses of more than a second: else those of the last second come again."""
LATE = 0.05
"""Seconds by which the server may see a request early: its threads note the time when they are let."""


@pytest.fixture
def place(new_database: NewDatabase) -> PostgresAddress:
    return new_database()


@pytest.fixture
def hosts(hostile: Hostile) -> list[Host]:
    return [hostile.host(f"127.0.0.{number}") for number in range(1, 5)]


@pytest.fixture
def sites(hosts: list[Host]) -> list[Site]:
    for host in hosts:
        Library(host, PAGES)
    return [site_at(host, name=f"site{number}") for number, host in enumerate(hosts)]


@pytest.fixture
def work(sites: list[Site], place: PostgresAddress, tmp_path: Path) -> Iterator[Callable[[str], Run]]:
    """Start a worker of a name, with a data folder of its own as on another machine."""
    started: list[Run] = []

    def start(name: str) -> Run:
        settings = {"LEDGER": place, "LEASE_SECONDS": LEASE, "DOWNLOAD_DELAY": PAUSE, "TRAP_PAGES": 0}
        started.append(
            Run(sites[0], tmp_path / name, "--sites", "2", *(each.name for each in sites),
                others=sites[1:], settings=settings, values=EACH, command="work")
        )  # fmt: skip
        return started[-1]

    yield start
    for run in started:
        if run.process.poll() is None:
            run.process.send_signal(signal.SIGCONT)
            run.process.send_signal(signal.SIGKILL)


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not happened():
        assert time.monotonic() < deadline, "the workers hang"
        time.sleep(0.05)


def stored(place: PostgresAddress) -> int:
    with closing(Ledger(place)) as ledger:
        return int(ledger.value("SELECT count(*) FROM urls WHERE document IS NOT NULL"))


def given_back(place: PostgresAddress) -> bool:
    with closing(Ledger(place)) as ledger:
        return not ledger.rows("SELECT 1 FROM leases WHERE held_until > now()")


def asked(host: Host) -> Counter[str]:
    return Counter(ask.path for ask in host.log if ask.path.startswith("/d/"))


def check(hosts: list[Host], place: PostgresAddress, *, in_flight: int) -> None:
    """Check that every page was asked for, once but those in flight, no pause was too short, nothing was lost."""
    twice = [path for host in hosts for path, times in asked(host).items() if times > 1]
    assert [len(asked(host)) for host in hosts] == [PAGES] * len(hosts)
    assert len(twice) <= in_flight
    assert max(times for host in hosts for times in asked(host).values()) <= 2
    pauses = [after.at - before.at for host in hosts for before, after in pairwise(host.log)]
    assert min(pauses) > PAUSE - LATE
    assert stored(place) == PAGES * len(hosts)


def ended_well(run: Run) -> None:
    run.tell(signal.SIGTERM)
    ended = run.end()
    assert ended.code == 0, ended.err


def test_a_worker_that_is_killed_costs_its_pages_in_flight(
    work: Callable[[str], Run], hosts: list[Host], place: PostgresAddress
) -> None:
    killed, other = work("a"), work("b")
    until(lambda: all(len(asked(host)) >= 4 for host in hosts))
    killed.process.send_signal(signal.SIGKILL)
    until(lambda: stored(place) == PAGES * len(hosts) and given_back(place))
    ended_well(other)
    check(hosts, place, in_flight=2)


def test_a_worker_that_was_frozen_writes_and_asks_nothing_more(
    work: Callable[[str], Run], hosts: list[Host], place: PostgresAddress
) -> None:
    frozen, other = work("a"), work("b")
    until(lambda: all(len(asked(host)) >= 4 for host in hosts))
    frozen.process.send_signal(signal.SIGSTOP)
    until(lambda: stored(place) == PAGES * len(hosts) and given_back(place))
    frozen.process.send_signal(signal.SIGCONT)
    time.sleep(LEASE)
    ended_well(frozen)
    ended_well(other)
    check(hosts, place, in_flight=2)


def test_a_site_is_given_back_whatever_becomes_of_its_crawl() -> None:
    """Else its lease is renewed for ever: the server was away, its crawl ended, and nobody else had taken it."""
    given: list[tuple[object, float]] = []

    def fails(*_: object) -> None:
        raise LedgerError("the server is away")

    crawl = SimpleNamespace(lease=object(), crash=lambda: None)
    leases = SimpleNamespace(seconds=1.0, give_back=lambda *of: given.append(of))
    worker: Any = Worker(
        cast("Any", None), cast("Any", leases), [], cast("Any", None), cast("Any", None), most=1, told=fails
    )
    with pytest.raises(LedgerError):
        worker._end(crawl, 0.0)
    assert given == [(crawl.lease, SOON)]
