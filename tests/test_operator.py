"""`scrapy fixture` and `scrapy doctor`: one page, asked for as a crawl would, and what they say of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from scrapy.utils.project import get_project_settings

from cleaners.sites import Site, sites
from crawler.errors import ArgumentError
from crawler.fixtures import expectations, site_checks
from crawler.fixtures.cases import case_name
from crawler.fixtures.probe import MAX_REQUESTS, Probe, run_probes, site_for
from crawler.fixtures.site_checks import CheckResult, check_probe
from pipelines.ledger.lock import site_lock
from tests.forked import Forked, writing_to
from tests.hostile import TERMS, Ask, Host, Hostile, answer
from tests.offline import DEMO, ROOT, RunCommand, page, scrapy

TEXT = "同志们：今天我们开会，把春耕生产的事安排下去。" * 20
ROBOTS_META = "User-agent: *\nCrawl-delay: 0\nDisallow: /user/\n"
Command = Callable[..., CompletedProcess[str]]


@pytest.fixture
def host(hostile: Hostile) -> Host:
    """A site with a robots.txt, a start page and documents; it greets each visitor with a cookie."""
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer(ROBOTS_META, kind="text/plain")
    host.routes["/"] = lambda ask: answer(page("/d/1.html", "/d/2.html", text="首页"))
    host.routes["/d/*"] = lambda ask: answer(
        page(text=TEXT), headers={"Set-Cookie": "visitor=7", "X-Robots-Tag": "noarchive"}
    )
    return host


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run a command of scrapy against the loopback, with a data folder of its own."""
    settings = ("ADDRESSES_ALLOWED=127.0.0.1", "DOWNLOAD_DELAY=0", "POLITE_FACTOR=0", f"DATA_DIR={tmp_path / 'data'}")
    options = [option for setting in settings for option in ("-s", setting)]

    def run(*arguments: object) -> CompletedProcess[str]:
        return scrapy(*map(str, arguments), *options, WENQING_CONTACT="crawl@example.org")

    return run


# A page is saved, drafted, checked


def test_from_the_first_call_to_a_reviewed_case(command: Command, host: Host, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    call = ("fixture", host.url("/d/1.html"), "--site", "gongxun", "--dir", folder)
    first = command(*call)
    assert (first.returncode, first.stderr) == (0, "")
    assert "must not go into the repository" in first.stdout
    assert host.asked() == [*TERMS, "/d/1.html"]
    assert "wenqing/0.2 (+crawl@example.org)" in host.log[-1].headers["user-agent"]
    case = folder / "gongxun/d_1"
    meta = json.loads((case / "meta.json").read_bytes())
    assert (meta["url"], meta["status"], meta["synthetic"], meta["reviewed"]) == (
        host.url("/d/1.html"),
        200,
        False,
        False,
    )
    assert meta["headers"] == {"Content-Type": "text/html; charset=utf-8", "X-Robots-Tag": "noarchive"}
    assert (case / "page.html").read_text(encoding="utf-8") == page(text=TEXT)
    assert (folder / "gongxun/robots.txt").read_text() == ROBOTS_META

    second = command(*call)
    assert second.returncode == 0
    assert "the test fails until a person has read it" in second.stdout
    assert host.asked() == [*TERMS, "/d/1.html"]
    assert json.loads((case / "expected.json").read_bytes())["text"] == TEXT
    third = command(*call)
    assert (third.returncode, third.stderr.count("\n")) == (2, 1)
    assert f"{case}/expected.json: exists" in third.stderr

    unreviewed = command("fixture", "--check", "--dir", folder)
    assert (unreviewed.returncode, unreviewed.stdout.splitlines()[-1]) == (3, "1 case, 1 to look at")
    (case / "meta.json").write_text(json.dumps({**meta, "reviewed": True}))
    assert command("fixture", "--check", "gongxun/d_1", "--dir", folder).returncode == 0


def test_a_page_that_does_not_come_is_not_saved(command: Command, host: Host, tmp_path: Path) -> None:
    host.routes["/broken"] = lambda ask: answer("broken", 500)
    for target, reason in [
        ("/user/1", "forbidden by robots.txt"),
        ("/gone", "answered 404"),
        ("/broken", "answered 500"),
    ]:
        ran = command("fixture", host.url(target), "--site", "gongxun", "--dir", tmp_path / "saved")
        assert (ran.returncode, ran.stdout) == (3, "")
        assert reason in ran.stderr
    assert not (tmp_path / "saved").exists()
    assert host.pages() == ["/gone", "/broken"]


def test_no_visit_while_a_crawl_of_the_site_goes_on(command: Command, host: Host, tmp_path: Path) -> None:
    with site_lock(tmp_path / "data", "gongxun"):
        ran = command("fixture", host.url("/d/1.html"), "--site", "gongxun", "--dir", tmp_path / "saved")
    assert (ran.returncode, ran.stderr.count("\n"), host.asked()) == (75, 1, [])


def test_a_file_saved_before_needs_no_network(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(text=TEXT))
    os.utime(file, (0, 1_700_000_000))
    ran = command("fixture", "https://www.taowenge.com/p-1.html", "--from", file, "--dir", tmp_path / "saved")
    assert ran.returncode == 0
    assert "taowenge/robots.txt is missing" in ran.stdout
    meta = expectations.read(tmp_path / "saved/taowenge/p_1/meta.json")
    assert meta["fetched_at"] == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ftp://a.example/",), "'ftp://a.example/' is no http or https address"),
        (("https://a.example/",), "no site owns https://a.example/; name one with --site NAME"),
        (("https://a.example/", "--site", "wm114"), "https://a.example/ is not on a host of wm114"),
        (("https://a.example/", "--site", "../x"), "--site ../x: use letters"),
        (("https://www.taowenge.com/p-1.html", "--case", "../x"), "--case ../x: use letters"),
        (("https://www.taowenge.com/p-1.html", "--from", "nowhere.html"), "--from nowhere.html: no such file"),
        ((), "name the URL of one page"),
        (("--check", "--dir", "docs"), "docs: no saved pages"),
        (("--check", "nosuch"), "fixtures: no saved pages of nosuch"),
    ],
)
def test_wrong_calls(arguments: tuple[str, ...], message: str, run_command: RunCommand) -> None:
    code, _, err = run_command("fixture", *arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"scrapy fixture: {message}")


