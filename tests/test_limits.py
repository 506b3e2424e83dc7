"""What one answer may cost: bytes of headers, bytes of body, unpacked bytes, seconds, hops, memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import scrapy
from scrapy.core.downloader.handlers import http11
from twisted.internet.testing import StringTransport
from twisted.web._newclient import HTTP11ClientProtocol, HTTPClientParser
from twisted.web._newclient import Request as TwistedRequest
from twisted.web.http_headers import Headers

from crawler.downloader import limits
from crawler.frontier import sitemaps
from tests import hostile_routes_safety as evil
from tests.deadlines import cpu_deadline
from tests.hostile import Hostile, answer
from tests.live import Live, Ran, peak_mb, site_at

MEGABYTE = 1024 * 1024
MAX_MEMORY_MB = 300
"""MiB that a crawl may take at its peak, whatever it meets."""
PACKED = ("gzip", "br", "zstd", "deflate", "gzip, gzip")


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A process of its own, whose memory is measured."""
    with Live() as crawls:
        yield crawls


@contextmanager
def watched(live: Live) -> Iterator[dict[str, float]]:
    """Measure what the crawls in the block take: `seconds`, and `megabytes` at the peak."""
    live._pool.submit(int).result()
    [pid] = live._pool._processes
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak from here on
    took: dict[str, float] = {}
    start = time.monotonic()
    yield took
    took["seconds"] = time.monotonic() - start
    took["megabytes"] = peak_mb(pid)


def crawl(live: Live, hostile: Hostile, data: Path, *paths: str, **settings: Any) -> tuple[Ran, list[str]]:
    """Crawl these pages and a good one after them; return what came of it and what was asked for, without robots."""
    host = hostile.host()
    ran = live.crawl(site_at(host, start=(*paths, "/d/last.html"), listings=(r"^/",)), data, settings)
    assert [record["url"] for record in ran.records()] == [host.url("/d/last.html")]
    return ran, host.pages()


# Packed bodies


@pytest.mark.matrix(16, "1 GB packed into one answer is dropped, in at most 2 s, and the other pages go on")
@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_is_dropped(live: Live, hostile: Hostile, tmp_path: Path, encoding: str) -> None:
    evil.bomb(encoding, 1024)
    host = hostile.host(bomb=evil.packed(encoding, 1024))
    with watched(live) as took:
        ran = live.crawl(site_at(host, start=("/bomb", "/d/last.html"), listings=(r"^/bomb",)), tmp_path)
    assert ran.stats["limits/unpacked"] == 1
    assert len(ran.records()) == 1
    assert took["megabytes"] < MAX_MEMORY_MB


