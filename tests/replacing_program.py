"""The program of test_faults.py that is killed while it writes; it imports nothing that tests need."""

from itertools import cycle
from pathlib import Path

from pipelines.ledger.atomic import atomic_write


def replacing(path: Path, *letters: bytes) -> None:
    """Write a file over and over, one letter after the other."""
    for letter in cycle(letters):
        with atomic_write(path) as file:
            for _ in range(200):
                file.write(letter * 1000)