def test_what_differs_is_shown_by_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from crawler.fixtures.cases import check

    case = tmp_path / "wm114/one"
    case.mkdir(parents=True)
    (case / "page.html").write_text(page(text=f"{TEXT}</p><p>第二段\x1b[31m。"), encoding="utf-8")
    meta = {"url": "http://www.wm114.cn/wen/1/1.html", "headers": {"Content-Type": "text/html"}, "reviewed": True}
    (case / "meta.json").write_text(json.dumps(meta))
    expected = {**expectations.drafted(case), "text": f"{TEXT}\n不在页上。", "flags": ["filler"]}
    (case / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
    assert check(tmp_path) == 1
    out = capsys.readouterr().out
    assert "wm114/one: text\n  -不在页上。\n  +第二段" in out
    assert "wm114/one: flags\n  -filler\n" in out
    assert "\x1b" not in out
    assert "text (bare)" not in out


def test_a_case_without_sense_names_its_file(tmp_path: Path) -> None:
    from crawler.fixtures.cases import check

    case = tmp_path / "wm114/one"
    case.mkdir(parents=True)
    (case / "meta.json").write_text("[1")
    with pytest.raises(ArgumentError, match=r"meta\.json: no object of JSON"):
        check(tmp_path)
    (case / "meta.json").write_text('{"url": "http://www.wm114.cn/wen/1/1.html"}')
    (case / "expected.json").write_text('{"text": ""}')
    (case / "page.html").write_text("")
    with pytest.raises(ArgumentError, match="lacks 'title'"):
        check(tmp_path)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/wen/21/30744.html", "wen_21_30744"),
        ("https://a.example/v.asp?id=3&x=/../", "v_asp_id_3_x"),
        ("https://a.example/文档/", "home"),
        (f"https://a.example/{'a' * 100}", "a" * 60),
    ],
)
def test_names_of_cases(url: str, name: str) -> None:
    assert case_name(url) == name


