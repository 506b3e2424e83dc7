"""The ledger: every page and document once, committed together, and never over a file that is something else."""

from __future__ import annotations

import hashlib
import random
import resource
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaners.model import RECORD_FIELDS, Document
from pipelines.ledger import takedowns
from pipelines.ledger.connection import LedgerError, NoLedgerError, connect_file
from pipelines.ledger.copying import COLUMNS
from pipelines.ledger.documents import Ledger, PageStatus
from pipelines.ledger.fetch_results import FetchResult, seconds
from pipelines.ledger.schema import SCHEMA_VERSION
from pipelines.ledger.texts import compressed, decompressed
from pipelines.ledger.urls import PendingUrl
from tests.cluster import STORES, NewDatabase, ledger_at
from tests.documents import ADDED, document
from tests.forked import Forked


class Clock:
    now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=STORES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    opened = Ledger(ledger_at(request, tmp_path), clock=clock)
    yield opened
    opened.close()


FILE = pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
"""For what is said of the file."""


def add(ledger: Ledger, *documents: Document) -> None:
    for each in documents:
        ledger.add(each, site="taowenge", added=ADDED)
    ledger.commit()


def verdict(ledger: Ledger, seen: Document) -> PageStatus:
    return ledger.classify(str(seen.url), str(seen.sha256))[0]


def committed(ledger: Ledger) -> int:
    other = Ledger(ledger.path, create=False)
    try:
        return len(other.documents())
    finally:
        other.close()


def records(ledger: Ledger) -> list[dict[str, object]]:
    return [ledger.record(seq) for seq in ledger.documents()]


def test_record_comes_back_as_it_went_in(ledger: Ledger) -> None:
    one = document("春耕备耕")
    add(ledger, one)
    (record,) = records(ledger)
    assert record == one.record(added=ADDED)
    assert list(record) == list(RECORD_FIELDS)


@FILE
def test_a_commit_is_synced_to_the_disk(ledger: Ledger) -> None:
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert ledger._db.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


@pytest.mark.parametrize("commit", [True, False], ids=["committed", "waiting"])
def test_verdict(ledger: Ledger, *, commit: bool) -> None:
    assert verdict(ledger, document("甲")) is PageStatus.NEW
    ledger.add(document("甲"), site="taowenge", added=ADDED)
    if commit:
        ledger.commit()
    assert verdict(ledger, document("甲")) is PageStatus.UNCHANGED
    assert verdict(ledger, document("甲", "https://a.example/d-1")) is PageStatus.COPY
    assert verdict(ledger, document("乙")) is PageStatus.NEW


def test_a_copy_adds_its_url(ledger: Ledger) -> None:
    add(ledger, document("甲", "https://a.example/p-9"), document("甲", "https://b.example/p-1", source="wm114"))
    add(ledger, document("甲", "https://a.example/d-9"))
    (record,) = records(ledger)
    assert record["urls"] == ["https://a.example/p-9", "https://b.example/p-1", "https://a.example/d-9"]
    assert (record["url"], record["source"]) == ("https://a.example/p-9", "taowenge")


def test_pages_are_committed_by_the_hundred(ledger: Ledger) -> None:
    for number in range(199):
        ledger.add(document(f"第{number}号", f"https://a.example/p-{number}"), site="taowenge", added=ADDED)
    assert committed(ledger) == 100


def test_pages_are_committed_after_a_second(ledger: Ledger, clock: Clock) -> None:
    for text, passed, expected in (("甲", 0, 0), ("乙", 0.9, 0), ("丙", 0.2, 3), ("丁", 0.9, 3)):
        clock.now += passed
        ledger.add(document(text, f"https://a.example/{text}"), site="taowenge", added=ADDED)
        assert committed(ledger) == expected


def test_what_waits_at_the_end_is_forgotten_unless_committed(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "ledger.sqlite")
    first.add(document("甲"), site="taowenge", added=ADDED)
    first.close()
    again = Ledger(tmp_path / "ledger.sqlite")
    assert verdict(again, document("甲")) is PageStatus.NEW
    again.close()


