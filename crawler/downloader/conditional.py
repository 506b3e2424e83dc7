"""Conditional requests: the validators kept of a response, and the headers that send them back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from scrapy.http import Response

from cleaners.text.times import mail_date
from pipelines.ledger.fetch_results import Validators
from pipelines.ledger.urls import DueUrl

CONDITIONS = ("If-None-Match", "If-Modified-Since")
NOT_MODIFIED = 304

_SENDABLE = re.compile(r"[!-~ ]{1,512}")
_MAX_CLOCK_SKEW = timedelta(days=1)
"""By which a server's clock may be ahead of ours."""


def validators_of(response: Response, body_sha256: str | None = None) -> Validators:
    """Return what is kept of an answer.

    A `Last-Modified` in the future is dropped; the server could answer 304 to it forever.
    """
    modified = _header(response, "Last-Modified")
    if modified and not _has_passed(modified):
        modified = None
    return Validators(etag=_header(response, "ETag"), last_modified=modified, body_sha256=body_sha256)


def conditions(due: DueUrl) -> dict[str, str]:
    """Return the headers of a request for a page that is only wanted if it has changed."""
    values = zip(CONDITIONS, (due.etag, due.last_modified), strict=True)
    return {name: value for name, value in values if value}


def _header(response: Response, name: str) -> str | None:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if _SENDABLE.fullmatch(value) else None


def _has_passed(date: str) -> bool:
    try:
        return mail_date(date) <= datetime.now(UTC) + _MAX_CLOCK_SKEW
    except ValueError:
        return False
