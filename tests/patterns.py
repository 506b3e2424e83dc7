"""What all that a pattern matches has, told from its parts as `re` parses them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as syntax  # type: ignore[attr-defined]
from re import _parser as sre_parse  # type: ignore[attr-defined]
from typing import Any

MAX_RANGE = 64
"""Characters of a class that are looked at one by one; a larger one may hold any."""


def parsed(pattern: str) -> Any:
    """Return the parts of a pattern."""
    return sre_parse.parse(pattern)


def holds(pattern: str, literals: Sequence[str]) -> bool:
    """Whether one of `literals`, of one or two characters, stands in all that a pattern matches."""
    parts = parsed(pattern)
    return not _ends_without(parts, {""}, literals, parts.state.flags)


def outer(parts: Any, step: int) -> set[tuple[Any, Any]]:
    """Return what the first character (`step` 1) or the last one (-1) of all that parts match may be, as `re` has it."""
    found, _ = _outer(parts, step)
    return found


def _outer(parts: Any, step: int) -> tuple[set[tuple[Any, Any]], bool]:
    """Return the same, and whether parts may match nothing."""
    found: set[tuple[Any, Any]] = set()
    for code, value in list(parts)[::step]:
        if code in (syntax.AT, syntax.ASSERT, syntax.ASSERT_NOT):
            continue
        if code is syntax.BRANCH:
            branches = [_outer(branch, step) for branch in value[1]]
            more, is_open = set().union(*(each for each, _ in branches)), any(none for _, none in branches)
        elif code is syntax.SUBPATTERN:
            more, is_open = _outer(value[3], step)
        elif code in (syntax.MAX_REPEAT, syntax.MIN_REPEAT, syntax.POSSESSIVE_REPEAT):
            more, is_open = _outer(value[2], step)
            is_open = is_open or not value[0]
        else:
            more, is_open = set(value) if code is syntax.IN else {(code, value)}, False
        found |= more
        if not is_open:
            return found, False
    return found, True


def _characters(code: Any, value: Any, flags: int) -> set[str] | None:
    """Return the characters that one place of a pattern may have; None for any other than these."""
    if code is syntax.LITERAL:
        found = {chr(value)}
    elif code is syntax.IN and all(kind in (syntax.LITERAL, syntax.RANGE) for kind, _ in value):
        ranges = [(at, at) if kind is syntax.LITERAL else at for kind, at in value]
        if sum(last - first for first, last in ranges) > MAX_RANGE:
            return None
        found = {chr(char) for first, last in ranges for char in range(first, last + 1)}
    else:
        return None
    return {form for char in found for form in (char.lower(), char.upper())} if flags & re.IGNORECASE else found


def _ends_without(parts: Any, ends: set[str], literals: Sequence[str], flags: int) -> set[str]:
    """Return the last characters ("" for any) of all that a pattern matches without a literal, behind such `ends`."""
    for code, value in parts:
        if (found := _characters(code, value, flags)) is not None:
            ends = {char for end in ends for char in found if char not in literals and end + char not in literals}
        elif code is syntax.BRANCH:
            ends = set().union(*(_ends_without(branch, ends, literals, flags) for branch in value[1]))
        elif code is syntax.SUBPATTERN:
            ends = _ends_without(value[3], ends, literals, flags)
        elif code in (syntax.MAX_REPEAT, syntax.MIN_REPEAT):
            least, most, inner = value
            for _ in range(least):
                ends = _ends_without(inner, ends, literals, flags)
            more = ends
            for _ in range(min(most - least, 3)):
                more = _ends_without(inner, more, literals, flags)
                ends = ends | more
        elif code not in (syntax.AT, syntax.ASSERT, syntax.ASSERT_NOT):
            ends = {""} if ends else set()
    return ends
