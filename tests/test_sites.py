"""The registry of sites: what an address leads to, and that a further site is one file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cleaners.sites import Site, site_of, sites
from tests.offline import ROOT, page, save, scrapy, scrapy_in

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
]


@pytest.mark.parametrize(("name", "url", "kind"), KINDS)
def test_kind_of_address(name: str, url: str, kind: str | None) -> None:
    assert sites()[name].kind(url) == kind


@pytest.mark.parametrize("name", ["bibiwenku", "taowenge", "wm114"])
def test_start_pages_are_listings_on_the_site(name: str) -> None:
    site = sites()[name]
    for url in site.start:
        assert site.owns(url)
        assert site.kind(url.replace("{category}", "3")) == "listing"


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


def test_sites_table() -> None:
    ran = scrapy("sites")
    assert ran.returncode == 0
    assert all(f"{site.name} " in ran.stdout and site.title in ran.stdout for site in sites().values())
    assert "gongxun: address unknown" in ran.stdout
    objects = [json.loads(line) for line in scrapy("sites", "--json").stdout.splitlines()]
    assert [entry["name"] for entry in objects] == list(sites())


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
