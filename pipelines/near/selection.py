"""Which documents of a cluster may be left out: those that one which stays holds nearly whole.

A cluster has all that share a third of their text, so most of what its documents say may stand in one of them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.near.containment import Body, containment
from pipelines.near.fingerprints import WINDOW

MAX_TRIED = 4
"""Documents that a text is laid beside: those that have most of its rarer prints."""
MAX_NEIGHBOURS = 16
"""Documents of nearly the same length among which a better version is looked for."""
MAX_PRINTS = 1 << 19
"""Prints of one cluster that are in memory; a larger one keeps each second of them, or fourth, and so on."""
_MAX_HOLDERS = 8  # of one print that are known by number

Record = Mapping[str, Any]


def _flags(record: Record) -> Sequence[Any]:
    flags = record.get("flags")
    return flags if isinstance(flags, list | tuple) else ()


ORDER: Mapping[str, Callable[[Record], int]] = {
    "in its author's words": lambda record: "spun" in _flags(record),
    "not cut off": lambda record: 1 + (record.get("truncated") is True) - (record.get("truncated") is False),
    "least damaged": lambda record: len(_flags(record)),
    "longest": lambda record: -len(record.get("text") or ""),
}
"""What makes a version the better one, the weightiest first, in the words of `choice`; the lesser number is better."""


@dataclass(frozen=True, slots=True)
class Version:
    """A document of a cluster: its number, how cut off and damaged it is, and the characters of its text."""

    number: int
    damage: tuple[int, ...]
    chars: int

    @classmethod
    def of(cls, number: int, record: Record) -> Version:
        """Return the version that a record is."""
        *damage, chars = (better(record) for better in ORDER.values())
        return cls(number, tuple(damage), -chars)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that is left out for `holder`, its characters, and how many of them `holder` lacks."""

    number: int
    holder: int
    chars: int
    lost: int


def left_out(cluster: Sequence[Version], text_of: Callable[[int], str], share: float) -> Iterator[LeftOut]:
    """Yield which documents of a cluster to leave out; `text_of` returns the text of a number.

    The longest come first, so that no document is left out for one that is left out itself. Of versions of about the
    same length that hold one another the one that is least cut off and damaged stays. The same documents give the
    same answer in any order. Memory is bounded: MAX_PRINTS, a few texts, a few numbers for each document.
    """
    order = sorted(cluster, key=lambda each: (-each.chars, each.damage, each.number))
    staying = _Staying(text_of, share, sum(each.chars for each in cluster))
    done: set[int] = set()
    for place, version in enumerate(order):
        if version.number in done:
            continue
        body = Body(text_of(version.number))
        if left := staying.holder(version, body):
            yield left
            continue
        near = (each for each in order[place + 1 : place + 1 + MAX_NEIGHBOURS] if each.number not in done)
        better = sorted((each for each in near if each.damage < version.damage), key=lambda each: each.damage)
        for other in better[:MAX_TRIED]:
            found = containment(body, others := Body(text_of(other.number)), share)
            if found.nearly_whole and not staying.holder(other, others):
                staying.add(other.number, others)
                done.add(other.number)
                yield LeftOut(version.number, other.number, version.chars, found.lost)
                break
        else:
            staying.add(version.number, body)


def stand_in(number: int, owner: int, holders: Mapping[int, int]) -> int | None:
    """Return whom a copy that stays names as its owner: where that is left out the one it is left out for.

    Only an earlier document is named, so that of each cluster one that stays is a copy of nothing.
    """
    holder = holders.get(owner, owner)
    return holder if holder < number else None


class _Staying:
    """The documents of a cluster that stay so far, found by their prints."""

    def __init__(self, text_of: Callable[[int], str], share: float, chars: int) -> None:
        self._body = lru_cache(maxsize=2 * MAX_TRIED)(lambda number: Body(text_of(number)))
        self._share = share
        every = 1
        while chars * 2 / (WINDOW + 1) / every > MAX_PRINTS:
            every *= 2
        self._mask = every - 1
        self._numbers: dict[int, list[int]] = {}
        self._counts: dict[int, int] = {}

    def add(self, number: int, body: Body) -> None:
        """Add one that stays."""
        for each in self._prints(body):
            self._counts[each] = self._counts.get(each, 0) + 1
            if len(known := self._numbers.setdefault(each, [])) < _MAX_HOLDERS:
                known.append(number)

    def holder(self, version: Version, body: Body) -> LeftOut | None:
        """Return the document that stays and holds `version`, as what it is left out for; None if there is none."""
        bodies = {number: self._body(number) for number in self._likeliest(body)}
        for number, by in bodies.items():
            others = tuple(other for each, other in bodies.items() if each != number)
            if (found := containment(body, by, self._share, others)).nearly_whole:
                return LeftOut(version.number, number, version.chars, found.lost)
        return None

    def _likeliest(self, body: Body) -> list[int]:
        """Return those that have most of its prints; what many have counts little, for it does not tell them apart."""
        votes: dict[int, float] = {}
        for each in self._prints(body):
            for number in self._numbers.get(each, ()):
                votes[number] = votes.get(number, 0) + 1 / self._counts[each]
        return sorted(votes, key=lambda number: (-votes[number], number))[:MAX_TRIED]

    def _prints(self, body: Body) -> list[int]:
        kept: list[int] = body.prints[(body.prints & self._mask) == 0].tolist()
        return kept
