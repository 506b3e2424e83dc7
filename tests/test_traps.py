"""Addresses without end: one document is fetched once, and a trap is left after a while."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings

from cleaners.sites import Site
from crawler.frontier.links import site_links
from crawler.frontier.traps import CanonicalDupeFilter, TrapMiddleware, trap_reason, url_key
from tests import hostile_routes_safety as evil
from tests.hostile import Ask, Host, Hostile, Reply, answer
from tests.live import Live, site_at
from tests.offline import DEMO, crawl, page, save

PAGE = "http://www.demo.example/d/1.html"
MAX_PAGES = 200
"""Requests to one host in one run that a trap may take."""

SAME = [
    "https://www.demo.example/d/1.html",
    "http://demo.example/d/1.html",
    "http://WWW.DEMO.example:80/d/1.html",
    f"{PAGE}#page=2",
    f"{PAGE}?utm_source=a&utm_medium=b&spm=1.2",
    f"{PAGE}?PHPSESSID=0a1b2c3d",
    f"{PAGE}?sid=0a1b2c3d4e5f60718293",
    f"{PAGE};jsessionid=0A1B2C",
    "http://www.demo.example/(S(lit3py55t21z5v55vlm25s55))/d/1.html",
    f"{PAGE}?_=1699999999999",
]
OTHER = [
    "http://m.demo.example/d/1.html",
    "http://www.demo.example:8080/d/1.html",
    "http://www.demo.example/d/2.html",
    f"{PAGE}?id=1",
    f"{PAGE}?sid=12",
    f"{PAGE}?s=%CE%C4",
    f"{PAGE}?s=%CE%C5",
    f"{PAGE}?from=2",
]


@pytest.mark.parametrize("url", SAME)
def test_addresses_of_one_page(url: str) -> None:
    assert url_key(url) == url_key(PAGE)


def test_addresses_of_different_pages() -> None:
    assert len({url_key(url) for url in (PAGE, *OTHER)}) == len(OTHER) + 1
    assert url_key(f"{PAGE}?b=1&a=2") == url_key(f"{PAGE}?a=2&b=1")


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("/?&=;#%()ab1S.-中 ")), max_size=40))
def test_every_request_has_an_identity(rest: str) -> None:
    request = Request(f"http://www.demo.example/{rest}")
    assert url_key(url_key(request.url).join(("http:", ""))) == url_key(request.url)
    once = CanonicalDupeFilter()
    assert [once.request_seen(request), once.request_seen(request)] == [False, True]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.example/d/2024/05/01/1.html?a=1&b=2", None),
        ("http://a.example/" + "x/y/" * 4, "circle"),
        ("http://a.example/list/list/list/list/", "circle"),
        ("http://a.example/?" + "sort=a&" * 4, "circle"),
        ("http://a.example/" + "/".join(map(str, range(13))), "deep"),
        ("http://a.example/?" + "&".join(f"a{number}=1" for number in range(11)), "query"),
    ],
)
def test_a_trap_is_known_by_its_address(url: str, reason: str | None) -> None:
    assert trap_reason(url) == reason


@pytest.mark.matrix(32, "session ids, campaigns, parameter order, http and https, www, fragments: fetched once")
def test_one_document_is_fetched_once(tmp_path: Path) -> None:
    save(tmp_path, "home", "http://www.demo.example/", page(PAGE, *SAME, "http://www.demo.example/d/1.html?b=1&a=2"))
    save(tmp_path, "d1", PAGE, page())
    site = replace(DEMO, documents=(r"/d/\d+\.html",))
    ran = crawl(tmp_path, site)
    assert ran.urls() == [PAGE]
    assert ran.stats["replay/missing"] == 1  # the one with other parameters
    assert ran.stats["dupefilter/filtered"] >= len(SAME) - 1  # a fragment is cut off before


def test_a_redirect_to_nearly_the_same_address_is_followed(tmp_path: Path) -> None:
    target = PAGE.replace("http://www.", "https://").replace(".html", ".html?PHPSESSID=0a1b2c")
    save(tmp_path, "home", "http://www.demo.example/", page(PAGE))
    save(tmp_path, "d1", PAGE, status=301, headers={"Location": target})
    save(tmp_path, "same", target, page())
    site = replace(DEMO, documents=(r"/d/\d+\.html",))
    assert crawl(tmp_path, site).urls() == [target]


# Traps over real sockets


def calendar(host: Host) -> None:
    """Every month leads to the next and to twenty others."""
    for path in ("/", "/list/*"):
        host.routes[path] = lambda ask: answer(
            "".join(f'<a href="/list/{int(ask.target.split("/")[-1] or 0) * 3 + n}">{n}</a>' for n in range(1, 21))
        )


def sessions(host: Host) -> None:
    """Every page gives its documents new addresses."""
    counter = itertools.count(1)

    def home(ask: Ask) -> Reply:
        return answer("".join(f'<a href="/d/{next(counter):x}x/{n}.html">{n}</a>' for n in range(5)))

    def document(ask: Ask) -> Reply:
        links = "".join(f'<a href="/d/{next(counter):x}x/{n}.html">{n}</a>' for n in range(5))
        return answer(evil.document(ask.target.split("/")[-1].removesuffix(".html"), links))

    host.routes |= {"/": home, "/d/*": document}


def growing_path(host: Host) -> None:
    """Relative links that lead one folder deeper each time, by many names."""
    links = "".join(f'<a href="{n}a/">{n}</a>' for n in range(15))
    host.routes |= {"/": evil.moved("/list/"), "/list/*": lambda ask: answer(links)}


@pytest.mark.matrix(33, "a calendar, new session ids, a path that grows: left after at most 200 pages, and reported")
@pytest.mark.parametrize("dig", [calendar, sessions, growing_path])
def test_a_trap_is_left(live: Live, hostile: Hostile, tmp_path: Path, dig: object) -> None:
    host, good = hostile.host(), hostile.host("127.0.0.2")
    dig(host)  # type: ignore[operator]
    good.routes["/"] = evil.linking(*(f"/d/{number}.html" for number in range(100, 110)))
    ran = live.crawl(site_at(host, good, start=(host.url("/"), good.url("/"))), tmp_path)
    assert len(host.pages()) <= MAX_PAGES + 10
    assert MAX_PAGES <= ran.stats[f"traps/left/{host.name}"] <= MAX_PAGES + 2
    assert len(good.pages()) == 11
    assert len(ran.records()) == 10 + (5 if dig is sessions else 0)
    assert ran.summary.exit_code == 3
    assert "pages in a row gave no new document" in "\n".join(ran.summary.alarms)


@pytest.mark.matrix(33, "a sitemap has at most 50,000 addresses; an index that leads to an index is not followed")
def test_sitemaps_end(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    counter = itertools.count(1)
    maps = host.url("/map")
    host.routes["/map*"] = lambda ask: answer(
        evil.index(*(f"{maps}{next(counter)}.xml" for _ in range(3))), kind="application/xml"
    )
    ran = live.crawl(site_at(host, start="/d/last.html", sitemaps=(f"{maps}.xml",)), tmp_path)
    assert len(host.pages()) == 5
    assert ran.stats["sitemaps/refused"] == 9
    assert len(ran.records()) == 1


def test_only_so_many_addresses_of_a_sitemap_count(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    body = evil.urlset(host.url("/"), range(50_001))
    host.routes |= {"/map.xml": lambda ask: answer(body, kind="application/xml"), "/d/*": lambda ask: answer("", 404)}
    site = site_at(host, start="/", sitemaps=(host.url("/map.xml"),), documents=(r"^/d/5\d{4}\.html",))
    ran = live.crawl(site, tmp_path)
    assert host.asked().count("/d/50000.html") == 0
    assert ran.stats["sitemaps/cut"] == 1


def test_only_so_many_sitemaps_are_read(tmp_path: Path) -> None:
    home = "http://www.demo.example/"
    lines = "".join(f"Sitemap: {home}map{number}.xml\n" for number in range(1_100))
    save(tmp_path, "home", home, page())
    (tmp_path / "demo/robots.txt").write_text(lines)
    site = replace(DEMO, sitemaps=(f"{home}robots.txt",))
    ran = crawl(tmp_path, site)
    assert ran.stats["replay/missing"] == 999
    assert ran.stats["sitemaps/refused"] == 101


@pytest.mark.parametrize("host", ["a.example", "www.a.example", "127.0.0.1:8080", "a.example:80", "a.example:443"])
@pytest.mark.parametrize("path", ["/", "/d/1.html", "/d//1_2-3.html", "/d/./1", "/../d", "/D/1."])
def test_a_plain_address_is_read_as_any_other(host: str, path: str) -> None:
    url = f"http://{host}{path}"
    assert url_key(url) == url_key(f"{url}#top") == url_key(f"{url}?")


# Pages of one document


TWINS = Site(
    name="twins",
    title="双生文库",
    domains=("twins.example",),
    documents=(r"^/p-(?P<id>\d+)\.html$", r"^/d-(?P<id>\d+)\.html$", r"^/doc/\d+\.html$"),
    listings=(r"^/$",),
)
"""A site whose previews and downloads have one number, and whose other documents have none that it says."""


def asked(*urls: str) -> list[str]:
    """Return those of `urls` that are asked for, in this order."""
    once = CanonicalDupeFilter(TWINS)
    return [url.removeprefix("http://") for url in urls if not once.request_seen(Request(url))]


def test_pages_of_one_document_are_asked_for_once() -> None:
    preview, mobile = "http://www.twins.example/p-7.html", "http://m.twins.example/p-7.html"
    download, other = "http://twins.example/d-7.html", "http://twins.example/d-8.html"
    assert asked(preview, mobile, download, other) == ["www.twins.example/p-7.html", "twins.example/d-8.html"]


def test_a_page_that_shows_more_of_a_document_is_asked_for_after_one_that_shows_less() -> None:
    download, preview = "http://twins.example/d-7.html", "http://twins.example/p-7.html"
    assert asked(download, preview, download, preview) == ["twins.example/d-7.html", "twins.example/p-7.html"]


def test_desktop_and_mobile_page_of_one_path_are_one() -> None:
    desktop, mobile = "http://www.twins.example/doc/7.html", "http://m.twins.example/doc/7.html"
    assert asked(desktop, mobile, "http://b.twins.example/doc/7.html") == [
        "www.twins.example/doc/7.html",
        "b.twins.example/doc/7.html",
    ]
    assert len(asked("http://www.twins.example/about", "http://m.twins.example/about")) == 2


def test_of_links_to_one_document_the_best_is_followed() -> None:
    found = [f"http://twins.example/{name}" for name in ("d-7.html", "x", "p-8.html", "p-7.html", "d-8.html")]
    assert site_links(TWINS, "http://twins.example/", found) == [
        "http://twins.example/p-7.html",
        "http://twins.example/p-8.html",
    ]


def test_documents_that_are_being_cleaned_are_no_barren_pages() -> None:
    slot = SimpleNamespace(itemproc_size=2)
    crawler: Any = SimpleNamespace(
        settings=Settings({"TRAP_PAGES": 3}),
        engine=SimpleNamespace(scraper=SimpleNamespace(slot=slot)),
        stats=SimpleNamespace(set_value=lambda *_: None),
    )
    traps = TrapMiddleware(crawler)
    asked = Request("http://a.example/d/1", meta={"depth": 1})
    for _ in range(4):
        traps.process_response(asked, Response(asked.url))
    traps.process_request(asked)
    slot.itemproc_size = 1
    with pytest.raises(IgnoreRequest):
        traps.process_request(asked)
