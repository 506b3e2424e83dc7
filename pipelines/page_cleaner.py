"""Cleans the pages of a crawl with what is known of their hosts, in whatever process; learns hosts as pages come."""

from __future__ import annotations

from typing import NamedTuple

from cleaners.clean import clean, observe
from cleaners.learning.hosts import host_of
from cleaners.learning.profile import ProfileError
from cleaners.model import Document, Page
from pipelines.profiles import Learner, ProfileFolder


class Cleaned(NamedTuple):
    """What a page gave; `fault` says why it was cleaned without the profile of its host, if that could not be had."""

    document: Document
    fault: str = ""


class PageCleaner:
    """Cleans a page with the profile of its host; a host is learned once `enough` of its documents came (0: never).

    `seconds` are those of CPU that a page may take (0: any), which whoever calls it sees to.
    """

    def __init__(self, folder: ProfileFolder, *, enough: int, seconds: float) -> None:
        self.seconds = seconds
        self._folder = folder
        self._learner = Learner(folder, enough) if enough else None

    def __call__(self, page: Page) -> Cleaned:
        """Clean a page; one of a host without a profile is one to learn from."""
        try:
            profile, fault = self._folder.of(page.url), ""
        except (ProfileError, OSError) as error:
            profile, fault = None, str(error)
        host = host_of(page.url)
        if profile or not self._learner or self._folder.has(host):
            return Cleaned(clean(page, profile), fault)
        document, sample = observe(page)
        try:
            if sample:
                self._learner.add(host, sample)
        except OSError as error:
            fault = str(error)
        return Cleaned(document, fault)
