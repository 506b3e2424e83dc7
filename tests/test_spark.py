"""On Spark a file is a task and verdicts are rounds: the bytes of one machine, also when a worker is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from benchmarks.copies import planted
from deploy.spark import MASTER
from tests.offline import ROOT, RunCommand

ADDED = ("--added", "2026-11-01")
FILES, DEADLINE = 4, 900


@pytest.fixture(scope="module")
def _spark() -> None:
    """Skip where Spark cannot be."""
    pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'pyspark>=4'")
    if not shutil.which("java"):
        pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless")


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """Files of documents of which many are copies."""
    folder = tmp_path / "dumps"
    folder.mkdir()
    texts = [each.text for each in planted(4, 200)]
    for number in range(FILES):
        rows = [{"id": f"{number}-{at}", "text": text} for at, text in enumerate(texts[number::FILES])]
        (folder / f"{number}.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return folder


def scrapy(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", *map(str, words)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def worker_at(folder: Path) -> int:
    """Return the process that writes a file into `folder`; its name is in that of the unfinished file."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        if unfinished := next(iter(folder.glob(".*.tmp")), None):
            return int(unfinished.name.split(".")[-2])
        time.sleep(0.002)
    raise AssertionError("no worker wrote anything")


@pytest.mark.cluster
@pytest.mark.usefixtures("_spark")
def test_a_killed_worker_costs_its_task_only(dumps: Path, tmp_path: Path, run_command: RunCommand) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    run = scrapy("clean", "--into", there, "--on", "local[2]", *ADDED, dumps)
    os.kill(worker_at(there), signal.SIGKILL)
    out, errors = run.communicate(timeout=DEADLINE)
    assert run.returncode == 0, errors
    assert out.count('"made":true') == FILES, out
    assert run_command("clean", "--into", here, *ADDED, dumps)[0] == 0
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in here.iterdir()
    }


@pytest.fixture(scope="module")
def master(_spark: None) -> Iterator[str]:
    """A master with a worker, as `make spark` starts them."""
    process = subprocess.Popen([sys.executable, "-m", "deploy.spark", "2"], cwd=ROOT, stderr=subprocess.DEVNULL)
    yield MASTER
    process.send_signal(signal.SIGINT)
    process.wait(60)


@pytest.mark.cluster
def test_a_cluster_gives_the_bytes_of_one_machine(dumps: Path, master: str, tmp_path: Path) -> None:
    calls = [["-o", tmp_path / "there.jsonl", "--on", master], ["-o", tmp_path / "here.jsonl", "-j", 1]]
    for call in calls:
        run = scrapy("dedup", *call, dumps)
        _, errors = run.communicate(timeout=DEADLINE)
        assert run.returncode == 0, errors
    assert (tmp_path / "there.jsonl").read_bytes() == (tmp_path / "here.jsonl").read_bytes()
    assert b'"duplicate_of":"' in (tmp_path / "here.jsonl").read_bytes()


def test_what_spark_needs_is_named(tmp_path: Path, run_command: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    (tmp_path / "a.jsonl").write_text('{"text": "同志们好。"}\n', encoding="utf-8")
    code, _, errors = run_command("clean", "--into", tmp_path / "out", "--on", "local[2]", tmp_path / "a.jsonl")
    assert code == 1
    assert "--on needs PySpark; install it: pip install 'pyspark>=4'" in errors


def test_yarn_needs_to_be_told_of_its_cluster(
    tmp_path: Path, run_command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HADOOP_CONF_DIR", "YARN_CONF_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "a.jsonl").write_text('{"text": "同志们好。"}\n', encoding="utf-8")
    code, _, errors = run_command("clean", "--into", tmp_path / "out", "--on", "yarn", tmp_path / "a.jsonl")
    assert (code, "set HADOOP_CONF_DIR" in errors) == (1, True)
