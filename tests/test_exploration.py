"""Exploring: documents are found on pages that no pattern knows, the nearest first, and traps are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from cleaners.sites import Site
from crawler.frontier.exploration import no_listing
from crawler.frontier.plan import crawl_spec
from crawler.frontier.shapes import shape_of
from tests.hostile import Ask, Hostile, answer
from tests.library import document_page, text_of
from tests.live import Live, site_at
from tests.offline import Ran, crawl, page, save

HOME = "http://www.demo.example/"
SITE = Site(
    name="demo",
    title="示范文库",
    template="demo",
    domains=("demo.example",),
    start=(HOME,),
    documents=(r"^/doc/\d+\.html$",),
    explore=True,
)


def explore(directory: Path, pages: Mapping[str, Iterable[str]], site: Site = SITE, **settings: int) -> Ran:
    """Crawl a site of these pages and their links; documents are there whether they are listed or not."""
    linked = {link for links in pages.values() for link in links if site.kind(f"{HOME}{link[1:]}") == "document"}
    for number, (path, links) in enumerate({**dict.fromkeys(linked, ()), **pages}.items()):
        save(directory, f"page{number}", path if "://" in path else f"{HOME}{path[1:]}", page(*links))
    return crawl(directory, site, settings)


def documents(*numbers: int) -> list[str]:
    return [f"/doc/{number}.html" for number in numbers]


def asked(ran: Ran) -> int:
    return int(ran.stats["pages/fetched"] + ran.stats.get("replay/missing", 0))


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("http://a.example/", "/"),
        ("http://a.example/list/12-3.html", "/list/9-9.html"),
        ("http://a.example/zuowen/gaokao/", "/zuowen/w/"),
        ("http://a.example/a/Gbz0f32yjr4r.html", "/a/x.html"),
        ("http://a.example/%BD%B2%BB%B0/3.html", "/w/9.html"),
        ("http://a.example/?cid=7&page=2", "/?cid=9&page=9"),
        ("http://a.example/list.asp?page=2&cid=7", "/w.asp?cid=9&page=9"),
        ("http://a.example/index.php?c=list&catid=5", "/w.php?c=list&catid=9"),
    ],
)
def test_a_shape_is_what_pages_of_one_kind_share(url: str, shape: str) -> None:
    assert shape_of(url) == shape


@pytest.mark.parametrize("target", ["login.html", "user/register", "a.zip", "list?order=1", "?do=search", "list?px=2"])
def test_what_is_no_page_of_links_is_not_explored(target: str) -> None:
    assert no_listing(f"{HOME}{target}")


@pytest.mark.parametrize("target", ["", "zuowen/", "list-3-2.html", "index.php?c=list&id=3", "about.html", "%CE%C4/"])
def test_what_may_be_a_page_of_links_is_explored(target: str) -> None:
    assert no_listing(f"{HOME}{target}") is None


def test_exploring_needs_the_documents_addresses() -> None:
    with pytest.raises(ValueError, match="explore"):
        Site(name="a", title="甲", template="a", explore=True)


def test_documents_are_found_behind_pages_that_no_pattern_knows(tmp_path: Path) -> None:
    pages = {
        "/": ["/fanwen/", "/about.html", "http://other.example/fanwen/"],
        "/about.html": ["/"],
        "/fanwen/": ["/fanwen/list_2.html", *documents(1, 2)],
        "/fanwen/list_2.html": ["/fanwen/list_3.html", *documents(3)],
        "/fanwen/list_3.html": documents(4),
    }
    ran = explore(tmp_path, pages)
    assert sorted(ran.urls()) == [f"{HOME}doc/{number}.html" for number in (1, 2, 3, 4)]
    assert (ran.stats["explore/pages"], ran.stats["explore/led"], ran.stats["explore/found"]) == (5, 3, 4)


def test_without_the_word_only_known_addresses_are_asked_for(tmp_path: Path) -> None:
    site = Site(**{**{name: getattr(SITE, name) for name in SITE.__slots__}, "explore": False, "listings": (r"^/$",)})
    ran = explore(tmp_path, {"/": ["/fanwen/"], "/fanwen/": documents(1)}, site)
    assert ran.urls() == []
    assert ran.stats["pages/fetched"] == 1


def test_paging_without_end_is_followed_as_long_as_it_gives_documents(tmp_path: Path) -> None:
    lists = {f"/list_{n}.html": [f"/list_{n + 1}.html", *documents(min(n, 30))] for n in range(1, 60)}
    ran = explore(tmp_path, {"/": ["/list_1.html"], **lists})
    assert len(ran.urls()) == 30
    assert asked(ran) == 1 + 30 + 30 + 4  # the start page, documents, lists with new ones, EXPLORE_DEPTH without


def test_pages_of_a_shape_that_led_to_documents_come_first(tmp_path: Path) -> None:
    """Of 30 pages of two kinds one gives documents; within 40 pages all of these are read."""
    pages: dict[str, list[str]] = {"/": []}
    for number in range(30):
        pages["/"] += [f"/tag/{number}.html", f"/list/{number}.html"]
        pages[f"/tag/{number}.html"] = ["/"]
        pages[f"/list/{number}.html"] = documents(number)
    ran = explore(tmp_path, pages, EXPLORE_PAGES=36)
    assert len(ran.urls()) == 30
    assert ran.stats["explore/pages"] == 37
    assert ran.stats["explore/waiting"] == 24


def test_the_nearest_pages_come_first(tmp_path: Path) -> None:
    pages = {"/": ["/a/b.html", "/c/d.html"], "/a/b.html": ["/e/f.html"], "/c/d.html": documents(1)}
    ran = explore(tmp_path, {**pages, "/e/f.html": documents(2)}, EXPLORE_PAGES=2)
    assert ran.urls() == [f"{HOME}doc/1.html"]


def test_a_calendar_is_given_up(tmp_path: Path) -> None:
    days = {
        f"/day/{year}-{month}.html": [f"/day/{year}-{other}.html" for other in range(1, 13)]
        + [f"/day/{year + 1}-{month}.html"]
        for year in range(2000, 2030)
        for month in range(1, 13)
    }
    ran = explore(tmp_path, {"/": ["/day/2000-1.html", "/list.html"], "/list.html": documents(1), **days})
    assert ran.urls() == [f"{HOME}doc/1.html"]
    assert ran.stats["explore/pages"] < 60


def test_orders_sessions_and_files_are_no_further_pages(tmp_path: Path) -> None:
    same = [f"/list.html?sort={way}" for way in ("new", "hot")] + [f"/list.html?PHPSESSID={n:032x}" for n in (1, 2)]
    ran = explore(
        tmp_path, {"/": ["/list.html", *same, "/app.apk", "/login.php"], "/list.html": [*same, *documents(1)]}
    )
    assert asked(ran) == 3


def test_sitemaps_that_robots_txt_names_are_read_and_their_pages_explored(tmp_path: Path) -> None:
    save(tmp_path, "map", f"{HOME}map.xml", f"<urlset><url><loc>{HOME}zw/</loc></url></urlset>")
    (tmp_path / "demo/robots.txt").write_text(f"Sitemap: {HOME}map.xml\n")
    ran = explore(tmp_path, {"/": [], "/zw/": documents(1, 2)})
    assert len(ran.urls()) == 2
    assert crawl_spec(SITE).sitemaps == (f"{HOME}robots.txt",)


def test_other_hosts_of_the_domain_are_explored_once_they_have_documents(tmp_path: Path) -> None:
    blog, mobile = "http://blog.demo.example/", "http://m.demo.example/"
    pages = {
        "/": [blog, "/links.html"],
        blog: documents(1),
        "/links.html": [f"{mobile}doc/5.html"],
        f"{mobile}doc/5.html": [f"{mobile}list.html"],
        f"{mobile}list.html": [f"{mobile}doc/6.html"],
        f"{mobile}doc/6.html": [],
    }
    ran = explore(tmp_path, pages)
    assert ran.urls() == [f"{mobile}doc/5.html", f"{mobile}doc/6.html"]
    assert ran.stats["explore/left_out/host"] == 1


def test_what_a_run_leaves_the_next_one_explores(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    lists = "".join(f'<a href="/zw/{number}/">栏目</a>' for number in range(6))
    host.routes |= {
        "/": lambda _: answer(lists),
        "/zw/*": lambda ask: answer(f'<a href="/d/{_number(ask)}.html">文</a>'),
        "/d/*": lambda ask: answer(document_page(_number(ask), text_of(_number(ask)))),
    }
    site = site_at(host, documents=(r"^/d/\d+\.html$",), listings=(), explore=True)
    first = live.crawl(site, tmp_path, {"EXPLORE_PAGES": 4})
    assert first.summary.explored == {"pages": 5, "led": 4, "found": 4, "waiting": 2}
    second = live.crawl(site, tmp_path, {"EXPLORE_PAGES": 4})
    assert (len(first.records()), second.summary.documents) == (6, 2)
    assert second.summary.taken_up
    assert host.pages().count("/") == 1
    third = live.crawl(site, tmp_path)
    assert (third.summary.unchanged, third.summary.taken_up) == (6, None)
    again = live.crawl(site, tmp_path, refresh=True, everything="1")
    assert again.summary.unchanged == 6
    assert again.summary.exit_code == 0


def _number(ask: Ask) -> int:
    return int("".join(filter(str.isdigit, ask.path)))
