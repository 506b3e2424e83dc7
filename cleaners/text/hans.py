"""Traditional to Simplified Chinese from OpenCC's own tables, to the character what its `t2s` gives, only faster.

OpenCC's rule is not leftmost-longest: the longest phrase anywhere wins, then the leftmost among equals, and only what
no phrase took goes through the one-character table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from cleaners.text.codes import UNICODE_SIZE, CharClass, Codes, Counts, Members, codes, singles, text_of

HAN_RANGES = (0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x31FFF)
"""Code points counted as Han characters, first and last of each range."""
HAN = CharClass(HAN_RANGES)
QUOTED = re.compile("“[^“”\n]{1,200}”|‘[^‘’\n]{1,200}’|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』")
"""A quotation, which may be in another script than the text around it."""
_ABOUT_CHARACTERS = re.compile("(?:繁体|简体|异体|简化)字")
MIN_TRADITIONAL_SHARE = 0.05
"""Share of Han that Traditional-to-Simplified would change, above which a text has Traditional in it, or is it."""


def simplify(text: str) -> str:
    """Return `text` in Simplified characters, as `opencc.OpenCC("t2s").convert(text)` does.

    For Traditional text only: OpenCC damages Simplified text (its 乾县 becomes 干县).

    >>> simplify("乾坤之大,乾淨與否")
    '乾坤之大,干净与否'
    """
    return text_of(simplified_codes(text, codes(text)))


def simplify_characters(text: str) -> str:
    """Return `text` with every character looked up alone, in the table closed under itself; harmless on any text.

    >>> simplify_characters("薴,乾坤")
    '苎,干坤'
    """
    return text_of(hans_table()[codes(text)])


def share_changed(text: str) -> float:
    """Return the share of the Han characters of `text` that are Traditional: those its one-character table changes."""
    changed = _tables().traditional.count(text)
    return changed / HAN.count(text) if changed else 0.0


def count_scripts(text: str) -> tuple[int, int]:
    """Return how many characters of `text` only Traditional, and how many only Simplified texts have.

    >>> count_scripts("東西——东西")
    (1, 1)
    """
    return _tables().traditional.count(text), int(np.count_nonzero(_simplified_only()[codes(text)]))


def scripts_of_lines(text: str) -> tuple[Codes, Counts, Counts]:
    """Return the number of the line that each character of `text` is of, and for each line what `count_scripts` counts.

    A line feed is of the line below it.
    """
    points = codes(text)
    numbers = np.cumsum(points == ord("\n"), dtype=np.uint32)
    lines = int(numbers[-1]) + 1 if len(points) else 1
    each = (_tables().traditional.places(text), _simplified_only()[points])
    traditional, simplified = (np.bincount(numbers[places], minlength=lines) for places in each)
    return numbers, traditional, simplified


def is_traditional(text: str) -> bool:
    """Say whether more characters of `text` are Traditional than Simplified.

    Where all is quoted, only Traditional quotations tell. Who writes 繁体字 so writes Simplified.

    >>> is_traditional("碑上刻的“國泰民安”字迹清楚"), is_traditional("碑上刻著「国泰」二字，字跡清楚")
    (False, True)
    """
    if not _tables().traditional.is_in(text):
        return False
    traditional, simplified = count_scripts(QUOTED.sub("", text))
    if not (traditional or simplified):
        traditional, simplified = count_scripts(text)
        return traditional > 0 == simplified
    return traditional > simplified and not _ABOUT_CHARACTERS.search(text)


@cache
def hans_table() -> Codes:
    """Return the one-character table as code points by code point; applying it twice changes nothing more."""
    once = _tables().characters
    while not np.array_equal(twice := once[once], once):
        once = twice
    return once


class _Tables(NamedTuple):
    """The one-character table, what it changes, where a phrase may be, and the phrases by two of their characters."""

    characters: Codes
    traditional: CharClass
    triggers: Members
    phrases: dict[str, str]
    by_pair: dict[str, list[tuple[int, str]]]


def simplified_codes(text: str, points: Codes) -> Codes:
    """Return the code points of `text` with Traditional characters and phrases written in Simplified ones."""
    tables = _tables()
    simplified = tables.characters[points]
    taken: set[int] = set()
    for start, phrase in sorted(_phrases_in(text, points), key=lambda found: (-len(found[1]), found[0])):
        place = range(start, start + len(phrase))
        if taken.isdisjoint(place):
            taken.update(place)
            simplified[start : start + len(phrase)] = codes(tables.phrases[phrase])
    return simplified


def _phrases_in(text: str, points: Codes) -> set[tuple[int, str]]:
    """Return every place of every phrase, overlapping ones too."""
    tables = _tables()
    found: set[tuple[int, str]] = set()
    for at in np.flatnonzero(tables.triggers[points]).tolist():
        for pair in (at - 1, at):
            for offset, phrase in tables.by_pair.get(text[max(pair, 0) : pair + 2], ()):
                if offset <= pair and text.startswith(phrase, pair - offset):
                    found.add((pair - offset, phrase))
    return found


@cache
def traditional_only() -> Members:
    """Return which characters no Simplified text has: 頭, but not 乾, which it has in 乾隆."""
    tables = _tables()
    members: Members = tables.characters != np.arange(UNICODE_SIZE)
    members[tables.characters[members]] = False
    members[codes("".join(tables.phrases.values()))] = False
    return members


@cache
def _simplified_only() -> Members:
    """Return which characters no Traditional text has: OpenCC writes every one of them otherwise in it."""
    members = np.zeros(UNICODE_SIZE, np.bool_)
    members[[ord(old) for old, new in _entries("STCharacters.txt") if old not in new]] = True
    for name in ("TWVariants.txt", "HKVariants.txt"):  # what Taiwan or Hong Kong writes, too
        members[[ord(new) for new in dictionary(name).values()]] = False
    return members


@cache
def _tables() -> _Tables:
    """Return OpenCC's tables; each phrase has one of the few `triggers`, and is found by the pair at it."""
    characters = np.arange(UNICODE_SIZE, dtype=np.uint32)
    changes = {old: new for old, new in dictionary("TSCharacters.txt").items() if old != new}
    for old, new in changes.items():
        characters[ord(old)] = ord(new)
    phrases = dictionary("TSPhrases.txt")
    triggers = np.zeros(UNICODE_SIZE, np.bool_)
    by_pair: dict[str, list[tuple[int, str]]] = {}
    left = set(phrases)
    while left:
        trigger = Counter(char for phrase in sorted(left) for char in set(phrase)).most_common(1)[0][0]
        triggers[ord(trigger)] = True
        for phrase in sorted(phrase for phrase in left if trigger in phrase):
            offset = min(phrase.index(trigger), len(phrase) - 2)
            by_pair.setdefault(phrase[offset : offset + 2], []).append((offset, phrase))
            left.remove(phrase)
    return _Tables(characters, CharClass(singles(changes)), triggers, phrases, by_pair)


def dictionary(name: str) -> dict[str, str]:
    """Read one of OpenCC's files; where a key has several values OpenCC takes the first."""
    dictionary = {old: new[0] for old, new in _entries(name)}
    if any(len(old) != len(new) for old, new in dictionary.items()):
        raise ValueError(f"{name}: an entry changes the length of the text; install opencc-python-reimplemented 0.1.7")
    return dictionary


def dictionary_words(name: str) -> Iterator[str]:
    """Yield the keys of one of OpenCC's files, never all in memory."""
    return (old for old, _ in _entries(name))


def _entries(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the entries of one of OpenCC's files, each key with all its values."""
    with resources.files("opencc").joinpath("dictionary", name).open(encoding="utf-8") as file:
        for line in file:
            if entry := line.rstrip("\n"):
                old, new = entry.split("\t")
                yield old, new.split(" ")
