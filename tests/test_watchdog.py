"""A page that blocks the process ends it, and after the second time it is left alone; markup bombs block nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from cleaners.clean import clean
from cleaners.model import Document, Page
from cleaners.reading.render import render
from crawler.frontier.links import page_links
from pipelines.clean import CleanPipeline
from pipelines.ledger.documents import Ledger
from pipelines.ledger.urls import MAX_CRASHES
from pipelines.watchdog import Watchdog
from tests import hostile_routes_safety as evil
from tests.deadlines import cpu_deadline
from tests.hostile import Ask, Hostile, Reply, answer
from tests.live import Live, site_at
from tests.offline import ROOT, save, scrapy

POISON = "http://gong.example/doc/3.html"


def stuck(page: Page) -> Document:
    """Clean all pages but one, on which it never comes back nor lets another thread run."""
    if page.url == POISON:
        if os.environ.get("DIE"):
            os.kill(os.getpid(), signal.SIGKILL)
        re.fullmatch(r"(?:x+)+y", "x" * 100)
    return clean(page)


class StuckPipeline(CleanPipeline):
    """The cleaner with a page that blocks it."""

    def cleaned(self, page: Page) -> Document:
        return stuck(page)


# The watchdog itself


def test_the_page_at_hand_is_known_only_while_it_is_handled(tmp_path: Path) -> None:
    path = tmp_path / "demo.page"
    dog = Watchdog(path, 10)
    assert dog.left == ""
    with dog.over("http://demo.example/文"):
        assert Watchdog(path, 10).left == "http://demo.example/文"
    with pytest.raises(KeyError), dog.over("http://demo.example/2"):
        raise KeyError
    assert Watchdog(path, 10).left == ""
    with dog.over("http://demo.example/" + "x" * 9000):
        assert len(Watchdog(path, 10).left) == 4095


def test_a_block_that_never_ends_ends_the_process(tmp_path: Path) -> None:
    program = (
        "import re, sys; from pathlib import Path; from pipelines.watchdog import Watchdog\n"
        "with Watchdog(Path(sys.argv[1]), 0.5).over('http://demo.example/1'):\n    re.fullmatch('(?:x+)+y', 'x' * 100)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "page"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == -signal.SIGPROF
    assert 'File "<string>", line 3' in ran.stderr
    assert Watchdog(tmp_path / "page", 1).left == "http://demo.example/1"


@pytest.mark.matrix(46, "a process that is stopped, or waits for its turn, while it handles a page goes on with it")
def test_only_the_time_of_the_process_counts(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, time; from pathlib import Path; from pipelines.watchdog import Watchdog\n"
        "with Watchdog(Path(sys.argv[1]), 0.3).over('http://demo.example/1'):\n"
        "    print('at work', flush=True)\n    sys.stdin.readline()\n    time.sleep(0.5)\n"
    )
    ran = subprocess.Popen(
        [sys.executable, "-c", program, tmp_path / "page"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert ran.stdout
    ran.stdout.readline()
    ran.send_signal(signal.SIGSTOP)
    time.sleep(0.5)
    ran.send_signal(signal.SIGCONT)
    ran.communicate(b"\n", timeout=60)
    assert ran.returncode == 0


# What the ledger remembers


def test_strikes_are_counted_by_page_and_site(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert [ledger.count_crash("http://a.example/1", site="a") for _ in range(2)] == [1, 2]
    ledger.count_crash("http://b.example/1", site="b")
    assert ledger.crash_counts(site="a") == {"http://a.example/1": 2}
    ledger.clear_crashes("http://a.example/1")
    assert (ledger.crash_counts(site="a"), ledger.crash_counts(site="b")) == ({}, {"http://b.example/1": 1})
    ledger.close()


# Whole crawls


@pytest.mark.matrix(46, "a page that ends the process twice is in quarantine at the third start, the others are stored")
@pytest.mark.parametrize("death", ["blocked", "killed"])
def test_a_poisoned_page_is_left_alone(tmp_path: Path, death: str) -> None:
    for number in range(1, 6):
        save(
            tmp_path / "saved",
            str(number),
            f"http://gong.example/doc/{number}.html",
            evil.document(number),
            site="gongxun",
        )
    pipelines = {
        "pipelines.validate.ValidatePipeline": 100,
        f"{__name__}.StuckPipeline": 200,
        "pipelines.clean.CleanPipeline": None,
        "pipelines.deduplicate.DeduplicatePipeline": 300,
        "pipelines.store.StorePipeline": 400,
    }
    options = ["--replay", str(tmp_path / "saved"), "--json", "-s", f"ITEM_PIPELINES={json.dumps(pipelines)}"]
    options += ["-s", f"DATA_DIR={tmp_path / 'data'}", "-s", "WATCHDOG_SECONDS=1"]
    for run in range(MAX_CRASHES):
        ran = scrapy("crawl", "gongxun", *options, DIE="1" if death == "killed" else "")
        assert ran.returncode == (-signal.SIGKILL if death == "killed" else -signal.SIGPROF)
        assert death == "killed" or "in stuck" in ran.stderr
        assert (POISON in ran.stderr) == (run > 0)
    ran = scrapy("crawl", "gongxun", *options)
    assert ran.returncode == 3, ran.stderr
    [site] = json.loads(ran.stdout)["sites"]
    assert site["documents"] + site["unchanged"] == 4
    assert f"'{POISON}' ended the process twice and is not asked for any more" in ran.stderr
    assert scrapy("crawl", "gongxun", *options).returncode == 0


def test_a_page_that_goes_well_again_is_forgiven(tmp_path: Path) -> None:
    save(tmp_path / "saved", "3", POISON, evil.document(3), site="gongxun")
    ledger = Ledger(tmp_path / "data" / "ledger.sqlite")
    ledger.count_crash(POISON, site="gongxun")
    options = ["--replay", str(tmp_path / "saved"), "-s", f"DATA_DIR={tmp_path / 'data'}"]
    assert scrapy("crawl", "gongxun", *options).returncode == 0
    assert ledger.crash_counts(site="gongxun") == {}
    ledger.close()


def _served(body: bytes, ask: Ask) -> Reply:
    return answer(body)


@pytest.mark.matrix(19, "a tag with 500,000 attributes costs less than a second; the document is stored")
@pytest.mark.matrix(20, "200,000 nested tags and floods of comments lose no text, a page is never stored empty")
def test_markup_bombs_block_nothing(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    for number, markup in enumerate(evil.MARKUP.values()):
        host.routes[f"/d/{number}.html"] = partial(_served, evil.document(number, markup))
    links = [f"/d/{number}.html" for number in range(len(evil.MARKUP))]
    host.routes["/"] = evil.linking(*links, "/d/last.html")
    ran = live.crawl(site_at(host), tmp_path, {"DOWNLOAD_TIMEOUT": 60}, deadline=180)  # 2 s were measured for all
    texts = {record["url"].rpartition("/")[2].removesuffix(".html"): record["text"] for record in ran.records()}
    for number, name in enumerate(evil.MARKUP):
        assert f"第{number}号文件第9条" in texts.get(str(number), ""), name
    assert {"last", "99"} <= texts.keys(), "a link behind a bomb was lost"


def test_a_quote_that_never_ends_swallows_no_text() -> None:
    page = Page(body=evil.document(1, evil.UNCLOSED_QUOTE), url="http://demo.example/d/1.html")
    assert "第1号文件第9条" in clean(page).text


@pytest.mark.parametrize(
    "value",
    [
        "a" * 1_000_000,
        "a " * 500_000,
        " " * 1_000_000,
        "=" * 1_000_000,
        "a=" * 500_000,
        "a='" * 333_333,
        'a="' * 333_333,
    ],
    ids=lambda value: value[:3],
)
def test_attributes_are_read_in_linear_time(value: str) -> None:
    with cpu_deadline(20):
        render(f"<meta {value}>x")
        page_links("http://demo.example/", f"<a {value}>x")