def test_bombs_one_after_the_other_do_not_add_up(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    starts = [f"/bomb{number}" for number in range(40)]
    for number, start in enumerate(starts):
        host.routes[start] = evil.packed(PACKED[number % len(PACKED)], 1024)
    with watched(live) as took:
        ran = live.crawl(site_at(host, start=(*starts, "/d/last.html"), listings=(r"^/bomb",)), tmp_path)
    assert (ran.stats["limits/unpacked"], len(ran.records())) == (40, 1)
    assert took["megabytes"] < MAX_MEMORY_MB


def test_a_body_packed_many_times_is_not_unpacked(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host(many=lambda ask: answer(b"x", headers={"Content-Encoding": "gzip," * 1000 + "gzip"}))
    ran = live.crawl(site_at(host, start="/many", listings=(r"^/many",)), tmp_path)
    assert ran.stats["limits/unpacked"] == 1


# Headers and bodies without end


@pytest.mark.matrix(17, "headers end at 64 KiB; such an answer is not asked for again")
@pytest.mark.parametrize("path", ["/endless-headers", "/endless-interim-answers", "/many-headers"])
def test_headers_end(live: Live, hostile: Hostile, tmp_path: Path, path: str) -> None:
    with watched(live) as took:
        ran, asked = crawl(live, hostile, tmp_path, path)
    assert (ran.stats["limits/headers"], asked.count(path)) == (1, 1)
    assert ran.stats["pages/failed"] == 1
    assert took["megabytes"] < MAX_MEMORY_MB


def test_one_header_of_fifty_megabytes(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    with watched(live) as took:
        ran, asked = crawl(live, hostile, tmp_path, "/one-long-header")
    assert ran.stats["pages/failed"] == 1
    assert asked.count("/one-long-header") <= 2
    assert took["megabytes"] < MAX_MEMORY_MB


@pytest.mark.matrix(18, "a body ends at 8 MiB")
@pytest.mark.parametrize("path", ["/endless-body", "/endless-chunks", "/long-line"])
def test_bodies_end(live: Live, hostile: Hostile, tmp_path: Path, path: str) -> None:
    with watched(live) as took:
        ran, asked = crawl(live, hostile, tmp_path, path, DOWNLOAD_TIMEOUT=20)
    assert (ran.stats["pages/failed"], asked.count(path)) == (1, 1)
    assert took["megabytes"] < MAX_MEMORY_MB


@pytest.mark.matrix(23, "a try ends in time, body and headers together, after two tries the page is given up")
@pytest.mark.parametrize("path", ["/slow-body", "/slow-headers"])
def test_a_slow_answer_is_given_up(live: Live, hostile: Hostile, tmp_path: Path, path: str) -> None:
    slow, fast = hostile.host(), hostile.host("127.0.0.2")
    fast.routes["/"] = evil.linking(*(f"/d/{number}.html" for number in range(20)))
    site = site_at(slow, fast, start=(path, fast.url("/")), listings=(r"^/",))
    ran = live.crawl(site, tmp_path, {"DOWNLOAD_TIMEOUT": 1.5})
    tries = [ask.at for ask in slow.log if ask.path == path]
    assert len(tries) == 2
    assert 1.4 < tries[1] - tries[0] < 15
    assert ran.stats["pages/failed"] == 1
    assert any(tries[0] < ask.at < tries[1] for ask in fast.log), "the fast host waited for the slow one"
    assert len(ran.records()) == 20


@pytest.mark.long
@pytest.mark.matrix(23, "with the real settings: 20 s a try")
@pytest.mark.parametrize("path", ["/slow-body", "/slow-headers"])
def test_a_slow_answer_takes_twenty_seconds_a_try(
    live: Live, hostile: Hostile, tmp_path: Path, path: str, figure: Callable[[int, str], None]
) -> None:
    slow = hostile.host()
    with watched(live) as took:
        live.crawl(site_at(slow, start=path, listings=(r"^/",)), tmp_path, {"DOWNLOAD_TIMEOUT": 20}, deadline=120)
    first, second = (ask.at for ask in slow.log if ask.path == path)
    assert 19 < second - first < 25
    assert 39 < took["seconds"] < 60
    figure(23, f"two tries of {second - first:.1f} s, {took['seconds']:.0f} s in all")


@pytest.mark.long
@pytest.mark.matrix(16, "the time and memory of bombs")
@pytest.mark.matrix(17, "the time and memory of headers without end")
@pytest.mark.matrix(18, "the time and memory of bodies without end")
def test_what_attacks_cost(live: Live, hostile: Hostile, tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    bombs = hostile.host()
    for number, encoding in enumerate(PACKED * 4):
        evil.bomb(encoding, 1024)
        bombs.routes[f"/bomb{number}"] = evil.packed(encoding, 1024)
    attacks = {
        16: [f"/bomb{number}" for number in range(20)],
        17: ["/endless-headers", "/endless-interim-answers", "/many-headers", "/one-long-header"],
        18: ["/endless-body", "/endless-chunks", "/long-line"],
    }
    for row, paths in attacks.items():
        with watched(live) as took:
            ran = live.crawl(
                site_at(bombs, start=(*paths, f"/d/{row}.html"), listings=(r"^/",)),
                tmp_path / str(row),
                {"DOWNLOAD_TIMEOUT": 20},
            )
        assert len(ran.records()) == 1
        assert took["megabytes"] < MAX_MEMORY_MB
        seconds = took["seconds"] / len(paths)
        figure(row, f"{len(paths)} answers: {seconds:.2f} s each, {took['megabytes']:.0f} MiB at the peak")


# Hops


@pytest.mark.matrix(34, "redirects end after 5 hops, those in a circle at once, and are counted")
@pytest.mark.parametrize(("path", "hops"), [("/self", 1), ("/a", 2), ("/growing", 6), ("/refresh", 1)])
def test_redirects_end(live: Live, hostile: Hostile, tmp_path: Path, path: str, hops: int) -> None:
    host = hostile.host()
    host.routes |= {"/self": evil.moved("/self"), "/a": evil.moved("/b"), "/b": evil.moved("/a")}
    host.routes["/refresh"] = lambda ask: answer('<meta http-equiv="refresh" content="0;url=/refresh">')
    ran = live.crawl(site_at(host, start=(path, "/d/last.html"), listings=(r"^/",)), tmp_path)
    assert len(host.pages()) == hops + 1
    assert ran.stats.get("limits/redirects", 0) == (path != "/refresh")
    assert len(ran.records()) == 1


# Sitemaps


@pytest.mark.matrix(41, "entities in a sitemap are neither read from disk nor unfolded, a packed bomb is dropped")
@pytest.mark.parametrize("kind", ["xxe", "billion laughs", "gzip file", "gzip answer", "huge location"])
def test_a_hostile_sitemap_is_harmless(live: Live, hostile: Hostile, tmp_path: Path, kind: str) -> None:
    host = hostile.host()
    home = host.url("/")
    good = evil.urlset(home, range(1, 2))
    bodies = {
        "xxe": lambda: evil.XXE.replace("{home}", home).encode(),
        "billion laughs": lambda: evil.BILLION.replace("{home}", home).encode(),
        "gzip file": lambda: evil.gzipped(good, 1024),
        "gzip answer": lambda: evil.gzipped(good, 1024),
        "huge location": lambda: good.replace(b"<urlset>", b"<urlset><loc>" + b"x" * 7 * MEGABYTE + b"</loc>"),
    }
    body = bodies[kind]()
    headers = {"Content-Encoding": "gzip"} if kind == "gzip answer" else {}
    host.routes["/map.xml"] = lambda ask: answer(body, headers=headers, kind="application/xml")
    with watched(live) as took:
        ran = live.crawl(site_at(host, start="/d/last.html", sitemaps=(host.url("/map.xml"),)), tmp_path)
    named = set() if kind.startswith("gzip") else {"/d/1.html"}
    assert set(host.pages()) == {"/map.xml", "/d/last.html", *named}
    assert len(ran.records()) == 1 + len(named)
    assert took["megabytes"] < MAX_MEMORY_MB


@pytest.mark.parametrize(
    "body",
    [
        b"<loc>" * 400_000,
        b"<loc " * 400_000,
        b"<loc>" + b" " * 2_000_000,
        b"<loc>" + b"x" * 2_000_000,
        b"<a:" * 600_000,
        b"<loc><![CDATA[" * 140_000,
    ],
    ids=lambda body: body[:14].decode(),
)
def test_any_sitemap_is_read_in_linear_time(body: bytes) -> None:
    with cpu_deadline(6):  # in quadratic time it is an hour
        assert sitemaps.read("http://demo.example/map.xml", body)[:2] == ([], [])


# Memory


def test_more_memory_than_allowed_is_an_error_that_passes() -> None:
    program = (
        "from types import SimpleNamespace as N\n"
        "from scrapy.settings import Settings\n"
        "from crawler.downloader.limits import MemoryCapExtension\n"
        "MemoryCapExtension.from_crawler(N(settings=Settings({'MEMORY_LIMIT_MB': 1024})))\n"
        "try:\n    b'x' * 2 ** 31\nexcept MemoryError:\n    print('lives')"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout == "lives\n", ran.stderr
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != 1024 * MEGABYTE


# The private parts of Scrapy and Twisted that the cap on headers stands on


def test_the_private_parts_are_where_they_were() -> None:
    assert scrapy.__version__.startswith("2.19.")
    assert issubclass(http11._LenientHTTPClientParser, HTTPClientParser)
    assert issubclass(http11._LenientHTTP11ClientProtocol, HTTP11ClientProtocol)
    protocol: Any = limits._Factory(lambda _: None, "").buildProtocol(None)  # type: ignore[no-untyped-call]
    protocol.makeConnection(StringTransport())  # type: ignore[no-untyped-call]
    request = TwistedRequest(b"GET", b"/", Headers({b"Host": [b"a"]}), None)  # type: ignore[no-untyped-call]
    errors: list[Any] = []
    protocol.request(request).addBoth(errors.append)
    assert type(protocol._parser) is limits._Parser
    protocol.dataReceived(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 8_000)
    assert errors == []
    protocol.dataReceived(b"X: y\r\n" * 3_000)
    assert limits._too_long(errors[0].value)
