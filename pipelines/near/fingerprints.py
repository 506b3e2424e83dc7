"""Fingerprints of a text: a few hashes of its characters, which a copy of any part of the text shares."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from cleaners.canonical import canonical
from cleaners.text.codes import CharClass, Codes, codes
from cleaners.text.hans import HAN_RANGES

GRAM = 6
"""Han characters that one hash is made of."""
WINDOW = 8
"""Of so many neighbouring hashes the least is a print: a passage of WINDOW + GRAM - 1 characters always keeps one."""
MIN_FINGERPRINTS = 4
"""Prints that a text needs to be known by a part of it; a text with fewer is known as a whole only."""
PLACEHOLDERS = "某〇"
"""Han that stand for a name, as X, × and _ do, which are no Han; they are passed over."""
KEPT = CharClass(HAN_RANGES, without=PLACEHOLDERS)
"""The characters that count."""

_FACTOR = 0x9E3779B97F4A7C15
_ONE, _TWO = np.uint64(_FACTOR), np.uint64(_FACTOR * _FACTOR % 2**64)
_MIXES = ((30, np.uint64(0xBF58476D1CE4E5B9)), (27, np.uint64(0x94D049BB133111EB)))


def fingerprint(text: str) -> NDArray[np.int64]:
    """Return the prints of `text`, each once, in no meaningful order.

    Only Han characters of the canonical text count, so that marks, blanks, numbers and placeholders may differ.
    """
    return prints_of(canonical(text))


def prints_of(whole: str) -> NDArray[np.int64]:
    """Return the prints of a text that is canonical already."""
    hashes = gram_hashes(codes(whole)[KEPT.places(whole)])
    prints = _winnowed(hashes) if hashes.size else hashes
    return (prints if prints.size >= MIN_FINGERPRINTS else _of_whole(whole)).view(np.int64)


def gram_hashes(points: Codes) -> NDArray[np.uint64]:
    """Return the hash of each GRAM neighbouring code points, in their order."""
    one = points.astype(np.uint64)
    if one.size < GRAM:
        return one[:0]
    two = one[:-1] * _ONE + one[1:]
    four = two[:-2] * _TWO + two[2:]
    return _mixed(four[:-2] * _TWO + two[4:])


def _winnowed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the least hash of every window, each once; of one window where the text is shorter."""
    least, width = hashes, 1
    while width < min(WINDOW, hashes.size):
        step = min(width, min(WINDOW, hashes.size) - width)
        least = np.minimum(least[:-step], least[step:])
        width += step
    new = np.empty(least.size, np.bool_)
    new[0] = True
    np.not_equal(least[1:], least[:-1], out=new[1:])
    return np.unique(least[new])


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return `values` with every bit spread over all, so that the least is any of them."""
    for shift, factor in _MIXES:
        values = (values ^ (values >> np.uint64(shift))) * factor
    return values ^ (values >> np.uint64(31))


def _of_whole(text: str) -> NDArray[np.uint64]:
    """Return MIN_FINGERPRINTS prints that only the same canonical text has; none for an empty one."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return np.frombuffer(digest, "<u8", MIN_FINGERPRINTS if text else 0)
