"""Handles a standard output whose reader has left."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """End the block in peace when nobody reads what it prints any more, as behind `| head`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        reader_has_left()


def reader_has_left() -> None:
    """Send what is still to be printed nowhere, else Python complains as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
