"""The canonical text, which decides whether two documents are the same, and the key taken from it.

It is never shown: it only makes a dump with folded punctuation, the live page and a repaired mirror agree.
"""

from __future__ import annotations

import hashlib
from functools import cache
from unicodedata import normalize

from cleaners.text.codes import CharClass, Translation, all_of, codes, singles, text_of
from cleaners.text.hans import hans_table, simplify_characters

BLANKS = (
    (0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x0600, 0x0605), (0x061C, 0x061C), (0x06DD, 0x06DD), (0x070F, 0x070F),
    (0x0890, 0x0891), (0x08E2, 0x08E2), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200F), (0x2028, 0x202F),
    (0x205F, 0x2064), (0x2066, 0x206F), (0x3000, 0x3000), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD),
    (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001),
    (0xE0020, 0xE007F),
)  # fmt: skip
"""Unicode's categories Z*, Cc and Cf, written out: a key may not change with the Python that computes it."""

_BLANK = CharClass(BLANKS)
_WRITTEN_OUT = {"…": "...", "℃": "°C"}
"""Frequent characters that NFKC writes out, whatever stands beside them."""
ALONE = CharClass((
    (0x00, 0x7F), (0xA1, 0xA7), (0xA9, 0xA9), (0xAE, 0xAE), (0xB0, 0xB1), (0xB6, 0xB7), (0xBF, 0x0131),
    (0x0134, 0x013E), (0x0141, 0x0148), (0x014A, 0x017E), (0x0180, 0x01C3), (0x01CD, 0x01F0), (0x0391, 0x03CF),
    (0x0400, 0x045F), (0x2012, 0x2016), (0x2018, 0x2023), (0x2030, 0x2032), (0x203B, 0x203B), (0x2190, 0x222B),
    (0x2460, 0x2468), (0x2500, 0x27BF), (0x3001, 0x3029), (0x3041, 0x3096), (0x30A0, 0x30FE), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xFF01, 0xFF5E), (0x1F300, 0x1FAFF), *singles(_WRITTEN_OUT),
))  # fmt: skip
"""Characters that NFKC leaves, folds or writes out one by one, whatever stands beside them; most texts have no
others."""


def canonical(text: str) -> str:
    """Return `text` with compatibility forms folded, blanks and controls gone, and Traditional characters simplified.

    Applying it twice changes nothing more: dropping a blank may bring a letter and its accent together, so NFKC runs
    once more after it.

    >>> canonical("總結（一）：\\n  ＡＢ……")
    '总结(一):AB......'
    """
    if all_of(text, _BLANK, ALONE):
        folded = text_of(_folding().of(text)[~_BLANK.places(text)])
        for char, written in _WRITTEN_OUT.items():
            folded = folded.replace(char, written)
        return folded
    folded = normalize("NFKC", text)
    return simplify_characters(normalize("NFKC", text_of(codes(folded)[~_BLANK.places(folded)])))


@cache
def _folding() -> Translation:
    table = hans_table().copy()
    table[0xFF01:0xFF5F] = table[0x21:0x7F]
    table[0x2460:0x2469] = table[0x31:0x3A]
    return Translation(table)


def digest(text: str) -> str:
    """Return the SHA-256 of the canonical text of `text` in UTF-8 as 64 hex digits; its first 16 are the key."""
    return hashlib.sha256(canonical(text).encode("utf-8", "surrogatepass")).hexdigest()
