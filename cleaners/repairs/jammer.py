"""Jammer runs of Discuz boards: invisible on the page, in a dump `! H4 ?$ V, N' }% d` before or behind a paragraph."""

from __future__ import annotations

import numpy as np
import re2

from cleaners.model import Edit
from cleaners.text.codes import codes

_RUN = re2.compile(r"(?:^|[ \n]|[^\x00-\x7f])((?:[!-~]{1,3} {1,3}){3,120}[!-~]{1,3})")
_ODD = re2.compile(r"[^\w\s].{1,2}|.*(?:[A-Za-z]\d|\d[A-Za-z]).*|[A-Za-z0-9][^\w\s.):,]")
MIN_TOKENS = 4
"""Tokens of the shortest run."""
_REACH = (MIN_TOKENS - 2) * (3 + 3)
"""Characters from the end of the first of FEWEST tokens to that of the last but one, at most."""
_ODD_SHARE = 0.3
"""Share of tokens that mix letters, digits and marks; formulas, tables and answer keys have fewer."""


def edits(text: str) -> list[Edit]:
    """Return the edits that take jammer runs out.

    >>> edits("; ~ ^+ K: M4 E+ r5 U汇报材料")[0].end
    20
    >>> edits("A B C D E F G")
    []
    """
    found = []
    for run in _RUN.finditer(text) if _may_have_runs(text) else ():
        tokens = run.group(1).split()
        if _is_jammer(tokens):
            found.append(Edit(run.start(1), run.end(1), "", "jammer.run"))
    return found


def _may_have_runs(text: str) -> bool:
    """Say whether enough tokens end near each other, each a mark or letter before a blank; in few texts they do."""
    points = codes(text)
    blanks = np.flatnonzero(points[1:] == ord(" "))
    if blanks.size < MIN_TOKENS - 1:
        return False
    ends = blanks[(points[blanks] > ord(" ")) & (points[blanks] <= ord("~"))]
    return bool((ends[MIN_TOKENS - 2 :] - ends[: ends.size - MIN_TOKENS + 2] <= _REACH).any())


def _is_jammer(tokens: list[str]) -> bool:
    if len(tokens) < MIN_TOKENS or any(len(token) == 3 and token.isalpha() for token in tokens):
        return False
    odd = sum(bool(_ODD.fullmatch(token)) for token in tokens)
    marks = sum(not token.isalnum() for token in tokens)
    letters = sum(any(c.isalpha() for c in token) for token in tokens)
    return odd >= _ODD_SHARE * len(tokens) and marks >= 2 and letters >= 2
