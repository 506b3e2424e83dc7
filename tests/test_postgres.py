"""The ledger in PostgreSQL beside the one in SQLite: what is told, refused, taken down, marked and copied alike."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from cleaners.model import VERSION
from cleaners.sites import Site
from crawler.downloader.daily_budget import HostBudgets
from crawler.downloader.hosts import HostStates, PolitenessPolicy
from crawler.reports import history
from crawler.reports.summary import summarise
from pipelines.ledger import takedowns
from pipelines.ledger.connection import LedgerError, NoLedgerError
from pipelines.ledger.copying import COLUMNS
from pipelines.ledger.dialect import MAX_SILENCE, for_postgres, tables_for_postgres
from pipelines.ledger.documents import Ledger
from pipelines.ledger.fetch_results import FetchResult
from pipelines.ledger.hosts import HostsTable
from pipelines.ledger.leases import LeaseLost, Leases
from pipelines.ledger.lock import Locked
from pipelines.ledger.postgres import PostgresAddress, fault
from pipelines.ledger.urls import PendingUrl
from pipelines.near.labels import label_ledger
from tests.cluster import STORES, NewDatabase, ledger_at
from tests.documents import ADDED, document
from tests.offline import RunCommand

FIRST, SECOND, THIRD = "https://a.example/1", "https://a.example/2", "https://b.example/3"
SITE = Site(name="a", title="示范", template="demo", domains=("a.example",), start=(FIRST,), documents=("^/d/",))
cluster = pytest.mark.cluster


@pytest.fixture(params=STORES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(ledger_at(request, tmp_path))) as opened:
        yield opened


@pytest.fixture
def place(new_database: NewDatabase) -> PostgresAddress:
    return new_database()


def add(ledger: Ledger, *texts: str) -> None:
    for text in texts:
        ledger.add(document(text, f"https://a.example/{text[:9]}"), site="a", added=ADDED)
        ledger.commit()


@pytest.mark.parametrize("command", ["config", "crawl"])
def test_a_password_is_refused_and_not_repeated(run_command: RunCommand, command: str) -> None:
    code, out, err = run_command(command, "-s", "LEDGER=postgresql://me:geheim@db.example/wenqing")
    assert (code, "PGPASSFILE" in err, "geheim" in out + err) == (2, True, False)


@pytest.mark.parametrize("url", ["postgresql://db/x?password=geheim", "http://db/x", "postgresql://[db"])
def test_what_is_no_address_is_told_without_it(url: str) -> None:
    assert url not in str(fault(url))
    assert "geheim" not in str(fault(url))


def test_statements_of_the_common_form_are_translated() -> None:
    assert for_postgres("SELECT ? LIKE 'a%' AND :one") == "SELECT %s LIKE 'a%%' AND %(one)s"
    assert "; SELECT pg_advisory_xact_lock(" in for_postgres("BEGIN IMMEDIATE")
    script = "PRAGMA user_version = 5;\nCREATE TABLE a (b BLOB, -- c\nd REAL) WITHOUT ROWID;"
    assert tables_for_postgres(script).split() == ["CREATE", "TABLE", "a", "(b", "BYTEA,", "d", "DOUBLE", "PRECISION);"]


def test_a_takedown_takes_every_version_and_is_refused(ledger: Ledger) -> None:
    ledger.add(document("旧的一篇。", FIRST), site="a", added=ADDED)
    ledger.add(document("新的一篇。", FIRST), site="a", added=ADDED)
    ledger.add(document("别的一篇。", SECOND), site="a", added=ADDED)
    ledger.commit()
    found = takedowns.versions(ledger, urls=[FIRST])
    assert len(found) == 2
    done = takedowns.take_down(ledger, FIRST, urls=[FIRST], documents=found, added=ADDED, why="请求")
    assert (done.urls, done.texts) == (1, 2)
    ledger.add(document("旧的一篇。", THIRD), site="a", added=ADDED)
    ledger.commit()
    assert [record["text"] for record in ledger.records(ledger.documents())] == ["别的一篇。"]
    assert takedowns.addresses_at(ledger, "a.example") == sorted([FIRST, SECOND])
    assert takedowns.names_of(ledger, urls=[FIRST]) == [FIRST]
    takedowns.undo(ledger, FIRST)
    assert takedowns.listed(ledger) == []


def test_a_job_goes_on_and_what_is_due_is_found(ledger: Ledger) -> None:
    assert ledger.begin_job("a", "", 100) == (None, [])
    ledger.schedule_urls([PendingUrl(FIRST, None), PendingUrl(SECOND, "document", 1)], site="a")
    ledger.record_fetch(FetchResult(url=FIRST, site="a", fetched=100, kind="listing"))
    ledger.commit()
    assert not ledger.is_crawled("a")
    ledger.end_job("a", complete=False)
    began, waiting = ledger.begin_job("a", "", 101)
    assert (began, [each.url for each in waiting]) == (100, [SECOND])
    ledger.add(document("一篇。", SECOND), site="a", added=ADDED)
    ledger.commit()
    ledger.end_job("a", complete=True)
    assert ledger.is_crawled("a")
    assert ledger.count_due(10**10) == [("a", "document", 1), ("a", "listing", 1)]
    assert [each.version for each in ledger.due("a", 10**10, limit=2)] == [None, VERSION]
    assert ledger.count_crash(FIRST, site="a") == 1


def test_copies_are_marked_alike(ledger: Ledger, tmp_path: Path) -> None:
    text = "".join(f"第{number}条：各单位应当在{number}月底以前报送材料。" for number in range(60))
    add(ledger, text, "别的内容，与此无关。" * 9, f"转载：{text}")
    done = label_ledger(tmp_path, ledger=ledger.path)
    assert (done.judged, done.copies, done.clusters) == (3, 1, 1)
    labels = [(record["cluster"], record["containment"]) for record in ledger.records(ledger.documents())]
    assert labels[1] == (None, None)
    assert labels[0][0] == labels[2][0] != None  # noqa: E711
    assert labels[2][1] > 0.9
    assert label_ledger(tmp_path, ledger=ledger.path).judged == 0
    assert label_ledger(tmp_path, "drop", ledger=ledger.path).left_out


@cluster
def test_two_writers_and_a_judge_between_them_end_as_one_writer_does(place: PostgresAddress, tmp_path: Path) -> None:
    """Numbers are given in the order of commits, so a judge who has read up to one has read all before it."""

    def text(number: int) -> str:
        return "".join(map(chr, random.Random(number).choices(range(0x4E00, 0x9000), k=400)))

    def store(name: str, at_once: int, pause: float) -> None:
        with closing(Ledger(place)) as mine:
            mine.fence = lambda _: time.sleep(pause)  # within the commit: who does not wait for it comes first
            for number in range(24):
                words = f"{name}转载{number}：{text(number % 8)}"
                mine.add(document(words, f"https://{name}.example/{number}", source=name), site=name, added=ADDED)
                if number % at_once == at_once - 1:
                    mine.commit()

    Ledger(place).close()
    with ThreadPoolExecutor(2) as pool:
        writing = [pool.submit(store, "a", 12, 0.5), pool.submit(store, "b", 2, 0)]
        while not all(done.done() for done in writing):
            label_ledger(tmp_path, ledger=place)
        for done in writing:
            done.result()
    label_ledger(tmp_path, ledger=place)
    with closing(Ledger(place)) as ledger:
        found = list(ledger.records(ledger.documents()))
    alone = tmp_path / "alone"
    with closing(Ledger(alone / "ledger.sqlite")) as ledger:
        for record in found:
            ledger.add(document(record["text"], record["url"]), site="one", added=ADDED)
        ledger.commit()
        label_ledger(alone)
        expected = list(ledger.records(ledger.documents()))
    names = ("url", "cluster", "duplicate_of", "containment")
    assert [[record[name] for name in names] for record in found] == [
        [record[name] for name in names] for record in expected
    ]
    assert len({record["cluster"] for record in found}) == 8


@cluster
def test_a_nul_is_refused_at_the_door(place: PostgresAddress) -> None:
    with closing(Ledger(place)) as ledger:
        with pytest.raises(ValueError, match="NUL"):
            ledger.add(document("一篇。", "https://a.example/\0"), site="a", added=ADDED)
        add(ledger, "别的一篇。")
        assert len(ledger.documents()) == 1


@cluster
def test_what_is_not_there_or_not_ours_is_one_line(place: PostgresAddress) -> None:
    with pytest.raises(NoLedgerError, match="no ledger here"):
        Ledger(place, create=False)
    with pytest.raises(LedgerError, match="see that the server runs") as away:
        Ledger(PostgresAddress("postgresql:///none?host=/nowhere"))
    assert "\n" not in str(away.value)
    with closing(Ledger(place)) as ledger, ledger.transaction() as db:
        db.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(LedgerError, match="later version"):
        Ledger(place)


@cluster
def test_a_site_has_one_lease_and_a_lost_one_writes_nothing(place: PostgresAddress) -> None:
    ours, theirs = Leases(place, 30, "ours"), Leases(place, 30, "theirs")
    lease = ours.take(["a"])
    assert lease
    assert theirs.take(["a"]) is None
    with pytest.raises(Locked, match="another run"), theirs.hold("a"):
        pass
    with closing(Ledger(place)) as ledger:
        ledger.fence = lease.fence
        add(ledger, "一篇。")
        ledger.rows("UPDATE leases SET held_until = now() - interval '1 second' RETURNING site")
        add(ledger, "还没有被接走。", "所以还能写。")
        assert theirs.take(["a"])
        with pytest.raises(LeaseLost):
            add(ledger, "迟了。")
    assert not lease.holds()
    with closing(Ledger(place)) as ledger:
        assert len(ledger.documents()) == 3
    ours.give_back(lease)  # changes nothing
    assert ours.take(["a"]) is None


@cluster
def test_a_writer_that_falls_silent_keeps_nobody_waiting(place: PostgresAddress) -> None:
    def falls_silent() -> None:
        with silent.transaction() as db:
            assert db.execute("SHOW idle_in_transaction_session_timeout").fetchone() == (f"{MAX_SILENCE}s",)
            db.execute("INSERT INTO rounds (site, task, began) VALUES ('a', '', 7)")
            db.execute("SET LOCAL idle_in_transaction_session_timeout = 50")
            add(other, "一篇。")

    with closing(Ledger(place)) as silent, closing(Ledger(place)) as other:
        with pytest.raises(LedgerError, match="idle-in-transaction"):
            falls_silent()
        assert (len(other.documents()), other.value("SELECT count(*) FROM rounds")) == (1, 0)


@cluster
def test_the_day_and_the_pauses_of_a_host_go_with_its_site(place: PostgresAddress) -> None:
    policy = PolitenessPolicy(
        min_delay=3, delay_factor=5, time_scale=1, max_requests_per_day=9, max_bytes_per_day=10**9
    )
    first = HostStates(policy, HostBudgets.read(HostsTable(place, "a")), clock=lambda: 50.0)
    first.asked("a.example")
    first.answered("a.example", 2.0, status=200, size=7)
    first.budgets.save()
    second = HostStates(policy, HostBudgets.read(HostsTable(place, "a")), clock=lambda: 9.0, handed_over=True)
    assert second.budgets.hosts["a.example"].pages == 1
    assert second.wait("a.example") >= 10
    assert second.wait("unknown.example") == 3


@cluster
def test_the_history_is_a_table(place: PostgresAddress, tmp_path: Path) -> None:
    Ledger(place).close()
    stats = {"finish_reason": "finished", "pages/fetched": 3, "documents/stored": 2, "documents/fetched": 2}
    history.add(tmp_path, [summarise(SITE, stats)], "crawl", place=place)
    (run,) = history.read(tmp_path, place=place)
    assert (run.site, run.documents) == ("a", 2)
    assert not (tmp_path / "reports").exists()


def test_a_copy_holds_every_table_with_all_columns(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
        for table, columns in COLUMNS.items():
            known = {name for _, name, *_ in ledger.rows(f"PRAGMA table_info({table})")}
            assert set(columns.replace("CAST(", "").replace(" AS BLOB)", "").split(", ")) == known
        tables = {name for (name,) in ledger.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables - set(COLUMNS) == {"meta", "shards", "stale_shards", "sqlite_sequence"}


@cluster
def test_a_ledger_goes_to_postgresql_and_back(run_command: RunCommand, place: PostgresAddress, tmp_path: Path) -> None:
    file, back = tmp_path / "ledger.sqlite", tmp_path / "back.sqlite"
    with closing(Ledger(file)) as ledger:
        add(ledger, "甲，关于植树的通知。", "乙，关于防汛的通知。", "丙，关于值班的通知。")
        ledger.add(document("丁，改过的通知。", "https://a.example/甲，关于植树的通"), site="a", added=ADDED)
        ledger.begin_job("a", "", 7)
        ledger.commit()
        takedowns.take_down(ledger, SECOND, urls=[SECOND], documents=[2], added=ADDED, why="")
    for source, target in ((file, place), (place, back)):
        code, out, err = run_command("ledger", "copy", str(source), str(target))
        assert (code, err) == (0, "")
        assert "4 documents" in out
        assert "read again and the same" in out
    found = []
    for where in (file, place, back):
        with closing(Ledger(where)) as ledger:
            found.append(list(ledger.records(ledger.documents())))
            add(ledger, "戊，后来的通知。")
            assert ledger.documents()[-1] > 4
    assert found[0] == found[1] == found[2]
    code, _, err = run_command("ledger", "copy", str(file), str(place))
    assert (code, "nothing of it is overwritten" in err) == (74, True)
