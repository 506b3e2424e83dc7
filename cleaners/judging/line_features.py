"""What every line of a page says by itself, in whole numbers: shape, words, rules."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.lexicon import Lexicon, lexicon_slots, seen_text
from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import FAMILY_OF
from cleaners.rules.rule import Position, Rule
from cleaners.text.codes import UNICODE_SIZE, codes

Numbers = NDArray[np.int32]
"""One row a line, one column a feature; all are whole: the same on every machine."""
KINDS = {
    "other": "",
    "blank": " ",
    "han": "",
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "digit": string.digits,
    "comma": ",",
    "stop": "。!?;…",
    "enumeration": "、",
    "colon": ":",
    "quote": "“”‘’\"'《》「」『』",
    "bracket": "()[]{}【】〔〕",
    "arrow": "<>»›→←",
    "bar": "|/\\·•_~-–—=+*",
    "dot": ".",
    "sign": "@#&%¥$€£©®^`",
}
_KIND_NAMES = tuple(KINDS)
_HAN, _DIGIT, _BAR, _COLON = (_KIND_NAMES.index(name) for name in ("han", "digit", "bar", "colon"))
_BREAK, _SIZE = len(KINDS), len(KINDS) + 1


def _kind_table() -> NDArray[np.uint8]:
    table = np.zeros(UNICODE_SIZE, np.uint8)
    for first, last in ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)):
        table[first : last + 1] = _HAN
    for number, chars in enumerate(KINDS.values()):
        table[[ord(char) for char in chars]] = number
    table[ord("\n")] = _BREAK
    return table


_KIND_OF = _kind_table()

FAMILIES = (
    "card", "share", "byline", "forum", "account", "offers", "tips", "legal", "lead", "service", "stamps", "related",
    "navigation", "walls", "frame", "truncation", "other",
)  # fmt: skip
"""The families of rules, in the order that the weights were made with."""
_TOGETHER = frozenset(("offers", "preview_limits", "stamps", "walls", "truncation", "template"))
"""Families that the weights know as one: few pages have them, and told apart they teach what fits those alone."""
_FAMILY = {name: number for number, name in enumerate(FAMILIES)}
_POSITIONS = {position: number for number, position in enumerate(Position)}
RULE_NAMES = (
    *(f"rule {name}" for name in FAMILIES),
    *(f"rule {position.name}" for position in Position),
    "rule in context only",
    "rule marks truncation",
)

SHARED = ("han", "digit", "blank", "bar")
"""Kinds of which the share of a line is told too."""

OWN = (
    "length",
    *(f"{name} marks" for name in KINDS),
    *(f"share of {name}" for name in SHARED),
    "first character",
    "last character",
    "colon near the start",
    "ends with a day",
    "dates",
    "times",
    "words: mean",
    "words: most",
    "words: least",
    "words: sum",
    "threes: mean",
    "threes: most",
    "threes: sum",
    "reads like text",
    "repeated on the page",
    *RULE_NAMES,
    "taken by a rule",
)
"""What a line says by itself."""
_COUNTS = slice(1, 1 + len(KINDS))
_SHARES = slice(_COUNTS.stop, _COUNTS.stop + len(SHARED))
_REPEATED, _TAKEN = OWN.index("repeated on the page"), OWN.index("taken by a rule")
_SAID = slice(_SHARES.stop, _REPEATED)
_SHARED = [_KIND_NAMES.index(name) for name in SHARED]
_REACH = np.arange(2, 9)[:, None]
"""Characters behind the first one among which a colon stands near the start."""
_RULE = OWN.index(RULE_NAMES[0])


def own_features(lines: Sequence[Line], removed: Mapping[int, str], lexicon: Lexicon) -> Numbers:
    """Return what each line says by itself (columns: OWN)."""
    return marked(lone_features(lines, lexicon), lines, removed)


def marked(own: Numbers, lines: Sequence[Line], removed: Mapping[int, str]) -> Numbers:
    """Write into features of lines what their page makes of them: how often it has one, and whether a rule took it."""
    times = Counter(line.normalized for line in lines)
    own[:, _REPEATED] = [min(times[line.normalized], 4) - 1 for line in lines]
    own[:, _TAKEN] = 0
    own[list(removed), _TAKEN] = 1
    return own


def lone_features(lines: Sequence[Line], lexicon: Lexicon) -> Numbers:
    """Return what each line says wherever it stands (columns: OWN; what its page makes of it is 0)."""
    count = len(lines)
    seen = [seen_text(line) for line in lines]
    size = np.array([len(text) for text in seen])
    points = codes("\n" + "\n".join(seen) + "\n")
    behind = np.cumsum(size + 1)
    starts, ends = behind - size, behind - 1
    kinds = _KIND_OF.take(points)
    row = np.repeat(np.arange(0, count * _SIZE, _SIZE), size + 1)
    counts = np.bincount(row + kinds[1:], minlength=count * _SIZE).reshape(-1, _SIZE)[:, : len(KINDS)]
    colon = kinds == _COLON
    said = np.zeros((4, len(points) - 1), np.int32)
    for known, table, slots in zip(said[:2], lexicon, lexicon_slots(points), strict=True):
        known[: len(slots)] = table.take(slots)
    said[1, ends] = 0
    day, said[2], said[3] = _days_and_times(kinds, colon)
    words, threes, dates, times = np.add.reduceat(said, starts - 1, axis=1)
    most = np.maximum.reduceat(said[:2], starts - 1, axis=1)
    table = np.zeros((count, len(OWN)), np.int32)
    table[:, 0] = log2(np.array([len(line.normalized) for line in lines]))
    table[:, _COUNTS] = np.minimum(counts, 60)
    table[:, _SHARES] = counts[:, _SHARED] * 64 // size[:, None]
    table[:, _SAID] = np.array((
        kinds[starts],
        kinds[ends],
        colon[np.minimum(starts + _REACH, ends)].any(axis=0),
        day[np.maximum(ends - 4, starts)],
        dates,
        times,
        words * 4 // (size + 1),
        most[0],
        np.minimum.reduceat(said[0], starts - 1),
        np.minimum(np.maximum(words // 4, -200), 200),
        threes * 4 // size,
        most[1],
        np.minimum(np.maximum(threes // 4, -200), 200),
        [line.is_text for line in lines],
    )).T  # fmt: skip
    for own, line in zip(table, lines, strict=True):
        for rule in line.rules:
            own[_rule_columns(rule)] = 1
    return table


def _days_and_times(kinds: NDArray[np.uint8], colon: NDArray[np.bool_]) -> tuple[Any, Any, Any]:
    """Return where month and day of a date begin (06-02), and for the place behind each whether a date or a time does.

    The first is as long as `kinds`, the others are one shorter.
    """
    padded = np.zeros((3, len(kinds) + 6), np.bool_)
    digit, bar, point = padded
    np.equal(kinds, _DIGIT, out=digit[:-6])
    np.equal(kinds, _BAR, out=bar[:-6])
    point[:-6] = colon
    two = digit[:-1] & digit[1:]
    behind = two[3:]
    day = two[:-3] & bar[2:-2] & behind
    time = two[:-3] & point[2:-2] & behind
    date = two[:-4] & two[2:-2] & bar[4:-1] & digit[5:]
    return day, date[1 : len(kinds)], time[1 : len(kinds)]


def log2(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return four times the logarithm of 1 + value, by comparison with whole numbers: the same on every machine."""
    return _STEPS.searchsorted(values, side="right")


_STEPS = np.array(sorted({round(2 ** (step / 4)) for step in range(4 * 18)}))


def _rule_columns(rule: Rule) -> list[int]:
    return _columns(FAMILY_OF[rule.id], rule.position, rule.context_only, rule.signal is not None)


@cache
def _columns(family: str, position: Position, in_context: bool, is_mark: bool) -> list[int]:
    at = _RULE + len(FAMILIES)
    columns = [_RULE + _FAMILY["other" if family in _TOGETHER else family], at + _POSITIONS[position]]
    return columns + [at + len(_POSITIONS)] * in_context + [at + len(_POSITIONS) + 1] * is_mark
