"""How a command ends: its exit codes, and the error of a wrong call."""

CLEAN, BUG, USAGE, ALARM, UNREADABLE, DISK, LOCKED, INTERRUPTED = 0, 1, 2, 3, 65, 74, 75, 130
SIGNALLED = 128
"""Exit codes of docs/design.md, section 5; a signal that ends a command adds its number to the last."""


class ArgumentError(ValueError):
    """What was asked cannot be done; the message is one line that names the remedy."""
