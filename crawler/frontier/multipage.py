"""A document that its site split over several addresses, while its parts come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cleaners.model import Page
from pipelines.ledger.visits import NO_ANSWER, Answer, digest

MOST_PARTS = 50
"""The most pages of one document that are fetched; what lies beyond counts as missing."""


@dataclass(slots=True)
class SplitDocument:
    """The first page and its answer, the parts that came, and the numbers of those that pages linked to but that did
    not come.
    """

    first: Page
    fetched_at: str
    opted_out: str | None = None
    answer: Answer = NO_ANSWER
    parts: dict[int, Page] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def see(self, links: Mapping[int, str]) -> None:
        """Take note of parts that a page of the document links to."""
        for number, url in links.items():
            if number > 1:
                self.known.setdefault(number, url)

    def ask(self) -> tuple[int, str] | None:
        """Return number and address of the next part to fetch, None when there is none left."""
        left = [number for number in self.known if number not in self.asked and number <= MOST_PARTS]
        if not left:
            return None
        number = min(left)
        self.asked.add(number)
        return number, self.known[number]

    def take(self, number: int, part: Page) -> bool:
        """Keep a part that came; False for one that only repeats a page we have."""
        if any(part.body == page.body for page in (self.first, *self.parts.values())):
            return False
        self.parts[number] = part
        return True

    def whole_answer(self, page: Page) -> Answer:
        """Return the answer that gave `page`, the whole document: of a split one no part alone tells of a change."""
        headers = NO_ANSWER if self.known else self.answer
        return replace(headers, body_sha256=digest(page))

    def page(self) -> Page:
        """Return the document as far as it came, with its parts in order and the number of those that are missing."""
        linked = max(self.known, default=1) - 1
        whole = tuple(self.parts[number] for number in sorted(self.parts))
        return replace(self.first, parts=whole, missing_parts=linked - len(whole))
