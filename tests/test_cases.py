"""Cases found at other projects and faults seen on real pages: inputs and the values they should give.

They lie beside the repository; each kind has a test with sentences of our own, too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.personal.masking import mask
from tests.offline import ROOT, RunCommand

SHARED = ROOT.parent / "shared"
CASES, FAULTS = SHARED / "cases", SHARED / "html_faults"
here = pytest.mark.skipif(not CASES.is_dir() or not FAULTS.is_dir(), reason="the cases are not here")

Record = Mapping[str, Any]


def folder(number: str) -> Path:
    return next(CASES.glob(f"{number}-*"))


def expected(number: str) -> list[str]:
    """Return the lines that a case expects; names of files before them and remarks behind them stand apart."""
    lines = (folder(number) / "expected.txt").read_text("utf-8").splitlines()
    plain = [re.sub(r"^[a-z]+: |\s+(?:… ?)?[;(].*$", "", line) for line in lines if not line.startswith("## ")]
    return [line for line in plain if line.strip()]


def texts(records: Sequence[Record]) -> list[str]:
    return [record["text"] for record in records]


def below_the_titles(number: str) -> list[str]:
    files = sorted((folder(number) / "in").glob("*.txt"))
    return [line.strip() for file in files for line in file.read_text("utf-8").splitlines()[1:] if line.strip()]


def stay(number: str, records: Sequence[Record]) -> bool:
    """Whether every line below the titles of the inputs stands in the texts."""
    given = [line for text in texts(records) for line in text.split("\n")]
    return [line for line in below_the_titles(number) if line not in given] == []


def titles(records: Sequence[Record], words: str) -> bool:
    return [record["title"] for record in records] == words.split()


LINES = ("03", "04", "10", "15", "17", "18", "19", "28", "31", "35", "39")
"""Cases that expect lines of a text."""
IN_WORDS: Mapping[str, Callable[[Sequence[Record]], bool]] = {
    "01": lambda found: stay("01", found) and not any(record["flags"] for record in found),
    "06": lambda found: titles(found, "抗旱工作总结 防汛工作总结 护林工作总结 水利工作总结"),
    "07": lambda found: titles(found, "第一篇总结 第三篇总结 第四篇总结 " * 2),
    "08": lambda found: stay("08", found),
    "09": lambda found: stay("09", found),
    "11": lambda found: all(mask(text).text == text for text in texts(found)),
    "12": lambda found: [mask(text).text for text in texts(found)] == ["\n".join(expected("12"))],
    "14": lambda found: all(number in texts(found)[0] for number in ("10^8", "10^4", "100^2")),
    "20": lambda found: len({record["id"] for record in found}) == 1,
    "21": lambda found: (
        ["undecodable" in each["flags"] or "三月五日召开" in each["text"] for each in found] == [True] * 2
    ),
    "29": lambda found: len(found) == 5,
    "30": lambda found: len(found) == 2,
    "32": lambda found: len(found) == 3,
    "34": lambda found: not re.search("[\ue000-\uf8ff]", texts(found)[0]),
    "37": lambda found: "undecodable" in found[0]["flags"] and "\ufffd" in found[0]["text"],
    "38": lambda found: [(each["title"], each["flags"]) for each in found] == [(None, [])] * 3,
    "40": lambda found: titles(found, "大事记") and len(texts(found)[0].split("\n")) == 4,
}
"""Cases that tell in words what they expect."""
SITEMAPS = [
    *("bom                    ", "cr line ends           ", "gz + trailing bytes    ", "text sitemap           "),
    *("rss                    ", "cdata with blanks      ", "fullwidth colon        "),
]
JUDGED_OTHERWISE = {
    "13": "blanks inside a line stay as many as the page has: two `&nbsp` are two",
    "16": "`visibility` hides nothing, for scripts lift it; letters without size are hidden",
    "33": "numbers of a list are made by the browser: no text of the page holds them",
}
PROGRAMS: Mapping[str, Sequence[str]] = {
    "02": ["\n/list.asp?t=1&currentPage=2\n", "\n/view.asp?id=3&copy=1&reg=2\n", "\ndocuments 4 exit 0"],
    "22": ["['/d/1.html', '/d/2.html', '/d/3.html', '/d/4.html', ", *(f"{form}['/d/1.html'" for form in SITEMAPS)],
    "23": ["'/', '/view.asp?k=%D6%D0%CE%C4&id=5', '/d/4.html'] 2"],
    "24": [
        "start page refreshes: ['文1'] exit 0\n",
        "frames: ['文1', '文2'] exit 0\n",
        "document refreshes: [('文3', ",
    ],
    "25": ["did not come from bugsite: 4 failed\n", "4 of 9 pages did not come\n", "exit 3\n"],
    "26": ["['头部0', '头部1', '头部2', '头部3']\n"],
    "36": ["crawl ['甲文', '乙文', '丙文']\n", "archived ['丙文', '乙文', '甲文']\n", "'甲文', '乙文', '丙文']\n"],
}
"""Cases that crawl a small site, and what they then say."""
ELSEWHERE = {
    "05": "the schema of an export: tests/test_export.py",
    "27": "a locale that has to be made: tests/test_operator.py",
}


@here
def test_every_case_is_judged() -> None:
    judged = [*LINES, *IN_WORDS, *JUDGED_OTHERWISE, *PROGRAMS, *ELSEWHERE]
    assert sorted(judged) == sorted(path.name[:2] for path in CASES.glob("[0-9]*"))


def records(number: str, run_command: RunCommand, out: Path) -> list[Record]:
    """Return what `scrapy clean` makes of the inputs of a case."""
    code, _, told = run_command("clean", folder(number) / "in", "-o", out)
    assert code == (65 if number == "07" else 0), told
    return [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]


@here
@pytest.mark.parametrize("number", LINES)
def test_a_case_gives_its_lines(number: str, run_command: RunCommand, tmp_path: Path) -> None:
    found = records(number, run_command, tmp_path / "out.jsonl")
    given = [line for text in texts(found) for line in text.split("\n")]
    assert [line for line in expected(number) if line not in given] == []
    assert [record["flags"] for record in found if record["flags"]] == []


@here
@pytest.mark.parametrize("number", IN_WORDS)
def test_a_case_is_as_it_says(number: str, run_command: RunCommand, tmp_path: Path) -> None:
    found = records(number, run_command, tmp_path / "out.jsonl")
    assert IN_WORDS[number](found), [(record["title"], record["text"], record["flags"]) for record in found]


@here
@pytest.mark.parametrize("number", JUDGED_OTHERWISE)
def test_a_case_judged_otherwise_still_is(number: str, run_command: RunCommand, tmp_path: Path) -> None:
    """One that gives what it expects belongs in LINES."""
    (found,) = records(number, run_command, tmp_path / "out.jsonl")
    assert found["text"].split("\n") != expected(number), JUDGED_OTHERWISE[number]


@here
@pytest.mark.long
@pytest.mark.parametrize("number", PROGRAMS)
def test_a_case_that_crawls(number: str, tmp_path: Path) -> None:
    """Its program puts a site into the repository, so it runs in a copy of this one."""
    for name in ("cleaners", "crawler", "pipelines", "wenqing"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    program = folder(number) / "in" / "run.py"
    ran = subprocess.run([sys.executable, program], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert [said for said in PROGRAMS[number] if said not in f"\n{ran.stdout}"] == [], ran.stdout


@here
@pytest.mark.parametrize("name", sorted(path.stem for path in FAULTS.glob("*.html")))
def test_a_fault_seen_on_real_pages(name: str) -> None:
    wanted = (FAULTS / f"{name}.expected.txt").read_text("utf-8").strip()
    document = clean(Page(body=(FAULTS / f"{name}.html").read_bytes(), keep_script=True))
    assert document.text == wanted
