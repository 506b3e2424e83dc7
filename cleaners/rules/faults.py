"""Rules, blocks and templates that cannot be used are told of in one line."""

from __future__ import annotations

import traceback
from pathlib import Path

FAULTS = (AttributeError, ImportError, NameError, SyntaxError, TypeError, ValueError)
"""What reading them may raise."""
MEND = "; mend the file"


def told(wrong: Exception) -> str:
    """Return what is wrong in a line that names the file, and its line where the error does not name them itself."""
    if str(wrong).startswith("cleaners/"):
        return str(wrong)
    root = Path(__file__).parents[2]
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    file, line, reason = frame.filename, frame.lineno, f"{type(wrong).__name__}: {wrong}"
    if isinstance(wrong, SyntaxError):
        file, line, reason = str(wrong.filename), wrong.lineno, wrong.msg
    name = Path(file).relative_to(root) if Path(file).is_relative_to(root) else file
    return f"{name}:{line}: {reason}{MEND}"
