"""Refresh: what is due is asked for again, only if it has changed, and what has changed is told apart."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cleaners.model import VERSION
from cleaners.sites import Site
from pipelines.ledger.documents import Ledger
from pipelines.ledger.fetch_results import FetchResult
from tests.hostile import TERMS, Hostile, answer
from tests.library import Library, text_of
from tests.live import Live, Ran
from tests.offline import scrapy


def due_now(data: Path, where: str = "1") -> None:
    """Let time pass: everything is due."""
    with closing(sqlite3.connect(data / "ledger.sqlite")) as db, db:
        db.execute(f"UPDATE urls SET next_due = 1 WHERE next_due IS NOT NULL AND {where}")  # noqa: S608


def news(ran: Ran) -> dict[str, int]:
    """Return what a refresh told, without zeros."""
    names = ("new", "unchanged", "changed", "recleaned", "removed", "rejected")
    return {name: count for name in names if (count := getattr(ran.summary, name))}


def rows(data: Path, columns: str) -> list[Any]:
    with closing(sqlite3.connect(data / "ledger.sqlite")) as db:
        return db.execute(f"SELECT {columns} FROM urls ORDER BY url").fetchall()  # noqa: S608


def texts(ran: Ran) -> dict[str, str]:
    return {record["url"].rpartition("/")[2]: record["text"] for record in ran.records()}


def refresh(live: Live, library: Library, data: Path, settings: Mapping[str, Any] | None = None) -> Ran:
    due_now(data)
    library.forget()
    return live.crawl(library.site, data, settings, refresh=True)


@pytest.mark.matrix(47, "the second refresh of an unchanged site stores nothing and costs under 5 % of the first crawl")
def test_an_unchanged_site_costs_little(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 60, sizes=200)
    first = live.crawl(library.site, tmp_path)
    assert (first.summary.documents, first.summary.new) == (60, 60)
    before, sent = first.records(), library.sent
    for _ in range(2):
        ran = refresh(live, library, tmp_path, {"TRAP_PAGES": 20})
        assert (news(ran), ran.summary.pages, ran.summary.exit_code) == ({"unchanged": 60}, 63, 0)
        assert library.sent < 0.05 * sent
        assert len(library.asked()) == 63
    assert ran.records() == before
    library.forget()
    again = live.crawl(library.site, tmp_path, refresh=True)
    assert (library.asked(), again.summary.pages, again.summary.exit_code) == ([], 0, 0)


@pytest.mark.matrix(47, "exactly the changed pages are found: the new text is a new version, the old one is kept")
def test_what_changed_is_found(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 60)
    live.crawl(library.site, tmp_path)
    old = {record["url"]: record["id"] for record in Ran.records(live.crawl(library.site, tmp_path))}
    library.change(3, 33, 53)
    ran = refresh(live, library, tmp_path)
    assert news(ran) == {"changed": 3, "unchanged": 57}
    found = {record["url"]: record for record in ran.records()}
    assert len(found) == 60
    superseding = {url: record["supersedes"] for url, record in found.items() if record["supersedes"]}
    assert superseding == {library.url(number): [old[library.url(number)]] for number in (3, 33, 53)}
    with closing(Ledger(tmp_path / "ledger.sqlite", create=False)) as ledger:
        assert ledger.value("SELECT count(*) FROM documents") == 63


@pytest.mark.matrix(54, "one text in the place of many documents: held back, alarm, exit 3; the documents stay")
@pytest.mark.parametrize(("walled", "alarmed"), [(6, True), (2, False)])
def test_one_text_in_the_place_of_many(
    walled: int, alarmed: bool, live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    library = Library(hostile.host(), 8)
    before = texts(live.crawl(library.site, tmp_path))
    kept = library.texts[0]
    for number in range(walled):
        library.texts[number] = "春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少。"
    ran = refresh(live, library, tmp_path)
    assert (ran.summary.exit_code, "give one text" in " ".join(ran.summary.alarms)) == (3 * alarmed, alarmed)
    assert (texts(ran) == before) is alarmed
    assert news(ran) == ({"rejected": 4, "unchanged": 2} if alarmed else {"changed": 2, "unchanged": 6})
    library.texts[0] = kept
    assert texts(refresh(live, library, tmp_path))["0.html"] == before["0.html"]


def test_new_documents_are_found_where_they_are_listed(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 40)
    live.crawl(library.site, tmp_path)
    for number in (40, 41, 55):  # the last one on a listing of its own
        library.texts[number] = text_of(number)
    due_now(tmp_path, "kind = 'listing'")
    library.forget()
    ran = live.crawl(library.site, tmp_path, refresh=True)
    assert news(ran) == {"new": 3}
    assert sorted(library.asked()) == ["/", "/d/40.html", "/d/41.html", "/d/55.html", "/list/0.html", "/list/1.html"]
    assert news(refresh(live, library, tmp_path)) == {"unchanged": 43}


@pytest.mark.matrix(
    47, "a body that changed and a text that did not is the same document; no header is trusted over it"
)
def test_the_cleaned_text_decides(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    """Every page has the same ETag, and the server sends whole pages all the same."""
    library = Library(hostile.host(), 5, etags=False, headers={"ETag": 'W/"1"'})
    live.crawl(library.site, tmp_path)
    library.texts[1] += "\n\n"  # one more empty paragraph
    library.change(2)
    ran = refresh(live, library, tmp_path)
    assert {ask.headers.get("if-none-match") for ask in library.host.log if ask.path not in TERMS} == {'W/"1"'}
    assert news(ran) == {"unchanged": 4, "changed": 1}
    assert texts(ran)["2.html"] == text_of(2, 2)


def test_the_same_page_under_other_rules_is_recleaned(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 4, etags=False)
    live.crawl(library.site, tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as db, db:  # as if other rules had given another text
        db.execute("UPDATE documents SET sha256 = 'f' || substr(sha256, 2) WHERE seq <= 2")
        db.execute("UPDATE urls SET body_sha256 = 'of another page' WHERE document = 2")
    assert news(refresh(live, library, tmp_path)) == {"unchanged": 2, "recleaned": 1, "changed": 1}


def older(data: Path, *documents: int) -> None:
    """Have documents made by older rules: the first with another text, all with another version."""
    with closing(sqlite3.connect(data / "ledger.sqlite")) as db, db:
        numbers = json.dumps(documents)
        db.execute(
            "UPDATE documents SET checksum = NULL, record = CAST(json_set(CAST(record AS TEXT), '$.version', '0') AS BLOB) "
            "WHERE seq IN (SELECT value FROM json_each(?))",
            (numbers,),
        )
        db.execute("UPDATE documents SET sha256 = 'f' || substr(sha256, 2) WHERE seq = ?", documents[:1])


def versions(ran: Ran) -> set[str]:
    return {record["version"] for record in ran.records()}


@pytest.mark.matrix(
    47, "pages that older rules have cleaned are cleaned again from the archive when the site answers 304"
)
def test_a_304_is_cleaned_again_from_the_archive(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 6)
    live.crawl(library.site, tmp_path, {"ARCHIVE": True})
    older(tmp_path, 1, 2, 3)
    ran = refresh(live, library, tmp_path, {"REFRESH_OLDER_PAGES": 0})
    assert news(ran) == {"unchanged": 5, "recleaned": 1}
    assert library.sent < 6000
    assert versions(ran) == {VERSION}
    assert len(ran.records()) == 6
    assert news(refresh(live, library, tmp_path, {"REFRESH_OLDER_PAGES": 0})) == {"unchanged": 6}


@pytest.mark.parametrize(("most", "left"), [(0, 3), (2, 1), (1000, 0)])
def test_without_an_archive_so_many_are_asked_for_whole(
    live: Live, hostile: Hostile, tmp_path: Path, most: int, left: int
) -> None:
    library = Library(hostile.host(), 6)
    live.crawl(library.site, tmp_path)
    older(tmp_path, 1, 2, 3)
    refresh(live, library, tmp_path, {"REFRESH_OLDER_PAGES": most})
    with closing(Ledger(tmp_path / "ledger.sqlite", create=False)) as ledger:
        kept = list(ledger.records(ledger.documents()))
    assert sum(record["version"] != VERSION for record in kept) == left


def test_an_archived_page_of_another_time_is_not_taken(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 3)
    live.crawl(library.site, tmp_path, {"ARCHIVE": True})
    library.change(1)
    refresh(live, library, tmp_path)  # not archived
    older(tmp_path, 4, 4)
    ran = refresh(live, library, tmp_path)
    assert texts(ran)["1.html"] == text_of(1, 2)


@pytest.mark.parametrize(("status", "refreshes"), [(410, 1), (404, 2)])
def test_a_page_that_is_gone(live: Live, hostile: Hostile, tmp_path: Path, status: int, refreshes: int) -> None:
    library = Library(hostile.host(), 4)
    live.crawl(library.site, tmp_path)
    library.gone[2] = status
    told = [news(refresh(live, library, tmp_path)) for _ in range(3)]
    expected = [{"unchanged": 3, "removed": 1} if each == refreshes else {"unchanged": 3} for each in (1, 2, 3)]
    assert told == expected
    gone = next(row for row in rows(tmp_path, "url, state, reason, document") if row[0] == library.url(2))
    assert (gone[1:3], gone[3] is not None) == (("gone", f"HTTP {status}"), True)
    with closing(Ledger(tmp_path / "ledger.sqlite", create=False)) as ledger:
        assert len(ledger.documents()) == 4
    library.gone.clear()
    ran = refresh(live, library, tmp_path)
    assert news(ran) == {"unchanged": 4}


DAY = 24 * 3600


def day(ago: float) -> str:
    """Return a moment so many days ago, as sitemaps have them."""
    return datetime.fromtimestamp(time.time() - ago * DAY, UTC).isoformat(timespec="seconds")


def with_sitemap(library: Library, dates: dict[int, str]) -> Site:
    """Have the library serve a sitemap that says when documents were changed."""
    entries = "".join(
        f"<url><loc>{library.url(number)}</loc><lastmod>{date}</lastmod></url>" for number, date in dates.items()
    )
    library.host.routes["/map.xml"] = lambda ask: answer(f"<urlset>{entries}</urlset>")
    return replace(library.site, sitemaps=(library.host.url("/map.xml"),))


def fetched_days_ago(data: Path, days: int) -> None:
    """Have all pages been fetched so many days ago, and only the sitemap be due."""
    with closing(sqlite3.connect(data / "ledger.sqlite")) as db, db:
        db.execute("UPDATE urls SET fetched = fetched - ?", (days * DAY,))
        db.execute("UPDATE urls SET next_due = fetched + 30 * ?", (DAY,))
        db.execute("UPDATE urls SET next_due = 1 WHERE kind = 'sitemap'")


@pytest.mark.matrix(47, "a page that its sitemap says was changed since is due now; a date in the future says nothing")
def test_what_a_sitemap_says_is_changed_is_due(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 6)
    site = with_sitemap(library, {0: day(20), 1: day(3), 2: day(4), 3: day(-3)})
    live.crawl(site, tmp_path)
    fetched_days_ago(tmp_path, 10)
    library.change(1, 3, 4)
    library.forget()
    ran = live.crawl(site, tmp_path, refresh=True)
    assert sorted(library.asked()) == ["/d/1.html", "/d/2.html", "/map.xml"]
    assert (news(ran), ran.stats["refresh/due"]) == ({"changed": 1, "unchanged": 1}, 3)
    intervals = {url: (interval, due) for url, interval, due in rows(tmp_path, "url, interval, next_due - fetched")}
    assert intervals[library.url(1)] == (21 * DAY, 21 * DAY)
    assert intervals[library.url(2)] == intervals[library.url(0)] == (30 * DAY, 30 * DAY)


def test_a_limit_and_the_shortest_interval_hold_whatever_a_sitemap_says(
    live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    library = Library(hostile.host(), 4)
    site = with_sitemap(library, dict.fromkeys(range(4), day(3)))
    live.crawl(site, tmp_path)
    fetched_days_ago(tmp_path, 10)
    library.forget()
    live.crawl(site, tmp_path, {"REFRESH_MIN_DAYS": 15}, refresh=True)
    assert library.asked() == ["/map.xml"]
    fetched_days_ago(tmp_path, 0)
    live.crawl(site, tmp_path, refresh=True, limit="3")
    assert len(library.asked()) == 4


@pytest.mark.matrix(47, "a Last-Modified in the future is not sent back, one in the past is")
@pytest.mark.parametrize(
    ("date", "sent"),
    [
        *(("Mon, 01 Jan 2024 08:00:00 GMT", True), ("Fri, 01 Jan 2100 08:00:00 GMT", False), ("gestern", False)),
        ("Mon, 99999999999 Jan 2024 08:00:00 GMT", False),
    ],
)
def test_last_modified(live: Live, hostile: Hostile, tmp_path: Path, date: str, *, sent: bool) -> None:
    library = Library(hostile.host(), 3, etags=False, headers={"Last-Modified": date})
    live.crawl(library.site, tmp_path)
    ran = refresh(live, library, tmp_path)
    assert {ask.headers.get("if-modified-since") for ask in library.host.log if ask.path not in TERMS} == {
        date if sent else None
    }
    assert news(ran) == {"unchanged": 3}


def test_conditions_do_not_follow_a_redirect(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    """The page it leads to has the same ETag as the one that was asked for, and another text."""
    library = Library(hostile.host(), 3, headers={"ETag": '"1"'})
    live.crawl(library.site, tmp_path)
    serve = library.host.routes["/d/*"]
    library.host.routes["/d/1.html"] = lambda ask: b"HTTP/1.1 301 M\r\nLocation: /d/9.html\r\nContent-Length: 0\r\n\r\n"
    library.texts[9] = text_of(9)
    library.host.routes["/d/9.html"] = serve
    assert news(refresh(live, library, tmp_path)) == {"unchanged": 2, "new": 1}
    states = {row[0].rpartition("/")[2]: row[1:] for row in rows(tmp_path, "url, kind, next_due IS NULL")}
    assert (states["1.html"], states["9.html"]) == (("moved", 1), ("document", 0))


def test_limit_asks_for_the_longest_overdue(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 6)
    live.crawl(library.site, tmp_path)
    due_now(tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as db, db:
        db.execute("UPDATE urls SET next_due = 0 WHERE url LIKE '%/d/4.html' OR url LIKE '%/d/2.html'")
    library.forget()
    live.crawl(library.site, tmp_path, refresh=True, limit="2")
    assert sorted(library.asked()) == ["/d/2.html", "/d/4.html"]


def test_all_asks_for_what_is_not_due_too(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 6)
    live.crawl(library.site, tmp_path)
    library.forget()
    ran = live.crawl(library.site, tmp_path, refresh=True, everything="1")
    assert news(ran) == {"unchanged": 6}
    before = rows(tmp_path, "interval")
    live.crawl(library.site, tmp_path, refresh=True, everything="1")
    assert rows(tmp_path, "interval") == before, "pages that were not due say nothing of how often they change"


def test_a_refresh_that_was_broken_off_loses_nothing(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    """It has read the listing, which then answers 304, and none of the new documents there."""
    library = Library(hostile.host(), 10)
    live.crawl(library.site, tmp_path)
    for number in range(10, 30):
        library.texts[number] = text_of(number)
    due_now(tmp_path, "kind = 'listing'")
    live.crawl(library.site, tmp_path, {"CLOSESPIDER_PAGECOUNT": 4}, refresh=True)
    library.forget()
    ran = live.crawl(library.site, tmp_path, refresh=True)
    assert len(ran.records()) == 30
    assert not {"/", "/list/0.html"} & set(library.asked())


@pytest.mark.long
@pytest.mark.matrix(
    47, "2,000 pages refreshed: nothing stored, under 5 % of the bytes; of 5 % changed, exactly those found"
)
def test_a_site_of_2000_pages(live: Live, hostile: Hostile, tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    library = Library(hostile.host(), 2000, sizes=100)
    first = live.crawl(library.site, tmp_path, deadline=600)
    assert first.summary.documents == 2000
    whole, shares = library.sent, []
    for _ in range(2):
        due_now(tmp_path)
        library.forget()
        ran = live.crawl(library.site, tmp_path, refresh=True, deadline=600)
        assert news(ran) == {"unchanged": 2000}
        shares.append(library.sent / whole)
    library.change(*range(7, 2000, 20))
    due_now(tmp_path)
    library.forget()
    ran = live.crawl(library.site, tmp_path, refresh=True, deadline=600)
    assert news(ran) == {"unchanged": 1900, "changed": 100}
    assert max(shares) < 0.05
    figure(
        47,
        f"2,000 documents, {whole / 1e6:.1f} MB: each refresh of the unchanged site stored 0 documents and got "
        f"{max(shares):.1%} of the bytes; with 100 pages changed, 100 were found, for {library.sent / whole:.1%}",
    )


# The command


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """A ledger with pages of two sites, fetched just now."""
    with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
        for site, kinds in {"gongxun": ["document"] * 3, "wm114": ["document", "listing", "sitemap"]}.items():
            for number, kind in enumerate(kinds):
                url = f"http://{site}.example/{number}.html"
                ledger.record_fetch(FetchResult(url=url, site=site, fetched=int(time.time()), kind=kind))
        ledger.commit()
    return tmp_path


def at(data: Path) -> list[str]:
    return ["-s", f"DATA_DIR={data}"]


def test_a_dry_run_counts_and_asks_for_nothing(crawled: Path) -> None:
    before = (crawled / "ledger.sqlite").read_bytes()
    ran = scrapy("refresh", "--dry-run", "--all", *at(crawled))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.split() for line in ran.stdout.splitlines()] == [
        ["site", "kind", "due"],
        ["gongxun", "document", "3"],
        ["wm114", "document", "1"],
        ["wm114", "listing", "1"],
        ["wm114", "sitemap", "1"],
        ["total", "6"],
    ]
    ran = scrapy("refresh", "gongxun", "--dry-run", "--all", "--json", *at(crawled))
    assert json.loads(ran.stdout) == {"due": [{"site": "gongxun", "kind": "document", "count": 3}]}
    assert (crawled / "ledger.sqlite").read_bytes() == before


def test_nothing_due_is_a_table_of_zeros(crawled: Path) -> None:
    with closing(sqlite3.connect(crawled / "ledger.sqlite")) as db, db:
        db.execute("DELETE FROM urls WHERE site = 'wm114'")
        db.execute("UPDATE urls SET next_due = 4000000000")
    ran = scrapy("refresh", *at(crawled), WENQING_CONTACT="crawl@example.org")
    assert (ran.returncode, ran.stderr) == (0, "")
    heading, gongxun, *_ = ran.stdout.splitlines()
    assert heading.split() == ["site", "pages", "new", "same", "changed", "recleaned", "removed", "rejected"]
    assert gongxun.split() == ["gongxun", "公寻网", *"0000000"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["taowenge"], "no page of taowenge is in the ledger; crawl it first: scrapy crawl taowenge"),
        (["--limit", "none"], "--limit none: give a number of pages from 1 up"),
        ([], "set WENQING_CONTACT to a URL or e-mail address"),
    ],
)
def test_what_cannot_be_done_is_one_line(crawled: Path, arguments: list[str], says: str) -> None:
    ran = scrapy("refresh", *at(crawled), *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("scrapy refresh: ")
    assert says in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.matrix(49, "a damaged ledger is refused with one line, however many sites, and left as it is")
def test_a_damaged_ledger_is_told_of_once(crawled: Path) -> None:
    path = crawled / "ledger.sqlite"
    data = bytearray(path.read_bytes())
    data[4096 * 4 :] = b"\xa5" * (len(data) - 4096 * 4)
    path.write_bytes(data)
    for command in (["crawl", "--replay", "fixtures"], ["refresh"]):
        ran = scrapy(*command, *at(crawled), WENQING_CONTACT="crawl@example.org")
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (74, "", 1)
        assert "the file is damaged, restore it from a copy" in ran.stderr
    assert path.read_bytes() == data
