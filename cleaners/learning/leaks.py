"""What of a site's frame still stands in its documents after cleaning, by this program or by another one.

No gold is needed: cleaned texts are learned from as pages are (learn.py). What stands in many of them, and is written
as frames are, has leaked; what merely repeats in texts has not.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import compress
from statistics import fmean

from cleaners.judging.frame_proof import PROOF_OF_TEXT
from cleaners.judging.judge import scores_of
from cleaners.judging.judge_model import UNIT
from cleaners.judging.page_lines import PageLines
from cleaners.learning.learn import learn
from cleaners.learning.patterns import MAX_LINE, patterns
from cleaners.learning.sample import MAX_CHARS, MAX_LINES, Sample
from cleaners.text.normalized import normalize, normalize_line

MAX_EXAMPLES = 20
"""Leaks that are told of a source, at most: those in most documents."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A line that stands in the texts of `documents` documents; numbers and the title are masked."""

    line: str
    documents: int


@dataclass(frozen=True, slots=True)
class Leaks:
    """What leaked into the documents of a source.

    `touched` is the share of the documents that hold a leak, `chars` the characters of leaks a document. `doubted` are
    the characters a document of other lines that the judge of lines takes for the frame's, weighed by how sure it is:
    they tell sources apart whose leaks are never the same.
    """

    source: str
    documents: int
    touched: float
    chars: float
    doubted: float
    lines: tuple[Leak, ...] = ()


def sample_of(text: str, title: str | None, key: str | None = None) -> Sample | None:
    """Return a cleaned text as a page of which nothing was taken; None for an empty one."""
    seen = [normalize_line(line) for line in normalize(text).split("\n")]
    lines = [line[:MAX_CHARS] for line in seen if line]
    if not lines:
        return None
    if len(lines) > 2 * MAX_LINES:
        lines = [*lines[:MAX_LINES], *lines[-MAX_LINES:]]
    name = normalize_line(normalize(title)) if title else None
    return Sample(key or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), name, lines, [None] * len(lines))


def measure(source: str, samples: Iterable[Sample], *, judged: bool = True) -> Leaks | None:
    """Return what leaked into the texts of a source; None where they are too few documents to tell.

    Unless `judged`, the judge is not asked, which takes half of the time, and `doubted` is 0.
    """
    texts = sorted({sample.key: sample for sample in samples}.values(), key=lambda sample: sample.key)
    profile = learn(source, texts)
    if profile is None:
        return None
    known = {line.pattern for line in profile.lines}
    leaked = [[_leaks(line, text.title, known) for line in text.lines] for text in texts]
    chars = [sum(map(len, compress(text.lines, marks))) for text, marks in zip(texts, leaked, strict=True)]
    lines = sorted(profile.lines, key=lambda line: (-line.pages, line.pattern))[:MAX_EXAMPLES]
    return Leaks(
        source,
        len(texts),
        round(sum(map(bool, chars)) / len(texts), 4),
        round(fmean(chars), 1),
        round(fmean(map(_doubted, texts, leaked)), 1) if judged else 0.0,
        tuple(Leak(line.pattern, line.pages) for line in lines),
    )


def leaked_lines(source: str, texts: Sequence[tuple[str, str | None]]) -> list[list[int]]:
    """Return which lines of each text, given with its title, are of the source's frame; none for too few of them."""
    profile = learn(source, filter(None, (sample_of(*text) for text in texts)))
    known = {line.pattern for line in profile.lines} if profile else set()
    found: list[list[int]] = []
    for text, title in texts if known else ():
        name = normalize_line(normalize(title)) if title else None
        lines = [normalize_line(line)[:MAX_CHARS] for line in normalize(text).split("\n")]
        found.append([place for place, line in enumerate(lines) if line and _leaks(line, name, known)])
    return found or [[] for _ in texts]


def _leaks(line: str, title: str | None, known: Set[str]) -> bool:
    return not known.isdisjoint(patterns(line, title))


def _doubted(text: Sample, leaked: Sequence[bool]) -> float:
    """Return the characters of lines that prove a frame to the judge, each weighed by how sure it is.

    Of less it is often wrong where nothing is left around a line: headings and first lines look like a frame's.
    """
    lines = PageLines.of("\n".join(text.lines)).lines
    judged = zip(lines, scores_of(lines), leaked, strict=True)
    return sum(
        len(line.normalized) / (1 + math.exp(-score))
        for line, score, is_leak in judged
        if score > PROOF_OF_TEXT / UNIT and not is_leak and len(line.normalized) <= MAX_LINE
    )
