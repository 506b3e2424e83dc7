"""Emoji, dingbats and stray foreign letters strewn into sentences to spoil copies: `您⚤📗老丈人`, `游子ธ，`."""

from __future__ import annotations

import re2

from cleaners.model import Edit
from cleaners.text.codes import CharClass

_STREWN = re2.compile(
    r"[\x{4e00}-\x{9fff}，。、；：！？“”‘’（）《》…,;:!?()]"
    r"( ?(?:[\x{1f000}-\x{1fbff}\x{2600}-\x{2604}\x{2607}-\x{27bf}\x{2660}-\x{266f}]"
    r"|[\x{fe0e}\x{fe0f}\x{200d}\x{e0000}-\x{e007f}]"
    r"|[\x{0e00}-\x{0e7f}\x{30a0}-\x{30ff}\x{3041}-\x{309f}\x{2b00}-\x{2bff}]){1,12})"
)
_SYMBOLS = CharClass((
    (0x1F000, 0x1FBFF), (0x2600, 0x2604), (0x2607, 0x27BF), (0x0E00, 0x0E7F), (0x3041, 0x30FF), (0x2B00, 0x2BFF),
))  # fmt: skip
_LAST = re2.compile(r"[\x{4e00}-\x{9fff}]|[，。、；：！？“”‘’（）《》…,;:!?()\n]|$")
ENOUGH = 4
"""So many different symbols in mid sentence, most of them once, are no choice of a writer."""


def edits(text: str) -> list[Edit]:
    """Return the edits that take strewn symbols out, if the page has enough of them to prove the habit."""
    if not _SYMBOLS.is_in(text):
        return []
    found = [
        (place.start(1), place.end(1), place.group(1).strip())
        for place in _STREWN.finditer(text)
        if _LAST.match(text[place.end(1) : place.end(1) + 1])
    ]
    kinds = {symbol for _, _, symbol in found}
    if len(kinds) < ENOUGH or len(kinds) * 2 < len(found):
        return []
    return [Edit(start, end, "", "symbols.strewn") for start, end, _ in found]
