"""Samples of one host's pages to its profile: which lines are the site's, and not the documents'.

A line that stands on many distinct documents is the site's, or the texts' own (注释, 第一章, 特此通知). Where it stands
and what it is written with tell them apart: `EVIDENCE`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

from cleaners.judging.judge import scores_of
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.title_form import may_be_title
from cleaners.learning.candidates import MIN_SHARE, Candidate, SitePage, candidates, distinct
from cleaners.learning.patterns import FIELD, letters
from cleaners.learning.pieces import pieces
from cleaners.learning.profile import HEAD, INSIDE, MIN_DOCUMENTS, TAIL, LearnedLine, LearnedPiece, Profile
from cleaners.learning.sample import Sample

EVIDENCE: Mapping[str, float] = {
    "outside": 2.5,  # it stands above or below all that differs from page to page
    "taken": 4.0,  # the rules take it on all of its pages: on others they did not see it for what it is
    "beyond": 2.0,  # other lines of the frame stand between it and the text
    "named": 3.0,  # it has a word of the frame that no text has, and a number of its own or the length of a sentence
    "titled": -2.0,  # it is taken for the title on all of its pages: series of documents share one
    "short": -2.5,  # a heading is as short
    "rare": -1.0,  # most pages do not have it
    "field": -1.5,  # it has labels and what differs from page to page: a record of the text's own begins so, too
}
"""What is added to the mean score that the judge of lines gives it: logarithms of odds."""

MIN_SCORE = 1.75
"""Score above which a line is the frame's: a little more than the judge asks of a line inside a text."""

SHORT = 12
"""Characters up to which a line may be a heading of the text's own."""

MIN_LETTERS_INSIDE = 9
"""Letters of a line inside the text that is judged as if it stood at its edge, at least."""

MAX_JUDGED = 6
"""Pages on which the judge is asked about a line, at most."""

MIN_OPENED, MIN_OPENINGS = 1 / 3, 2
"""Of the pages with a line of the head: the share, and the number, on which a sentence follows it, at least, where the
text is to begin there without a title. A title is hardly ever a sentence, so few pages tell."""

MIN_CONTAINED = 0.9
"""Share of the saved pages whose text stands in the same container."""

MAX_LINES = 400
"""Lines of a profile, at most: those on most pages stay."""

_HAN_PAIR = re.compile("(?=([一-鿿]{2}))")


def learn(host: str, samples: Iterable[Sample]) -> Profile | None:
    """Return the profile of a host, None where its pages have fewer than MIN_DOCUMENTS distinct documents.

    The order of the samples makes no difference.
    """
    pages = [SitePage(sample) for sample in distinct(samples)]
    if len(pages) < MIN_DOCUMENTS:
        return None
    found = candidates(pages)
    for page in pages:
        page.place(found)
    learned = list(_judged(found, pages))
    lines = sorted(learned, key=lambda line: (-line.pages, line.where, line.place, line.pattern))[:MAX_LINES]
    order = {HEAD: 0, INSIDE: 1, TAIL: 2}
    lines.sort(key=lambda line: (order[line.where], -line.place if line.where == TAIL else line.place, line.pattern))
    path, count = _container(pages)
    own = [page.own_lines(found) for page in pages]
    injected = [
        LearnedPiece(text, on) for text, on in pieces(own, max(MIN_DOCUMENTS, math.ceil(MIN_SHARE * len(pages))))
    ]
    return Profile(host, len(pages), tuple(lines), tuple(injected), _opening(lines, pages), path, count)


def _judged(found: Mapping[str, Candidate], pages: Sequence[SitePage]) -> Iterator[LearnedLine]:
    """Yield the candidates that are the frame's: first those outside the text, whose words then speak for others."""
    outside = (_outside(candidate, where, pages) for candidate in found.values() for where in (HEAD, TAIL))
    sure = [line for line in outside if line]
    yield from sure
    words = _words_of_frame(sure, found, pages)
    for candidate in found.values():
        if candidate.where[INSIDE] > MAX_INSIDE * sum(candidate.where.values()):
            score = max(_base(candidate, pages), _score_at_edge(candidate, pages))
            is_own = len(candidate.numbers) >= MIN_DOCUMENTS or len(candidate.pattern) >= SHORT
            if is_own and words.intersection(_HAN_PAIR.findall(candidate.pattern)):
                score += EVIDENCE["named"]
            if score >= MIN_SCORE:
                yield _line(candidate, INSIDE, score)


