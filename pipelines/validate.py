"""Drops pages that cannot become documents."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from itemadapter import ItemAdapter

from cleaners.model import Page
from pipelines.drops import BadAddress, BadTime, EmptyPage

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class ValidatePipeline:
    """FetchedPage -> the same, when it has an http(s) address, a body and a fetch time; else it is dropped."""

    def process_item(self, item: Any) -> Any:
        """Return `item`; raises `BadAddress`, `EmptyPage` or `BadTime`."""
        fields = ItemAdapter(item)
        page: Page = fields["page"]
        if not _is_web_address(page.url or ""):
            raise BadAddress(f"{page.url!r} is not an http or https address")
        if not page.body.strip():
            raise EmptyPage(f"{page.url} is empty")
        if not _TIME.fullmatch(fields["fetched_at"]):
            raise BadTime(f"{page.url} has the fetch time {fields['fetched_at']!r}")
        return item


def _is_web_address(url: str) -> bool:
    try:
        url.encode()  # a lone surrogate cannot be written
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
