"""Verdicts on records of files: in memory where they fit, else in rounds on the disk; the same ones either way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipelines.engine import Engine, LocalEngine
from pipelines.ledger.atomic import atomic_write
from pipelines.near import batch, rounds
from pipelines.near.decide import Decision
from pipelines.near.index import METHOD
from pipelines.near.prints import written
from pipelines.near.splits import Split

_INPUTS = "inputs.json"


def memory_limit(megabytes: int) -> int:
    """Return so many bytes as the setting DEDUP_MEMORY_MB says; 0 is half of the machine's."""
    return megabytes << 20 or os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


def verdicts(
    pieces: Sequence[Split],
    folder: Path,
    engine: Engine,
    *,
    workers: int,
    limit: int,
    told: Callable[[int], object] = lambda _: None,
) -> Iterator[Decision]:
    """Yield the verdict on each document of `pieces` in their order, with `limit` bytes of memory or in rounds.

    `folder` keeps what is made; called with one in which a killed run worked on the same input, it goes on there.
    `told` is called with the number of pieces read since. Raises ValueError with one line where another input was
    worked on there, else as `written` and `rounds.verdicts`.
    """
    _claim(pieces, folder)
    prints = written(pieces, folder, engine, told)
    if isinstance(engine, LocalEngine) and batch.memory(prints) <= limit:
        return batch.verdicts(prints, folder, workers)
    return rounds.verdicts(prints, folder, engine)


def is_work(folder: Path) -> bool:
    """Say whether a folder is empty, or holds such tables."""
    return (folder / _INPUTS).exists() or not any(folder.iterdir())


def _claim(pieces: Sequence[Split], folder: Path) -> None:
    """Note what the tables in `folder` are made of; raises ValueError where they are of something else."""
    files = {str(piece.path): os.stat(piece.path) for piece in pieces}
    made_of = {
        "method": METHOD,
        "pieces": list(map(str, pieces)),
        "files": [[name, found.st_size, found.st_mtime_ns] for name, found in files.items()],
    }
    note = folder / _INPUTS
    if not note.exists():
        with atomic_write(note) as file:
            file.write(json.dumps(made_of).encode())  # orjson writes no name that is no UTF-8
    elif json.loads(note.read_bytes()) != made_of:
        raise ValueError(f"{folder}: holds work on other files, or on these as they were; empty it, or name another")
