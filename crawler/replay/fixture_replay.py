"""Replays saved cases: `DIR/SITE/CASE/page.html`, its `meta.json`, and `DIR/SITE/robots.txt`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from cleaners.sites import Site
from crawler.errors import ArgumentError

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


def sites_in(directory: Path) -> list[str]:
    """Return the names of the sites that `directory` holds cases of."""
    return sorted({meta.parent.parent.name for meta in directory.glob("*/*/meta.json")})


class FixtureReplay:
    """The saved cases of one site; raises ArgumentError for a meta.json without sense."""

    def __init__(self, directory: Path, site: Site) -> None:
        self._folder = directory / site.name
        self._pages = saved_pages(self._folder)
        self.documents = () if site.start else tuple(page.url for page in self._pages.values() if page.document)
        """Addresses to begin with; a site with start pages begins there, as a live crawl does."""

    def answer(self, url: str) -> tuple[Response, str] | None:
        """Return the page saved at `url` and the time of its fetch."""
        robots = self._folder / "robots.txt"
        if urlsplit(url).path == "/robots.txt" and robots.is_file():
            return Response(url, headers={"Content-Type": "text/plain"}, body=robots.read_bytes()), ""
        saved = self._pages.get(key(url))
        if saved is None:
            return None
        headers = Headers({name: value for name, value in saved.headers.items() if name.lower() not in _OF_THE_WIRE})
        body = saved.file.read_bytes()
        kind = responsetypes.from_args(headers=headers, url=url, body=body)
        return kind(url, status=saved.status, headers=headers, body=body), saved.fetched_at


def saved_pages(folder: Path) -> dict[str, SavedPage]:
    """Return the saved pages in one site's folder by address; raises ArgumentError for a meta.json without sense."""
    pages: dict[str, SavedPage] = {}
    for meta in sorted(folder.glob("*/meta.json")):
        for page in _case(meta):
            other = pages.setdefault(key(page.url), page)
            if other is not page:
                raise ArgumentError(f"{meta}: {page.url} is saved in {other.file.parent} too; keep one of them")
    return pages


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


def key(url: str) -> str:
    """Return what the spellings of one address have in common; raises ValueError for what is none."""
    return safe_url_string(urldefrag(url).url)
