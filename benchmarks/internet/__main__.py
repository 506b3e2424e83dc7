"""Crawls the small internet with the program, and measures it: `make bench-internet`. The last line is JSON."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from benchmarks.internet.making import world
from benchmarks.internet.measure import Pace, broken, figures, worst
from benchmarks.internet.server import Server
from benchmarks.internet.world import World

ROOT = Path(__file__).parent.parent.parent
SITES, DOCUMENTS = 60, 50
PACE = Pace(delay=0.05, factor=5.0, second=0.05)
SETTINGS = {
    "SPIDER_MODULES": "benchmarks.internet.spiders",
    "TWISTED_DNS_RESOLVER": "benchmarks.internet.spiders.LoopbackResolver",
    "ADDRESSES_ALLOWED": "",
    "WENQING_CONTACT": "bench@example.org",
    "DOWNLOAD_DELAY": PACE.delay,
    "POLITE_FACTOR": PACE.factor,
    "POLITE_SECOND": PACE.second,
    "PROGRESS": 0,
}
"""What differs from a crawl of the web: names lead to the loopback, pauses are short."""
SHOWN = 5
"""Faults of a site that are told."""


def crawl(made: World, port: int, data: Path) -> list[dict[str, Any]]:
    """Crawl all sites into `data` with `scrapy crawl --all`, print its table, return the records of the shards.

    Raises RuntimeError when the program ends with a bug.
    """
    told = {"sites": [place.site.name for place in made.places], "port": port}
    words = [word for name, value in {**SETTINGS, "DATA_DIR": data}.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "--all", *words]
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "INTERNET": json.dumps(told)}, capture_output=True, text=True, check=False
    )
    print(ended.stderr[-4000:], ended.stdout, sep="", end="")
    if ended.returncode not in (0, 3):
        raise RuntimeError(f"the crawl ended with {ended.returncode}")
    shards = sorted((data / "documents").glob("*.jsonl"))
    return [orjson.loads(line) for shard in shards for line in shard.read_bytes().split(b"\n") if line]


def run(seed: int, sites: int, documents: int) -> dict[str, Any]:
    """Make a world, crawl it, print the faults by site, return the figures."""
    made = world(seed, sites, documents)
    with tempfile.TemporaryDirectory() as folder, Server(made) as server:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        records = crawl(made, server.port, Path(folder))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for site, faults in sorted(worst(made, records).items()):
        print(f"{site}: {len(faults)}", *faults[:SHOWN], sep="\n    ")
    result = figures(made, records, server.log, PACE)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    result["cpu_ms_per_page"] = round(1000 * cpu / max(result["pages"], 1), 2)
    return {**result, "broken_promises": broken(result)}


def main(words: Sequence[str] | None = None) -> None:
    """Crawl one world; print the promises that are not kept, end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-internet ARGS=…", description=main.__doc__)
    options.add_argument("--seed", type=int, default=1, help="which world (1 unless told)")
    options.add_argument("--sites", type=int, default=SITES, help=f"sites, {SITES} unless told")
    options.add_argument("--documents", type=int, default=DOCUMENTS, help=f"documents a site, {DOCUMENTS} unless told")
    asked = options.parse_args(words)
    try:
        result = run(asked.seed, asked.sites, asked.documents)
    except ValueError as error:
        options.error(str(error))
    for line in result["broken_promises"]:
        print(f"NOT KEPT: {line}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
