"""A run killed with SIGKILL at any moment loses nothing and doubles nothing once it has been run to its end."""

from __future__ import annotations

import os
import random
import runpy
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson

PROGRAM = Path(__file__).with_name("kill_program.py")
PAGES = 3000
KILLS = 24


def start(data_dir: Path, site: str, count: int = PAGES) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), str(data_dir), site, str(count)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    return process


def finish(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors


def killed(process: subprocess.Popen[str], after: float) -> bool:
    """Kill the process after so many seconds; False when it had ended by itself."""
    time.sleep(after)
    alive = process.poll() is None
    process.kill()
    _, errors = process.communicate(timeout=60)
    assert alive or process.returncode == 0, errors
    return alive


def shards(data_dir: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((data_dir / "documents").glob("*.jsonl"))}


def documents(data_dir: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for shard in shards(data_dir).values() for line in shard.splitlines()]


def urls_by_text(data_dir: Path) -> dict[str, set[str]]:
    found = documents(data_dir)
    by_text = {document["text"]: set(document["urls"]) for document in found}
    assert len(by_text) == len(found), "a document is there twice"
    return by_text


def pages(count: int, *sites: str) -> list[tuple[str, str]]:
    """Return the addresses and texts that the program goes through."""
    generate = runpy.run_path(str(PROGRAM))["pages"]
    return [page for site in sites for page in generate(site, count)]


def expected(pages: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Return which addresses give which text in the end; a later text of an address takes the place of an earlier."""
    by_text: dict[str, set[str]] = {}
    for url, text in dict(pages).items():
        by_text.setdefault(text, set()).add(url)
    return by_text


def changing(pages: list[tuple[str, str]]) -> set[str]:
    """Return the texts that leave or come back when a run begins again."""
    last = dict(pages)
    urls = {url for url, text in pages if text != last[url]}
    return {text for url, text in pages if url in urls}


def test_a_run_killed_again_and_again_ends_as_one_that_was_not(tmp_path: Path) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")
    moments = random.Random(seed)
    finish(start(tmp_path / "whole", "taowenge"))

    broken = tmp_path / "broken"
    work = pages(PAGES, "taowenge")
    kills, before, progress = 0, set[str](), list[int]()
    # Shorter than all pages take at the least until there are kills enough, then longer and longer.
    while killed(start(broken, "taowenge"), after=moments.uniform(0, 0.012 * kills + max(0, kills - KILLS))):
        kills += 1
        now = urls_by_text(broken).keys() - changing(work)
        assert now >= before, "a kill took documents from the shards"
        before = now
        progress.append(len(now))

    assert kills >= KILLS
    print(f"documents after each kill: {progress}")
    assert len(set(progress)) > 3, "the kills fell on too few different moments"
    assert urls_by_text(broken) == expected(work)
    assert shards(broken) == shards(tmp_path / "whole")
    assert not list((broken / "documents").glob(".*.tmp"))


def test_two_sites_write_one_ledger_side_by_side(tmp_path: Path) -> None:
    for process in [start(tmp_path, "taowenge", 1300), start(tmp_path, "wm114", 1300)]:
        finish(process)
    assert urls_by_text(tmp_path) == expected(pages(1300, "taowenge", "wm114"))
