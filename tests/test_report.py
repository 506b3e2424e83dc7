"""`scrapy report`: what changed against earlier runs, for a terminal, a machine and a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from crawler.reports.history import Run
from crawler.reports.report import SiteReport, reports
from crawler.reports.report_html import page
from crawler.terminal import table
from pipelines.ledger.json_lines import line
from tests.offline import RunCommand

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e</title></style>'


def run(day: int = 1, **changes: Any) -> Run:
    usual: dict[str, Any] = {
        "time": f"2026-11-{day:02}T03:17:00Z",
        "site": "wm114",
        "command": "crawl",
        "pages": 120,
        "documents": 10,
        "unchanged": 80,
        "duplicates": 10,
        "rejected": 3,
        "reason": "finished",
        "reasons": {"NoText": 3},
        "noise": {"card.line": 300, "cut.gap": 20, "nav.crumbs": 100},
        "kept": 0.55,
        "seconds": 400.0,
        "version": "1",
    }
    return Run(**{**usual, **changes})


def write(data: Path, runs: Iterable[Run]) -> Path:
    (data / "reports").mkdir(parents=True, exist_ok=True)
    (data / "reports/runs.jsonl").write_bytes(b"".join(line(asdict(run)) for run in runs))
    return data


def of(data: Path, *runs: Run, last: int = 20) -> SiteReport:
    (report,) = reports(write(data, runs), last)
    return report


@pytest.fixture
def report(tmp_path: Path, run_command: RunCommand) -> RunCommand:
    """Run `scrapy report` over the data folder of the test; return exit code, output and errors."""

    def call(*arguments: object) -> tuple[int, str, str]:
        return run_command("report", *arguments, "-s", f"DATA_DIR={tmp_path}")

    return call


# Against earlier runs


def test_a_run_like_those_before_is_nothing_to_look_at(tmp_path: Path) -> None:
    found = of(tmp_path, *(run(day, documents=10 + day) for day in range(1, 9)))
    assert (found.findings, len(found.earlier), len(found.runs)) == ([], 5, 8)


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"documents": 0, "unchanged": 39}, "49 document pages, usually 100: down by more than half"),
        ({"reasons": {"NoText": 3, "LoginWall": 20}}, "login wall: 20 of 120 pages (17%), usually 0%"),
        ({"reasons": {"NoText": 40}}, "no text: 40 of 120 pages (33%), usually 2%"),
        ({"noise": {"card.line": 300, "nav.crumbs": 90}}, "no hit any more: cut.gap (usually 0.2 a document)"),
        ({"kept": 0.9}, "90% of the text kept, usually 55%"),
        ({"alarms": ["m.a.example is closed: it refused"]}, "m.a.example is closed: it refused"),
    ],
)
def test_what_has_changed_is_found(tmp_path: Path, changes: dict[str, Any], finding: str) -> None:
    assert of(tmp_path, *map(run, range(1, 5)), run(5, **changes)).findings == [finding]


@pytest.mark.parametrize(
    "changes",
    [
        {"documents": 0, "unchanged": 55, "noise": {"card.line": 160, "cut.gap": 9, "nav.crumbs": 50}},
        {"reasons": {"NoText": 6}},
        {"reasons": {}},
        {"kept": 0.6},
        {"kept": None},
        {"reason": "shutdown", "documents": 0, "unchanged": 1, "duplicates": 0, "noise": {}},
    ],
)
def test_a_small_change_is_none(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert of(tmp_path, *map(run, range(1, 5)), run(5, **changes)).findings == []


def test_other_rules_are_told_beside_a_change(tmp_path: Path) -> None:
    found = of(tmp_path, *map(run, range(1, 5)), run(5, kept=0.9, version="2")).findings
    assert found == ["90% of the text kept, usually 55%", "the rules are of version 2, before of version 1"]
    assert of(tmp_path, *map(run, range(1, 5)), run(5, version="2")).findings == []


@pytest.mark.parametrize("other", [{"command": "refresh"}, {"asked": {"limit": "9"}}, {"reason": "shutdown"}])
def test_only_runs_of_one_kind_are_compared(tmp_path: Path, other: dict[str, Any]) -> None:
    found = of(tmp_path, *(run(day, **other) for day in range(1, 5)), run(5, documents=1, unchanged=0))
    assert (found.earlier, found.findings) == ([], [])


# The command


def test_for_a_terminal(report: RunCommand, tmp_path: Path) -> None:
    write(tmp_path, [*map(run, range(1, 5)), run(5, reasons={"NoText": 40}, hosts=["m.wm114.cn: 9 requests today"])])
    (tmp_path / "wm114.hosts.json").write_text(
        '{"www.wm114.cn": {"day": "2026-11-05", "pages": 31, "bytes": 1048576, "until": "2026-11-06T08:00:00+00:00"}}'
    )
    code, out, err = report("--last", 2)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "wm114 新文秘网"
    assert [found.split()[:2] for found in lines[2:4]] == [["2026-11-04", "03:17"], ["2026-11-05", "03:17"]]
    assert "  look: no text: 40 of 120 pages (33%), usually 2%" in lines
    assert "not asked any more: m.wm114.cn: 9 requests today" in lines
    assert lines[-1].endswith("31 requests and 1.0 MiB on 2026-11-05, to be left alone until 2026-11-06T08:00 UTC")
    assert all(table.width(found) <= 80 for found in lines[:4])


def test_spun_texts_and_restored_paragraphs_are_counted(report: RunCommand, tmp_path: Path) -> None:
    found = of(tmp_path, *map(run, range(1, 5)), run(5, spun=7, reflowed=40))
    assert {name: (form.count, form.usual) for name, form in found.forms().items()} == {
        "paragraphs restored": (40, 0),
        "spun": (7, 0),
    }
    assert re.search(r"^spun +7 +0\.07 +0\.00$", report()[1], re.MULTILINE)
    assert json.loads(report("--json")[1])["sites"][0]["forms"]["spun"]["count"] == 7
    assert "without their paragraphs" in page([found])
    assert "without their paragraphs" not in page([of(tmp_path, run())])


def test_a_line_of_any_length_is_cut_in_no_time() -> None:
    assert table.clip("文" * 10**6, 80) == "文" * 39 + "…"


def test_for_a_machine(report: RunCommand, tmp_path: Path) -> None:
    write(tmp_path, [run(1), run(2), run(3, site="taowenge")])
    code, out, _ = report("--json", "--site", "wm114")
    (site,) = json.loads(out)["sites"]
    assert (code, site["site"], len(site["runs"]), site["compared_with"]) == (0, "wm114", 2, 1)
    assert site["rules"]["card.line"] == {"count": 300, "each": 3.0, "usual": 3.0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--site", "wm11"), "no runs of 'wm11'; there are wm114"),
        (("--last", "0"), "--last 0: give a number of runs from 1 up"),
        (("--html", "nowhere/report.html"), "nowhere/report.html: its folder does not exist"),
        (("stray",), "unknown argument stray"),
    ],
)
def test_wrong_usage(report: RunCommand, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    write(tmp_path, [run()])
    code, out, err = report(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"scrapy report: {message}")


def test_no_runs_yet(report: RunCommand, tmp_path: Path) -> None:
    code, out, err = report()
    assert (code, out) == (2, "")
    assert err == f"scrapy report: {tmp_path}/reports/runs.jsonl: no runs yet; crawl a site first, or set DATA_DIR\n"


def test_a_daybook_that_makes_no_sense(report: RunCommand, tmp_path: Path) -> None:
    write(tmp_path, [run()])
    (tmp_path / "wm114.hosts.json").write_text("[]")
    code, out, err = report()
    assert (code, out, err.count("\n")) == (74, "", 1)
    assert "wm114.hosts.json: not a list of hosts" in err


# The page for a browser


class Parsed(HTMLParser):
    """What the page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")


