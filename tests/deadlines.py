"""Hang deadlines in CPU time, so that a busy machine fails no test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cpu_deadline(seconds: float) -> Iterator[None]:
    """Fail when the block takes more CPU time of this process than so many seconds: ten times what it took, or more."""
    start = time.process_time()
    yield
    took = time.process_time() - start
    assert took < seconds, f"{took:.1f} s of CPU time"
