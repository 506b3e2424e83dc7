"""The lexicon of the judge of lines: what frames are written with, and what texts are.

What says noise are lines of noise, by how many domains have it; what says text are real texts, and what the skeletons
kept of theirs. No line is taught with a lexicon that its own domain helped to make.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora, program_texts
from benchmarks.judge_pages import REAL, Sample
from cleaners.judging.lexicon import LEXICON_SIZE, Lexicon, lexicon_slots, seen_text
from cleaners.text.codes import codes
from cleaners.text.normalized import normalize

FOLDS = 5
"""Parts of the domains: a page is scored, and a line is taught, by what was made without its part."""
Counts = NDArray[np.float64]
"""A number for each slot of the lexicon: a row for pairs, a row for triples."""
SMOOTHING = 0.2
"""What is added to the count of a slot."""
KEPT = 0.3
"""Weight of what the skeletons kept of the texts, beside that of whole real texts."""
MODERN = ("news", "readers")
"""Kinds of real texts in the language of today."""


def fold(domain: str) -> int:
    """Return the part of a domain."""
    return zlib.crc32(domain.encode()) % FOLDS


def is_taught(text: str) -> bool:
    """Half of the real texts are kept back: on them one sees whether the judge takes what it has never seen."""
    return zlib.crc32(text[:200].encode()) % 2 == 0


class Lexicons:
    """The lexicons that are made without some parts of the domains."""

    def __init__(self, samples: Sequence[Sample], literals: Mapping[str, Sequence[str]], real: Counts) -> None:
        noise: dict[str, list[str]] = defaultdict(list)
        for sample in samples:
            if not sample.is_exchanged and sample.family != REAL:
                drops = [line for line, label in zip(sample.lines, sample.labels, strict=True) if label == "drop"]
                noise[sample.domain] += [f"\n{seen_text(line)}\n" for line in drops]
        self._noise, self._kept = _domains(noise), _domains(literals)
        self._real = real
        self._made: dict[frozenset[int], Lexicon] = {}

    def without(self, *parts: int) -> Lexicon:
        """Return the lexicon that no domain of these parts helped to make."""
        left_out = frozenset(parts)
        if left_out not in self._made:
            used = [part for part in range(FOLDS) if part not in left_out]
            noise, kept = (sum((counts[part] for part in used), _none()) for counts in (self._noise, self._kept))
            self._made[left_out] = _lexicon(noise, kept, self._real)
        return self._made[left_out]


def _none() -> Counts:
    return np.zeros((2, LEXICON_SIZE))


def _domains(texts_of: Mapping[str, Sequence[str]]) -> list[Counts]:
    """Return for each part how many of its domains have each slot."""
    parts = [_none() for _ in range(FOLDS)]
    for domain, found in texts_of.items():
        parts[fold(domain)] += np.minimum(_counts(found), 1)
    return parts


def _counts(found: Iterable[str]) -> Counts:
    counts = _none()
    for text in found:
        for row, slots in zip(counts, lexicon_slots(codes(text)), strict=True):
            row += np.bincount(slots, minlength=LEXICON_SIZE)
    return counts


def real_counts(folder: Path) -> Counts:
    """Return what the real texts have of each slot, one kind as much as another, modern prose three times."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, text in (*corpora.texts(folder), *program_texts.texts(folder)):
        if is_taught(text):
            by_kind[kind].append(f"\n{normalize(text)}\n")
    total = _none()
    for kind, found in by_kind.items():
        counts = _counts(found)
        total += counts / counts.sum(axis=1, keepdims=True) * (3 if kind.startswith(MODERN) else 1)
    return total


def _lexicon(noise: Counts, kept: Counts, real: Counts) -> Lexicon:
    """Return eight times the logarithm of a slot's share in noise over that in texts; 0 where it never was."""
    shares = [
        (counts + least) / (counts + least).sum(axis=1, keepdims=True)
        for counts, least in (
            (noise, SMOOTHING),
            (kept, SMOOTHING),
            (real, SMOOTHING * real.sum(axis=1, keepdims=True) / LEXICON_SIZE),
        )
    ]
    worth = np.log(shares[0] / (KEPT * shares[1] + (1 - KEPT) * shares[2]))
    worth[(noise + kept + real) == 0] = 0
    rounded: Lexicon = np.clip(np.round(worth * 8), -64, 64).astype(np.int8)
    return rounded
