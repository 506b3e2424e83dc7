"""Pages whose lines a test labels by hand, so that what it tests does not hang on the words of the rule book."""

from __future__ import annotations

from cleaners.judging.page_lines import PageLines
from cleaners.rules.rule import LineRole, Position, Rule, TruncationSignal

Row = str | tuple[str, Rule]
"""A line that no rule knows, or one with the rule that knows it."""


def rule(
    position: Position,
    name: str = "test.rule",
    *,
    weak: bool = False,
    role: LineRole | None = None,
    signal: TruncationSignal | None = None,
) -> Rule:
    """Return a rule that only a test gives to lines; `weak` is `context_only`."""
    return Rule(
        id=name,
        why="a test",
        pattern="",
        match=(),
        never=(),
        position=position,
        context_only=weak,
        role=role,
        signal=signal,
    )


def page(*rows: Row) -> PageLines:
    """Return the lines of a page; the layout is the cleaner's, the rules on each line are those of the test."""
    texts = [row if isinstance(row, str) else row[0] for row in rows]
    sheet = PageLines.of("\n".join(texts))
    for line, row in zip(sheet.lines, rows, strict=True):
        line.rules, line.spans = [] if isinstance(row, str) else [row[1]], ()
    return sheet
