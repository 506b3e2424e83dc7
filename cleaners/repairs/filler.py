"""Filler: unrelated rare characters that stand for a text or are strewn before its slides, and names of glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from cleaners.model import Edit
from cleaners.reading.decode import FREQUENT
from cleaners.text.codes import CharClass

MIN_RUN = 24
"""Han characters in a row, without a mark, below which nothing is called filler."""
MIN_HAN = 60
"""Han characters a page must have for the share of frequent ones to say anything."""
SAMPLE = 400
"""A text whose first characters are no filler is not looked at whole."""
RARE_PAGE, RARE_RUN = 0.4, 0.25
"""Share of frequent characters below which a page, a run, is filler; Chinese prose has 0.7 to 0.85."""
RARE_HEAD = 17
"""So many of the first `SHORTEST` characters of a stretch are rare: at no place of it do frequent ones outweigh."""
GLYPHS = 0.3
"""Share of a text that names of glyphs (`G21 G22`) must make up."""

PAGE_RULE = "filler.page"
_HAN_RANGES = (0x3400, 0x4DBF), (0x4E00, 0x9FFF)
_HAN, _RARE = CharClass(_HAN_RANGES), CharClass(_HAN_RANGES, without=FREQUENT)
_HAN_RUN = re.compile(rf"[一-鿿㐀-䶿]{{{MIN_RUN},}}")
_GLYPH = re.compile(r"G[0-9A-F]{2,3}(?![0-9A-Za-z]{3})")


def is_filler(text: str) -> bool:
    """Whether a whole text is no language: cycles of rare characters, or names of glyphs.

    >>> is_filler("莆蚆袂聿莂蚅羄蒆薇袆膅薅" * 9)
    True
    """
    if text.count("G") * 4 > GLYPHS * len(text):
        glyphs = sum(map(len, _GLYPH.findall(text)))
        if glyphs > GLYPHS * sum(not c.isspace() for c in text):
            return True
    return _is_rare(text[:SAMPLE]) and _is_rare(text)


def _is_rare(text: str) -> bool:
    han = _HAN.count(text)
    return han >= MIN_HAN and han - _RARE.count(text) < RARE_PAGE * han


def edits(text: str) -> list[Edit]:
    """Return the edits that take filler out: all of the text, or the runs of unrelated characters in it."""
    if is_filler(text):
        return [Edit(0, len(text), "", PAGE_RULE)]
    return [Edit(start, end, "", "filler.run") for start, end in _runs(text)] if _may_have_runs(text) else []


def _may_have_runs(text: str) -> bool:
    """Whether any `SHORTEST` characters of the text could be the head of a rare stretch; few texts have such."""
    rare = np.cumsum(_RARE.places(text), dtype=np.int32)
    rare[MIN_RUN:] -= rare[:-MIN_RUN]
    return bool((rare >= RARE_HEAD).any())


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for place in _HAN_RUN.finditer(text):
        yield from _stretches(place.group(), place.start())


def _stretches(run: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the rare stretches of a run of Han, from left to right."""
    if len(run) < MIN_RUN or sum(c not in FREQUENT for c in run) < MIN_RUN * (1 - RARE_RUN):
        return
    start, end = _rarest(run)
    rare = run[start:end]
    if len(rare) >= MIN_RUN and sum(c in FREQUENT for c in rare) <= RARE_RUN * len(rare):
        yield from _stretches(run[:start], offset)
        yield offset + start, offset + end
        yield from _stretches(run[end:], offset + end)


def _rarest(run: str) -> tuple[int, int]:
    """Return the stretch where rare characters outweigh frequent ones most (maximum subarray)."""
    best, best_range, score, start = 0.0, (0, 0), 0.0, 0
    for index, char in enumerate(run):
        if score <= 0:
            score, start = 0.0, index
        score += -2.0 if char in FREQUENT else 1.0
        if score > best:
            best, best_range = score, (start, index + 1)
    return best_range
