"""A crawl that was broken off is taken up where it stopped; one that ended begins anew."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import Ask, Hostile, Reply, answer
from tests.library import Library
from tests.live import Live, site_at
from tests.offline import crawl, page, save

STOP = {"CLOSESPIDER_PAGECOUNT": 12}
PIPELINES = {
    "pipelines.validate.ValidatePipeline": 100,
    "pipelines.clean.CleanPipeline": 200,
    "pipelines.deduplicate.DeduplicatePipeline": 300,
    "pipelines.store.StorePipeline": 400,
}


def states(data: Path) -> Counter[str]:
    return Counter(state for (state,) in query(data, "SELECT state FROM urls"))


def query(data: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(data / "ledger.sqlite")) as db, db:
        return db.execute(statement).fetchall()


@pytest.mark.parametrize("killed", [False, True])
def test_a_crawl_goes_on_where_it_was_broken_off(live: Live, hostile: Hostile, tmp_path: Path, *, killed: bool) -> None:
    library = Library(hostile.host(), 60)
    first = live.crawl(library.site, tmp_path, STOP)
    assert 0 < first.summary.documents < 20
    assert states(tmp_path)["pending"] >= 40
    assert states(tmp_path)["leased"] == 0
    if killed:  # then nobody gave back what the run had taken
        query(tmp_path, "UPDATE urls SET state = 'leased' WHERE state = 'pending'")
    asked = set(library.asked())
    library.forget()
    second = live.crawl(library.site, tmp_path)
    assert not asked & set(library.asked()), "a page was asked for twice"
    assert len(second.records()) == 60
    assert second.summary.taken_up
    assert states(tmp_path) == {"done": 63}
    assert query(tmp_path, "SELECT * FROM rounds") == []
    library.forget()
    third = live.crawl(library.site, tmp_path)
    assert (third.summary.unchanged, third.summary.taken_up, len(library.asked())) == (60, None, 63)


def test_documents_come_in_the_same_order(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 40)  # of one listing: those of two listings mix as their answers come
    whole = live.crawl(library.site, tmp_path / "whole").records()
    for pages in (3, 15, 8, 0):
        broken = live.crawl(library.site, tmp_path / "broken", {"CLOSESPIDER_PAGECOUNT": pages})
    assert [record["id"] for record in broken.records()] == [record["id"] for record in whole]


def test_a_sample_leaves_nothing_behind(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 60)
    live.crawl(library.site, tmp_path, limit="5")
    assert set(states(tmp_path)) == {"done"}
    listing = query(tmp_path, "SELECT etag FROM urls WHERE kind = 'listing'")
    assert set(listing) == {(None,)}, "its documents were not all asked for, so it must be read whole again"
    assert live.crawl(library.site, tmp_path).summary.taken_up is None


def test_a_sample_leaves_a_crawl_that_was_broken_off_alone(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 60)
    live.crawl(library.site, tmp_path, STOP)
    waiting = states(tmp_path)["pending"]
    live.crawl(library.site, tmp_path, limit="2")
    assert states(tmp_path)["pending"] == waiting
    assert len(live.crawl(library.site, tmp_path).records()) == 60


def test_addresses_from_a_file_are_a_crawl_of_their_own(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 60)
    live.crawl(library.site, tmp_path, STOP)
    urls = tmp_path / "urls.txt"
    urls.write_text("\n".join(map(library.url, (50, 51))), encoding="utf-8")
    library.forget()
    live.crawl(library.site, tmp_path, urls=str(urls))
    assert library.asked() == ["/d/50.html", "/d/51.html"]
    library.forget()
    assert len(live.crawl(library.site, tmp_path).records()) == 60
    assert not {"/d/50.html", "/d/51.html"} & set(library.asked())


def test_what_a_host_did_not_let_us_ask_waits_for_another_day(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    library = Library(hostile.host(), 30)
    first = live.crawl(library.site, tmp_path, {"POLITE_PAGES_A_DAY": 10})
    assert first.summary.reason == "finished"
    assert states(tmp_path)["pending"] >= 20
    library.forget()
    assert len(live.crawl(library.site, tmp_path).records()) == 30
    assert "/" not in library.asked()


def test_what_became_of_each_page(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()

    def serve(body: str, status: int = 200) -> Any:
        def run(ask: Ask) -> Reply:
            return answer(body, status)

        return run

    login = page(text="请先登录后查看")
    bodies = {"gone": serve("", 410), "missing": serve("", 404), "down": serve("", 500), "secret": serve("", 403)}
    bodies |= {"robots": serve(""), "login": serve(f"<title>用户登录</title>{login}"), "empty": serve("<html></html>")}
    bodies |= {"out": serve(f"<meta name='robots' content='noindex'>{page(text='春耕备耕工作要抓紧抓实。' * 20)}")}
    for name, run in bodies.items():
        host.routes[f"/d/{name}"] = run
    host.routes["/"] = serve(page(*(f"/d/{name}" for name in bodies)))
    host.routes["/robots.txt"] = serve("User-agent: *\nDisallow: /d/robots")
    live.crawl(site_at(host), tmp_path)
    found = {row[0].rpartition("/")[2]: row[1:] for row in query(tmp_path, "SELECT url, state, reason FROM urls")}
    assert found == {
        "": ("done", None),
        "gone": ("gone", "HTTP 410"),
        "missing": ("gone", "HTTP 404"),
        "down": ("blocked", "HTTP 500"),
        "secret": ("blocked", "HTTP 403"),
        "robots": ("blocked", "robots.txt"),
        "login": ("blocked", "a login"),
        "empty": ("done", "no text"),
        "out": ("blocked", "opt-out: noindex"),
    }
    assert query(tmp_path, "SELECT count(*) FROM urls WHERE next_due IS NULL") == [(0,)]


def test_a_replay_leaves_nothing_to_do(tmp_path: Path) -> None:
    save(tmp_path / "saved", "home", "http://www.demo.example/", page("/d/1.html", "/d/2.html"))
    save(tmp_path / "saved", "one", "http://www.demo.example/d/1.html", page(text="春耕备耕工作要抓紧抓实。" * 20))
    crawl(tmp_path / "saved", settings={"DATA_DIR": str(tmp_path), "ITEM_PIPELINES": PIPELINES})
    assert states(tmp_path) == {"done": 2}
    assert query(tmp_path, "SELECT * FROM rounds") == []
