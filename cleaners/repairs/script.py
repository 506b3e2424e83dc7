"""Traditional characters of the text written in Simplified ones, but for those that the text speaks about.

OpenCC's tables decide (`cleaners.text.hans`), then the exceptions of `script_words`. What stays as it is: lines in
which Simplified characters outweigh Traditional ones, forms that are compared with each other (`東——东`), Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from cleaners.model import Edit
from cleaners.repairs.script_words import AUTHORS, BEGINS, NO_AUTHORS, NO_WORKS, VERBS, WORDS, WORKS
from cleaners.text.codes import Codes, Members, codes, numbers, text_of
from cleaners.text.edit_columns import Columns, strings
from cleaners.text.edits import MAX_EDITS, apply, bounded
from cleaners.text.hans import (
    HAN,
    QUOTED,
    hans_table,
    scripts_of_lines,
    simplified_codes,
    simplify_characters,
    traditional_only,
)

RULE = "script.hans"
MIN_TIMES = 4
"""A line of a Simplified text is Traditional when it has so many times as many characters of that script."""
MIN_COMPARED, MAX_COMPARED, MAX_APART = 3, 4, 4
"""Characters of the shortest line, of the longest form, and how many forms apart two may stand, that are taken for a
comparison."""
MIN_PARTICLES, MIN_CLAUSE = 2, 5
"""Particles by their verbs that prove the habit to write 著 for 着, and Han before one at the end of a clause."""
MIN_KANA, MIN_KANA_SHARE, MIN_KANA_OF_TEXT = 4, 0.4, 0.25
"""Kana of a Japanese line, and their share of its kana and Han, or of those of a text with its headlines."""
_MAX_BYLINE = 10

_KANA = re.compile("[ぁ-ゖァ-ヺ]")

_HAN_RUN = re.compile(r"[一-鿿㐀-䶿]+")
_BRACKETED = re.compile(r"([一-鿿㐀-䶿]{1,4})[（(]([一-鿿㐀-䶿]{1,4})[）)]")
_QUOTED = re.compile(r"[“‘「『《〈\"'](?=([一-鿿㐀-䶿]{1,4})[”’」』》〉\"'])")
_MARKS = frozenset("，。！？；、")
_ABOUT_SCRIPT = re.compile(
    "繁体|简体|简化字|异体字|正体字|繁简|简繁|正字|俗字|U[+][0-9A-F]{4,5}[^0-9A-Za-z\n]{1,4}[一-鿿㐀-䶿]"
)
"""What speaks of scripts, and a character that is named by its code point."""
_FIRST_WORD = re.compile(r"[^\s,]*")
_FORMS = {new: new for new in WORDS.values()} | dict(WORDS)
_WORDS = re.compile("|".join(sorted(_FORMS, key=len, reverse=True)))


def edits(text: str) -> Sequence[Edit]:
    """Return the changes that make `text` Simplified, one edit a character: neighbours join when edits are composed.

    >>> edits("工業與農村")[0]
    Edit(start=1, end=2, new='业', rule='script.hans')
    """
    return _edits(text)


def edits_outside_quotes(text: str, *, is_traditional: bool) -> Sequence[Edit]:
    """Return `edits` without those of what the text quotes or compares, and of lines in the other script."""
    return _edits(text, lambda: _kept(text, is_traditional=is_traditional))


def _edits(text: str, kept: Callable[[], Members] | None = None) -> Sequence[Edit]:
    """Return an edit for each character that changes and does not stay in its script."""
    points = codes(text)
    simplified = _simplified(text, points)
    changes = points != simplified
    if kept and changes.any():
        changes &= ~kept()
    places, new = np.flatnonzero(changes), text_of(simplified)
    if len(places) <= MAX_EDITS:
        news, rules = strings(text_of(simplified[places])), strings([RULE] * len(places))
        return Columns(places, places + 1, news, rules, np.ones_like(places))
    return bounded((tuple.__new__(Edit, (at, at + 1, new[at], RULE)) for at in numbers(places)), text)


def simplify(text: str, *, is_traditional: bool) -> str:
    """Return `text`, as a title, in Simplified characters but for what it quotes."""
    return apply(text, edits_outside_quotes(text, is_traditional=is_traditional))


def _simplified(text: str, points: Codes) -> Codes:
    simplified = simplified_codes(text, points).copy()
    for word in _WORDS.finditer(text):
        simplified[word.start() : word.end()] = codes(_FORMS[word[0]])
    if "著" in text:
        simplified[list(_particles(text, text_of(simplified)))] = ord("着")
    return simplified


def _particles(text: str, new: str) -> Iterator[int]:
    """Yield the places where 著 is the particle or the verb 着; `new` is the text in Simplified characters."""
    places = [place.start() for place in re.finditer("著", text)]
    sure = {at for at in places if _is_particle(new, at)}
    yield from sure
    if len(sure) >= MIN_PARTICLES and "着" not in text:
        for at in set(places) - sure:
            before, after = new[at - 1 : at], new[at + 1 : at + 2]
            is_inside = _is_han(after) and after not in WORKS
            if _is_han(before) and before not in AUTHORS and (is_inside or _ends_clause(new, at)):
                yield at


def _ends_clause(new: str, at: int) -> bool:
    """Say whether 著 ends a clause that is too long for the name of an author."""
    is_long = all(map(_is_han, new[at - MIN_CLAUSE : at])) and at >= MIN_CLAUSE
    return is_long and new[at + 1 : at + 2] in _MARKS


def _is_particle(new: str, at: int) -> bool:
    before, after, behind = new[max(0, at - 1) : at], new[at + 1 : at + 2], new[at + 1 : at + 3]
    if before in AUTHORS:
        return new[max(0, at - 2) : at] in NO_AUTHORS
    if after in WORKS and after and behind not in NO_WORKS:
        return after == "书" and before in VERBS
    if before in VERBS:
        return not _is_byline(new, at)
    return after in BEGINS or (before in ("不", "得") and at > 1 and _is_han(new[at - 2]))


def _is_byline(new: str, at: int) -> bool:
    """Say whether 著 ends a line that is no longer than an author's name."""
    start = new.rfind("\n", max(0, at - _MAX_BYLINE), at)
    is_short = start >= 0 or at < _MAX_BYLINE
    return is_short and new[at + 1 : at + 2] in ("", "\n")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _kept(text: str, *, is_traditional: bool) -> Members:
    """Return for each character whether it stays in its script."""
    points, plain = codes(text), simplify_characters(text)
    said = text if is_traditional else QUOTED.sub(lambda quotation: " " * len(quotation[0]), text)
    lines, traditional, simplified = scripts_of_lines(said)
    is_about_script = _ABOUT_SCRIPT.search(plain) is not None
    kept: Members
    if is_traditional:
        is_simplified = simplified >= np.maximum(2, 2 * traditional)  # OpenCC damages what is Simplified
        kept = is_simplified[lines] & ~traditional_only()[points]
    elif is_about_script:
        kept = np.ones(len(text), np.bool_)
    else:
        kept = (traditional < np.maximum(2, MIN_TIMES * simplified))[lines]
        for quotation in QUOTED.finditer(text):
            kept[slice(*quotation.span())] = True
        for start, end in _listed_twice(text, plain):
            kept[start:end] = True
    kept |= _japanese(text, lines)
    ends = np.append(np.flatnonzero(points == ord("\n")), len(text))
    sizes = np.diff(ends, prepend=-1) - 1
    may_compare = (traditional > 0) & (sizes >= MIN_COMPARED)
    if not is_about_script and len(sizes) > 1:
        may_compare &= np.bincount(lines[_alike(points)], minlength=len(sizes)) > 0
    for number in numbers(np.flatnonzero(may_compare)):
        start, end = int(ends[number] - sizes[number]), int(ends[number])
        for first, last in _compared(text[start:end], plain[start:end]):
            kept[start + first : start + last] = True
    return kept


