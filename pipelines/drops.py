"""Why a page is dropped; Scrapy counts each class as `item_dropped_reasons_count/<ClassName>`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from scrapy.exceptions import DropItem

from cleaners.model import Document
from pipelines.ledger.fetch_results import Outcome

if TYPE_CHECKING:
    from cleaners.text.codes import CharClass

MAX_GARBLED = 0.001
"""Share of characters that no Chinese text has (U+FFFD, private use) above which a text counts as misread."""


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


class RateLimit(BadPage):
    """The site says that it is asked too often, or by too many."""

    reason = "a rate limit"
    outcome = "blocked"


class Refusal(BadPage):
    """The site refuses this visitor: its region, address or right."""

    reason = "a refusal"
    outcome = "blocked"


class Maintenance(BadPage):
    """The site is closed for now."""

    reason = "maintenance"
    outcome = "failed"


class ServerError(BadPage):
    """The site's program or database fails, with a status that says it does not."""

    reason = "a server error"
    outcome = "failed"


class Parked(BadPage):
    """The domain is for sale, or its server has no site."""

    reason = "a parked domain"
    outcome = "failed"


class Unregistered(BadPage):
    """The site is blocked by its provider, mostly for want of a registration (备案)."""

    reason = "a missing registration"
    outcome = "failed"


class Forward(BadPage):
    """The page only leads on to another one, by a refresh, frames or a script."""

    reason = "a forward"


class Message(BadPage):
    """A word or two of a program: an error, an empty result."""

    reason = "a message"


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


class OneForMany(BadPage):
    """The page gives the text that others give now, too, in the place of texts that were unlike each other."""

    reason = "one text in the place of many"
    outcome = "failed"


class TakenDown(QuietDrop):
    """The page gives a document that was taken down and is not stored again, wherever it is found."""

    reason = "a takedown"
    outcome = "blocked"


class Duplicate(QuietDrop):
    """The page gives a document that is stored already; its URL is added to that document's `urls`."""


class Unchanged(QuietDrop):
    """The page gives the same document as before; nothing is written."""


class Unfinished(QuietDrop):
    """The process that cleaned the page ended at it; the next run asks for it again, unless it was the second time."""


class NotStored(QuietDrop):
    """The ledger has failed and the crawl is closing; the page is fetched again by the next run."""


BLOCK_PAGES: Mapping[str, type[BadPage]] = {
    "captcha": Captcha,
    "rate_limit": RateLimit,
    "challenge": Challenge,
    "forward": Forward,
    "maintenance": Maintenance,
    "server_error": ServerError,
    "parked": Parked,
    "unregistered": Unregistered,
    "refusal": Refusal,
    "deleted": Deleted,
    "soft_not_found": SoftNotFound,
    "login": LoginWall,
    "paywall": Paywall,
    "message": Message,
}
"""The kinds of pages that the cleaner finds in the place of documents (cleaners/verdicts/block_pages.py)."""


def drop_reason(document: Document) -> type[BadPage] | None:
    """Return why a cleaned page is no document, None when it may be one."""
    if document.block_page:
        return BLOCK_PAGES[document.block_page]
    return Garbled if _garbled().count(document.text) > MAX_GARBLED * len(document.text) else None


@cache
def _garbled() -> CharClass:
    from cleaners.text.codes import CharClass

    return CharClass(((0xFFFD, 0xFFFD), (0xE000, 0xF8FF)))
