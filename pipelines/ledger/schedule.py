"""Schedules the next fetch of a page: the more often it changes, the sooner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

DAY = 24 * 3600
CHANGE_RATE = 0.3
"""By this share an interval shrinks when the page changed and grows when it did not; above 0.4 it would swing."""

_OF_LINKS = ("listing", "sitemap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Intervals in seconds: that of a page fetched once, the shortest and the longest, and that of a fresh listing.

    A listing's interval grows to `initial` at most: new documents are found there.
    """

    initial: int = 30 * DAY
    shortest: int = DAY
    longest: int = 180 * DAY
    listing: int = DAY

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """Read REFRESH_DAYS, REFRESH_MIN_DAYS, REFRESH_MAX_DAYS and REFRESH_LISTING_DAYS."""
        names = {"initial": "", "shortest": "MIN_", "longest": "MAX_", "listing": "LISTING_"}
        days = {field: settings.get(f"REFRESH_{name}DAYS") for field, name in names.items()}
        return cls(**{field: round(float(value) * DAY) for field, value in days.items() if value is not None})

    def interval(self, kind: str | None, before: int | None, *, changed: bool, early: bool) -> int:
        """Return the interval of a page after a fetch; `before` is None after the first one.

        An unchanged page fetched before it was due (`early`) keeps its interval.
        """
        shortest, first, longest = self._bounds(kind)
        if before is None:
            return first
        factor = 1 - CHANGE_RATE if changed else 1.0 if early else 1 + CHANGE_RATE
        return max(shortest, min(round(before * factor), longest))

    def _bounds(self, kind: str | None) -> tuple[int, int, int]:
        if kind in _OF_LINKS:
            return min(self.shortest, self.listing), self.listing, max(self.initial, self.listing)
        return self.shortest, self.initial, self.longest
