"""The history of runs: what a crawl adds to it, and that neither a kill nor another run spoils it."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import orjson
import pytest

from crawler.reports import history
from crawler.reports.summary import NOT_BEGUN, summarise
from tests.offline import DEMO, scrapy

STATS = {
    "pages/fetched": 9,
    "documents/fetched": 6,
    "documents/stored": 3,
    "documents/unchanged": 2,
    "item_dropped_reasons_count/NoText": 1,
    "noise/card.line": 7,
    "noise/nav.crumbs": 3,
    "text/page_chars": 3000,
    "text/kept_chars": 2000,
    "elapsed_time_seconds": 12.34,
    "finish_reason": "finished",
    "hosts/rested/m.demo.example": "9 requests today",
}
SUMMARY = summarise(DEMO, STATS)


def path(data: Path) -> Path:
    return data / "reports" / "runs.jsonl"


def test_a_run_comes_back_as_it_was_added(tmp_path: Path) -> None:
    history.add(tmp_path, [SUMMARY], "crawl", {"limit": "5"})
    (run,) = history.read(tmp_path)
    assert (run.site, run.command, run.asked, run.exit_code) == ("demo", "crawl", {"limit": "5"}, 0)
    assert (run.pages, run.documents, run.good, run.rejected, run.reasons) == (9, 3, 5, 1, {"NoText": 1})
    assert (run.noise, run.kept, run.seconds) == ({"card.line": 7, "nav.crumbs": 3}, 0.6667, 12.34)
    assert list(run.hosts) == ["m.demo.example: 9 requests today"]


def test_runs_come_back_in_order(tmp_path: Path) -> None:
    other = summarise(DEMO, {**STATS, "documents/stored": 8})
    history.add(tmp_path, [SUMMARY, other], "crawl")
    assert [run.documents for run in history.read(tmp_path)] == [3, 8]
    assert history.read(tmp_path / "elsewhere") == []


def test_a_site_that_was_not_begun_is_no_run(tmp_path: Path) -> None:
    not_begun = summarise(DEMO, {})
    assert not_begun.reason == NOT_BEGUN
    history.add(tmp_path, [not_begun], "crawl")
    assert history.read(tmp_path) == []


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_line_is_passed_over(tmp_path: Path, cut: int) -> None:
    history.add(tmp_path, [SUMMARY], "crawl")
    whole = path(tmp_path).read_bytes()
    path(tmp_path).write_bytes(whole + whole[:-cut])
    assert len(history.read(tmp_path)) == (2 if cut == 1 else 1)
    history.add(tmp_path, [SUMMARY], "refresh")
    assert [run.command for run in history.read(tmp_path)][-1] == "refresh"
    assert len(history.read(tmp_path)) == (3 if cut == 1 else 2)


@pytest.mark.parametrize(
    "wrong",
    [b"\xff\xfe", b"[]", b"{}", b'{"time": "yesterday", "site": "demo", "command": "crawl"}', "pages", "noise", "kept"],
)
def test_a_line_that_makes_no_sense_is_passed_over(tmp_path: Path, wrong: bytes | str) -> None:
    history.add(tmp_path, [SUMMARY], "crawl")
    good = path(tmp_path).read_bytes()
    bad = orjson.dumps({**orjson.loads(good), wrong: {"x": "<b>"}}) if isinstance(wrong, str) else wrong
    path(tmp_path).write_bytes(bad + b"\n" + good)
    assert len(history.read(tmp_path)) == 1


def test_a_later_program_may_write_more(tmp_path: Path) -> None:
    history.add(tmp_path, [SUMMARY], "crawl")
    path(tmp_path).write_bytes(orjson.dumps({**orjson.loads(path(tmp_path).read_bytes()), "masked": 4}) + b"\n")
    assert len(history.read(tmp_path)) == 1


def test_a_write_that_falls_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history.add(tmp_path, [SUMMARY], "crawl")
    before, write = path(tmp_path).read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:10]))
    with pytest.raises(OSError, match="No space left"):
        history.add(tmp_path, [SUMMARY], "crawl")
    assert path(tmp_path).read_bytes() == before


def _add(data: Path) -> None:
    for _ in range(20):
        history.add(data, [SUMMARY, SUMMARY], "crawl")


def test_runs_side_by_side_lose_nothing(tmp_path: Path) -> None:
    processes = [get_context("fork").Process(target=_add, args=(tmp_path,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len(history.read(tmp_path)) == 3 * 20 * 2


def test_a_crawl_adds_itself(tmp_path: Path) -> None:
    ran = scrapy("crawl", "wm114", "taowenge", "--replay", "fixtures", "-s", f"DATA_DIR={tmp_path}")
    assert ran.returncode == 0, ran.stderr
    runs = {run.site: run for run in history.read(tmp_path)}
    assert {run.command for run in runs.values()} == {"replay"}
    assert runs["taowenge"].reasons == {"NoText": 1}
    assert runs["wm114"].noise["wm114.outline"] >= 1
    assert 0.2 < (runs["wm114"].kept or 0) < 1
    assert all(run.seconds > 0 for run in runs.values())


def test_a_history_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way")
    ran = scrapy("crawl", "wm114", "--replay", "fixtures", "-s", f"DATA_DIR={tmp_path}")
    assert (ran.returncode, ran.stderr.count("\n")) == (74, 1)
    assert "runs.jsonl lacks this run, its documents are stored" in ran.stderr
    assert "wm114" in ran.stdout
