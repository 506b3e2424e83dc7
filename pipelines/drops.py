"""Why a page is dropped; Scrapy counts each class as `item_dropped_reasons_count/<ClassName>`."""

from __future__ import annotations

from typing import ClassVar

from scrapy.exceptions import DropItem

from pipelines.ledger.fetch_results import Outcome


class LoudDrop(DropItem):
    """A page that no spider should have sent; each is a warning in the log."""

    reason: ClassVar[str] = "no page"
    outcome: ClassVar[Outcome | None] = None

    def __init__(self, message: str) -> None:
        super().__init__(message, log_level="WARNING")


class EmptyPage(LoudDrop):
    """The site answered with nothing, or with white space."""

    reason = "an empty page"
    outcome = "done"


class BadAddress(LoudDrop):
    """The page's URL is not http or https, has no host, or cannot be written as UTF-8."""


class BadTime(LoudDrop):
    """The fetch time is not ISO 8601 in UTC with whole seconds, as in 2025-01-31T08:00:00Z."""


class QuietDrop(DropItem):
    """A page that rightly ends here; the log shows it at level DEBUG.

    `reason` names it in counts and messages; `outcome` is what the ledger then has of its address, None where a
    pipeline has told it already or nothing is known.
    """

    reason: ClassVar[str] = ""
    outcome: ClassVar[Outcome | None] = None

    def __init__(self, message: str) -> None:
        super().__init__(message, log_level="DEBUG")


class NoText(QuietDrop):
    """The page holds no document text."""

    reason = "no text"
    outcome = "done"


class OptedOut(QuietDrop):
    """The site says that the text must not be kept or used; the reason is counted as `optout/<reason>`."""

    reason = "an opt-out"
    outcome = "blocked"


class BadPage(QuietDrop):
    """A page that came in the place of a document."""

    reason = "bad page"
    outcome: ClassVar[Outcome | None] = "done"


class SoftNotFound(BadPage):
    """The page says that it does not exist, with a status that says it does."""

    reason = "not found"
    outcome = "gone"


class Deleted(BadPage):
    """The document was taken down."""

    reason = "deleted"
    outcome = "gone"


class LoginWall(BadPage):
    """The text is shown to members only."""

    reason = "a login"
    outcome = "blocked"


class Paywall(BadPage):
    """The text is shown to those who pay, without a preview."""

    reason = "a payment"
    outcome = "blocked"


class Captcha(BadPage):
    """The site asks for a proof that a person reads; there is none."""

    reason = "a captcha"
    outcome = "blocked"


class Challenge(BadPage):
    """The site asks the browser to compute something; it is not done."""

    reason = "a challenge"
    outcome = "blocked"


class Cut(BadPage):
    """The answer ended before it was whole, or its packing is broken."""

    reason = "a cut answer"
    outcome = "failed"


class OtherKind(BadPage):
    """A file, an image or a program."""

    reason = "another kind of file"


class Garbled(BadPage):
    """Too many characters of the text are ones that no text has: it was misread, or was broken before."""

    reason = "garbled text"


class TakenDown(QuietDrop):
    """The page gives a document that was taken down and is not stored again, wherever it is found."""

    reason = "a takedown"
    outcome = "blocked"


class Duplicate(QuietDrop):
    """The page gives a document that is stored already; its URL is added to that document's `urls`."""


class Unchanged(QuietDrop):
    """The page gives the same document as before; nothing is written."""


class NotStored(QuietDrop):
    """The ledger has failed and the crawl is closing; the page is fetched again by the next run."""
