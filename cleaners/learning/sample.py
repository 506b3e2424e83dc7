"""One page of a site as learning sees it: its lines, and what the cleaner took of them without a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from cleaners.text.normalized import normalize, normalize_line

if TYPE_CHECKING:  # every command imports this file, and the rules take their time
    from cleaners.judging.page_lines import Line

MAX_LINES = 200
"""Lines from the top and from the bottom of a page that are kept, at most."""

MAX_CHARS = 1000
"""Characters of a line that are kept."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page: the key of its document, the title, its normalized lines, and the rule that took each of them.

    `container` is the path to the element that holds the text, of a saved page.
    """

    key: str
    title: str | None
    lines: Sequence[str]
    taken: Sequence[str | None]
    container: str | None = None

    @classmethod
    def of(
        cls, key: str, title: str | None, lines: Sequence[Line], taken: Mapping[int, str], container: str | None
    ) -> Sample:
        """Make a sample of a page that has been cleaned; `taken` is the rule by place in `lines`."""
        places: Sequence[int] = range(len(lines))
        if len(lines) > 2 * MAX_LINES:
            places = [*places[:MAX_LINES], *places[-MAX_LINES:]]
        name = normalize_line(normalize(title)) if title else None
        seen = [lines[place].normalized[:MAX_CHARS] for place in places]
        return cls(key, name, seen, [taken.get(place) for place in places], container)

    def dumped(self) -> bytes:
        """Return the sample as it is kept on disk."""
        return orjson.dumps((self.key, self.title, self.lines, self.taken, self.container))

    @classmethod
    def loaded(cls, data: bytes) -> Sample:
        """Return a sample that was kept on disk."""
        values: Any = orjson.loads(data)
        return cls(*values)
