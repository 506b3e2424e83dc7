"""Verses: lines of two clauses and more, short and of nothing but characters, that stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_CLAUSES = "[㐀-鿿]{2,9}(?:[,。;!?][㐀-鿿]{2,9})"
_VERSE = re.compile(rf"(?=[㐀-鿿]{{2,9}}[,。;!?])(?=.*[㐀-鿿]{{5}}){_CLAUSES}{{1,3}}[,。;!?]?")
"""A line of a poem or song, old or new, with a clause that is longer than those of a slogan (海量文档,轻松下载)."""
MAX_VERSE = 40
"""Characters of the longest."""
_OF_SITE = re.compile("文[档库章件]|资[料源]|内容|会员|下载|网[站友页]|关注|点击|登[录陆]|注册|分享|收藏|更新")
"""What slogans and buttons speak of, and hardly a verse."""
_BETWEEN = re.compile(rf"{_CLAUSES}{{0,3}}[,。;!?]?")
"""What may stand between two: a short verse, or half a one."""


def verses(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of verses: several in a row, with at most one shorter line between two.

    `lines` are normalized, and empty where a line is known to be something else.
    """
    short = [place for place, line in enumerate(lines) if len(line) <= MAX_VERSE]
    found = [place for place in short if _VERSE.fullmatch(lines[place]) and not _OF_SITE.search(lines[place])]
    for place, below in pairwise(found):
        between = lines[place + 1 : below]
        if not between or (len(between) == 1 and _BETWEEN.fullmatch(between[0])):
            yield from range(place, below + 1)


def goes_on(above: str, line: str) -> bool:
    """Whether a line is a verse as long as the one above it, which no title below another line is."""
    return len(line) == len(above) and bool(_VERSE.fullmatch(line) and _VERSE.fullmatch(above))
