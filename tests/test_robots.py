"""robots.txt: what it says (Google's published cases as data, and what Chinese sites write), and what silence means."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from crawler.downloader.robotstxt import MAX_BYTES, RobotsTxt
from tests.deadlines import cpu_deadline
from tests.hostile import RESET, TERMS, Ask, Host, Hostile, Piece, Reply, answer
from tests.live import Live, Ran, site_at

PAGE = answer("<html><body><p>目录</p></body></html>")


def allows(text: str | bytes, url: str, agent: str = "wenqing") -> bool:
    return RobotsTxt.read(text.encode() if isinstance(text, str) else text, agent).allows(url)


# The cases that google/robotstxt names after the RFC (ID_*): file, agent, URL, may it be fetched.
_GROUPS = """allow: /foo/bar/

user-agent: FooBot
disallow: /
allow: /x/
user-agent: BarBot
disallow: /
allow: /y/


allow: /w/
user-agent: BazBot

user-agent: FooBot
allow: /z/
disallow: /
"""
_SHARED = "User-agent: BarBot\nSitemap: https://foo.bar/sitemap\nUser-agent: *\nDisallow: /\n"
_UNKNOWN = "User-agent: FooBot\nInvalid-Unknown-Line: unknown\nUser-agent: *\nDisallow: /\n"
_CASE = "USER-AGENT: FooBot\nALLOW: /x/\nDISALLOW: /\n"
_TWO = "user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n"
_GLOBAL = (
    "user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\nuser-agent: BarBot\nuser-agent: BazBot\nallow: /b\n"
)
_OTHERS = "user-agent: FooBot\nallow: /\nuser-agent: BarBot\ndisallow: /\nuser-agent: BazBot\ndisallow: /\n"
GOOGLE = [
    # ID_LineSyntax_Line
    ("user-agent: FooBot\ndisallow: /\n", "FooBot", "/x/y", False),
    ("foo: FooBot\nbar: /\n", "FooBot", "/x/y", True),
    ("user-agent FooBot\ndisallow /\n", "FooBot", "/x/y", False),
    # ID_LineSyntax_Groups
    (_GROUPS, "FooBot", "/x/b", True),
    (_GROUPS, "FooBot", "/z/d", True),
    (_GROUPS, "FooBot", "/y/c", False),
    (_GROUPS, "BarBot", "/y/c", True),
    (_GROUPS, "BarBot", "/w/a", True),
    (_GROUPS, "BarBot", "/z/d", False),
    (_GROUPS, "BazBot", "/z/d", True),
    (_GROUPS, "FooBot", "/foo/bar/", False),
    (_GROUPS, "BarBot", "/foo/bar/", False),
    (_GROUPS, "BazBot", "/foo/bar/", False),
    # ID_LineSyntax_Groups_OtherRules
    (_SHARED, "FooBot", "/", False),
    (_SHARED, "BarBot", "/", False),
    (_UNKNOWN, "FooBot", "/", False),
    (_UNKNOWN, "BarBot", "/", False),
    # ID_REPLineNamesCaseInsensitive
    (_CASE, "FooBot", "/x/y", True),
    (_CASE, "FooBot", "/a/b", False),
    # ID_UserAgentValueCaseInsensitive and ID_VerifyValidUserAgentsToObey
    ("user-agent: FOO BAR\nallow: /x/\ndisallow: /\n", "Foo", "/x/y", True),
    ("user-agent: foo bar\nallow: /x/\ndisallow: /\n", "Foo", "/a/b", False),
    # ID_GlobalGroups
    ("", "FooBot", "/x/y", True),
    ("user-agent: FooBot\n", "FooBot", "/x/y", True),
    (_TWO, "FooBot", "/x/y", False),
    (_TWO, "BarBot", "/x/y", True),
    (_OTHERS, "QuxBot", "/x/y", True),
    (_GLOBAL, "BazBot", "/x", True),
    # ID_AllowDisallow_Value_CaseSensitive
    ("user-agent: FooBot\ndisallow: /x/\n", "FooBot", "/x/y", False),
    ("user-agent: FooBot\ndisallow: /X/\n", "FooBot", "/x/y", True),
    # ID_LongestMatch
    ("user-agent: FooBot\ndisallow: /x/page.html\nallow: /x/\n", "FooBot", "/x/page.html", False),
    ("user-agent: FooBot\nallow: /x/page.html\ndisallow: /x/\n", "FooBot", "/x/page.html", True),
    ("user-agent: FooBot\nallow: /x/page.html\ndisallow: /x/\n", "FooBot", "/x/", False),
    ("user-agent: FooBot\ndisallow: \nallow: \n", "FooBot", "/x/page.html", True),
    ("user-agent: FooBot\ndisallow: /\nallow: /\n", "FooBot", "/x/page.html", True),
    ("user-agent: FooBot\ndisallow: /x\nallow: /x/\n", "FooBot", "/x", False),
    ("user-agent: FooBot\ndisallow: /x\nallow: /x/\n", "FooBot", "/x/", True),
    ("user-agent: FooBot\ndisallow: /x/page.html\nallow: /x/page.html\n", "FooBot", "/x/page.html", True),
    ("user-agent: FooBot\nallow: /page\ndisallow: /*.html\n", "FooBot", "/page.html", False),
    ("user-agent: FooBot\nallow: /page\ndisallow: /*.html\n", "FooBot", "/page", True),
    ("user-agent: FooBot\nallow: /x/page.\ndisallow: /*.html\n", "FooBot", "/x/page.html", True),
    ("user-agent: FooBot\nallow: /x/page.\ndisallow: /*.html\n", "FooBot", "/x/y.html", False),
    ("User-agent: *\nDisallow: /x/\nUser-agent: FooBot\nDisallow: /y/\n", "FooBot", "/x/page", True),
    ("User-agent: *\nDisallow: /x/\nUser-agent: FooBot\nDisallow: /y/\n", "FooBot", "/y/page", False),
    # ID_Encoding
    (
        "User-agent: FooBot\nDisallow: /\nAllow: /foo/bar?qux=taz&baz=http://foo.bar?tar&par\n",
        "FooBot",
        "/foo/bar?qux=taz&baz=http://foo.bar?tar&par",
        True,
    ),
    ("User-agent: FooBot\nDisallow: /\nAllow: /foo/bar/ツ\n", "FooBot", "/foo/bar/%E3%83%84", True),
    ("User-agent: FooBot\nDisallow: /\nAllow: /foo/bar/%E3%83%84\n", "FooBot", "/foo/bar/%E3%83%84", True),
    ("User-agent: FooBot\nDisallow: /\nAllow: /foo/bar/%62%61%7A\n", "FooBot", "/foo/bar/baz", True),  # RFC 9309, 2.2.2
    ("User-agent: FooBot\nDisallow: /\nAllow: /foo/bar/%62%61%7A\n", "FooBot", "/foo/bar/%62%61%7A", True),
    # ID_SpecialCharacters
    ("User-agent: FooBot\nDisallow: /foo/bar/quz\nAllow: /foo/*/qux\n", "FooBot", "/foo/bar/quz", False),
    ("User-agent: FooBot\nDisallow: /foo/bar/quz\nAllow: /foo/*/qux\n", "FooBot", "/foo/quz", True),
    ("User-agent: FooBot\nDisallow: /foo/bar$\nAllow: /foo/bar/qux\n", "FooBot", "/foo/bar", False),
    ("User-agent: FooBot\nDisallow: /foo/bar$\nAllow: /foo/bar/qux\n", "FooBot", "/foo/bar/qux", True),
    ("User-agent: FooBot\nDisallow: /foo/bar$\nAllow: /foo/bar/qux\n", "FooBot", "/foo/bar/baz", True),
    ("User-agent: FooBot\n# Disallow: /\nDisallow: /foo/quz#qux\nAllow: /\n", "FooBot", "/foo/bar", True),
    ("User-agent: FooBot\n# Disallow: /\nDisallow: /foo/quz#qux\nAllow: /\n", "FooBot", "/foo/quz", False),
    # ID_LinesNumbersAreCountedCorrectly: all line ends
    ("User-Agent: foo\rAllow: /some/path\rUser-Agent: bar\r\rDisallow: /\r", "bar", "/x", False),
    ("User-Agent: foo\r\nAllow: /some/path\nUser-Agent: bar\r\n\nDisallow: /\n", "bar", "/x", False),
    # ID_UTF8ByteOrderMarkIsSkipped
    ("\ufeffUser-Agent: foo\nDisallow: /x\n", "foo", "/x", False),
    # ID_NonStandardLineExample_Sitemap
    ("Sitemap: http://foo.bar/s.xml\nUser-Agent: foo\nDisallow: /x\n", "foo", "/x", False),
]


@pytest.mark.matrix(row=10, promise="rules and addresses are compared percent-decoded, whichever of them is encoded")
@pytest.mark.parametrize(
    ("rule", "target"),
    [
        ("/%7Euser/", "/~user/1"),
        ("/~user/", "/%7euser/1"),
        ("/%64oc/", "/doc/1"),
        ("/doc/", "/%64%6F%63/1"),
        ("/doc?id=%31", "/doc?id=1"),
        ("/%E6%96%87", "/文/1"),
        ("/a b|c", "/a%20b%7Cc"),
        ("/a%20b%7cc", "/a b|c"),
        ("/*.d%6Fc$", "/x/1.doc"),
        ("/a$b", "/a$b/1"),
        ("/a%24b", "/a$b/1"),
        ("/a%2Ab", "/a*b/1"),
    ],
)
def test_escapes_open_nothing(rule: str, target: str) -> None:
    assert not allows(f"User-agent: *\nDisallow: {rule}\n", f"http://foo.bar{target}", "FooBot")


@pytest.mark.parametrize(
    ("rule", "target"), [("/a%2Fb", "/a/b"), ("/a/b", "/a%2Fb"), ("/a%3Fb", "/a?b"), ("/a%2Ab", "/axb")]
)
def test_an_encoded_mark_of_the_address_is_another_address(rule: str, target: str) -> None:
    assert allows(f"User-agent: *\nDisallow: {rule}\n", f"http://foo.bar{target}", "FooBot")


@pytest.mark.matrix(
    row=10,
    promise="every ID_* case of google/robotstxt is read as published, but for the one that RFC 9309 decides otherwise",
)
@pytest.mark.parametrize(("text", "agent", "target", "expected"), GOOGLE)
def test_the_cases_of_the_rfc(text: str, agent: str, target: str, expected: bool) -> None:
    assert allows(text, f"http://foo.bar{target}", agent) is expected


_CLOSED = "User-agent: *\nDisallow: /文档/\nCrawl-delay: 7\n"
CHARSETS = {
    "utf-8": _CLOSED.encode(),
    "utf-8 with BOM": codecs.BOM_UTF8 + _CLOSED.encode(),
    "gbk": _CLOSED.encode("gbk"),
    "gbk with the BOM of UTF-8": codecs.BOM_UTF8 + _CLOSED.encode("gbk"),
    "a mark without width": f"\u200b{_CLOSED}".encode(),
    "utf-16": _CLOSED.encode("utf-16"),
    "utf-16 without BOM": _CLOSED.encode("utf-16-le"),
    "full-width colons": _CLOSED.replace(": ", "：").encode("gbk"),
    "full-width path": _CLOSED.replace(": ", "：").replace("/文档/", "／文档／").encode("gbk"),
    "ideographic space": _CLOSED.replace(": ", "\u3000:\u3000").encode(),
    "carriage returns": _CLOSED.replace("\n", "\r").encode(),
    "percent, UTF-8, small": _CLOSED.replace("文档", "%e6%96%87%e6%a1%a3").encode(),
}


@pytest.mark.matrix(row=10, promise="BOM, GBK, UTF-16, full-width colons, raw and percent paths: all are obeyed")
@pytest.mark.parametrize("body", CHARSETS.values(), ids=list(CHARSETS))
def test_any_charset_and_any_colon(body: bytes) -> None:
    assert not allows(body, "http://a.example/%E6%96%87%E6%A1%A3/1.html")
    assert allows(body, "http://a.example/d/1.html")
    assert RobotsTxt.read(body).crawl_delay == 7


def test_a_raw_path_closes_both_forms_of_its_address() -> None:
    for charset in ("gbk", "utf-8"):
        body = "User-agent: *\nDisallow: /文\n".encode(charset)
        assert not allows(body, "http://a.example/%CE%C4%B5%B5/1.html")
        assert not allows(body, "http://a.example/%E6%96%87%E6%A1%A3/1.html")
    assert not allows("User-agent: *\nDisallow: /%ce%c4\n", "http://a.example/%CE%C4%B5%B5/1.html")
    assert not allows(b"User-agent: *\nDisallow: /\xff\xfe\xfa\n", "http://a.example/%FF%FE%FA")


def test_a_path_without_a_slash_is_taken_as_one_with() -> None:
    assert not allows("User-agent: *\nDisallow: private/\n", "http://a.example/private/1")


@pytest.mark.parametrize("junk", ["-1", "nan", "inf", "abc", "", "1e999"])
def test_a_crawl_delay_without_sense_is_none(junk: str) -> None:
    assert RobotsTxt.read(f"User-agent: *\nCrawl-delay: {junk}\n".encode()).crawl_delay is None


def test_the_group_of_our_own_name_wins() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: wenqing/0.2\nDisallow: /x\nCrawl-delay: 3\n"
    assert allows(text, "http://a.example/1")
    assert not allows(text, "http://a.example/x")
    assert allows("User-agent: wen\nDisallow: /\n", "http://a.example/1")


def test_what_stands_before_512_kib_is_read() -> None:
    closed = b"User-agent: *\nDisallow: /x\n"
    body = closed + b"#" * MAX_BYTES + b"\nDisallow: /y\n"
    assert not allows(body, "http://a.example/x")
    assert allows(body, "http://a.example/y")


def test_hostile_rules_take_no_time() -> None:
    stars = f"User-agent: *\nDisallow: /{'a*' * 2000}b\n"
    many = "User-agent: *\n" + "Disallow: /*a*b*c*d\n" * 26_000
    with cpu_deadline(10):
        assert allows(stars, f"http://a.example/{'a' * 2000}")
        assert allows(many, "http://a.example/" + "abc" * 600)


_PATH = st.text("ab/*$?.%", min_size=1, max_size=8).map(lambda text: f"/{text}")
_LINES = st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), _PATH), max_size=6)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(lines=_LINES, target=st.text("ab/?.", max_size=8))
def test_protego_agrees_on_plain_rules(lines: list[tuple[str, str]], target: str) -> None:
    """Scrapy's parser is the oracle where it has no gaps; `%` and a `$` in the middle are read differently by design."""
    kept = [(word, path) for word, path in lines if "%" not in path and "$" not in path[:-1] and "?" not in path]
    text = "User-agent: *\n" + "".join(f"{word}: {path}\n" for word, path in kept)
    url = f"http://a.example/{target.replace('?', '')}"
    assert allows(text, url) == Protego.parse(text).can_fetch(url, "wenqing")


