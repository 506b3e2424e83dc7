"""`scrapy dedup`: marks in the ledger and its shards, and in the records of files."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import orjson
import pyarrow.parquet as pq
import pytest
import zstandard
from scrapy.cmdline import execute

from benchmarks.copies import planted
from cleaners.canonical import digest
from cleaners.model import RECORD_FIELDS
from crawler.commands.export import export
from crawler.files.outputs import Output
from pipelines.engine import connected
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.exports import ExportFilter, LeftOutStats
from pipelines.ledger.lock import Locked, hold_lock
from pipelines.ledger.schema import SCHEMA_VERSION
from pipelines.near.containment import SHARE
from pipelines.near.labels import DedupResult, label_ledger
from pipelines.near.representatives import choose, representative
from tests import dedup_program
from tests.documents import ADDED, document
from tests.forked import Forked, scrapy_command
from tests.offline import page, save, scrapy
from tests.pieces import prose

Run = Callable[..., tuple[int, str, str]]
MARKS = ("duplicate_of", "containment", "cluster")

WHOLE, OTHER = prose("whole", 900), prose("other")
PREVIEW = WHOLE[:400]
CHANGED = WHOLE[500:] + prose("more", 90)


def crawled(data: Path, *texts: str, urls: Iterable[str] = (), **facts: Any) -> None:
    """Store the texts in the ledger of `data`, each at an address of its own unless told."""
    ledger = Ledger(data / "ledger.sqlite")
    before = len(ledger.documents())
    for number, text in enumerate(texts):
        url = next(iter(urls), f"https://a.example/{before + number}")
        ledger.add(document(text, url, sha256=digest(text), **facts), site="a", added=ADDED)
        ledger.commit()
    ledger.close()


def shards(data: Path) -> dict[str, dict[str, Any]]:
    """Return the records of the shards by their text."""
    files = sorted((data / "documents").glob("*.jsonl"))
    records = [orjson.loads(line) for file in files for line in file.read_bytes().splitlines()]
    return {record["text"]: record for record in records}


def key(text: str) -> str:
    return digest(text)[:16]


def marks(record: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(record[name] for name in MARKS)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A crawl that found a preview, something else, the whole text, and a changed end of it."""
    crawled(tmp_path / "data", PREVIEW, OTHER, WHOLE, CHANGED)
    return tmp_path / "data"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run `scrapy dedup`; return exit code, output and errors."""
    monkeypatch.chdir(Path(__file__).parent.parent)

    def run(*arguments: object, **settings: object) -> tuple[int, str, str]:
        given = {"DATA_DIR": tmp_path / "data", **settings}
        options = [option for name, value in given.items() for option in ("-s", f"{name}={value}")]
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "dedup", *map(str, arguments), *options])
        out, errors = capfdbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out.decode(), errors.decode()

    return run


# In the ledger


def test_copies_are_marked_in_the_shards(run: Run, data: Path) -> None:
    assert run() == (0, "4 documents judged; 2 copies in 1 cluster\n", "")
    found = shards(data)
    assert marks(found[PREVIEW]) == (None, None, key(PREVIEW))
    assert marks(found[OTHER]) == (None, None, None)
    owner, containment, cluster = marks(found[WHOLE])
    assert (owner, cluster) == (key(PREVIEW), key(PREVIEW))
    assert 0.3 < containment == round(containment, 3) < 0.6
    assert found[CHANGED]["duplicate_of"] == key(WHOLE)


def test_a_second_run_judges_what_is_new_and_touches_no_other_shard(run: Run, data: Path) -> None:
    run()
    before = {path: path.stat().st_mtime_ns for path in (data / "documents").iterdir()}
    assert run()[1] == "0 documents judged; 2 copies in 1 cluster\n"
    assert {path: path.stat().st_mtime_ns for path in (data / "documents").iterdir()} == before
    crawled(data, OTHER[100:], source="wm114")
    assert run()[1] == "1 document judged; 3 copies in 2 clusters\n"
    found = shards(data)
    assert marks(found[OTHER[100:]])[::2] == (key(OTHER), key(OTHER))
    assert marks(found[OTHER]) == (None, None, key(OTHER))


@pytest.mark.parametrize("broken", ["lost", "rebuild", "other ledger"])
def test_the_index_can_be_made_again(run: Run, data: Path, broken: str) -> None:
    run()
    before = shards(data)
    if broken == "lost":
        (data / "near.sqlite").unlink()
    if broken == "other ledger":
        (data / "ledger.sqlite").unlink()
        crawled(data, PREVIEW, OTHER, WHOLE)
        run()
        assert marks(shards(data)[WHOLE]) == marks(before[WHOLE])
        return
    assert run(*(["--rebuild"] if broken == "rebuild" else []))[1].startswith("4 documents judged")
    assert shards(data) == before


def test_dropped_copies_leave_the_shards_to_what_holds_them(run: Run, data: Path) -> None:
    code, out, _ = run(DEDUP="drop")
    assert (code, out) == (
        0,
        "4 documents judged; 2 copies in 1 cluster; left out 1 document, 400 characters, 0 of them nowhere else\n",
    )
    found = shards(data)
    assert set(found) == {WHOLE, OTHER, CHANGED}
    assert marks(found[WHOLE]) == (None, None, key(PREVIEW))
    assert marks(found[CHANGED])[::2] == (key(WHOLE), key(PREVIEW))
    run()
    assert len(shards(data)) == 4


def test_what_is_dropped_is_a_setting(run: Run, data: Path) -> None:
    assert run(DEDUP="drop", UNIQUE_SHARE=0.6)[1].endswith(
        "left out 2 documents, 890 characters, 90 of them nowhere else\n"
    )
    assert set(shards(data)) == {WHOLE, OTHER}


def test_silent_copies_have_no_marks(run: Run, data: Path) -> None:
    assert run(DEDUP="silent")[1] == "4 documents judged; 2 copies in 1 cluster\n"
    assert {marks(record) for record in shards(data).values()} == {(None, None, None)}
    assert choose(data / "ledger.sqlite", {1, 2, 3, 4}, SHARE).groups == [[3, 1], [2], [4]]


def test_a_changed_page_is_no_copy_of_its_older_self(run: Run, tmp_path: Path) -> None:
    data, page = tmp_path / "data", ["https://a.example/page"]
    crawled(data, WHOLE, urls=page)
    run()
    crawled(data, WHOLE + prose("new", 60), urls=page)
    run()
    assert marks(shards(data)[WHOLE + prose("new", 60)]) == (None, None, None)
    crawled(data, WHOLE[:700])
    run()
    found = shards(data)
    assert len(found) == 2
    assert marks(found[WHOLE[:700]])[::2] == (key(WHOLE + prose("new", 60)), key(WHOLE))
    crawled(data, WHOLE, urls=page)
    run()
    assert marks(shards(data)[WHOLE[:700]])[0] == key(WHOLE)


def test_a_ledger_of_the_third_version_keeps_all_it_has(tmp_path: Path) -> None:
    crawled(tmp_path, WHOLE, PREVIEW)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        database.executescript("DROP TABLE copies; PRAGMA user_version = 3")
    assert label_ledger(tmp_path) == DedupResult(judged=2, copies=1, clusters=1)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        assert database.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert shards(tmp_path).keys() == {WHOLE, PREVIEW}


def test_documents_that_have_left_the_ledger_are_named_no_more(run: Run, data: Path) -> None:
    run()
    with sqlite3.connect(data / "ledger.sqlite") as database:
        database.executescript(
            "PRAGMA foreign_keys = ON; DELETE FROM urls WHERE document = 1; DELETE FROM documents WHERE seq = 1"
        )
    assert run()[1] == "0 documents judged; 1 copy in 1 cluster\n"
    found = shards(data)
    assert PREVIEW not in found
    assert marks(found[WHOLE]) == (None, None, key(WHOLE))
    assert marks(found[CHANGED])[::2] == (key(WHOLE), key(WHOLE))


def test_one_run_at_a_time(data: Path) -> None:
    with hold_lock(data / "near.lock"), pytest.raises(Locked):
        label_ledger(data)


def test_a_foreign_index_is_told(run: Run, data: Path) -> None:
    (data / "near.sqlite").write_text("这不是数据库。" * 1000)
    code, _, errors = run()
    assert (code, errors.count("\n")) == (74, 1)
    assert "near.sqlite" in errors


def test_a_missing_ledger_is_told(run: Run) -> None:
    code, _, errors = run()
    assert (code, errors.count("\n")) == (2, 1)
    assert "no ledger here" in errors


# At the end of a crawl


def saved(tmp_path: Path) -> Path:
    """Save a whole text and its beginning as pages of one site."""
    whole = next(planted(1, 1)).text.replace("\n", "。")
    for case, text in (("1", whole), ("2", whole[:300])):
        save(tmp_path / "saved", case, f"http://www.gongxun.example/d/{case}.html", page(text=text), site="gongxun")
    return tmp_path / "saved"


def test_a_crawl_marks_copies_at_its_end(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ran = scrapy("crawl", "gongxun", "--replay", str(saved(tmp_path)), "-s", f"DATA_DIR={data}", "-s", "DEDUP=drop")
    assert (ran.returncode, ran.stderr) == (0, "")
    ((text, record),) = shards(data).items()
    assert len(text) > 300
    assert record["cluster"]


def test_a_crawl_refuses_a_word_that_says_nothing(tmp_path: Path) -> None:
    ran = scrapy("crawl", "gongxun", "--replay", str(saved(tmp_path)), "-s", f"DATA_DIR={tmp_path}", "-s", "DEDUP=no")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "mark, drop, silent" in ran.stderr


def test_a_crawl_whose_copies_could_not_be_judged_has_all_documents(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "near.sqlite").write_text("这不是数据库。" * 1000)
    ran = scrapy("crawl", "gongxun", "--replay", str(saved(tmp_path)), "-s", f"DATA_DIR={data}")
    assert (ran.returncode, ran.stderr.count("\n")) == (74, 1)
    assert len(shards(data)) == 2


# Killed


MAX_GROUPS = 5
"""Words that a run says at most before it is killed."""
MAX_PAUSE = 0.02  # seconds from the last word to the kill: about what a group takes


def killed_again_and_again(tmp_path: Path, kills: int) -> list[int]:
    """Kill judging runs; return how many documents were judged after each, once all end as they do unkilled."""
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")
    chance = random.Random(seed)
    progress: list[int] = []
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    documents = planted(2, (kills * MAX_GROUPS + 2) * dedup_program.GROUP)
    crawled(whole, *dict.fromkeys(each.text for each in documents))
    shutil.copytree(whole, broken)
    label_ledger(whole)
    while len(progress) < kills:
        process = Forked(dedup_program.main, broken)
        for _ in range(chance.randint(1, MAX_GROUPS)):
            assert process.readline()
        time.sleep(chance.uniform(0, MAX_PAUSE))
        process.kill()
        assert process.end()[0] == -signal.SIGKILL
        progress.append(judged(broken / "near.sqlite"))
    label_ledger(broken)
    assert rows(broken) == rows(whole)
    assert shards(broken) == shards(whole)
    return progress


def judged(index: Path) -> int:
    if not index.exists():
        return 0
    with sqlite3.connect(index) as database:
        if not database.execute("SELECT 1 FROM sqlite_schema").fetchone():
            return 0
        (count,) = database.execute("SELECT count(*) FROM verdicts").fetchone()
    return int(count)


def rows(data: Path) -> list[Any]:
    """Return all verdicts and all prints."""
    with sqlite3.connect(data / "near.sqlite") as database:
        return [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("verdicts", "prints")]  # noqa: S608


def test_a_killed_run_goes_on_with_the_same_verdicts(tmp_path: Path) -> None:
    progress = killed_again_and_again(tmp_path, kills=3)
    assert progress == sorted(progress)


@pytest.mark.long
def test_fifty_kills_change_no_verdict(tmp_path: Path) -> None:
    progress = killed_again_and_again(tmp_path, kills=50)
    print(f"judged after each kill: {progress}")
    assert progress == sorted(progress)
    assert len(set(progress)) > 10, "the kills fell on too few different moments"


# In files


def write(path: Path, *records: dict[str, Any] | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = b"".join((each if isinstance(each, bytes) else orjson.dumps(each)) + b"\n" for each in records)
    packed = gzip.compress if path.suffix == ".gz" else zstandard.compress if path.suffix == ".zst" else bytes
    path.write_bytes(packed(lines))
    return path


def read(text: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in text.encode().split(b"\n") if line]


def test_files_and_folders_are_read_in_order(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in/b.jsonl.gz", {"id": "b1", "text": PREVIEW, "mine": [1]})
    write(tmp_path / "in/a.jsonl", {"id": "a1", "text": WHOLE}, {"text": OTHER})
    write(tmp_path / "in/sub/c.jsonl.zst", {"id": "c1", "text": OTHER})
    write(tmp_path / "in/.hidden.jsonl", {"id": "h", "text": OTHER})
    code, out, errors = run("-j", 1, tmp_path / "in")
    assert code == 0, errors
    assert errors.startswith("scrapy dedup: documents 4, copies 2, clusters 2, unreadable 0; ")
    assert [(record["id"], *marks(record)) for record in read(out)] == [
        ("a1", None, None, "a1"),
        (key(OTHER), None, None, key(OTHER)),
        ("b1", "a1", 1.0, "a1"),
        ("c1", key(OTHER), 1.0, key(OTHER)),
    ]
    assert read(out)[2]["mine"] == [1]


def test_data_folders_are_read_through_their_ledgers(run: Run, data: Path, tmp_path: Path) -> None:
    crawled(tmp_path / "second", OTHER + prose("tail", 80), WHOLE, source="wm114")
    out = tmp_path / "out.jsonl"
    code, _, errors = run("-j", 1, "-o", out, data, tmp_path / "second", DEDUP="drop")
    assert code == 0, errors
    found = read(out.read_text("utf-8"))
    assert [record["text"] for record in found] == [WHOLE, CHANGED, OTHER + prose("tail", 80)]
    assert [record["cluster"] for record in found] == [key(PREVIEW), key(PREVIEW), key(OTHER)]
    assert not (data / "near.sqlite").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "out.jsonl", "second"]


def test_any_number_of_workers_writes_the_same_bytes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.near.splits.SPLIT_BYTES", 20_000)
    texts = write(tmp_path / "in.jsonl", *({"text": each.text} for each in planted(8, 120)))
    assert run("-j", 1, "-o", tmp_path / "one", texts)[0] == run("-j", 2, "-o", tmp_path / "two", texts)[0] == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert len(read((tmp_path / "one").read_text("utf-8"))) == 120


@pytest.mark.parametrize("unique", [(), ("--unique",)])
def test_with_too_little_memory_the_bytes_are_the_same(
    unique: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = write(tmp_path / "in.jsonl", *({"text": each.text} for each in planted(8, 120)))
    assert run("-j", 1, *unique, "-o", tmp_path / "one", texts)[0] == 0
    monkeypatch.setattr("pipelines.near.batch._DOCUMENT_BYTES", 1 << 20)
    monkeypatch.setattr("pipelines.near.judging.batch.verdicts", None)
    code, _, errors = run("-j", 1, *unique, "-o", tmp_path / "two", texts, DEDUP_MEMORY_MB=100)
    assert code == 0, errors
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_work_folder_is_taken_up_and_goes_at_the_end(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = write(tmp_path / "in.jsonl", *({"text": each.text} for each in planted(8, 60)))
    call, work = ("-j", 1, "--work", tmp_path / "work", "-o", tmp_path / "out.jsonl"), tmp_path / "work"
    monkeypatch.setattr("pipelines.near.batch._DOCUMENT_BYTES", 1 << 30)
    with monkeypatch.context() as failing:
        failing.setattr("pipelines.near.rounds._filled", fails)
        assert run(*call, texts)[0] == 74
    tables = {path: path.stat().st_mtime_ns for path in work.rglob("*")}
    assert {path.name for path in tables} >= {"inputs.json", "prints", "state-1-0", "all-fresh"}
    (tmp_path / "other.jsonl").write_bytes(texts.read_bytes())
    assert "holds work on other files" in run(*call, tmp_path / "other.jsonl")[2]
    with monkeypatch.context() as failing:
        failing.setattr("pipelines.near.records.RecordLabels._labelled", fails)
        assert run(*call, texts)[0] == 74
    assert {path: path.stat().st_mtime_ns for path in tables if path.is_file()}.items() <= tables.items()
    assert run(*call, texts)[0] == 0
    assert not work.exists()
    assert run("-j", 1, "-o", tmp_path / "batch.jsonl", texts)[0] == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "batch.jsonl").read_bytes()


def fails(*_: object) -> Any:
    raise OSError(28, "No space left on device", "work")


def test_a_work_folder_that_holds_other_files_is_refused(run: Run, tmp_path: Path) -> None:
    texts = write(tmp_path / "in.jsonl", {"text": WHOLE})
    code, _, errors = run("--work", tmp_path, "-o", tmp_path / "out.jsonl", texts)
    assert (code, texts.is_file()) == (2, True)
    assert "holds other files; name an empty folder" in errors


def test_unique_leaves_out_what_another_row_holds(run: Run, tmp_path: Path) -> None:
    rows = write(
        tmp_path / "in.jsonl",
        {"id": "p", "text": PREVIEW, "urls": ["u1"], "truncated": True},
        {"id": "o", "text": OTHER},
        {"id": "w", "text": WHOLE, "urls": ["u2"], "mine": [1]},
        {"id": "c", "text": CHANGED, "urls": "odd", "flags": 3},
        {"id": "o2", "text": OTHER, "truncated": "odd"},
    )
    out = tmp_path / "out.jsonl"
    code, _, errors = run("-j", 1, "--unique", "-o", out, rows)
    assert code == 0, errors
    assert "copies 3, clusters 2, unreadable 0; left out 2 documents, 1000 characters, 0 of them nowhere else" in errors
    found = {record["id"]: record for record in read(out.read_text("utf-8"))}
    assert list(found) == ["o", "w", "c"]
    assert (found["w"]["urls"], found["w"]["choice"], found["w"]["mine"]) == (["u2", "u1"], "not cut off of w, p", [1])
    assert (found["o"]["choice"], found["c"]["choice"], found["c"]["urls"]) == ("first of o, o2", None, "odd")
    assert [marks(record) for record in found.values()] == [
        (None, None, "o"),
        (None, None, "p"),
        ("w", pytest.approx(0.8, abs=0.05), "p"),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_unique_gives_the_same_bytes_with_any_number_of_workers(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.near.splits.SPLIT_BYTES", 20_000)
    monkeypatch.setattr("pipelines.near.spool.TASK_CHARS", 5_000)
    rows = write(
        tmp_path / "in.jsonl", *({"id": number, "text": each.text} for number, each in enumerate(planted(8, 120)))
    )
    for jobs in (1, 2):
        assert run("-j", jobs, "--unique", "--share", 0.5, "-o", tmp_path / str(jobs), rows)[0] == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    kept = [record["id"] for record in read((tmp_path / "1").read_text("utf-8"))]
    assert kept == sorted(kept)
    assert len(kept) < 110


def test_one_piece_is_read_by_one_process_and_sorted_by_threads_on_all_cores(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.workers.cores", lambda: 3)
    processes: list[int] = []
    threads: list[int] = []

    def mapped(work: Callable[[Any], Any], items: Iterable[Any], count: int, **_: object) -> Iterator[tuple[Any, Any]]:
        processes.append(count)
        return ((item, work(item)) for item in items)

    def connection(count: int, memory: int, folder: Path) -> Any:
        threads.append(count)
        return connected(count, memory, folder)

    monkeypatch.setattr("pipelines.engine.imap", mapped)
    monkeypatch.setattr("pipelines.near.spool.imap", mapped)
    monkeypatch.setattr("pipelines.near.batch.connected", connection)
    monkeypatch.setattr("pipelines.engine.connected", connection)
    rows = write(tmp_path / "in.jsonl", *({"id": name, "text": prose(name)} for name in "rrst"))
    assert run("--unique", "-o", tmp_path / "one", rows)[0] == 0
    assert (set(processes), set(threads)) == ({1}, {3})
    assert run("-j", 2, "--unique", "-o", tmp_path / "two", rows)[0] == 0
    assert (processes[-2:], threads[-1]) == ([2, 1], 2)


def test_a_ledger_and_its_rows_are_made_unique_alike(run: Run, data: Path, tmp_path: Path) -> None:
    label_ledger(data)
    export(data / "ledger.sqlite", Output("out", tmp_path / "exported"), "jsonl", share=SHARE)
    assert run("--unique", "-o", tmp_path / "written", data)[0] == 0
    exported, written = (read((tmp_path / name).read_text("utf-8")) for name in ("exported", "written"))
    assert sorted(exported, key=lambda record: str(record["id"])) == sorted(written, key=lambda each: str(each["id"]))


def test_a_unique_run_that_fails_leaves_the_output_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = write(tmp_path / "in.jsonl", *({"text": each.text} for each in planted(8, 40)))
    out = write(tmp_path / "out.jsonl", {"text": "mine"})
    before = out.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipelines.near.spool.Spool.record", full)
    code, _, errors = run("-j", 1, "--unique", "-o", out, rows)
    assert (code, errors.count("\n")) == (74, 1)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_unique_run_that_is_killed_leaves_no_output(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", *({"text": each.text} for each in planted(8, 400)))
    out = tmp_path / "out.jsonl"
    process = Forked(scrapy_command, "dedup", "-j", "2", "--unique", "-o", str(out), str(rows))
    hang = time.monotonic() + 60
    while process.poll() is None and not list(tmp_path.glob(".near-*")):
        assert time.monotonic() < hang
        time.sleep(0.005)
    process.kill()
    assert process.end()[0] == 0 or not out.exists()


def test_bad_rows_are_named_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.jsonl", {"text": WHOLE}, b"", b"{", {"text": 3}, b"[]", {"text": "", "id": None})
    code, out, errors = run("-j", 1, bad)
    assert code == 65
    assert errors.splitlines()[:3] == [
        f"scrapy dedup: {bad}:{line}: no JSON object with a column text; mend the row, or make records of it: "
        "scrapy clean --columns text=COLUMN"
        for line in (3, 4, 5)
    ]
    assert [record["id"] for record in read(out)] == [key(WHOLE), None]


def test_many_bad_rows_are_told_by_their_number(run: Run, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.jsonl", *({"content": WHOLE} for _ in range(30)))
    code, _, errors = run("-j", 1, bad)
    told = errors.splitlines()
    assert (code, len(told)) == (65, 12)
    assert told[10].startswith(f"scrapy dedup: {bad}: 20 rows more: no JSON object with a column text; ")


def test_a_file_whose_name_is_not_utf8_is_read(run: Run, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb4\xba.jsonl"))
    write(file, {"text": prose("named", 90)})
    assert run("-o", tmp_path / "out.jsonl", file)[0] == 0
    assert (tmp_path / "out.jsonl").stat().st_size


def test_a_broken_file_is_named_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    texts = [{"text": prose(number)} for number in range(200)]
    broken = write(tmp_path / "in/a.jsonl.gz", *texts)
    broken.write_bytes(broken.read_bytes()[:-9000])
    write(tmp_path / "in/b.jsonl", {"text": texts[0]["text"], "id": "copy"})
    code, out, errors = run("-j", 1, tmp_path / "in")
    assert code == 65
    assert errors.startswith(f"scrapy dedup: {broken}: broken at line ")
    assert read(out)[-1]["duplicate_of"] == key(texts[0]["text"])


def test_a_file_that_is_cut_behind_a_line_is_broken_too(run: Run, tmp_path: Path) -> None:
    """A block of Zstandard may end there; zstandard's reader says nothing."""
    packing, path = zstandard.ZstdCompressor().compressobj(), tmp_path / "a.jsonl.zst"
    blocks = [
        packing.compress(orjson.dumps({"text": prose(number)}) + b"\n")
        + packing.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        for number in range(4)
    ]
    skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc"  # a frame that every reader passes over
    path.write_bytes(zstandard.compress(b'{"text": "whole"}\n') + skipped + b"".join(blocks[:3]))
    code, out, errors = run("-j", 1, path)
    assert (code, len(read(out))) == (65, 4)
    assert errors.startswith(f"scrapy dedup: {path}: broken at line 5: it ends too early")
    path.write_bytes(zstandard.compress(b'{"text": "whole"}\n') + b"".join(blocks) + packing.flush())
    code, out, _ = run("-j", 1, path)
    assert (code, len(read(out))) == (0, 5)


