"""Pieces of text that workers judge in tests/test_near.py; the workers import this file, and nothing that tests need."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


def prose(seed: object, size: int = 600) -> str:
    """Return text that shares nothing with that of another seed."""
    chance = random.Random(str(seed))
    return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(size))


@dataclass(frozen=True)
class Given:
    """Some texts."""

    given: Sequence[str]

    def texts(self) -> Iterator[str]:
        yield from self.given


@dataclass(frozen=True)
class Deadly:
    """Texts that end the process which reads them by the signal that nothing can catch, so many times."""

    folder: Path
    deaths: int

    def __str__(self) -> str:
        return "the deadly piece"

    def texts(self) -> Iterator[str]:
        died = len(list(self.folder.iterdir()))
        if died < self.deaths:
            (self.folder / str(died)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield prose("deadly")
