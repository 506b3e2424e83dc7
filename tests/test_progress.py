"""Progress while crawling: one line that renews itself on a terminal, a few plain ones elsewhere, or none."""

from __future__ import annotations

import logging
import os
import pty
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.downloader.daily_budget import HostBudgets
from crawler.downloader.hosts import HostStates
from crawler.downloader.politeness import politeness_policy
from crawler.reports import progress
from crawler.reports.progress import ProgressSnapshot, format_line
from tests.forked import Forked, scrapy_command
from tests.hostile import Ask, Hostile, answer
from tests.offline import DEMO, page, project_settings, scrapy

STATS = {"pages/fetched": 120, "documents/stored": 90, "documents/duplicate": 3, "documents/unchanged": 5}


def standing(**changes: object) -> ProgressSnapshot:
    return ProgressSnapshot(**{"stats": STATS, "waiting": {}, "left": {}, **changes})  # type: ignore[arg-type]


# The line


def test_all_crawls_of_a_process_are_one_line() -> None:
    line = format_line([standing(), standing(waiting={"m.a.example": (299.5, "Retry-After")})], 3700, 0.34)
    assert line == (
        "1:01:40  240 pages, 0.3/s, 180 documents and 16 known ones; waiting: m.a.example 300 s (Retry-After)"
    )


def test_a_crawl_that_has_not_begun() -> None:
    assert format_line([standing(stats={})], 0, 0) == "0:00:00  0 pages, 0.0/s, 0 documents"


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Crawls are the snapshots themselves, and no timer runs."""
    timer = SimpleNamespace(start=lambda *_, **__: None, stop=lambda: None)
    monkeypatch.setattr(progress, "create_looping_call", lambda _: timer)
    monkeypatch.setattr(ProgressSnapshot, "of", lambda crawler: crawler)


@pytest.fixture
def written(by_hand: None, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The `lines` that are written by a clock that stands at `now`."""
    told = SimpleNamespace(now=100.0, lines=[])
    monkeypatch.setattr("time.monotonic", lambda: told.now)
    monkeypatch.setattr(progress, "_write", told.lines.append)
    return told


@pytest.mark.usefixtures("by_hand")
def test_a_crawl_that_has_ended_still_counts(capsys: pytest.CaptureFixture[str]) -> None:
    crawls: list[Any] = [standing(waiting={"a.example": (9.0, "pause")}), standing()]
    first, second = (progress.ProgressExtension(crawl, 60, terminal=False) for crawl in crawls)
    first.opened()
    second.opened()
    first.tell()
    second.tell()
    first.closed()
    second.tell()
    second.closed()
    lines = capsys.readouterr().err.splitlines()
    assert ["240 pages" in line for line in lines] == [True, True]
    assert ["waiting" in line for line in lines] == [True, False]
    assert progress._ended == []


def test_a_loop_that_wakes_too_early_tells_once(written: SimpleNamespace) -> None:
    crawl: Any = standing()
    told = progress.ProgressExtension(crawl, 1, terminal=False)
    told.opened()
    for written.now in (100.999, 101.0, 102.0):
        told.tell()
    told.closed()
    assert len(written.lines) == 2


def test_a_crawl_that_begins_later_changes_no_rate(written: SimpleNamespace) -> None:
    written.now = 0.0
    crawls: list[Any] = [standing(), standing(stats={"pages/fetched": 1})]
    first, second = (progress.ProgressExtension(crawl, 60, terminal=False) for crawl in crawls)
    first.opened()
    written.now = 240.0
    second.opened()
    first.closed()
    second.tell()
    written.now = 300.0
    second.tell()
    second.closed()
    assert [line.partition(" 0 doc")[0].partition(", 90")[0] for line in written.lines] == [
        "0:04:00  121 pages, 0.5/s",
        "0:05:00  121 pages, 0.0/s",
    ]


@pytest.mark.matrix(37, "progress while crawling: no raw control characters in names and reasons")
def test_a_host_cannot_act_on_the_terminal() -> None:
    line = format_line([standing(left={"a.example\x1b[2J": "its robots.txt is \x9b31m\u202e"})], 0, 0)
    assert line.isprintable()
    assert r"not asked: a.example\x1b[2J (its robots.txt is \x9b31m\u202e)" in line


