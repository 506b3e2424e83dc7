"""Runs of rare characters on pinyin mirrors, computed back: `我們?nèi)〉玫某煽?jī)` is 我們取得的成績.

Such a mirror puts `(nèi)` after 內 by replacing GBK bytes without seeing where characters begin. Where the second byte
of one character and the first of the next make 內, the reading lands between them, and from there every pair of bytes
is read one byte late, until an ASCII character puts it right. The byte before the bracket is lost with the bracket
(both became `?`), but the reading tells which it was. Marks (，；：！？。) were handled alike, only that there the lost
byte must be guessed. Pairs of bytes that are no character vanished: one of them is filled in again, at most.

A run is repaired only when one reading is far likelier than all others; else it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from cleaners.model import Edit
from cleaners.repairs import gbk
from cleaners.repairs.shifted_readings import GROUP, READING, MirrorPage, Run
from cleaners.repairs.syllables import Reading

RULE = "shifted.run"
MAX_RUNS = 1000
"""Places on one page that are tried; a page with more is no damaged document."""
MAX_RUN_LENGTH = 60
"""Characters and brackets in a run at most."""

_START = re.compile(rf"[?？](?:(?<=\?){READING}|([，；：！？。,;:!?])(?=[^\x00-\x7f]|[A-Za-z]|\?/?[a-z]))")
_CLOSE = re.compile(
    rf"\?{READING}"
    r"|\?(?:(?P<tag>/?(?:p|br|div|span|strong|td|li|h[1-6])\b[^<>\n]{0,80}>)|(?=(?P<mark>[，；：！？。,;:!?\n]|\Z)))"
    rf"|(?P<letter>[@-~])(?:\({READING})?"
)
"""What ends a run: a lost reading; a lost byte before a tag, a mark or a line end; the second byte of a character."""


def edits(text: str, marked: Iterable[Reading]) -> list[Edit]:
    """Return the repairs of a mirror's page; `marked` are the bracketed readings on it.

    An edit takes a whole run, brackets inside it too.
    """
    found: list[Edit] = []
    page: MirrorPage | None = None
    at = 0
    for start in islice(_START.finditer(text), MAX_RUNS):
        if start.start() >= at and (run := _run(text, start.end())):
            page = page or MirrorPage(text, marked)
            if end := page.best(start, run):
                found.append(Edit(start.start(), end.end, end.text, RULE))
                at = end.end
    return found


def _run(text: str, at: int) -> Run | None:
    """Return the shifted text that begins at `at`, brackets left out; None where nothing ends it as a run ends."""
    codes: list[bytes] = []
    for _ in range(MAX_RUN_LENGTH):
        if group := GROUP.match(text, at):
            at = group.end()
        elif text[at : at + 1] >= "\x80" and (code := gbk.code(text[at]))[1:] >= b"\x80":
            codes.append(code)
            at += 1
        else:
            close = _CLOSE.match(text, at)
            return Run(codes, close) if close else None
    return None
