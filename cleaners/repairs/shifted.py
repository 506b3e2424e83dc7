"""Runs of rare characters on pinyin mirrors, computed back: `我們?nèi)〉玫某煽?jī)` is 我們取得的成績.

Such a mirror puts `(nèi)` after 內 with a replacement of GBK bytes that does not see where characters begin. Where the
second byte of one character and the first of the next make 內, the reading lands between them, and from there every
pair of bytes is read one byte late, until an ASCII character puts it right. The byte before the bracket is lost with
it (both became `?`), but bracket and reading tell which it was. Marks (，；：！？。) were handled the same way, only that
there the lost byte must be guessed. Pairs that are no character vanished: at most one a run is filled in again.

A run is repaired only when one reading is far likelier than all others; else it stays as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from heapq import nlargest
from math import exp, inf
from typing import NamedTuple

from cleaners.model import Edit
from cleaners.repairs.likelihood import ENDS, MARKS, Likelihood, frequency
from cleaners.repairs.script import simplify_characters
from cleaners.repairs.syllables import LETTERS, Bracket, is_common, is_traditional, plain, readings, simplified

RULE = "shifted.run"
PROVED = 0.93
"""Probability that the best reading of a run must have."""
GAIN = 10
"""The repaired text must be so much likelier than the damaged (natural logarithm)."""
BEAM, CLOSE = 6, 9.0
"""Readings followed at once, and how far behind the best (natural logarithm)."""
LONGEST_RUN = 60
FEW_SECONDS = 6
"""Most likely characters tried for the second half of a vanished pair, beside those that make a word."""

_ORPHAN = re.compile(rf"\?[ \u3000\xa0]?([{LETTERS}]{{1,6}})[ \u3000\xa0]?\)")
_GROUP = re.compile(rf"\([ \u3000\xa0]?([{LETTERS}]{{1,6}})[ \u3000\xa0]?\)")
_MARK = re.compile(r"[?？]([，；：！？。,;:!?])(?=[^\x00-\x7f]|[A-Za-z])")
_START = re.compile(rf"{_ORPHAN.pattern}|{_MARK.pattern}")
_TAG_REST = re.compile(r"/?(?:p|br|div|span|strong|td|li|h[1-6])\b[^<>\n]{0,80}>")
_FULL = dict(zip(",;:!?", "，；：！？", strict=True))


class _Path(NamedTuple):
    """A reading of a run so far: how likely, its text, the context for the next character, and the byte left over."""

    score: float
    text: str
    before: str
    carry: int
    is_filled: bool


class _End(NamedTuple):
    """A complete reading of a run."""

    score: float
    text: str
    end: int


def edits(text: str, brackets: list[Bracket]) -> list[Edit]:
    """Return the repairs of a mirror's page; `brackets` are the readings in brackets on it.

    The edits take whole runs, brackets inside them too.
    """
    found: list[Edit] = []
    page: _Page | None = None
    at = 0
    while start := _START.search(text, at):
        page = page or _Page(text, brackets)
        at = start.end()
        if end := page.best(start):
            found.append(Edit(start.start(), end.end, end.text, RULE))
            at = end.end
    return found


class _Page:
    """One mirror's page: its likelihoods, and the marked characters it shows."""

    def __init__(self, text: str, brackets: list[Bracket]) -> None:
        self.text = text
        self.likely = Likelihood(_GROUP.sub("", text))
        self.marked = defaultdict(set, {key: set(chars) for key, chars in _tables().marked.items()})
        for bracket in brackets:
            if bracket.is_toned and (code := _bytes(bracket.char)) and is_traditional(bracket.char):
                self.marked[code[0], bracket.syllable].add(bracket.char)

    def best(self, start: re.Match[str]) -> _End | None:
        """Return the reading of the run that begins at `start`, if it is proved."""
        left = self._left(start.start())
        readings: dict[tuple[str, int], _End] = {}
        for end in self._ends(start, left):
            same = (simplify_characters(end.text), end.end)
            readings[same] = max(readings.get(same, end), end)
        if not readings:
            return None
        best = max(readings.values())
        probability = 1 / sum(exp(end.score - best.score) for end in readings.values())
        return best if probability >= PROVED and self._is_common(left, best, start.start()) else None

    def _is_common(self, left: str, end: _End, start: int) -> bool:
        """Whether every character is believable where it stands, and the whole likelier than what it replaces."""
        context = simplify_characters(left + end.text + self._right(end.end)) + " "
        middle = range(len(left), len(left) + len(end.text))
        if not all(self.likely.is_proved(context[max(at - 1, 0)], context[at], context[at + 1]) for at in middle):
            return False
        damaged = simplify_characters(left + _GROUP.sub("", self.text[start : end.end]) + self._right(end.end))
        return end.score - self.likely.of(damaged) > GAIN

    def _ends(self, start: re.Match[str], left: str) -> Iterator[_End]:
        if start[1]:
            code = _bytes(left)
            firsts = self.marked[code[1], plain(start[1])] if code else set()
            paths = [
                _Path(0.0, "", simplified(left), _code(char)[1], False) for char in firsts if _code(char)[1] > 0x80
            ]
        else:
            mark = _code(_FULL.get(start[2], start[2]))
            context = simplified(left) if left else ""
            lost = ((char, simplified(char)) for char in _tables().by_second[mark[0]])
            paths = [_Path(self.likely.after(context, plain), char, plain, mark[1], False) for char, plain in lost]
        return self._walk(nlargest(BEAM, paths), start.end(), self._is_quoted(start.start()))

    def _walk(self, paths: list[_Path], at: int, is_quoted: bool) -> Iterator[_End]:
        """Follow the shifted text from `at` until ASCII ends it."""
        for _ in range(LONGEST_RUN):
            if not paths or at >= len(self.text):
                return
            if group := _GROUP.match(self.text, at):
                at = group.end()
            elif self.text[at] < "\x80":
                yield from self._close(paths, at)
                return
            elif (code := _bytes(self.text[at])) and code[1] >= 0x80:
                steps = nlargest(BEAM, self._steps(paths, code[0]))
                paths = [
                    step._replace(carry=code[1])
                    for step in steps
                    if step.score > steps[0].score - CLOSE and (is_quoted or not step.text.startswith("。”"))
                ]
                at += 1
            else:
                return

    def _steps(self, paths: list[_Path], byte: int) -> Iterator[_Path]:
        """Complete the character whose first byte each path holds; or two, if the pair between them vanished."""
        least = -inf
        for path in paths:
            char = _char(path.carry, byte)
            if char and _is_prose(char):
                step = self._longer(path, char)
                least = max(least, step.score - CLOSE)
                yield step
        for path in paths:
            for first, second in self._filled(path, least):
                frequent, others = _after_gap(second, byte)
                for char in (*frequent, *(others[char] for char in others.keys() & self.likely.follow(first.before))):
                    yield self._longer(first, char)

    def _filled(self, path: _Path, least: float) -> Iterator[tuple[_Path, int]]:
        """Complete the character with the first byte of a vanished pair; not below a score."""
        for second, char in _tables().vanishing[path.carry] if not path.is_filled else ():
            longer = self._longer(path, char)
            if longer.score > least:
                yield longer._replace(is_filled=True), second

    def _longer(self, path: _Path, char: str) -> _Path:
        modern = simplified(char)
        before = path.before if modern == "”" and path.before in ENDS else modern
        return path._replace(
            score=path.score + self.likely.after(path.before, modern), text=path.text + char, before=before
        )

    def _close(self, paths: list[_Path], at: int) -> Iterator[_End]:
        """End the run at an ASCII character: a lost reading, the second byte of a character, or a lost byte."""
        if orphan := _ORPHAN.match(self.text, at):
            for path in paths:
                for char in self.marked[path.carry, plain(orphan[1])]:
                    yield self._end(self._longer(path, char), orphan.end())
                yield from self._filled_ends(path, plain(orphan[1]), orphan.end())
        elif self.text[at] == "?":
            yield from self._lost_ends(paths, at + 1)
        elif "@" <= self.text[at] <= "~":
            group = _GROUP.match(self.text, at + 1)
            for step in self._steps(paths, ord(self.text[at])):
                if not group or plain(group[1]) in readings(step.text[-1]) or not is_common(step.text[-1]):
                    yield self._end(step, group.end() if group else at + 1)

    def _filled_ends(self, path: _Path, syllable: str, end: int) -> Iterator[_End]:
        """End at a lost reading with the pair before it vanished."""
        for first, second in self._filled(path, -inf):
            for byte in _tables().unassigned[second]:
                for marked in self.marked.get((byte, syllable), ()):
                    yield self._end(self._longer(first, marked), end)

    def _lost_ends(self, paths: list[_Path], at: int) -> Iterator[_End]:
        """End where the second byte was lost before a mark, a line end, or the `<` of a tag."""
        rest = _TAG_REST.match(self.text, at)
        behind = self.text[at : at + 1] or "\n"
        if not rest and behind not in "，；：！？。,;:!?\n":
            return
        follows = "\n" if rest else _FULL.get(behind, behind)
        for path in paths:
            for char in _tables().by_first[path.carry]:
                longer = self._longer(path, char)
                score = longer.score + self.likely.after(longer.before, follows)
                is_open = rest and self.text[rest.end() : rest.end() + 1] not in ("", "\n")
                yield _End(score, longer.text + "\n" * bool(is_open), rest.end() if rest else at)

    def _end(self, path: _Path, end: int) -> _End:
        right = self._right(end)
        return _End(path.score + (self.likely.after(path.before, simplified(right)) if right else 0.0), path.text, end)

    def _left(self, at: int) -> str:
        """Return the character before `at`, brackets left out; empty after another `?`."""
        before = _GROUP.sub("", self.text[max(at - 12, 0) : at])[-1:]
        return before if before not in "?()" else ""

    def _right(self, at: int) -> str:
        """Return the character after `at`, brackets left out; empty before another `?`."""
        behind = _GROUP.sub("", self.text[at : at + 12])[:1]
        return behind if behind != "?" else ""

    def _is_quoted(self, at: int) -> bool:
        """Whether a quotation of more than three characters is open at `at`."""
        opened = self.text.rfind("“", max(at - 300, 0), at)
        return opened >= 0 and "”" not in self.text[opened:at] and len(_GROUP.sub("", self.text[opened:at])) > 4


