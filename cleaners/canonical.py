"""The canonical text, which decides whether two documents are the same, and the key taken from it.

It is never shown: it only makes a dump with folded punctuation, the live page and a repaired mirror agree.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from cleaners.repairs.script import hans_table, simplify_characters

BLANKS = re.compile(
    "[\x00- \x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]+"
)
"""Unicode's categories Z*, Cc and Cf, written out: a key may not change with the Python that computes it."""

_ALONE = re.compile("[\x00-\x7f·‘’“”—、。〈-】〔〕㐀-䶿一-鿿！-～]*")
"""Characters that NFKC leaves or folds one by one, whatever stands beside them; most texts have no others."""


def canonical(text: str) -> str:
    """Return `text` with compatibility forms folded, blanks and controls gone, and Traditional characters simplified.

    Applying it twice changes nothing more: dropping a blank may bring a letter and its accent together, so NFKC runs
    once more after it.

    >>> canonical("總結（一）：\\n  ＡＢ……")
    '总结(一):AB......'
    """
    bare = BLANKS.sub("", text.replace("…", "..."))
    if _ALONE.fullmatch(bare):
        codes = np.frombuffer(bare.encode("utf-32-le"), np.uint32)
        return _table()[codes].tobytes().decode("utf-32-le")
    return simplify_characters(normalize("NFKC", BLANKS.sub("", normalize("NFKC", text))))


@cache
def _table() -> NDArray[np.uint32]:
    """Return the Simplified character of every code point, full-width forms of ASCII folded."""
    table = hans_table().copy()
    table[0xFF01:0xFF5F] = table[0x21:0x7F]
    return table


def digest(text: str) -> str:
    """Return the SHA-256 of the canonical text of `text` in UTF-8 as 64 hex digits; its first 16 are the key."""
    return hashlib.sha256(canonical(text).encode("utf-8", "surrogatepass")).hexdigest()
