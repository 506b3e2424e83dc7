"""How much of a text is looked at line by line."""

from __future__ import annotations

MAX_LINES = 100_000
"""No document has more lines."""


def first_lines(text: str) -> list[str]:
    """Return the lines of a text, of a longer one than any document is the first `MAX_LINES`.

    Five million bytes may be as many lines, of which each takes sixty bytes of memory and more.
    """
    return text.split("\n", MAX_LINES)[:MAX_LINES]
