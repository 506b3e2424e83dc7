"""Where commands write: one way for all of them, over no input, no ledger and nothing that is no file; whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from crawler.reports.history import Run as PastRun
from pipelines.ledger.atomic import atomic_directory, atomic_write, remove_left_over
from pipelines.ledger.documents import Ledger
from pipelines.ledger.json_lines import line
from pipelines.ledger.shards import write_shards
from tests.documents import ADDED, document
from tests.forked import Forked, on_an_open_pipe, scrapy_command
from tests.offline import ROOT, RunCommand

TEXT = "同志们：今天我们召开会议，总结去年的工作，部署今年的任务。"
COMMANDS = {
    "clean": ("clean", "{tmp}/page.txt", "-o"),
    "explain": ("clean", "{tmp}/page.txt", "--explain", "-o"),
    "explain_html": ("clean", "{tmp}/page.txt", "-o", "{tmp}/other.jsonl", "--explain-html"),
    "dedup": ("dedup", "{tmp}/rows.jsonl", "-o"),
    "jsonl": ("export", "--jsonl"),
    "parquet": ("export", "--parquet"),
    "txt": ("export", "--txt"),
    "report": ("report", "--html"),
    "review": ("review", "{tmp}/page.txt", "-o"),
}
ENDINGS = {
    "explain": ".txt",
    "explain_html": ".html",
    "report": ".html",
    "review": ".html",
    "parquet": ".parquet",
    "txt": "",
}
FILES = [name for name in COMMANDS if name != "txt"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a ledger, a shard, an archive and a history; a page and a file of records beside it."""
    data = tmp_path / "data"
    with closing(Ledger(data / "ledger.sqlite")) as ledger:
        ledger.add(document(TEXT, "https://a.example/1", source="wm114"), site="wm114", added=ADDED)
        ledger.commit()
        write_shards(ledger, data / "documents")
    for name in ("wm114.lock", "wm114.page", "near.sqlite", "near.lock"):
        (data / name).write_bytes(b"kept")
    (data / "wm114.hosts.json").write_bytes(b"{}")
    (data / "warc").mkdir()
    (data / "warc/wm114-1.warc.gz").write_bytes(b"kept")
    past = PastRun(time=ADDED, site="wm114", command="crawl", pages=1, documents=1, reason="finished")
    (data / "reports").mkdir()
    (data / "reports/runs.jsonl").write_bytes(line({name: getattr(past, name) for name in past.__slots__}))
    (tmp_path / "page.txt").write_text(TEXT)
    (tmp_path / "rows.jsonl").write_bytes(line({"id": "a", "text": TEXT}))
    return data


