"""What a site leads to is asked for as a browser would ask, and what did not come is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.frontier.links import page_links
from tests.hostile import Ask, Host, Hostile, Reply, Route, answer
from tests.live import Live, site_at
from tests.test_response_checks import GOOD, SENTENCES

HERE = "http://www.demo.example/a/b.html"


def at_200(html: str, charset: str = "utf-8") -> Route:
    return lambda ask: answer(html.encode(charset), kind="text/html")


def document(word: str) -> Route:
    return at_200(GOOD.replace("升旗", word))


def linking(*targets: str, charset: str = "utf-8") -> Route:
    links = "".join(f'<a href="{target}">文章</a>' for target in targets)
    return at_200(f'<html><head><meta charset="{charset}"></head><body>{links}</body></html>', charset)


# Addresses in attributes


@pytest.mark.matrix(62, "a parameter that looks like a reference stays, `\\` is `/`, queries are in the page's charset")
@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("?t=1&currentPage=2", "/a/b.html?t=1&currentPage=2"),
        ("?a=1&copy=2&reg=3&sect4&notit", "/a/b.html?a=1&copy=2&reg=3&sect4&notit"),
        ("?a=1&lt", "/a/b.html?a=1<"),
        ("?a=1&amp;b=2&#38;c=3&#x26;d", "/a/b.html?a=1&b=2&c=3&d"),
        ("?a=1&notit;&lt;&ltx;", "/a/b.html?a=1&notit;<&ltx;"),
        (r"\d\4.html", "/d/4.html"),
        (r"..\d\4.html?p=a\b", r"/d/4.html?p=a\b"),
        (r"http:\\www.demo.example\d\4.html", "/d/4.html"),
        ("http:///www.demo.example/d/4.html", "/d/4.html"),
        (r"\\www.demo.example/d/4.html", "/d/4.html"),
        ("?k=总结&id=5#文", "/a/b.html?k=%D7%DC%BD%E1&id=5"),
        ("?k=😀", "/a/b.html?k=%26%23128512%3B"),
        ("总结/4.html?k=a", "/a/总结/4.html?k=a"),
    ],
)
def test_an_address_as_browsers_read_it(href: str, expected: str) -> None:
    body = f'<meta charset="gb2312">总结报告<a href="{href}">x</a>'.encode("gb18030")
    assert page_links(HERE, body).links == (f"http://www.demo.example{expected}",)


@pytest.mark.parametrize(
    ("charset", "expected"),
    [("utf-8", "%E4%B8%AD"), ("utf-16", "%E4%B8%AD"), ("gbk", "%D6%D0"), ("gb18030", "%D6%D0"), ("big5", "%A4%A4")],
)
def test_a_query_is_in_the_page_s_charset(charset: str, expected: str) -> None:
    text = "這是一份關於學習的報告，請各位老師同學們閱讀。" if charset == "big5" else "这是一份关于学习的报告，请阅读。"
    body = f'<meta charset="{charset}"><p>{text * 3}<a href="?k=中">x</a>'.encode(charset)
    assert page_links(HERE, body).links == (f"{HERE}?k={expected}",)


def test_a_page_in_ascii_has_the_charset_it_names() -> None:
    assert page_links(HERE, b"<meta charset=gbk><a href='?k=&#20013;'>x</a>").links == (f"{HERE}?k=%D6%D0",)
    assert page_links(HERE, b"<a href='?k=&#20013;'>x</a>", "text/html; charset=gbk").links == (f"{HERE}?k=%D6%D0",)
    assert page_links(HERE, b"<a href='?k=&#20013;'>x</a>").links == (f"{HERE}?k=%E4%B8%AD",)


@pytest.mark.matrix(62, "queries of a GBK page reach the site in GBK, over the wire")
def test_a_gbk_site_is_asked_in_gbk(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = linking("/d/v.asp?k=总结&id=5&copy=1", r"\d\4.html", charset="gbk")
    host.routes["/d/v.asp"], host.routes["/d/4.html"] = document("开学"), document("毕业")
    ran = live.crawl(site_at(host), tmp_path)
    assert host.pages()[1:] == ["/d/v.asp?k=%D7%DC%BD%E1&id=5&copy=1", "/d/4.html"]
    assert len(ran.records()) == 2


# Pages that lead on


def refreshing(target: str, seconds: str = "0", text: str = "页面跳转中") -> Route:
    head = f'<title>跳转</title><meta http-equiv="Refresh" content="{seconds}; url={target}">'
    return at_200(f"<html><head>{head}</head><body>{text}</body></html>")


@pytest.mark.matrix(
    63, "a refresh within 30 s and the frames of a page are followed within the site and its robots.txt"
)
def test_a_start_page_that_only_leads_on(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host, other = hostile.host(), hostile.host("127.0.0.2")
    host.routes["/"] = refreshing("index.asp")
    host.routes["/index.asp"] = at_200(
        "<html><frameset cols='20%,80%'><frame src='left.asp'><frame src='\\list\\1'>"
        f"<frame src='{other.url('/d/9.html')}'><frame src='/closed/1'></frameset></html>"
    )
    host.routes["/left.asp"], host.routes["/list/1"] = linking("/d/1.html"), linking("/d/2.html")
    host.routes["/d/1.html"], host.routes["/d/2.html"] = document("开学"), document("毕业")
    host.routes["/robots.txt"] = lambda ask: answer("User-agent: *\nDisallow: /closed/", kind="text/plain")
    ran = live.crawl(site_at(host), tmp_path)
    assert sorted(host.pages()) == ["/", "/d/1.html", "/d/2.html", "/index.asp", "/left.asp", "/list/1"]
    assert other.log == []
    assert len(ran.records()) == 2
    assert ran.summary.exit_code == 0


@pytest.mark.matrix(63, "a page that only leads on is no document; what it leads to is")
@pytest.mark.parametrize(
    "stub",
    [
        refreshing("/d/3.html"),
        refreshing("/d/3.html", "5", "文章已经移动到新的地址，五秒之后自动打开，如果没有打开请点这里。"),
        refreshing("'/d/3.html'", "1.5", "<a href='/d/3.html'>如果您的浏览器没有自动跳转，请点击这里</a>"),
        at_200("<html><head><title>一篇讲话</title></head><frameset><frame src='/d/3.html'></frameset></html>"),
    ],
)
def test_a_document_page_that_only_leads_on(stub: Route, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"], host.routes["/d/1.html"], host.routes["/d/3.html"] = linking("/d/1.html"), stub, document("开学")
    ran = live.crawl(site_at(host), tmp_path)
    assert [record["url"] for record in ran.records()] == [host.url("/d/3.html")]
    assert ran.summary.exit_code == 0


def test_a_document_that_refreshes_stays_a_document(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = linking("/d/1.html")
    text = "".join(f"<p>{sentence}{more}</p>" for sentence in SENTENCES for more in ("", "这一点大家都很清楚。"))
    host.routes["/d/1.html"] = refreshing("/d/2.html", "20", text)
    host.routes["/d/*"] = document("开学")
    assert len(live.crawl(site_at(host), tmp_path).records()) == 2


@pytest.mark.matrix(63, "pages that refresh in a circle end")
def test_refreshes_in_a_circle_end(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"], host.routes["/list"] = refreshing("/list"), refreshing("/")
    live.crawl(site_at(host), tmp_path)
    assert host.pages() == ["/", "/list"]


# Headers


def raw(head: bytes, length: bytes | None = None) -> Route:
    body = GOOD.encode()
    size = b"Content-Length: %d\r\n" % len(body) if length is None else length
    start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + size + head + b"Connection: close\r\n\r\n"
    return lambda ask: start + body


HEADERS = {
    "a name in GBK": b"\xd6\xd0: 1\r\n",
    "a blank in front of the colon": b"X-A : 1\r\n",
    "no name": b": empty\r\n",
    "no colon": b"broken header line\r\n",
    "NUL": b"X\0Y: 1\r\n",
    "a tab in the name": b"X\tY: 1\r\n",
    "folded": b"X: 1\r\n 2\r\n",
    "GBK in the value": b"X: \xd6\xd0\r\n",
}


@pytest.mark.matrix(62, "headers whose names are none are skipped; the page is taken")
@pytest.mark.parametrize("name", HEADERS)
def test_a_malformed_header_costs_itself_only(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"], host.routes["/d/1.html"] = linking("/d/1.html"), raw(HEADERS[name])
    assert len(live.crawl(site_at(host), tmp_path).records()) == 1


def test_a_header_that_begins_with_a_blank(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = linking("/d/1.html")
    host.routes["/d/1.html"] = lambda ask: b"HTTP/1.1 200 OK\r\n X: 1\r\nConnection: close\r\n\r\n" + GOOD.encode()
    assert len(live.crawl(site_at(host), tmp_path).records()) == 1


def test_an_opt_out_with_a_blank_in_front_of_its_colon_is_heeded(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"], host.routes["/d/1.html"] = linking("/d/1.html"), raw(b"X-Robots-Tag : noindex\r\n")
    ran = live.crawl(site_at(host), tmp_path)
    assert (ran.records(), ran.summary.reasons) == ([], {"OptedOut": 1})


@pytest.mark.parametrize("length", ["{0},{0}", "{0}, {0}", "{0}\r\nContent-Length: {0}"])
def test_one_length_named_twice_is_one_length(length: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    size = length.format(len(GOOD.encode()))
    host.routes["/"], host.routes["/d/1.html"] = linking("/d/1.html"), raw(b"", f"Content-Length: {size}\r\n".encode())
    assert len(live.crawl(site_at(host), tmp_path).records()) == 1


# What did not come


def failing_after(host: Host, good: int, bad: int, reply: Route) -> None:
    host.routes["/"] = linking(*(f"/d/{number}" for number in range(good + bad)))
    for number in range(good + bad):
        host.routes[f"/d/{number}"] = document(f"第{number}次开学") if number < good else reply


def unanswered(ask: Ask) -> Reply:
    return b""


@pytest.mark.matrix(63, "pages that did not come are told by reason; more than a fifth of all is an alarm, exit 3")
@pytest.mark.parametrize(
    ("good", "bad", "reply", "alarmed"),
    [
        (4, 4, unanswered, True),
        (4, 4, lambda ask: answer("error", 500), True),
        (16, 4, unanswered, False),
        (1, 2, unanswered, False),
        (4, 4, lambda ask: answer("gone", 404), False),
    ],
)
def test_pages_that_did_not_come_are_told(
    good: int, bad: int, reply: Route, alarmed: bool, live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    host = hostile.host()
    failing_after(host, good, bad, reply)
    ran = live.crawl(site_at(host), tmp_path)
    assert sum(ran.summary.failures.values()) == bad
    assert (ran.summary.exit_code == 3, any("did not come" in told for told in ran.summary.alarms)) == (
        alarmed,
        alarmed,
    )