def test_a_failed_run_leaves_the_output_as_it_was(run: Run, data: Path, tmp_path: Path) -> None:
    out = write(tmp_path / "out.jsonl", {"text": "mine"})
    before = out.read_bytes()
    (data / "ledger.sqlite").write_bytes(b"not a database" * 100)
    code, _, errors = run("-o", out, data)
    assert (code, errors.count("\n")) == (74, 1)
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        (["--rebuild", "in"], {}, "--rebuild is for the ledger"),
        (["-o", "out"], {}, "name at least one"),
        (["-j", 0, "in"], {}, "from 1 up"),
        (["--unique"], {}, "name at least one, or use scrapy export --unique"),
        (["--work", "w"], {}, "--work and --on are for records of PATH"),
        (["--on", "dask", "in"], {}, "--on dask: name local[2], spark://HOST:7077 or yarn"),
        (["--share", "0.9", "in"], {}, "--share is for --unique"),
        (["--unique", "--share", "95%", "in"], {}, "--share 95%: give a share above 0 and at most 1"),
        (["--unique", "--share", "nan", "in"], {}, "--share nan"),
        ([], {"UNIQUE_SHARE": 0}, "UNIQUE_SHARE 0: give a share"),
        (["--nonsense"], {}, "unknown option --nonsense"),
        (["tests/guard"], {}, "holds no .jsonl"),
        (["nowhere"], {}, "no such file"),
        ([], {"DEDUP": "yes"}, "there are mark, drop, silent"),
        (["--explain", "00", "11", "tests/guard"], {}, "holds no .jsonl"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[object], settings: dict[str, str], told: str) -> None:
    code, out, errors = run(*arguments, **settings)
    assert (code, out, errors.count("\n")) == (2, "", 1)
    assert told in errors