@pytest.fixture
def run(tmp_path: Path, data: Path, run_command: RunCommand) -> RunCommand:
    """Run a command of COMMANDS that writes to a place; return exit code, output and errors."""

    def call(command: str, place: object, *more: str) -> tuple[int, str, str]:
        args = [part.format(tmp=tmp_path) for part in COMMANDS[command]]
        return run_command(*args, place, *more, "-s", f"DATA_DIR={data}")

    return call


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, locks aside that a reader of the ledger makes."""
    return {
        str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"
    }


def refused(run: RunCommand, tmp_path: Path, command: str, place: object) -> str:
    """Assert that nothing is written there; return what is told."""
    before = tree(tmp_path)
    code, out, err = run(command, place)
    assert (code, out, err.count("\n")) == (2, "", 1), f"{place}: {err}"
    assert err.startswith(f"scrapy {COMMANDS[command][0]}: ")
    assert tree(tmp_path) == before
    return err


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_file_is_not_written_over(run: RunCommand, tmp_path: Path, command: str) -> None:
    pipe, bound, link, circle = (tmp_path / f"{name}{ENDINGS.get(command, '')}" for name in ("p", "s", "l", "c"))
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(bound))
    link.symlink_to("/dev/full")
    circle.symlink_to(circle)
    for place in (Path("/dev/null"), pipe, bound, link, circle):
        mode = place.lstat().st_mode
        assert str(place) in refused(run, tmp_path, command, place)
        assert place.lstat().st_mode == mode
        assert not stat.S_ISREG(mode)


@pytest.mark.parametrize("command", FILES)
def test_a_folder_is_no_place_for_a_file(run: RunCommand, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "is a folder" in refused(run, tmp_path, command, folder)
    assert "its folder does not exist" in refused(
        run, tmp_path, command, f"{tmp_path}/none/x{ENDINGS.get(command, '')}"
    )


KEPT = (
    *("ledger.sqlite", "ledger.sqlite-journal", "ledger.sqlite-wal", "near.sqlite", "near.lock"),
    *("wm114.lock", "wm114.page", "wm114.hosts.json", "reports/runs.jsonl", "warc/wm114-1.warc.gz"),
    *("documents/wm114-000000.jsonl", "documents/new.jsonl", "documents/.lock"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_crawl_keeps_is_not_written_over(run: RunCommand, tmp_path: Path, command: str) -> None:
    for kept in KEPT:
        refused(run, tmp_path, command, tmp_path / "data" / kept)


@pytest.mark.parametrize("command", FILES)
def test_no_link_and_no_other_spelling_leads_to_the_ledger(
    run: RunCommand, tmp_path: Path, data: Path, command: str
) -> None:
    ending = ENDINGS.get(command, ".jsonl")
    link, hard, folder = tmp_path / f"link{ending}", tmp_path / f"hard{ending}", tmp_path / "folder"
    link.symlink_to(data / "ledger.sqlite")
    os.link(data / "ledger.sqlite", hard)
    folder.symlink_to(data)
    for place in (link, hard, folder / "ledger.sqlite", data / "../data/./ledger.sqlite"):
        refused(run, tmp_path, command, place)


def test_the_ledger_of_another_data_folder_is_kept_too(run: RunCommand, tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "second/ledger.sqlite")) as ledger:
        write_shards(ledger, tmp_path / "second/documents")
    (tmp_path / "second/documents/a-000000.jsonl").write_bytes(b"kept")
    for place in ("ledger.sqlite", "documents/a-000000.jsonl"):
        refused(run, tmp_path, "clean", tmp_path / "second" / place)
    os.rename(tmp_path / "second/ledger.sqlite", tmp_path / "copy")
    assert "is a database that is there already" in refused(run, tmp_path, "jsonl", tmp_path / "copy")


def test_an_input_is_not_written_over(run: RunCommand, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    (tmp_path / "link.jsonl").symlink_to(rows)
    os.link(rows, tmp_path / "hard.jsonl")
    for place in ("rows.jsonl", "link.jsonl", "hard.jsonl", "./rows.jsonl"):
        assert "is an input" in refused(run, tmp_path, "dedup", f"{tmp_path}/{place}")
    page = tmp_path / "page.txt"
    for command in ("explain", "explain_html"):
        assert "is an input" in refused(run, tmp_path, command, page)


@pytest.mark.parametrize("command", FILES)
def test_of_a_link_its_file_is_written(run: RunCommand, tmp_path: Path, command: str) -> None:
    ending = ENDINGS.get(command, ".jsonl")
    target, link = tmp_path / f"target{ending}", tmp_path / f"link{ending}"
    target.write_bytes(b"before")
    link.symlink_to(target)
    assert run(command, link)[0] == 0
    assert link.is_symlink()
    assert target.stat().st_size > len("before")


@pytest.mark.parametrize("command", ["clean", "dedup", "jsonl"])
def test_the_ending_decides_the_packing(run: RunCommand, tmp_path: Path, command: str) -> None:
    plain, gz, zst = (tmp_path / f"out.jsonl{ending}" for ending in ("", ".gz", ".zst"))
    more = ("--added", ADDED) if command == "clean" else ()
    for place in (plain, gz, zst):
        assert run(command, place, *more)[0] == 0
    assert json.loads(plain.read_bytes())["text"] == TEXT
    assert gzip.decompress(gz.read_bytes()) == plain.read_bytes()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(zst.read_bytes()) == plain.read_bytes()
    for ending in (".xz", ".json", ".csv", ".jsonl.bz2"):
        assert "ends in .jsonl, .jsonl.gz, .jsonl.zst" in refused(run, tmp_path, command, tmp_path / f"x{ending}")


def test_records_as_parquet(run: RunCommand, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    assert run("clean", tmp_path / "out.parquet")[0] == run("jsonl", tmp_path / "out.jsonl")[0] == 0
    (row,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (row["text"], row["input"]) == (TEXT, str(tmp_path / "page.txt"))
    assert "unknown ending" in refused(
        run, tmp_path, "dedup", tmp_path / "out.parquet"
    )  # rows have fields of their own
    assert "unknown ending" in refused(run, tmp_path, "jsonl", tmp_path / "out.parquet")
    assert "unknown ending" in refused(run, tmp_path, "parquet", tmp_path / "out.jsonl")


@pytest.mark.parametrize("command", FILES)
def test_a_dash_is_standard_output(tmp_path: Path, data: Path, command: str) -> None:
    args = [part.format(tmp=tmp_path) for part in COMMANDS[command]]
    code, out, err = Forked(scrapy_command, *args, "-", "-s", f"DATA_DIR={data}").end()
    assert code == 0, err
    assert not (ROOT / "-").exists()
    if command in ("clean", "dedup", "jsonl"):
        assert [json.loads(row)["text"] for row in out.splitlines()] == [TEXT]
    else:
        assert out.startswith({"parquet": b"PAR1", "report": b"<!DOCTYPE"}.get(command, out[:1] or b"?"))


def test_two_outputs_are_two_places(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_bytes(b"")
    (tmp_path / "link.html").symlink_to(tmp_path / "other.jsonl")
    for place in ("other.jsonl", "link.html"):
        assert "one place" in refused(run, tmp_path, "explain_html", tmp_path / place)


# What was there stays where there is nothing to put in its place


@pytest.mark.parametrize(
    "args",
    [
        ("clean", "{tmp}/typo.txt", "-o"),
        ("clean", "{tmp}/page.txt", "{tmp}/typo", "-o"),
        ("clean", "{tmp}/page.txt", "--nonsense", "-o"),
        ("clean", "{tmp}/page.txt", "--added", "gestern", "-o"),
        ("clean", "{tmp}/page.txt", "-j", "x", "-o"),
        ("dedup", "{tmp}/typo.jsonl", "-o"),
        ("dedup", "{tmp}/rows.jsonl", "{tmp}/typo.jsonl", "-o"),
        ("export", "--min-chars", "x", "--jsonl"),
        ("export", "--source", "nobody", "--jsonl"),
        ("report", "--site", "nobody", "--html"),
        ("report", "--last", "x", "--html"),
    ],
)
def test_a_typing_error_leaves_the_last_result(run: RunCommand, tmp_path: Path, args: tuple[str, ...]) -> None:
    COMMANDS["typo"] = args
    try:
        (tmp_path / "prev.jsonl").write_bytes(b"precious")
        refused(run, tmp_path, "typo", tmp_path / "prev.jsonl")
    finally:
        del COMMANDS["typo"]


def test_a_run_without_a_record_leaves_the_last_result(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(b"%PDF-1.7 " * 100)
    (tmp_path / "rows.jsonl").write_bytes(b"3\n")
    prev = tmp_path / "prev.jsonl"
    for command, more, code in (("clean", (), 65), ("dedup", (), 65), ("jsonl", ("--min-chars", "999"), 0)):
        for packing in ("", ".gz"):
            place = tmp_path / f"prev.jsonl{packing}"
            place.write_bytes(b"precious")
            ended, _, err = run(command, place, *more)
            assert (ended, place.read_bytes()) == (code, b"precious")
            assert f"{place} is as it was" in err
    assert prev.exists()


# Times at the edge of what a calendar has


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+10:00"])
def test_a_time_that_no_calendar_has_costs_its_row_only(run: RunCommand, tmp_path: Path, when: str) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(line({"text": TEXT, "added": when}) + line({"id": "b", "text": TEXT}))
    out = tmp_path / "out.jsonl"
    COMMANDS["rows"] = ("clean", "{tmp}/rows.jsonl", "-o")
    try:
        code, _, err = run("rows", out)
    finally:
        del COMMANDS["rows"]
    assert code == 65
    assert f"{rows}:1: added is no time" in err
    assert [json.loads(row)["input"] for row in out.read_bytes().splitlines()] == ["b"]
    assert run("clean", out, "--added", when)[0] == 2
    assert run("jsonl", out, "--since", when)[0] == 2


# Killed


@pytest.fixture
def slow(tmp_path: Path, data: Path) -> Iterator[Callable[[], Forked]]:
    """Start `scrapy clean` on standard input, and wait until its temporary file is there."""
    started: list[Forked] = []

    def start() -> Forked:
        words = ("clean", "-o", str(tmp_path / "out.jsonl"), "-", "-s", f"DATA_DIR={data}")
        process = Forked(on_an_open_pipe, *words)
        started.append(process)
        deadline = time.monotonic() + 60
        while not left_over(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.02)
        return process

    yield start
    for process in started:
        process.kill()
        process.end()


def left_over(folder: Path) -> list[Path]:
    return list(folder.glob(".*.tmp"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_no_temporary_file(slow: Callable[[], Forked], tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "out.jsonl").write_bytes(b"precious")
    process = slow()
    process.send_signal(number)
    code, _, err = process.end()
    assert (code, err.decode()) == (128 + number, f"scrapy clean: stopped; {tmp_path / 'out.jsonl'} is as it was\n")
    assert (tmp_path / "out.jsonl").read_bytes() == b"precious"
    assert left_over(tmp_path) == []


def test_what_a_killed_run_leaves_goes_with_the_next(
    slow: Callable[[], Forked], tmp_path: Path, run: RunCommand
) -> None:
    process = slow()
    assert left_over(tmp_path)
    assert run("clean", tmp_path / "out.jsonl")[0] == 0
    assert left_over(tmp_path)  # its writer lives
    process.kill()
    process.end()
    assert left_over(tmp_path)
    assert run("clean", tmp_path / "out.jsonl")[0] == 0
    assert left_over(tmp_path) == []


def test_left_over_folders_go_too(tmp_path: Path) -> None:
    (tmp_path / ".new.123.tmp/inner").mkdir(parents=True)
    with atomic_directory(tmp_path / "other"):
        remove_left_over(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [f".other.{os.getpid()}.tmp"]
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_the_writer_itself_takes_only_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no regular file"), atomic_write(tmp_path / "pipe"):
        pass
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
