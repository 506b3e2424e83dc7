"""Saved pages that are cleaned again: archived ones that have not changed since, and any that is asked for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Self

from scrapy.http import Response

from cleaners.model import Page
from cleaners.sites import Site
from crawler.downloader.conditional import validators_of
from crawler.downloader.content_encoding import body_of, unpacked
from crawler.downloader.responses import content_type
from crawler.files.compression import CompressionError
from crawler.files.outputs import ARCHIVE
from crawler.inputs.page import MAX_BYTES
from crawler.replay.handler import ReplaySource
from crawler.replay.warc_replay import WarcReplay, is_archive
from pipelines.ledger.urls import DueUrl

_OK = 200


class ArchivedPages:
    """The archived pages of one site, for those that have not changed since and are to be cleaned by new rules."""

    def __init__(self, saved: WarcReplay, most: int = MAX_BYTES) -> None:
        self._saved = saved
        self._most = most

    @classmethod
    def below(cls, data_dir: Path, site: Site) -> Self | None:
        """Return what was archived in a data folder, None when nothing was."""
        folder = data_dir / ARCHIVE
        return cls(WarcReplay(folder, site)) if is_archive(folder) else None

    def answer(self, row: DueUrl) -> Response | None:
        """Return the page as it was when the site sent it with the headers of `row`; None when it is not there."""
        found = self._saved.answer(row.url)
        if found is None or found[0].status != _OK or "cut" in found[0].flags:
            return None
        sent = validators_of(found[0])
        if (sent.etag, sent.last_modified) != (row.etag, row.last_modified):
            return None
        with suppress(CompressionError):
            return unpacked(found[0], self._most)
        return None


def saved_page(saved: ReplaySource, url: str, source: str) -> tuple[Page, str] | None:
    """Return the page of a site that is saved at `url` and when it was fetched; None for none that can be read."""
    with suppress(ValueError, CompressionError):  # no address, or nothing that can be unpacked
        found = saved.answer(url)
        if found and found[0].status == _OK:
            body = body_of(found[0], MAX_BYTES)
            return Page(body=body, url=url, source=source, content_type=content_type(found[0])), found[1]
    return None