def test_an_input_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    mine = write(tmp_path / "in.jsonl", {"text": WHOLE})
    code, _, errors = run("-o", mine, mine)
    assert (code, errors.count("\n")) == (2, 1)


# Explained, and chosen from


def test_two_documents_are_explained(run: Run, data: Path) -> None:
    run()
    code, out, errors = run("--explain", key(WHOLE)[:9], key(PREVIEW))
    assert (code, errors) == (0, "")
    lines = out.splitlines()
    assert lines[1].split()[:2] == ["A", key(WHOLE)]
    assert any(line.startswith("0-400") and line.endswith("400") for line in lines)
    assert f"A is marked as a copy of {key(PREVIEW)}" in out
    assert "by themselves copies" in out
    assert run("--explain", "0123", key(PREVIEW))[0] == 2


def test_an_explanation_shows_no_control_characters(run: Run, tmp_path: Path) -> None:
    escape = "\x1b[2J"
    write(
        tmp_path / "in.jsonl", {"id": f"a{escape}", "title": escape, "text": escape + WHOLE}, {"id": "b", "text": WHOLE}
    )
    code, out, _ = run("--explain", "a", "b", tmp_path / "in.jsonl")
    assert code == 0
    assert "\x1b" not in out


def test_an_explanation_masks_personal_data(run: Run, tmp_path: Path) -> None:
    said = f"会务联系人王某，手机13900001234，邮箱wang@example.com。{WHOLE}"
    rows = tmp_path / "in.jsonl"
    write(
        rows,
        {"id": "a", "title": "致13900001234", "text": said},
        {"id": "b", "text": f"00001234，{said[17:].replace('王', '李')}"},
    )
    out = run("--explain", "a", "b", rows)[1]
    assert ("手机号" in out, "邮箱" in out, "1234" in out, "example.com" in out) == (True, True, False, False)
    assert "by themselves copies" in out
    whole = run("--explain", "a", "b", rows, "-s", "MASK_PERSONAL_DATA=False")[1]
    assert "13900001234" in whole


