"""`scrapy clean --into`: a file gives a file, whole or not at all; what is there stays, whatever was killed goes on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.forked import Forked, scrapy_command
from tests.offline import RunCommand
from tests.warcs import record

ADDED = ("--added", "2026-11-01")
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
TEXT = "关于开展安全检查的通知\n\n各单位：\n请于本周五以前上报第{}次检查的结果，逾期不再受理。\n登录后可下载全文"


def rows(*numbers: int, **facts: Any) -> list[dict[str, Any]]:
    return [{"id": f"n{number}", "text": TEXT.format(number), **facts} for number in numbers]


def jsonl(*numbers: int) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(*numbers)).encode()


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """A folder with a file of each kind."""
    folder = tmp_path / "dumps"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(jsonl(1, 2))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(jsonl(3)))
    (folder / "deep/a.ndjson.zst").write_bytes(zstandard.compress(jsonl(4)))
    pq.write_table(pa.Table.from_pylist(rows(5, 6)), folder / "deep/c.parquet")
    (folder / "e.warc.gz").write_bytes(record("https://www.wenku.example/p-1.html", TEXT.format(7), headers=PLAIN))
    (folder / "page.txt").write_text(TEXT.format(8), encoding="utf-8")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    return folder


OUTPUTS = ["a", "b", "deep/a", "deep/c", "e", "page.txt"]


def made(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "parquet"])
def test_each_file_gives_the_bytes_of_its_own_cleaning(
    ending: str, dumps: Path, tmp_path: Path, run_command: RunCommand
) -> None:
    out = tmp_path / "out"
    code, told, errors = run_command("clean", "--into", out, "--as", ending, *ADDED, dumps)
    assert (code, made(out)) == (0, sorted(f"{name}.{ending}" for name in OUTPUTS)), errors
    assert "files 6, made 6; inputs 8, documents 8" in errors
    reports = [json.loads(line) for line in told.splitlines()]
    assert [report["documents"] for report in reports] == [2, 1, 1, 1, 1, 2]
    for report in reports:
        alone = tmp_path / f"alone.{ending}"
        alone.unlink(missing_ok=True)
        run_command("clean", "-o", alone, *ADDED, report["input"])
        assert Path(report["output"]).read_bytes() == alone.read_bytes(), report


def test_what_is_there_is_not_made_again(dumps: Path, tmp_path: Path, run_command: RunCommand) -> None:
    out = tmp_path / "out"
    (out / "deep").mkdir(parents=True)
    (out / "b.jsonl").write_text("mine")
    code, told, errors = run_command("clean", "--into", out, *ADDED, dumps)
    assert (code, (out / "b.jsonl").read_text()) == (0, "mine")
    assert "files 6, made 5" in errors
    assert [json.loads(line)["made"] for line in told.splitlines()].count(False) == 1
    assert "files 6, made 0; inputs 0" in run_command("clean", "--into", out, *ADDED, dumps)[2]


def test_parts_make_each_file_once(dumps: Path, tmp_path: Path, run_command: RunCommand) -> None:
    out = tmp_path / "out"
    found = [run_command("clean", "--into", out, "--part", f"{part}/4", *ADDED, dumps)[1] for part in (1, 2, 3, 4)]
    assert [len(told.splitlines()) for told in found] == [2, 2, 1, 1]
    assert made(out) == sorted(f"{name}.jsonl" for name in OUTPUTS)


def test_broken_files_are_told_and_give_what_could_be_read(tmp_path: Path, run_command: RunCommand) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(1) + b"{broken\n" + jsonl(2))
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and nothing else")
    code, told, errors = run_command("clean", "--into", tmp_path / "out", tmp_path / "a.jsonl", tmp_path / "b.parquet")
    assert code == 65
    assert "a.jsonl:2: no JSON object" in errors
    assert "b.parquet:1: broken Parquet" in errors
    assert [(each["documents"], each["unreadable"]) for each in map(json.loads, told.splitlines())] == [(2, 1), (0, 1)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_taken_up_by_the_next_run(tmp_path: Path, run_command: RunCommand) -> None:
    given, out = tmp_path / "a.jsonl", tmp_path / "out"
    given.write_bytes(jsonl(1))
    given.chmod(0)
    assert run_command("clean", "--into", out, given)[0] == 65
    given.chmod(0o600)
    assert "made 1" in run_command("clean", "--into", out, given)[2]


def test_a_file_that_is_gone_leaves_no_output(tmp_path: Path) -> None:
    from crawler.inputs.cleaning import PageCleaner
    from crawler.inputs.file_cleaning import FileCleaner, FileJob

    job = FileJob(str(tmp_path / "gone.jsonl"), tmp_path / "out/gone.jsonl")
    report = FileCleaner(PageCleaner("2026-11-01T00:00:00Z"))(job)
    assert (report.made, report.counts.unreadable, made(tmp_path)) == (False, 1, [])
    assert "no such file" in report.messages[0]


def test_names_that_are_too_long_with_their_ending_are_cut_and_stay_apart(
    tmp_path: Path, run_command: RunCommand
) -> None:
    """A browser names a page by its title, as far as a file system lets it."""
    given, out = tmp_path / "pages", tmp_path / "out"
    given.mkdir()
    for last in "甲乙":
        (given / f"{'题' * 82}{last}.txt").write_text(TEXT.format(last), encoding="utf-8")
    assert run_command("clean", "--into", out, "--as", "jsonl.zst", given)[0] == 0
    assert len(made(out)) == 2
    assert all(name.startswith("题题") and name.endswith(".jsonl.zst") for name in made(out))
    assert "made 0" in run_command("clean", "--into", out, "--as", "jsonl.zst", given)[2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--into", "out", "a.jsonl", "deep/a.jsonl"], "would both be out/a.jsonl; clean them into two folders"),
        (["--into", ".", "a.jsonl"], "a.jsonl: is an input; name another folder"),
        (["--into", "deep", "."], "deep: is in the folder . that is read"),
        (["--into", "a.jsonl", "deep"], "a.jsonl: is no folder"),
        (["--into", "out", "-"], "standard input is no file"),
        (["--into", "out", "-o", "x.jsonl", "a.jsonl"], "leave out -o"),
        (["--into", "out", "--part", "4/3", "a.jsonl"], "write the third part of a hundred as 3/100"),
        (["--part", "1/2", "a.jsonl"], "are for --into"),
        (["--into", "out", "--on", "local[2]", "-j", "2", "a.jsonl"], "leave out -j"),
        (["--into", "documents", "-s", "DATA_DIR=.", "a.jsonl"], "belongs to what a crawl keeps"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_made(
    words: list[str], told: str, tmp_path: Path, run_command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.jsonl", "deep/a.jsonl"):
        (tmp_path / name).write_bytes(jsonl(1))
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    monkeypatch.chdir(tmp_path)
    code, _, errors = run_command("clean", *words)
    assert code == 2
    assert told in errors
    assert made(tmp_path) == ["a.jsonl", "deep/a.jsonl"]


def test_a_table_gives_what_its_rows_give_as_jsonl(tmp_path: Path, run_command: RunCommand) -> None:
    facts = {"url": "https://www.wenku.example/p-1.html", "label": "甲"}
    table = [*rows(1, 2, **facts), {"id": "n3", "text": None}]
    pq.write_table(pa.Table.from_pylist(table), tmp_path / "table.parquet", row_group_size=2)
    (tmp_path / "table.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
    found = [
        run_command("clean", "--keep", "label", *ADDED, tmp_path / f"table.{ending}") for ending in ("parquet", "jsonl")
    ]
    assert found[0][:2] == found[1][:2]
    assert found[0][0] == 65
    assert "table.parquet:3: has neither text nor html" in found[0][2]


def test_a_table_holds_bytes_and_times(tmp_path: Path, run_command: RunCommand) -> None:
    page = "<html><meta charset=gbk><h1>通知</h1><p>请于本周五以前上报检查的结果，逾期不再受理。</p></html>".encode(
        "gbk"
    )
    row = {"html": page, "added": datetime(2026, 11, 1, 8, tzinfo=UTC), "seen": datetime(2026, 11, 2)}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "page.data")
    code, told, errors = run_command("clean", "--keep", "seen", tmp_path / "page.data")
    assert code == 0, errors
    record = json.loads(told)
    assert "逾期不再受理" in record["text"]
    assert (record["added"], record["seen"]) == ("2026-11-01T08:00:00Z", "2026-11-02T00:00:00")


def test_a_table_without_pages_is_told_of_once(tmp_path: Path, run_command: RunCommand) -> None:
    pq.write_table(pa.table({"content": ["甲"] * 3}), tmp_path / "a.parquet")
    code, _, told = run_command("clean", tmp_path / "a.parquet")
    assert (code, told.count("neither text nor html among its columns"), told.count("\n")) == (65, 1, 2)


def test_a_stopped_run_leaves_whole_files_alone(tmp_path: Path) -> None:
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    dumps.mkdir()
    for number in range(4):
        (dumps / f"{number}.jsonl").write_bytes(jsonl(*range(3000)))
    run = Forked(scrapy_command, "clean", "--into", str(out), "-j", "2", *ADDED, str(dumps))
    deadline = time.monotonic() + 100
    while not (out.is_dir() and any(out.glob(".*.tmp"))):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    (out / ".other.jsonl.1.tmp").touch()  # of another part, on another machine
    run.send_signal(signal.SIGTERM)
    assert run.end()[0] == 143
    assert [name for name in made(out) if name.startswith(".")] == [".other.jsonl.1.tmp"]


def test_a_killed_run_goes_on(tmp_path: Path, run_command: RunCommand) -> None:
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    dumps.mkdir()
    for number in range(6):
        (dumps / f"{number}.jsonl").write_bytes(jsonl(*range(60)))
    call = ["clean", "--into", str(out), *ADDED, str(dumps)]
    run = Forked(scrapy_command, *call)
    deadline = time.monotonic() + 60
    while not (out.is_dir() and any(out.glob("*.jsonl"))):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    run.kill()
    run.end()
    before = made(out)
    assert 0 < len([name for name in before if name.endswith(".jsonl")]) < 6, before
    told = run_command(*call)[1]
    assert made(out) == [f"{number}.jsonl" for number in range(6)], "left-overs are gone, too"
    assert 0 < [json.loads(line)["made"] for line in told.splitlines()].count(True) < 6
    alone = run_command("clean", *ADDED, dumps)[1]
    assert "".join((out / f"{number}.jsonl").read_text("utf-8") for number in range(6)) == alone
