"""The judge of lines: a learned second look at what the rules leave of a page's frame.

One decision a page: the text is the run of lines that leaves most evidence of noise outside, and inside it only lines
go of which the judge is sure. A page without a frame loses nothing.

There are two judges: one that a text may come to that has no frame or little of one, and one taught with whole saved
pages, which takes their menus and lists. The second is asked only where a frame is proven, and believed only if prose
stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.frame_proof import (
    MANY,
    PROOF,
    PROOF_BESIDE_LIST,
    SURE_SENTENCE,
    is_page,
    is_prose,
    proves,
    spares_sentences,
    stays_text,
    tells_of_frame,
)
from cleaners.judging.judge_model import UNIT, around, lay_out, model
from cleaners.judging.letter_parts import parts_of_letter
from cleaners.judging.lexicon import Lexicon, words
from cleaners.judging.line_features import Numbers, lone_features, marked, own_features
from cleaners.judging.line_labels import TITLE_LINE
from cleaners.judging.page_features import context_features
from cleaners.judging.page_lines import Line

HEAD, LINE, TAIL = "judge.head", "judge.line", "judge.tail"

MAX_LINES = 300
"""Lines from the top and from the bottom of a page that are judged."""
MIN_LINES = 24
"""Lines of the shortest page that the judge of whole pages looks at."""
MAX_DOUBTED = 200
"""Characters of the longest line that is judged, unless a rule matches it and it holds no sentence."""
PARAGRAPH = 4
"""Sentences that make a line of half the length a paragraph, which is not judged."""
MAX_PASSES = 8
"""How often what is left is judged again at most."""
ENDS, SHORT = 2, 60
"""Lines at either end of what is left, and characters up to which they are reason to judge a page of text alone."""
SURE_TEXT = -8 * UNIT
"""The score of a line that is not doubted."""
MIN_AT_EDGE, MIN_INSIDE = -UNIT // 4, 2 * UNIT
"""Scores above which a line speaks for the frame that it may stand in (0 if it ends as sentences do), and above which
it goes from inside the text."""
_MARK = re.compile("[。,;!?]")
_ITEMS = re.compile("(?:[一-鿿]{2,12} ){3}")
"""A row of links has words and blanks, and no mark of a sentence."""
SENTENCE, CLOSED_SENTENCE = 25, UNIT
"""Characters of a line that no frame around it takes along, and the score that takes one that ends as sentences do."""
MIN_EMPTIED = 5 * UNIT // 4
"""Score that each of several lines must have for none to stay."""
LAST, LAST_PROSE = 5 * UNIT // 2, 4 * UNIT
"""Score of a line that goes though it is the last that is left of a page; of each line, where one ends a sentence."""
MAX_SAID = 4 * UNIT
"""So much a line can say for a frame at most: one line of noise does not outweigh several of text."""
FRAMED = 5 * UNIT // 2
"""What the score of a line is less by that stands where the markup shows the text: few such lines are noise."""
PARAGRAPH_CHARS, SURE = 60, 3 * UNIT
"""Characters of the longest line of a page that stays if it reads like a text, and the score that takes it."""
NEVER = -(1 << 40)
TAKEN = UNIT // 2
"""What a line says for the frame that a rule has taken."""


class Judged(NamedTuple):
    """A line that the judge, or the site's profile, takes: its place among the page's lines, why, and how sure.

    `score`, `seen`, `told` and `is_page` are those of `Judgement`.
    """

    place: int
    rule: str
    score: float
    seen: bytes = b""
    told: tuple[str, ...] = ()
    is_page: bool = False


def judge(
    lines: Sequence[Line],
    removed: Mapping[int, str],
    title: str | None,
    protected: Collection[int] = (),
    out: Collection[int] = (),
    *,
    is_framed: bool = False,
) -> list[Judged]:
    """Return the lines of a page that are noise, of those that the rules left (`removed`: what took the others).

    The title's lines are not looked at, since an exported text has its title, and a stored one has not. `protected` are
    the places of lines that are known to be text, `out` those of lines that the page is seen without. `is_framed` says
    that the markup took a frame away: what it left is text much rather than a line of a dump is.
    """
    places = [place for place in range(len(lines)) if removed.get(place) != TITLE_LINE and place not in out]
    page = _Page(lines, title, protected, FRAMED if is_framed else 0)
    may_be_whole = len(places) >= MIN_LINES
    is_whole = may_be_whole and is_page(lines, removed)
    found = [] if is_whole else page.looked_at(places, removed)
    if is_whole or (may_be_whole and len(found) >= MANY):
        left = [place for place in places if place not in {line.place for line in found}]
        more = page.looked_at(left, {} if found else removed, is_page=True)
        gone = {*removed, *(line.place for line in more)}
        if is_prose([lines[place] for place in left if place not in gone]):
            return sorted([*found, *more])
        if is_whole:
            return sorted(page.looked_at(places, removed))
    return sorted(found)


class _Page(NamedTuple):
    """A page as the judge looks at it; `prior` is taken from each score."""

    lines: Sequence[Line]
    title: str | None
    protected: Collection[int]
    prior: int

    def looked_at(self, places: Sequence[int], removed: Mapping[int, str], *, is_page: bool = False) -> list[Judged]:
        """Return what goes of the lines at `places`; `is_page` says which judge is asked.

        What is left is judged again as a page of its own until nothing more goes: a cleaned text that comes again must
        stay as it is.
        """
        found: list[Judged] = []
        known: dict[int, Numbers] = {}
        is_known = is_page or any(place in removed for place in places)
        for _ in range(MAX_PASSES):
            shown = places if len(places) <= 2 * MAX_LINES else [*places[:MAX_LINES], *places[-MAX_LINES:]]
            more: list[Judged] = []
            if self._may_have_noise([at for at in shown if at not in removed], is_page=is_page):
                more = self._once(shown, removed, known, is_known=is_known, is_page=is_page)
            elif len(shown) == len(places):
                break  # the next look would be at the same lines
            found += more
            gone = {*removed, *(line.place for line in more)}
            if gone.isdisjoint(places):
                break
            is_known |= bool(more)
            places, removed = [place for place in places if place not in gone], {}
        return found

    def _once(
        self,
        shown: Sequence[int],
        removed: Mapping[int, str],
        known: dict[int, Numbers],
        *,
        is_known: bool,
        is_page: bool,
    ) -> list[Judged]:
        """Return what the judge takes of the lines at `shown`, which alone it sees; `known` are features of lines.

        `is_known` says that a part of a frame was found.
        """
        lines, removed = (
            [self.lines[i] for i in shown],
            {place: removed[i] for place, i in enumerate(shown) if i in removed},
        )
        left = [place for place, at in enumerate(shown) if place not in removed and at not in self.protected]
        doubted = np.array([place for place in left if _is_doubted(lines[place])], np.int64)
        learned = model(is_page=is_page)
        if new := [place for place, at in enumerate(shown) if at not in known]:
            features = lone_features([lines[place] for place in new], learned.lexicon)
            known.update(zip([shown[place] for place in new], features, strict=True))
        own = marked(np.concatenate([known[at] for at in shown]).reshape(len(shown), -1), lines, removed)
        table = lay_out(own, context_features(lines, self.title, own, is_known=is_known))
        scores = np.full(len(lines), SURE_TEXT)
        scores[doubted] = learned.trees.scores(table, doubted) - self.prior
        is_sentence = _sentences(lines)
        scores[list(parts_of_letter(lines, removed, is_sentence))] = SURE_TEXT
        return [
            Judged(shown[place], rule, round(int(scores[place]) / UNIT, 1), around(table, place), is_page=is_page)
            for place, rule in _decided(lines, removed, scores, is_sentence, self.prior, is_known=is_known)
        ]

    def _may_have_noise(self, left: Sequence[int], *, is_page: bool) -> bool:
        """Whether a line left is reason to judge the page: no text, known to a rule, or a frame's at an end."""
        lines = [self.lines[at] for at in left if at not in self.protected]
        if any(line.rules or not line.is_text for line in lines):
            return True
        lexicon = model(is_page=is_page).lexicon
        return any(_is_hint(line, lexicon) for line in (*lines[:ENDS], *lines[-ENDS:]))