def version(key: str, text: str = "甲", **facts: Any) -> dict[str, Any]:
    return {"id": key, "text": text, "urls": [f"https://a.example/{key}"], "truncated": False, "flags": [], **facts}


@pytest.mark.parametrize(
    ("versions", "choice"),
    [
        ([version("a")], None),
        ([version("b"), version("a", truncated=True)], "not cut off of b, a"),
        ([version("b", truncated=None), version("a", "甲" * 9, truncated=True)], "not cut off of b, a"),
        ([version("b"), version("a", "甲" * 9, flags=["undecodable"])], "least damaged of b, a"),
        ([version("b", "甲乙"), version("a"), version("c", truncated=True)], "longest of b, a, c"),
        ([version("b", "甲乙", truncated=True), version("a")], "longest of b, a"),
        ([version("a"), version("b")], "first of a, b"),
    ],
)
def test_the_choice_says_what_the_one_that_stays_has_before_the_others(
    versions: list[dict[str, Any]], choice: str | None
) -> None:
    found = representative(versions)
    assert (found["id"], found["choice"]) == (versions[0]["id"], choice)
    assert found["urls"] == [url for record in versions for url in record["urls"]]


def test_groups_come_in_ledger_order(data: Path) -> None:
    def groups(among: Iterable[int] = range(1, 5)) -> list[list[int]]:
        return choose(data / "ledger.sqlite", set(among), SHARE).groups

    assert groups() == [[1], [2], [3], [4]]
    label_ledger(data)
    assert groups() == [[3, 1], [2], [4]]
    assert groups({2, 3}) == [[2], [3]]
    with pytest.raises(LedgerError):
        choose(data / "other.sqlite", set(), SHARE)


