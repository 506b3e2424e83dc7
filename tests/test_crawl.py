"""The command `scrapy crawl`: what it prints, what it leaves behind, how it ends."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from cleaners.sites import sites
from crawler.commands.crawl import Command
from crawler.errors import ALARM, BUG, CLEAN, DISK, LOCKED
from crawler.reports.crawl_table import MAX_ROWS, as_table
from crawler.reports.summary import NOT_BEGUN, Summary, as_json, exit_code, summarise
from crawler.terminal import table
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.lock import Locked, site_lock
from tests import test_paragraphs, test_spun
from tests.hostile import Hostile, answer
from tests.hostile_routes_safety import linking
from tests.live import site_at
from tests.offline import DEMO, ROOT, page, save, scrapy
from tests.running import Run, documents_at

GOOD = {
    "pages/fetched": 9,
    "documents/fetched": 6,
    "documents/stored": 3,
    "documents/duplicate": 1,
    "documents/unchanged": 1,
    "documents/truncated": 2,
    "item_dropped_reasons_count/Duplicate": 1,
    "item_dropped_reasons_count/Unchanged": 1,
    "item_dropped_reasons_count/NoText": 1,
    "item_dropped_reasons_count/EmptyPage": 2,
    "finish_reason": "finished",
}
NOTHING = {"finish_reason": "finished", "pages/fetched": 4}
NO_ALARM: tuple[str, ...] = ()


def summary(**values: Any) -> Summary:
    counts = dict.fromkeys(("pages", "documents", "duplicates", "unchanged", "truncated", "rejected"), 0)
    rest = {"site": "demo", "title": "示范文库", "reason": "finished", "alarms": NO_ALARM, "exit_code": CLEAN}
    return Summary(**{**counts, **rest, **values})


# What a crawl came to


def test_counts_come_from_the_stats() -> None:
    found = summarise(DEMO, GOOD)
    reasons = {"EmptyPage": 2, "NoText": 1}
    assert found == summary(pages=9, documents=3, duplicates=1, unchanged=1, truncated=2, rejected=3, reasons=reasons)


@pytest.mark.parametrize(
    ("stats", "crash", "code", "alarm"),
    [
        (GOOD, None, CLEAN, None),
        ({**GOOD, "finish_reason": "limit"}, None, CLEAN, None),
        ({**GOOD, "documents/error": 1}, None, BUG, "1 error in spider or pipelines"),
        ({**GOOD, "spider_exceptions/count": 2}, None, BUG, "2 errors in spider or pipelines"),
        ({}, ValueError("x"), BUG, "ValueError: x"),
        ({**GOOD, "finish_reason": "ledger_error"}, None, DISK, "the ledger failed"),
        ({**GOOD, "ledger/error": "full", "documents/error": 1}, None, DISK, "full"),
        ({}, LedgerError("ledger.sqlite: damaged"), DISK, "ledger.sqlite: damaged"),
        ({"finish_reason": "finished"}, None, ALARM, "no page could be fetched"),
        (
            {"finish_reason": "finished", "replay/missing": 2},
            None,
            ALARM,
            "no page could be fetched: what it begins with is not saved",
        ),
        ({"finish_reason": "shutdown"}, None, CLEAN, None),
        ({**GOOD, "hosts/closed/m.demo.example": "no (503)"}, None, ALARM, r"m\.demo\.example is closed: no \(503\)"),
        ({**GOOD, "hosts/rested/m.demo.example": "9 requests today"}, None, CLEAN, None),
        ({**GOOD, "drift/alarm": "11 of the last 50"}, None, ALARM, "11 of the last 50"),
        (NOTHING, None, ALARM, "no document page among 4 pages"),
        ({**NOTHING, "documents/fetched": 3}, None, ALARM, "3 document pages gave no document"),
        ({**NOTHING, "documents/fetched": 3, "documents/unchanged": 3}, None, CLEAN, None),
        ({"pages/fetched": 4}, None, ALARM, "broken off before its end"),
        ({}, None, CLEAN, None),
    ],
)
def test_verdict(stats: dict[str, Any], crash: BaseException | None, code: int, alarm: str | None) -> None:
    found = summarise(DEMO, stats, crash)
    assert found.exit_code == code
    assert found.alarms == () if alarm is None else re.search(alarm, " ".join(found.alarms))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([CLEAN], CLEAN), ([CLEAN, ALARM], ALARM), ([ALARM, BUG], BUG), ([BUG, DISK, ALARM], DISK)],
)
def test_the_worst_decides_the_exit_code(codes: list[int], expected: int) -> None:
    assert exit_code([summary(exit_code=code) for code in codes]) == expected


def test_table_is_aligned_and_fits_a_terminal() -> None:
    long = summary(site="averylongsitename", title="名字非常非常长的文库网站", pages=1234567, documents=1000000)
    lines = as_table([summary(pages=7, documents=5, rejected=1), long], "data").splitlines()
    assert all(table.width(line) <= 80 for line in lines)
    assert len({table.width(line) for line in lines[:4]}) == 1
    assert lines[0].split() == ["site", "pages", "documents", "duplicates", "unchanged", "truncated", "rejected"]
    assert lines[1].split() == ["demo", "示范文库", "7", "5", "0", "0", "0", "1"]
    assert lines[3].split() == ["total", "1234574", "1000005", "0", "0", "0", "1"]
    assert lines[-1] == "files: data/documents/*.jsonl, data/ledger.sqlite"


def test_a_quiet_crawl_shows_its_table_only_where_something_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = Command()
    command.settings, command.quiet = Settings({"DATA_DIR": str(tmp_path)}), True
    command._tell([summary()], "data", as_line=False)
    assert capsys.readouterr() == ("", "")
    command._tell([summary(exit_code=ALARM, alarms=("closed",))], "data", as_line=False)
    told = capsys.readouterr()
    assert told.out.startswith("site ")
    assert told.err.endswith("demo: closed\n")


def test_what_exploring_found_is_one_line_of_the_table() -> None:
    found, nothing = (
        {"pages": 1, "led": 1, "found": 1, "waiting": 0},
        {"pages": 9, "led": 0, "found": 0, "waiting": 0},
    )

    def told(*explored: dict[str, int]) -> list[str]:
        lines = as_table([summary(explored=each) for each in explored], "data").splitlines()
        return [line for line in lines if "explored" in line]

    assert told(found, nothing) == ["demo: explored 1 page, 1 led to 1 document"]
    assert told(found, found) == ["2 sites: explored 2 pages, 2 led to 2 documents"]
    assert told(nothing, {}) == []


def many(count: int) -> list[Summary]:
    """Return so many crawls, of which the last three have something to look at, the last one most."""
    good = [summary(site=f"site{number:02}", pages=9, documents=8) for number in range(count - 3)]
    refusing = summary(site="refusing", pages=9, reasons={"LoginWall": 6}, rejected=6, exit_code=ALARM)
    silent = summary(site="silent", pages=9, reasons={"NoText": 9}, rejected=9, exit_code=ALARM)
    return [*good, refusing, silent, summary(site="broken", exit_code=BUG, reason="ZeroDivisionError")]


def test_a_table_of_many_sites_fits_a_screen_and_begins_with_the_worst() -> None:
    told = many(60)
    lines = as_table([replace(each, taken_up="2026-11-01") for each in told], "data").splitlines()
    assert len(lines) <= 24
    assert all(table.width(line) <= 80 for line in lines)
    assert [line.split()[:2] for line in lines[1:5]] == [
        ["!", "broken"],
        ["!", "silent"],
        ["!", "refusing"],
        ["site00", "示范文库"],
    ]
    assert lines[MAX_ROWS + 1].split()[:3] == ["48", "others,", "fine"]
    assert lines[MAX_ROWS + 2].split()[:4] == ["total", "of", "60", str(9 * 59)]
    assert lines[-2] == "… and 56 lines more; --json tells all"


def test_what_could_not_begin_is_told_and_is_no_bug() -> None:
    locked = summarise(DEMO, {}, Locked("data/demo.lock: another run holds this lock"))
    assert (locked.exit_code, locked.reason) == (LOCKED, NOT_BEGUN)
    assert exit_code([summary(), locked]) == LOCKED
    assert exit_code([summary(exit_code=ALARM), locked]) == ALARM


def test_files_are_named_as_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert as_json([summary()], str(tmp_path / "data/x"))["ledger"] == "data/x/ledger.sqlite"
    assert as_json([summary()], "/elsewhere")["ledger"] == "/elsewhere/ledger.sqlite"


# The command


def test_the_main_job_twice(tmp_path: Path) -> None:
    data = tmp_path / "example"
    first = scrapy("crawl", "--replay", "fixtures", "-s", f"DATA_DIR={data}")
    assert (first.returncode, first.stderr) == (0, "")
    lines = first.stdout.splitlines()
    saved = [name for name in sites() if (ROOT / "fixtures" / name).is_dir()]
    assert all(table.width(line) <= 80 for line in lines[:-1])
    rows = {line.split()[0]: [int(cell) for cell in line.split()[-6:]] for line in lines[1 : lines.index("")]}
    total = rows.pop("total")
    others = str(len(saved) - MAX_ROWS)
    assert set(rows) - {others} <= set(saved)
    assert total == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert all(documents >= 1 for _, documents, *_ in rows.values())
    assert lines[-1] == f"files: {data}/documents/*.jsonl, {data}/ledger.sqlite"
    shards = {shard.name: shard.read_bytes() for shard in (data / "documents").iterdir()}
    assert len(b"".join(shards.values()).splitlines()) == total[1]

    second = scrapy("crawl", "--replay", "fixtures", "--json", "-s", f"DATA_DIR={data}")
    assert second.returncode == 0, second.stderr
    told = json.loads(second.stdout)
    assert sum(site["documents"] for site in told["sites"]) == 0
    assert [site["site"] for site in told["sites"]] == saved
    assert all(site["unchanged"] >= 1 for site in told["sites"])
    assert sum(site["unchanged"] for site in told["sites"]) >= total[1]
    assert {shard.name: shard.read_bytes() for shard in (data / "documents").iterdir()} == shards

    other, again = tmp_path / "other", ("taowenge", "wm114", "zixin")
    assert scrapy("crawl", *again, "--replay", "fixtures", "-s", f"DATA_DIR={other}").returncode == 0
    written = {shard.name: shard.read_bytes() for shard in (other / "documents").iterdir()}
    assert len(written) >= len(again)
    assert written.items() <= shards.items()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["crawl"], "name a site or --all (`scrapy sites` lists them), or name sites in wenqing.toml"),
        (["crawl", "nosuch"], "no site 'nosuch'; `scrapy sites` lists them"),
        (["crawl", "doc88"], "doc88 is documented, not crawled: shell, seen 2026-10"),
        (["crawl", "taowenge", "-o", "x.jsonl"], "unknown option -o"),
        (["crawl", "gongxun"], "gongxun has no known address: give it pages with -a urls=FILE"),
        (["crawl", "--replay", "docs"], "--replay docs: no saved pages there"),
    ],
)
def test_usage_is_one_line(arguments: list[str], message: str) -> None:
    ran = scrapy(*arguments, WENQING_CONTACT="crawl@example.org")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"scrapy crawl: {message}")
    assert ran.stderr.count("\n") == 1


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save(tmp_path / "saved", "one", "https://gong.example/doc/1.html", page(), site="gongxun")
    return tmp_path / "saved"


def test_a_bug_is_not_a_clean_end(saved: Path) -> None:
    broken = '{"tests.offline.BrokenPipeline": 1}'
    data = f"DATA_DIR={saved.parent / 'data'}"
    ran = scrapy("crawl", "gongxun", "--replay", str(saved), "-s", f"ITEM_PIPELINES={broken}", "-s", data)
    assert ran.returncode == 1
    assert "ZeroDivisionError" in ran.stderr
    assert "scrapy crawl: gongxun: 1 error in spider or pipelines, see the log" in ran.stderr
    assert ran.stdout.startswith("site ")


def test_pages_without_documents_raise_an_alarm(saved: Path) -> None:
    data = f"DATA_DIR={saved.parent / 'data'}"
    ran = scrapy("crawl", "gongxun", "--replay", str(saved), "-s", "ITEM_PIPELINES={}", "-s", data)
    assert ran.returncode == 3
    assert ran.stderr.startswith("scrapy crawl: gongxun: 1 document page gave no document")


def test_a_second_run_of_a_site_finds_the_lock(saved: Path) -> None:
    data = saved.parent / "data"
    with site_lock(data, "gongxun"):
        ran = scrapy("crawl", "gongxun", "--replay", str(saved), "-s", f"DATA_DIR={data}")
    assert (ran.returncode, ran.stdout) == (75, "")
    assert ran.stderr.startswith("scrapy crawl: ")
    assert "gongxun.lock" in ran.stderr


def test_a_ledger_that_cannot_be_written(saved: Path) -> None:
    data = saved.parent / "data"
    data.mkdir()
    (data / "ledger.sqlite").write_text("no ledger at all")
    ran = scrapy("crawl", "gongxun", "--replay", str(saved), "-s", f"DATA_DIR={data}")
    assert ran.returncode == 74
    assert "ledger.sqlite: not a ledger" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (data / "ledger.sqlite").read_text() == "no ledger at all"
    under_a_file = scrapy("crawl", "gongxun", "--replay", str(saved), "-s", f"DATA_DIR={data / 'ledger.sqlite' / 'x'}")
    assert under_a_file.returncode == 74
    assert under_a_file.stderr.count("\n") == 1


def test_the_list_of_spiders_is_the_registry() -> None:
    assert scrapy("list").stdout.split() == [name for name, site in sites().items() if site.is_crawled]


# Many sites


def test_one_broken_site_never_stops_the_others(hostile: Hostile, tmp_path: Path) -> None:
    names = ("good", "short", "failing", "dead", "down", "locked")
    hosts = {name: hostile.host() for name in names}
    for number, host in enumerate(hosts.values()):
        host.routes["/"] = linking(*(f"/d/{number}{page}.html" for page in range(3)))
    hosts["short"].routes["/"] = linking("/d/9.html")
    hosts["down"].routes["/robots.txt"] = lambda _: answer("", 503)
    first, *others = (site_at(host, name=name) for name, host in hosts.items())
    data = tmp_path / "data"
    with site_lock(data, "locked"):
        faults = {"failing": "parse", "dead": "from_crawler"}
        ended = Run(first, data, "--all", "--json", others=others, faults=faults).end()
    told = {each["site"]: each for each in json.loads(ended.out)["sites"]}
    assert ended.code == BUG
    assert {name: each["documents"] for name, each in told.items() if each["documents"]} == {"good": 3, "short": 1}
    codes = {"good": CLEAN, "short": CLEAN, "failing": BUG, "dead": BUG, "down": ALARM, "locked": LOCKED}
    assert {name: each["exit_code"] for name, each in told.items()} == codes
    assert not hosts["locked"].log
    kept = [json.loads(line)["site"] for line in (data / "reports/runs.jsonl").read_text().splitlines()]
    assert sorted(kept) == sorted(set(names) - {"locked"})


def test_each_site_has_its_share_of_pages_and_the_next_run_goes_on(hostile: Hostile, tmp_path: Path) -> None:
    hosts = [hostile.host(), hostile.host()]
    for host in hosts:
        documents_at(host, 12)
    one, two = (site_at(host, name=name) for host, name in zip(hosts, ("one", "two"), strict=True))
    first = json.loads(Run(one, tmp_path, "--all", "--json", "--pages", "6", others=[two]).end().out)["sites"]
    assert [each["reason"] for each in first] == ["closespider_pagecount"] * 2
    assert all(3 <= each["documents"] + each["duplicates"] <= 8 for each in first)
    second = json.loads(Run(one, tmp_path, "--all", "--json", others=[two]).end().out)["sites"]
    assert all(each["taken_up"] for each in second)
    assert sum(each["documents"] + each["duplicates"] for each in [*first, *second]) == 24


def test_spun_texts_and_restored_paragraphs_are_counted(tmp_path: Path) -> None:
    texts = (
        test_spun.spin(test_spun.SPEECH * 2, "advance"),
        " ".join(test_paragraphs.SPEECH),
        "各位同事：今天开会。" * 9,
    )
    for number, text in enumerate(texts):
        address = f"http://gong.example/doc/{number}.html"
        save(tmp_path / "saved", str(number), address, page(text=text), site="gongxun")
    ran = scrapy("crawl", "gongxun", "--replay", str(tmp_path / "saved"), "--json", "-s", f"DATA_DIR={tmp_path}")
    (found,) = json.loads(ran.stdout)["sites"]
    assert (found["documents"], found["spun"], found["reflowed"]) == (3, 1, 1)
    assert "spun" in scrapy("report", "-s", f"DATA_DIR={tmp_path}").stdout
