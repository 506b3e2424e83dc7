"""Replays WARC files: the newest response of each address."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from scrapy.http import Response

from cleaners.sites import Site, sites
from cleaners.text.times import moment, timestamp
from crawler.downloader.robots import TERMS
from crawler.errors import ArgumentError
from crawler.files.compression import CompressionError, MemberOffset, opened
from crawler.files.warc_reader import WarcRecord, WarcRecordError, facts_of, records, response_of, status_of
from crawler.inputs.formats import format_of
from crawler.inputs.page import MAX_BYTES
from crawler.replay.fixture_replay import key

logger = logging.getLogger(__name__)

_PASSING = frozenset({429, *range(500, 600)})
"""Statuses of a failure that passes; such an answer takes no better one's place."""


@dataclass(frozen=True, slots=True)
class _ArchivedResponse:
    """An answer that a file holds: where, with which status, when it was fetched, and by a crawl of which site."""

    url: str
    file: Path
    place: MemberOffset
    status: int
    fetched: datetime
    made_for: str

    @property
    def rank(self) -> tuple[bool, datetime]:
        """What of two answers is the better one: it answered, it is newer."""
        return self.status not in _PASSING, self.fetched


class WarcReplay:
    """The archived answers of one site; raises ArgumentError for files that cannot be read.

    `documents` are the addresses that answered with a document page, in the order of the files: all are cleaned again,
    whatever led to them when they were fetched.
    """

    def __init__(self, path: Path, site: Site) -> None:
        self._held = {address: one for address, one in _index(path).items() if _is_of(one, site)}
        self.documents = tuple(one.url for one in self._held.values() if _is_document(one, site))

    def answer(self, url: str) -> tuple[Response, str] | None:
        """Return the newest answer of `url` and when it was fetched."""
        held = self._held.get(key(url))
        if held is None:
            return None
        with opened(held.file, held.place) as stream:
            record = next(records(stream, lambda _: True, MAX_BYTES))
        response = None if isinstance(record, WarcRecordError) else response_of(record)
        return (response.replace(url=url), timestamp(held.fetched.isoformat())) if response else None


def is_archive(path: Path) -> bool:
    """Say whether `path` is a WARC file or a folder that holds some."""
    return path.is_file() or any(True for _ in _files(path))


def sites_in(path: Path) -> list[str]:
    """Return the names of the sites of which a document page is archived."""
    held = _index(path).values()
    return [
        name for name, site in sites().items() if any(_is_of(one, site) and _is_document(one, site) for one in held)
    ]


def _is_of(held: _ArchivedResponse, site: Site) -> bool:
    """Return whether the page belongs to `site`: by host, or because a crawl of `site` archived it."""
    return held.made_for == site.name or site.owns(held.url)


def _is_document(held: _ArchivedResponse, site: Site) -> bool:
    """Say so of a good answer; of a site without patterns any page but robots.txt and its like is taken for one."""
    kind = "document" if not site.documents and not held.url.endswith(TERMS) else site.kind(held.url)
    return held.status == 200 and kind == "document"


@cache
def _index(path: Path) -> Mapping[str, _ArchivedResponse]:
    """Return the best answer of each address by its key; a file that is cut or broken is told of in the log."""
    index: dict[str, _ArchivedResponse] = {}
    for file in [path] if path.is_file() else _files(path):
        try:
            for held in _answers(file):
                before = index.get(key(held.url))
                if before is None or held.rank >= before.rank:
                    index[key(held.url)] = held
        except CompressionError as error:
            logger.warning("%s: %s", file, error)
        except OSError as error:
            raise ArgumentError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
    return index


def _answers(file: Path) -> Iterator[_ArchivedResponse]:
    """Yield the answers over HTTP of which address and time make sense."""
    made_for = ""
    with opened(file) as stream:
        for record in records(stream, lambda record: record.kind in ("response", "warcinfo"), MAX_BYTES):
            if isinstance(record, WarcRecordError):
                logger.warning("%s: %s", file, record)
                continue
            if record.kind == "warcinfo":
                made_for = facts_of(record).get("ispartof", "")
            status = status_of(record)
            if record.kind == "response" and status is not None and _makes_sense(record):
                yield _ArchivedResponse(record.url, file, record.place, status, moment(record.date), made_for)


def _makes_sense(record: WarcRecord) -> bool:
    try:
        key(record.url)
        moment(record.date)
    except ValueError:
        return False
    return record.url.startswith(("http://", "https://"))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if format_of(str(path)) == "warc" and path.is_file())