def test_the_site_of_an_address() -> None:
    assert site_for("https://m.taowenge.com/p-1.html").name == "taowenge"
    assert site_for("https://a.example:8080/x", "gongxun").domains == ("a.example:8080",)
    assert site_for("https://a.example/x", "newsite").owns("https://a.example/y")


# The doctor


def told(found: list[CheckResult]) -> dict[str, tuple[str, str]]:
    return {sign.what: (sign.verdict, sign.told) for sign in found}


def seen(
    html: str | bytes, url: str = "http://www.demo.example/d/1.html", **headers: str
) -> dict[str, tuple[str, str]]:
    body = html if isinstance(html, bytes) else html.encode()
    response = Response(url, headers={"Content-Type": "text/html", **headers}, body=body, request=Request(url))
    return told(check_probe(Probe(site=DEMO, url=url, page=response, requested=False)))


def test_a_good_page() -> None:
    found = seen(page(*map(str, range(20)), text=TEXT))
    assert found["page"][0] == found["encoding"][0] == found["text"][0] == "ok"
    assert found["encoding"][1] == "declared utf-8, found utf-8"


@pytest.mark.parametrize(
    ("html", "sign", "verdict", "words"),
    [
        (page(text=TEXT).encode("gbk"), "encoding", "look", "declared utf-8, found gb18030"),
        (page(text="您访问的页面不存在"), "wall", "bad", "shows not found in place of a document"),
        (page(text=""), "text", "bad", "none: no_text"),
        (page(text="短短一句话。"), "text", "look", "of the page"),
        (page(text=TEXT).replace("<head>", "<head><meta name=robots content=noindex>"), "opt-out", "look", "noindex"),
    ],
)
def test_what_is_wrong_with_a_page(html: str | bytes, sign: str, verdict: str, words: str) -> None:
    grade, text = seen(html)[sign]
    assert (grade, words in text) == (verdict, True), text


@pytest.mark.parametrize(
    ("status", "body", "verdict", "words"),
    [
        (
            200,
            "User-agent: *\nCrawl-delay: 9\nSitemap: http://a.example/s.xml\n",
            "ok",
            "allowed, Crawl-delay 9 s, 1 sitemap",
        ),
        (200, "User-agent: *\nDisallow: /d/\n", "bad", "the page is forbidden"),
        (200, "Content-Signal: ai-train=no\n", "look", "texts must not be used: content-signal"),
        (404, "", "ok", "none (404): nothing is forbidden"),
        (503, "", "bad", "unreachable (503)"),
        (None, "", "bad", "none came"),
    ],
)
def test_robots(status: int | None, body: str, verdict: str, words: str) -> None:
    answered = Response("http://www.demo.example/robots.txt", status=status or 0, body=body.encode())
    visit = Probe(site=DEMO, url="http://www.demo.example/d/1.html", robots=answered if status else None, failure="no")
    grade, text = told(site_checks.check_probe(visit))["robots.txt"]
    assert (grade, words in text) == (verdict, True), text


