"""What the workers of tests/test_workers.py do; they import this file."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(item: str) -> tuple[str, int]:
    """Return the item twice and who did it; some words are traps."""
    if item == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("dies:"):
        _, times, log = item.split(":")
        met = Path(log)
        with met.open("a") as file:
            file.write("x")
        if met.stat().st_size <= int(times):
            os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("meets:"):
        folder, deadline = Path(item.removeprefix("meets:")).parent, time.monotonic() + 60
        (folder / str(os.getpid())).touch()
        while len(list(folder.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.005)
    if item == "bug":
        raise ZeroDivisionError(item)
    if item == "slow":
        time.sleep(0.2)
    return item * 2, os.getpid()


class Stillborn:
    """Ends the process that it is sent to."""

    def __call__(self, item: str) -> str:
        return item

    def __setstate__(self, state: object) -> None:
        os._exit(3)

    def __getstate__(self) -> object:
        return "not empty"
