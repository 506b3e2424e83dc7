"""What every line of a page says by itself, in whole numbers: shape, words, rules."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.lexicon import Lexicon, lexicon_slots, seen_text
from cleaners.judging.page_lines import Line
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
    return table


_KIND_OF = _kind_table()

FAMILIES = (
    "card", "share", "byline", "forum", "account", "offers", "tips", "legal", "lead", "service", "stamps", "related",
    "nav", "walls", "frame", "title",
)  # fmt: skip
_FAMILY = {name: number for number, name in enumerate(FAMILIES)}
_POSITIONS = {position: number for number, position in enumerate(Position)}
RULE_NAMES = (
    *(f"rule {name}" for name in FAMILIES),
    "rule of a template",
    *(f"rule {position.name}" for position in Position),
    "rule in context only",
    "rule marks truncation",
)
_RULES = len(RULE_NAMES)


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


def own_features(lines: Sequence[Line], removed: Mapping[int, str], lexicon: Lexicon) -> Numbers:
    """Return what each line says by itself (columns: OWN)."""
    count = len(lines)
    seen = [seen_text(line) for line in lines]
    size = np.array([len(text) for text in seen])
    points = codes("\n" + "\n".join(seen) + "\n")
    starts = 1 + np.concatenate(([0], np.cumsum(size + 1)[:-1]))
    ends = starts + size - 1
    kinds = _KIND_OF[points]
    kinds[ends + 1] = kinds[0] = _BREAK
    row = np.repeat(np.arange(count), size + 1)
    counts = np.bincount(row * _SIZE + kinds[1:], minlength=count * _SIZE).reshape(-1, _SIZE)[:, : len(KINDS)]
    pairs, triples = (
        table[slots].astype(np.int64) for table, slots in zip(lexicon, lexicon_slots(points), strict=True)
    )
    triples = np.concatenate((triples, [0]))
    triples[ends] = 0
    total = np.add.reduceat(pairs, starts - 1)
    padded = np.concatenate((kinds, np.full(6, _BREAK, np.uint8)))
    digit, bar, colon = (padded == number for number in (_DIGIT, _BAR, _COLON))
    two = digit[:-1] & digit[1:]
    day = two[:-3] & bar[2:-2] & two[3:]
    date = two[:-4] & two[2:-2] & bar[4:-1] & digit[5:]
    time = two[:-3] & colon[2:-2] & two[3:]
    texts = Counter(line.normalized for line in lines)
    columns = [
        log2(np.array([len(line.normalized) for line in lines])),
        np.minimum(counts, 60),
        counts[:, [_KIND_NAMES.index(name) for name in SHARED]] * 64 // size[:, None],
        kinds[starts],
        kinds[ends],
        np.bitwise_or.reduce([colon[np.minimum(starts + reach, ends)] for reach in range(2, 9)]),
        day[np.maximum(ends - 4, starts)],
        np.add.reduceat(date[: len(points)].astype(np.int64), starts),
        np.add.reduceat(time[: len(points)].astype(np.int64), starts),
        total * 4 // (size + 1),
        np.maximum.reduceat(pairs, starts - 1),
        np.minimum.reduceat(pairs, starts - 1),
        np.clip(total // 4, -200, 200),
        np.add.reduceat(triples, starts - 1) * 4 // size,
        np.maximum.reduceat(triples, starts - 1),
        np.clip(np.add.reduceat(triples, starts - 1) // 4, -200, 200),
        np.array([line.is_text for line in lines]),
        np.array([min(texts[line.normalized], 4) - 1 for line in lines]),
        _rule_features(lines),
        np.array([i in removed for i in range(count)]),
    ]
    return _table(columns, count, len(OWN))


def _table(columns: Sequence[NDArray[Any]], rows: int, width: int) -> Numbers:
    """Return columns, and blocks of them, side by side."""
    table, at = np.empty((rows, width), np.int32), 0
    for column in columns:
        end = at + (column.shape[1] if column.ndim == 2 else 1)
        table[:, at:end] = column.reshape(rows, -1)
        at = end
    return table


def log2(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return four times the logarithm of 1 + value, by comparison with whole numbers: the same on every machine."""
    return np.searchsorted(_STEPS, values, side="right")


_STEPS = np.array(sorted({round(2 ** (step / 4)) for step in range(4 * 18)}))


def _rule_features(lines: Sequence[Line]) -> NDArray[np.int64]:
    found = np.zeros((len(lines), _RULES), np.int64)
    for index, line in enumerate(lines):
        for rule in line.rules:
            found[index, _rule_columns(rule)] = 1
    return found


def _rule_columns(rule: Rule) -> list[int]:
    columns = [_FAMILY.get(rule.id.split(".")[0], len(FAMILIES)), len(FAMILIES) + 1 + _POSITIONS[rule.position]]
    base = len(FAMILIES) + 1 + len(_POSITIONS)
    return columns + [base] * rule.context_only + [base + 1] * (rule.signal is not None)
