"""The program of test_faults.py in which writing fails, at one byte after the other of each file.

Call: failing_writes.py FOLDER STEP. Files may grow to 0 bytes, to STEP, to twice STEP, … (RLIMIT_FSIZE): what would go
beyond is cut, then refused, as on a full disk or one with a bad sector; in the journal, in the ledger, in a shard. After
each failure the ledger is opened again, once closed in order and once as a kill at that moment would have left it.
Prints a JSON object: how many writes failed in which file, and what was wrong with the ledger after one of them.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.shards import write_shards
from tests.documents import ADDED, document
from tests.test_ledger import random_text

BATCH = 4
OLD, NEW = 4, 3
"""Batches that are there before, and that are then added."""


@contextmanager
def files_end_at(most: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def add(ledger: Ledger, batch: int) -> None:
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        ledger.add(document(random_text(number), f"https://a.example/{number}"), site="a", added=ADDED)
    ledger.commit()


def grown(ledger: Ledger, most: int) -> tuple[int, str]:
    """Add batches while files end at `most`; return how many were acknowledged, and the message of the failure."""
    acknowledged = OLD
    with files_end_at(most):
        try:
            for batch in range(OLD, OLD + NEW):
                add(ledger, batch)
                acknowledged += 1
        except LedgerError as error:
            return acknowledged, str(error)
    return acknowledged, ""


def wrong(path: Path, acknowledged: int) -> str:
    """Return what is wrong with the ledger at `path`, "" when nothing is."""
    try:
        ledger = Ledger(path)
        count, check = len(ledger.documents()), ledger._db.execute("PRAGMA integrity_check").fetchone()[0]
        add(ledger, OLD + NEW)
        ledger.close()
    except LedgerError as error:
        return str(error)
    whole = count % BATCH == 0 and acknowledged <= count // BATCH <= acknowledged + 1
    return "" if whole and check == "ok" else f"{count} documents, {acknowledged} x {BATCH} acknowledged; {check}"


def ledger_fails(folder: Path, base: Path, most: int) -> Iterator[str]:
    """Yield what goes wrong with a ledger whose files end at `most`."""
    path, left = folder / "work.sqlite", folder / "left.sqlite"
    for suffix in ("", "-journal"):
        Path(f"{left}{suffix}").unlink(missing_ok=True)
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.copy(base, path)
    ledger = Ledger(path)
    acknowledged, message = grown(ledger, most)
    for suffix in ("", "-journal"):
        if Path(f"{path}{suffix}").exists():
            shutil.copy(f"{path}{suffix}", f"{left}{suffix}")
    ledger.close()
    COUNTS["ledger"] += bool(message)
    for opened in (path, left):
        if found := wrong(opened, acknowledged):
            yield f"{opened.stem}, files of {most} bytes ({message or 'no failure'}): {found}"


def making_fails(folder: Path, most: int) -> Iterator[str]:
    """Yield what goes wrong with a ledger that was being made while files ended at `most`."""
    path = folder / f"made-{most}.sqlite"
    with files_end_at(most):
        try:
            Ledger(path).close()
        except LedgerError:
            COUNTS["new ledger"] += 1
    if found := wrong(path, 0):
        yield f"made with files of {most} bytes: {found}"


def shard_fails(folder: Path, ledger: Ledger, most: int) -> Iterator[str]:
    """Yield what goes wrong with a shard that has changed and cannot be written beyond `most`."""
    write_shards(ledger, folder)
    (shard,) = folder.glob("*.jsonl")
    old = shard.read_bytes()
    add(ledger, OLD + NEW + 1 + COUNTS["shard"])
    with files_end_at(most):
        try:
            write_shards(ledger, folder)
        except LedgerError:
            COUNTS["shard"] += 1
    if shard.read_bytes() != old:
        yield f"shard with files of {most} bytes: neither the old one nor an error"


COUNTS: Counter[str] = Counter()


def main(folder: Path, step: int) -> None:
    base = folder / "base.sqlite"
    ledger = Ledger(base)
    for batch in range(OLD):
        add(ledger, batch)
    ledger.close()
    found: list[str] = []
    for most in range(0, base.stat().st_size * 2, step):
        found += ledger_fails(folder, base, most)
    for most in range(0, 64_000, step):
        found += making_fails(folder, most)
    ledger = Ledger(base)
    for most in range(0, 100_000, step * 10):
        found += shard_fails(folder / "documents", ledger, most)
    print(json.dumps({"failed": COUNTS, "wrong": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
