"""A PostgreSQL for the tests: one cluster a run, without fsync, and an empty database for each test that asks."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from deploy import postgres
from pipelines.ledger.connection import Place
from pipelines.ledger.postgres import PostgresAddress

STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.cluster)]
"""For fixtures of a ledger, by `ledger_at`."""
NewDatabase = Callable[[], PostgresAddress]


@contextmanager
def cluster() -> Iterator[NewDatabase]:
    """Run a cluster and yield what makes a database; skips where PostgreSQL is not there."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    folder, numbers = Path(tempfile.mkdtemp(prefix="pg-")), count()
    try:
        postgres.program("initdb")
        postgres.make(folder, ["--no-sync", "--auth-local=trust"])
        with postgres.running(folder, ["-c", "fsync=off", "-c", "listen_addresses="]) as url:

            def new() -> PostgresAddress:
                name = f"test_{next(numbers)}"
                with psycopg.connect(url, autocommit=True) as db:
                    db.execute(f"CREATE DATABASE {name}")
                return PostgresAddress(url.replace(f"/{postgres.DATABASE}?", f"/{name}?"))

            yield new
    except postgres.MissingError as error:
        pytest.skip(str(error))
    finally:
        shutil.rmtree(folder)


def ledger_at(request: pytest.FixtureRequest, folder: Path) -> Place:
    """Return where the ledger of a test is, whose fixture has the parameters `STORES`."""
    if request.param == "sqlite":
        return folder / "ledger.sqlite"
    new: NewDatabase = request.getfixturevalue("new_database")
    return new()
