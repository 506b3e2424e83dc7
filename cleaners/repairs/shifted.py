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
from collections.abc import Container, Iterable, Iterator
from heapq import heappushpop, nlargest
from itertools import islice
from math import exp, fsum, inf
from typing import NamedTuple

from cleaners.model import Edit
from cleaners.repairs import gbk
from cleaners.repairs.likelihood import ENDS, MOST_BY_MARK, Likelihood, is_han
from cleaners.repairs.syllables import LETTERS, Reading, is_common, is_traditional, plain, readings, simplified
from cleaners.text.hans import simplify_characters

RULE = "shifted.run"
PROVED, PROVED_MARK = 0.92, 0.96
"""Probability that the best reading of a run must have; behind a mark, where no reading tells the first byte."""
GAIN = 10
"""By how much the repaired text must be likelier than the damaged (natural logarithm)."""
BEAM, CLOSE = 6, 9.0
"""Readings followed at once, and how far behind the best (natural logarithm)."""
MAX_RUNS = 1000
"""Places on one page that are tried; a page with more is no damaged document."""
MAX_RUN_LENGTH = 60
"""Characters and brackets in a run at most."""

_READING = rf"[ \u3000\xa0]?([{LETTERS}]{{1,6}})[ \u3000\xa0]?\)"
_GROUP = re.compile(rf"\({_READING}")
_START = re.compile(rf"[?？](?:(?<=\?){_READING}|([，；：！？。,;:!?])(?=[^\x00-\x7f]|[A-Za-z]|\?/?[a-z]))")
_CLOSE = re.compile(
    rf"\?{_READING}"
    r"|\?(?:(?P<tag>/?(?:p|br|div|span|strong|td|li|h[1-6])\b[^<>\n]{0,80}>)|(?=(?P<mark>[，；：！？。,;:!?\n]|\Z)))"
    rf"|(?P<letter>[@-~])(?:\({_READING})?"
)
"""What ends a run: a lost reading; a lost byte before a tag, a mark or a line end; the second byte of a character."""
_FULL = dict(zip(",;:!?", "，；：！？", strict=True))


class _Path(NamedTuple):
    """A reading of a run so far.

    How likely it is, its text as it was and Simplified, the context for the next character, the byte left over, and
    whether a vanished pair was filled in.
    """

    score: float
    text: str
    modern: str
    before: str
    carry: int
    is_filled: bool


class _Run(NamedTuple):
    """The bytes of each shifted character, and what ends them."""

    codes: list[bytes]
    close: re.Match[str]


class _End(NamedTuple):
    """A complete reading of a run."""

    score: float
    text: str
    modern: str
    end: int


def edits(text: str, marked: Iterable[Reading]) -> list[Edit]:
    """Return the repairs of a mirror's page; `marked` are the bracketed readings on it.

    An edit takes a whole run, brackets inside it too.
    """
    found: list[Edit] = []
    page: _Page | None = None
    at = 0
    for start in islice(_START.finditer(text), MAX_RUNS):
        if start.start() >= at and (run := _run(text, start.end())):
            page = page or _Page(text, marked)
            if end := page.best(start, run):
                found.append(Edit(start.start(), end.end, end.text, RULE))
                at = end.end
    return found


def _run(text: str, at: int) -> _Run | None:
    """Return the shifted text that begins at `at`, brackets left out; None where nothing ends it as a run ends."""
    codes: list[bytes] = []
    for _ in range(MAX_RUN_LENGTH):
        if group := _GROUP.match(text, at):
            at = group.end()
        elif text[at : at + 1] >= "\x80" and (code := gbk.code(text[at]))[1:] >= b"\x80":
            codes.append(code)
            at += 1
        else:
            close = _CLOSE.match(text, at)
            return _Run(codes, close) if close else None
    return None