def scores_of(lines: Sequence[Line]) -> list[float]:
    """Return for every line of a page the logarithm of the odds that it is noise, as if no rule had taken any."""
    learned = model()
    own = own_features(lines, {}, learned.lexicon)
    table = lay_out(own, context_features(lines, None, own, is_known=False))
    return [float(score) / UNIT for score in learned.trees.scores(table, np.arange(len(lines)))]


def _is_hint(line: Line, lexicon: Lexicon) -> bool:
    return len(line.normalized) <= SHORT and words(line, lexicon) > 0


def _is_doubted(line: Line) -> bool:
    text = line.normalized
    if text[-1] == "、":  # what it counts up goes on below
        return False
    if len(text) <= MAX_DOUBTED // 2:
        return True
    if len(text) <= MAX_DOUBTED:
        return text.count("。") < PARAGRAPH
    return bool(line.rules) and "。" not in text


def _decided(
    lines: Sequence[Line],
    removed: Mapping[int, str],
    scores: NDArray[np.int64],
    is_sentence: Sequence[bool],
    prior: int,
    *,
    is_known: bool,
) -> list[tuple[int, str]]:
    """Return the places of the lines that go, with their rules; none where nothing proves a frame.

    `is_known` says that a part of one was found, of which nothing is `removed` where it is seen no more.
    """
    if not removed and scores.max() + prior < PROOF:
        return []
    first, end = _text(lines, removed, scores, is_sentence)
    left = [place for place in range(len(lines)) if place not in removed]
    taken = [(place, HEAD if place < first else TAIL) for place in left if not first <= place < end]
    inside = [(place, LINE) for place in left if first <= place < end and scores[place] > MIN_INSIDE]
    all_taken = sorted(taken + inside)
    is_told = tells_of_frame(lines, removed)
    is_emptied = len(all_taken) == len(left)
    if is_emptied and min(scores[left], default=0) < _needed([lines[at] for at in left], is_told=is_told):
        return []  # nothing would be left, and not all of it is surely noise
    gone = {place for place, _ in all_taken}
    kept = [place for place in left if place not in gone]
    has_text = any(lines[place].is_text for place in kept)
    if not has_text and any(len(lines[place].normalized) >= SENTENCE and scores[place] < MIN_EMPTIED for place in gone):
        return []  # no text would be left, and of a long line it is not sure
    is_list = not is_prose([lines[place] for place in kept])
    if is_told and (not is_list or tells_of_frame(lines, removed, is_list=True)):
        return all_taken
    is_beside = has_text and len(all_taken) > 1
    is_proved = any(
        proves(
            lines[at], int(scores[at]) + prior, is_inside=rule == LINE, is_beside=is_beside and at > 0, is_list=is_list
        )
        for at, rule in all_taken
    )
    if not is_proved or not stays_text(lines, scores, gone):
        return []
    if is_known and not removed:
        return all_taken
    return all_taken if spares_sentences(lines, scores, gone) else []