def test_a_changed_page_supersedes_the_old_document(ledger: Ledger) -> None:
    old, new = document("旧文"), document("新文")
    add(ledger, old)
    assert verdict(ledger, new) is PageStatus.NEW
    add(ledger, new)
    (record,) = records(ledger)
    assert (record["id"], record["supersedes"]) == (new.key, [old.key])
    assert ledger.record(1)["urls"] == []
    assert verdict(ledger, document("旧文", "https://a.example/p-2")) is PageStatus.COPY


def test_the_same_page_again_supersedes_nothing_and_has_no_shard_written(ledger: Ledger) -> None:
    same = document("一")
    add(ledger, same)
    ledger.commit()
    for shard, mark in ledger.stale_shards().items():
        ledger.shard_written(*shard, mark, None)
    add(ledger, same)
    ledger.commit()
    assert [(each["id"], each["supersedes"]) for each in records(ledger)] == [(same.key, None)]
    assert ledger.stale_shards() == {}


def test_a_site_is_due_at_once_while_addresses_wait_and_refreshed_once_a_crawl_has_ended(ledger: Ledger) -> None:
    assert (ledger.is_crawled("taowenge"), ledger.next_due("taowenge")) == (False, None)
    add(ledger, document("一"))
    due = seconds(ADDED) + ledger.schedule.initial
    assert (ledger.is_crawled("taowenge"), ledger.next_due("taowenge")) == (True, due)
    ledger.begin_job("taowenge", "", seconds(ADDED))
    ledger.schedule_urls([PendingUrl("https://a.example/p-2", None)], site="taowenge")
    ledger.commit()
    assert (ledger.is_crawled("taowenge"), ledger.next_due("taowenge")) == (False, 0)
    ledger.end_job("taowenge", complete=True)
    assert (ledger.is_crawled("taowenge"), ledger.next_due("taowenge")) == (True, due)
    assert (ledger.is_crawled("wm114"), ledger.next_due("wm114")) == (False, None)


def test_an_old_document_with_another_url_stays(ledger: Ledger) -> None:
    old = document("旧文", "https://a.example/p-1")
    add(ledger, old, document("旧文", "https://a.example/p-2"))
    add(ledger, document("新文", "https://a.example/p-1"))
    first, second = records(ledger)
    assert (first["url"], first["urls"]) == ("https://a.example/p-2", ["https://a.example/p-2"])
    assert (second["urls"], second["supersedes"]) == (["https://a.example/p-1"], [old.key])


def test_a_page_that_changes_back_brings_the_old_document_back(ledger: Ledger) -> None:
    old, new = document("旧文"), document("新文")
    add(ledger, old, new, old)
    (record,) = records(ledger)
    assert (record["id"], record["supersedes"]) == (old.key, [new.key])
    add(ledger, new)
    assert [(each["id"], each["supersedes"]) for each in records(ledger)] == [(new.key, [old.key])]


def test_a_page_without_text_is_known_and_no_document(ledger: Ledger) -> None:
    add(ledger, document("甲"))
    for url in ("https://a.example/p-1", "https://a.example/p-2"):
        ledger.record_fetch(FetchResult(url=url, site="taowenge", fetched=0, kind="no_text"))
    ledger.commit()
    rows = ledger._db.execute("SELECT url, kind, document FROM urls").fetchall()
    assert rows == [("https://a.example/p-1", "document", 1), ("https://a.example/p-2", "no_text", None)]
    add(ledger, document("乙", "https://a.example/p-2"))
    assert [record["urls"] for record in records(ledger)] == [["https://a.example/p-1"], ["https://a.example/p-2"]]


@pytest.mark.parametrize("surrogate", [{"text": "坏\ud800"}, {"text": "坏", "url": "https://a.example/\udc80"}])
def test_a_lone_surrogate_is_refused_and_harms_no_other_page(ledger: Ledger, surrogate: dict[str, str]) -> None:
    bad = document(**{"text": "坏", **surrogate})
    with pytest.raises((ValueError, TypeError)):
        ledger.add(bad, site="taowenge", added=ADDED)
    with pytest.raises(ValueError, match="surrogates"):
        ledger.record_fetch(FetchResult(url="https://a.example/\udc80", site="taowenge", fetched=0))
    add(ledger, document("好"))
    assert len(records(ledger)) == 1


STEPS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("甲乙丙丁戊"), st.booleans()), max_size=25)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(STEPS)
def test_the_ledger_agrees_with_a_dict(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bool]]
) -> None:
    agrees(Ledger(tmp_path_factory.mktemp("model") / "ledger.sqlite"), steps)


