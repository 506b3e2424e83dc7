"""The lines that stand on several distinct documents of a host, and where they stand: what may be its frame."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleaners.judging.judge import scores_of
from cleaners.judging.line_labels import TITLE_LINE
from cleaners.judging.page_lines import Line, PageLines
from cleaners.learning.patterns import TITLE, letters, patterns
from cleaners.learning.profile import HEAD, INSIDE, MIN_DOCUMENTS, TAIL
from cleaners.learning.sample import Sample

MIN_SHARE, MANY, MIN_SHARE_OF_MANY = 0.4, 8, 0.1
"""Share of the documents that a line of the frame stands on; less where it still stands on many: sites have several
kinds of pages."""

MORE = 1.5
"""On so many times more documents must a pattern stand in which a word is masked than one in which it is not."""

MIN_BESIDE_TITLE = 5
"""Letters of a line beside the title in it, at least."""

MIN_COPIED = 0.8
"""Share of the characters of a document's long lines that stand in another one: it is a copy, and does not count."""
LONG_LINE = 20

_OWN_NUMBER = re.compile("[0-9]{5}")


def distinct(samples: Iterable[Sample]) -> list[Sample]:
    """Return one sample of each document: copies, and reprints of nearly all of it, count once."""
    kept: list[Sample] = []
    holders: dict[str, set[int]] = defaultdict(set)
    for sample in sorted({sample.key: sample for sample in samples}.values(), key=lambda sample: sample.key):
        long = {
            line for line, rule in zip(sample.lines, sample.taken, strict=True) if not rule and len(line) >= LONG_LINE
        }
        shared: Counter[int] = Counter()
        for line in long:
            for holder in holders[line]:
                shared[holder] += len(line)
        if shared and max(shared.values()) > MIN_COPIED * sum(map(len, long)):
            continue
        for line in long:
            holders[line].add(len(kept))
        kept.append(sample)
    return kept


@dataclass(slots=True)
class Candidate:
    """A pattern on many documents: how often it stands where, how far from the edge, what took it, and what it says."""

    pattern: str
    documents: set[int] = field(default_factory=set)
    where: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    taken: int = 0
    titled: int = 0
    beyond: int = 0
    numbers: set[str] = field(default_factory=set)


class SitePage:
    """A page of the host: its lines as patterns, and from where to where what differs from other pages stands."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.patterns = [patterns(line, sample.title if line != sample.title else None) for line in sample.lines]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines laid out for the judge."""
        return PageLines.of("\n".join(self.sample.lines)).lines

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """What the judge says of each line, by the line."""
        return {line.normalized: score for line, score in zip(self.lines, scores_of(self.lines), strict=True)}

    def place_of(self, pattern: str) -> int:
        """Return the place of the first line with this pattern, -1 where the page has none."""
        return next((place for place, names in enumerate(self.patterns) if pattern in names), -1)

    def is_own(self, place: int) -> bool:
        """Whether there is a line that stays, or that was taken for the title."""
        return place < len(self.lines) and (self.sample.taken[place] or TITLE_LINE) == TITLE_LINE

    def own_lines(self, found: Mapping[str, Candidate]) -> list[str]:
        """Return the lines that stay and that differ from page to page."""
        both = zip(self.sample.lines, self.sample.taken, self.patterns, strict=True)
        return [line for line, rule, names in both if not rule and not any(name in found for name in names)]

    def place(self, found: Mapping[str, Candidate]) -> None:
        """Count where each candidate stands on this page."""
        lines, taken = self.sample.lines, self.sample.taken
        is_found = [any(name in found for name in self.patterns[place]) for place in range(len(lines))]
        own = [place for place in range(len(lines)) if not taken[place] and not is_found[place]]
        noise = [place for place, rule in enumerate(taken) if rule and rule != TITLE_LINE]
        if not own:
            return
        first, last = own[0], own[-1]
        for place in range(len(lines)):
            where = HEAD if place < first else TAIL if place > last else INSIDE
            between = range(place + 1, first) if where == HEAD else range(last + 1, place)
            for name in self.patterns[place]:
                if name in found:
                    candidate = found[name]
                    candidate.where[where] += 1
                    candidate.places[where].append(len(lines) - 1 - place if where == TAIL else place)
                    candidate.taken += place in noise
                    candidate.titled += taken[place] == TITLE_LINE
                    candidate.beyond += any(at in noise for at in between)
                    candidate.numbers.update(_OWN_NUMBER.findall(lines[place]))


def candidates(pages: Sequence[SitePage]) -> dict[str, Candidate]:
    """Return the patterns that stand on enough documents.

    One in which more is masked counts only where it stands on far more of them than each closer one, which then go.
    """
    documents: dict[str, set[int]] = defaultdict(set)
    closer: dict[str, set[str]] = defaultdict(set)
    for number, page in enumerate(pages):
        for names in page.patterns:
            for name in names:
                documents[name].add(number)
            for name in names[1:]:
                closer[name].add(names[0])
    least = min_documents(len(pages))
    found = {name: Candidate(name, on) for name, on in documents.items() if len(on) >= least and _says(name)}
    for name, exact in closer.items():
        if name in found and any(len(found[name].documents) < MORE * len(documents[each]) for each in exact):
            del found[name]
        elif name in found:
            for each in exact:
                found.pop(each, None)
    return found


def min_documents(count: int) -> int:
    """Return on how many of a host's documents a line must stand."""
    share = math.ceil(MIN_SHARE * count)
    return max(MIN_DOCUMENTS, min(share, max(MANY, math.ceil(MIN_SHARE_OF_MANY * count))))


def _says(name: str) -> bool:
    """Whether a pattern has words besides what is masked; the title with its file's ending has none."""
    return letters(name) >= (MIN_BESIDE_TITLE if TITLE in name else 2)
