"""Only good pages become documents: every kind of rubbish is recognised, counted by reason, and never stored."""

from __future__ import annotations

import gzip
import random
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.verdicts import block_pages
from crawler.downloader import responses
from crawler.downloader.content_encoding import TooLarge, unpack
from crawler.files.compression import CompressionError
from pipelines.drops import LoginWall, drop_reason
from tests.hostile import RESET, Ask, Hostile, Piece, Reply, Route, answer
from tests.live import Live, Ran, site_at

SENTENCES = [
    "各位老师、各位同学：今天我们在这里举行新学期的升旗仪式。",
    "过去的一个学期里，大家在学习和生活中都有了新的进步。",
    "希望同学们珍惜时间，养成良好的阅读习惯，每天坚持锻炼身体。",
    "也希望老师们继续关心每一位学生，让校园成为温暖的大家庭。",
]
GOOD = (
    "<html><head><meta charset='utf-8'><title>升旗仪式讲话稿</title></head><body><h1>升旗仪式讲话稿</h1>"
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    + "</body></html>"
)
NAV = "<a href='/'>首页</a><a href='/list'>分类</a><a href='/login'>登录</a><a href='/reg'>注册</a>"


def page(title: str, *lines: str, more: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body>{NAV}{body}{more}</body></html>"


def of_kind(kind: str, body: bytes) -> Route:
    return lambda ask: answer(body, kind=kind)


def at_200(html: str) -> Route:
    return lambda ask: answer(html)


BLOCK_PAGES = {
    "soft-404": ("SoftNotFound", page("404 页面不存在 - 示范文库", "抱歉，您访问的页面不存在", "5秒后返回首页")),
    "soft-404, no title": ("SoftNotFound", page("示范文库", "对不起，没有找到您要的文档")),
    "soft-404, English": ("SoftNotFound", page("Page Not Found", "The page you requested is gone.")),
    "deleted": ("Deleted", page("提示", "该文档已被上传者删除")),
    "taken down": ("Deleted", page("示范文库", "您访问的文档因违反规定已被管理员下架")),
    "login": ("LoginWall", page("用户登录 - 示范文库", "请先登录后查看", more="<input type=password name=p>")),
    "login, no title": ("LoginWall", page("示范文库", "您还没有登录，请登录后继续访问")),
    "paywall": ("Paywall", page("示范文库", "本文为付费文档，购买后即可阅读全文")),
    "captcha": ("Captcha", page("安全验证", "请输入验证码继续访问", more="<img src=/captcha.png><input name=code>")),
    "captcha, no title": ("Captcha", page("示范文库", "您的访问过于频繁，请拖动滑块完成验证")),
    "robot": ("Captcha", page("人机验证", "请确认您不是机器人", more="<div class=geetest></div>")),
    "challenge": (
        "Challenge",
        "<html><body><script>document.cookie='__jsl_clearance=1;path=/';location.reload()</script></body></html>",
    ),
    "challenge, cloud": (
        "Challenge",
        page(
            "Just a moment...",
            "Enable JavaScript and cookies to continue",
            more="<script src=/cdn-cgi/challenge-platform/x></script>",
        ),
    ),
    "firewall": ("Challenge", page("网站防火墙", "您的请求带有不合法参数，已被网站管理员设置拦截！")),
}


def crawl(live: Live, hostile: Hostile, data: Path, *routes: Route, **settings: object) -> Ran:
    host = hostile.host()
    links = "".join(f'<a href="/d/{number}">甲</a>' for number in range(len(routes)))
    host.routes["/"] = lambda ask: answer(f"<html><body>{links}</body></html>")
    for number, run in enumerate(routes):
        host.routes[f"/d/{number}"] = run
    return live.crawl(site_at(host), data, settings)


def counted(ran: Ran, name: str) -> int:
    """Return how many pages were refused for a reason, before the spider or after cleaning."""
    return ran.summary.reasons.get(name, 0)


@pytest.mark.matrix(
    row=26, promise="soft-404, deleted, login, paywall, captcha, challenge with status 200: none is stored"
)
@pytest.mark.parametrize("name", BLOCK_PAGES)
def test_a_wall_is_no_document(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    drop, html = BLOCK_PAGES[name]
    ran = crawl(live, hostile, tmp_path, at_200(html), at_200(GOOD))
    assert [record["title"] for record in ran.records()] == ["升旗仪式讲话稿"]
    assert counted(ran, drop) == 1, ran.summary.reasons
    assert ran.summary.rejected == 1


@pytest.mark.matrix(row=26, promise="statuses 412 and 521 are challenges, not answered")
@pytest.mark.parametrize("status", [412, 521])
def test_a_challenge_by_status(status: int, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, lambda ask: answer(GOOD, status), at_200(GOOD.replace("升旗", "开学")))
    assert counted(ran, "Challenge") == 1
    assert len(ran.records()) == 1


@pytest.mark.matrix(
    row=26, promise="3 logins, captchas or challenges in a row close the host, exit 3; nothing is evaded"
)
@pytest.mark.parametrize("name", ["login", "captcha", "challenge", "login, no title", "captcha, no title"])
def test_three_in_a_row_close_the_host(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = at_200("<html>" + "".join(f'<a href="/d/{n}">甲</a>' for n in range(30)) + "</html>")
    host.routes["/d/*"] = at_200(BLOCK_PAGES[name][1])
    ran = live.crawl(site_at(host), tmp_path)
    assert ran.summary.exit_code == 3
    assert "3 pages in a row" in ran.summary.hosts[0]
    assert 3 <= len(host.pages()) - 1 <= 5, "what was under way may come"
    assert all(not {"cookie", "authorization"} & ask.headers.keys() for ask in host.log)
    assert len({ask.headers["user-agent"] for ask in host.log}) == 1


def test_good_pages_between_keep_the_host_open(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    bad = at_200(BLOCK_PAGES["captcha"][1])
    goods = [at_200(GOOD.replace("升旗", word)) for word in ("开学", "毕业", "表彰")]
    ran = crawl(live, hostile, tmp_path, bad, bad, goods[0], bad, bad, goods[1], bad, bad, goods[2])
    assert ran.summary.hosts == ()
    assert len(ran.records()) == 3


# Cut and broken bodies

PACKED = gzip.compress(GOOD.encode(), mtime=0)
GZIP = {"Content-Encoding": "gzip"}


def wrong_crc(ask: Ask) -> Reply:
    return answer(PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], headers=GZIP)


def half(ask: Ask) -> Reply:
    return answer(PACKED[: len(PACKED) // 2], headers=GZIP)


def without_end(ask: Ask) -> Reply:
    return answer(PACKED[:-8], headers=GZIP)


def raw_deflate_cut(ask: Ask) -> Reply:
    return answer(zlib.compress(GOOD.encode())[:-20], headers={"Content-Encoding": "deflate"})


def short_length(ask: Ask) -> Reply:
    return answer(GOOD, headers={"Content-Length": str(len(GOOD.encode()) // 2)})


def long_length(ask: Ask) -> Reply:
    return answer(GOOD, headers={"Content-Length": str(len(GOOD.encode()) * 2)})


def negative_length(ask: Ask) -> Reply:
    return answer(GOOD, headers={"Content-Length": "-5"})


def two_lengths(ask: Ask) -> Reply:
    return answer(GOOD, headers={"Content-Length": "50\r\nContent-Length: 60"})


def no_length(ask: Ask) -> Reply:
    return answer(GOOD.encode()[:400], headers={"Content-Length": ""})


def no_length_plain(ask: Ask) -> Reply:
    return answer("".join(SENTENCES).encode()[:200], headers={"Content-Length": ""})


def cut_chunk(ask: Ask) -> Reply:
    body = GOOD.encode()
    head = answer("", headers={"Content-Length": "", "Transfer-Encoding": "chunked"})
    return head + f"{len(body):x}\r\n".encode() + body[:300]


def reset_midway(ask: Ask) -> Iterator[Piece]:
    whole = answer(GOOD)
    yield whole[: len(whole) // 2]
    yield 0.02
    yield RESET


def part(ask: Ask) -> Reply:
    return answer(GOOD, 206, {"Content-Range": f"bytes 0-{len(GOOD) - 1}/99999"})


CUT_BODIES: list[Route] = [half, without_end, wrong_crc, raw_deflate_cut]
CUT_LENGTHS: list[Route] = [short_length, long_length, negative_length, two_lengths, no_length, no_length_plain]
CUT_LENGTHS += [cut_chunk, reset_midway, part]


@pytest.mark.matrix(row=24, promise="gzip cut anywhere, CRC wrong: asked for once more, then given up, never stored")
@pytest.mark.parametrize("run", CUT_BODIES, ids=lambda run: run.__name__)
def test_a_broken_packing_is_no_document(run: Route, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, run, at_200(GOOD))
    assert len(ran.records()) == 1
    assert ran.records()[0]["text"].count("\n") == len(SENTENCES) - 1
    assert ran.summary.reasons == {"Cut": 1}
    assert hostile.hosts[0].asked().count("/d/0") == 2


@pytest.mark.matrix(
    row=25, promise="Content-Length short, long, negative, double, chunk cut, early close, reset, 206: 0 stored"
)
@pytest.mark.parametrize("run", CUT_LENGTHS, ids=lambda run: run.__name__)
def test_a_cut_page_is_no_document(run: Route, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, run, at_200(GOOD))
    assert len(ran.records()) == 1
    assert ran.records()[0]["text"].count("\n") == len(SENTENCES) - 1
    assert counted(ran, "Cut") + ran.stats.get("pages/failed", 0) == 1


def test_what_came_whole_the_second_time_is_stored(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    replies = [answer(PACKED[:-9], headers=GZIP), answer(PACKED, headers=GZIP)]
    ran = crawl(live, hostile, tmp_path, lambda ask: replies.pop(0))
    assert len(ran.records()) == 1
    assert ran.summary.exit_code == 0


def test_a_page_without_length_that_is_whole_is_stored(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, lambda ask: answer(GOOD, headers={"Content-Length": ""}))
    assert len(ran.records()) == 1


@pytest.mark.parametrize("size", [1, 1000, 300_000])
def test_whole_packings_are_whole(size: int) -> None:
    text = random.Random(size).randbytes(size)
    raw = zlib.compressobj(wbits=-15)
    forms = {"gzip": gzip.compress(text), "deflate": zlib.compress(text)}
    for coding, form in (*forms.items(), ("deflate", raw.compress(text) + raw.flush())):
        assert unpack(form, [coding], size) == text
        with pytest.raises(CompressionError, match="broken"):
            unpack(form[:-1], [coding], size)
    assert unpack(forms["gzip"] + b"rubbish", ["gzip"], size) == text, "browsers take it, too"
    with pytest.raises(TooLarge):
        unpack(gzip.compress(bytes(20_000_000)), ["gzip"], 1000)


NOT_TRUE = [("gzip", ""), ("deflate", ""), ("br", ""), ("utf-8", ""), ("none", ""), ("GBK", ""), ("gzip, gzip", "gzip")]


@pytest.mark.parametrize(("said", "true"), NOT_TRUE)
def test_a_coding_that_is_not_true_costs_no_page(
    said: str, true: str, live: Live, hostile: Hostile, tmp_path: Path
) -> None:
    body = gzip.compress(GOOD.encode()) if true else GOOD
    ran = crawl(live, hostile, tmp_path, lambda ask: answer(body, headers={"Content-Encoding": said}))
    assert len(ran.records()) == 1


# Other kinds

KINDS = {
    "PDF as html": of_kind("text/html", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj <</Type/Catalog>> endobj\n" * 20),
    "EXE as html": of_kind("text/html", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(range(256)) * 20),
    "random bytes": of_kind("text/html", random.Random(1).randbytes(20_000)),
    "random bytes, no type": of_kind("", random.Random(2).randbytes(20_000)),
    "PNG as html": of_kind(
        "text/html; charset=gbk", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(3).randbytes(5000)
    ),
    "JPEG as html": of_kind("text/html", b"\xff\xd8\xff\xe0\0\x10JFIF" + random.Random(4).randbytes(5000)),
    "PDF by type": of_kind("application/pdf", GOOD.encode()),
    "octet stream": of_kind("application/octet-stream", GOOD.encode()),
    "Word": of_kind("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "zip as html": of_kind("text/html", b"PK\x03\x04" + random.Random(5).randbytes(3000)),
    "gzip twice": of_kind("text/html", gzip.compress(gzip.compress(GOOD.encode()))),
    "JSON": of_kind("application/json", b'{"code": 403}'),
}


@pytest.mark.matrix(row=28, promise="PDF, EXE, random bytes, images, archives in the place of a page: 0 stored")
@pytest.mark.parametrize("name", KINDS)
def test_another_kind_of_file_is_no_document(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, KINDS[name], at_200(GOOD))
    assert len(ran.records()) == 1
    assert ran.summary.reasons == {"OtherKind": 1}


@pytest.mark.matrix(row=26, promise="a document page that leads to a login or captcha gives no document")
@pytest.mark.parametrize("name", ["login", "captcha"])
def test_a_redirect_to_a_wall(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/d/0"] = lambda ask: answer("", 302, {"Location": "/verify?next=/d/0"})
    host.routes["/verify"] = at_200(BLOCK_PAGES[name][1])
    file = tmp_path / "urls.txt"
    file.write_text(host.url("/d/0"))
    ran = live.crawl(site_at(host), tmp_path, urls=str(file))
    assert "/verify?next=/d/0" in host.asked()
    assert ran.records() == []
    assert ran.summary.exit_code == 3
    assert ran.summary.rejected == 1


# Charsets

MIXED = GOOD.encode()[: len(GOOD.encode()) // 2] + GOOD[len(GOOD) // 2 :].encode("gbk")
ENCODED = {
    "GBK labelled UTF-8": answer(GOOD.encode("gbk"), kind="text/html; charset=utf-8"),
    "UTF-8 labelled GBK": answer(GOOD.replace("'utf-8'", "gbk").encode(), kind="text/html; charset=gbk"),
    "GBK without label": answer(GOOD.replace("<meta charset='utf-8'>", "").encode("gbk"), kind="text/html"),
    "GB18030 labelled Big5": answer(GOOD.replace("'utf-8'", "big5").encode("gb18030"), kind="text/html; charset=big5"),
    "UTF-16": answer(GOOD.encode("utf-16"), kind="text/html"),
    "bogus label": answer(GOOD.replace("'utf-8'", "base64_codec").encode(), kind="text/html; charset=base64_codec"),
}


@pytest.mark.matrix(row=27, promise="pages with a wrong, bogus or no charset label give the right text")
@pytest.mark.parametrize("name", ENCODED)
def test_labels_that_lie(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, lambda ask: ENCODED[name])
    assert [record["text"] for record in ran.records()] == ["\n".join(SENTENCES)]


@pytest.mark.matrix(
    row=27, promise="half UTF-8, half GBK, or bytes lost: nothing with more than 0.1 % U+FFFD is stored"
)
@pytest.mark.parametrize(
    "body", [MIXED, GOOD.encode().replace("的".encode(), b"\xe7\x9a")], ids=["mixed", "bytes lost"]
)
def test_a_misread_page_is_no_document(body: bytes, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, lambda ask: answer(body, kind="text/html"))
    for record in ran.records():
        assert record["text"].count("\ufffd") <= 0.001 * len(record["text"])
        assert record["text"] == "\n".join(SENTENCES)


# Drift


@pytest.mark.matrix(row=54, promise="over 20 % of a site's last 50 document pages without a document: alarm, exit 3")
@pytest.mark.parametrize(("empty", "alarmed"), [(11, True), (10, False)])
def test_drift(empty: int, alarmed: bool, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    shell = at_200("<html><body><div id=app></div></body></html>")
    routes = [shell] * empty + [at_200(GOOD.replace("升旗", f"第{number}次升旗")) for number in range(12)]
    ran = crawl(live, hostile, tmp_path, *routes)
    assert (ran.summary.exit_code == 3) is alarmed
    assert ("the last" in " ".join(ran.summary.alarms)) is alarmed
    assert len(ran.records()) == 12


# Real documents that speak of such things stay

REAL = [
    "关于做好网络账号登录安全管理工作的通知",
    "安全检查",
    "404号文件学习体会",
    "小区门禁验证码系统操作说明",
    "文件不存在的处理办法",
    "会员登录流程培训讲稿",
]


@pytest.mark.matrix(row=26, promise="documents whose titles and sentences speak of logins and codes stay documents")
@pytest.mark.parametrize("title", REAL)
def test_documents_about_such_things_stay(title: str) -> None:
    sentences = [
        "为了加强管理，请各单位登录系统后查看通知内容，并在规定的时间内完成各项工作。",
        "操作人员需要输入验证码，验证码由信息科统一发放，任何人不得转借他人使用。",
        "如发现页面不存在或者文件已被删除的情况，应当立即报告值班人员并做好记录。",
        "各科室要把这项工作作为今年的重点任务，明确责任，认真落实，按月检查通报。",
    ] * 6
    html = page(f"{title}_示范文库", *sentences)
    assert drop_reason(clean(Page(body=html, url="http://a.example/d/1"))) is None


def test_only_a_page_with_little_text_is_rendered_to_see_whether_it_is_a_block_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = "请登录后继续访问。" * 200
    wall = f"<title>登录</title><script>var words = '{words}'</script><!-- {words} --><p>请登录后继续访问。</p>"
    assert responses.block_page_in(HtmlResponse("http://a.example/", body=wall.encode())) is LoginWall
    monkeypatch.setattr("cleaners.reading.render.render", None)
    long = f"<title>登录</title><p>{words}</p>"
    assert responses.block_page_in(HtmlResponse("http://a.example/", body=long.encode())) is None


@pytest.mark.parametrize("title", ["登录", "404", "安全验证"])
def test_a_title_alone_decides_only_where_little_text_is(title: str) -> None:
    assert block_pages.judge([title], [], "首页\n分类\n注册")
    assert block_pages.judge([title], [], "各单位要按照要求，认真做好今年的各项检查工作。") is None


@pytest.mark.long
@pytest.mark.matrix(row=26, promise="all of this file's rubbish in one crawl, 20 times: 0 stored, memory under 300 MB")
def test_all_rubbish_at_once(hostile: Hostile, tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    rubbish = [at_200(html) for _, html in BLOCK_PAGES.values()] + CUT_BODIES + CUT_LENGTHS + list(KINDS.values())
    goods = [at_200(GOOD.replace("升旗", f"第{number}次升旗")) for number in range(20 * len(rubbish))]
    routes = [route for pair in zip(rubbish * 20, goods, strict=True) for route in pair]
    with Live() as fresh:
        ran = crawl(fresh, hostile, tmp_path, *routes)
    assert all(re.fullmatch(r"第\d+次升旗仪式讲话稿", record["title"]) for record in ran.records())
    assert len(ran.records()) == len(goods)
    assert ran.peak_mb < 300
    figure(26, f"0 of {20 * len(rubbish):,} rubbish pages stored, all {len(goods):,} good ones; peak {ran.peak_mb} MiB")