@pytest.mark.cluster
@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_ledger_in_postgresql_agrees_with_a_dict(
    new_database: NewDatabase, steps: list[tuple[str, str, bool]]
) -> None:
    agrees(Ledger(new_database()), steps)


def agrees(ledger: Ledger, steps: list[tuple[str, str, bool]]) -> None:
    """Take the steps, and check that the ledger holds what they say."""
    pages: dict[str, str] = {}
    ever: set[str] = set()
    for url, text, commit in steps:
        seen = document(text, url)
        expected = (
            PageStatus.UNCHANGED if pages.get(url) == text else PageStatus.COPY if text in ever else PageStatus.NEW
        )
        assert verdict(ledger, seen) is expected
        if expected is not PageStatus.UNCHANGED:
            ledger.add(seen, site="taowenge", added=ADDED)
        pages[url] = text
        ever.add(text)
        if commit:
            ledger.commit()
    ledger.commit()
    found = {str(record["text"]): record["urls"] for record in records(ledger)}
    assert found == {text: [url for url in pages if pages[url] == text] for text in pages.values()}
    ledger.close()


@pytest.mark.parametrize("seed", range(2))
def test_pages_committed_together_leave_what_they_leave_one_by_one(ledger: Ledger, tmp_path: Path, seed: int) -> None:
    """Pages that change, change back, vanish and share texts, one of them taken down; some waited together."""
    chance = random.Random(seed)
    with closing(Ledger(tmp_path / "alone.sqlite")) as alone:
        pair = (ledger, alone)
        for each in pair:
            takedowns.take_down(each, "x", urls=["https://a.example/x"], documents=[], added=ADDED, why="")
        for number in range(120):
            seen = document(chance.choice("甲乙丙丁戊己"), f"https://a.example/{chance.choice('abcdx')}")
            result = FetchResult(url=str(seen.url), site="taowenge", fetched=number, outcome="gone", final=True)
            stored, commit = chance.random() < 0.8, chance.random() < 0.1
            for each in pair:
                if stored:
                    each.add(seen, site="taowenge", added=ADDED)
                else:
                    each.record_fetch(result)
                if commit or each is alone:
                    each.commit()
        ledger.commit()
        assert ledger.removed == alone.removed > 0
        for table in ("documents", "urls", "supersessions"):
            columns = COLUMNS[table].removeprefix("seq, " if table == "urls" else "")  # PostgreSQL leaves some out
            query = f"SELECT {columns} FROM {table} ORDER BY {'seq' if table == 'urls' else '1, 2'}"  # noqa: S608
            rows = [[tuple(row) for row in each.rows(query)] for each in pair]
            assert rows[0] == rows[1]


def foreign(path: Path) -> None:
    """A program was killed over it: opened with SQLite, it would change."""
    original = path.parent / "other.sqlite"
    database = sqlite3.connect(original)
    database.executescript("PRAGMA journal_mode = WAL; CREATE TABLE mine (x); INSERT INTO mine VALUES (1);")
    for suffix in ("", "-wal"):
        shutil.copy(f"{original}{suffix}", f"{path}{suffix}")
    database.close()


def newer(path: Path) -> None:
    Ledger(path).close()
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()


def filled(path: Path) -> bytearray:
    ledger = Ledger(path)
    for number in range(300):
        ledger.add(document(f"第{number}号", f"https://a.example/p-{number}"), site="taowenge", added=ADDED)
    ledger.commit()
    ledger.close()
    return bytearray(path.read_bytes())


def cut_short(path: Path) -> None:
    path.write_bytes(filled(path)[:-5000])


def overwritten(path: Path) -> None:
    data = filled(path)
    data[4096 * 2 : 4096 * 12] = b"\xa5" * (4096 * 10)
    path.write_bytes(data)


def a_text(path: Path) -> None:
    path.write_text("这不是数据库。" * 1000)