def test_a_page_live(command: Command, host: Host) -> None:
    ran = command("doctor", "gongxun", "--page", host.url("/d/2.html"), "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    (site,) = json.loads(ran.stdout)["sites"]
    assert {sign["what"]: sign["verdict"] for sign in site["signs"]}["robots.txt"] == "ok"
    assert host.asked() == [*TERMS, "/d/2.html"]


def visit(host: str, data: str) -> None:
    settings = get_project_settings()
    settings.setdict({"ADDRESSES_ALLOWED": "127.0.0.1", "WENQING_CONTACT": "crawl@example.org", "DATA_DIR": data})
    site = Site(name="demo", title="", template="demo", domains=(host,), documents=("^/d/",), listings=("^/$", "^/l/"))
    one = Probe(site=site, url=f"http://{host}/", follow=True)
    run_probes(AsyncCrawlerProcess(settings), [one])
    print(json.dumps({sign.what: f"{sign.verdict} {sign.told}" for sign in check_probe(one)}), flush=True)


def test_from_the_start_page_to_a_document(host: Host, tmp_path: Path) -> None:
    code, out, err = Forked(visit, host.name, str(tmp_path)).end()
    assert code == 0, err.decode()
    found = json.loads(out)
    assert found["start page"] == f"ok {host.url()} links to 2 documents and 0 listings"
    assert found["opt-out"] == "look noarchive"
    assert host.asked() == [*TERMS, "/", "/d/1.html"]
    assert min(host.gaps()) >= 3
    assert not (tmp_path / "ledger.sqlite").exists()


def test_over_listings_to_a_document(host: Host, tmp_path: Path) -> None:
    host.routes["/"] = lambda ask: answer(page("/l/1.html", "/l/2.html", text="首页"))
    host.routes["/l/1.html"] = lambda ask: answer(page("/", "/l/1.html", "/l/3.html", text="分类"))
    host.routes["/l/3.html"] = lambda ask: answer(page("/", "/d/1.html", text="列表"))
    code, out, err = Forked(visit, host.name, str(tmp_path)).end()
    assert code == 0, err.decode()
    found = json.loads(out)
    assert found["start page"] == f"ok {host.url()} links to 0 documents and 2 listings"
    assert found["listing"].startswith(f"ok {host.url('/l/3.html')} links to 1 document and ")
    assert host.asked() == [*TERMS, "/", "/l/1.html", "/l/3.html", "/d/1.html"]


def test_listings_that_lead_to_no_document_are_bad(host: Host, tmp_path: Path) -> None:
    host.routes["/"] = lambda ask: answer(page("/l/1.html", text="首页"))
    host.routes["/l/*"] = lambda ask: answer(page(f"{ask.target}1", text="列表"))
    code, out, err = Forked(visit, host.name, str(tmp_path)).end()
    assert code == 0, err.decode()
    found = json.loads(out)
    assert found["page"] == f"bad {host.url('/l/1.html1')} links to no document"
    assert found["listing"].startswith("bad ")
    assert host.asked() == [*TERMS, "/", "/l/1.html", "/l/1.html1"]


@pytest.mark.matrix(37, "the doctor shows a page's words without raw control characters")
def test_a_page_cannot_act_on_the_terminal(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        page(text=TEXT).replace("<head>", "<head><title>讲话\x1b[2J\x9b31m\u202e</title>"), encoding="utf-8"
    )
    kind = "text/html; \x1b[31m\u202e"
    meta = {"url": "https://www.taowenge.com/p-1.html", "headers": {"Content-Type": kind}}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    ran = command("doctor", "--page", file)
    assert "讲话" in ran.stdout
    assert r"text/html; \x1b[31m" in ran.stdout
    assert all(line.isprintable() for line in ran.stdout.splitlines())


def test_never_more_requests_than_promised(command: Command, host: Host) -> None:
    @host.route("/d/9.html")
    def moved(ask: Ask) -> bytes:
        step = int(ask.target.partition("?")[2] or 0) + 1
        return answer("", status=302, headers={"Location": f"/d/9.html?{step}"})

    ran = command("doctor", "gongxun", "--page", host.url("/d/9.html"))
    assert ran.returncode == 3
    assert len(host.asked()) == MAX_REQUESTS
    assert f"{MAX_REQUESTS} requests made" in ran.stdout


def test_saved_pages(command: Command) -> None:
    ran = command("doctor")
    assert ran.returncode == 0, ran.stdout
    assert ran.stderr == "scrapy doctor: looks at the saved example pages; name a site to ask it\n"
    assert [line for line in ran.stdout.splitlines() if "start page" in line and "links to" in line]
    assert ran.stdout.count("  noise ") == len([site for site in sites() if (ROOT / "fixtures" / site).is_dir()])


def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = Forked(writing_to, str(pipe), "doctor", "--page", "fixtures/wm114/whole_gbk/page.html")
    pipe.open("rb").close()
    assert process.end()[2] == b""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nosuch",), "no site 'nosuch'; `scrapy sites` lists them"),
        (("gongxun",), "gongxun has no known address: name a page with --page URL"),
        (("wm114", "taowenge", "--page", "x.html"), "--page is one page"),
        (("--replay", "docs"), "--replay docs: no saved pages there"),
        (("--page", "nowhere.html"), "--page nowhere.html: no such file"),
    ],
)
def test_wrong_calls_of_the_doctor(arguments: tuple[str, ...], message: str, run_command: RunCommand) -> None:
    code, _, err = run_command("doctor", *arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"scrapy doctor: {message}")
