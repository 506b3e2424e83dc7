"""What a page shows of its text above it: the beginning, broken off, or sentences taken out of it under a label.

It says nothing that does not stand again below, so nothing is lost with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.judging.title_form import may_be_title
from cleaners.judging.titles import MAX_TIDIED
from cleaners.rules.rule import Position

TEASER = stage_rule("frame.teaser", Position.HEAD)

TOP = 40
"""Lines from the top among which a teaser stands."""
NEAR = 12
"""So many lines below it the text begins that it is taken from."""
NEAR_TITLE = 6
"""So many lines below one that is broken off the title stands whole."""
MIN_BROKEN, MIN_SENTENCE = 30, 10
"""Letters of the shortest beginning that is broken off, and of the shortest sentence under a label."""
MAX_TEASER, MAX_READ = 2 * MAX_TIDIED, 20_000
"""Characters of the longest teaser, and how many of the text below are read."""

_BROKEN_OFF = re.compile(
    r"(?P<said>.*[^.…])(?:…{1,2}|\.{3,6}) ?[)\]】]?(?: ?[\[(【]?(?:详细|详情|更多|查看|展开|全文|阅读)[^。]{0,6})?"
)
_OF_PICTURE = re.compile(r"(?P<said>.{4,120}?)(?:的?缩略图|[_ -]图文|[_ -]图片)")
"""A title with what a site hangs on it for a picture of the page."""
_LABELLED = re.compile(r"[\[【(]?(?:内容)?(?:摘 ?要|导 ?读|核心提示|提要|简介|描述)[\]】)]? ?: ?(?P<said>.+)")
_ENDS = re.compile("[。!?;]")
_MARKS = re.compile(r"[\W_]+")


def teasers(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that only repeat what stands below them; above them no rule leaves a sentence."""
    for place, line in enumerate(lines[:TOP]):
        text = line.normalized
        if place and "。" in lines[place - 1].normalized and not lines[place - 1].rules:
            return
        if not MIN_SENTENCE <= len(text) <= MAX_TEASER:
            continue
        labelled = _LABELLED.fullmatch(text)
        said = labelled["said"] if labelled else text
        if named := _OF_PICTURE.fullmatch(text):
            near = lines[place + 1 : place + 1 + NEAR_TITLE]
            is_repeat = any(_letters(line.normalized) == _letters(named["said"]) for line in near)
        elif broken := _BROKEN_OFF.fullmatch(said):
            is_repeat = _begins(lines, place, _letters(broken["said"]))
        else:
            is_repeat = bool(labelled) and _says_again(lines, place, said)
        if is_repeat:
            yield place


def _begins(lines: Sequence[Line], place: int, said: str) -> bool:
    """Whether the text that begins at one of the next lines, or a title there, says all of it and more."""
    if len(said) < MIN_BROKEN:
        near = lines[place + 1 : place + 1 + NEAR_TITLE] if len(said) >= MIN_SENTENCE else ()
        return any(may_be_title(line) and _letters(line.normalized).startswith(said) for line in near)
    below = [_letters(line.normalized[: 2 * MAX_TEASER]) for line in lines[place + 1 : place + 1 + 2 * NEAR]]
    return any(
        said[:MIN_BROKEN].startswith(below[at][:MIN_BROKEN]) and "".join(below[at:]).startswith(said)
        for at in range(min(NEAR, len(below)))
        if below[at]
    )


def _says_again(lines: Sequence[Line], place: int, said: str) -> bool:
    """Whether the text below has each of its sentences."""
    sentences = [_letters(sentence) for sentence in _ENDS.split(said)]
    sentences = [sentence for sentence in sentences if sentence]
    if not sentences or min(map(len, sentences)) < MIN_SENTENCE:
        return False
    read, below = 0, list[str]()
    for line in lines[place + 1 :]:
        below.append(_letters(line.normalized[:MAX_READ]))
        read += len(below[-1])
        if read >= MAX_READ:
            break
    text = "".join(below)
    return all(sentence in text for sentence in sentences)


def _letters(text: str) -> str:
    return _MARKS.sub("", text).lower()
