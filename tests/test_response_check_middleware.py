"""`ResponseCheckMiddleware` lets pass only answers that can be a page; whole crawls are in test_response_checks.py.

It tells the politeness of block pages, and raises the alarm when a site's document pages stop giving documents.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.sites import Site
from crawler.downloader.daily_budget import HostBudgets
from crawler.downloader.hosts import MAX_BLOCK_PAGES, HostStates, PolitenessPolicy
from crawler.downloader.limits import BoundedDecompressionMiddleware
from crawler.downloader.politeness import PolitenessMiddleware
from crawler.downloader.response_checks import (
    DRIFT_STAT,
    DRIFT_WINDOW,
    MAX_WITHOUT,
    ResponseCheckMiddleware,
    UnusableResponse,
)
from crawler.downloader.responses import SITEMAP_META
from crawler.downloader.robots import ROBOTS_META
from pipelines.drops import BadPage, Captcha, Challenge, Cut, Duplicate, NotStored, OtherKind, SoftNotFound
from pipelines.items import CleanedPage

URL = "http://a.example/d/1"
SITE = Site(name="village", title="乡村文库", template="unknown", domains=("a.example",), documents=(r"^/d/\d+$",))
GOOD = (
    b"<html><head><title>t</title></head><body><p>"
    + "种子已经到齐，由农技站分送到户。".encode()
    + b"</p></body></html>"
)
CAPTCHA = "<html><head><title>安全验证</title></head><body>请输入验证码<input name=code></body></html>".encode()
POLICY = PolitenessPolicy(min_delay=3, delay_factor=5, time_scale=1, max_requests_per_day=99, max_bytes_per_day=10**9)


class Stats(dict[str, Any]):
    """Stands in for the stats of a crawl."""

    def inc_value(self, name: str, count: int = 1) -> None:
        self[name] = self.get(name, 0) + count

    set_value = dict.__setitem__


class Crawl:
    """A crawl with nothing but what the middleware asks of it."""

    def __init__(self) -> None:
        self.stats = Stats()
        self.settings = Settings({"RETRY_TIMES": 1})
        self.spider = SimpleNamespace(site=SITE, crawler=self)
        self.spidercls = SimpleNamespace(name=SITE.name, site=SITE)
        self.hosts = HostStates(POLICY, HostBudgets())
        self.checks = ResponseCheckMiddleware(cast("Crawler", self))
        self._polite = PolitenessMiddleware(cast("Crawler", self), self.hosts)

    def get_downloader_middleware(self, _: type) -> PolitenessMiddleware:
        return self._polite

    def check(
        self,
        body: bytes = GOOD,
        status: int = 200,
        *,
        kind: str = "text/html",
        flags: tuple[str, ...] = (),
        meta: dict[str, Any] | None = None,
    ) -> Request | Response:
        """Return what becomes of an answer."""
        response = HtmlResponse(URL, status, headers={"Content-Type": kind}, body=body, flags=list(flags))
        return self.checks.process_response(Request(URL, meta=meta), response)

    def refused(self, body: bytes = GOOD, status: int = 200, **more: Any) -> type[BadPage]:
        """Return why an answer is refused."""
        with pytest.raises(UnusableResponse) as refusal:
            self.check(body, status, **more)
        return refusal.value.drop


@pytest.fixture
def crawl() -> Crawl:
    return Crawl()


def cleaned() -> CleanedPage:
    return CleanedPage(document=clean(Page(body=GOOD, url=URL)), site="village", fetched_at="2024-03-05T00:00:00Z")


def test_a_good_page_passes(crawl: Crawl) -> None:
    answer = crawl.check()
    assert isinstance(answer, Response)
    assert answer.status == 200
    assert crawl.stats == {}


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_status_is_left_to_others(crawl: Crawl, status: int) -> None:
    assert isinstance(crawl.check(CAPTCHA, status), Response)


def test_robots_txt_is_no_page(crawl: Crawl) -> None:
    assert isinstance(crawl.check(CAPTCHA, meta={ROBOTS_META: True}), Response)


@pytest.mark.parametrize("status", [412, 521])
def test_a_challenge_by_its_status(crawl: Crawl, status: int) -> None:
    assert crawl.refused(status=status) is Challenge
    assert crawl.stats["pages/bad/Challenge"] == 1


def test_a_cut_answer_is_asked_for_once_more(crawl: Crawl) -> None:
    again = crawl.check(flags=("cut",))
    assert isinstance(again, Request)
    assert again.url == URL
    assert crawl.refused(flags=("cut",), meta={"retry_times": 1}) is Cut


def test_another_kind_of_file(crawl: Crawl) -> None:
    assert crawl.refused(b"%PDF-1.7 " * 20) is OtherKind
    assert crawl.refused(kind="application/pdf") is OtherKind
    assert isinstance(crawl.check(b"<urlset/>", kind="application/x-gzip", meta={SITEMAP_META: True}), Response)


def test_block_pages_in_a_row_close_the_host(crawl: Crawl) -> None:
    for _ in range(MAX_BLOCK_PAGES):
        assert crawl.hosts.refusal("a.example") is None
        assert crawl.refused(CAPTCHA) is Captcha
    assert crawl.hosts.refusal("a.example")


def test_a_stored_page_between_keeps_the_host_open(crawl: Crawl) -> None:
    for _ in range(MAX_BLOCK_PAGES):
        crawl.refused(CAPTCHA)
        crawl.checks.stored(cleaned())
    assert crawl.hosts.refusal("a.example") is None


def test_a_block_page_found_by_a_pipeline_counts_for_the_host(crawl: Crawl) -> None:
    for _ in range(MAX_BLOCK_PAGES):
        crawl.checks.dropped(cleaned(), Captcha(URL))
    assert crawl.hosts.refusal("a.example")


def test_drift_alarm_when_too_many_pages_give_no_document(crawl: Crawl) -> None:
    for _ in range(MAX_WITHOUT):
        crawl.checks.dropped(cleaned(), SoftNotFound(URL))
    assert DRIFT_STAT not in crawl.stats
    crawl.refused(b"%PDF-1.7 " * 20)
    assert f"{MAX_WITHOUT + 1} of the last {MAX_WITHOUT + 1}" in crawl.stats[DRIFT_STAT]
    assert "10 not found, 1 another kind of file" in crawl.stats[DRIFT_STAT]


def test_drift_forgets_what_is_older_than_its_window(crawl: Crawl) -> None:
    for _ in range(MAX_WITHOUT):
        crawl.checks.dropped(cleaned(), SoftNotFound(URL))
    for _ in range(DRIFT_WINDOW - MAX_WITHOUT + 1):
        crawl.checks.stored(cleaned())
    crawl.checks.dropped(cleaned(), SoftNotFound(URL))
    assert DRIFT_STAT not in crawl.stats


@pytest.mark.parametrize("drop", [Duplicate(URL), NotStored(URL)], ids=["known text", "ledger closed"])
def test_drift_does_not_count_what_is_no_fault_of_the_site(crawl: Crawl, drop: Exception) -> None:
    for _ in range(MAX_WITHOUT + 1):
        crawl.checks.dropped(cleaned(), drop)
    assert DRIFT_STAT not in crawl.stats


@pytest.mark.parametrize(("body", "flags"), [(b"\x1f\x8b\x08\0cut", ["cut"]), (b"", [])], ids=["broken", "empty"])
def test_a_packed_body_that_is_not_whole_is_marked(body: bytes, flags: list[str]) -> None:
    response = Response(URL, headers={"Content-Encoding": "gzip"}, body=body)
    middleware = BoundedDecompressionMiddleware.from_crawler(get_crawler())
    assert middleware.process_response(Request(URL), response).flags == flags
