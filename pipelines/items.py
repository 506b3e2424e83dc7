"""The items of the pipelines: a page as fetched, then the document cleaned from it."""

from __future__ import annotations

from dataclasses import dataclass

from cleaners.model import Document, Page
from pipelines.ledger.fetch_results import NO_VALIDATORS, Validators


@dataclass(frozen=True, kw_only=True, repr=False)
class FetchedPage:
    """A page a spider got from `site` at `fetched_at` (ISO 8601, UTC, whole seconds, ending in Z).

    `opted_out` is why the site does not want its text kept, None when it says nothing of the kind; `validators` is what
    the site sent with it.
    """

    page: Page
    site: str
    fetched_at: str
    opted_out: str | None = None
    validators: Validators = NO_VALIDATORS

    @property
    def url(self) -> str | None:
        """The page's address."""
        return self.page.url

    def __repr__(self) -> str:
        """Name the page by its address only: Scrapy logs dropped items whole."""
        return f"FetchedPage({self.url})"


@dataclass(frozen=True, kw_only=True, repr=False)
class CleanedPage:
    """The document a page gave, with site, time of the fetch and validators as in `FetchedPage`."""

    document: Document
    site: str
    fetched_at: str
    validators: Validators = NO_VALIDATORS

    @property
    def url(self) -> str | None:
        """The document's address."""
        return self.document.url

    def __repr__(self) -> str:
        """Name the document by its address only: Scrapy logs items whole."""
        return f"CleanedPage({self.url})"
