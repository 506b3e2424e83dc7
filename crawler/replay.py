"""Saved pages in the place of the network: `DIR/SITE/CASE/page.html` with its `meta.json`, `DIR/SITE/robots.txt`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from crawler import tdmrep
from crawler.arguments import ArgumentError

_HEADERS = {"Content-Type": "text/html"}
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page as it was served at `url`, its bytes in `file`.

    `document` is False for a listing (its expected.json names links) and for the later parts of a split document.
    """

    url: str
    file: Path
    status: int
    headers: Mapping[str, str]
    fetched_at: str
    document: bool


def settings(directory: str) -> dict[str, Any]:
    """Return the settings that make a crawl replay `directory`: no network, no waiting."""
    handler = "crawler.replay.ReplayHandler"
    return {
        "REPLAY_DIR": directory,
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None, "http": handler, "https": handler},
        "DOWNLOAD_DELAY": 0,
    }


def sites_in(directory: Path) -> list[str]:
    """Return the names of the sites that `directory` holds pages of; raises ArgumentError when there are none."""
    found = sorted({meta.parent.parent.name for meta in directory.glob("*/*/meta.json")})
    if not found:
        raise ArgumentError(f"--replay {directory}: no saved pages there (DIR/SITE/CASE/meta.json beside page.html)")
    return found


def saved_pages(folder: Path) -> dict[str, SavedPage]:
    """Return the saved pages in one site's folder by address; raises ArgumentError for a meta.json without sense."""
    pages: dict[str, SavedPage] = {}
    for meta in sorted(folder.glob("*/meta.json")):
        for page in _case(meta):
            other = pages.setdefault(_key(page.url), page)
            if other is not page:
                raise ArgumentError(f"{meta}: {page.url} is saved in {other.file.parent} too; keep one of them")
    return pages


class ReplayHandler(BaseDownloadHandler):
    """Answers http and https requests from saved pages; a page that is not saved is dropped and counted."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._folder = Path(crawler.settings["REPLAY_DIR"]) / crawler.spidercls.name
        self._pages = saved_pages(self._folder)

    async def download_request(self, request: Request) -> Response:
        """Return the saved page, with its fetch time in `request.meta`; a site without robots.txt answers 404."""
        if (path := urlsplit(request.url).path) in ("/robots.txt", tdmrep.PATH):
            terms = self._folder / path.rpartition("/")[2]
            body = terms.read_bytes() if terms.is_file() else b""
            return Response(request.url, status=200 if body else 404, headers={"Content-Type": "text/plain"}, body=body)
        saved = self._pages.get(_key(request.url))
        if saved is None:
            self.crawler.stats.inc_value("replay/missing")
            raise IgnoreRequest(f"not saved: {request.url}")
        request.meta["fetched_at"] = saved.fetched_at
        headers = Headers({name: value for name, value in saved.headers.items() if name.lower() not in _OF_THE_WIRE})
        body = saved.file.read_bytes()
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(request.url, status=saved.status, headers=headers, body=body)


def _case(meta: Path) -> Iterator[SavedPage]:
    """Read one case; one without address or without page.html holds a dump, which no site serves."""
    try:
        facts = json.loads(meta.read_bytes())
        if not facts.get("url") or not (meta.parent / "page.html").is_file():
            return
        first = SavedPage(
            url=str(facts["url"]),
            file=meta.parent / "page.html",
            status=int(facts.get("status", 200)),
            headers=dict(facts.get("headers", _HEADERS)),
            fetched_at=str(facts["fetched_at"]),
            document=not _is_listing(meta.parent),
        )
        yield first
        for part in facts.get("parts", ()):
            yield replace(first, url=str(part["url"]), file=_file(meta, part["file"]), document=False)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else error
        raise ArgumentError(f"{meta}: {reason}; see CONTRIBUTING.md for the keys of meta.json") from None


def _is_listing(case: Path) -> bool:
    expected = case / "expected.json"
    return expected.is_file() and "links" in json.loads(expected.read_bytes())


def _file(meta: Path, name: str) -> Path:
    file = meta.parent / name
    if file.name != name or not file.is_file():
        raise ValueError(f"no file {name} beside it")
    return file


def _key(url: str) -> str:
    return safe_url_string(urldefrag(url).url)