# Over the wire


def serve(host: Host, robots: Reply | None = None) -> None:
    host.routes["/"] = lambda ask: PAGE
    if robots is not None:
        host.routes["/robots.txt"] = lambda ask: robots


def crawl(live: Live, hostile: Hostile, tmp_path: Path, host: Host) -> Ran:
    return live.crawl(site_at(host), tmp_path)


def reset(ask: Ask) -> Iterator[Piece]:
    yield RESET


def silence(ask: Ask) -> Iterator[Piece]:
    yield 20.0


def loop(ask: Ask) -> Reply:
    return answer("", 302, {"Location": "/robots.txt"})


def long_way(ask: Ask) -> Reply:
    return answer("", 302, {"Location": f"/robots.txt?{len(ask.target)}{'x' * len(ask.host.log)}"})


def cut(ask: Ask) -> Reply:
    return answer(b"User-agent: *\n", headers={"Content-Length": "5000"})


def fails(status: int) -> dict[str, object]:
    return {"run": lambda ask: answer("User-agent: *\nAllow: /\n", status), "why": str(status)}


FAILURES = {
    **{str(status): fails(status) for status in (500, 502, 503, 504, 401, 403, 429)},
    "timeout": {"run": silence, "why": "Timeout"},
    "reset": {"run": reset, "why": "Failed"},
    "cut": {"run": cut, "why": "DataLoss"},
    "loop": {"run": loop, "why": "unreachable"},
    "more than 5 hops": {"run": long_way, "why": "unreachable"},
}


