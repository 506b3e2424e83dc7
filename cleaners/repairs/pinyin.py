"""Readings that a mirror glued after characters, `開會(huì)`, and what its clumsy replacement broke besides.

Three kinds of mirror are known. One converts to Traditional and marks characters outside GB 2312 only; one marks any
character, mostly without tones, `录像(xiang)看完(wan)`; one throws symbols in as well, `用(y♠£ òng)户`,
`注册£←←成为`. Each must prove itself by many readings that fit their characters: notes, dictionaries and lessons keep
theirs.
"""

from __future__ import annotations

import re
from collections import Counter

from cleaners.model import Edit
from cleaners.repairs import shifted
from cleaners.repairs.likelihood import FREQUENT
from cleaners.repairs.syllables import (
    LETTERS,
    SYLLABLES,
    TONES,
    Bracket,
    brackets,
    is_common,
    is_traditional,
    plain,
    readings,
    simplified,
)
from cleaners.text.codes import CharClass, singles
from cleaners.text.edits import disjoint
from cleaners.text.hans import HAN

FEW, MANY = 3, 8
"""Readings after Traditional characters that prove a mirror: few if there are no others and the characters are
frequent, many if most are so."""
EVERYWHERE = 12
"""Fitting readings after any characters that prove a mirror of the second kind."""
MIN_FITTING_SHARE = 0.8
"""Share of the bracketed syllables that must fit, where others are allowed."""
REPEATED = 0.4
"""Share of the toned readings that must be repeats: a lesson marks a character once."""
SPARSE, DENSE = 300, 60
"""A mirror of the first kind marks more than one in so many Han characters; of the second kind, one in so many."""

_FREQUENT = frozenset(FREQUENT)
_TYPED = "&#@%^~|*+=$_"
_SYMBOLS = "£€¥¢§¶©®™°±×÷∞≈≠≤≥∑∏√∫∂∆←↑→↓↔↕♠♣♥♦★☆•¤¦¬†‡◊αβγδεζηθλμπρστφχψωΩΣΔ✓✘✔"
_SYMBOLS_OR_TYPED = CharClass(singles(_SYMBOLS + _TYPED))
_STREWN = re.compile(rf"\(([{LETTERS} {_SYMBOLS}{_TYPED}]{{2,20}})[)）]")
_DAMAGED = re.compile(rf"(?<![A-Za-z])[A-Za-z\u2ff0-\u2ffb]([(（]([{LETTERS}]{{1,6}})[)）])")
_NO_LETTER = re.compile(rf"[^{LETTERS}]")
_GLUED = re.compile(rf"(?<=[\u4e00-\u9fff)）])[{_SYMBOLS}](?: ?[{_SYMBOLS}]){{1,7}}(?=[\u4e00-\u9fff])")


def edits(text: str) -> list[Edit]:
    """Return the edits that take a mirror's readings out and repair its shifted runs; none for any other page."""
    found = brackets(text)
    is_mirror = _marks_traditional(text, found)
    is_everywhere = _marks_everything(text, found, is_mirror)
    strewn = _strewn(text, is_mirror or is_everywhere)
    if not (is_mirror or is_everywhere or strewn):
        return []
    runs = [*shifted.edits(text, found), *_behind_damage(text)] if is_mirror else []
    glued = [
        tuple.__new__(
            Edit, (bracket.start, bracket.end, "", "pinyin.bracket" if bracket.is_toned else "pinyin.toneless")
        )
        for bracket in found
        if (is_mirror and bracket.is_toned and is_traditional(bracket.char)) or (is_everywhere and _is_glued(bracket))
    ]
    return disjoint([*runs, *glued, *strewn]) if runs or strewn else glued


def _behind_damage(text: str) -> list[Edit]:
    """Return the edits for toned readings whose character was read wrongly: a single letter or sign is left of it."""
    return [
        Edit(match.start(1), match.end(1), "", "pinyin.bracket")
        for match in _DAMAGED.finditer(text)
        if plain(match[2]) in SYLLABLES and not TONES.isdisjoint(match[2])
    ]


def _marks_traditional(text: str, found: list[Bracket]) -> bool:
    """Whether a page proves to be a mirror that marks Traditional characters."""
    toned = [bracket for bracket in found if bracket.is_toned]
    marked = [bracket.char for bracket in toned if is_traditional(bracket.char) and bracket.is_reading]
    if len(marked) < FEW or HAN.count(text) > SPARSE * len(marked):
        return False
    frequent = sum(simplified(char) in _FREQUENT for char in marked)
    return (len(marked) == len(toned) and 2 * frequent >= len(marked)) or (
        len(marked) >= MANY and len(marked) >= MIN_FITTING_SHARE * len(toned)
    )


def _marks_everything(text: str, found: list[Bracket], is_mirror: bool) -> bool:
    """Whether a page proves to be a mirror that marks any character."""
    fitting = [bracket for bracket in found if bracket.is_reading]
    if is_mirror:
        return sum(not is_traditional(bracket.char) for bracket in fitting) >= FEW
    if (
        len(fitting) < EVERYWHERE
        or len(fitting) < MIN_FITTING_SHARE * len(found)
        or HAN.count(text) > DENSE * len(fitting)
    ):
        return False
    toneless = sum(not bracket.is_toned for bracket in fitting)
    times = Counter((bracket.char, bracket.syllable) for bracket in fitting).values()
    return toneless > len(fitting) / 2 or sum(time for time in times if time > 1) >= REPEATED * len(fitting)


def _is_glued(bracket: Bracket) -> bool:
    """Whether a mirror put it there: it fits, or nothing is known of a rare character's reading."""
    return bracket.is_reading or (not is_common(bracket.char) and (bracket.is_toned or len(bracket.syllable) > 1))


def _strewn(text: str, is_proved: bool) -> list[Edit]:
    """Return the edits for readings with symbols thrown in, and, if there are any, for symbols between characters."""
    if not _SYMBOLS_OR_TYPED.is_in(text):
        return []
    found = []
    for match in _STREWN.finditer(text.replace("（", "(")):
        letters, char = _NO_LETTER.sub("", match[1]), text[match.start() - 1 : match.start()]
        if letters != match[1].replace(" ", "") and char and plain(letters) in readings(char):
            found.append(Edit(match.start(), match.end(), "", "pinyin.symbols"))
    if not found or not (is_proved or len(found) >= MANY):
        return []
    glued = (match for match in _GLUED.finditer(text) if len(set(match[0]) - {" "}) > 1)
    return [*found, *(Edit(match.start(), match.end(), "", "pinyin.symbols") for match in glued)]
