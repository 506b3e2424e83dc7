"""Turns one input of `scrapy clean` into its document and its line of output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from cleaners.model import Document
from crawler.inputs.page import BadInput, Input, InputResult, Skipped
from pipelines.ledger.json_lines import line
from pipelines.profiles import ProfileFolder


@dataclass(frozen=True, slots=True)
class CleanedRecord:
    """A record as a line of JSON, whether it has text, and all of it, and what kind of block page it is of, if any."""

    line: bytes
    has_text: bool
    truncated: bool
    block_page: str | None = None


@dataclass(slots=True)
class CleanCounts:
    """What cleaning came to."""

    inputs: int = 0
    documents: int = 0
    truncated: int = 0
    no_text: int = 0
    unreadable: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    block_pages: Counter[str] = field(default_factory=Counter)

    def take(self, found: InputResult) -> Input | BadInput | None:
        """Count what was found, and return it; None where it is passed over."""
        self.inputs += not isinstance(found, Skipped)
        if isinstance(found, Skipped):
            self.skipped[found.reason] += 1
            return None
        self.unreadable += isinstance(found, BadInput)
        return found

    def readable(
        self, found: Iterable[InputResult], tell: Callable[[str], None], *, all_named: bool = False
    ) -> Iterator[Input]:
        """Yield the pages of what was found; count and tell what is none, and what is passed over if `all_named`."""
        for one in found:
            taken = self.take(one)
            if isinstance(taken, Input):
                yield taken
            elif isinstance(taken, BadInput):
                tell(taken.message)
            elif all_named and isinstance(one, Skipped) and one.reason:
                tell(f"{one.name}: skipped ({one.reason})")

    def add(self, *, has_text: bool, truncated: bool, block_page: str | None) -> None:
        """Count a document, or a page without one."""
        self.documents += has_text
        self.no_text += not has_text
        self.truncated += truncated
        if block_page:
            self.block_pages[block_page] += 1

    def update(self, others: CleanCounts) -> None:
        """Add the counts of another file."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(others, name))
        self.skipped.update(others.skipped)
        self.block_pages.update(others.block_pages)

    def __str__(self) -> str:
        """Return them in words; the kinds of block pages stand behind the pages without text, which they are."""
        told = {name: f"{name} {getattr(self, name)}" for name in COUNTS}
        if kinds := ", ".join(f"{kind} {count}" for kind, count in sorted(self.block_pages.items())):
            told["no_text"] += f" ({kinds})"
        return ", ".join(told.values())


COUNTS = ("inputs", "documents", "truncated", "no_text", "unreadable")
"""The counts that are told by their names."""


@dataclass(frozen=True, slots=True)
class PageCleaner:
    """Cleans pages; `added` and `source` are for those that do not say.

    `keep_script` leaves Traditional text, `keep_lines` the lines as they were found, `mask` replaces personal data.
    `profiles` are those of the hosts. Records get the columns `keep` of their rows behind their own ones, as they are.
    A process that is started for it can be sent it.
    """

    added: str
    source: str | None = None
    keep_script: bool = False
    mask: bool = False
    keep: tuple[str, ...] = ()
    keep_lines: bool = False
    profiles: ProfileFolder | None = None

    def __call__(self, found: Input) -> CleanedRecord:
        """Return the record of a page."""
        document = self.document(found)
        return CleanedRecord(
            self.line(found, document), document.key is not None, document.truncated is True, document.block_page
        )

    def line(self, found: Input, document: Document) -> bytes:
        """Return a document's record."""
        record = document.record(added=found.added or self.added, input=found.name)
        if self.mask:
            from cleaners.personal.masking import mask_record

            record = mask_record(record).record
        return line({**record, **{name: found.columns.get(name) for name in self.keep}})

    def document(self, found: Input) -> Document:
        """Return the document of a page; an exception, which is a bug, names the input."""
        from cleaners.clean import clean

        source = found.page.source or self.source
        page = replace(found.page, source=source, keep_script=self.keep_script, keep_lines=self.keep_lines)
        profile = self.profiles.of(page.url, page.source) if self.profiles else None
        try:
            return clean(page, profile) if profile else clean(page)
        except Exception as bug:
            bug.add_note(f"while cleaning {found.name}")
            raise


def weight(found: Input) -> int:
    """Return the bytes or characters of a page and its parts."""
    return len(found.page.body) + sum(len(part.body) for part in found.page.parts)
