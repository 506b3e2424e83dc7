"""Times as records hold them: ISO 8601, in UTC; and as headers write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def moment(given: str) -> datetime:
    """Return an ISO 8601 time, in UTC where it names no zone; raises ValueError when it is none."""
    found = datetime.fromisoformat(given)
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{given} is before the year 1 or after the year 9999") from None


def timestamp(given: str) -> str:
    """Return an ISO 8601 time in UTC, to the second; raises ValueError when it is none."""
    return moment(given).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def mail_date(given: str) -> datetime:
    """Return a time as headers of mail and HTTP write it, in UTC where it names no zone; ValueError when it is none."""
    try:
        found = parsedate_to_datetime(given)
    except OverflowError:
        raise ValueError(f"{given} is no day of any year") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