class _Tables(NamedTuple):
    """GBK as the repair needs it: the characters of prose by their bytes, and the pairs that are no character."""

    marked: dict[tuple[int, str], set[str]]
    by_first: dict[int, list[str]]
    by_second: dict[int, list[str]]
    unassigned: dict[int, set[int]]
    vanishing: dict[int, list[tuple[int, str]]]


@cache
def _tables() -> _Tables:
    marked: dict[tuple[int, str], set[str]] = defaultdict(set)
    by_first: dict[int, list[str]] = defaultdict(list)
    by_second: dict[int, list[str]] = defaultdict(list)
    unassigned: dict[int, set[int]] = defaultdict(set)
    for first in range(0x81, 0xFF):
        for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            char = _char(first, second)
            if char is None and second > 0x80:
                unassigned[first].add(second)
            elif char and (is_common(char) or char in MARKS):
                by_first[first].append(char)
                by_second[second].append(char)
                if is_traditional(char):
                    for syllable in readings(char):
                        marked[first, syllable].add(char)
    vanishing = {
        first: [(_code(char)[1], char) for char in by_first[first] if _code(char)[1] in unassigned]
        for first in range(0x100)
    }
    return _Tables(marked, by_first, by_second, unassigned, vanishing)


@cache
def _after_gap(second: int, byte: int) -> tuple[list[str], dict[str, str]]:
    """Return the characters behind a vanished pair that began with `second`, before it `byte`: frequent ones, others."""
    firsts = _tables().unassigned[second]
    chars = [char for char in _tables().by_second[byte] if _code(char)[0] in firsts]
    chars.sort(key=lambda char: -frequency(simplified(char)))
    return chars[:FEW_SECONDS], {simplified(char): char for char in chars[FEW_SECONDS:]}


def _char(first: int, second: int) -> str | None:
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None


@cache
def _code(char: str) -> bytes:
    return char.encode("gbk")


def _bytes(char: str) -> bytes:
    """Return the two bytes of a character in GBK; empty where it has none."""
    code = char.encode("gbk", "ignore")
    return code if len(code) == 2 else b""


def _is_prose(char: str) -> bool:
    return char in MARKS or is_common(char) or bool("\u4e00" <= char and simplified(char).encode("gb2312", "ignore"))
