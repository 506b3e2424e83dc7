"""`scrapy newsite`: an unknown site's addresses are found from some of its pages; crawled by these it is found whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from runpy import run_path
from tempfile import NamedTemporaryFile

import pytest

from cleaners.sites import Site
from crawler.fixtures.address_patterns import patterns_of
from crawler.fixtures.findings import Findings, findings_of
from crawler.fixtures.site_file import site_name, source
from crawler.fixtures.survey import MAX_PAGES, Survey, skeleton_of
from tests.engines import ENGINES, Engine, paged, title_of
from tests.hostile import Hostile, answer
from tests.live import Live
from tests.offline import RunCommand, crawl, save, scrapy

BASE = "http://www.wenku.example"
QUICK = ("forum",)
"""Engines of which the whole crawl is run each time."""
MOBILE = "http://m.wenku.example"


def survey(engine: Engine, base: str = BASE, hosts: tuple[str, ...] = ()) -> Survey:
    """Look at pages of a site as the command does, from memory."""
    seen = Survey(f"{base}/")
    while url := seen.next():
        seen.ask(url)
        target = "/" + url.split("/", 3)[3]
        if target in engine.pages and url.startswith((base, *hosts)):
            seen.take(url, engine.encoded(target), "text/html")
    return seen


def written(findings: Findings, name: str = "fresh") -> Site:
    """Return the site that the file says."""
    with NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(source(findings, name, "2026-11"))
        file.flush()
        return site_in(Path(file.name))


def site_in(path: Path) -> Site:
    site = run_path(str(path))["SITE"]
    assert isinstance(site, Site)
    return site


@pytest.mark.parametrize("name", ENGINES)
def test_addresses_are_told_apart(name: str) -> None:
    engine = ENGINES[name]()
    seen = survey(engine)
    site = written(findings_of(seen))
    kinds = {target: site.kind(f"{BASE}{target}") for target in engine.pages}
    assert {target for target, kind in kinds.items() if kind == "document"} == engine.documents
    assert {target for target, kind in kinds.items() if kind == "part"} == engine.later
    assert len(seen.pages) <= MAX_PAGES
    assert site.kind(f"{BASE}/login.html") is None
    assert site.title == engine.name


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.long) for name in ENGINES]
)
def test_a_crawl_with_the_file_finds_the_site_whole(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    engine, host = ENGINES[name](), hostile.host()
    engine.serve(host)
    site = written(findings_of(survey(engine, host.url("").rstrip("/"))))
    records = live.crawl(site, tmp_path).records()
    found = {url.removeprefix(host.url("")) for record in records for url in record["urls"]}
    assert found == engine.documents
    assert not [record for record in records if "版权归作者所有" in record["text"] or "热门文档" in record["text"]]


def filed(*targets: str, walls: Sequence[str] = ()) -> Engine:
    """Return a site that files each document in a folder of its own."""
    engine = Engine()
    for number, target in enumerate(targets):
        engine.add_document(target, number)
    for target in walls:
        engine.pages[target] = "<html><title>安全验证</title><body><p>请完成安全验证后继续访问</p></body></html>"
    engine.add_listing("/", "首页", [(target, title_of(number)) for number, target in enumerate(targets)])
    return engine


@pytest.mark.parametrize("form", ["/wz/{}/{}.html", "/2024/{}_7/{}.html", "/{}/jy/k{}q8z.html"])
def test_folders_of_which_few_addresses_were_seen_are_judged_together(form: str) -> None:
    words = ("fanwen", "jihua", "zongjie", "hetong", "xinde", "baogao", "zhidu", "fangan", "yanjiang", "gongwen")
    targets = [form.format(word, 40_001 + 37 * number) for number, word in enumerate(words)]
    site = written(findings_of(survey(filed(*targets, walls=targets[3:4]))))
    assert all(site.kind(f"{BASE}{target}") == "document" for target in targets)
    assert site.kind(BASE + form.format("xinwen", 51_234)) == "document"


def test_a_host_for_telephones_is_the_same_site(tmp_path: Path) -> None:
    """Both hosts have all pages."""
    engine = paged()
    engine.pages["/"] = engine.pages["/"].replace("<h2>", f'<a href="{MOBILE}/">手机版</a><h2>')
    seen = survey(engine, hosts=(MOBILE,))
    site = written(findings_of(seen))
    assert site.domains == ("wenku.example",)
    assert site.kind(f"{MOBILE}/fanwen/1205.html") == "document"
    for number, target in enumerate(engine.pages):
        for base in (BASE, MOBILE):
            save(tmp_path, f"{base[7]}{number}", f"{base}{target}", engine.encoded(target), site="fresh")
    assert {url.split("/", 3)[3] for url in crawl(tmp_path, site).urls()} == {each[1:] for each in engine.documents}


def test_a_site_without_documents_gives_none() -> None:
    engine = Engine()
    engine.add_service()
    engine.add_listing("/", "首页", engine.foot)
    assert findings_of(survey(engine)).groups == ()


def test_what_a_site_says_of_itself_cannot_act() -> None:
    """A title with quotes and code stays a string."""
    engine = paged()
    engine.name = '"""); raise SystemExit("x" # '
    engine = paged()
    engine.pages["/"] = engine.pages["/"].replace("示范文库网</title>", '""")\\nraise SystemExit(1)\\n"</title>')
    site = written(findings_of(survey(engine)))
    assert site.documents


@pytest.mark.parametrize(
    ("targets", "words", "pattern"),
    [
        (["/zw/12.html", "/fw/7.html"], False, r"^/(?:fw|zw)/\d+\.html$"),
        (["/a/0a1b2c3d.html", "/a/1b2c3d4e.html"], False, r"^/a/[0-9a-f]{8}\.html$"),
        (["/f/35LThdFPvUu.html", "/f/30nVkns27PL.html"], False, r"^/f/[0-9A-Za-z]+\.html$"),
        (["/show.asp?id=7&k=%BD%B2", "/show.asp?id=8&k=%B2x"], False,
         r"^/show\.asp\?id=\d+&k=%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}|\w)*$"),
        (["/list12.html", "/list9.html"], False, r"^/list\d+\.html$"),
        (["/wz_a1b2c3.html", "/wz_kuaile.html", "/wz_hesuan.html", "/wz_x8y9z0.html"], False, r"^/wz_[0-9A-Za-z]+\.html$"),
    ],
)  # fmt: skip
def test_patterns_of_addresses(targets: list[str], words: bool, pattern: str) -> None:
    assert patterns_of(targets, words=words) == [pattern]


def test_names_and_skeletons() -> None:
    assert site_name("wenku.example:80") == "wenku"
    assert skeleton_of("/zuowen/9.html") == skeleton_of("/fanwen/9.html") != skeleton_of("/zuowen/9_9.html")


# The command


def test_the_command_live(hostile: Hostile, tmp_path: Path) -> None:
    engine, host = ENGINES["parts"](), hostile.host()
    engine.serve(host)
    host.routes["/robots.txt"] = lambda _: answer("User-agent: *\nDisallow: /help/\n", kind="text/plain")
    ran = newsite(host.url("/"), "-o", str(tmp_path / "fresh.py"), data=tmp_path / "data")
    assert ran.returncode == 0, ran.stderr
    assert len(host.pages()) <= MAX_PAGES
    assert not [target for target in host.pages() if target.startswith("/help/")]
    assert ran.stdout.count("  before ") == 5
    assert "learned from" in ran.stdout
    site = site_in(tmp_path / "fresh.py")
    checked = subprocess.run([sys.executable, "-m", "ruff", "format", "--check", tmp_path / "fresh.py"], check=False)
    assert checked.returncode == 0
    assert {target for target in engine.pages if site.kind(host.url(target)) == "document"} == engine.documents
    assert list((tmp_path / "data/profiles").glob("*.json"))
    drafts = tmp_path / "data/newsite/site127"
    assert len(list(drafts.glob("*/page.html"))) == 3
    assert len(list(drafts.glob("*/expected.json"))) == 2


def test_the_command_over_saved_pages(tmp_path: Path, run_command: RunCommand) -> None:
    engine = ENGINES["forum"]()
    for number, target in enumerate(engine.pages):
        save(tmp_path / "saved", f"page{number}", f"{BASE}{target}", engine.encoded(target), site="any")
    data = ("-s", f"DATA_DIR={tmp_path / 'data'}")
    words = (f"{BASE}/", "--replay", str(tmp_path / "saved"), *data)
    code, out, err = run_command("newsite", *words, "--dry-run")
    assert (code, err) == (0, "")
    assert r"^/thread-\d+-1-1\.html$" in out
    assert not (tmp_path / "data").exists()
    code, out, err = run_command("newsite", "http://other.example/", *words[1:])
    assert (code, out) == (3, "")
    assert "holds no page of other.example; nothing is written" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name the address of a site"),
        (("ftp://a.example/",), "'ftp://a.example/' is no http or https address"),
        (("https://www.taowenge.com/",), "https://www.taowenge.com/ is on a host of taowenge"),
        (("http://a.example/", "--name", "wm114"), "there is a site wm114"),
        (("http://a.example/", "--replay", "nowhere"), "--replay nowhere: no such file or folder"),
    ],
)
def test_wrong_calls(arguments: tuple[str, ...], message: str, run_command: RunCommand) -> None:
    code, out, err = run_command("newsite", *arguments)
    assert (code, out) == (2, "")
    assert message in err


def newsite(*words: str, data: Path) -> subprocess.CompletedProcess[str]:
    settings = ("ADDRESSES_ALLOWED=127.0.0.1", "DOWNLOAD_DELAY=0", "POLITE_FACTOR=0", f"DATA_DIR={data}")
    options = [option for setting in settings for option in ("-s", setting)]
    return scrapy("newsite", *words, *options, WENQING_CONTACT="crawl@example.org")
