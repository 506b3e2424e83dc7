"""What a site says about the use of its texts: read wherever it can be said, the text not kept, the reason counted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawler.downloader.aitxt import AiTxt
from crawler.downloader.optout import PageDirectives
from crawler.downloader.optout_signals import forbids_storing, opt_out, robots_directives
from tests.hostile import Hostile, answer
from tests.live import Live, site_at

TEXT = (
    "<html><head>%s</head><body><h1>关于开展春季植树活动的通知</h1>"
    "<p>各科室：经研究，定于四月二日上午在北山公园开展植树活动，请各科室派三人参加。</p>"
    "<p>参加人员自带工具，八点在办公楼前集合，遇雨顺延。</p></body></html>"
)
NOW = datetime(2026, 11, 24, tzinfo=UTC)

HEADERS = {
    "X-Robots-Tag noindex": ({"X-Robots-Tag": "noindex"}, "noindex"),
    "X-Robots-Tag none": ({"X-Robots-Tag": "none"}, "none"),
    "X-Robots-Tag noai among others": ({"X-Robots-Tag": "nosnippet, noai"}, "noai"),
    "X-Robots-Tag for us": ({"X-Robots-Tag": "WenQing: noarchive"}, "noarchive"),
    "X-Robots-Tag over": ({"X-Robots-Tag": "unavailable_after: 25 Jun 2010 15:00:00 GMT"}, "unavailable_after"),
    "tdm-reservation": ({"tdm-reservation": "1"}, "tdm-reservation"),
    "Content-Usage": ({"Content-Usage": "train-ai=n"}, "content-usage"),
    "Content-Signal": ({"Content-Signal": "search=yes, ai-train=no"}, "content-signal"),
}
METAS = {
    "robots": ('<META NAME="Robots" CONTENT="noindex,follow">', "noindex"),
    "our name": ("<meta name=wenqing content=noarchive>", "noarchive"),
    "tdm": ('<meta name="tdm-reservation" content="1">', "tdm-reservation"),
    "behind a long head": (f"<script>{'var a = 1; ' * 9000}</script><meta name=robots content=noindex>", "noindex"),
    "behind long styles, in the body": (
        f"<style>{'p{}' * 30_000}</style></head><body><meta name=robots content=none>",
        "none",
    ),
    "noai behind a full-width comma": ('<meta content="index，noai" name="robots">', "noai"),
}
HARMLESS = {
    "X-Robots-Tag for another": {"X-Robots-Tag": "otherbot: noindex, none"},
    "X-Robots-Tag later": {"X-Robots-Tag": "unavailable_after: 31 Dec 2049 15:00:00 GMT"},
    "tdm 0": {"tdm-reservation": "0"},
    "search only": {"Content-Signal": "search=no, ai-train=yes"},
    "use allowed": {"Content-Usage": "train-ai=y"},
    "nofollow": {"X-Robots-Tag": "nofollow, max-snippet:20"},
}


TDMREP = {
    "a list": ('[{"location": "/d/", "tdm-reservation": 1, "tdm-policy": "https://a.example/p.json"}]', True),
    "a star": ('[{"location": "/*/1$", "tdm-reservation": 1}]', True),
    "the longest rule": ('[{"location": "/", "tdm-reservation": 0}, {"location": "/d", "tdm-reservation": 1}]', True),
    "the first rule": ('[{"location": "/", "tdm-reservation": 1}, {"location": "/d", "tdm-reservation": 0}]', True),
    "elsewhere": ('[{"location": "/pictures/", "tdm-reservation": 1}]', False),
    "no reservation": ('[{"location": "/", "tdm-reservation": 0}]', False),
    "one rule": ('{"location": "/", "tdm-reservation": 1}', True),
    "with a byte order mark": ('\ufeff[{"location": "/", "tdm-reservation": 1}]', True),
    "a word for 1": ('[{"location": "/", "tdm-reservation": true}]', True),
    "no rule": ('{"location": ["/"], "tdm-reservation": 1}', False),
    "no JSON": ("<html>404</html>", False),
}


def crawl_one(live: Live, hostile: Hostile, data: Path, head: str = "", robots: str = "", **headers: str):  # type: ignore[no-untyped-def]
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer(robots, 200 if robots else 404)
    host.routes["/"] = lambda ask: answer('<html><a href="/d/1">甲</a></html>')
    host.routes["/d/1"] = lambda ask: answer(TEXT % head, headers=headers)
    return live.crawl(site_at(host), data)


@pytest.mark.matrix(row=30, promise="a reservation in tdmrep.json: the text is not stored, the reason is counted")
@pytest.mark.parametrize(("said", "holds"), TDMREP.values(), ids=list(TDMREP))
def test_tdmrep(said: str, holds: bool, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer("", 404)
    host.routes["/.well-known/tdmrep.json"] = lambda ask: answer(said)
    host.routes["/"] = lambda ask: answer('<html><a href="/d/1">甲</a></html>')
    host.routes["/d/1"] = lambda ask: answer(TEXT % "")
    ran = live.crawl(site_at(host), tmp_path)
    assert ran.stats.get("optout/tdmrep.json", 0) == holds
    assert ran.stats.get("documents/stored", 0) == (not holds)


AI_TXT = {
    "all texts, by the ending that its generator writes": ("User-Agent: *\nDisallow: *.txt\nDisallow: *.jpg", True),
    "all pages": ("User-Agent: *\nDisallow: *.html\n", True),
    "everything": ("# Spawning AI\nUser-Agent: *\nDisallow: /\nDisallow: *", True),
    "everything but texts": ("User-Agent: *\nAllow: *.txt\nDisallow: /", False),
    "a path": ("User-Agent: *\nDisallow: /d/", True),
    "another path": ("User-Agent: *\nDisallow: /e/", False),
    "images, sounds, films, programs": ("User-Agent: *\nDisallow: *.jpg\nDisallow: *.mp3\nDisallow: *.py", False),
    "another crawler": ("User-Agent: GPTBot\nDisallow: /", False),
    "this crawler": ("User-Agent: *\nAllow: /\n\nUser-Agent: wenqing\nDisallow: /", True),
    "nothing": ("User-Agent: *\nDisallow:", False),
    "no such file": ("<html><p>User-Agent: * 404</p></html>", False),
    "another format of that name": ("# 甲文库\n\n> Disallow: nothing\n\n- [文档](/d/)", False),
}


@pytest.mark.matrix(
    row=30, promise="ai.txt that keeps texts from training: not stored, counted; other media alone: stored"
)
@pytest.mark.parametrize(("said", "holds"), AI_TXT.values(), ids=list(AI_TXT))
def test_ai_txt(said: str, holds: bool) -> None:
    assert AiTxt.read(said.encode()).cover("https://a.example/d/1") is holds
    assert AiTxt.read(said.encode()).cover("https://a.example/d/1.html?page=2") is holds


def test_ai_txt_of_an_address_with_a_query() -> None:
    closed = AiTxt.read("User-Agent: *\nDisallow: *.txt".encode("utf-16"))
    assert closed.cover("https://a.example/view.asp?id=3")
    assert not AiTxt.read(b"User-Agent: *\nDisallow: /view.asp?id=4").cover("https://a.example/view.asp?id=3")


@pytest.mark.parametrize("robots", ["", "User-agent: *\nDisallow: /ai.txt"], ids=["read", "closed to us"])
def test_ai_txt_is_asked_for_once_a_host_if_robots_let(
    robots: str, live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer(robots)
    host.routes["/ai.txt"] = lambda ask: answer("User-Agent: *\nDisallow: *.txt")
    host.routes["/"] = lambda ask: answer('<html><a href="/d/1">甲</a><a href="/d/2">乙</a></html>')
    host.routes["/d/*"] = lambda ask: answer(TEXT % "")
    ran = live.crawl(site_at(host), tmp_path)
    assert host.asked().count("/ai.txt") == (not robots)
    assert ran.stats.get("optout/ai.txt", 0) == (0 if robots else 2)
    assert ran.stats.get("documents/stored", 0) + ran.stats.get("duplicates/same", 0) >= (1 if robots else 0)


@pytest.mark.matrix(row=30, promise="an opt-out in a header: the text is not stored, the reason is counted")
@pytest.mark.parametrize(("headers", "reason"), HEADERS.values(), ids=list(HEADERS))
def test_headers(headers: dict[str, str], reason: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl_one(live, hostile, tmp_path, **headers)
    assert ran.records() == []
    assert ran.stats[f"optout/{reason}"] == 1
    assert ran.summary.reasons == {"OptedOut": 1}
    assert "植树".encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.matrix(row=30, promise="an opt-out in a meta element, also under our own name: not stored, counted")
@pytest.mark.parametrize(("head", "reason"), METAS.values(), ids=list(METAS))
def test_metas(head: str, reason: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl_one(live, hostile, tmp_path, head)
    assert ran.records() == []
    assert ran.stats[f"optout/{reason}"] == 1


@pytest.mark.matrix(row=30, promise="Content-Signal and Content-Usage in robots.txt: not stored, counted")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Content-Signal: search=yes, ai-train=no", "content-signal"),
        ("Content-Usage: train-ai=n", "content-usage"),
        ("Content-Usage: /d/ train-ai=n", "content-usage"),
    ],
)
@pytest.mark.parametrize("group", ["User-agent: *\n", "User-agent: wenqing\n", ""])
def test_robots(group: str, line: str, reason: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl_one(live, hostile, tmp_path, robots=f"{group}{line}\nAllow: /\nUser-agent: other\nDisallow: /\n")
    assert ran.records() == []
    assert ran.stats[f"optout/{reason}"] == 1


@pytest.mark.matrix(row=30, promise="what is said to others, or says yes, keeps nothing out")
@pytest.mark.parametrize("headers", HARMLESS.values(), ids=list(HARMLESS))
def test_no_opt_out(headers: dict[str, str], live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl_one(live, hostile, tmp_path, '<meta name="robots" content="index,follow">', **headers)
    assert len(ran.records()) == 1
    assert ran.below("optout/") == {}


def test_a_later_part_speaks_for_the_whole_document(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer('<html><a href="/d/1.html">甲</a></html>')
    host.routes["/d/1.html"] = lambda ask: answer(TEXT % "" + '<a href="/d/1_2.html">2</a></html>')
    host.routes["/d/1_2.html"] = lambda ask: answer(
        "<html><p>第二页的话。</p></html>", headers={"X-Robots-Tag": "noai"}
    )
    ran = live.crawl(site_at(host, parts=r"^/d/\d+(?P<part>_(?P<page>\d+))\.html$"), tmp_path)
    assert "/d/1_2.html" in host.asked()
    assert ran.records() == []
    assert ran.stats["optout/noai"] == 1


def test_nofollow_is_honoured_and_a_listing_that_is_not_indexed_still_leads_on(
    live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer('<html><a href="/list1">甲</a><a href="/list2">乙</a></html>')
    host.routes["/list1"] = lambda ask: answer('<html><meta name=robots content=nofollow><a href="/d/1">甲</a></html>')
    host.routes["/list2"] = lambda ask: answer(
        '<html><a href="/d/2">甲</a></html>', headers={"X-Robots-Tag": "noindex"}
    )
    host.routes["/d/*"] = lambda ask: answer(TEXT % "")
    live.crawl(site_at(host), tmp_path)
    assert set(host.pages()) == {"/", "/list1", "/list2", "/d/2"}


def test_metas_are_found_in_any_charset() -> None:
    for charset in ("gbk", "utf-8", "utf-16"):
        page = f"<html><head><title>春游</title><meta name=robots content=noindex></head>{'春游' * 50}</html>"
        assert PageDirectives.of(wire(page.encode(charset))).opted_out == "noindex"


def wire(body: bytes, **headers: str) -> HtmlResponse:
    from scrapy import Request

    url = "http://a.example/d/1"
    return HtmlResponse(url, body=body, headers=headers, request=Request(url))


@pytest.mark.parametrize(
    ("values", "directives"),
    [
        (["googlebot: noindex", "noai"], {"noai"}),
        (["*: noindex"], {"noindex"}),
        (["wenqing: nofollow, noarchive"], {"nofollow", "noarchive"}),
        (["max-snippet: 5, noarchive"], {"max-snippet: 5", "noarchive"}),
        (["", " , "], set()),
    ],
)
def test_scopes(values: list[str], directives: set[str]) -> None:
    assert robots_directives(values) == directives


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("unavailable_after: 2026-11-23", "unavailable_after"),
        ("unavailable_after: 2026-11-25", None),
        ("unavailable_after: one day", "unavailable_after"),
        ("unavailable_after: 99999999999 Jan 2049 15:00:00 GMT", "unavailable_after"),
        ("nosnippet", None),
    ],
)
def test_a_date_that_nobody_can_read_has_passed(directive: str, expected: str | None) -> None:
    assert forbids_storing({directive}, NOW) == expected


@pytest.mark.parametrize("value", ["train-ai=n", "bots=n", "TRAIN-AI = N", "search=y, train-ai=n", "train-ai=?0"])
def test_content_usage(value: str) -> None:
    assert opt_out("Content-Usage", value) == "content-usage"
