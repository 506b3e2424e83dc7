"""A text as code points in numpy, and back: one look-up in a table asks or changes all characters at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNICODE_SIZE = 0x110000

Codes = NDArray[np.uint32]
Bits = NDArray[np.uint32]
Counts = NDArray[np.intp]
Members = NDArray[np.bool_]
Ranges = Iterable[tuple[int, int]] | NDArray[np.intp]
"""Code points, the first and the last of each range."""

INVISIBLE = (
    (0x00, 0x08), (0x0E, 0x1B), (0x1F, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x061C, 0x061C),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF),
)  # fmt: skip
"""Code points that show nothing, first and last of each range."""
SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""All white space, line ends too."""

_REMEMBERED = 1 << 16
"""Characters up to which the last few texts are remembered: several stages ask of the same one."""
_LINE = 128
"""Characters up to which it costs less to write the code points down than to look for them among the remembered ones,
from which many such lines would push the text out, too."""


def codes(text: str) -> Codes:
    """Return the code points of `text`, lone surrogates too; they cannot be written to."""
    return _remembered(text) if _LINE < len(text) <= _REMEMBERED else _codes(text)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


_remembered = lru_cache(maxsize=4)(_codes)


def may_hold(text: str, signs: Iterable[str]) -> Iterator[str]:
    """Yield those `signs`, all of ASCII, that stand in what of `text` is ASCII: no others stand in the text.

    A Chinese text has little of that; and one character is found sooner than several.

    >>> list(may_hold("第1章(一)[", ["()", "[", "](", "1)"]))
    ['()', '[']
    """
    plain = _ascii_remembered(text) if len(text) <= _REMEMBERED else _ascii(text)
    return (sign for sign in signs if sign[0] in plain and sign in plain)


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode("ascii")


_ascii_remembered = lru_cache(maxsize=4)(_ascii)


def text_of(points: Codes) -> str:
    """Return the text that has these code points."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def are_near(places: NDArray[np.intp], count: int, reach: int) -> bool:
    """Whether any `count` of `places`, which are in order, lie no more than `reach` from the first to the last."""
    return bool((places[count - 1 :] - places[: 1 - count] <= reach).any())


def numbers(array: NDArray[np.intp]) -> Iterator[int]:
    """Yield the numbers of an array, some at a time: as numbers of Python all of them take four times the memory."""
    for start in range(0, len(array), _REMEMBERED):
        yield from array[start : start + _REMEMBERED].tolist()


def singles(characters: Iterable[str]) -> list[tuple[int, int]]:
    """Return the ranges that hold each of `characters` alone."""
    return [(ord(each), ord(each)) for each in characters]


def singles_of(members: NDArray[Any]) -> NDArray[np.intp]:
    """Return the ranges that hold alone each code point for which `members` is not 0."""
    return np.flatnonzero(members)[:, None].repeat(2, axis=1)


def in_brackets(ranges: Ranges) -> str:
    """Return ranges as the brackets of a regular expression hold them; none may begin or end with one of `]\\^-`."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


class CharClass:
    """A kind of characters: those in `ranges`, `without` some of them.

    All kinds are bits of one table, so that one look-up tells of every character of a text which kinds it is of. They
    are made once, at import or by a cached function; there can be 32.
    """

    def __init__(self, ranges: Ranges, without: Iterable[str] = ()) -> None:
        self.bit = np.uint32(1 << len(_made))
        _made.append(self)
        held = np.asarray(ranges if isinstance(ranges, np.ndarray) else list(ranges), np.intp)
        firsts, lasts = held.reshape(-1, 2).T
        sizes = lasts - firsts + 1
        _bits_of[np.repeat(firsts - sizes.cumsum() + sizes, sizes) + np.arange(sizes.sum())] |= self.bit
        _bits_of[[ord(each) for each in without]] &= ~self.bit
        _bits_remembered.cache_clear()

    def is_in(self, text: str) -> bool:
        """Whether any character of `text` is of this kind."""
        return bool(_bits(text)[1] & self.bit)

    def places(self, text: str) -> Members:
        """Return for each character of `text` whether it is of this kind."""
        return (_bits(text)[0] & self.bit).astype(np.bool_)

    def count(self, text: str) -> int:
        """Return how many characters of `text` are of this kind."""
        bits, any_of = _bits(text)
        return int(np.count_nonzero(bits & self.bit)) if any_of & self.bit else 0

    def at(self, points: Codes) -> Members:
        """Return for each code point whether it is of this kind."""
        return (_bits_of[points] & self.bit).astype(np.bool_)


class Translation:
    """How a text is written otherwise, one character for one: what `table` holds for every code point.

    Most texts have few characters that it changes, or none: then nothing is looked up.
    """

    def __init__(self, table: Codes) -> None:
        self.table = table
        self._changed = CharClass(singles_of(table != np.arange(UNICODE_SIZE)))

    def changes(self, text: str) -> bool:
        """Whether any character of `text` is written otherwise."""
        return self._changed.is_in(text)

    def of(self, text: str) -> Codes:
        """Return the code points of what `text` becomes; they cannot be written to."""
        return self.table.take(codes(text)) if self.changes(text) else codes(text)


_made: list[CharClass] = []
_bits_of = np.zeros(UNICODE_SIZE, np.uint32)


def all_of(text: str, *kinds: CharClass) -> bool:
    """Whether every character of `text` is of one of `kinds`."""
    wanted = np.bitwise_or.reduce([kind.bit for kind in kinds])
    return bool((_bits(text)[0] & wanted).all())


def _bits(text: str) -> tuple[Bits, int]:
    """Return the kinds of each character of `text`, and those of any."""
    return _bits_remembered(text) if len(text) <= _REMEMBERED else _looked_up(text)


def _looked_up(text: str) -> tuple[Bits, int]:
    bits = _bits_of.take(codes(text))
    return bits, int(np.bitwise_or.reduce(bits))


_bits_remembered = lru_cache(maxsize=4)(_looked_up)
