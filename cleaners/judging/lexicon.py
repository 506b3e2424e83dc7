"""What pairs and triples of characters say of a line: whether frames or texts are written with them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.page_lines import Line
from cleaners.text.codes import Codes, codes

Lexicon = NDArray[np.int8]
"""What two and what three neighbouring characters say, by slot, in two rows: above 0 for noise, below for text."""

LEXICON_SIZE = 1 << 16
_SHIFT = np.uint32(16)

MAX_SEEN = 120
"""Characters of a line that are looked at: more of a long line says nothing new."""


def lexicon_slots(points: Codes) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the slots in the lexicon of each two and of each three neighbouring characters; all digits are one."""
    plain = _without_digits(points)
    pairs = _pairs(plain)
    triples = (pairs[:-1] * np.uint32(0xC2B2AE35)) ^ (plain[2:] * np.uint32(0x27D4EB2F))
    return pairs >> _SHIFT, triples >> _SHIFT


def _without_digits(points: Codes) -> Codes:
    return np.where(points - np.uint32(48) < 10, np.uint32(48), points)  # what is below 48 wraps around


def _pairs(plain: Codes) -> Codes:
    mixed: Codes = plain[:-1] * np.uint32(0x9E3779B1) ^ plain[1:] * np.uint32(0x85EBCA6B)
    return mixed


def words(line: Line, lexicon: Lexicon) -> int:
    """Return what the pairs of a line's characters say together: above 0 for noise."""
    pairs = _pairs(_without_digits(codes(f"\n{seen_text(line)}\n"))) >> _SHIFT
    return int(lexicon[0].take(pairs).sum(dtype=np.int64))


def seen_text(line: Line) -> str:
    """Return the part of a line that is looked at."""
    text = line.normalized
    return text if len(text) <= MAX_SEEN else text[: MAX_SEEN - 30] + text[-30:]
