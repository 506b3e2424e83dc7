"""What the markup of a page says of each line, for those who judge lines."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

import numpy as np

from cleaners.text.codes import SPACES, UNICODE_SIZE, codes


class Region(Enum):
    """The part of a page that a line stands in, as its elements and roles say (not their class names)."""

    BODY = "body"
    MAIN = "main"
    HEADER = "header"
    NAV = "nav"
    ASIDE = "aside"
    FOOTER = "footer"
    FORM = "form"
    DIALOG = "dialog"
    FIGURE = "figure"


class Unshown(Enum):
    """Why a page does not show a text, or shows it as no text of its own; the values name the rules of edits."""

    HIDDEN = "markup.hidden"
    FALLBACK = "markup.fallback"
    CONTROL = "markup.control"
    RUBY = "markup.ruby"
    NUMBERING = "markup.numbering"
    CUT = "markup.cut"


class LineMarkup(NamedTuple):
    """What the markup says of one line.

    `link_density` is the share of the line's characters that stand in links (0 to 1), `is_hidden` whether the page
    does not show it, `block` the place in `Rendered.blocks` of the container that it stands in, `heading` the level of
    its heading (0: none), `list_depth` the lists around it, `in_table` whether it stands in a table cell, `hint` what
    class and id words of the elements around it say: below 0 for the frame (nav, side, comment), above 0 for the text
    (content, article), 0 for nothing.
    """

    link_density: float = 0.0
    is_hidden: bool = False
    region: Region = Region.BODY
    block: int = 0
    heading: int = 0
    list_depth: int = 0
    in_table: bool = False
    hint: int = 0


class UnshownSpan(NamedTuple):
    """A piece of the rendered text that is not shown as the page's text."""

    start: int
    end: int
    reason: Unshown


_ENDS = "。！？；!?;"
_STOP = re.compile(r"\.(?=\s|$)")
_END, _POINT, _SPACE = 1, 2, 3
_KINDS = np.zeros(UNICODE_SIZE, np.uint8)
_KINDS[[ord(end) for end in _ENDS]] = _END
_KINDS[[ord(space) for space in SPACES]] = _SPACE
_KINDS[ord(".")] = _POINT


def sentence_marks(text: str) -> int:
    """Return how many marks that end sentences a text holds.

    >>> sentence_marks("一句。两句！No. 3.14")
    3
    """
    marks = sum(map(text.count, _ENDS))
    return marks + len(_STOP.findall(text)) if "." in text else marks


def marks_of_lines(text: str) -> list[int]:
    r"""Return how many of these marks each line of a text holds; all lines are asked at once.

    >>> marks_of_lines("一句。两句！\n\nNo. 3.14.")
    [2, 0, 2]
    """
    points = codes(text)
    kinds = _KINDS.take(points)
    marks = kinds == _END
    marks[:-1] |= (kinds[:-1] == _POINT) & (kinds[1:] == _SPACE)
    marks[-1:] |= kinds[-1:] == _POINT
    before = marks.cumsum()[points == ord("\n")]
    counts: list[int] = np.diff(before, prepend=0, append=np.count_nonzero(marks)).tolist()
    return counts