def _outside(candidate: Candidate, where: str, pages: Sequence[SitePage]) -> LearnedLine | None:
    count, total = candidate.where[where], sum(candidate.where.values())
    if count < MIN_DOCUMENTS or candidate.where[INSIDE] > MAX_INSIDE * total:
        return None
    score = _base(candidate, pages) + EVIDENCE["outside"]
    score += EVIDENCE["beyond"] * candidate.beyond / total
    if len(candidate.pattern) <= SHORT and not candidate.beyond:
        score += EVIDENCE["short"]
    return _line(candidate, where, score) if score >= MIN_SCORE else None


MAX_INSIDE = 0.2
"""Share of its pages on which a line outside the text stands between what differs."""


def _base(candidate: Candidate, pages: Sequence[SitePage]) -> float:
    """Return what speaks for a candidate wherever it stands.

    Rules are wrong where texts of a kind begin or end alike. So a line that is as short as a heading, and stands beside
    the text or inside it, must also have words of the frame.
    """
    total = sum(candidate.where.values())
    score = _mean_score(candidate, pages)
    if score >= MIN_SCORE or 2 * candidate.beyond >= total or len(candidate.pattern) > SHORT:
        score += EVIDENCE["taken"] * candidate.taken / max(1, total)
    score += EVIDENCE["titled"] * candidate.titled / max(1, total)
    score += EVIDENCE["field"] * (FIELD in candidate.pattern)
    return score + EVIDENCE["rare"] * (len(candidate.documents) < MIN_SHARE * len(pages))


def _mean_score(candidate: Candidate, pages: Sequence[SitePage]) -> float:
    scores = []
    for number in sorted(candidate.documents)[:MAX_JUDGED]:
        page = pages[number]
        scores.append(page.scores.get(page.sample.lines[page.place_of(candidate.pattern)], 0.0))
    return fmean(scores)


def _score_at_edge(candidate: Candidate, pages: Sequence[SitePage]) -> float:
    """Return the score that the judge gives a line from inside the text above it or below it, the lower of both.

    Between sentences the judge takes any line for one of the text. Only lines that say more than a heading or a field
    are asked about so.
    """
    if letters(candidate.pattern) < MIN_LETTERS_INSIDE:
        return -math.inf
    page = pages[min(candidate.documents)]
    place = page.place_of(candidate.pattern)
    line, others = page.sample.lines[place], [*page.sample.lines[:place], *page.sample.lines[place + 1 :]]
    above, below = PageLines.of("\n".join([line, *others])).lines, PageLines.of("\n".join([*others, line])).lines
    return min(scores_of(above)[0], scores_of(below)[-1])


def _line(candidate: Candidate, where: str, score: float) -> LearnedLine:
    return LearnedLine(
        where, candidate.pattern, len(candidate.documents), max(candidate.places[where]), round(score, 1)
    )


def _words_of_frame(sure: Sequence[LearnedLine], found: Mapping[str, Candidate], pages: Sequence[SitePage]) -> set[str]:
    """Return the pairs of characters that stand in lines of the frame and in nothing that differs from page to page."""
    words = {pair for line in sure for pair in _HAN_PAIR.findall(line.pattern)}
    for page in pages:
        for line in page.own_lines(found):
            words.difference_update(_HAN_PAIR.findall(line))
    return words


def _opening(lines: Sequence[LearnedLine], pages: Sequence[SitePage]) -> LearnedLine | None:
    """Return the line of the head below which most texts begin with a sentence."""
    best, known = None, {line.pattern for line in lines}
    for line in (each for each in lines if each.where == HEAD):
        below: list[Line] = []
        for page in pages:
            below_it = page.place_of(line.pattern) + 1
            if below_it and page.is_own(below_it) and not known.intersection(page.patterns[below_it]):
                below.append(page.lines[below_it])
        opened = sum(each.is_text and not may_be_title(each) for each in below)
        if opened >= max(MIN_OPENINGS, MIN_OPENED * line.pages) and (best is None or line.place > best.place):
            best = line
    return best


def _container(pages: Sequence[SitePage]) -> tuple[str | None, int]:
    """Return the path to the element that holds the text on nearly all saved pages."""
    paths = Counter(page.sample.container for page in pages if page.sample.container)
    if not paths:
        return None, 0
    path, count = min(paths.items(), key=lambda each: (-each[1], each[0]))
    return (path, count) if count >= max(MIN_DOCUMENTS, MIN_CONTAINED * paths.total()) else (None, 0)
