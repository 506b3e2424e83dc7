"""A set of addresses, eight bytes each."""

from __future__ import annotations

from collections.abc import Iterable

_MIN_NEW = 4096
_SHARE_NEW = 32  # sorting what is there costs little more than reading it


class SeenUrls:
    """A set of texts of which only the hashes are kept: of a million one is taken for another once in 10^7 runs."""

    def __init__(self) -> None:
        self._new: set[int] = set()
        import numpy as np

        self._sorted = np.empty(0, np.int64)

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._new) + self._sorted.size

    def __contains__(self, text: str) -> bool:
        """Say whether `text` was added."""
        return self._has(hash(text))

    def add(self, text: str) -> bool:
        """Remember `text`; say whether it is new."""
        number = hash(text)
        if self._has(number):
            return False
        self._new.add(number)
        if len(self._new) > max(_MIN_NEW, self._sorted.size // _SHARE_NEW):
            self._settle()
        return True

    def update(self, texts: Iterable[str]) -> None:
        """Remember all `texts`."""
        for text in texts:
            self.add(text)

    def _has(self, number: int) -> bool:
        if number in self._new:
            return True
        at = self._sorted.searchsorted(number)
        return bool(at < self._sorted.size and self._sorted[at] == number)

    def _settle(self) -> None:
        import numpy as np

        self._sorted = np.concatenate([self._sorted, np.fromiter(self._new, np.int64, len(self._new))])
        self._sorted.sort(kind="stable")
        self._new.clear()