def _needed(left: Sequence[Line], *, is_told: bool) -> int:
    """Return the score that each of the lines left must have for a page to be left without text.

    `is_told` says that rules know its frame.
    """
    if any(line.normalized.endswith("。") for line in left) and not is_told:
        return LAST_PROSE
    if is_told:
        return MIN_EMPTIED if len(left) > 1 else LAST
    return LAST if any(line.is_text for line in left) else PROOF_BESIDE_LIST


def _sentences(lines: Sequence[Line]) -> list[bool]:
    """Say of each line whether it is as long as a sentence and no row of items."""
    return [
        len(text) >= SENTENCE and (_MARK.search(text) is not None or _ITEMS.search(text) is None)
        for text in (line.normalized for line in lines)
    ]


def _text(
    lines: Sequence[Line], removed: Mapping[int, str], scores: NDArray[np.int64], is_sentence: Sequence[bool]
) -> tuple[int, int]:
    """Return the first line of the text and the line behind it: what stands outside says most for a frame.

    A sum over the lines above and one over those below, each as great as it can be; of two that are as great, the one
    that leaves more text.
    """
    is_closed = np.array([line.normalized[-1] in "。!?" for line in lines])
    says = np.minimum(scores - np.where(is_closed, 0, MIN_AT_EDGE), MAX_SAID)
    is_guarded = np.array(is_sentence) | (scores == SURE_TEXT)
    says[(is_guarded | is_closed) & (scores < SURE_SENTENCE)] = NEVER
    says[is_guarded & is_closed & (scores < CLOSED_SENTENCE)] = NEVER
    longest = max(range(len(lines)), key=lambda at: at not in removed and is_sentence[at] and len(lines[at].normalized))
    if len(lines[longest].normalized) >= PARAGRAPH_CHARS and lines[longest].is_text and scores[longest] < SURE:
        says[longest] = NEVER
    says[list(removed)] = TAKEN
    above = np.concatenate(([0], np.cumsum(says)))
    best_above = np.maximum.accumulate(above)
    both = best_above + above[-1] - above
    end = int(np.flatnonzero(both == both.max())[-1])
    first = int(np.flatnonzero(above[: end + 1] == best_above[end])[0])
    return first, end
