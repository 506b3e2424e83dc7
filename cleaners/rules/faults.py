"""Rules, blocks and templates that cannot be used are told of in one line."""

from __future__ import annotations

import traceback
from pathlib import Path

FAULTS = (
    *(ArithmeticError, AttributeError, ImportError, LookupError, NameError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)
"""What reading them may raise."""


def told(wrong: Exception, read: Path | None = None) -> str:
    """Return what is wrong in a line that names the file, and its line where the error does not name them itself.

    Where one file was `read`, it is to blame: the line is its own, though what it called may have raised the error.
    """
    if str(wrong).startswith("cleaners/"):
        return str(wrong)
    frames = traceback.extract_tb(wrong.__traceback__)
    places = [(frame.filename, frame.lineno) for frame in frames if read in (None, Path(frame.filename))]
    file, line = places[-1] if places else (str(read), None)
    reason = str(wrong) if type(wrong) is ValueError else f"{type(wrong).__name__}: {wrong}"
    if isinstance(wrong, SyntaxError):
        file, line, reason = str(wrong.filename or read), wrong.lineno, wrong.msg
    root = Path(__file__).parents[2]
    name = str(Path(file).relative_to(root)) if Path(file).is_relative_to(root) else file
    return f"{name}:{f'{line}:' if line else ''} {reason}; mend the file"