@pytest.mark.parametrize("make", [foreign, newer, cut_short, overwritten, a_text])
@pytest.mark.parametrize("create", [True, False], ids=["crawl", "export"])
def test_another_file_is_refused_and_untouched(tmp_path: Path, make: Callable[[Path], None], *, create: bool) -> None:
    path = tmp_path / "ledger.sqlite"
    make(path)
    before = {each: each.read_bytes() for each in tmp_path.iterdir()}
    with pytest.raises(LedgerError) as raised:
        Ledger(path, create=create)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_damage_met_later_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    filled(path)
    ledger = Ledger(path)
    overwritten_bytes = bytearray(path.read_bytes())
    overwritten_bytes[4096 * 2 :] = b"\xa5" * (len(overwritten_bytes) - 4096 * 2)
    path.write_bytes(overwritten_bytes)
    ledger._db.execute("PRAGMA shrink_memory")
    with pytest.raises(LedgerError, match="damaged"):
        add(ledger, document("甲", "https://a.example/new"))
    ledger.close()
    assert path.read_bytes() == overwritten_bytes


def test_a_missing_ledger_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="crawl a site first"):
        Ledger(tmp_path / "data" / "ledger.sqlite", create=False)
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_made_is_a_ledger_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(LedgerError, match="data"):
        Ledger(tmp_path / "data" / "ledger.sqlite")


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").touch()
    Ledger(tmp_path / "ledger.sqlite").close()
    Ledger(tmp_path / "ledger.sqlite", create=False).close()


@FILE
def test_a_full_database_keeps_what_it_has_and_goes_on_when_there_is_room(ledger: Ledger) -> None:
    add(ledger, document("甲", "https://a.example/p-1"))
    (pages,) = ledger._db.execute("PRAGMA page_count").fetchone()
    ledger._db.execute(f"PRAGMA max_page_count = {pages + 5}")
    many = [document(random_text(number), f"https://a.example/{number}") for number in range(50)]
    with pytest.raises(LedgerError, match=r"database or disk is full.*space"):
        add(ledger, *many)
    assert committed(ledger) == 1
    assert ledger._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    ledger._db.execute("PRAGMA max_page_count = 100000")
    ledger.commit()
    assert committed(ledger) == 51


def filling(path: Path) -> None:
    """Add documents to a ledger whose files grow to 150,000 bytes at most; print how many were added."""
    ledger = Ledger(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
    for number in range(1000):
        try:
            add(ledger, document(random_text(number), f"https://a.example/{number}"))
        except LedgerError:
            print(number, flush=True)
            sys.exit(74)


def test_threads_keep_and_read_texts_at_once() -> None:
    """Each thread may have a ledger of its own; a compressor that they share ends the process."""
    assert Forked(keeping_in_threads).end() == (0, b"", b"")


def keeping_in_threads() -> None:
    sys.setswitchinterval(1e-6)
    texts = ["".join(map(chr, random.Random(seed).choices(range(0x4E00, 0x9000), k=40_000))) for seed in range(100)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: decompressed(compressed(text)), texts)) == texts


def test_a_full_disk_leaves_the_ledger_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    code, out, err = Forked(filling, path).end()
    assert code == 74, err
    ledger = Ledger(path)
    assert len(ledger.documents()) == int(out) > 5
    assert ledger._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    add(ledger, document("甲"))
    ledger.close()


def random_text(seed: int) -> str:
    return "".join(chr(0x4E00 + digit) for digit in hashlib.shake_256(str(seed).encode()).digest(2000))


def test_a_date_of_change_makes_pages_due_sooner_and_never_later(ledger: Ledger) -> None:
    day = 24 * 3600
    for number in range(4):
        ledger.record_fetch(
            FetchResult(url=f"http://a.example/{number}", site="demo", fetched=10 * day, kind="document")
        )
    ledger.commit()
    dates = {0: 9 * day, 1: 11 * day, 2: 13 * day, 4: 11 * day}
    ledger.mark_modified("demo", {f"http://a.example/{number}": moment for number, moment in dates.items()}, 12 * day)
    assert [row.url[-1] for row in ledger.due("demo", 12 * day)] == ["1"]
    ledger.mark_modified("other", {"http://a.example/3": 11 * day}, 12 * day)
    due = {url[-1]: when for url, when in ledger.rows("SELECT url, next_due FROM urls")}
    assert due == {"0": 40 * day, "1": 11 * day, "2": 40 * day, "3": 40 * day}


def test_an_empty_file_is_read_as_no_ledger_and_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "page.html").touch()
    with pytest.raises(NoLedgerError):
        connect_file(tmp_path / "page.html", create=False)
    assert not (tmp_path / "page.html").stat().st_size
