"""`Frontier` knows which addresses a run asks for, each once, and tells the ledger what came of each.

A run that is broken off leaves its addresses there for the next one; a sample and a replay leave nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError

from cleaners.sites import Site
from crawler.downloader.response_checks import UnusableResponse
from crawler.downloader.responses import SITEMAP_META
from crawler.downloader.robots import Forbidden
from crawler.frontier.frontier import Frontier, asked_for
from crawler.frontier.plan import CrawlSpec
from pipelines.drops import Captcha, SoftNotFound
from pipelines.ledger.urls import PendingUrl
from pipelines.session import LedgerSession

SITE = Site(
    name="village",
    title="乡村文库",
    template="unknown",
    domains=("a.example",),
    documents=(r"^/d/\d+$",),
    listings=(r"^/$",),
)
HOME, ONE, TWO = "http://a.example/", "http://a.example/d/1", "http://a.example/d/2"


class Notes:
    """Stands in for the ledger of a crawl: keeps what the frontier tells it."""

    def __init__(self, began: int | None = None, fetched: tuple[str, ...] = ()) -> None:
        self.job = (began, [PendingUrl(TWO, "document", 1)] if began else [])
        self.asked = fetched
        self.scheduled: list[PendingUrl] = []
        self.fetched: dict[str, dict[str, Any]] = {}
        self.keep: Callable[[str], bool] | None = None

    def begin_job(self, task: str, *, anew: bool) -> tuple[int | None, list[PendingUrl]]:
        return self.job

    def known_urls(self, *, in_job: bool) -> tuple[str, ...]:
        return self.asked

    def schedule_urls(self, addresses: list[PendingUrl]) -> None:
        self.scheduled += addresses

    def record_fetch(self, url: str, **facts: Any) -> None:
        self.fetched[url] = facts

    def complete(self, keep: Callable[[str], bool]) -> None:
        self.keep = keep


def frontier(notes: Notes, *, limit: int | None = None, replay: str | None = None) -> Frontier:
    plan = CrawlSpec(site=SITE, urls=(HOME,), limit=limit)
    return Frontier(cast("LedgerSession", notes), SITE, plan, Settings({"REPLAY_DIR": replay}))


def page(url: str = ONE, **meta: Any) -> Response:
    return HtmlResponse(url, headers={"ETag": '"a"'}, request=Request(url, meta=meta))


def test_begin_a_new_job() -> None:
    assert frontier(Notes()).begin() == (None, [])


def test_begin_resumed_gives_what_waits_and_asks_for_nothing_twice() -> None:
    resumed = frontier(Notes(began=1_700_000_000, fetched=(ONE,)))
    assert resumed.begin() == (1_700_000_000, [PendingUrl(TWO, "document", 1)])
    assert [request.url for request in resumed.schedule([Request(ONE), Request(TWO)])] == [TWO]


@pytest.mark.parametrize("kind", [{"limit": 3}, {"replay": "fixtures"}], ids=["sample", "replay"])
def test_begin_a_sample_or_replay_resumes_and_leaves_nothing(kind: dict[str, Any]) -> None:
    notes = Notes(began=1_700_000_000)
    passing = frontier(notes, **kind)
    assert passing.begin() == (None, [])
    assert len(passing.schedule([Request(ONE)])) == 1
    assert notes.scheduled == []


def test_schedule_notes_kind_and_depth() -> None:
    notes = Notes()
    found = [Request(ONE), Request(HOME), Request("http://a.example/map.xml", meta={SITEMAP_META: True})]
    frontier(notes).schedule(found, page(HOME, depth=2))
    assert notes.scheduled == [
        PendingUrl(ONE, "document", 3),
        PendingUrl(HOME, "listing", 3),
        PendingUrl("http://a.example/map.xml", "sitemap", 3),
    ]


def test_schedule_a_seed_and_a_reset_depth_are_at_the_start() -> None:
    notes = Notes()
    frontier(notes).schedule([Request(HOME)])
    frontier(notes).schedule([Request(ONE, meta={"depth_reset": True})], page(HOME, depth=2))
    assert [url.depth for url in notes.scheduled] == [0, 0]


def test_schedule_a_given_address_is_a_document_whatever_it_looks_like() -> None:
    notes = Notes()
    frontier(notes).schedule([Request(HOME, cb_kwargs={"given": "document"})])
    assert notes.scheduled == [PendingUrl(HOME, "document", 0)]


def test_schedule_leaves_out_what_was_seen_in_another_spelling() -> None:
    known = frontier(Notes())
    known.mark_seen(["http://a.example/d/1?a=1&b=2"])
    assert known.schedule([Request("http://a.example/d/1?b=2&a=1"), Request(TWO)])[0].url == TWO


def test_record_fetch_keeps_validators_only_with_the_links_of_a_page() -> None:
    notes = Notes()
    kept = frontier(notes)
    kept.record_fetch(page(HOME), "listing", [ONE, TWO])
    kept.record_fetch(page(ONE), "document")
    assert notes.fetched[HOME]["validators"].etag == '"a"'
    assert notes.fetched[HOME]["validators"].body_sha256
    assert notes.fetched[ONE]["validators"].etag is None, "asked for whole the next time"


def test_record_fetch_of_a_saved_page_has_its_own_time() -> None:
    notes = Notes()
    frontier(notes).record_fetch(page(ONE, fetched_at="2024-03-05T00:00:00Z"), "document")
    assert notes.fetched[ONE]["fetched"] == 1_709_596_800


def test_record_redirect_moves_the_address_that_was_asked_for() -> None:
    notes = Notes()
    frontier(notes).record_redirect(page(TWO, redirect_urls=[ONE], depth=1))
    assert notes.fetched[ONE]["kind"] == "moved"
    assert notes.scheduled == [PendingUrl(TWO, "document", 1)]


def test_record_redirect_of_a_page_that_was_not_redirected_notes_nothing() -> None:
    notes = Notes()
    frontier(notes).record_redirect(page(ONE))
    assert notes.fetched == {}


FAILURES = {
    "not found": (HttpError(Response(ONE, 404)), "gone", False),
    "gone for good": (HttpError(Response(ONE, 410)), "gone", True),
    "refused": (HttpError(Response(ONE, 403)), "blocked", False),
    "broken": (HttpError(Response(ONE, 500)), "failed", False),
    "soft 404": (UnusableResponse(ONE, SoftNotFound), "gone", False),
    "captcha": (UnusableResponse(ONE, Captcha), "blocked", False),
    "robots.txt": (Forbidden(ONE), "blocked", False),
    "no answer": (TimeoutError(), "failed", False),
}


@pytest.mark.parametrize(("error", "outcome", "final"), FAILURES.values(), ids=FAILURES)
def test_record_failure_outcome(error: Exception, outcome: str, final: bool) -> None:
    notes = Notes()
    frontier(notes).record_failure(Request("http://a.example/d/9", meta={"redirect_urls": [ONE]}), error)
    assert notes.fetched[ONE]["outcome"] == outcome
    assert notes.fetched[ONE].get("final", False) is final
    assert notes.fetched[ONE]["reason"]


def test_record_failure_of_a_page_not_asked_for_changes_nothing() -> None:
    notes = Notes()
    frontier(notes).record_failure(Request(ONE), IgnoreRequest())
    assert notes.fetched == {}


def test_complete_keeps_what_refusing_hosts_have() -> None:
    notes = Notes()
    frontier(notes).complete(["b.example"])
    assert notes.keep is not None
    assert notes.keep("http://b.example/d/1")
    assert not notes.keep(ONE)


def test_asked_for_is_the_address_before_all_redirects() -> None:
    assert asked_for({"redirect_urls": [ONE, TWO]}, HOME) == ONE
    assert asked_for({}, HOME) == HOME
