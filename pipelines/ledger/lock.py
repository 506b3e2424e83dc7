"""Locks between runs: the kernel frees them when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_POLL_SECONDS = 0.05


class Locked(Exception):  # noqa: N818 (a state, not a fault)
    """Another run holds the lock; the message names the file and says what to do."""


@contextmanager
def site_lock(data_dir: Path, site: str) -> Iterator[None]:
    """Hold `data_dir`/SITE.lock, so that a site has one run at a time.

    Raises `Locked` at once when another run of the site holds it, OSError when the file cannot be made.
    """
    with hold_lock(data_dir / f"{site}.lock"):
        yield


@contextmanager
def hold_lock(path: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold a lock on the file `path`, which is made when missing and never removed.

    Raises `Locked` when another run still holds it after `wait` seconds, OSError when the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Locked(f"{path}: another run holds this lock; wait until it has ended") from None
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(file)
