"""Links, plans, and whole crawls of small saved sites."""

from __future__ import annotations

import asyncio
import gzip
import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from cleaners.sites import sites
from crawler.errors import ArgumentError
from crawler.frontier import links, sitemaps
from crawler.frontier.plan import crawl_spec
from crawler.replay.fixture_replay import saved_pages
from crawler.replay.handler import ReplayHandler
from tests.offline import DEMO, FETCHED_AT, crawl, page, save, split

HOME = "http://www.demo.example/"


# Links


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/d/1.html", ["http://www.demo.example/d/1.html"]),
        ("d/1.html", ["http://www.demo.example/d/1.html"]),
        (" /d/1.html#top ", ["http://www.demo.example/d/1.html"]),
        ("//m.demo.example/d/1.html", ["http://m.demo.example/d/1.html"]),
        ("https://demo.example/list/a_2.html", ["https://demo.example/list/a_2.html"]),
        ("/d/1_3.html", ["http://www.demo.example/d/1.html"]),
        ("/about.html", []),
        ("http://other.example/d/1.html", []),
        ("javascript:go('/d/1.html')", []),
        ("mailto:a@demo.example", []),
        ("file://www.demo.example/d/1.html", []),
        ("http://[www.demo.example/d/1.html", []),
        ("/d/1.html?" + "x" * 2100, []),
    ],
)
def test_a_link(href: str, expected: list[str]) -> None:
    assert links.document_links(DEMO, HOME, page(href)) == expected


def test_links_come_in_page_order_once_each() -> None:
    html = page("/d/2.html", "/list/a.html", "/d/1.html", "/d/2.html", "/d/1_2.html")
    assert links.document_links(DEMO, HOME, html) == [f"{HOME}d/2.html", f"{HOME}list/a.html", f"{HOME}d/1.html"]


@pytest.mark.parametrize(
    "prolog", ["", "<?xml version='1.0' encoding='gb2312'?>", "<!DOCTYPE html>\n", "\0", '{"a": "']
)
def test_links_of_odd_pages(prolog: str) -> None:
    html = f"{prolog}<html><body></body></html>\n<a href=/d/1.html>x</a></html>"
    assert links.document_links(DEMO, HOME, html) == [f"{HOME}d/1.html"]


def test_an_empty_page_has_no_links() -> None:
    assert links.document_links(DEMO, HOME, b"") == []


def test_links_of_a_gbk_page_with_a_base_and_a_lying_header() -> None:
    html = '<base href="http://demo.example/list/"><a href="../d/1.html">讲话</a><area href="a.html">'.encode("gbk")
    found = links.document_links(DEMO, HOME, html, "text/html; charset=utf-8")
    assert found == ["http://demo.example/d/1.html", "http://demo.example/list/a.html"]


@pytest.mark.parametrize(
    "base", ['<!--<base href="/list/">-->', '<base href="">', '<base href="about:blank">', '<base target="_top">']
)
def test_a_base_that_is_none(base: str) -> None:
    assert links.page_links(f"{HOME}d/1.html", f'{base}<a href="2.html">x</a>').links == (f"{HOME}d/2.html",)


def test_a_site_without_address_has_its_links_on_the_page_s_own_host() -> None:
    gongxun = sites()["gongxun"]
    assert links.document_links(gongxun, "https://a.example/list", page("/doc/1.html")) == []


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("htp:/.demoxal@#?%[]\\ \t\0中d1_2")), max_size=40))
def test_any_link_found_can_be_requested(href: str) -> None:
    for link in links.document_links(
        DEMO, HOME, f'<a href="{href}">x</a><a href="http://www.demo.example{href}">x</a>'
    ):
        assert DEMO.owns(Request(link).url)


# Sitemaps


def urlset(*targets: str, head: str = "") -> str:
    return f"{head}<urlset>{''.join(f'<url><loc>{HOME}{target}</loc></url>' for target in targets)}</urlset>"


