"""What an export holds: the wanted documents of the ledger, masked and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipelines.ledger.corpus_facts import CorpusFacts

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFilter:
    """Which documents to export: fetched at `since` or later (ISO 8601, UTC), known to be whole, long enough."""

    since: str = ""
    whole_only: bool = False
    min_chars: int = 0

    def accepts(self, record: Record) -> bool:
        """Say whether a record is one of them; one that was taken down a moment ago has no text."""
        if not record["text"] or (self.whole_only and record["truncated"] is not False):
            return False
        return (record["added"] or "") >= self.since and len(record["text"]) >= self.min_chars


@dataclass(slots=True)
class LeftOutStats:
    """What was left out: documents, their characters, and how many of these the documents that stand for them lack."""

    documents: int = 0
    chars: int = 0
    lost: int = 0

    def add(self, chars: int, lost: int) -> None:
        """Count a document."""
        self.documents += 1
        self.chars += chars
        self.lost += lost

    def __str__(self) -> str:
        """Return it in words."""
        documents = "document" if self.documents == 1 else "documents"
        return f"left out {self.documents} {documents}, {self.chars} characters, {self.lost} of them nowhere else"


@dataclass(slots=True)
class ExportStats:
    """What an export holds: documents, characters of text, what was masked, by rule, and whether it was written.

    `left_out` is what it lacks because other documents hold it, None where all are wanted; `damage` what is wrong with
    the ledger, a line for each finding. `facts` are counted where a dataset card is to tell them.
    """

    documents: int = 0
    chars: int = 0
    masked: Counter[str] = field(default_factory=Counter)
    written: bool = True
    left_out: LeftOutStats | None = None
    damage: list[str] = field(default_factory=list)
    facts: CorpusFacts | None = None


def select(
    records: Iterable[Record],
    wanted: ExportFilter,
    tally: ExportStats,
    *,
    mask: bool,
    told: Callable[[int], object] = lambda _: None,
) -> Iterator[Record]:
    """Yield the wanted records, with `mask` without personal data, and count them; `told` is called for each record."""
    from cleaners.personal.masking import mask_record

    for record in records:
        told(1)
        if not wanted.accepts(record):
            continue
        if mask:
            record, masked = mask_record(record)
            tally.masked.update(masked)
        tally.documents += 1
        tally.chars += len(record["text"])
        if tally.facts:
            tally.facts.add(record)
        yield record
