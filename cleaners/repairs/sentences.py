"""A line for each sentence: an engine breaks the text behind every 。 and ； it meets, also within quotes and brackets.

Where the author's paragraphs ended cannot be known any more. What proves the engine, in a text that has hardly a
sentence's end within its lines, are breaks that no author makes: within a pair of quotes or brackets, behind a
semicolon where no list goes on, behind a bare number, before a comma. These are undone; all others stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, count, pairwise

from cleaners.model import Edit
from cleaners.repairs.numbering import ORDINAL
from cleaners.text.bounds import first_lines

RULE = "lines.sentence"
FLAG = "sentence_lines"

MIN_ENDS = 8
"""Lines that end a sentence in a text of sentence lines."""
MAX_INNER_SHARE = 0.03
"""Sentences that may end within lines, for each that ends a line."""
MIN_PAIRS, MIN_PROOFS = 2, 4
"""Pairs that the breaks cut, or false breaks of any kind, that prove the engine; fewer may be slips of the author's."""
MAX_CLAUSES = 2
"""Lines in a row that may end in a semicolon; more are a list."""
MIN_PROSE = 20
"""Characters of the sentence that goes on behind a semicolon; two verses have fewer."""
MAX_NUMBER = 5
"""Characters of the longest number with its mark."""
MAX_SPAN = 8
"""Lines over which a pair may reach; a longer one was never closed."""

_CUT = re.compile(r"[。；：！？!?;:…][”’」』）)]*$")
_INNER = re.compile(r"[。！？!?](?![”’」』）)。！？!?\n]|\Z)")
_END = re.compile(r"[。！？!?][”’」』）)]*(?:\n|\Z)")
_NO_START = frozenset("，。、；：！？）》”,;")
_PAIR_MARK = re.compile("[“”「」『』（）()《》【】]")
_OPENS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】"}
_OPENERS = {closer: opener for opener, closer in _OPENS.items()}
_ITEM = re.compile(
    rf"[\s\"“‘]*(?:{ORDINAL}|[一二三四五六七八九十百]{{1,4}}[是要]|[一二三四五六七八九十\d]{{1,3}}[）)：:]|[①-⑳]|[（(]?[a-zA-Z][.、)）]"
    r"|第[一二三四五六七八九十百\d]|[—•●·○◆□■▲△★☆※→-]|其[一二三四五六]|首先|其次|再次|最后)"
)
"""What begins an item of a list, with or without a number."""
_BARE_NUMBER = re.compile(ORDINAL)
_STOPS = "。！？!?"
_SEMICOLONS = frozenset("；;")


def edits(text: str) -> list[Edit] | None:
    """Return the edits that undo what is proved to be no break, None for a text without a line for each sentence.

    >>> said = ["他问：“渠修好了吗？", "水够吗？”", "“都好了。", "放心。”", "天亮了。", "人来了。", "水来了。", "好。"]
    >>> [edit.start for edit in edits("\\n".join(said)) or []]
    [10, 22]
    """
    lines = first_lines(text)
    if len(lines) < MIN_ENDS or any(stops > 2 * len(lines) for stops in accumulate(map(text.count, _STOPS))):
        return None
    ends = len(_END.findall(text))
    if ends < MIN_ENDS or len(_INNER.findall(text)) > MAX_INNER_SHARE * ends:
        return None
    pairs = list(_pairs(text, lines))
    within = {line for first, last in pairs for line in range(first, last)}
    within.update(
        at for at, (line, below) in enumerate(pairwise(lines)) if below[:1] in _NO_START and _CUT.search(line)
    )
    within.update(_split_numbers(lines))
    within.update(_split_clauses(text, lines))
    if len(pairs) < MIN_PAIRS and len(within) < MIN_PROOFS:
        return None
    found, at = [], -1
    for index, line in enumerate(lines):
        at += len(line) + 1
        if index in within:
            found.append(Edit(at, at + 1, "", RULE))
    return found


def _pairs(text: str, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each pair of quotes or brackets that the breaks behind sentences cut."""
    ends = list(accumulate(len(line) + 1 for line in lines))
    opened: dict[str, int] = {}
    for place in _PAIR_MARK.finditer(text):
        mark, index = place.group(), bisect_right(ends, place.start())
        if mark in _OPENS:
            opened[mark] = index
        else:
            first = opened.pop(_OPENERS[mark], index)
            if 0 < index - first <= MAX_SPAN and all(map(_CUT.search, lines[first:index])):
                yield first, index


def _split_numbers(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that are only the number of what the next one says."""
    for index, (line, below) in enumerate(pairwise(lines)):
        if len(line) <= MAX_NUMBER and _BARE_NUMBER.fullmatch(line) and below and not _ITEM.match(below):
            yield index


def _split_clauses(text: str, lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines whose sentence goes on behind a semicolon: no items of a list, as more than two in a row are."""
    clauses = {index for index, line in enumerate(lines) if line[-1:] in _SEMICOLONS}
    if sum(map(text.count, _SEMICOLONS)) > (1 + MAX_INNER_SHARE) * len(clauses):
        return
    for start in sorted(index for index in clauses if index - 1 not in clauses):
        end = next(index for index in count(start) if index not in clauses)
        above, all_of_it = lines[start - 1] if start else "", lines[start : end + 1]
        if (
            end - start <= MAX_CLAUSES
            and end < len(lines)
            and above[-1:] not in tuple("：:")
            and not any(line.isascii() or _ITEM.match(line) for line in all_of_it)
            and sum(map(len, all_of_it)) >= MIN_PROSE * len(all_of_it)
        ):
            yield from range(start, end)