class _Page:
    """One mirror's page: its likelihoods, and the marked characters it shows."""

    def __init__(self, text: str, marked: Iterable[Reading]) -> None:
        self.text = text
        self.likely = Likelihood(_GROUP.sub("", text))
        self.marked = dict(gbk.tables().marked)
        for syllable, char in sorted({(reading.syllable, reading.char) for reading in marked if reading.is_toned}):
            if is_traditional(char) and syllable not in readings(char) and (code := gbk.code(char)):
                self.marked[syllable] = [*self.marked.get(syllable, ()), (code[0], char)]

    def best(self, start: re.Match[str], run: _Run) -> _End | None:
        """Return the reading of the run that begins at `start`, if it is proved."""
        left, right = self._left(start.start()), self._right(run.close.end())
        shown = _GROUP.sub("", self.text[start.start() : run.close.end()])
        damaged = self.likely.of(simplify_characters(left + shown + right))
        is_quoted = self._is_quoted(start.start())
        ends: dict[str, _End] = {}
        for end in self._walk(self._begun(start, left), run, damaged, is_quoted=is_quoted):
            ends[end.modern] = max(ends.get(end.modern, end), end)
        if not ends:
            return None
        best = max(ends.values())
        probability = 1 / fsum(exp(end.score - best.score) for end in ends.values())
        if probability < (PROVED if start[1] else PROVED_MARK) or best.score - damaged <= GAIN:
            return None
        context = simplify_characters(left or " ") + best.modern + simplify_characters(right or " ")
        return best if all(map(self.likely.is_proved, context, context[1:], context[2:])) else None

    def _begun(self, start: re.Match[str], left: str) -> list[_Path]:
        """Return the likeliest characters that the byte lost at the start may have been of."""
        context = simplified(left) if left else ""
        if start[1]:
            chars = self._marked(plain(start[1]), gbk.code(left)[1:])
            paths = [_Path(0.0, "", "", context, gbk.code(char)[1], False) for char in chars]
        else:
            first, second = gbk.code(_FULL.get(start[2], start[2]))
            lost = ((char, simplified(char)) for char in gbk.tables().by_second[first])
            likely = self.likely[context]
            paths = [_Path(likely[new], old, new, new, second, False) for old, new in lost]
        return nlargest(BEAM, paths)

    def _marked(self, syllable: str, firsts: Container[int]) -> list[str]:
        """Return the characters that a mirror marks with a syllable and whose first byte is one of `firsts`."""
        return [char for first, char in self.marked.get(syllable, ()) if first in firsts]

    def _walk(self, paths: list[_Path], run: _Run, damaged: float, *, is_quoted: bool) -> Iterator[_End]:
        """Follow the run to its end, while a reading may still turn out likely enough: no step makes it likelier."""
        for first, second in run.codes:
            steps = nlargest(BEAM, self._steps(paths, first, [-inf] * BEAM))
            if not steps or steps[0].score - damaged <= GAIN:
                return
            paths = [
                tuple.__new__(_Path, (*step[:4], second, step.is_filled))
                for step in steps
                if step.score > steps[0].score - CLOSE and not (is_quoted and step.text.startswith("。”"))
            ]
        yield from self._close(paths, run.close)

    def _steps(self, paths: list[_Path], byte: int, top: list[float]) -> Iterator[_Path]:
        """Complete the character whose first byte each path holds; or two, if the pair between them vanished.

        Leave out what cannot be among the likeliest; `top` is a heap of so many scores, an empty one leaves out none.
        """
        best = least = -inf
        for path in paths:
            if char := gbk.prose(path.carry, byte):
                score = path.score + self.likely[path.before][simplified(char)]
                best = max(best, score)
                if score >= least:
                    least = _least(top, score)
                    yield _longer(path, char, score)
        for path in paths:
            for score, char, second in self._filled(path, max(least, best - CLOSE)):
                behind = self.likely[_before(path, simplified(char))]
                frequent, others = gbk.behind_gap(second, byte)
                rare = exp(least - score) / MOST_BY_MARK
                known = behind.known
                news = [(new, last) for new, last in frequent if new in known or self.likely.alone[new] > rare]
                for new, last in (*news, *((new, others[new]) for new in others.keys() & known)):
                    both = score + behind[new]
                    if both >= least:
                        least = _least(top, both)
                        yield _longer(_longer(path, char, score, is_filled=True), last, both)

    def _filled(self, path: _Path, least: float) -> Iterator[tuple[float, str, int]]:
        """Yield the characters whose second byte begins a vanished pair, with their score and that byte.

        Leave out those not likelier than `least`.
        """
        behind = self.likely[path.before]
        for second, char, new in () if path.is_filled else gbk.tables().vanishing[path.carry]:
            score = path.score + behind[new]
            if score > least:
                yield score, char, second

    def _close(self, paths: list[_Path], close: re.Match[str]) -> Iterator[_End]:
        """End the run with a lost reading, the second byte of a character, or a lost byte."""
        if close[1]:
            yield from self._marked_ends(paths, plain(close[1]), close.end())
        elif letter := close["letter"]:
            reading = close[close.re.groups]
            for step in self._steps(paths, ord(letter), []):
                if not reading or plain(reading) in readings(step.text[-1]) or not is_common(step.text[-1]):
                    yield self._end(step, close.end())
        else:
            yield from self._lost_ends(paths, close)

    def _marked_ends(self, paths: list[_Path], syllable: str, at: int) -> Iterator[_End]:
        """End with a marked character, whose second byte was lost before its reading."""
        least = -inf
        for path in paths:
            for char in self._marked(syllable, (path.carry,)):
                score = path.score + self.likely[path.before][simplified(char)]
                least = max(least, score - CLOSE)
                yield self._end(_longer(path, char, score), at)
        for path in paths:
            for score, char, second in self._filled(path, least):
                filled = _longer(path, char, score, is_filled=True)
                for last in self._marked(syllable, gbk.tables().unassigned[second]):
                    both = score + self.likely[filled.before][simplified(last)]
                    yield self._end(_longer(filled, last, both), at)

    def _lost_ends(self, paths: list[_Path], close: re.Match[str]) -> Iterator[_End]:
        """End where the second byte was lost before a mark, a line end, or the `<` of a tag."""
        end = close.end()
        line = "\n" if close["tag"] and self.text[end : end + 1] not in ("", "\n") else ""
        mark = close["mark"] or "\n"
        follows = _FULL.get(mark, mark)
        behind_han = self.likely[""][follows]  # a mark is as likely behind any of them
        for path in paths:
            likely = self.likely[path.before]
            for char in gbk.tables().by_first[path.carry]:
                new = simplified(char)
                score = path.score + likely[new]
                score += behind_han if is_han(new) else self.likely[_before(path, new)][follows]
                yield _End(score, path.text + char + line, path.modern + new, end)

    def _end(self, path: _Path, end: int) -> _End:
        right = self._right(end)
        score = path.score + (self.likely[path.before][simplified(right)] if right else 0.0)
        return _End(score, path.text, path.modern, end)

    def _left(self, at: int) -> str:
        """Return the character before `at`, brackets left out; empty after another `?`."""
        before = _GROUP.sub("", self.text[max(at - 12, 0) : at])[-1:]
        return "" if before in "?()" else before

    def _right(self, at: int) -> str:
        """Return the character after `at`, brackets left out; empty before another `?`."""
        behind = _GROUP.sub("", self.text[at : at + 12])[:1]
        return "" if behind == "?" else behind

    def _is_quoted(self, at: int) -> bool:
        """Whether a quotation just began, of four characters at most: too short to be a sentence."""
        opened = self.text.rfind("“", max(at - 30, 0), at)
        return opened >= 0 and "”" not in self.text[opened:at] and len(_GROUP.sub("", self.text[opened:at])) <= 4


def _before(path: _Path, new: str) -> str:
    """Return the context behind one more character: a quote that closes a sentence leaves it the sentence's end."""
    return path.before if new == "”" and path.before in ENDS else new


def _longer(path: _Path, char: str, score: float, *, is_filled: bool = False) -> _Path:
    """Return a path with one more character, with which its score is `score`."""
    new = simplified(char)
    longer = (score, path.text + char, path.modern + new, _before(path, new), path.carry, is_filled or path.is_filled)
    return tuple.__new__(_Path, longer)  # made a hundred times a run


def _least(top: list[float], score: float) -> float:
    """Put a score into the heap of the best, and return what others must reach to be among them and close enough."""
    if not top:
        return -inf
    heappushpop(top, score)
    return max(top[0], max(top) - CLOSE)