ONE, TWO = [f"{HOME}d/1.html"], [f"{HOME}d/1.html", f"{HOME}d/2.html"]
XML = urlset("d/1.html", "d/2.html", head='<?xml version="1.0"?>\n').encode()
RSS = (
    f"<rss version='2.0'><channel><title>新</title><link>{HOME}d/1.html</link><item><title>甲</title>"
    f"<guid isPermaLink='true'><![CDATA[ {HOME}d/2.html ]]></guid></item></channel></rss>"
)
ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='{HOME}d/1.html'/><entry><link href=\"{HOME}d/2.html\"/></entry></feed>"
SITEMAPS = {
    "xml": XML,
    "xml, namespace": b"<x:urlset xmlns:x='a'><x:url><x:loc> /d/1.html\n</x:loc></x:url><x:url><x:loc>//www.demo.example/d/2.html</x:loc></x:url></x:urlset>",
    "xml, cdata": f"<urlset><url><loc><![CDATA[ {HOME}d/1.html ]]></loc></url><url><loc><![CDATA[{HOME}d/2.html]]></loc></url></urlset>".encode(),
    "xml, byte order mark": b"\xef\xbb\xbf" + XML,
    "xml, UTF-16": XML.decode().encode("utf-16"),
    "xml, UTF-16 without a mark": XML.decode().encode("utf-16-le"),
    "xml, GBK": urlset("d/1.html", "d/2.html", head="<?xml version='1.0' encoding='gbk'?><!-- 网站地图 -->").encode(
        "gbk"
    ),
    "gzip": gzip.compress(XML),
    "gzip, two members": gzip.compress(XML[:60]) + gzip.compress(XML[60:]),
    "gzip, bytes behind": gzip.compress(XML) + b"<!-- cached -->",
    "text": f"\ufeff{HOME}d/1.html\r\n\r\n  {HOME}d/2.html".encode(),
    "text, CR": f"# all\r{HOME}d/1.html\r{HOME}d/2.html\r".encode(),
    "rss": RSS.encode(),
    "atom": ATOM.encode(),
    "page": page("/d/1.html", "/d/2.html").encode(),
}


@pytest.mark.matrix(62, "XML, gzip, text, RSS, Atom, a page; any byte order mark, charset and line end: all are read")
@pytest.mark.parametrize("form", SITEMAPS)
def test_a_sitemap_of_any_form(form: str) -> None:
    assert sitemaps.read(f"{HOME}a.xml", SITEMAPS[form])[:3] == ([], TWO, None)


def test_a_sitemap_index() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemapindex {space}><sitemap><loc>{HOME}more.xml</loc></sitemap></sitemapindex>".encode()
    assert sitemaps.read(f"{HOME}a.xml", index)[:3] == ([f"{HOME}more.xml"], [], None)


@pytest.mark.parametrize("start", ["", "\ufeff", "User-agent: *\rDisallow: /x\r", "\0"])
@pytest.mark.parametrize("word", ["Sitemap:", " sitemap : ", "SITEMAP：", "Sitemap "])
@pytest.mark.parametrize("charset", ["utf-8", "gbk", "utf-16"])
def test_a_sitemap_that_robots_txt_names(start: str, word: str, charset: str) -> None:
    robots = f"{start}{word}/map.xml\nSitemap: http://www.demo.example/b.xml.gz # 地图".encode(charset, "ignore")
    assert sitemaps.read(f"{HOME}robots.txt", robots)[:3] == ([f"{HOME}map.xml", f"{HOME}b.xml.gz"], [], None)


def test_a_sitemap_with_parameters_that_look_like_references() -> None:
    targets = ["d?a=1&copy=2", "d?a=1&amp;section=2", "d?a=1&#38;b=2"]
    assert sitemaps.read(f"{HOME}a.xml", urlset(*targets).encode()).pages == [
        f"{HOME}d?a=1&{rest}" for rest in ("copy=2", "section=2", "b=2")
    ]


