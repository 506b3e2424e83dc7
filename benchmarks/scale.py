"""Many files on every engine, verdicts in rounds beside the batch, writers of a ledger: `make bench-scale`; the last line is JSON.

CPU seconds of all processes that a run starts, one run after another over the same files, since wall times say nothing
on shared cores. Each must write the bytes that `scrapy clean` writes (datatrove: the same texts). What is not installed
is null. Spark's start is measured apart, over one short file, and is in its figure, too; that figure is too low, since
Spark's Python daemon does not report all that its workers took.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from benchmarks import dedup, material, writers
from benchmarks.copies import planted

DUMPS, FILES, WORKERS, DOCUMENTS = 20_000, 16, 2, 100_000
ADDED = ("--added", "2026-11-01")
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: what a run leaves behind is ours to wait for, and so counted
DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from adapters.datatrove import WenqingCleaner

if __name__ == "__main__":
    _, rows, out, tasks, workers = sys.argv
    steps = [JsonlReader(rows), WenqingCleaner(), JsonlWriter(out, output_filename="${rank}.jsonl", compression=None)]
    LocalPipelineExecutor(steps, tasks=int(tasks), workers=int(workers), logging_dir=out + "-logs").run()
"""


def cpu(*command: object) -> float:
    """Run a command; return the CPU seconds of it and of all that it started. Raises where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *map(str, command)], check=True, stdout=subprocess.DEVNULL)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1)


def write_dumps(folder: Path, count: int) -> None:
    """Write so many dumps of 5,000 characters, of which every one is another, into `FILES` files."""
    folder.mkdir()
    chance = random.Random(1)
    for number in range(FILES):
        rows = [{"id": f"{number}-{at}", "text": material.dump(chance)} for at in range(count // FILES)]
        (folder / f"{number:02}.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))


def cleaned(folder: Path, count: int) -> dict[str, Any]:
    """Return the CPU seconds of each way to clean `count` dumps."""
    dumps, whole, program = folder / "dumps", folder / "whole.jsonl", folder / "steps.py"
    write_dumps(dumps, count)
    program.write_text(DATATROVE, encoding="utf-8")
    scrapy = ("-m", "scrapy", "clean", *ADDED)
    found: dict[str, Any] = {
        "clean_cpu_s": cpu(*scrapy, "-j", WORKERS, "-o", whole, dumps),
        "into_cpu_s": cpu(*scrapy, "-j", WORKERS, "--into", folder / "into", dumps),
        "datatrove_cpu_s": None,
        "spark_start_cpu_s": None,
        "spark_cpu_s": None,
    }
    _check(whole.read_bytes(), _joined(folder / "into"), "clean --into")
    if find_spec("datatrove"):
        found["datatrove_cpu_s"] = cpu(program, dumps, folder / "datatrove", FILES, WORKERS)
        _check(_texts(whole.read_bytes()), _texts(_joined(folder / "datatrove")), "datatrove")
    if find_spec("pyspark"):
        on = ("--on", f"local[{WORKERS}]")
        (folder / "short.jsonl").write_bytes(orjson.dumps({"text": "同志们：今天开会。"}))
        found["spark_start_cpu_s"] = cpu(*scrapy, *on, "--into", folder / "short", folder / "short.jsonl")
        found["spark_cpu_s"] = cpu(*scrapy, *on, "--into", folder / "spark", dumps)
        _check(whole.read_bytes(), _joined(folder / "spark"), "Spark")
    return found


def judged(folder: Path, count: int) -> dict[str, Any]:
    """Return what rounds and batch take for the verdicts on `count` documents with planted copies."""
    documents = folder / "judged" / "documents.jsonl"
    documents.parent.mkdir()
    with documents.open("wb") as file:
        file.writelines(orjson.dumps({"text": each.text}) + b"\n" for each in planted(1, count))
    by = {"batch": dedup.run(dedup.batch, documents), "rounds": dedup.run(dedup.rounds, documents)}
    _check(by["batch"].owners, by["rounds"].owners, "rounds")
    return {
        f"{name}_{what}": round(value, 1)
        for name, run in by.items()
        for what, value in (("cpu_s", run.cpu), ("mb", run.peak_mb), ("disk_mb", run.disk_mb))
    }


def _check(expected: object, found: object, name: str) -> None:
    if expected != found:
        raise SystemExit(f"{name} gave something else")


def _joined(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.jsonl")))


def _texts(lines: bytes) -> list[str]:
    return [record["text"] for record in map(orjson.loads, lines.splitlines()) if record["text"]]


def main() -> None:
    """Measure, and end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-scale ARGS=…", description=main.__doc__)
    options.add_argument("--dumps", type=int, default=DUMPS, help=f"to clean; {DUMPS:,} unless told")
    options.add_argument("--documents", type=int, default=DOCUMENTS, help=f"to judge; {DOCUMENTS:,} unless told")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that PostgreSQL ends, too
    os.environ["PYTHONPATH"] = os.getcwd()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as name:
        result = {"dumps": given.dumps, "documents": given.documents, **cleaned(Path(name), given.dumps)}
        print(json.dumps(result), flush=True)
        result |= writers.rates()
        result |= judged(Path(name), given.documents)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
