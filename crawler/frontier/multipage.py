"""Puts a document together that its site split over several addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cleaners.model import Page
from pipelines.ledger.fetch_results import NO_VALIDATORS, Validators, digest

MAX_PARTS = 50
"""The most pages of one document that are fetched; what lies beyond counts as missing."""


@dataclass(slots=True)
class MultipageDocument:
    """The first page, the parts that came, and `known`, the addresses of all parts by number."""

    first: Page
    fetched_at: str
    opted_out: str | None = None
    validators: Validators = NO_VALIDATORS
    parts: dict[int, Page] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def add_links(self, links: Mapping[int, str]) -> None:
        """Take note of parts that a page of the document links to."""
        for number, url in links.items():
            if number > 1:
                self.known.setdefault(number, url)

    def next_part(self) -> tuple[int, str] | None:
        """Return number and address of the next part to fetch, None when there is none left."""
        left = [number for number in self.known if number not in self.asked and number <= MAX_PARTS]
        if not left:
            return None
        number = min(left)
        self.asked.add(number)
        return number, self.known[number]

    def add_part(self, number: int, part: Page) -> bool:
        """Keep a part that came; False for one that only repeats a page we have."""
        if any(part.body == page.body for page in (self.first, *self.parts.values())):
            return False
        self.parts[number] = part
        return True

    def validators_of(self, page: Page) -> Validators:
        """Return the validators of `page`, the whole document: of a split one no part alone tells of a change."""
        headers = NO_VALIDATORS if self.known else self.validators
        return replace(headers, body_sha256=digest(page))

    def page(self) -> Page:
        """Return the document as far as it came, with its parts in order and the number of those that are missing."""
        linked = max(self.known, default=1) - 1
        whole = tuple(self.parts[number] for number in sorted(self.parts))
        return replace(self.first, parts=whole, missing_parts=linked - len(whole))
