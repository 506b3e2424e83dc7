"""What official papers, letters and speeches have above and below their sentences, and frames of pages have not.

Above: the number of the paper, and the first heading right above a sentence; below: closings, to whom the paper goes,
and the day under a signature (GB/T 9704-2012, the form of official documents). Below other texts: who signs as what,
a pupil's name with the class, answers in a row.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile

from cleaners.judging.page_lines import YEAR, Line

MAX_AWAY = 4
"""So many lines away from the sentences such a part stands at most, itself counted; no rule takes those between."""
NUMBER = re.compile(r"[一-鿿]{1,10} ?[〔\[(【]\d{4}[〕\])】] ?(?:第 ?)?\d{1,4} ?号")
"""The number of an official paper."""
_FIRST_HEADING = re.compile(r"(?:第[一1][章节篇部]|[一1](?:[、.]|(?= ))) ?[一-鿿]{2,20}")
_CLOSES = re.compile(
    r"特此[一-鿿]{2,4}[。!]?|此致(?: ?敬礼)?[!。]?|敬礼[!。]?|(?:谢谢|感谢)(?:大家|各位|你们|您)?[!。]"
    r"|散会[!。]|[(]完[)]"
)
_SIGNERS = (
    "(?:申请|检讨|汇报|报告|承诺|保证|述职|倡议|立据|借款|出借|委托|受托|证明|推荐|介绍|发言|演讲|起诉|上诉|答辩|具状"
    "|辞职|求职|自荐|填表|出租|承租)"
)
_CLASS = r"(?:[一二三四五六七八九]年级|[初高][一二三])"
_SIGNED = re.compile(
    rf"(?!.*(?:下载|点击|网|小编|[Aa][Pp][Pp]))(?:{_SIGNERS}[人者] ?(?:[(](?:签名|签字|签章|盖章)[)])? ?:[^:。]{{0,20}}"
    r"|(?:抄送|抄报|主送|附件 ?\d{0,2}) ?:.{2,80})"
    rf"|(?!.*(?:作文|日记|读后|语文|数学|英语|试[卷题]|教案|[上下]册|大全|推荐))[(]?(?:[一-鿿]{{2,16}} ?)?{_CLASS} ?"
    r"(?:[(]?[一二三四五六七八九十\d]{1,2}[)]?班[ :]?|:) ?[一-鿿*×]{2,4}(?: ?指导(?:老师|教师) ?: ?[一-鿿*×]{2,4})?[)]?"
    r"|(?:参考)?答案 ?:(?: ?\d{1,2} ?[.、]? ?[A-F]{1,4} ?[,;]?){2,40}"
)
"""Who signs a paper, and as what; to whom it goes and what belongs to it; a pupil with his class; answers in a row."""
_DAY = re.compile(rf"{YEAR}.{{1,4}}月.{{1,4}}日|[*×Xx_]{{0,8}} ?年 ?[*×Xx_]{{1,4}} ?月 ?[*×Xx_]{{1,4}} ?日")
"""A day, or its blanks: as rules see a line, its first stars are gone."""
_NAMES = re.compile(r"[一-鿿]{2,20}(?: [一-鿿]{2,20}){0,3}")
"""Who signs above a day."""


def parts_of_letter(lines: Sequence[Line], removed: Container[int], is_sentence: Sequence[bool]) -> Iterator[int]:
    """Yield the places of such lines next above and next below sentences; `removed` are lines that rules take."""
    places = range(len(lines))
    for at, away in _near(reversed(places), removed, is_sentence):
        text = lines[at].normalized
        if NUMBER.fullmatch(text) or (away == 1 and _FIRST_HEADING.fullmatch(text)):
            yield at
    for at, away in _near(places, removed, is_sentence):
        text = lines[at].normalized
        if _CLOSES.fullmatch(text) or _SIGNED.fullmatch(text):
            yield at
        elif _DAY.fullmatch(text):
            signed = _signed_above(at, lines, removed, is_sentence)
            yield from signed
            if away > 1 or signed:
                yield at


def _signed_above(
    day: int, lines: Sequence[Line], removed: Container[int], is_sentence: Sequence[bool]
) -> Sequence[int]:
    """Return the places of the names right above a day and below a sentence; none where a rule knows one."""
    near = range(day - 1, max(day - MAX_AWAY, 0) - 1, -1)
    names = list(takewhile(lambda at: not lines[at].rules and _NAMES.fullmatch(lines[at].normalized), near))
    above = day - len(names) - 1
    return names if above >= 0 and above not in removed and is_sentence[above] else ()


def _near(places: Iterable[int], removed: Container[int], is_sentence: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the places of short lines near a sentence that was passed, and how many lines away each is."""
    away = MAX_AWAY
    for at in places:
        away = 0 if is_sentence[at] else MAX_AWAY if at in removed else away + 1
        if 0 < away <= MAX_AWAY and at not in removed:
            yield at, away
