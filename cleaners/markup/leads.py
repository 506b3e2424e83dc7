"""Leads: the lines between the title and the text of a saved page that sum the text up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from cleaners.judging.judge_model import model
from cleaners.judging.lexicon import words
from cleaners.judging.page_lines import Line
from cleaners.markup.block_tree import BlockTree
from cleaners.markup.main_block import MIN_PARAGRAPH, is_stamped
from cleaners.reading.markup import LineMarkup
from cleaners.text.hans import HAN

MAX_REPEATED = 0.75
"""The share of a lead that the text repeats at most."""
MAX_LINES = 50
"""Sentences between title and text of which each is asked whether the text repeats it."""
_CLAUSE = re.compile(r"(?!\s)[^\ue000-\uf8ff，,；;。！!？?：:]+")


def find(tree: BlockTree, lines: Mapping[int, Line], named: int | None, inside: Sequence[bool]) -> set[int]:
    """Return the lines between the title and the text that sum it up: sentences of which it does not hold the most."""
    first = next((number for number, says in enumerate(tree.markup) if inside[says.block]), 0)
    if named is None or named >= first:
        return set()
    text = "\n".join(line for line, says in zip(tree.lines, tree.markup, strict=True) if inside[says.block])
    found = set[int]()
    for number in islice(_sentences(tree, lines, named, first), MAX_LINES):
        clauses = _CLAUSE.findall(tree.lines[number])
        if sum(len(clause) for clause in clauses if clause in text) < MAX_REPEATED * sum(map(len, clauses)):
            found.add(number)
            text += "\n" + tree.lines[number]
    return found


def _sentences(tree: BlockTree, lines: Mapping[int, Line], named: int, first: int) -> Iterator[int]:
    """Yield the lines behind the title's and before the first of the text that may sum it up."""
    for number in range(named + 1, first):
        line = tree.lines[number]
        if not tree.marks_of_line[number] or len(line) < MIN_PARAGRAPH or is_stamped(line) or number not in lines:
            continue
        if _may_lead(tree, tree.markup[number], tree.markup[named].block) and not _is_noise(lines[number]):
            yield number


def _is_noise(line: Line) -> bool:
    """Whether a rule knows a line, or its words, where they are Chinese, are those of frames."""
    is_chinese = 2 * HAN.count(line.normalized) > len(line.normalized)
    return bool(line.rules) or (is_chinese and words(line, model().lexicon) > 0)


def _may_lead(tree: BlockTree, says: LineMarkup, title: int) -> bool:
    """Whether a line below the title, which stands in the block `title`, is none of the frame and mostly no link."""
    place = says.block
    is_of_frame = tree.in_comments[place] or tree.in_aside[place] or tree.in_frame[place] > tree.in_frame[title]
    return not is_of_frame and tree.is_plain(says)
