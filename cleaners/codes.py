"""A text as code points in numpy, and back: one look-up in a table asks or changes all characters at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

UNICODE_SIZE = 0x110000

Codes = NDArray[np.uint32]
Members = NDArray[np.bool_]


_REMEMBERED = 1 << 16
"""Characters up to which the last few texts are remembered: several stages ask of the same one."""


def codes(text: str) -> Codes:
    """Return the code points of `text`, lone surrogates too; they cannot be written to."""
    return _remembered(text) if len(text) <= _REMEMBERED else _codes(text)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


_remembered = lru_cache(maxsize=4)(_codes)


def text_of(points: Codes) -> str:
    """Return the text that has these code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def members(ranges: Iterable[tuple[int, int]]) -> Members:
    """Return which code points lie in one of `ranges`, each given by its first and its last."""
    table = np.zeros(UNICODE_SIZE, np.bool_)
    for first, last in ranges:
        table[first : last + 1] = True
    return table


def members_of(characters: Iterable[str]) -> Members:
    """Return which code points are those of `characters`."""
    return members((ord(each), ord(each)) for each in characters)
