"""ARCHIVE: every answer as it was received, in files that any reader of WARC takes, whole after a kill."""

from __future__ import annotations

import gzip
import io
import resource
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from scrapy import Request
from scrapy.http import Headers, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.files.compression import opened
from crawler.files.warc_reader import WarcRecord, response_of
from crawler.files.warc_reader import records as read_records
from crawler.inputs import read
from crawler.inputs.cleaning import PageCleaner
from crawler.inputs.page import Input
from crawler.replay.archive import WarcFileSeries
from crawler.replay.warc_writer import exchange
from tests.forked import Forked
from tests.hostile import TERMS, Hostile
from tests.hostile import answer as served
from tests.live import Live, site_at

TEXT = "同志们：今天我们召开会议，总结去年的工作，部署今年的任务，请大家认真学习，抓好落实。" * 6


def html(links: str = "", head: str = "") -> str:
    title = "工作会议讲话"
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><p>{TEXT}</p>{links}</body></html>"


def kept(data: Path) -> list[tuple[str, str, Any]]:
    """Return type, target and answer of every record, by warcio."""
    found = []
    for path in sorted((data / "warc").iterdir()):
        with path.open("rb") as file:
            for one in ArchiveIterator(file, check_digests="raise"):
                url = one.rec_headers.get_header("WARC-Target-URI") or ""
                status = one.http_headers.get_statuscode() if one.rec_type == "response" else ""
                found.append((one.rec_type, url, (status, one.raw_stream.read())))
    return found


def test_every_answer_is_kept_as_it_came(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    packed = gzip.compress(html().encode())
    host.routes["/robots.txt"] = lambda _: served("User-agent: *\nDisallow: /no", kind="text/plain")
    host.routes["/"] = lambda _: served(
        html("<a href='/d/1'>1</a><a href='/d/2'>2</a><a href='/no'>3</a><a href='/d/4'>4</a>")
    )
    host.routes["/d/1"] = lambda _: served(packed, headers={"Content-Encoding": "gzip", "X-Name": "caf\xe9"})
    host.routes["/d/2"] = lambda _: served("", 302, {"Location": "/d/3"})
    host.routes["/d/3"] = lambda _: served(html(head="<meta name='robots' content='noindex'>"))
    host.routes["/d/4"] = lambda _: served("gone", 404)
    ran = live.crawl(site_at(host), tmp_path, {"ARCHIVE": True})
    found = kept(tmp_path)
    answers = {url.removeprefix(host.url("")): kept for kind, url, kept in found if kind == "response"}
    assert {target: status for target, (status, _) in answers.items()} == {
        "/robots.txt": "200", "/.well-known/tdmrep.json": "404", "/ai.txt": "404", "/": "200", "/d/1": "200", "/d/2": "302", "/d/4": "404",
    }  # fmt: skip
    assert answers["/d/1"][1] == packed
    assert [kind for kind, _, _ in found] == ["warcinfo"] + ["response", "request"] * 7
    assert (ran.stats["archive/kept"], ran.stats["archive/left_out"]) == (7, 1)
    (path,) = (tmp_path / "warc").iterdir()
    assert path.name.startswith("demo-20")
    assert path.name.endswith("-00000.warc.gz")
    whole = gzip.decompress(path.read_bytes())
    for said in (
        b"X-Name: caf\xe9\r\n",
        b"operator: crawl@example.org\r\n",
        b"isPartOf: demo\r\n",
        b"robots: classic\r\n",
    ):
        assert said in whole
    assert f"GET /d/1 HTTP/1.1\r\nHost: {host.name}\r\n".encode() in whole
    assert b"User-Agent: wenqing/0.2 (+crawl@example.org)" in whole


def test_other_readers_take_it(
    live: Live, hostile: Hostile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    host = hostile.host()
    host.routes["/"] = lambda _: served(html("<a href='/d/1'>1</a>"))
    host.routes["/d/1"] = lambda _: served(html())
    live.crawl(site_at(host), tmp_path, {"ARCHIVE": True})
    (path,) = (tmp_path / "warc").iterdir()
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False})())
    checker.process_all()
    assert not checker.exit_value, capsys.readouterr().out
    with path.open("rb") as file:
        bodies = [
            one.reader.read()
            for one in FastIterator(file, parse_http=True)
            if one.record_type == WarcRecordType.response
        ]
    assert html().encode() in bodies


ODD: list[tuple[Callable[[bytes], bytes], str, str]] = [
    *((bytes, kind, "") for kind in ("text/html charset=utf-8", "text/html,text/html", '"text/html"', "html", "")),
    *((bytes, "text/html", coding) for coding in ("utf-8", "none", "gzip", "deflate")),
    (bytes, "text/xml", "br"),
    (bytes, "text/plain", ""),
    (gzip.compress, "text/html", "gzip, gzip"),
    (lambda body: gzip.compress(body) + b"rubbish", "text/html", "gzip"),
]


