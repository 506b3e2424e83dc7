"""A text as code points in numpy, and back: one look-up in a table asks or changes all characters at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

UNICODE_SIZE = 0x110000

Codes = NDArray[np.uint32]
Members = NDArray[np.bool_]


def codes(text: str) -> Codes:
    """Return the code points of `text`, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(points: Codes) -> str:
    """Return the text that has these code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def members(ranges: Iterable[tuple[int, int]]) -> Members:
    """Return which code points lie in one of `ranges`, each given by its first and its last."""
    table = np.zeros(UNICODE_SIZE, np.bool_)
    for first, last in ranges:
        table[first : last + 1] = True
    return table
