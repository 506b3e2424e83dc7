"""Handles a standard output whose reader has left, or that cannot show Chinese."""

from __future__ import annotations

import io
import os
import sys


def print_nowhere() -> None:
    """Send what is still to be printed nowhere, else Python complains as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_any_character() -> None:
    """Have characters that the locale has not printed as \\uXXXX: output of any work is better than an exception."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