def test_one_text_file_for_each_cluster(data: Path, tmp_path: Path) -> None:
    label_ledger(data)
    tally = export(data / "ledger.sqlite", Output("txt", tmp_path / "txt"), share=SHARE)
    assert (tally.documents, tally.left_out) == (3, LeftOutStats(1, 400, 0))
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "txt").iterdir())]
    assert [text.split("\n\n", 1)[1] for text in texts] == [f"{WHOLE}\n", f"{OTHER}\n", f"{CHANGED}\n"]


def test_nothing_is_left_out_for_what_is_not_exported(tmp_path: Path) -> None:
    crawled(tmp_path, PREVIEW, truncated=False)
    crawled(tmp_path, WHOLE, truncated=True)
    label_ledger(tmp_path)
    export(
        tmp_path / "ledger.sqlite", Output("out", tmp_path / "out"), "jsonl", ExportFilter(whole_only=True), share=SHARE
    )
    assert [record["text"] for record in read((tmp_path / "out").read_text("utf-8"))] == [PREVIEW]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_the_choice_is_told_in_exports(data: Path, tmp_path: Path, ending: Literal["jsonl", "parquet"]) -> None:
    label_ledger(data)
    file = tmp_path / f"unique.{ending}"
    export(data / "ledger.sqlite", Output(file.name, file), ending, share=SHARE)
    rows = file.read_bytes().splitlines() if ending == "jsonl" else []
    read = [orjson.loads(row) for row in rows] or pq.read_table(file).to_pylist()
    assert [(record["text"], bool(record["choice"])) for record in read] == [
        (WHOLE, True),
        (OTHER, False),
        (CHANGED, False),
    ]
    assert list(read[0]) == [*RECORD_FIELDS, "choice"]


@pytest.mark.matrix(
    29, "records of a ledger that scrapy dedup writes are masked too; rows of files are left as they are"
)
def test_what_leaves_a_ledger_is_masked(run: Run, tmp_path: Path) -> None:
    told = f"{prose('masked', 90)}联系电话：13800001234。"
    crawled(tmp_path / "data", told)
    rows = write(tmp_path / "rows.jsonl", {"text": told})
    out = tmp_path / "out.jsonl"
    assert run("-j", 1, "-o", out, tmp_path / "data", rows)[0] == 0
    leaving, own = out.read_text("utf-8").splitlines()
    assert ("13800001234" in leaving, "〔手机号〕" in leaving, "13800001234" in own) == (False, True, True)
    run("-j", 1, "-o", out, tmp_path / "data", MASK_PERSONAL_DATA=False)
    assert "13800001234" in out.read_text("utf-8")


def test_a_file_of_which_no_record_can_be_read_is_told(run: Run, tmp_path: Path) -> None:
    packed = gzip.compress(b'{"text": "x"}\n')
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    code, _, told = run(tmp_path / "cut.jsonl.gz")
    assert code == 65
    assert "cut.jsonl.gz" in told
