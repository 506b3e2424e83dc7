"""Handles standard streams that are closed, whose reader has left, or that cannot show Chinese."""

from __future__ import annotations

import io
import os
import sys

_STREAMS = (0, 1, 2)
"""The file descriptors of standard input, output and error."""


def hold_closed_streams() -> None:
    """Have standard streams that are closed lead nowhere: else a file that is opened later gets what they are sent."""
    for number in _STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest number that is free
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False)  # else `print` sends messages to standard output


def is_terminal() -> bool:
    """Say whether a person sees standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def print_nowhere() -> None:
    """Send what is still to be printed nowhere, else Python complains as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_any_character() -> None:
    """Have characters that the locale has not printed as \\uXXXX: output of any work is better than an exception."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
