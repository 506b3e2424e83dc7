"""Filler: what engines write in place of a text or before its slides, told by how it is made and by nothing else.

Three makes are known. One reads meaningless bytes two by two as UTF-16, so that both bytes of every character lie in a
narrow range (`莆蚆袂聿莂蚅羄`). One cycles through some characters that hardly any text has. One draws a few dozen
common characters at random and glues them to a sentence. Fonts that give their glyphs names leave those: `G21G2AG22`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from cleaners.model import Edit
from cleaners.reading.decode import FREQUENT
from cleaners.repairs.frequencies import is_known_pair
from cleaners.repairs.syllables import common_characters, is_common
from cleaners.text.codes import CharClass, Counts, are_near, in_brackets, singles
from cleaners.text.hans import simplify_characters

PAGE_RULE, RUN_RULE = "filler.page", "filler.run"

NARROW = range(0x7F, 0x8A)
"""The range of both bytes of a character that was made of meaningless bytes."""
MIN_NARROW, MIN_NARROW_PIECE = 16, 3
"""Such characters in a row that prove filler, and where that is proved: that are filler too. A table has 11 at most."""
MIN_CYCLE, MIN_RARE = 100, 0.9
"""Han in a row of which all but a tenth are rare, each twice on the average: no list repeats, no text is so rare."""
MIN_DRAWN, MIN_DRAWS = 24, 2
"""Characters of a random draw, and how many draws a text must have: a single one could be a list."""
DRAWN, DOUBT = 32, 6
"""Characters of each draw that was measured. Where words leave the end of one open by so many, it has that length."""
MAX_FREQUENT, MAX_AGAIN, MAX_SORTED = 0.28, 2, 0.75
"""Of a draw: share of frequent characters, characters that come twice, share of steps upwards in the character set."""
MIN_BOUND, MAX_HAN_RUN = 0.25, 150
"""Share of the characters around a draw that words hold together, and Han in a row with it; verses fail both."""
RARE_HEAD = 17
"""So many of the first `MIN_DRAWN` characters of a draw are not frequent: at no place do frequent ones outweigh."""
MIN_GLYPHS = 20

_HAN_RANGES = (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF)
_NOT_FREQUENT = CharClass(_HAN_RANGES, without=FREQUENT)
_RARE = CharClass(_HAN_RANGES, without=common_characters(0x4E00, 0x9FFF))
_HAN_RUN = re.compile(rf"[{in_brackets(_HAN_RANGES)}]{{{MIN_DRAWN},}}")
_MADE = "".join(chr(high << 8 | low) for high in NARROW for low in NARROW)
_NARROW = "".join(sorted({*_MADE, *simplify_characters(_MADE)}))
_MADE_OF = CharClass(singles(_NARROW))
_NARROW_PIECE = re.compile(rf"[{_NARROW}]{{{MIN_NARROW_PIECE},}}")
_GLYPHS = re.compile(rf"(?<![0-9A-Za-z])G[0-9A-F]{{2}}(?:\s{{0,2}}G[0-9A-F]{{2}}){{{MIN_GLYPHS - 1},}}(?![0-9A-Za-z])")
_HEXADECIMAL = re.compile("G[0-9A-F]?[A-F]")
_WENT = re.compile(r"\w(?=[一-鿿])")
_FIGURES = "一二三四五六七八九十"
_GOES_ON = re.compile(rf"[\w“《【●▲]|[（(][{_FIGURES}\d]{{1,3}}[）)]|[ \u3000]第[{_FIGURES}百\d]{{1,4}}[编章节条]")
"""What is glued to a draw before and behind; a list stands between marks or on a line of its own."""
_NUMBER = re.compile(f"[{_FIGURES}]{{1,3}}(?=、)")
_MARK = re.compile(r"(?<![^\n])[ \t\u3000]*\d{1,3}、\Z")


def edits(text: str) -> list[Edit]:
    """Return the edits that take filler out: its runs, or all of the text where nothing else is left.

    >>> [edit.rule for edit in edits("莆蚆袂聿莂蚅羄蒆薇袆膅薅" * 9)]
    ['filler.page']
    >>> edits("七月流火，九月授衣。一之日觱发，二之日栗烈。")
    []
    """
    found = sorted({*_narrow(text), *_cycles(text), *_draws(text), *_glyphs(text)})
    runs: list[tuple[int, int]] = []
    for start, end in found:
        if not runs or start >= runs[-1][1]:
            runs.append(_with_mark(text, start, end))
    if runs and not _rest(text, runs):
        return [Edit(0, len(text), "", PAGE_RULE)]
    return [Edit(start, end, "", RUN_RULE) for start, end in runs]


def _rest(text: str, runs: list[tuple[int, int]]) -> bool:
    """Whether anything but numbers and marks stands beside the runs."""
    at = [0, *(end for _, end in runs)]
    until = [*(start for start, _ in runs), len(text)]
    return any(char.isalpha() for a, b in zip(at, until, strict=True) for char in text[a:b])


def _with_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """Take the mark of a piece along where the run is the whole line."""
    mark = _MARK.search(text, max(0, start - 8), start) if text[end : end + 1] in ("", "\n") else None
    return (mark.start() if mark else start), end


def _narrow(text: str) -> Iterator[tuple[int, int]]:
    if not _RARE.is_in(text) or _MADE_OF.count(text) < MIN_NARROW:
        return
    if are_near(np.flatnonzero(_MADE_OF.places(text)), MIN_NARROW, MIN_NARROW - 1):
        yield from (piece.span() for piece in _NARROW_PIECE.finditer(text))


def _cycles(text: str) -> Iterator[tuple[int, int]]:
    if _RARE.count(text) < MIN_RARE * MIN_CYCLE:
        return
    for place in _HAN_RUN.finditer(text):
        run = place.group()
        if len(run) >= MIN_CYCLE and _RARE.count(run) >= MIN_RARE * len(run) and 2 * len(set(run)) <= len(run):
            yield place.span()


def _glyphs(text: str) -> Iterator[tuple[int, int]]:
    for place in _GLYPHS.finditer(text) if text.count("G") >= MIN_GLYPHS else ():
        names = place.group()
        glued = sum(before != " " and not before.isspace() for before in re.findall(r"(.)G", names, re.DOTALL))
        if _HEXADECIMAL.search(names) and glued * 2 >= names.count("G"):
            yield place.span()


def _draws(text: str) -> list[tuple[int, int]]:
    """Return the random draws of a text that has several."""
    heads = _heads(text)
    if len(heads) < 2 or heads[-1] - heads[0] < MIN_DRAWN:
        return []
    runs = [run for run in _HAN_RUN.finditer(text) if _holds(heads, run.start(), run.end() - MIN_DRAWN)]
    pairs = Counter(map(str.__add__, text, text[1:])) if runs else Counter[str]()
    found = [draw for run in runs for draw in _drawn(text, run, pairs)]
    return found if len(found) >= MIN_DRAWS else []


def _heads(text: str) -> Counts:
    """Return where `MIN_DRAWN` characters begin that could be the head of a draw; few texts have such."""
    rare = _NOT_FREQUENT.places(text).view(np.uint8).cumsum(dtype=np.uint8)  # wraps around; so few are counted right
    rare[MIN_DRAWN:] -= rare[:-MIN_DRAWN]
    return np.flatnonzero(rare >= RARE_HEAD) - (MIN_DRAWN - 1)


def _holds(heads: Counts, first: int, last: int) -> bool:
    """Whether one of `heads`, which are in order, lies from `first` to `last`."""
    return bool(heads.searchsorted(first) < heads.searchsorted(last, "right"))


def _drawn(text: str, place: re.Match[str], pairs: Counter[str]) -> Iterator[tuple[int, int]]:
    """Yield the draws in a run of Han: stretches without a word of their own that text goes on into."""
    run, offset = place.group(), place.start()
    if len(run) > MAX_HAN_RUN:
        return
    bound = [False] * len(run)
    for at, pair in enumerate(map(str.__add__, run, run[1:])):
        if pairs[pair] > 1 or is_known_pair(*pair):
            bound[at] = bound[at + 1] = True
    at = 0
    while (stretch := _loosest(bound, at)) is not None:
        start, end = _measured(stretch, len(run))
        glued = _GOES_ON.match(text, offset + end) or _WENT.match(text, max(0, offset + start - 1))
        number = _NUMBER.match(text, offset + end)
        rest = bound[:start] + bound[number.end() - offset if number else end :]
        if glued and sum(rest) >= MIN_BOUND * len(rest) and _is_draw(run[start:end]):
            yield offset + start, offset + end
        at = stretch[1]


def _measured(stretch: tuple[int, int], length: int) -> tuple[int, int]:
    """Return a stretch in a run of `length` Han, made as long as draws are where one end is sure and the other near."""
    start, end = stretch
    if abs(end - start - DRAWN) <= DOUBT and length > DRAWN:
        if start == 0:
            return 0, DRAWN
        if end == length:
            return length - DRAWN, length
    return stretch


def _loosest(bound: list[bool], at: int) -> tuple[int, int] | None:
    """Return the first stretch of `MIN_DRAWN` or more where loose characters outweigh (maximum subarray)."""
    best, score, start, stretch = 0, 0, at, None
    for index in range(at, len(bound)):
        if score <= 0:
            if stretch:
                break
            best, score, start = 0, 0, index
        score += -4 if bound[index] else 1
        if score > best:
            best = score
            stretch = (start, index + 1) if index + 1 - start >= MIN_DRAWN else stretch
    return stretch


def _is_draw(drawn: str) -> bool:
    """Whether these characters look drawn from all common ones alike: unrelated, unsorted, hardly one twice."""
    order = [char.encode("gbk", "ignore") for char in drawn]
    return (
        all(map(is_common, drawn))
        and sum(char in FREQUENT for char in drawn) <= MAX_FREQUENT * len(drawn)
        and len(drawn) - len(set(drawn)) <= MAX_AGAIN
        and sum(a < b for a, b in pairwise(order)) <= MAX_SORTED * len(order)
    )