def hostile(data: Path) -> str:
    """Return the page of a run in which everything that comes from outside is hostile."""
    names = {HOSTILE: 9, f"a.b{HOSTILE}": 8}
    told = {"hosts": [HOSTILE], "alarms": [HOSTILE], "reasons": names, "noise": names, "reason": HOSTILE}
    runs = [run(day, site=HOSTILE.replace("/", "|"), command=HOSTILE, **told) for day in range(1, 4)]
    return page(reports(write(data, runs), 20))


@pytest.mark.matrix(38, "the report is inert whatever sites, hosts, reasons and messages hold: no script, no handler")
def test_the_page_is_inert(tmp_path: Path) -> None:
    html = hostile(tmp_path)
    parsed = Parsed(html)
    assert not parsed.tags & {"script", "img", "iframe", "link", "form", "object", "embed", "base", "input", "use"}
    assert not [name for name in parsed.attributes if name.startswith("on") or name in ("src", "style", "xlink:href")]
    assert all(re.fullmatch(r"#[sh]\d+", target) for target in parsed.attributes["href"])
    assert "default-src 'none'; style-src 'unsafe-inline'" in parsed.attributes["content"]
    assert not re.search(r"https?:|javascript:|url\(|@import|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html)
    assert html.count("</style>") == html.count("</html>") == 1
    assert "alert(1)" in html


def test_the_page_has_every_run_and_its_plots(tmp_path: Path) -> None:
    found = [of(tmp_path, *map(run, range(1, 8)), run(8, noise={"card.line": 300, "nav.crumbs": 90}), last=6)]
    html = page(found)
    assert html.count("<figure>") == 3
    assert html.count("<circle") == 6
    assert [day in html for day in ("2026-11-02", "2026-11-03", "2026-11-08")] == [False, True, True]
    assert '<span class="look">cut.gap</span>' in html
    assert "a piece left out in the middle" in html
    assert len(re.findall("<(?:table|svg|tr|td|figure|section|g)[ >]", html)) == len(
        re.findall("</(?:table|svg|tr|td|figure|section|g)>", html)
    )


def test_one_run_without_documents_is_a_page_too(tmp_path: Path) -> None:
    empty = run(pages=0, documents=0, unchanged=0, duplicates=0, reasons={}, noise={}, kept=None, seconds=0)
    html = page([of(tmp_path, empty)])
    assert "nan" not in html
    assert "1 run of 1 site" in html


def test_the_page_is_written_whole_or_not_at_all(report: RunCommand, tmp_path: Path) -> None:
    write(tmp_path, [run()])
    file = tmp_path / "report.html"
    assert report("--html", file) == (0, "", "")
    first = file.read_bytes()
    assert first.startswith(b"<!DOCTYPE html>")
    assert report("--html", file)[0] == 0
    assert file.read_bytes() == first
    assert {path.name for path in tmp_path.iterdir()} == {"reports", "report.html"}


@pytest.mark.long
@pytest.mark.matrix(38, "a browser runs nothing of the report and asks for nothing")
def test_in_a_browser(tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium here")
    file = tmp_path / "report.html"
    file.write_text(hostile(tmp_path), encoding="utf-8")
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}")
    told = subprocess.run(
        [chromium, *options, "--enable-logging=stderr", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert not Parsed(told.stdout).tags & {"script", "img"}
    assert "<svg" in told.stdout
    assert not [found for found in told.stderr.splitlines() if "CONSOLE" in found]
    shot = tmp_path / "report.png"
    subprocess.run(
        [chromium, *options, f"--screenshot={shot}", "--window-size=390,900", file.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert shot.stat().st_size > 10_000


def test_of_many_sites_one_screen(report: RunCommand, tmp_path: Path) -> None:
    runs = [run(1, site=f"site{number:02}") for number in range(60)]
    write(tmp_path, [*runs, run(2, site="site59", alarms=["a.example is closed: no (503)"], exit_code=3)])
    code, out, err = report()
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert len(lines) <= 24
    assert all(table.width(line) <= 80 for line in lines)
    assert [lines[1].split()[0], lines[1].split()[-2:]] == ["site59", ["3", "1"]]
    assert lines[-3].split()[:3] == ["total", "of", "60"] or "look: site59: a.example is closed: no (503)" in lines
    assert "look: site59: a.example is closed: no (503)" in lines
