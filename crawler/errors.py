"""How a command ends: its exit codes, the error of a wrong call, and the name that tells of it."""

import sys
from pathlib import Path

CLEAN, BUG, USAGE, ALARM, UNREADABLE, DISK, LOCKED, INTERRUPTED = 0, 1, 2, 3, 65, 74, 75, 130
SIGNALLED = 128
"""Exit codes of docs/design.md, section 5; a signal that ends a command adds its number to the last."""


class ArgumentError(ValueError):
    """What was asked cannot be done; the message is one line that names the remedy."""


def program() -> str:
    """Return the name that the program was called by: `wenqing`, or `scrapy` in the repository."""
    return "wenqing" if Path(sys.argv[0]).name == "wenqing" else "scrapy"
