"""A run killed with SIGKILL at any moment loses nothing and doubles nothing once it has been run to its end."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import orjson

from tests import kill_program
from tests.forked import Forked

PAGES = 800
MAX_PAUSE = 0.036  # seconds from a word to the kill: too short for 20 kills to see all pages done


def start(data_dir: Path, site: str, count: int = PAGES) -> Forked:
    return Forked(kill_program.main, data_dir, site, count)


def finish(process: Forked) -> None:
    code, _, errors = process.end()
    assert code == 0, errors


def killed(process: Forked, said: str, after: float) -> bool:
    """Kill the process so many seconds after it said a word; False when it had ended by itself."""
    while (line := process.readline()) != said:
        assert line, process.end()
    time.sleep(after)
    process.kill()
    code, _, errors = process.end()
    assert code in (0, -signal.SIGKILL), errors
    return code != 0


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
    return [page for site in sites for page in kill_program.pages(site, count)]


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
    chance = random.Random(seed)
    work = pages(PAGES, "taowenge")
    finish(start(tmp_path / "whole", "taowenge"))

    broken = tmp_path / "broken"
    moments = chance.sample(["go"] * 6 + ["new"] * 20, k=26) + ["end"] * 6
    before, progress = set[str](), list[int]()
    for said in moments:
        if killed(start(broken, "taowenge"), said, after=chance.uniform(0, MAX_PAUSE)):
            now = urls_by_text(broken).keys() - changing(work)
            assert now >= before, "a kill took documents from the shards"
            before = now
            progress.append(len(now))
    finish(start(broken, "taowenge"))

    print(f"documents after each kill: {progress}")
    assert len(progress) >= 20
    assert len(set(progress)) > 1, "the kills fell on too few different moments"
    assert urls_by_text(broken) == expected(work)
    assert shards(broken) == shards(tmp_path / "whole")
    assert not list((broken / "documents").glob(".*.tmp"))


def test_two_sites_write_one_ledger_side_by_side(tmp_path: Path) -> None:
    for process in [start(tmp_path, "taowenge", 500), start(tmp_path, "wm114", 500)]:
        finish(process)
    assert urls_by_text(tmp_path) == expected(pages(500, "taowenge", "wm114"))
