"""Which documents are asked for, by their records, and a sample of them that is always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest
from operator import itemgetter
from typing import Any, Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """Takes records of some sources, with a flag, of pages that a rule changed; what is empty takes all."""

    sources: tuple[str, ...] = ()
    rule: str = ""
    flag: str = ""

    @classmethod
    def of(cls, sources: Iterable[str], rule: str, flag: str) -> Self:
        """Return the filter; `rule` is an id, or what stands before the dot of several; ValueError for no such rule."""
        from cleaners.judging.rulebook import REASONS

        known = {*REASONS, *(each.partition(".")[0] for each in REASONS)}
        if rule and rule not in known:
            near = get_close_matches(rule, known, n=1)
            raise ValueError(f"{rule}: no such rule{f'; did you mean {near[0]}?' if near else ''}")
        return cls(sources=tuple(sources), rule=rule, flag=flag)

    def __bool__(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.sources or self.rule or self.flag)

    def takes(self, record: Mapping[str, Any]) -> bool:
        """Say whether a record is asked for."""
        rules = (edit["rule"] for edit in record["edits"])
        return (
            (not self.sources or record["source"] in self.sources)
            and (not self.rule or any(f"{rule}.".startswith(f"{self.rule}.") for rule in rules))
            and (not self.flag or self.flag in record["flags"])
        )


def sampled(found: Iterable[T], most: int, name: Callable[[T], str]) -> list[T]:
    """Return `most` of what was found, in its order: those whose names have the lowest hashes, always the same ones.

    >>> sampled("甲乙丙丁", 2, str)
    ['甲', '乙']
    """

    def rank(one: tuple[int, T]) -> bytes:
        return hashlib.sha256(name(one[1]).encode(errors="replace")).digest()

    return [one for _, one in sorted(nsmallest(most, enumerate(found), key=rank), key=itemgetter(0))]
