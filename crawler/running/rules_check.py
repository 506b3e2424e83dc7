"""Rules that cannot be used are told of in one line before a command does anything."""

from __future__ import annotations

import traceback
from pathlib import Path

import cleaners


def fault() -> str | None:
    """Return what is wrong with the rules in one line that names file and line, None where all can be read."""
    try:
        from cleaners.judging import rulebook  # noqa: F401  # here: it reads every rule, and help needs none
    except (AttributeError, NameError, SyntaxError, TypeError, ValueError) as wrong:
        return _told(wrong)
    return None


def _told(wrong: Exception) -> str:
    if str(wrong).startswith("cleaners/"):
        return str(wrong)
    root = Path(cleaners.__file__).parent.parent
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    file, line, reason = frame.filename, frame.lineno, f"{type(wrong).__name__}: {wrong}"
    if isinstance(wrong, SyntaxError):
        file, line, reason = str(wrong.filename), wrong.lineno, wrong.msg
    name = Path(file).relative_to(root) if Path(file).is_relative_to(root) else file
    return f"{name}:{line}: {reason}; mend the file"
