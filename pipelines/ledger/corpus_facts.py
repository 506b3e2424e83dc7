"""What an export holds, counted as it is written, for its dataset card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

MAX_ROWS = 20
"""Rows of a table of the card; what is over is summed up in one."""
BAR = 24
"""Characters of the longest bar."""
LENGTHS = (0, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
"""Characters from which on the classes of lengths begin."""


@dataclass(slots=True)
class CorpusFacts:
    """Counts over the records of an export; memory does not grow with their number."""

    documents: int = 0
    chars: int = 0
    copies: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    source_chars: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    truncated: Counter[bool | None] = field(default_factory=Counter)
    scripts: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    first_added: str | None = None
    last_added: str | None = None

    def add(self, record: Mapping[str, Any]) -> None:
        """Count a record as it is exported."""
        length = len(record["text"])
        self.documents += 1
        self.chars += length
        self.copies += record["duplicate_of"] is not None
        self.sources[record["source"]] += 1
        self.source_chars[record["source"]] += length
        self.lengths[max(least for least in LENGTHS if length >= least)] += 1
        self.truncated[record["truncated"]] += 1
        self.scripts[record["script"]] += 1
        self.flags.update(record["flags"])
        self.rules.update({edit["rule"]: edit["chars"] for edit in record["edits"]})
        self.versions[record["version"].partition("+")[0]] += 1
        self.years[(record["created"] or "")[:4] or "not said"] += 1
        if added := record["added"]:
            self.first_added = min(self.first_added or added, added)
            self.last_added = max(self.last_added or added, added)

    def markdown(self) -> str:
        """Return the facts as sections of a card."""
        return "\n".join(self._sections())

    def _sections(self) -> Iterator[str]:
        """Yield the lines of the card: what there is, by source, length, truncation, year, flag and rule."""
        yield "## What it holds\n"
        fetched = f", fetched from {self.first_added} to {self.last_added}" if self.first_added else ""
        documents = "document" if self.documents == 1 else "documents"
        yield f"{self.documents:,} {documents} with {self.chars:,} characters{fetched}."
        yield f"Rules of version {', '.join(sorted(self.versions))} cleaned them.\n"
        yield "### Sources\n"
        rows = [(name, count, f"{self.source_chars[name]:,}") for name, count in self.sources.most_common(MAX_ROWS)]
        rest = self.documents - sum(count for _, count, _ in rows)
        yield from _table(("source", "documents", "characters"), [*rows, *([("others", rest, "")] if rest else [])])
        yield "\n### Lengths in characters\n"
        yield from _bars([(_class(least), self.lengths[least]) for least in LENGTHS if self.lengths[least]])
        yield "\n### Is text missing?\n"
        named = {True: "yes, the page says or shows so", False: "no", None: "cannot be told"}
        yield from _bars([(named[key], self.truncated[key]) for key in named if self.truncated[key]])
        yield "\n### Published in\n"
        yield from _bars(sorted(self.years.items())[-MAX_ROWS:])
        yield "\n### Copies, script, flags\n"
        counts = [("copy of another document of the ledger", self.copies), *sorted(self.scripts.items())]
        yield from _bars([*counts, *((f"flag `{name}`", count) for name, count in sorted(self.flags.items()))])
        yield "\n### Characters that were taken away or changed, by rule\n"
        yield from _bars(self.rules.most_common(MAX_ROWS))


def _class(least: int) -> str:
    above = dict(pairwise(LENGTHS)).get(least)
    return f"{least:,} to {above - 1:,}" if above else f"{least:,} and more"


def _bars(rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield a table in which a bar shows each number beside the largest one."""
    rows = list(rows)
    most = max((count for _, count in rows), default=0) or 1
    yield from _table(
        ("", "number", ""), [(name, f"{count:,}", "█" * round(BAR * count / most)) for name, count in rows]
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---|---:|" + "---|" * (len(heads) - 2)
    yield from (f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