def test_a_sitemap_that_is_cut_names_what_came_whole() -> None:
    many = urlset(*(f"d/{number}.html" for number in range(5000)))
    plain = sitemaps.read(f"{HOME}a.xml", many[: len(many) // 2].encode())
    packed = sitemaps.read(f"{HOME}a.xml", gzip.compress(many.encode())[:-10])
    assert 2400 < len(plain.pages) < 2600
    assert len(packed.pages) > 4900
    assert "cut" in str(packed.fault)
    assert all(url.endswith(".html") for url in plain.pages + packed.pages)


@pytest.mark.parametrize("form", ["lines", "xml"])
def test_addresses_at_the_edge_of_a_piece_are_whole(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_CHUNK", 100)
    wanted = [f"{HOME}d/{number}.html" for number in range(300)]
    text = "\n".join(wanted) if form == "lines" else urlset(*(f"d/{number}.html" for number in range(300)))
    assert sitemaps.read(f"{HOME}a.xml", text.encode()).pages == wanted


BOMB = gzip.compress(f"<urlset><url><loc>{HOME}d/1.html</loc></url>{' ' * 2000}</urlset>".encode(), mtime=0)


@pytest.mark.parametrize("body", [b"", b"\x1f\x8bbroken", BOMB, b"<html>no", b"\x00\xff", b'{"code": 404}'])
def test_a_broken_sitemap_names_nothing_and_is_told(body: bytes) -> None:
    found = sitemaps.read(f"{HOME}a.xml", body, 1000)
    assert (found.sitemaps, found.pages) == ([], [])
    assert found.fault


def test_an_empty_sitemap_is_read() -> None:
    assert sitemaps.read(f"{HOME}a.xml", b"<urlset xmlns='a'/>")[:3] == ([], [], None)


DATED = {
    "xml": f"<urlset><url><lastmod>2026-11-02</lastmod><loc>{HOME}d/1.html</loc></url><url><loc>{HOME}d/2.html</loc></url></urlset>",
    "xml, time": f"<urlset>\n<url><loc>{HOME}d/1.html</loc><lastmod>2026-11-01T16:00:00Z</lastmod></url>\n<url><loc>{HOME}d/2.html</loc><lastmod>上周</lastmod></url></urlset>",
    "rss": f"<rss><channel><link>{HOME}</link><item><pubDate>Mon, 02 Nov 2026 00:00:00 +0800</pubDate><link>{HOME}d/1.html</link></item><item><link>{HOME}d/2.html</link></item></channel></rss>",
    "atom": f"<feed><updated>2026-11-03</updated><link href='{HOME}'/><entry><link href='{HOME}d/1.html'/><updated>2026-11-02 00:00:00+08:00</updated></entry><entry><link href='{HOME}d/2.html'/></entry></feed>",
    "index": f"<sitemapindex><sitemap><loc>{HOME}d/1.html</loc><lastmod><![CDATA[ 2026-11-02 ]]></lastmod></sitemap></sitemapindex>",
}


@pytest.mark.parametrize("chunk", [50, 65536])
@pytest.mark.parametrize("form", DATED)
def test_a_sitemap_says_when_pages_were_changed(form: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_CHUNK", chunk)
    modified = dict(sitemaps.read(f"{HOME}a.xml", DATED[form].encode()).modified)
    assert (modified.pop(HOME, None) is not None) == (form == "atom")
    assert modified == {f"{HOME}d/1.html": datetime(2026, 11, 1, 16, tzinfo=UTC).timestamp()}


@pytest.mark.parametrize(("same", "believed"), [(40, 0), (30, 60), (0, 60)])
def test_dates_of_the_day_a_sitemap_was_made_are_no_dates_of_pages(same: int, believed: int) -> None:
    days = ["2026-11-28"] * same + [f"2026-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(60 - same)]
    entries = "".join(
        f"<url><loc>{HOME}d/{n}.html</loc><lastmod>{day}T10:00:{n:02}+08:00</lastmod></url>"
        for n, day in enumerate(days)
    )
    found = sitemaps.read(f"{HOME}a.xml", f"<urlset>{entries}</urlset>".encode())
    assert (len(found.pages), len(found.modified)) == (60, believed)


# Plans


def test_plan_of_a_category() -> None:
    assert crawl_spec(DEMO).urls == (HOME,)
    assert crawl_spec(DEMO, category="a").urls == (f"{HOME}list/a.html",)
    assert crawl_spec(DEMO, category="x/../y").urls == (f"{HOME}list/x%2F..%2Fy.html",)
    assert crawl_spec(DEMO, limit="3").limit == 3


def test_plan_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"\ufeff# mine\n\n{HOME}d/7_2.html\n{HOME}odd\n{HOME}odd\n{HOME}list/a.html\n", encoding="utf-8")
    found = crawl_spec(DEMO, urls=str(file))
    assert found.urls == (f"{HOME}d/7.html", f"{HOME}odd", f"{HOME}list/a.html")
    assert found.documents == {f"{HOME}d/7.html", f"{HOME}odd"}
    assert not found.follow


def test_a_site_without_address_gets_its_hosts_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("https://gong.example/doc/1\nhttp://b.example:8080/2\n", encoding="utf-8")
    assert crawl_spec(sites()["gongxun"], urls=str(file)).site.domains == ("gong.example", "b.example:8080")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"limit": "0"}, "limit=0"),
        ({"limit": "-1"}, "limit=-1"),
        ({"limit": "²"}, "limit=²"),
        ({"urls": "/nowhere/at/all"}, "cannot read /nowhere/at/all"),
        ({"urls": "x", "category": "a"}, "not both"),
        ({"lmit": "3"}, "-a lmit="),
    ],
)
def test_bad_arguments(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        crawl_spec(DEMO, **arguments)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ftp://www.demo.example/", "no http or https address"),
        ("www.demo.example/d/1.html", "no http or https address"),
        ("http://www.demo.example/a b", "no http or https address"),
        ("http://[::1/", "no http or https address"),
        ("http://user@www.demo.example/", "no http or https address"),
        ("http://other.example/", "not on a host of demo"),
    ],
)
def test_a_bad_line_names_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "urls.txt"
    file.write_text(f"{HOME}d/1.html\n# comment\n{line}\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match=rf"urls\.txt:3: .*{message}"):
        crawl_spec(DEMO, urls=str(file))


def test_a_file_without_addresses_or_in_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match="names no address"):
        crawl_spec(DEMO, urls=str(file))
    file.write_bytes("# 中文".encode("gbk"))
    with pytest.raises(ArgumentError, match="not UTF-8"):
        crawl_spec(DEMO, urls=str(file))


