"""The readings of a shifted run: followed byte by byte, the likeliest first, until one is proved."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from heapq import heappushpop, nlargest
from math import exp, fsum, inf
from typing import NamedTuple

from cleaners.repairs import gbk
from cleaners.repairs.frequencies import is_han
from cleaners.repairs.likelihood import ENDS, MOST_BY_MARK, Likelihood
from cleaners.repairs.syllables import LETTERS, Reading, is_common, is_traditional, plain, readings, simplified
from cleaners.text.hans import simplify_characters

PROVED, PROVED_MARK = 0.92, 0.96
"""Probability that the best reading of a run must have; behind a mark, where no reading tells the first byte."""
GAIN = 10
"""By how much the repaired text must be likelier than the damaged (natural logarithm)."""
BEAM, CLOSE = 6, 9.0
"""Readings followed at once, and how far behind the best (natural logarithm)."""

READING = rf"[ \u3000\xa0]?([{LETTERS}]{{1,6}})[ \u3000\xa0]?\)"
GROUP = re.compile(rf"\({READING}")
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


class Run(NamedTuple):
    """The bytes of each shifted character, and what ends them."""

    codes: list[bytes]
    close: re.Match[str]


class End(NamedTuple):
    """A complete reading of a run."""

    score: float
    text: str
    modern: str
    end: int


class MirrorPage:
    """One mirror's page: its likelihoods, and the marked characters it shows."""

    def __init__(self, text: str, marked: Iterable[Reading]) -> None:
        self.text = text
        self.likely = Likelihood(GROUP.sub("", text))
        self.marked = dict(gbk.tables().marked)
        for syllable, char in sorted({(reading.syllable, reading.char) for reading in marked if reading.is_toned}):
            if is_traditional(char) and syllable not in readings(char) and (code := gbk.code(char)):
                self.marked[syllable] = [*self.marked.get(syllable, ()), (code[0], char)]

    def best(self, start: re.Match[str], run: Run) -> End | None:
        """Return the reading of the run that begins at `start`, if it is proved."""
        left, right = self._left(start.start()), self._right(run.close.end())
        shown = GROUP.sub("", self.text[start.start() : run.close.end()])
        damaged = self.likely.of(simplify_characters(left + shown + right))
        is_quoted = self._is_quoted(start.start())
        ends: dict[str, End] = {}
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

    def _walk(self, paths: list[_Path], run: Run, damaged: float, *, is_quoted: bool) -> Iterator[End]:
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

    def _close(self, paths: list[_Path], close: re.Match[str]) -> Iterator[End]:
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

    def _marked_ends(self, paths: list[_Path], syllable: str, at: int) -> Iterator[End]:
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

    def _lost_ends(self, paths: list[_Path], close: re.Match[str]) -> Iterator[End]:
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
                yield End(score, path.text + char + line, path.modern + new, end)

    def _end(self, path: _Path, end: int) -> End:
        right = self._right(end)
        score = path.score + (self.likely[path.before][simplified(right)] if right else 0.0)
        return End(score, path.text, path.modern, end)

    def _left(self, at: int) -> str:
        """Return the character before `at`, brackets left out; empty after another `?`."""
        before = GROUP.sub("", self.text[max(at - 12, 0) : at])[-1:]
        return "" if before in "?()" else before

    def _right(self, at: int) -> str:
        """Return the character after `at`, brackets left out; empty before another `?`."""
        behind = GROUP.sub("", self.text[at : at + 12])[:1]
        return "" if behind == "?" else behind

    def _is_quoted(self, at: int) -> bool:
        """Whether a quotation just began, of four characters at most: too short to be a sentence."""
        opened = self.text.rfind("“", max(at - 30, 0), at)
        return opened >= 0 and "”" not in self.text[opened:at] and len(GROUP.sub("", self.text[opened:at])) <= 4


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
