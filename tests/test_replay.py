"""Replay from WARC: what was fetched once is cleaned again without a request; the newest answer of an address counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from cleaners.clean import clean
from cleaners.model import Document, Page
from cleaners.sites import sites
from crawler import settings
from crawler.errors import ArgumentError
from crawler.replay import handler
from crawler.replay.warc_replay import WarcReplay
from pipelines.clean import CleanPipeline
from tests.hostile import Hostile, answer
from tests.live import QUICK, Live, site_at
from tests.offline import DEMO, crawl, scrapy
from tests.warcs import info, record

TEXT = "同志们：今天我们召开会议，总结去年的工作，部署今年的任务，请大家认真学习，抓好落实。" * 4
D = "http://www.demo.example/d/"


def html(text: str = TEXT, links: str = "") -> str:
    title = "工作会议讲话"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p>{links}</body></html>"


class OlderRules(CleanPipeline):
    """Cleans as a version before did, which left something standing."""

    def cleaned(self, page: Page) -> Document:
        made = clean(page)
        return replace(made, text=made.text + "\n本文来自网络", sha256="0" + (made.sha256 or "")[1:])


OLDER: Mapping[str, Any] = {
    "tests.test_replay.OlderRules" if name.endswith("CleanPipeline") else name: order
    for name, order in settings.ITEM_PIPELINES.items()
}


def stored(data: Path) -> list[dict[str, Any]]:
    shards = sorted((data / "documents").glob("*.jsonl"))
    return [orjson.loads(line) for shard in shards for line in shard.read_bytes().splitlines()]


@pytest.mark.matrix(52, "new rules clean the archived pages again with 0 requests; the old key stands in `supersedes`")
def test_new_rules_over_old_pages(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda _: answer(html(links="".join(f"<a href='/d/{number}'>1</a>" for number in range(3))))
    for number in range(3):
        host.routes[f"/d/{number}"] = lambda ask: answer(html(f"第{ask.path[-1]}次会议。{TEXT}"))
    site = site_at(host)
    first = live.crawl(site, tmp_path, {"ARCHIVE": True, "ITEM_PIPELINES": OLDER}).records()
    asked = len(host.log)
    ours = {"DATA_DIR": str(tmp_path), "ITEM_PIPELINES": settings.ITEM_PIPELINES}
    crawl(tmp_path / "warc", site, {**ours, "ADDRESSES_ALLOWED": QUICK["ADDRESSES_ALLOWED"]})
    second = stored(tmp_path)
    assert len(host.log) == asked
    assert len(first) == len(second) == 3
    assert [row["supersedes"] for row in second] == [[row["id"]] for row in first]
    assert all("本文来自网络" not in row["text"] for row in second)


def archive(folder: Path, *records: bytes, name: str = "a.warc.gz") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"".join(records))
    return folder


def bodies(path: Path, site: Any = DEMO, **arguments: str) -> dict[str, bytes]:
    return {str(item.page.url): bytes(item.page.body) for item in crawl(path, site, **arguments).items}  # type: ignore[arg-type]


def test_the_newest_answer_counts_and_a_passing_failure_never(tmp_path: Path) -> None:
    new, old, newest = ("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00.5Z")
    archive(
        tmp_path,
        *(record(f"{D}1.html", html("新"), date=new), record(f"{D}1.html", html("旧"), date=old)),
        *(record(f"{D}2.html", html("好")), record(f"{D}2.html", "busy", status=503, date=new)),
        *(record(f"{D}3.html", html("在")), record(f"{D}3.html", "gone", status=404, date=new)),
        *(record(f"{D}4.html", html("二"), date=newest), record(f"{D}4.html", html("一"), date=new)),
    )
    archive(tmp_path, record(f"{D}4.html", kind="revisit", date="2026-12-01T00:00:00Z"), name="b.warc.gz")
    found = bodies(tmp_path)
    assert found == {
        f"{D}1.html": html("新").encode(),
        f"{D}2.html": html("好").encode(),
        f"{D}4.html": html("二").encode(),
    }
    assert WarcReplay(tmp_path, DEMO).documents == tuple(found)


def test_robots_and_parts_are_replayed(tmp_path: Path) -> None:
    robots = record(
        "http://www.demo.example/robots.txt", "User-agent: *\nDisallow: /d/2", headers={"Content-Type": "text/plain"}
    )
    part = html("后半").replace("</body>", "<a href='/d/7.html'>1</a></body>")
    archive(
        tmp_path,
        robots,
        record("http://www.demo.example/d/1.html", html()),
        record("http://www.demo.example/d/2.html", html()),
        record("http://www.demo.example/d/7.html", html("前半", "<a href='/d/7_2.html'>2</a>")),
        record("http://www.demo.example/d/7_2.html", part),
        record("http://www.demo.example/list/a.html", html(links="<a href='/d/8.html'>8</a>")),
        record("http://else.example/d/9.html", html()),
    )
    ran = crawl(tmp_path)
    assert ran.urls() == [f"{D}1.html", f"{D}7.html"]
    assert [len(item.page.parts) for item in ran.items] == [0, 1]
    assert ran.items[0].fetched_at == "2026-11-01T08:00:00Z"
    assert list(bodies(tmp_path, category="a")) == []


@pytest.mark.parametrize("ending", ["warc", "warc.gz", "warc.zst"])
def test_every_packing_and_a_cut_file(tmp_path: Path, ending: str, caplog: pytest.LogCaptureFixture) -> None:
    import zstandard

    whole = [record(f"{D}{number}.html", html(str(number)), packed=ending == "warc.gz") for number in range(4)]
    if ending == "warc.zst":
        whole = [zstandard.ZstdCompressor().compress(one) for one in whole]
    file = tmp_path / f"a.{ending}"
    file.write_bytes(b"".join(whole)[:-40])
    found = bodies(file)
    assert found == {f"{D}{number}.html": html(str(number)).encode() for number in range(3)}
    assert f"{file}: byte {sum(map(len, whole[:3]))}: " in caplog.text


def test_a_site_without_hosts_finds_the_pages_of_its_own_crawls(tmp_path: Path) -> None:
    page = record("http://gong.example/x?id=1", html())
    archive(tmp_path, info(isPartOf="gongxun"), page, record("http://gong.example/robots.txt", "User-agent: *"))
    assert handler.sites_in(tmp_path) == ["gongxun"]
    assert list(bodies(tmp_path, sites()["gongxun"])) == ["http://gong.example/x?id=1"]
    archive(tmp_path, info(isPartOf="another"), page)


def test_the_command_names_what_there_is_not(tmp_path: Path) -> None:
    archive(tmp_path / "warc", record("https://www.taowenge.com/p-1.html", html()))
    assert handler.sites_in(tmp_path / "warc") == ["taowenge"]
    data = f"DATA_DIR={tmp_path / 'data'}"
    done = scrapy("crawl", "wm114", "--replay", str(tmp_path / "warc"), "-s", data)
    assert (done.returncode, "no saved pages of wm114; there are taowenge" in done.stderr) == (2, True)
    done = scrapy("crawl", "--replay", str(tmp_path / "warc"), "-s", data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "taowenge" in done.stdout
    assert [row["url"] for row in stored(tmp_path / "data")] == ["https://www.taowenge.com/p-1.html"]
    with pytest.raises(ArgumentError, match=r"nor WARC files .*; only crawls with -s ARCHIVE=1 keep what they fetch"):
        handler.sites_in(tmp_path / "data")