# Whole crawls


def test_from_the_start_page_over_paging_to_documents(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/list/a.html", "/d/1.html", "/about.html"))
    save(tmp_path, "list", f"{HOME}list/a.html", page("/d/2.html", "/d/1.html", "/list/a_2.html"))
    save(tmp_path, "list2", f"{HOME}list/a_2.html", page("/d/3.html", "/list/a.html", "/"))
    for number in (1, 2, 3):
        save(tmp_path, f"d{number}", f"{HOME}d/{number}.html", page("/d/1.html", "/d/4.html", text=str(number)))
    ran = crawl(tmp_path)
    assert ran.urls() == [f"{HOME}d/1.html", f"{HOME}d/2.html", f"{HOME}d/3.html"]
    assert ran.stats["pages/fetched"] == 6
    assert ran.stats["replay/missing"] == 1  # d/4.html, linked three times, asked for once
    first = ran.items[0]
    assert (first.site, first.fetched_at, first.page.source) == ("demo", FETCHED_AT, "demo")
    assert first.page.body == (tmp_path / "demo/d1/page.html").read_bytes()
    assert first.page.content_type == "text/html"
    assert (first.page.parts, first.page.missing_parts) == ((), 0)


def test_limit_and_category(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/list/a.html"))
    save(tmp_path, "list", f"{HOME}list/b.html", page(*(f"/d/{number}.html" for number in range(1, 6))))
    for number in range(1, 6):
        save(tmp_path, f"d{number}", f"{HOME}d/{number}.html", page(text=str(number)))
    ran = crawl(tmp_path, category="b", limit="2")
    assert ran.urls() == [f"{HOME}d/1.html", f"{HOME}d/2.html"]
    assert ran.stats["finish_reason"] == "limit"


def test_a_file_of_addresses_and_nothing_else(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/9.html"))
    save(tmp_path, "odd", f"{HOME}odd?x=1", page("/d/2.html", "/"))
    save(tmp_path, "d2", f"{HOME}d/2.html", page())
    file = tmp_path / "urls.txt"
    save(tmp_path, "moved", f"{HOME}moved", status=302, headers={"Location": "/"})
    file.write_text(f"{HOME}odd?x=1\n{HOME}moved\n", encoding="utf-8")
    ran = crawl(tmp_path, urls=str(file))
    assert ran.urls() == [f"{HOME}odd?x=1"]
    assert ran.stats["pages/astray"] == 1


def test_a_site_without_address_replays_what_is_saved(tmp_path: Path) -> None:
    gongxun = sites()["gongxun"]
    save(tmp_path, "a", "https://gong.example/doc/1.html", page("/doc/2.html", "https://else.example/"), site="gongxun")
    save(tmp_path, "b", "https://gong.example/x?id=2", page(), site="gongxun")
    listing = save(tmp_path, "list", "https://gong.example/list", page("/doc/1.html"), site="gongxun")
    (listing / "expected.json").write_text('{"links": []}', encoding="utf-8")
    ran = crawl(tmp_path, gongxun)
    assert ran.urls() == ["https://gong.example/doc/1.html", "https://gong.example/x?id=2"]


def test_a_sitemap_leads_to_documents(tmp_path: Path) -> None:
    site = replace(DEMO, sitemaps=(f"{HOME}robots.txt",))
    save(tmp_path, "home", HOME, page())
    (tmp_path / "demo/robots.txt").write_text(
        f"User-agent: *\nSitemap: {HOME}map.xml\nSitemap: http://other.example/m.xml"
    )
    addresses = (
        f"<urlset><url><loc>{HOME}d/1.html</loc></url><url><loc>http://other.example/d/2.html</loc></url></urlset>"
    )
    save(tmp_path, "map", f"{HOME}map.xml", addresses, headers={"Content-Type": "application/xml"})
    save(tmp_path, "d1", f"{HOME}d/1.html", page())
    ran = crawl(tmp_path, site)
    assert ran.urls() == [f"{HOME}d/1.html"]
    assert "replay/missing" not in ran.stats
    assert "offsite/filtered" not in ran.stats


def test_robots_are_obeyed(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/1.html", "/d/2.html"))
    save(tmp_path, "d1", f"{HOME}d/1.html", page())
    save(tmp_path, "d2", f"{HOME}d/2.html", page())
    robots = tmp_path / "demo/robots.txt"
    robots.write_text("User-agent: *\nAllow: /\n\nUser-agent: wenqing\nDisallow: /d/1\n")
    ran = crawl(tmp_path)
    assert ran.urls() == [f"{HOME}d/2.html"]
    assert ran.stats["robotstxt/forbidden"] == 1
    robots.write_text("User-agent: *\nDisallow: /\n")
    assert crawl(tmp_path).stats.get("pages/fetched", 0) == 0


class SlowRobots(ReplayHandler):
    """Takes its time to answer for robots.txt, so that requests pile up behind it."""

    async def download_request(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            await asyncio.sleep(0.1)
        return await super().download_request(request)


def test_robots_are_obeyed_by_requests_that_wait_for_them_together(tmp_path: Path) -> None:
    for number in range(1, 7):
        save(tmp_path, f"d{number}", f"{HOME}d/{number}.html", page())
    (tmp_path / "demo/robots.txt").write_text("User-agent: *\nDisallow: /d/5\n")
    file = tmp_path / "urls.txt"
    file.write_text("".join(f"{HOME}d/{number}.html\n" for number in range(1, 7)), encoding="utf-8")
    ran = crawl(tmp_path, settings={"DOWNLOAD_HANDLERS": {"http": SlowRobots}}, urls=str(file))
    assert sorted(ran.urls()) == [f"{HOME}d/{number}.html" for number in (1, 2, 3, 4, 6)]
    assert ran.stats["robotstxt/forbidden"] == 1


class ServerError(ReplayHandler):
    """Answers robots.txt with a server error."""

    async def download_request(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=503, body=b"User-agent: *\nAllow: /")
        return await super().download_request(request)


class NoAnswer(ReplayHandler):
    """Gives no answer to robots.txt."""

    async def download_request(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            raise TimeoutError
        return await super().download_request(request)


class LedAstray(ReplayHandler):
    """Redirects robots.txt to another site."""

    async def download_request(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=302, headers={"Location": "http://other.example/robots.txt"})
        return await super().download_request(request)


@pytest.mark.parametrize("handler", [ServerError, NoAnswer, LedAstray])
def test_nothing_is_fetched_where_robots_are_unreachable(
    tmp_path: Path, handler: type[ReplayHandler], caplog: pytest.LogCaptureFixture
) -> None:
    save(tmp_path, "home", HOME, page("/d/1.html"))
    ran = crawl(tmp_path, settings={"DOWNLOAD_HANDLERS": {"http": handler, "https": handler}})
    assert ran.stats.get("pages/fetched", 0) == 0
    assert "hosts/closed/www.demo.example" in ran.stats
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(
    "target",
    ["http://other.example/", "http://www.demo.example.evil.example/", "http://127.0.0.1/", "http://2130706433/"],
)
def test_a_start_page_is_not_followed_off_the_site(tmp_path: Path, target: str) -> None:
    save(tmp_path, "home", HOME, status=302, headers={"Location": target})
    save(tmp_path, "other", target, page(f"{HOME}d/1.html"))
    ran = crawl(tmp_path)
    assert ran.stats.get("pages/fetched", 0) == 0
    assert ran.stats["offsite/filtered"] == 1


class FailsOnce(ReplayHandler):
    """Fails the first time with an error that is tried again."""

    async def download_request(self, request: Request) -> Response:
        if "retry_times" not in request.meta and request.url == HOME:
            return Response(request.url, status=500)
        return await super().download_request(request)


def test_a_retried_request_is_not_followed_off_the_site_either(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, status=302, headers={"Location": "http://other.example/"})
    save(tmp_path, "other", "http://other.example/", page(f"{HOME}d/1.html"))
    ran = crawl(tmp_path, settings={"DOWNLOAD_HANDLERS": {"http": FailsOnce}})
    assert ran.stats["retry/count"] == 1
    assert ran.stats.get("pages/fetched", 0) == 0
    assert ran.stats["offsite/filtered"] == 1


def test_a_redirect_on_the_site_is_followed_and_judged_by_where_it_led(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/1.html", "/d/2.html", "/d/3.html"))
    save(tmp_path, "d1", f"{HOME}d/1.html", status=301, headers={"Location": "http://m.demo.example/d/1.html"})
    save(tmp_path, "m1", "http://m.demo.example/d/1.html", page())
    save(tmp_path, "d2", f"{HOME}d/2.html", status=302, headers={"Location": "/login.html"})
    save(tmp_path, "login", f"{HOME}login.html", page())
    save(tmp_path, "d3", f"{HOME}d/3.html", page(), status=404)
    ran = crawl(tmp_path)
    assert ran.urls() == ["http://m.demo.example/d/1.html"]
    assert (ran.stats["pages/astray"], ran.stats["pages/failed"]) == (1, 1)


def test_no_errors_in_the_log_for_pages_that_are_not_saved(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save(tmp_path, "home", HOME, page("/d/1.html", "/list/x.html"))
    ran = crawl(tmp_path)
    assert ran.stats["replay/missing"] == 2
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


# Split documents


def test_parts_are_joined_in_order(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/7_3.html", "/d/7.html"))
    parts = {2: page("/d/7.html", "/d/7_3.html", text="二"), 3: page("/d/7_2.html", text="三")}
    split(tmp_path, parts, page("/d/7_2.html", text="一"))
    ran = crawl(tmp_path)
    [item] = ran.items
    assert item.page.url == f"{HOME}d/7.html"
    assert [part.url for part in item.page.parts] == [f"{HOME}d/7_2.html", f"{HOME}d/7_3.html"]
    assert [part.body for part in item.page.parts] == [parts[2].encode(), parts[3].encode()]
    assert item.page.missing_parts == 0
    assert ran.stats["pages/fetched"] == 4


def test_a_direct_hit_on_a_part_leads_to_the_first_page(tmp_path: Path) -> None:
    split(tmp_path, {2: page("/d/7.html", text="二")}, page("/d/7_2.html", text="一"))
    file = tmp_path / "urls.txt"
    file.write_text(f"{HOME}d/7_2.html\n", encoding="utf-8")
    [item] = crawl(tmp_path, urls=str(file)).items
    assert (item.page.url, len(item.page.parts)) == (f"{HOME}d/7.html", 1)


@pytest.mark.parametrize(
    ("parts", "first", "came", "missing"),
    [
        pytest.param({3: page(text="三")}, ("/d/7_2.html", "/d/7_3.html"), [3], 1, id="not saved"),
        pytest.param({2: page("/d/7_9.html", text="二")}, ("/d/7_2.html",), [2], 7, id="the last one linked only"),
        pytest.param({2: page("/d/7_2.html", text="一")}, ("/d/7_2.html",), [], 1, id="the first page again"),
        pytest.param({2: page(text="二"), 3: page(text="二")}, ("/d/7_2.html", "/d/7_3.html"), [2], 1, id="a repeat"),
        pytest.param({2: page("/d/7_2.html", "/d/7.html", text="二")}, ("/d/7_2.html",), [2], 0, id="a ring"),
        pytest.param({}, ("/d/8_2.html", "/d/7_1.html"), [], 0, id="another document's part"),
    ],
)
def test_missing_parts_are_counted(
    tmp_path: Path, parts: dict[int, str], first: tuple[str, ...], came: list[int], missing: int
) -> None:
    save(tmp_path, "home", HOME, page("/d/7.html"))
    split(tmp_path, parts, page(*first, text="一"))
    item = next(item for item in crawl(tmp_path).items if item.page.url == f"{HOME}d/7.html")
    assert [part.url for part in item.page.parts] == [f"{HOME}d/7_{number}.html" for number in came]
    assert item.page.missing_parts == missing


@pytest.mark.parametrize(
    "facts",
    [
        {"status": 404},
        {"status": 302, "headers": {"Location": "http://other.example/d/7_2.html"}},
        {"status": 302, "headers": {"Location": "/d/7.html"}},
        {"status": 302, "headers": {"Location": "/d/8_2.html"}},
        {"status": 302, "headers": {"Location": "/login.html"}},
        {"status": 302, "headers": {"Location": "/d/7_2.html"}},
    ],
    ids=["gone", "off the site", "to the first page", "to another document", "to a login page", "to itself for ever"],
)
def test_a_part_that_fails_is_missing(tmp_path: Path, facts: dict[str, Any]) -> None:
    save(tmp_path, "home", HOME, page("/d/7.html"))
    save(tmp_path, "d7", f"{HOME}d/7.html", page("/d/7_2.html", "/d/7_3.html", text="一"))
    save(tmp_path, "d7_2", f"{HOME}d/7_2.html", page(text="二"), **facts)
    save(tmp_path, "d7_3", f"{HOME}d/7_3.html", page(text="三"))
    save(tmp_path, "d8_2", f"{HOME}d/8_2.html", page(text="八"))
    save(tmp_path, "login", f"{HOME}login.html", page(text="登录"))
    [item] = crawl(tmp_path).items
    assert [part.url for part in item.page.parts] == [f"{HOME}d/7_3.html"]
    assert item.page.missing_parts == 1


def test_a_part_that_robots_forbid_is_missing(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/7.html"))
    split(tmp_path, {2: page(text="二")}, page("/d/7_2.html", text="一"))
    (tmp_path / "demo/robots.txt").write_text("User-agent: *\nDisallow: /d/7_\n")
    [item] = crawl(tmp_path).items
    assert (item.page.parts, item.page.missing_parts) == ((), 1)


def test_no_more_than_fifty_pages_of_one_document(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/7.html"))
    parts = {number: page(f"/d/7_{number + 1}.html", text=str(number)) for number in range(2, 60)}
    split(tmp_path, parts, page("/d/7_2.html", text="1"))
    [item] = crawl(tmp_path).items
    assert (len(item.page.parts), item.page.missing_parts) == (49, 1)


def test_a_split_document_is_not_cut_by_the_depth_limit(tmp_path: Path) -> None:
    save(tmp_path, "home", HOME, page("/d/7.html"))
    parts = {number: page(f"/d/7_{number + 1}.html", text=str(number)) for number in range(2, 12)}
    split(tmp_path, parts, page("/d/7_2.html", text="1"))
    [item] = crawl(tmp_path, settings={"DEPTH_LIMIT": 2}).items
    assert len(item.page.parts) == 10


# Saved pages


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ("{", "Expecting"),
        ('{"url": "http://www.demo.example/"}', "'fetched_at' is missing"),
        ('{"url": "http://a/", "fetched_at": "x", "status": "many"}', "many"),
        ('{"url": "http://a/", "fetched_at": "x", "parts": [{"url": "b", "file": "../../secret"}]}', "no file"),
        ("[]", "list"),
    ],
)
def test_a_meta_json_without_sense_is_named(tmp_path: Path, meta: str, message: str) -> None:
    folder = save(tmp_path, "home", HOME)
    (folder / "meta.json").write_text(meta)
    with pytest.raises(ArgumentError, match=rf"home/meta\.json: .*{message}"):
        saved_pages(tmp_path / "demo")


def test_one_address_saved_twice_is_refused(tmp_path: Path) -> None:
    save(tmp_path, "a", HOME)
    save(tmp_path, "b", f"{HOME}#x")
    with pytest.raises(ArgumentError, match=r"b/meta\.json: .* is saved in .*demo/a too"):
        saved_pages(tmp_path / "demo")


def test_a_dump_without_page_is_no_saved_page(tmp_path: Path) -> None:
    (save(tmp_path, "dump", HOME) / "page.html").unlink()
    assert saved_pages(tmp_path / "demo") == {}
