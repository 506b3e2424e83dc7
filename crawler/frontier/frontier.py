"""What a run asks for: what an earlier run has left, where the site begins, and what is found, each address once."""

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
from crawler.downloader.conditional import answer_of
from crawler.downloader.response_checks import BadAnswer
from crawler.downloader.responses import SITEMAP
from crawler.downloader.robots import Forbidden
from crawler.frontier.plan import Plan
from crawler.frontier.seen import Seen
from crawler.frontier.traps import identity
from pipelines.ledger.urls import Address
from pipelines.ledger.visits import NO_ANSWER, Outcome, digest_of, seconds
from pipelines.session import Session

TAKEN_UP = "rounds/taken_up"
"""The stat that tells when the crawl began that was broken off and that this run goes on with."""
_GONE, _REFUSED = frozenset({404, 410}), frozenset({401, 402, 403, 451})


class Agenda:
    """The addresses of one run of `site`.

    What is found outlives the run in the ledger, so that one that is broken off is taken up by the next, unless the
    run is a sample (`limit`) or a replay.
    """

    def __init__(self, session: Session, site: Site, plan: Plan, settings: BaseSettings) -> None:
        self._session = session
        self._site = site
        self._plan = plan
        self.keeps = plan.limit is None and not settings.get("REPLAY_DIR")
        self._known = Seen()

    def begin(self, *, anew: bool = False) -> tuple[int | None, list[Address]]:
        """Return when the round began that this run takes up, None for a new one, and what earlier runs have left."""
        if not self.keeps:
            return None, []
        began, waiting = self._session.begin(self._plan.task, anew=anew)
        if began is not None:
            self.know(self._session.known(in_round=True))
        return began, waiting

    def know(self, urls: Iterable[str]) -> None:
        """Take note of addresses that are not to be asked for when they are found."""
        self._known.update(map(identity, urls))

    def take(self, requests: Iterable[Request], page: Response | None = None) -> Sequence[Request]:
        """Return the requests, to addresses found at `page`, that are to be made."""
        depth = page.meta.get("depth", 0) + 1 if page else 0
        wanted = [request for request in requests if not self._known or identity(request.url) not in self._known]
        if self.keeps:
            self._session.found([self._address(request, depth) for request in wanted])
        return wanted

    def read(self, response: Response, kind: str, links: Iterable[str] | None = None) -> None:
        """Note that a page came and what it was; of a listing or sitemap that is kept, also what it links to.

        Without a note of what it links to, a page is asked for whole the next time.
        """
        answer = answer_of(response, digest_of(links)) if links is not None and self.keeps else NO_ANSWER
        self._session.visited(response.url, kind=kind, answer=answer, **_time(response))

    def led(self, response: Response) -> None:
        """Note where a redirect led, before the page itself is noted."""
        asked = asked_for(response.meta, response.url)
        if asked != response.url:
            if self.keeps:
                request = Request(response.url, meta=response.meta, cb_kwargs=response.cb_kwargs)
                self._session.found([self._address(request, response.meta.get("depth", 0))])
            self._session.visited(asked, kind="moved", **_time(response))

    def failed(self, request: Request, error: BaseException) -> None:
        """Note a page that did not come; one that was not asked for at all stays as it is."""
        url = asked_for(request.meta, request.url)
        if isinstance(error, HttpError):
            status = error.response.status
            outcome: Outcome = "gone" if status in _GONE else "blocked" if status in _REFUSED else "failed"
            self._session.visited(url, outcome=outcome, reason=f"HTTP {status}", final=status == 410)
        elif isinstance(error, BadAnswer):
            self._session.visited(url, outcome=error.bad.outcome, reason=error.bad.reason, kind="no_text")
        elif isinstance(error, Forbidden):
            self._session.visited(url, outcome="blocked", reason="robots.txt")
        elif not isinstance(error, IgnoreRequest):
            self._session.visited(url, outcome="failed", reason=type(error).__name__)

    def complete(self, refused: Iterable[str]) -> None:
        """Note that nothing is left to ask for, but for pages of hosts that `refused`."""
        hosts = frozenset(refused)
        self._session.complete(lambda url: (urlsplit(url).hostname or "") in hosts)

    def _address(self, request: Request, depth: int) -> Address:
        given = "document" if request.cb_kwargs.get("given") else self._site.kind(request.url)
        kind = "sitemap" if SITEMAP in request.meta else given
        return Address(request.url, kind, 0 if "depth_reset" in request.meta else depth)


def asked_for(meta: Mapping[str, Any], url: str) -> str:
    """Return the address that a request began with, before redirects led it to `url`."""
    return str(meta.get("redirect_urls", [url])[0])


def _time(response: Response) -> dict[str, int]:
    """Return when a saved page was fetched; other pages were fetched now."""
    saved = response.meta.get("fetched_at")
    return {"fetched": seconds(saved)} if saved else {}
