"""Traditional characters of the text written in Simplified ones."""

from __future__ import annotations

import numpy as np

from cleaners.model import Edit
from cleaners.text.codes import codes, text_of
from cleaners.text.hans import simplified_codes

RULE = "script.hans"


def edits(text: str) -> list[Edit]:
    """Return the changes that make `text` Simplified, one edit a character: neighbours join when edits are composed.

    >>> edits("工業與農村")[0]
    Edit(start=1, end=2, new='业', rule='script.hans')
    """
    points = codes(text)
    simplified = simplified_codes(text, points)
    changed = np.flatnonzero(points != simplified).tolist()
    new = text_of(simplified)
    return [Edit(at, at + 1, new[at], RULE) for at in changed]