def test_the_line_makes_room_for_the_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.makeLogRecord({"msg": "a warning"})
    assert progress._clearing.filter(record)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "_running", [object()])
    assert progress._clearing.filter(record)
    assert capsys.readouterr().err == "\r\x1b[K"


# Why a host waits


@pytest.fixture
def hosts() -> HostStates:
    return HostStates(politeness_policy(project_settings(), DEMO), HostBudgets(), clock=lambda: 100.0)


def test_the_longest_pause_gives_the_reason(hosts: HostStates) -> None:
    hosts.answered("a", 0.1, status=200)
    assert (hosts.wait("a"), hosts.why("a")) == (3, "pause")
    hosts.answered("a", 2.0, status=200)
    assert (hosts.wait("a"), hosts.why("a")) == (10, "slow")
    hosts.crawl_delay("a", 20)
    assert (hosts.wait("a"), hosts.why("a")) == (20, "Crawl-delay")
    hosts.answered("a", 0.1, status=200)
    assert (hosts.wait("a"), hosts.why("a")) == (20, "Crawl-delay")


def test_a_refusal_gives_the_reason(hosts: HostStates) -> None:
    hosts.answered("a", 0.1, status=503)
    assert (hosts.wait("a"), hosts.why("a")) == (60, "refused with 503")
    hosts.answered("b", 0.1, status=429, retry_after="90")
    assert (hosts.wait("b"), hosts.why("b")) == (90, "Retry-After")
    hosts.answered("c", 0.1, status=301, retry_after="30")
    assert (hosts.wait("c"), hosts.why("c")) == (30, "Retry-After")


# A crawl that tells


@pytest.fixture
def command(hostile: Hostile, tmp_path: Path) -> list[str]:
    """A crawl of three pages that takes some three seconds."""
    host = hostile.host()

    @host.route("/d/*")
    def document(ask: Ask) -> bytes:
        return answer(page(text=f"第{ask.path[-1]}次会议的讲话。" * 40))

    urls = tmp_path / "urls.txt"
    urls.write_text("\n".join(host.url(f"/d/{number}") for number in range(3)))
    settings = ("DOWNLOAD_DELAY=0.9", "ADDRESSES_ALLOWED=127.0.0.1", f"DATA_DIR={tmp_path / 'data'}")
    options = [option for setting in settings for option in ("-s", setting)]
    return ["crawl", "gongxun", "-a", f"urls={urls}", *options]


TOLD = {"WENQING_CONTACT": "crawl@example.org", "COLUMNS": "80"}


def on_a_terminal(name: str, *words: str) -> None:
    """Run a command whose standard error is a terminal."""
    os.dup2(os.open(name, os.O_RDWR | os.O_NOCTTY), 2)
    scrapy_command(*words)


def test_on_a_terminal_one_line_renews_itself_and_goes(command: list[str]) -> None:
    ours, theirs = pty.openpty()
    ran = Forked(on_a_terminal, os.ttyname(theirs), *command, environment={**os.environ, **TOLD}).end()
    shown = os.read(ours, 65536).decode()
    os.close(theirs)
    os.close(ours)
    assert ran[0] == 0
    assert ran[1].decode().startswith("site ")
    assert "\n" not in shown
    assert "127.0.0.1 1 s (pause)" in shown
    assert shown.count("\r0:00:0") in range(2, 20)
    assert shown.endswith("\r\x1b[K")


def test_without_a_terminal_a_plain_line_now_and_then(command: list[str]) -> None:
    ran = scrapy(*command, "-s", "PROGRESS_SECONDS=1", **TOLD)
    lines = ran.stderr.splitlines()
    assert ran.returncode == 0
    hours, minutes, seconds = map(int, lines[-1].split()[0].split(":"))
    assert len(lines) <= 3600 * hours + 60 * minutes + seconds + 1, "a line a second at most"
    assert all(line.startswith("0:0") and line.isprintable() for line in lines)


def test_nothing_when_it_is_not_wanted(command: list[str]) -> None:
    quiet = ("-s", "PROGRESS_SECONDS=1", "-s", "PROGRESS=False", "-s", "DOWNLOAD_DELAY=0.6")
    ran = scrapy(*command, *quiet, **TOLD)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_of_many_hosts_that_wait_a_few_are_named() -> None:
    waiting = {f"{number}.example": (float(number), "pause") for number in range(1, 61)}
    assert format_line([standing(waiting=waiting)], 1, 1).endswith("3.example 4 s (pause) and 57 more")
