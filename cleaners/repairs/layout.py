"""White space: outer blanks of lines, empty lines, carriage returns and invisible characters."""

from __future__ import annotations

import re

from cleaners.model import Edit

_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_RUN = re.compile(rf"[\s{_INVISIBLE}]+")
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")
_LINE_END = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def edits(text: str) -> list[Edit]:
    """Return the edits that leave one line feed between paragraphs and nothing invisible.

    >>> edits("　　同志们：\\r\\n\\r\\n  今天")
    [Edit(start=0, end=2, new='', rule='layout.blank'), Edit(start=6, end=12, new='\\n', rule='layout.blank')]
    """
    found = []
    for run in _RUN.finditer(text):
        old = run.group()
        if run.start() == 0 or run.end() == len(text):
            new = ""
        elif _LINE_END.search(old):
            new = "\n"
        else:
            new = _UNSEEN.sub("", old)
        if new != old:
            found.append(Edit(run.start(), run.end(), new, "layout.blank"))
    return found
