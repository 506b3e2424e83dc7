"""The addresses a run asks for, each once: what an earlier run left, the seeds, and the links found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError

from cleaners.sites import Site
from crawler.downloader.conditional import validators_of
from crawler.downloader.response_checks import UnusableResponse
from crawler.downloader.responses import SITEMAP_META
from crawler.downloader.robots import Forbidden
from crawler.frontier.plan import REFRESH_JOB, CrawlSpec
from crawler.frontier.traps import SeenPages
from pipelines.ledger.fetch_results import NO_VALIDATORS, Outcome, digest_of, seconds
from pipelines.ledger.urls import PendingUrl
from pipelines.session import LedgerSession

RESUMED_STAT = "rounds/taken_up"
"""The stat that tells when the crawl began that was broken off and that this run goes on with."""
DUE_STAT = "refresh/due"
"""The stat of a refresh that tells how many addresses were due."""
FAILED_STAT = "pages/failed/"
"""The stats that count pages that did not come, by reason."""
BROKEN_SITEMAPS_STAT = "sitemaps/unreadable"
"""The stat that counts sitemaps that could not be read, or not to their end."""
_GONE, _REFUSED = frozenset({404, 410}), frozenset({401, 402, 403, 451})


class Frontier:
    """The addresses of one run of `site`.

    What is found outlives the run in the ledger, so that one that is broken off is resumed by the next, unless the
    run is a sample (`limit`) or a replay.
    """

    def __init__(self, session: LedgerSession, site: Site, plan: CrawlSpec, settings: BaseSettings) -> None:
        self._session = session
        self.site = site
        self._plan = plan
        self.keeps = plan.limit is None and not settings.get("REPLAY_DIR")
        self._known = SeenPages(site)

    def begin(self, *, anew: bool = False) -> tuple[int | None, list[PendingUrl]]:
        """Return when the job began that this run resumes, None for a new one, and what earlier runs have left."""
        if not self.keeps:
            return None, []
        began, waiting = self._session.begin_job(self._plan.job, anew=anew)
        if began is not None:
            self.mark_seen(self._session.known_urls(in_job=True))
        return began, waiting

    def mark_seen(self, urls: Iterable[str]) -> None:
        """Take note of addresses that are not to be asked for when they are found."""
        for url in urls:
            self._known.add(url)

    def schedule(self, requests: Iterable[Request], page: Response | None = None) -> Sequence[Request]:
        """Return the requests, to addresses found at `page`, that are to be made."""
        depth = page.meta.get("depth", 0) + 1 if page else 0
        wanted = [request for request in requests if not self._known or request.url not in self._known]
        if self.keeps:
            self._session.schedule_urls([self._address(request, depth) for request in wanted])
        return wanted

    def hold(self, urls: Iterable[str], depth: int) -> list[str]:
        """Return those of `urls`, so many links away, that may be asked for later, and note them as pages of links."""
        wanted = [url for url in urls if not self._known or url not in self._known]
        if self.keeps:
            self._session.schedule_urls([PendingUrl(url, "listing", depth) for url in wanted])
        return wanted

    def mark_modified(self, modified: Mapping[str, int]) -> None:
        """Note when a sitemap says that pages were changed; a crawl asks for them all, a refresh for these sooner."""
        if self._plan.job == REFRESH_JOB:
            self._session.mark_modified({self.site.first_page(url): moment for url, moment in modified.items()})

    def record_fetch(self, response: Response, kind: str, links: Iterable[str] | None = None) -> None:
        """Note that a page came and what it was; of a listing or sitemap that is kept, also what it links to.

        Without a note of what it links to, a page is asked for whole the next time.
        """
        validators = validators_of(response, digest_of(links)) if links is not None and self.keeps else NO_VALIDATORS
        self._session.record_fetch(response.url, kind=kind, validators=validators, **_fetch_time(response))

    def record_redirect(self, response: Response) -> None:
        """Note where a redirect led, before the page itself is noted."""
        asked = asked_for(response.meta, response.url)
        if asked != response.url:
            if self.keeps:
                request = Request(response.url, meta=response.meta, cb_kwargs=response.cb_kwargs)
                self._session.schedule_urls([self._address(request, response.meta.get("depth", 0))])
            self._session.record_fetch(asked, kind="moved", **_fetch_time(response))

    def record_failure(self, request: Request, error: BaseException) -> None:
        """Note a page that did not come; one that was not asked for at all stays as it is."""
        url = asked_for(request.meta, request.url)
        if isinstance(error, HttpError):
            status = error.response.status
            outcome: Outcome = "gone" if status in _GONE else "blocked" if status in _REFUSED else "failed"
            self._session.record_fetch(url, outcome=outcome, reason=f"HTTP {status}", final=status == 410)
        elif isinstance(error, UnusableResponse):
            self._session.record_fetch(url, outcome=error.drop.outcome, reason=error.drop.reason, kind="no_text")
        elif isinstance(error, Forbidden):
            self._session.record_fetch(url, outcome="blocked", reason="robots.txt")
        elif not isinstance(error, IgnoreRequest):
            self._session.record_fetch(url, outcome="failed", reason=type(error).__name__)

    def complete(self, refused: Iterable[str], waiting: frozenset[str] = frozenset()) -> None:
        """Note that nothing is left to ask for, but for pages of hosts that `refused` and those that are `waiting`."""
        hosts = frozenset(refused)
        self._session.complete(lambda url: url in waiting or (urlsplit(url).hostname or "") in hosts)

    def _address(self, request: Request, depth: int) -> PendingUrl:
        given = request.cb_kwargs.get("given") or self.site.kind(request.url)
        kind = "sitemap" if SITEMAP_META in request.meta else given
        return PendingUrl(request.url, kind, 0 if "depth_reset" in request.meta else depth)


def failure_reason(error: BaseException | None) -> str:
    """Return why a page did not come, as it is counted.

    >>> failure_reason(TimeoutError())
    'Timeout'
    """
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    return type(error).__name__.removesuffix("Error")


def asked_for(meta: Mapping[str, Any], url: str) -> str:
    """Return the address that a request began with, before redirects led it to `url`."""
    return str(meta.get("redirect_urls", [url])[0])


def _fetch_time(response: Response) -> dict[str, int]:
    """Return when a saved page was fetched; other pages were fetched now."""
    saved = response.meta.get("fetched_at")
    return {"fetched": seconds(saved)} if saved else {}
