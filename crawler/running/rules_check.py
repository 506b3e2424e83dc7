"""Rules that cannot be used are told of in one line before a command does anything."""

from __future__ import annotations

from cleaners.rules.faults import FAULTS, told


def fault() -> str | None:
    """Return what is wrong with the rules in one line that names file and line, None where all can be read."""
    try:
        from cleaners.judging import rulebook  # noqa: F401  # here: it reads every rule, and help needs none
    except FAULTS as wrong:
        return told(wrong)
    return None
