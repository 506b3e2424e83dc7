"""Many processes, one output: in order, whole after kills, bounded, gone when the run is."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from pipelines import workers
from pipelines.workers import WorkerCrashed, WorkersError, imap
from tests.forked import Forked, on_an_open_pipe
from tests.offline import ROOT, scrapy
from tests.worker_program import Stillborn, double

ITEMS = [str(number) for number in range(300)]


def run(items: Iterable[str], count: int = 2) -> Iterator[tuple[str, tuple[str, int] | WorkerCrashed]]:
    return imap(double, items, count, len)


def test_results_come_in_order_and_from_several_processes(tmp_path: Path) -> None:
    meeting = f"meets:{tmp_path}"  # each of two workers waits here for the other
    items = [meeting, *ITEMS[:100], meeting, *ITEMS[100:]]
    found = list(run(items))
    assert [item for item, _ in found] == items
    assert [made[0] for _, made in found if not isinstance(made, WorkerCrashed)] == [item * 2 for item in items]
    assert len({made[1] for _, made in found if not isinstance(made, WorkerCrashed)} - {os.getpid()}) == 2
    assert [made[1] for _, made in run(["a"], 1) if not isinstance(made, WorkerCrashed)] == [os.getpid()]
    assert list(run([])) == []


def test_a_killed_worker_costs_nothing(others: set[int | None]) -> None:
    results = run(["slow"] * 12 + ITEMS * 4)
    found = [next(results)]
    assert not isinstance(found[0][1], WorkerCrashed)
    os.kill(found[0][1][1], signal.SIGKILL)
    found += list(islice(results, 700))
    for pid in {child.pid for child in multiprocessing.active_children()} - others:
        os.kill(pid or 0, signal.SIGKILL)
    found += list(results)
    assert [made[0] for _, made in found if not isinstance(made, WorkerCrashed)] == ["slow" * 2] * 12 + [
        i * 2 for i in ITEMS * 4
    ]


def test_a_worker_goes_on_while_its_results_are_used(tmp_path: Path) -> None:
    (tmp_path / "test").touch()
    results = run([*ITEMS[: workers.BATCH_ITEMS], f"meets:{tmp_path}"])
    next(results)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(list(tmp_path.iterdir())) == 2
    assert len(list(results)) == workers.BATCH_ITEMS


def test_what_ends_every_worker_is_given_up_and_the_rest_done() -> None:
    items = [*ITEMS[:10], "poison", *ITEMS[10:40], "poison"]
    found = list(run(items))
    assert [item for item, _ in found] == items
    assert [item for item, made in found if isinstance(made, WorkerCrashed)] == ["poison", "poison"]


def test_an_item_is_given_up_only_when_it_was_alone_twice(tmp_path: Path) -> None:
    found = list(run([f"dies:2:{tmp_path / 'a'}", f"dies:3:{tmp_path / 'b'}", "c"]))
    assert [isinstance(made, WorkerCrashed) for _, made in found] == [False, True, False]


def test_a_bug_is_raised_here_with_the_workers_traceback() -> None:
    with pytest.raises(ZeroDivisionError) as bug:
        list(run(["a", "bug", "b"]))
    assert "in double" in bug.value.__notes__[0]


@pytest.fixture(autouse=True)
def others() -> Iterator[set[int | None]]:
    """Processes of other tests, such as that of live crawls; a test leaves no further one behind."""
    before = {child.pid for child in multiprocessing.active_children()}
    yield before
    assert {child.pid for child in multiprocessing.active_children()} <= before


def test_workers_that_cannot_begin_are_told() -> None:
    with pytest.raises(WorkersError, match=r"5 workers in a row .*\(status 3\)"):
        list(imap(Stillborn(), ["a", "b"], 1 + 1, len))


def test_no_more_is_read_than_is_done() -> None:
    read = 0

    def items() -> Iterator[str]:
        nonlocal read
        for item in ITEMS * 20:
            read += 1
            yield item

    most = (workers.MAX_BATCHES_PER_WORKER * 2 + 1) * workers.BATCH_ITEMS
    for done, _ in enumerate(run(items()), start=1):
        assert read - done <= most


def rows(folder: Path, number: int) -> Path:
    path = folder / "in.jsonl"
    text = "同志们：今天我们召开第{}次会议，总结去年的工作，部署今年的任务。\n" * 40
    path.write_text("".join(json.dumps({"id": str(n), "text": text.format(*[n] * 40)}) + "\n" for n in range(number)))
    return path


def children(pid: int) -> set[int]:
    """Return the workers of a process."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1]) == pid:
                command = path.joinpath("cmdline").read_bytes()
                found |= {int(path.name)} if b"spawn_main" in command else set()
    return found


def until_gone(pids: set[int]) -> None:
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline, "a worker outlives the run"
        time.sleep(0.05)


def as_in_a_terminal(*words: str) -> None:
    """Run a command in a process group of its own."""
    os.setsid()
    on_an_open_pipe(*words)


def start(*args: str | Path) -> tuple[Forked, set[int]]:
    """Start `scrapy clean -j 2`, and wait for its workers."""
    process = Forked(as_in_a_terminal, "clean", "-j", "2", *map(str, args))
    deadline = time.monotonic() + 40
    while len(found := children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    return process, found


def test_the_same_bytes_after_a_kill_and_as_with_one(tmp_path: Path) -> None:
    given, one, two = rows(tmp_path, 160), tmp_path / "one", tmp_path / "two"
    added = ("--added", "2026-11-01T08:00:00Z")
    scrapy("clean", str(given), "-o", str(one), *added)
    process, found = start(given, "-o", two, *added)
    os.kill(min(found), signal.SIGKILL)
    code, _, said = process.end()
    assert code == 0, said
    assert two.read_bytes() == one.read_bytes()
    assert b"inputs 160, documents 160, truncated 0" in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_run(tmp_path: Path, how: signal.Signals) -> None:
    process, found = start("-o", tmp_path / "out", rows(tmp_path, 100), "-")
    assert len(found) == 2
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as Ctrl-C does
    else:
        process.kill()
    code, _, said = process.end()
    until_gone(found)
    if how == signal.SIGINT:
        assert code == 130
        assert said.decode() == f"scrapy clean: stopped; {tmp_path / 'out'} is as it was\n"
        assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_what_is_kept_loaded_is_no_leak() -> None:
    """DuckDB tells on standard error, 60 lines long, what is not freed as the program ends."""
    program = (
        "import duckdb; from pipelines.workers import keep_loaded; duckdb.sql('SELECT 1').fetchall(); keep_loaded()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
