"""A crawl of 100,000 documents takes no more memory at its end than after its beginning, and leaves no file open."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.crawl import held_mb, serve
from cleaners.sites import Site
from tests.running import Run, urls

DOCUMENTS = int(os.environ.get("SOAK_DOCUMENTS", "100000"))
BEGINNING = DOCUMENTS // 10
EVERY = 2.0  # seconds between two looks
BY_THE_DAY = {"POLITE_PAGES_A_DAY": 10**9, "POLITE_MIB_A_DAY": 10**6}


@dataclass(frozen=True, slots=True)
class Look:
    """What a crawl has stored, and what it holds: MB resident, open files."""

    documents: int
    megabytes: float
    files: int


@pytest.fixture
def home() -> Iterator[str]:
    """The home page of a site with so many documents of 3,000 characters."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(DOCUMENTS, sender), daemon=True)
    server.start()
    yield f"http://127.0.0.1:{receiver.recv()}/"
    server.terminate()


def looks(run: Run) -> Iterator[Look]:
    """Look at a crawl until it ends."""
    pid, path = run.process.pid, run.data / "ledger.sqlite"
    while run.process.poll() is None:
        if path.exists():
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)) as ledger:
                (stored,) = ledger.execute("SELECT coalesce(max(seq), 0) FROM documents").fetchone()
            yield Look(stored, held_mb(pid), sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()))
        time.sleep(EVERY)


@pytest.mark.long
@pytest.mark.matrix(
    55,
    "after 10,000 of 100,000 documents memory grows by 20 MB at most until the last one, stays below 300 MB while "
    "copies are judged; open files stay few",
)
def test_memory_stays_flat(home: str, tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    host = home.split("/")[2]
    site = Site(
        name="soak", title="基准", template="soak", domains=(host,), start=(home,),
        documents=(r"^/d/\d+\.html$",), listings=(r"^/$", r"^/list/\d+\.html$"),
    )  # fmt: skip
    run, began = Run(site, tmp_path, settings=BY_THE_DAY), time.monotonic()
    seen: list[Look] = []
    for look in looks(run):
        seen.append(look)
        if len(seen) % 15 == 0:
            print(look, flush=True)
    ended = run.end()
    seconds = time.monotonic() - began
    assert (ended.code, len(urls(tmp_path))) == (0, DOCUMENTS), ended.err
    early = [look for look in seen if look.documents <= BEGINNING]
    late = [look for look in seen if BEGINNING < look.documents < DOCUMENTS]
    most = max(each.megabytes for each in seen)
    grown = max(each.megabytes for each in late) - early[-1].megabytes
    files = [each.files for each in seen if each.documents > BEGINNING]
    assert most < 300
    assert grown <= 20
    assert max(files) <= max(each.files for each in early) + 2
    figure(
        55,
        f"{DOCUMENTS:,} documents in {seconds:.0f} s: {early[-1].megabytes:.0f} MB after {early[-1].documents:,}, "
        f"{grown:+.0f} MB to the last one, {most:.0f} MB while copies are judged; {min(files)} to {max(files)} open files",
    )
