"""Documents from saved pages alone, put together with their later parts as a crawl puts them together."""

from __future__ import annotations

from pathlib import Path

from cleaners.model import Page
from cleaners.sites import Site, site_of, sites
from crawler.frontier.links import page_links, part_links
from crawler.frontier.multipage import MultipageDocument
from crawler.replay.archived_pages import saved_page
from crawler.replay.handler import ReplaySource, replay_source


class SavedDocuments:
    """The pages of an archive, or of cases as in fixtures/; raises ArgumentError for those that make no sense."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sources: dict[str, ReplaySource] = {}

    def page(self, url: str, source: str) -> tuple[Page, str] | None:
        """Return the page saved at `url` with its parts, and when it was fetched; None when it is not there."""
        site = sites().get(source) or site_of(url)
        if site is None:
            return None
        if site.name not in self._sources:
            self._sources[site.name] = replay_source(self._path, site)
        saved = self._sources[site.name]
        found = saved_page(saved, url, site.name)
        if found is None:
            return None
        first, fetched = found
        document = MultipageDocument(first, fetched)
        document.add_links(_parts(site, first))
        while part := document.next_part():
            more = saved_page(saved, part[1], site.name)
            if more and document.add_part(part[0], more[0]):
                document.add_links(_parts(site, more[0]))
        return document.page(), fetched


def _parts(site: Site, page: Page) -> dict[int, str]:
    url = page.url or ""
    return part_links(site, url, page_links(url, page.body, page.content_type).links)
