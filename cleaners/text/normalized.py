"""The looked-through view of a text: what rules are matched on. One character for one, so positions are the same."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from cleaners.text.codes import INVISIBLE, SPACES, CharClass, Codes, Translation, codes, in_brackets, text_of
from cleaners.text.hans import hans_table

_BULLETS = "?•·●○◆◇■□▪▫►▶※*-–—|>»│┃丨　 \t"
SHORT = 200
"""Characters of a line or title; longer ones are whole texts."""
MIN_ASKED = 2000
"""Characters of a text from which on it is quicker to ask first whether it is its own view."""
_INVISIBLE = CharClass(INVISIBLE)
_UNSEEN = re.compile(f"[{in_brackets(INVISIBLE)}][{in_brackets(INVISIBLE)}]*")  # `re` looks for a first one fast
_MARKS = dict(zip("﹐﹑﹔﹕﹖﹗﹙﹚︰∶｡〔〕›", ",、;:?!()::。[]>", strict=True))


def normalize(text: str) -> str:
    """Return `text` with half-width marks, letters and digits, Simplified characters, and plain blanks.

    >>> normalize("已閱讀５頁，還剩")
    '已阅读5页,还剩'
    """
    return text if _is_same(text) else text_of(_view().table.take(codes(text)))


def normalize_codes(text: str) -> Codes:
    """Return the code points of the view of `text`; they cannot be written to."""
    return codes(text) if _is_same(text) else _view().table.take(codes(text))


def _is_same(text: str) -> bool:
    """Whether a text is known to be its own view; it costs more to ask of a short one than to look that up."""
    return len(text) > MIN_ASKED and not _view().changes(text)


def normalize_line(line: str) -> str:
    """Return one line of a view as line rules see it: outer blanks and bullets gone, inner blanks folded.

    >>> normalize_line("    • 资源格式: DOC        下载积分:8金币")
    '资源格式: DOC 下载积分:8金币'
    """
    folded = " ".join(line.split()) if " " in line or "\n" in line else line
    return folded.lstrip(_BULLETS) or folded


def visible(text: str) -> str:
    """Return `text` without the characters that show nothing or turn others around.

    >>> visible("通\\x1b知\\u202e")
    '通知'
    """
    return _UNSEEN.sub("", text) if len(text) <= SHORT or _INVISIBLE.is_in(text) else text


@cache
def _view() -> Translation:
    table = hans_table().copy()
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for blank in SPACES.replace("\n", ""):
        table[ord(blank)] = 0x20
    for first, last in INVISIBLE:
        table[first : last + 1] = 0x20
    for mark, plain in _MARKS.items():
        table[ord(mark)] = ord(plain)
    return Translation(table)
