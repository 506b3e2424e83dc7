"""Documents a second that one and two processes store, in SQLite and in PostgreSQL; part of `make bench-scale`.

By the clock, since writers wait for one another and for the disk; so on a machine that does other work it says too little.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks import material
from cleaners.clean import clean
from cleaners.model import Page
from deploy import postgres
from pipelines.ledger.connection import Place
from pipelines.ledger.documents import Ledger
from pipelines.ledger.postgres import PostgresAddress

DOCUMENTS = 2_000
"""Of each writer."""
ADDED = "2026-11-01T00:00:00Z"


def write(place: Place, name: str, count: int, ready: Barrier) -> None:
    """Store so many documents of 5,000 characters, as a crawl does: a verdict each, a commit a hundred."""
    chance = random.Random(name)
    documents = [
        clean(Page(body=material.dump(chance), url=f"https://{name}.example/{at}", source=name)) for at in range(count)
    ]
    ready.wait(600)
    with closing(Ledger(place, clock=lambda: 0.0)) as ledger:
        for document in documents:
            ledger.classify(str(document.url), str(document.sha256))
            ledger.add(document, site=name, added=ADDED)
        ledger.commit()


def rate(place: Place, writers: int, count: int = DOCUMENTS) -> float:
    """Return the documents a second of so many processes that begin together."""
    Ledger(place).close()
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(writers + 1)
    running = [context.Process(target=write, args=(place, f"site{n}", count, ready)) for n in range(writers)]
    for process in running:
        process.start()
    ready.wait(600)
    began = time.perf_counter()
    for process in running:
        process.join()
    return round(writers * count / (time.perf_counter() - began), 0)


@contextmanager
def _databases() -> Iterator[str]:
    """Yield the address of a server of its own, synced to the disk as a real one."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        postgres.make(folder)
        with postgres.running(folder, ["-c", "listen_addresses="]) as url:
            yield url
    finally:
        shutil.rmtree(folder)


def rates(count: int = DOCUMENTS) -> dict[str, float | None]:
    """Return the rates by name; those of PostgreSQL are None where it is not there."""
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as name:
        for writers in (1, 2):
            found[f"sqlite_{writers}_writers_per_s"] = rate(Path(name, f"{writers}.sqlite"), writers, count)
    try:
        import psycopg

        with _databases() as url:
            for writers in (1, 2):
                name = f"wenqing_{writers}"
                place = url.replace(f"/{postgres.DATABASE}?", f"/{name}?")
                with psycopg.connect(url, autocommit=True) as db:
                    db.execute(f"CREATE DATABASE {name}")
                found[f"postgresql_{writers}_writers_per_s"] = rate(PostgresAddress(place), writers, count)
    except (postgres.MissingError, ImportError):
        found |= dict.fromkeys(("postgresql_1_writers_per_s", "postgresql_2_writers_per_s"))
    return found
