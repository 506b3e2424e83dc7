"""A host's `/.well-known/tdmrep.json`: which of its texts it keeps from text and data mining (TDMRep, W3C 2024)."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Self

import orjson

from crawler.downloader.robotstxt import PathRule, patterns, target

PATH = "/.well-known/tdmrep.json"
REASON = "tdmrep.json"


@dataclass(frozen=True, slots=True)
class Reservations:
    """The file's rules in order: a pattern of paths, as in robots.txt, and whether the right is reserved there."""

    rules: tuple[PathRule, ...] = ()

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Read the file; what is neither a list of such rules nor one of them says nothing.

        >>> Reservations.read(b'[{"location": "/doc/*", "tdm-reservation": 1}]').cover("https://a.example/doc/1")
        True
        """
        try:
            listed = orjson.loads(body.removeprefix(codecs.BOM_UTF8))
        except orjson.JSONDecodeError:
            return cls()
        entries = [entry for entry in (listed if isinstance(listed, list) else [listed]) if isinstance(entry, dict)]
        return cls(
            tuple(
                PathRule.of(entry.get("tdm-reservation") not in (1, "1"), pattern)
                for entry in entries
                if isinstance(entry.get("location"), str)
                for pattern in patterns(entry["location"], closed=True)
            )
        )

    def cover(self, url: str) -> bool:
        """Whether the right is reserved for `url`: the first rule that fits says so, or the longest."""
        path = target(url)
        fitting = [rule for rule in self.rules if rule.matches(path)]
        return bool(fitting) and not (fitting[0].allow and max(fitting, key=lambda rule: rule.length).allow)
