"""The registry of sites: what an address leads to, and that a further site is one file."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Request, Response

from benchmarks.sites import figures, measure
from cleaners.sites import Site, site_of, sites
from crawler.fixtures.probe import Probe
from crawler.fixtures.site_checks import check_probe
from crawler.terminal import table
from tests.offline import ROOT, RunCommand, page, save, scrapy_in

KINDS = [
    ("bibiwenku", "http://www.bibiwenku.com/index/article/detail/detail_id/423168.html", "document"),
    ("bibiwenku", "http://www.bibiwenku.com//index/article/detail/detail_id/423168.html", "document"),
    ("bibiwenku", "http://www.bibiwenku.com/", "listing"),
    ("bibiwenku", "http://www.bibiwenku.com/index/article/lists/cate/3.html?page=2", "listing"),
    ("bibiwenku", "http://www.bibiwenku.com/index/user/login.html", None),
    ("bibiwenku", "http://www.bibiwenku.com/index/article/listeners/4.html", None),
    ("taowenge", "https://m.taowenge.com/p-35545964.html", "document"),
    ("taowenge", "https://taowenge.com/d-17268443.html", "document"),
    ("taowenge", "https://www.taowenge.com/c-12.html", "listing"),
    ("taowenge", "https://www.taowenge.com/c-12-2.html", "listing"),
    ("taowenge", "https://www.taowenge.com/p-1.html.exe", None),
    ("taowenge", "https://www.taowenge.com/login.aspx?back=/p-1.html", None),
    ("wm114", "http://www.wm114.cn/wen/12/345.html", "document"),
    ("wm114", "http://www.jey722.cn/wen/12/345.htm", "document"),
    ("wm114", "http://www.wm114.cn/wen/12/345_2.html", "part"),
    ("wm114", "http://www.wm114.cn/wen/12/", "listing"),
    ("wm114", "http://www.wm114.cn/wen/12/index_2.html", "listing"),
    ("wm114", "http://www.wm114.cn/wen/12/345_x.html", None),
    ("gongxun", "https://any.example/doc/1.html", None),
    ("blingdoc", "http://blingdoc.com/index/article/detail/detail_id/4545.html", "document"),
    ("ppt31", "https://m.31ppt.com/p-1653931.html", "document"),
    ("ppt31", "https://www.31ppt.com/d-1548517.html", "document"),
    ("bdocx", "https://m.bdocx.com/down/6380939.html", "document"),
    ("zixin", "https://m.zixin.com.cn/docdown/4499189.html", "document"),
    ("renrendoc", "https://www.renrendoc.com/p-1638417-1642750.html", "document"),
    ("jinchutou", "https://m.jinchutou.com/shtml/view-567264569.html", "document"),
    ("book118", "https://max.book118.com/html/2026/0207/7066121151011051.shtm", "document"),
    ("docs360", "https://www.360docs.net/doc/456567236.html", "document"),
    ("soolun", "https://soolun.net/periodical/86c099d3026d0791baabe5aef605d7c8.html", "document"),
    ("laomiw", "https://www.laomiw.com/thread-60969-1-1.html", "document"),
    ("laomiw", "http://www.laomiw.com/forum.php?extra=page%3D1&mod=viewthread&tid=79669", "document"),
    ("laomiw", "http://www.laomiw.com/forum.php?goto=nextoldset&mod=redirect&tid=40818", None),
    ("caiyes", "http://caiyes.cn/archiver/tid-42545.html", "document"),
    ("kuwen", "https://www.kuwen.com/zulinhetong/article_813033.html", "document"),
    ("ruiwen", "https://www.ruiwen.com/word/diantiguanliguizhangzhidu.html", "document"),
    ("gwyoo", "https://gwyoo.com/article/yjzc/hyfy/200905/194979.html", "document"),
    ("fanwenq", "https://www.fanwenq.com/UserLookArticle.asp?ArticleID=f83efe322f32b177", "document"),
    ("xiexiebang", "https://xiexiebang.com/a10/2019051415/62da83b553b1c003.html", "document"),
    ("wenku77cn", "https://77cn.com.cn/wenku/zonghe/305704.html", "document"),
    ("wenku77cn", "https://77cn.com.cn/wenku/zonghe/305704_4.html", "part"),
]


@pytest.mark.parametrize(("name", "url", "kind"), KINDS)
def test_kind_of_address(name: str, url: str, kind: str | None) -> None:
    assert sites()[name].kind(url) == kind


def test_start_pages_are_on_their_site_and_no_documents() -> None:
    starts = [(site, url) for site in sites().values() for url in (*site.start, *site.sitemaps)]
    assert [url for site, url in starts if not site.owns(url)] == []
    assert [url for site, url in starts if site.kind(url.replace("{category}", "3")) == "document"] == []


def test_at_least_sixty_sites_are_crawled_and_each_says_when_it_was_seen() -> None:
    known = sites().values()
    assert sum(site.is_crawled for site in known) >= 60
    assert [site.name for site in known if not re.fullmatch(r"20\d\d-\d\d, .+", site.seen)] == []
    hosts = [domain for site in known for domain in site.domains]
    assert len(hosts) == len(set(hosts))
    assert [site.name for site in known if site.is_crawled and not (site.documents or site.note)] == []


@pytest.mark.parametrize(
    ("name", "url", "document"),
    [
        ("taowenge", "https://www.taowenge.com/p-35545964.html", ("35545964", 0)),
        ("taowenge", "https://m.taowenge.com/d-35545964.html", ("35545964", 1)),
        ("taowenge", "https://www.taowenge.com/c-12.html", None),
        ("bdocx", "https://m.bdocx.com/down/6380939.html", ("6380939", 1)),
        ("cgcq", "http://cgcq.net/forum.php?mod=viewthread&tid=70989&extra=", ("70989", 1)),
        ("renrendoc", "https://www.renrendoc.com/paper/1.html", None),
    ],
)
def test_an_address_says_which_document_it_is_a_page_of(name: str, url: str, document: tuple[str, int] | None) -> None:
    assert sites()[name].document(url) == document


LABELLED = ROOT.parent / "shared/pages"


@pytest.mark.skipif(not LABELLED.is_dir(), reason="no labelled pages here")
def test_addresses_of_the_labelled_pages_are_known() -> None:
    golds = [json.loads(file.read_bytes()) for file in LABELLED.glob("*.gold.json")]
    addresses = [url for gold in golds if (url := gold["url"]) and "mod=redirect" not in url]
    known = [(url, site) for url in addresses if (site := site_of(url)) and site.documents]
    assert [url for url, site in known if site.kind(url) not in ("document", "part")] == []


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("http://taowenge.com/p-1.html", True),
        ("https://m.taowenge.com/p-1.html", True),
        ("https://M.TaoWenGe.com:443/p-1.html", True),
        ("https://taowenge.com.evil.example/p-1.html", False),
        ("https://eviltaowenge.com/p-1.html", False),
        ("https://evil.example/@taowenge.com/p-1.html", False),
        ("https://taowenge.com@evil.example/p-1.html", False),
        ("https://user:word@taowenge.com/p-1.html", False),
        ("https://taowenge.com:8080/p-1.html", False),
        ("https://taowenge.com:99999999/p-1.html", False),
        ("ftp://taowenge.com/p-1.html", False),
        ("file://taowenge.com/etc/hostname", False),
        ("//taowenge.com/p-1.html", False),
        ("http://[taowenge.com/p-1.html", False),
        ("", False),
    ],
)
def test_owns(url: str, owned: bool) -> None:
    assert sites()["taowenge"].owns(url) is owned


def test_a_domain_may_name_a_port() -> None:
    site = Site(name="a", title="甲", template="a", domains=("127.0.0.1:8901",))
    assert site.owns("http://127.0.0.1:8901/x")
    assert not site.owns("http://127.0.0.1:8902/x")
    assert not site.owns("http://127.0.0.1/x")


def test_parts_lead_to_their_first_page() -> None:
    wm114 = sites()["wm114"]
    assert wm114.first_page("http://www.wm114.cn/wen/12/345_2.html") == "http://www.wm114.cn/wen/12/345.html"
    assert wm114.first_page("http://www.wm114.cn/wen/12/345.html") == "http://www.wm114.cn/wen/12/345.html"
    assert wm114.part_number("http://www.wm114.cn/wen/12/345_17.html") == 17
    assert wm114.part_number("http://www.wm114.cn/wen/12/345.html") == 1
    by_query = Site(name="a", title="甲", template="a", parts=r"^/\?id=\d+(?P<part>&page=(?P<page>\d+))$")
    assert by_query.first_page("http://a.example/?id=5&page=2") == "http://a.example/?id=5"


def test_site_of_a_host() -> None:
    assert site_of("http://www.jey722.cn/wen/1/2.html") is sites()["wm114"]
    assert site_of("http://jey722.cn.example/") is None


def test_sites_table(run_command: RunCommand) -> None:
    code, out, _ = run_command("sites")
    heading, *rows = out.splitlines()
    assert (code, heading.split()) == (0, ["name", "title", "template", "state", "seen", "hosts"])
    assert [row.split()[0] for row in rows[: len(sites())]] == list(sites())
    assert rows[-1].startswith(f"{len(sites())} of {len(sites())} sites: ")
    assert max(map(table.width, rows)) <= 100


def test_sites_that_words_name(run_command: RunCommand) -> None:
    assert [row.split()[0] for row in run_command("sites", "periodical")[1].splitlines()[1:5]] == [
        *("jxxfw", "ppdoc", "soolun", "soulun")
    ]
    _, out, _ = run_command("sites", "gongxun")
    assert "note: address unknown" in out
    assert r"documents: ^/paper/\d+\.html$" in run_command("sites", "人人", "alive")[1]
    _, out, _ = run_command("sites", "--json", "gone")
    assert {json.loads(line)["state"] for line in out.splitlines()} == {"gone"}
    code, out, err = run_command("sites", "nosuchsite")
    assert (code, out) == (2, "")
    assert "no site has nosuchsite in its name" in err


@pytest.mark.parametrize("wrong", [{"state": "asleep"}, {"documents": ("(",)}, {"delay": -1.0}])
def test_a_wrong_entry_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"state|pattern|delay"):
        Site(name="a", title="甲", **wrong)


def test_a_site_that_answers_again_is_worth_a_look() -> None:
    gone = Site(name="a", title="甲", state="gone", seen="2026-10, survey")
    asked = Request("http://a.example/")
    page_again = Response(asked.url, body="在".encode(), request=asked)
    verdicts = [
        next(sign for sign in check_probe(Probe(site=site, url="http://a.example/", page=came)) if sign.what == "state")
        for site in (gone, replace(gone, state="alive"))
        for came in (page_again, None)
    ]
    assert [sign.verdict for sign in verdicts] == ["look", "look", "ok", "ok"]
    assert "mend the site's file" in verdicts[0].told


NEW_SITE = '''"""新站: another site of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="newsite",
    title="新站",
    template="wenku_cms",
    domains=("new.example",),
    start=("http://new.example/",),
    documents=(r"^/p-\\d+\\.html$",),
    listings=(r"^/$",),
)
'''


def test_a_further_site_is_one_file(tmp_path: Path) -> None:
    for package in ("cleaners", "crawler", "pipelines"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    (tmp_path / "cleaners/sites/newsite.py").write_text(NEW_SITE, encoding="utf-8")
    save(tmp_path / "saved", "home", "http://new.example/", page("/p-1.html", "/about.html"), site="newsite")
    text = "各位同事：今天我们在这里开会，谈三件事，说一个目标，定一份计划，请大家记好。" * 4
    save(tmp_path / "saved", "one", "http://new.example/p-1.html", page(text=text), site="newsite")
    ran = scrapy_in(tmp_path, "crawl", "--replay", "saved", "--json")
    assert ran.returncode == 0, ran.stderr
    [summary] = json.loads(ran.stdout)["sites"]
    assert (summary["site"], summary["pages"], summary["documents"]) == ("newsite", 2, 1)
    assert (tmp_path / "data/documents/newsite-000000.jsonl").exists()


def test_the_documented_list_is_the_registry(run_command: RunCommand) -> None:
    listed = (ROOT / "docs/sites.md").read_text(encoding="utf-8").split("```\n")[1]
    assert listed == run_command("sites")[1], "docs/sites.md: put the output of `scrapy sites` in place of its list"


def test_shares_of_labelled_pages_are_measured(tmp_path: Path) -> None:
    text = "同志们：今天只讲一件事，把春耕用的水渠清出来，谁家门前谁家清。" * 3
    title = "在春季水渠清淤会上的讲话"
    for name, url, wanted in [
        ("a", "https://laobiganer.com/gongwen/1.html", text),
        ("b", "https://www.soolun.net/periodical/86c099d3026d0791baabe5aef605d7c8.html", f"{text}还有一段没有写出来。"),
        ("c", "https://nobody.example/1.html", text),
    ]:
        gold = {"url": url, "family": "x", "title": title, "meta": {}, "segments": [["title", title], ["keep", wanted]]}
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text(f"{title}\n{text}\n", encoding="utf-8")
    pages = list(measure(tmp_path, "txt"))
    assert [(one.site, one.perfect) for one in pages] == [("laobiganer", True), ("soolun", False)]
    assert figures(pages) == {"pages": 2, "source": 1, "template": 1, "perfect": 0.5}
