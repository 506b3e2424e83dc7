"""SIGTERM and SIGHUP as exceptions, so that a command that is ended cleans up behind itself and says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = (signal.SIGTERM, signal.SIGHUP)


class Terminated(BaseException):
    """The process was asked to end by signal `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def raising_terminated() -> Iterator[None]:
    """Raise `Terminated` in the block when a signal asks the process to end; signals that are ignored stay ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(number, _raise)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _raise(number: int, _: FrameType | None) -> None:
    for each in _ENDING:  # a second one does not break off the cleaning up
        signal.signal(each, signal.SIG_IGN)
    raise Terminated(number)


@contextmanager
def ending_at_hang_up() -> Iterator[None]:
    """Let SIGHUP end the process at once in the block, an event loop: an exception in it would only be logged."""
    before = signal.getsignal(signal.SIGHUP)
    if before is not _raise:
        yield
        return
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
