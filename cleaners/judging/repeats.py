"""The title again at the head of the text, on lines of its own or glued to the first sentence."""

from __future__ import annotations

from cleaners.judging.title import plain
from cleaners.model import Edit
from cleaners.text.normalized import normalize

_GOES_ON = '的是为了于由与和及,，。:：、》”"])）要将已经以指对在中里内上篇之'
"""How a sentence goes on that merely begins with the words of the title."""

_CLOSING = {
    "【": "】",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "“": "”",
    '"': '"',
    "[": "]",
    "#": "#",
    "(": ")",
    "（": "）",
}
"""What closes a bracket in which the page has set the title; NFKC has made the wide ones narrow."""

_QUOTING = frozenset('》〉」』”"')
"""Behind these a sentence about the title goes on; other brackets only set it off."""

_FIRST_LINES = 400


def edits(text: str, title: str | None) -> list[Edit]:
    """Return the edits that remove the title from the head of `text`, however often it stands there.

    >>> edits("年度工作讲话 同志们：今天", "年度工作讲话")
    [Edit(start=0, end=7, new='', rule='title.repeat')]
    """
    name = plain(title or "")
    if len(name) < 4:
        return []
    looked_through = normalize(text[: _FIRST_LINES + len(title or "")])
    at = done = 0
    while (found := _match(looked_through, at, name)) is not None:
        end = _closed(looked_through, at, found)
        if end is None:
            break
        at = end
        while at < len(looked_through) and looked_through[at] in " \n\r\t":
            at += 1
        if looked_through[at : at + 1] == "篇":  # `TITLE 篇1` heads a part of a collection
            break
        if at == end and looked_through[end - 1] in _QUOTING:
            break
        glued = at == end and at < len(looked_through) and _match(looked_through, at, name) is None
        if glued and (len(name) < 8 or looked_through[at] in _GOES_ON):
            break
        done = at
    return [Edit(0, done, "", "title.repeat")] if 0 < done < len(text) else []


def _closed(text: str, start: int, end: int) -> int | None:
    """Return the end of a title found at `start` with the brackets closed that open it; None if one stays open."""
    expected: list[str] = []
    in_title = False
    for char in text[start:end]:
        in_title = in_title or char.isalnum()
        if expected and char == expected[-1]:
            expected.pop()
        elif not in_title and char in _CLOSING:
            expected.append(_CLOSING[char])
    while expected and text[end : end + 1] == expected[-1]:
        end += 1
        expected.pop()
    return None if expected else end


def _match(text: str, start: int, name: str) -> int | None:
    """Return where `name` ends if the text from `start` reads so, blanks and marks looked over."""
    at, wanted = start, 0
    while wanted < len(name):
        if at >= len(text):
            return None
        char = text[at].lower()
        if char == name[wanted]:
            wanted += 1
        elif char.isalnum():
            return None
        at += 1
    return at
