"""How far a command is: a bar with share, rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from tqdm import tqdm

TERMINAL_SECONDS = 0.2
_BAR = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}, {remaining} left, {rate_fmt}{postfix}]"
_LINE = "{percentage:3.0f} %, {n_fmt} of {total_fmt}, {elapsed}, {remaining} left, {rate_fmt}{postfix}"
_OPEN = "{n_fmt} in {elapsed}, {rate_fmt}{postfix}"
_shown: list[tqdm[Any]] = []  # the bar on the terminal, if there is one


class Advance(Protocol):
    """Tells that so many more are done, and what is to be said beside them."""

    def __call__(self, count: int = 1, /, note: str = "") -> None:
        """Tell it."""


@contextmanager
def progress_bar(total: int | None, unit: str, every: float) -> Iterator[Advance]:
    """Show how much of `total` is done, in `unit` ("B" for bytes); `total` None where nobody knows the end.

    Where standard error is no terminal there is a line after so many seconds as `every` says, none if it is 0.
    """
    terminal = sys.stderr.isatty()
    if not terminal and not every:
        yield say_nothing
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread beside the command
    tqdm.set_lock(threading.RLock())  # nor a process for a lock of several
    told: dict[str, Any] = {"mininterval": TERMINAL_SECONDS, "dynamic_ncols": True, "file": sys.stderr}
    if not terminal:
        told = {"mininterval": every, "delay": every, "file": _Lines()}
    form = (_BAR if terminal else _LINE) if total else _OPEN
    unit = unit if unit == "B" else f" {unit}"
    with tqdm(total=total, miniters=1, unit=unit, unit_scale=unit == "B", leave=False, bar_format=form, **told) as bar:
        _shown[:] = [bar] if terminal else []
        try:
            yield _Bar(bar)
        finally:
            _shown.clear()


class _Bar:
    def __init__(self, bar: tqdm[Any]) -> None:
        self._bar = bar

    def __call__(self, count: int = 1, /, note: str = "") -> None:
        if note:
            self._bar.set_postfix_str(note, refresh=False)
        self._bar.update(count)


def say_nothing(count: int = 1, /, note: str = "") -> None:
    """Tell nobody."""


class _Lines:
    """A file for tqdm that is no terminal: what it draws over the last line becomes a line of its own."""

    def write(self, text: str) -> None:
        """Print what was drawn."""
        if line := text.strip():
            print(line, file=sys.stderr)

    def flush(self) -> None:
        """Send it on."""
        sys.stderr.flush()


def print_message(message: str) -> None:
    """Print a line on standard error, above the bar where one is shown."""
    for bar in _shown:
        bar.clear()
    print(message, file=sys.stderr, flush=True)
    for bar in _shown:
        bar.refresh()