@pytest.mark.matrix(row=6, promise="robots.txt 5xx, time-out, reset, cut, loop: 0 page requests to the host, exit 3")
@pytest.mark.matrix(row=7, promise="robots.txt 401, 403, 429: 0 page requests, reported")
@pytest.mark.parametrize("failure", FAILURES.values(), ids=list(FAILURES))
def test_a_host_without_robots_is_closed(
    failure: dict[str, object], live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    host = hostile.host()
    serve(host)
    host.routes["/robots.txt"] = failure["run"]  # type: ignore[assignment]
    ran = live.crawl(site_at(host), tmp_path, {"DOWNLOAD_TIMEOUT": 0.3})
    assert host.pages() == []
    assert ran.summary.exit_code == 3
    assert str(failure["why"]) in ran.summary.hosts[0]
    assert "robots.txt" in " ".join(ran.summary.alarms)
    assert len(host.log) <= 7
    serve(host, answer("", 404))
    again = live.crawl(site_at(host), tmp_path)
    assert host.pages() == ["/"], "the next run asks again"
    assert again.summary.hosts == ()


@pytest.mark.matrix(row=6, promise="a name that does not resolve, or nobody who listens: closed, exit 3")
def test_a_host_that_is_not_there_is_closed(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    hostile.close()
    ran = live.crawl(site_at(host), tmp_path)
    assert ran.summary.exit_code == 3
    assert "unreachable" in ran.summary.hosts[0]


@pytest.mark.matrix(row=7, promise="robots.txt 404, 410 and other 4xx: no rules")
@pytest.mark.parametrize("status", [404, 410, 400])
def test_no_robots_are_no_rules(status: int, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    serve(host, answer("User-agent: *\nDisallow: /\n", status))
    crawl(live, hostile, tmp_path, host)
    assert host.pages() == ["/"]


@pytest.mark.matrix(
    row=8, promise="a robots.txt moved up to 5 hops away, also to a foreign host, is fetched and obeyed"
)
@pytest.mark.parametrize("hops", [1, 5])
def test_a_moved_robots_is_obeyed(hops: int, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host, other = hostile.host(), hostile.host("127.0.0.2")
    serve(host, answer("", 301, {"Location": other.url("/r/1")}))
    for hop in range(1, hops):
        reply = answer("", 302, {"Location": f"/r/{hop + 1}"})
        other.routes[f"/r/{hop}"] = lambda ask, reply=reply: reply  # type: ignore[misc]
    other.routes[f"/r/{hops}"] = lambda ask: answer("User-agent: *\nDisallow: /\n", kind="text/plain")
    ran = crawl(live, hostile, tmp_path, host)
    assert host.pages() == []
    assert other.asked() == [f"/r/{hop}" for hop in range(1, hops + 1)]
    assert ran.stats["robotstxt/forbidden"] == 1
    assert "hosts/closed/127.0.0.1" not in ran.stats


@pytest.mark.matrix(row=8, promise="only robots.txt may lead off the site")
def test_a_page_does_not_lead_off_the_site(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host, other = hostile.host(), hostile.host("127.0.0.2")
    host.routes["/"] = lambda ask: answer("", 302, {"Location": other.url("/")})
    live.crawl(site_at(host), tmp_path)
    assert other.log == []


@pytest.mark.long
@pytest.mark.matrix(row=9, promise="the time and memory of that")
def test_what_a_huge_robots_costs(hostile: Hostile, tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: PAGE
    with Live() as fresh:
        small = fresh.crawl(site_at(host), tmp_path / "small").peak_mb
        host.routes["/robots.txt"] = lambda ask: answer(
            b"User-agent: *\nDisallow: /d*x\n" + b"Allow: /*a*b\n" * 7_000_000
        )
        began = time.monotonic()
        large = fresh.crawl(site_at(host), tmp_path / "large").peak_mb
    took = time.monotonic() - began
    assert large - small < 50
    figure(9, f"92 MB: {took:.1f} s, {large} MiB at the peak, {large - small} more than without")


@pytest.mark.matrix(row=9, promise="of a robots.txt of 100 MB the first 512 KiB are fetched, and obeyed")
def test_a_huge_robots_is_read_to_its_limit(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    sent = [0]

    def huge(ask: Ask) -> Iterator[Piece]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n\r\n"
        yield b"User-agent: *\nDisallow: /\n"
        for _ in range(1500):
            sent[0] += 1
            yield b"#" * 65535 + b"\n"

    serve(host)
    host.routes["/robots.txt"] = huge
    ran = crawl(live, hostile, tmp_path, host)
    assert host.pages() == []
    assert ran.stats["robotstxt/forbidden"] == 1
    assert sent[0] < 400, "the rest was not taken"


def test_robots_are_asked_for_once_and_obeyed_for_each_host(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host, other = hostile.host(), hostile.host("127.0.0.2")
    links = "".join(f'<a href="{target}">甲</a>' for target in ("/d/1", "/d/2", other.url("/d/3"), other.url("/d/4")))
    host.routes["/"] = lambda ask: answer(f"<html>{links}</html>")
    host.routes["/robots.txt"] = lambda ask: answer("User-agent: *\nDisallow: /d/2\n")
    other.routes["/robots.txt"] = lambda ask: answer("User-agent: *\nDisallow: /d/4\n")
    live.crawl(site_at(host, other), tmp_path)
    assert host.asked() == [*TERMS, "/", "/d/1"]
    assert other.asked() == [*TERMS, "/d/3"]


@pytest.mark.long
@pytest.mark.matrix(row=6, promise="every failure 20 times over: 0 page requests, exit 3")
def test_no_failure_lets_a_page_through(
    live: Live, hostile: Hostile, tmp_path: Path, figure: Callable[[int, str], None]
) -> None:
    crawls = pages = 0
    for again in range(20):
        for name, failure in FAILURES.items():
            host = hostile.host()
            serve(host)
            host.routes["/robots.txt"] = failure["run"]  # type: ignore[assignment]
            ran = live.crawl(site_at(host), tmp_path / f"{name} {again}", {"DOWNLOAD_TIMEOUT": 0.3})
            assert ran.summary.exit_code == 3
            crawls, pages = crawls + 1, pages + len(host.pages())
    assert pages == 0
    figure(6, f"{pages} page requests in {crawls} crawls")
