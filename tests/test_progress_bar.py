"""Bars on a terminal, lines now and then elsewhere, and how much of the inputs was read."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from crawler.inputs import read, total_bytes
from crawler.terminal import progress_bar
from crawler.terminal.progress_bar import print_message
from tests.offline import RunCommand


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bar be drawn at each step."""
    monkeypatch.setattr(progress_bar, "TERMINAL_SECONDS", 0)


def test_a_terminal_shows_share_rate_and_time_left(monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    with progress_bar.progress_bar(4, "documents", 60) as advance:
        advance(1, note="1 flagged")
        advance(1)
        drawn = shown.getvalue().split("\r")[-1]
        print_message("a word")
    assert drawn.startswith(" 50%|")
    assert " 2/4 [" in drawn
    assert " left, " in drawn
    assert " documents/s" in drawn
    assert ", 1 flagged" in drawn
    assert "\ra word\n" in shown.getvalue()
    assert shown.getvalue().endswith("\r")


def test_elsewhere_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar.progress_bar(2_000_000, "B", 1e-9) as advance:
        advance(1_000_000)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("50 %, 1.00M of 2.00M, ")
    assert line.isprintable()


@pytest.mark.parametrize("every", [0, 60])
def test_a_short_run_tells_nothing_elsewhere(capsys: pytest.CaptureFixture[str], every: float) -> None:
    with progress_bar.progress_bar(2, "documents", every) as advance:
        advance()
        print_message("a word")
    assert capsys.readouterr().err == "a word\n"


def test_without_an_end_counts_are_shown(monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    with progress_bar.progress_bar(None, "inputs", 0) as advance:
        advance(3)
        assert shown.getvalue().split("\r")[-1].startswith("3 in 00:00")


def test_the_bytes_read_are_those_of_the_inputs(tmp_path: Path) -> None:
    row = json.dumps({"text": "会议于周五召开。"}, ensure_ascii=False) + "\n"
    (tmp_path / "rows.jsonl").write_text(row * 9, "utf-8")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(row.encode() * 500))
    (tmp_path / "page.txt").write_text("会议于周五召开。\n", "utf-8")
    (tmp_path / "robots.txt").write_text("User-agent: *\n")
    (tmp_path / "file.docx").write_bytes(b"PK\x03\x04" + bytes(900))
    told: list[int] = []
    found = list(read([str(tmp_path)], stdin=io.BufferedReader(io.BytesIO()), told=told.append))
    assert len(found) > 500
    assert sum(told) == total_bytes([str(tmp_path)])
    assert len(told) > 500
    assert min(told) >= 0
    assert total_bytes([str(tmp_path), "-"]) is None


def test_commands_show_it(
    run_command: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    data = ("-s", f"DATA_DIR={tmp_path / 'data'}")
    cleaned = tmp_path / "rows.jsonl"
    for words, total in (
        (("clean", "fixtures/wm114", "-o", cleaned), "100%|"),
        (("dedup", "-j", "1", "-o", tmp_path / "marked.jsonl", cleaned), "1/2 ["),
        (("learn", "-o", tmp_path / "profiles", "fixtures/wm114"), "100%|"),
        (("learn", "--check", cleaned), "100%|"),
        (("clean", "-q", "fixtures/wm114", "-o", cleaned), ""),
        (("clean", "fixtures/wm114", "-o", cleaned, "-s", "PROGRESS=False"), ""),
    ):
        monkeypatch.setattr(sys, "stderr", shown := Terminal())
        assert run_command(*words, *data)[0] == 0
        assert total in shown.getvalue() if total else "\r" not in shown.getvalue()
