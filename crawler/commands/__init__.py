"""Scrapy commands of the project, one a file; none begins with rules that cannot be used."""

import sys
import traceback
from pathlib import Path

import cleaners
from crawler.errors import USAGE, program
from crawler.terminal.stdout import hold_closed_streams, print_any_character


def _told(wrong: Exception) -> str:
    """Return what is wrong with the rules in one line that names file and line."""
    if str(wrong).startswith("cleaners/"):
        return str(wrong)
    root = Path(cleaners.__file__).parent.parent
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    file, line, reason = frame.filename, frame.lineno, f"{type(wrong).__name__}: {wrong}"
    if isinstance(wrong, SyntaxError):
        file, line, reason = str(wrong.filename), wrong.lineno, wrong.msg
    name = Path(file).relative_to(root) if Path(file).is_relative_to(root) else file
    return f"{name}:{line}: {reason}; mend the file"


hold_closed_streams()
print_any_character()
try:
    from cleaners.judging import rulebook  # noqa: F401  # it compiles every rule
except (AttributeError, NameError, SyntaxError, TypeError, ValueError) as wrong:
    print(f"{program()}: {_told(wrong)}", file=sys.stderr)
    raise SystemExit(USAGE) from None
