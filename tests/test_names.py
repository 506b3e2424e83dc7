"""Names and characters: nothing that a site sends acts on a terminal, a log, a file system or a reader of lines."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.clean import clean
from cleaners.model import Page
from crawler.reports.crawl_table import as_table
from crawler.reports.explain_html import section
from crawler.reports.summary import Summary, as_json
from crawler.terminal import log_sanitizer
from crawler.terminal.explain import visible
from crawler.terminal.log_sanitizer import EscapingFormatter, VolumeFilter, sanitize
from pipelines.ledger.json_lines import line
from tests.hostile import Ask, Hostile, Reply, answer
from tests.live import Live, site_at
from tests.offline import scrapy

ESCAPE, TITLE_TRICK, BIDI = "\x1b[31m\x1b[2J", "\x1b]0;owned\x07", "\u202egnp.\u2066x\u2069"
FORGED = "\n2026-01-01 00:00:00 [root] INFO: all is well"
EVIL = f"讲话{ESCAPE}{TITLE_TRICK}{BIDI}\x9b31m\x00\x85\u2028\u2029稿"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
SENTENCES = "".join(
    f"<p>第{number}点：我们要把工作做得更细，把服务做得更好，请大家共同努力。</p>" for number in range(9)
)


def logged(message: str, *arguments: object, error: Exception | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    sanitize(handler)
    handler.handle(
        logging.LogRecord("a", 30, "p", 1, message, arguments, (type(error), error, None) if error else None)
    )
    return stream.getvalue()


@pytest.mark.matrix(
    row=37, promise="ESC, OSC, C1 and bidi characters in messages, arguments and tracebacks are escaped"
)
def test_the_log_holds_no_control_characters() -> None:
    for text in (logged(EVIL), logged("page %s", EVIL), logged("x", error=ValueError(EVIL))):
        assert not RAW.search(text.replace("\n", "")), text
    assert "讲话" in logged(EVIL)


def test_a_forged_log_line_is_indented() -> None:
    text = logged("title: %s", f"好{FORGED}")
    assert text.count("\n2026") == 0
    assert "\n    2026" in text


@settings(derandomize=True, max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_whatever_is_logged_or_printed_is_plain(text: str) -> None:
    assert not RAW.search(logged("%s", text).replace("\n", ""))
    assert visible(text).replace(" ", "").isprintable()


@pytest.mark.matrix(
    row=58, promise="a million warnings: at most 10 MB of log, and a line that says so; records are cut"
)
def test_a_flood_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_sanitizer, "MAX_BYTES", 100_000)
    stream, now = io.StringIO(), [0.0]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(EscapingFormatter(logging.Formatter()))
    handler.addFilter(VolumeFilter(handler, lambda: now[0]))
    record = logging.LogRecord("a", 30, "p", 1, "page %s is strange", ("讲" * 30,), None)
    for _ in range(10_000):
        handler.handle(record)
    assert len(stream.getvalue().encode()) < 110_000
    assert stream.getvalue().count("the log is full") == 1
    assert len(logged("x" * 1_000_000)) < 2 * log_sanitizer.MAX_LINE
    now[0] += log_sanitizer.PERIOD_SECONDS + 1
    handler.handle(record)
    assert stream.getvalue().endswith("is strange\n"), "the next day is a new one"


@pytest.mark.long
@pytest.mark.matrix(row=58, promise="the same with a million warnings of a real handler and the real limit")
def test_a_million_warnings(tmp_path: Path, figure: Callable[[int, str], None]) -> None:
    handler = logging.FileHandler(tmp_path / "log", encoding="utf-8")
    sanitize(handler)
    record = logging.LogRecord("a", 30, "p", 1, "page %s is strange", ("讲" * 300,), None)
    for _ in range(1_000_000):
        handler.handle(record)
    handler.close()
    size = (tmp_path / "log").stat().st_size
    assert size <= 10 * 1024 * 1024
    figure(58, f"1,000,000 warnings: {size / 1024**2:.2f} MiB of log")


def test_making_a_handler_safe_twice_changes_nothing() -> None:
    handler = logging.StreamHandler(io.StringIO())
    sanitize(handler)
    before = handler.formatter, list(handler.filters)
    sanitize(handler)
    assert (handler.formatter, handler.filters) == before


# Whole crawls


def evil(ask: Ask) -> Reply:
    html = f"<html><head><title>{EVIL}</title></head><body><h1>{EVIL}</h1>{SENTENCES}</body></html>"
    return answer(
        html.encode(errors="replace"),
        status=f"200 {ESCAPE}",
        headers={"X-Evil": ESCAPE, "Server": EVIL[:12].encode().decode("latin-1")},
    )


@pytest.mark.matrix(row=37, promise="in title, URL, header and reason phrase: 0 raw control bytes in log and document")
def test_a_page_full_of_escapes(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer(
        f'<html><a href="/d/1?q={BIDI}\x1b[31m">x</a><a href="/d/%1b%0a">y</a></html>'
    )
    host.routes["/d/*"] = evil
    ran = live.crawl(site_at(host), tmp_path, {"LOG_LEVEL": "DEBUG"})
    assert ran.records()
    assert not RAW.search(ran.log.replace("\n", ""))
    for record in ran.records():
        assert not RAW.search(record["title"] + record["text"].replace("\n", "") + record["url"])


NAMES = ["../../../x", "CON", "字" * 10_000, "a\x00b", "..", "/etc/passwd", "-rf", "C:\\x", ".jsonl"]


@pytest.mark.matrix(row=39, promise="file names come from hashes and site names only; nothing outside the data folder")
def test_titles_and_dispositions_name_no_file(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer(
        "<html>" + "".join(f'<a href="/d/{n}">x</a>' for n in range(len(NAMES))) + "</html>"
    )

    @host.route("/d/*")
    def titled(ask: Ask) -> Reply:
        name = NAMES[int(ask.path[3:])]
        html = f"<html><title>{name}</title><h1>{name}</h1>{SENTENCES.replace('第', ask.path[3:] + '号第')}</html>"
        return answer(html, headers={"Content-Disposition": f'attachment; filename="../../{ask.path[3:]}.exe"'})

    data = tmp_path / "deep" / "data"
    ran = live.crawl(site_at(host), data)
    assert len(ran.records()) == len(NAMES)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and data not in path.parents] == []
    ours = r"README\.md|demo\.[a-z]+(?:\.json)?|ledger\.sqlite(?:-journal)?|documents/(?:demo-000000\.jsonl|\.lock)"
    found = [path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()]
    assert [name for name in found if not re.fullmatch(ours, name)] == []
    out = tmp_path / "txt"
    assert scrapy("export", "--txt", str(out), "-s", f"DATA_DIR={data}").returncode == 0
    assert all(re.fullmatch(r"\d{3}_[0-9a-f]{16}\.txt", path.name) for path in out.iterdir())


@pytest.mark.matrix(row=58, promise="an address of more than 2,083 characters is skipped, as a link and as a redirect")
def test_long_addresses_are_skipped(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer(f'<html><a href="/d/{"1" * 1_000_000}">x</a><a href="/d/2">y</a></html>')
    host.routes["/d/2"] = lambda ask: answer("", 302, {"Location": "/d/" + "3" * 3000})
    ran = live.crawl(site_at(host), tmp_path)
    assert host.pages() == ["/", "/d/2"]
    assert len(ran.log) < 100_000


# Lines and reports


ANY = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\x85\u2028\u2029\u202e𠮷\ufffe")), max_size=80)


@pytest.mark.matrix(row=36, promise="every record is one line of UTF-8 JSON for split, splitlines and any JSON reader")
@settings(derandomize=True, max_examples=30, deadline=None)
@given(title=ANY, texts=st.lists(ANY, min_size=4, max_size=4))
def test_one_record_is_one_line(title: str, texts: list[str]) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    page = f"<html><title>{title}</title><h1>{title}</h1>{SENTENCES}{paragraphs}</html>"
    data = line(clean(Page(body=page.encode(errors="surrogatepass"), url="http://a.example/1")).record(added="x"))
    assert data.count(b"\n") == 1
    assert len(data.decode().splitlines()) == 1
    found = orjson.loads(data)
    assert json.loads(data) == found
    assert not RAW.search((found["title"] or "") + found["text"].replace("\n", ""))


@pytest.mark.long
@pytest.mark.matrix(row=36, promise="the same over 2,000 cases")
@settings(derandomize=True, max_examples=2_000, deadline=None)
@given(body=st.binary(max_size=200), text=ANY)
def test_one_record_is_one_line_for_any_bytes(body: bytes, text: str) -> None:
    page = f"<html><h1>{text}</h1>{SENTENCES}".encode(errors="replace") + body
    data = line(clean(Page(body=page, url="http://a.example/1")).record(added="x"))
    assert len(data.decode().splitlines()) == 1
    assert json.loads(data) == orjson.loads(data)


@pytest.mark.matrix(row=38, promise="a title of markup stays text in the HTML report: 0 scripts, 0 event handlers")
@pytest.mark.parametrize(
    "trick", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</pre><svg onload=x>"]
)
def test_the_html_report_is_inert(trick: str) -> None:
    from parsel import Selector

    escaped = trick.replace("<", "&lt;").replace(">", "&gt;")
    html = f"<html><title>{escaped}</title><h1>{escaped}</h1>{SENTENCES}<p>{escaped}</p></html>"
    report = section(0, trick, clean(Page(body=html, url="http://a.example/1")))
    tree = Selector(text=f"<html><body>{report}</body></html>")
    assert tree.xpath("//script | //img | //svg | //iframe").getall() == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]").getall() == []


def test_the_table_and_the_json_of_a_crawl_are_plain() -> None:
    names = ("pages", "documents", "duplicates", "unchanged", "truncated", "rejected")
    counts: dict[str, Any] = dict.fromkeys(names, 0)
    summary = Summary(
        site="demo", title="示范", **counts, reason="finished", alarms=(EVIL,), exit_code=3, hosts=(EVIL,)
    )
    assert not RAW.search(as_table([summary], "data").replace("\n", ""))
    told = visible(json.dumps(as_json([summary], "data"), ensure_ascii=False))
    assert not RAW.search(told)
