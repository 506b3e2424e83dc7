"""Saved pages of sites of any kind as dumps, to teach the judge of lines what their menus and lists look like.

Their texts are known from other people's gold, their lines from our reader, as a program shows them that takes the text
out of a page and nothing else. What a line is, is found by looking for it in the gold, in the order of both.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks import cases
from benchmarks.cases import fold
from benchmarks.judge_pages import Gold, LabelledPage, exchanged

FAMILY = "saved"
"""The family of such pages."""
MAX_CHARS = 40_000
"""Characters of the longest page that is taught."""
MIN_COVERED, MAX_COVERED = 0.9, 1.1
"""Share of its gold that the lines found for text must make up: else the page is of another day than its gold."""
LONG, NEAR = 10, 30
"""Characters of a line that is text wherever it stands in the gold, and how far beyond the text found a short one may."""
_SENTENCE = re.compile(r"(?<=[。！？!?；;])")


def pages(folder: Path, other: Callable[[], str], chance: random.Random) -> Iterator[LabelledPage]:
    """Yield the pages of `folder` (SET/NAME.html with SET/NAME.gold.json), and each with a text of `other` in its frame."""
    for case in cases.saved(folder, "txt"):
        raw, title = str(case.page.body), json.loads((folder / f"{case.name}.gold.json").read_bytes()).get("title")
        rows = labelled(raw, case.wanted, fold(title))
        found = sum(len(fold(text)) for row in rows for label, text in row if label == "keep")
        if len(raw) > MAX_CHARS or not MIN_COVERED < found / max(1, len(case.wanted)) < MAX_COVERED:
            continue
        saved = LabelledPage(raw, rows, {"id": case.name, "domain": case.domain, "family": FAMILY})
        yield saved
        if new := exchanged(saved, other(), chance):
            yield new


def labelled(raw: str, wanted: str, title: str = "") -> list[Gold]:
    """Return the lines of a page, each with its label, by its text and title (both folded).

    >>> labelled("首页\\n闸门昨天修好了,水已放下。\\n次序\\n上游四个村先浇，下游后浇。\\n首页", "闸门昨天修好了,水已放下。次序上游四个村先浇,下游后浇。")
    [[('drop', '首页')], [('keep', '闸门昨天修好了,水已放下。')], [('keep', '次序')], [('keep', '上游四个村先浇，下游后浇。')], [('drop', '首页')]]
    """
    lines = raw.split("\n")
    folded = [fold(line) for line in lines]
    kept, anchors = _long_lines(lines, folded, wanted)
    bounds = [(-1, 0, 0), *anchors, (len(lines), len(wanted), len(wanted))]
    for (above, _, start), (below, end, _) in pairwise(bounds):
        between = range(above + 1, below)
        if above < 0:
            kept |= _tiled([(place, folded[place][::-1]) for place in reversed(between)], wanted[start:end][::-1])
        elif below == len(lines):
            kept |= _tiled([(place, folded[place]) for place in between], wanted[start:end])
        else:
            kept |= _tiled([(place, folded[place]) for place in between], wanted[start:end], near=end - start)
    titles = {at for at, line in enumerate(folded) if at not in kept and len(line) >= 4 and line == title}
    return [[("keep" if at in kept else "title" if at in titles else "drop", line)] for at, line in enumerate(lines)]


def _long_lines(
    lines: Sequence[str], folded: Sequence[str], wanted: str
) -> tuple[set[int], list[tuple[int, int, int]]]:
    """Return the long lines that are text, and where those that follow one another begin and end in it."""
    kept, anchors, at = set[int](), list[tuple[int, int, int]](), 0
    for place, line in enumerate(folded):
        if len(line) < LONG:
            continue
        start = wanted.find(line, at)
        if start >= 0:
            at = start + len(line)
            anchors.append((place, start, at))
        if start >= 0 or line in wanted or _is_mostly(lines[place], wanted):
            kept.add(place)
    return kept, anchors


def _is_mostly(line: str, wanted: str) -> bool:
    """Say whether half of a line is sentences of the text."""
    pieces = [fold(piece) for piece in _SENTENCE.split(line)]
    told = sum(len(piece) for piece in pieces if len(piece) >= LONG // 2 and piece in wanted)
    return 2 * told >= sum(map(len, pieces))


def _tiled(lines: Sequence[tuple[int, str]], text: str, near: int = NEAR) -> set[int]:
    """Return the places of lines that stand in `text` one behind the other, none further than `near` from the last."""
    found, at = set[int](), 0
    for place, line in lines:
        if line and (start := text.find(line, at, at + near + len(line))) >= 0:
            found.add(place)
            at = start + len(line)
    return found
