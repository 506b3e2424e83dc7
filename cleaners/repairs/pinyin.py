"""Readings that a mirror glued after characters, `開會(huì)`, and what its clumsy replacement broke besides.

Three kinds of mirror are known. One converts to Traditional and marks characters outside GB 2312 only; one marks any
character, mostly without tones, `录像(xiang)看完(wan)`; one throws symbols in as well, `用(y♠£ òng)户`,
`注册£←←成为`. Each must prove itself by many readings that fit their characters: notes, dictionaries and lessons keep
theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from cleaners.model import Edit
from cleaners.repairs import shifted
from cleaners.repairs.frequencies import FREQUENT
from cleaners.repairs.syllables import (
    LETTERS,
    SYLLABLES,
    TONES,
    Brackets,
    Reading,
    brackets,
    is_common,
    is_traditional,
    plain,
    readings,
    simplified,
)
from cleaners.text.codes import CharClass, singles
from cleaners.text.edit_columns import Columns, strings
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

MAX_STREWN = 20
"""Letters, symbols and blanks in a bracket that has symbols thrown in, at most."""

_OPENS = CharClass(singles("(（"))
_FREQUENT = frozenset(FREQUENT)
_TYPED = "&#@%^~|*+=$_"
_SYMBOLS = "£€¥¢§¶©®™°±×÷∞≈≠≤≥∑∏√∫∂∆←↑→↓↔↕♠♣♥♦★☆•¤¦¬†‡◊αβγδεζηθλμπρστφχψωΩΣΔ✓✘✔"
_SYMBOLS_OR_TYPED = CharClass(singles(_SYMBOLS + _TYPED))
_STREWN = re.compile(
    rf"\(([{LETTERS} ]{{0,{MAX_STREWN}}}[{_SYMBOLS}{_TYPED}][{LETTERS} {_SYMBOLS}{_TYPED}]{{0,{MAX_STREWN}}})[)）]"
)
_DAMAGED = re.compile(rf"\((?<=[A-Za-z\u2ff0-\u2ffb]\()(?<![A-Za-z][A-Za-z\u2ff0-\u2ffb]\()([{LETTERS}]{{1,6}})[)）]")
_NO_LETTER = re.compile(rf"[^{LETTERS}]")
_GLUED = re.compile(rf"(?<=[\u4e00-\u9fff)）])[{_SYMBOLS}](?: ?[{_SYMBOLS}]){{1,7}}(?=[\u4e00-\u9fff])")


def edits(text: str) -> Sequence[Edit]:
    """Return the edits that take a mirror's readings out and repair its shifted runs; none for any other page."""
    if _OPENS.count(text) < FEW:
        return []
    found = brackets(text)
    times = Counter(found.readings)
    is_mirror = _marks_traditional(text, times)
    is_everywhere = _marks_everything(text, times, is_mirror)
    strewn = _strewn(text, is_mirror or is_everywhere)
    if not (is_mirror or is_everywhere or strewn):
        return []
    runs = [*shifted.edits(text, times), *_behind_damage(text)] if is_mirror else []
    glued = _glued(found, times, is_mirror=is_mirror, is_everywhere=is_everywhere)
    return disjoint([*runs, *glued, *strewn]) if runs or strewn else glued


def _glued(found: Brackets, times: Iterable[Reading], *, is_mirror: bool, is_everywhere: bool) -> Columns:
    """Return the edits that take readings out of a page that proves to be one of these mirrors."""
    rule_of = {
        reading: "pinyin.bracket" if reading.is_toned else "pinyin.toneless"
        for reading in times
        if (is_mirror and (reading.is_marked or _fits_traditional(reading))) or (is_everywhere and _is_glued(reading))
    }
    rules = strings(rule_of.get(reading, "") for reading in found.readings)
    news, sizes = strings([""] * len(rules)), np.zeros(len(rules), np.intp)
    return Columns(found.starts, found.ends, news, rules, sizes).chosen(rules.astype(np.bool_))


def _behind_damage(text: str) -> list[Edit]:
    """Return the edits for toned readings whose character was read wrongly: a single letter or sign is left of it."""
    return [
        Edit(match.start(), match.end(), "", "pinyin.bracket")
        for match in _DAMAGED.finditer(text.replace("（", "("))
        if plain(match[1]) in SYLLABLES and not TONES.isdisjoint(match[1])
    ]


def _marks_traditional(text: str, times: Counter[Reading]) -> bool:
    """Whether a page proves to be a mirror that marks Traditional characters; `times` are the readings on it."""
    toned = [reading for reading in times if reading.is_toned]
    marking = [reading for reading in toned if reading.is_marked and reading.fits]
    marked = _sum(times, marking)
    if marked < FEW or HAN.count(text) > SPARSE * marked:
        return False
    frequent = _sum(times, (reading for reading in marking if simplified(reading.char) in _FREQUENT))
    return (len(marking) == len(toned) and 2 * frequent >= marked) or (
        marked >= MANY and marked >= MIN_FITTING_SHARE * _sum(times, toned)
    )


def _marks_everything(text: str, times: Counter[Reading], is_mirror: bool) -> bool:
    """Whether a page proves to be a mirror that marks any character."""
    fitting = [reading for reading in times if reading.fits]
    if is_mirror:
        return _sum(times, (reading for reading in fitting if not is_traditional(reading.char))) >= FEW
    fit = _sum(times, fitting)
    if fit < EVERYWHERE or fit < MIN_FITTING_SHARE * times.total() or HAN.count(text) > DENSE * fit:
        return False
    toneless = _sum(times, (reading for reading in fitting if not reading.is_toned))
    alike = Counter[tuple[str, str]]()
    for reading in fitting:
        alike[reading.char, reading.syllable] += times[reading]
    return toneless > fit / 2 or sum(time for time in alike.values() if time > 1) >= REPEATED * fit


def _sum(times: Counter[Reading], some: Iterable[Reading]) -> int:
    """Return how often some of the readings stand on the page."""
    return sum(map(times.__getitem__, some))


def _fits_traditional(reading: Reading) -> bool:
    """Whether a reading fits a Traditional character: without a tone, too (`們(men)`), or of GB 2312 (`於(yú)`)."""
    return reading.fits and simplified(reading.char) != reading.char


def _is_glued(reading: Reading) -> bool:
    """Whether a mirror put it there: it fits, or nothing is known of a rare character's reading."""
    return reading.fits or (not is_common(reading.char) and (reading.is_toned or len(reading.syllable) > 1))


def _strewn(text: str, is_proved: bool) -> list[Edit]:
    """Return the edits for readings with symbols thrown in, and, if there are any, for symbols between characters."""
    if not _SYMBOLS_OR_TYPED.is_in(text):
        return []
    found = []
    for match in _STREWN.finditer(text.replace("（", "(")):
        letters, char = _NO_LETTER.sub("", match[1]), text[match.start() - 1 : match.start()]
        if 2 <= len(match[1]) <= MAX_STREWN and char and plain(letters) in readings(char):
            found.append(Edit(match.start(), match.end(), "", "pinyin.symbols"))
    if not found or not (is_proved or len(found) >= MANY):
        return []
    glued = (match for match in _GLUED.finditer(text) if len(set(match[0]) - {" "}) > 1)
    return [*found, *(Edit(match.start(), match.end(), "", "pinyin.symbols") for match in glued)]
