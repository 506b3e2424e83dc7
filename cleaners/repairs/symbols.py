"""Emoji, dingbats and stray foreign letters strewn into sentences to spoil copies: `您⚤📗老丈人`, `游子ธ，`.

A writer sets symbols too: behind a clause, beside their name, as the matter of the text. Only chance sets them into
words, or draws skin tones and signs that no keyboard offers; a mirror that glues readings to characters does the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import re2

from cleaners.model import Edit
from cleaners.repairs.frequencies import is_han, splits_word
from cleaners.text.codes import CharClass, in_brackets

_RANGES = (
    (0x1F000, 0x1FBFF), (0x2600, 0x2604), (0x2607, 0x27BF), (0x0E00, 0x0E7F), (0x3041, 0x30FF), (0x2B00, 0x2BFF),
)  # fmt: skip
_SYMBOLS = CharClass(_RANGES)
_STREWN = re2.compile(
    r"[\x{4e00}-\x{9fff}，。、；：！？“”‘’（）《》…,;:!?()]"
    rf"( ?[{in_brackets(_RANGES)}\x{{fe0e}}\x{{fe0f}}\x{{200d}}\x{{e0000}}-\x{{e007f}}]{{1,12}})"
)
_LAST = re2.compile(r"[\x{4e00}-\x{9fff}]|[，。、；：！？“”‘’（）《》…,;:!?()\n]|$")
_WORD = re2.compile(r" ?[\x{0e00}-\x{0e7f}\x{3041}-\x{30ff}]{2,}")
"""A word of foreign letters: where one stands, such letters are a language."""
_LETTERS = re2.compile(r"[\x{0e00}-\x{0e7f}\x{3041}-\x{30ff}]+")
_ODD_BLOCKS = (
    (0x0E00, 0x0E7F),
    (0x3041, 0x30FF),
    (0x1F000, 0x1F0FF),
    (0x1F100, 0x1F1FF),
    (0x1F650, 0x1F67F),
    (0x1F780, 0x1F7FF),
)
"""Foreign letters, tiles and cards, letters in frames, ornaments, shapes: no keyboard of emoji has them."""
_DOUBLED = re.compile(r"([^\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff])[\ufe0f\U0001f3fb-\U0001f3ff]?\1")
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))

_SENTENCE_END = re.compile(r"[。！？\n]")
_EDGES = frozenset(("", *"，。、；：！？…,;:!?\n"))

MIN_KINDS = 4
"""So many different symbols in mid sentence, most of them once, may be no choice of a writer; one of these proves:"""
MIN_SPLIT, MIN_SPLIT_SHARE = 2, 0.2
"""words that symbols split, and their share of the places;"""
MIN_TONES = 2
"""tones of skin;"""
MAX_DOUBLED_SHARE = 0.25
"""the share of the places where one symbol stands twice in a row, below which chance has set them: a writer doubles."""
MIN_ODD, MIN_ODD_BLOCKS = 3, 2
"""lines with signs that no keyboard offers, and kinds of such signs; in sentences of one line one kind more."""


class _Place(NamedTuple):
    start: int
    end: int
    symbol: str


def edits(text: str, *, mirrored: bool = False) -> list[Edit]:
    """Return the edits that take strewn symbols out; `mirrored` says that a machine has glued readings into the page.

    >>> len(edits("他👎们去爬山，忘⚤了时⛸间，什🏘么都没带"))
    4
    >>> edits("对勾✓，叉号✗，电话☎，剪刀✂，雪花❄，太阳☀。")
    []
    """
    if not _SYMBOLS.is_in(text):
        return []
    places = [
        _Place(place.start(1), place.end(1), place.group(1).strip())
        for place in _STREWN.finditer(text)
        if _LAST.match(behind := text[place.end(1) : place.end(1) + 1])
        and not _WORD.fullmatch(place.group(1))
        and not (text[place.start()] in _EDGES and behind in _EDGES)
    ]
    if _WORD.search(text):
        places = [place for place in places if not _LETTERS.fullmatch(place.symbol)]
    kinds = {place.symbol for place in places}
    if len(kinds) < MIN_KINDS or len(kinds) * 2 < len(places):
        return []
    if sum(1 for place in places if _DOUBLED.search(place.symbol)) > MAX_DOUBLED_SHARE * len(places):
        return []
    if not (mirrored or _splits_words(text, places) or _is_drawn(text, places)):
        return []
    return [Edit(place.start, place.end, "", "symbols.strewn") for place in places]


def _splits_words(text: str, places: Sequence[_Place]) -> bool:
    split = sum(
        _splits(text[max(0, place.start - 2) : place.start], text[place.end : place.end + 2]) for place in places
    )
    return split >= max(MIN_SPLIT, MIN_SPLIT_SHARE * len(places))


def _splits(before: str, behind: str) -> bool:
    """Whether a symbol between these parts a word, or a clause after its first character or before its last."""
    if not (is_han(before[-1:]) and is_han(behind[:1])):
        return False
    if before[:-1] in _EDGES or behind[1:] in _EDGES:
        return True
    return splits_word(before[-1], behind[0])


def _is_drawn(text: str, places: Sequence[_Place]) -> bool:
    """Whether the symbols themselves look drawn by chance."""
    tones = {char for place in places for char in place.symbol if char in _TONES}
    if len(tones) >= MIN_TONES:
        return True
    lines, sentences, blocks, at = 0, 0, set(), -1
    for place in places:
        block = next((first for first, last in _ODD_BLOCKS if first <= ord(place.symbol[0]) <= last), None)
        if block:
            blocks.add(block)
            lines += at < 0 or "\n" in text[at : place.start]
            sentences += at < 0 or bool(_SENTENCE_END.search(text[at : place.start]))
            at = place.start
    return len(blocks) >= MIN_ODD_BLOCKS + (lines < MIN_ODD) and sentences >= MIN_ODD
