"""What proves that a page has a frame: what rules took of it, or a line that the judge is sure of.

A text alone has no frame, and loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.judge_model import UNIT
from cleaners.judging.page_lines import TIME, Line
from cleaners.judging.rulebook import FAMILY_OF
from cleaners.rules.rule import LineRole, Position, Rule
from cleaners.text.hans import HAN

PROOF, PROOF_OF_TEXT, PROOF_ALONE, PROOF_INSIDE = 3 * UNIT // 2, 2 * UNIT, 9 * UNIT // 4, 11 * UNIT // 4
"""Scores of a line that prove a frame of which no rule knows anything: beside a text, of one there that reads like a
text, of the first, which may be a heading, or one that goes alone, and of one inside the text."""
MIN_HAN = 3
"""Characters of a line that proves a frame."""
PROOF_BESIDE_LIST, MIN_PROSE = 7 * UNIT // 2, 0.7
"""The score of a line that proves a frame beside a list, and the share that sentences have in a text that is none."""
_OF_LISTS = (LineRole.BYLINE, LineRole.LIST_HEAD)
MIN_PHRASE = 10
"""Characters of a line of a frame that no text has for a word of its own."""
MAX_WORD = 6
"""Characters of a line that may be a word of a list as well as one of a page's frame."""
_NUMBERED = re.compile(r"(?:\d{1,3}[.、)]|[一二三四五六七八九十]{1,3}、) ?[^\d ]")
"""A heading, an item: frames have such lines, and texts as well."""
SHORT_SENTENCE, MAX_CARRIED = 15, 8
"""Characters that show that a text stays; so small a part of what goes may go for its neighbours' sake alone."""
MANY = 3
"""Lines that the judge took which show a frame as rules do."""
SURE_SENTENCE = -3 * UNIT // 2
"""The score of a line that surely is a text's."""


def proves(line: Line, score: int, *, is_inside: bool, is_beside: bool, is_list: bool) -> bool:
    """Whether a line that goes proves by itself that the page has a frame.

    `is_inside` says that it stands in the text, `is_beside` that a text is next and more goes, `is_list` that what
    stays has short lines itself, as a frame has.
    """
    beside = PROOF_OF_TEXT if line.is_text else PROOF
    needed = PROOF_INSIDE if is_inside else beside if is_beside else PROOF_ALONE
    return score >= (PROOF_BESIDE_LIST if is_list else needed) and _is_telling(line)


def is_page(lines: Sequence[Line], removed: Collection[int]) -> bool:
    """Whether rules know two kinds of a frame's lines, or one line as long as a phrase: a whole page is around it.

    A text has at most one such line, a short one: a date, a word of a program.
    """
    told = [(lines[at], family) for at in removed if (family := _family(lines[at]))]
    return len({family for _, family in told}) > 1 or any(len(line.normalized) >= MIN_PHRASE for line, _ in told)


def _family(line: Line) -> str | None:
    """Return of which kind of a frame's lines a line is by the first rule that knows it there; None if none does."""
    return next((FAMILY_OF[rule.id] for rule in line.rules if _is_of_frame(rule)), None)


def _is_of_frame(rule: Rule) -> bool:
    return rule.position is not Position.ANY and not rule.context_only


def is_prose(lines: Sequence[Line], share: float = MIN_PROSE) -> bool:
    """Whether so great a share of what the lines hold stands in sentences."""
    said = sum(len(line.normalized) for line in lines if line.is_text and len(line.normalized) >= SHORT_SENTENCE)
    return said >= share * sum(len(line.normalized) for line in lines)


def tells_of_frame(lines: Sequence[Line], removed: Collection[int], *, is_list: bool = False) -> bool:
    """Whether what rules took proves a frame: what they take anywhere, a picture, texts have as well.

    Lists (`is_list`) have lines that say when and by whom, too, and heads of further lists; of words, a single one that
    frames have as well.
    """
    if any(lines[at].spans for at in removed):
        return True
    roles = _OF_LISTS if is_list else ()
    told = [
        at
        for at in removed
        if any(rule.position is not Position.ANY and rule.role not in roles for rule in lines[at].rules)
    ]
    return bool(told) and not (is_list and len(removed) == 1 and len(lines[told[0]].normalized) <= MAX_WORD)


def stays_text(lines: Sequence[Line], scores: NDArray[np.int64], gone: Collection[int]) -> bool:
    """Whether a text stays that differs from what goes: of lines all alike none is the frame of the others.

    Lines that go by themselves leave what they leave; those that go for their neighbours' sake are less than what
    stays, of which a line reads like a text. What goes and reads like a text itself is not counted.
    """
    size = [len(line.normalized) for line in lines]
    kept = [at for at in range(len(lines)) if at not in gone]
    left = sum(size[at] for at in kept)
    carried = sum(size[at] for at in gone if not lines[at].is_text and scores[at] < PROOF)
    if not kept or (left >= SHORT_SENTENCE and MAX_CARRIED * carried <= sum(size[at] for at in gone)):
        return True
    is_text = any(lines[at].is_text and size[at] >= SHORT_SENTENCE and scores[at] < SURE_SENTENCE for at in kept)
    return is_text and carried <= left


def spares_sentences(lines: Sequence[Line], scores: NDArray[np.int64], gone: Collection[int]) -> bool:
    """Whether of what goes no more than one line ends as a sentence does and is not a frame's rather: an editor's."""
    said = [
        at
        for at in gone
        if lines[at].normalized[-1] in "。!?" and len(lines[at].normalized) >= SHORT_SENTENCE and scores[at] < UNIT // 2
    ]
    return len(said) <= 1


def _is_telling(line: Line) -> bool:
    """Whether a line has Chinese words or a time, or a rule knows it: figures and names stand in tables and manuals."""
    if any(rule.position is not Position.ANY for rule in line.rules):
        return True
    if _NUMBERED.match(line.normalized):
        return False
    return HAN.count(line.normalized) >= MIN_HAN or bool(TIME.search(line.normalized))