def _listed_twice(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of lines that begin with a word that another line has in Simplified characters: both forms.

    `plain` is the text Simplified.
    """
    words = [word[0] for word in map(_FIRST_WORD.match, text.split("\n")) if word]
    known, start = set(words), 0
    for word, line in zip(words, text.split("\n"), strict=True):
        new = plain[start : start + len(word)]
        if word != new and new in known:
            yield start, start + len(line)
        start += len(line) + 1


def _alike(points: Codes) -> Members:
    """Return for each character whether another one of the text is the same when both are Simplified."""
    characters, _ = np.unique(points, return_counts=True)  # without the counts numpy hashes, three times as long
    simplified, times = np.unique(hans_table()[characters], return_counts=True)
    return np.isin(hans_table()[points], simplified[times > 1])


def _japanese(text: str, lines: Codes) -> Members:
    """Return for each character whether its line, or the text, is Japanese; `lines` are the numbers of their lines."""
    places = [kana.start() for kana in _KANA.finditer(text)]
    if not places:
        return np.zeros(len(text), np.bool_)
    kana, han = (np.bincount(lines[each], minlength=int(lines[-1]) + 1) for each in (places, HAN.places(text)))
    japanese: Members = (kana >= MIN_KANA) & (kana >= MIN_KANA_SHARE * (kana + han))
    if kana.sum() >= max(2 * MIN_KANA, MIN_KANA_OF_TEXT * (kana.sum() + han.sum())):
        japanese[:] = True
    return japanese[lines]


def _compared(line: str, plain: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the forms in a line that it compares with each other; `plain` is the line Simplified."""
    runs = [run.span() for run in _HAN_RUN.finditer(line)]
    forms = [(start, end) for start, end in runs if end - start <= MAX_COMPARED]
    for at, (start, end) in enumerate(forms):
        for other, last in forms[at + 1 : at + 1 + MAX_APART]:
            if plain[start:end] == plain[other:last] and line[start:end] != line[other:last]:
                yield from ((start, end), (other, last))
    for pair in _BRACKETED.finditer(line):
        size = pair.end(2) - pair.start(2)
        start, end = pair.end(1) - size, pair.end(1)
        if start >= pair.start(1) and plain[start:end] == plain[slice(*pair.span(2))] and line[start:end] != pair[2]:
            yield from ((start, end), pair.span(2))
    if _ABOUT_SCRIPT.search(plain):
        yield from (quoted.span(1) for quoted in _QUOTED.finditer(line))
