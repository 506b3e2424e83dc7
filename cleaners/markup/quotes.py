"""Quotations in posts: which of them repeat what the page says above their posts.

A post quotes the one that it answers; its author also puts what others said elsewhere, or sections of a text of its
own, into such boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.markup.block_tree import BlockTree
from cleaners.markup.thread_shape import ABOUT, WHEN

MIN_REPEATED = 0.5
"""The share of a quotation that stands above its post, at least, if it is none of the text."""
MAX_KEY, MIN_KEY = 20, 2
"""Characters by which a clause is known again, so that one that is cut short is, too; shorter ones say nothing."""
_CLAUSE = re.compile(r"(?!\s)[^\t\n\ue000-\uf8ff,，、;；。.！!？?：:…“”\"]+")
_QUOTE = re.compile(r"quot(?:e|ation)", re.IGNORECASE)


def of_others(tree: BlockTree) -> set[int]:
    """Return the outermost blocks that a class calls quotations and that hold what nothing above their posts says."""
    quotes = _quotations(tree)
    if not any(quotes):
        return set()
    known: dict[str, int] = {}
    said, repeated = [0] * len(tree.blocks), [0] * len(tree.blocks)
    for line, says in zip(tree.lines, tree.markup, strict=True):
        if not says.is_hidden:
            quote = quotes[says.block]
            for clause in _clauses(line):
                if quote:
                    said[quote] += 1
                    repeated[quote] += known.get(clause, quote) < tree.parents[quote]
                else:
                    known.setdefault(clause, says.block)
    return {place for place in tree.places if said[place] and repeated[place] < MIN_REPEATED * said[place]}


def _quotations(tree: BlockTree) -> list[int]:
    """Return for every block the outermost quotation that it is or stands in, else 0."""
    found = [0] * len(tree.blocks)
    for place in tree.places[1:]:
        label = tree.blocks[place].label
        is_one = _QUOTE.search(label) is not None and ABOUT.search(_QUOTE.sub("", label)) is None
        found[place] = found[tree.parents[place]] or place * is_one
    return found


def _clauses(line: str) -> Iterator[str]:
    """Yield the beginnings of a line's clauses; a line that says who said it when has none."""
    if WHEN.fullmatch(line) is None:
        for clause in _CLAUSE.findall(line):
            if len(clause) >= MIN_KEY:
                yield clause[:MAX_KEY]
