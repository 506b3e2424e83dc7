"""White space: outer blanks of lines, empty lines, carriage returns and invisible characters."""

from __future__ import annotations

import re2

from cleaners.model import Edit

_BLANK = r"[\s\x{85}\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]"
_PLACES = re2.compile(
    rf"^{_BLANK}+|{_BLANK}+$|{_BLANK}*\n{_BLANK}*|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\x{{200b}}-\x{{200f}}\x{{202a}}-\x{{202e}}\x{{2066}}-\x{{2069}}\x{{feff}}]+|[\r\x{{2028}}\x{{2029}}]"
)


def edits(text: str) -> list[Edit]:
    """Return the edits that leave one line feed between paragraphs and nothing invisible.

    >>> edits("　　同志们：\\r\\n\\r\\n  今天")
    [Edit(start=0, end=2, new='', rule='layout.blank'), Edit(start=6, end=12, new='\\n', rule='layout.blank')]
    """
    found = []
    for place in _PLACES.finditer(text):
        old = place.group()
        inside = 0 < place.start() and place.end() < len(text)
        new = "\n" if inside and ("\n" in old or old in "\r\u2028\u2029") else ""
        if new != old:
            found.append(Edit(place.start(), place.end(), new, "layout.blank"))
    return found