@pytest.mark.matrix(59, "what a crawl stored comes back from its archive, whatever coding and type its headers name")
def test_what_was_stored_comes_back(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda _: served(
        html("".join(f"<a href='/d/{number}'>{number}</a>" for number in range(len(ODD))))
    )
    for number, (pack, kind, coding) in enumerate(ODD):
        body = pack(html().replace("同志们", f"第{number}组的同志们").encode())
        reply = served(body, kind=kind, headers={"Content-Encoding": coding} if coding else {})
        host.routes[f"/d/{number}"] = partial(lambda reply, _: reply, reply)
    ran = live.crawl(site_at(host), tmp_path, {"ARCHIVE": True})
    stored = {record["sha256"] for record in ran.records()}
    assert len(stored) == len(ODD)
    found = read([str(tmp_path / "warc")], stdin=io.BufferedReader(io.BytesIO()))
    cleaner = PageCleaner("2026-11-01T08:00:00Z")
    back = {cleaner.document(one).sha256 for one in found if isinstance(one, Input) and "/d/" in (one.page.url or "")}
    assert back == stored


def test_nothing_without_the_setting(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda _: served(html())
    ran = live.crawl(site_at(host), tmp_path)
    assert not (tmp_path / "warc").exists()
    assert not ran.below("archive/")


def test_what_opts_out_or_cannot_be_read_is_not_kept(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/robots.txt"] = lambda _: served(
        "User-agent: *\nAllow: /", kind="text/plain", headers={"X-Robots-Tag": "noindex"}
    )
    host.routes["/"] = lambda _: served(html("".join(f"<a href='/d/{number}'>1</a>" for number in range(1, 4))))
    meta = gzip.compress(html(head="<meta name='tdm-reservation' content='1'>").encode())
    host.routes["/d/1"] = lambda _: served(meta, headers={"Content-Encoding": "gzip"})
    host.routes["/d/2"] = lambda _: served(html(), headers={"X-Robots-Tag": "noindex"})
    host.routes["/d/3"] = lambda _: served(gzip.compress(html().encode())[:-30], headers={"Content-Encoding": "gzip"})
    live.crawl(site_at(host), tmp_path, {"ARCHIVE": True})
    assert [url.removeprefix(host.url("")) for kind, url, _ in kept(tmp_path) if kind == "response"] == [
        *TERMS,
        "/",
    ]


def made(status: int = 200, **facts: Any) -> bytes:
    response = Response("http://a.example/1", status, headers=Headers({"ETag": '"1"'}), body=b"body", **facts)
    return exchange(response, Request("http://a.example/1?b"), datetime(2026, 11, 1, 8, tzinfo=UTC))


def test_not_modified_is_a_revisit() -> None:
    first, second = ArchiveIterator(io.BytesIO(made(304)))
    assert (first.rec_type, first.http_headers.get_statuscode()) == ("revisit", "304")
    assert first.rec_headers.get_header("WARC-Profile").endswith("/revisit/server-not-modified")
    assert first.rec_headers.get_header("WARC-Date") == "2026-11-01T08:00:00.000000Z"
    assert second.rec_headers.get_header("WARC-Concurrent-To") == first.rec_headers.get_header("WARC-Record-ID")


@pytest.mark.parametrize(
    ("flag", "told"), [("dataloss", "disconnect"), ("download_stopped", "length"), ("partial", None)]
)
def test_what_is_not_whole_says_so(flag: str, told: str | None) -> None:
    first = next(iter(ArchiveIterator(io.BytesIO(made(flags=[flag])))))
    assert first.rec_headers.get_header("WARC-Truncated") == told


def test_a_file_is_ended_when_it_is_full_and_none_is_written_over(tmp_path: Path) -> None:
    files = [WarcFileSeries(tmp_path, "demo", most=2000, facts={"isPartOf": "demo"}) for _ in range(2)]
    for number in range(8):
        files[number % 2].add(made())
    for one in files:
        one.close()
    paths = sorted(tmp_path.iterdir())
    assert len(paths) > 2
    assert all(path.stat().st_size < 3500 for path in paths)
    found = [one.rec_type for path in paths for one in ArchiveIterator(path.open("rb"))]
    assert found.count("response") == 8
    assert found.count("warcinfo") == len(paths)


def test_a_full_disk_leaves_whole_records_and_ends_the_crawl(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda _: served(html("<a href='/d/1'>1</a>"))
    host.routes["/d/1"] = lambda _: served(html())
    (tmp_path / "warc").write_text("in the way")
    ran = live.crawl(site_at(host), tmp_path, {"ARCHIVE": True})
    assert ran.summary.exit_code == 74
    assert f"{tmp_path / 'warc'}: " in ran.summary.alarms[0]


def filling(folder: Path, limit: int | None = None) -> None:
    """Archive an answer over and over, where files grow to `limit` bytes at most."""
    files = WarcFileSeries(folder, "demo", most=1 << 30, facts={"isPartOf": "demo"})
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    print("began", flush=True)
    try:
        while True:
            files.add(made())
    except OSError:
        print("full", flush=True)


def test_what_does_not_fit_is_taken_back(tmp_path: Path) -> None:
    _, out, err = Forked(filling, tmp_path, 5000).end()
    assert out == b"began\nfull\n", err
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size < 5000
    assert [one.rec_type for one in ArchiveIterator(path.open("rb"))][-1] == "request"


def test_a_killed_run_leaves_records_that_can_be_read(tmp_path: Path) -> None:
    process = Forked(filling, tmp_path)
    assert process.readline() == "began"
    time.sleep(0.1)
    process.kill()
    process.end()
    (path,) = tmp_path.iterdir()
    with opened(path) as stream:
        read = list(read_records(stream, lambda _: True, 1 << 20))
    found = [one for one in read if isinstance(one, WarcRecord) and one.kind == "response"]
    assert found
    assert {response.body for one in found if (response := response_of(one))} == {b"body"}
