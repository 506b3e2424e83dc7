"""docs/reliability.md, made from the tests: `python -m tests.matrix` writes it.

A test proves a promise with `@pytest.mark.matrix(ROW, "the promise")`; the figures are those of the last `make
test-long`, which tests hand over with the fixture `figure`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/reliability.md"
FIGURES = ROOT / "docs/figures.json"

ROWS = {
    1: "kill -9 at any moment",
    2: "kill -9 while files are written",
    3: "SIGTERM, SIGINT and SIGHUP, once and twice",
    4: "a full disk",
    5: "two runs at once",
    6: "robots.txt answers with 5xx, late, cut, not at all, or in circles",
    7: "robots.txt is absent, or refused",
    8: "robots.txt has moved",
    9: "robots.txt is huge",
    10: "what robots.txt says, in any writing",
    11: "Crawl-delay and Retry-After",
    12: "many pages of one host",
    13: "links and redirects into the machine or its network",
    14: "a name whose address changes to a private one",
    15: "addresses that are no web addresses",
    16: "packed bombs",
    17: "headers without end",
    18: "bodies without end",
    19: "tags with 500,000 attributes",
    20: "tags nested 200,000 deep, comments that never end",
    23: "one byte a second",
    24: "gzip cut or broken",
    25: "bodies cut in every way HTTP knows",
    26: "pages in the place of a document",
    27: "charset labels that lie",
    28: "files, images and noise labelled as pages",
    29: "personal data in pages",
    30: "opt-outs",
    31: "documents that are taken down",
    32: "one document under many addresses",
    33: "spaces of pages without end",
    34: "redirects without end",
    35: "a storm of refusals",
    36: "characters that end lines, or are none",
    37: "escapes for terminals",
    38: "markup in titles",
    39: "names of files in titles and headers",
    40: "formulas in tables",
    41: "hostile XML",
    42: "settings that open a door",
    43: "pickles",
    44: "secrets sent along",
    45: "connections that tests must not make",
    46: "a page that ends the process",
    47: "pages that have changed, and that say they have not",
    48: "clocks that jump",
    49: "a ledger that is damaged, read-only, newer, or none",
    50: "an I/O error at the N-th write",
    51: "rules that are broken, or many",
    52: "rules that have changed",
    53: "other hash seeds and other Pythons",
    54: "a site that changes its pages",
    55: "100,000 documents in one run",
    56: "hosts that are slow beside one that is fast",
    57: "addresses that two parsers read differently",
    58: "floods of messages, huge addresses",
    59: "archives that are damaged, or labelled wrongly",
    60: "fuzzed inputs, and the worst that can be made",
    61: "files of any ending, and any locale",
    62: "links and sitemaps in any writing",
    63: "pages that only lead on, and pages that do not come",
    64: "a loss of power, and disks whose synchronisation fails",
}
"""The rows and what they are about; their numbers are those of the research this project began with."""

NOTES = {
    27: "Charsets are told apart by likelihood; a short page may be misread, one with over 0.1 % lost characters is dropped.",
    40: "Not applicable: there is no CSV or spreadsheet export.",
    25: "A page that opens `html` or `body` and closes neither counts as cut; some whole pages are lost to that.",
    1: "kill -9 ends a process, not the machine: for a loss of power see row 64.",
    3: "Two signals may reach a process that gets no processor time in between as one; it then ends as after one.",
    50: "Failing writes are made with RLIMIT_FSIZE: cut or refused, in any file. For an fsync that fails see row 64.",
    64: "Simulated: SQLite's own writes and synchronisations are noted by a file system of apsw, for the statements that the "
    "program gives; of what is not synchronised any part is lost, sectors torn. A disk that lies about it is not.",
    53: "Python 3.12 and 3.13 are tested where they are at hand: name them in `PYTHON3_12` and `PYTHON3_13`.",
    6: "A robots.txt without a length whose connection closes early cannot be told from a whole one; it is obeyed.",
    29: "Numbers written in Chinese characters, broken over two lines or shown as images are not found, nor are names. "
    "Addresses (`url`, `urls`) and `doc_id` are left as they are.",
    31: "A URL that was never crawled is refused, but its text is not known: at another address it would be stored.",
    30: "The reason is kept in counts and log.",
}
OPEN = frozenset({40})
"""Rows that no test can prove."""

HEAD = """# Reliability

What a hostile or broken site cannot do, each row with its proof. Made by `make matrix` from the tests; do not edit it.
Tests marked *long* run with `make test-long`, which also measures the figures; all others run with `make test`. The
server is `tests/hostile.py`, on the loopback; pauses are scaled by settings.

| row | fault | promise | test |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """One test of one promise."""

    row: int
    promise: str
    test: str
    long: bool


def proofs() -> list[Proof]:
    """Return every marked test, in the order of rows."""
    files = sorted((ROOT / "tests").glob("test_*.py"))
    return sorted(proof for file in files for proof in _of(f"tests.{file.stem}"))


def _of(module: str) -> Iterator[Proof]:
    for name, test in vars(import_module(module)).items():
        marks: list[pytest.Mark] = getattr(test, "pytestmark", []) if name.startswith("test_") else []
        long = any(mark.name == "long" for mark in marks)
        for mark in marks:
            if mark.name == "matrix":
                row, promise = _told(*mark.args, **mark.kwargs)
                yield Proof(row, promise, f"{module.removeprefix('tests.')}::{name}", long)


def _told(row: int, promise: str) -> tuple[int, str]:
    return row, promise


def text(figures: Mapping[str, str]) -> str:
    """Return docs/reliability.md."""
    by_row: dict[int, list[Proof]] = defaultdict(list)
    for proof in proofs():
        by_row[proof.row].append(proof)
    lines = []
    for row, fault in ROWS.items():
        for proof in by_row[row]:
            test = f"`{proof.test}`{' (long)' if proof.long else ''}"
            lines.append(f"| {row} | {fault} | {_cell(proof.promise)} | {test} |")
        if not by_row[row]:
            lines.append(f"| {row} | {fault} | {NOTES.get(row) or 'no marked test'} | |")
    measured = [
        f"| {row} | {_cell(figure)} |" for row, figure in sorted(figures.items(), key=lambda item: int(item[0]))
    ]
    notes = [f"- Row {row}: {note}" for row, note in sorted(NOTES.items()) if note and by_row[row]]
    parts = [
        HEAD + "\n".join(lines),
        "## Figures of the last long run\n\n| row | measured |\n|---|---|\n" + "\n".join(measured),
    ]
    return "\n\n".join([*parts, "## What holds with a condition\n\n" + "\n".join(notes)]) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def figures() -> dict[str, str]:
    """Return the figures of the last long run by row."""
    found: dict[str, str] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    return found


def keep(measured: Mapping[int, str]) -> None:
    """Write figures that a long run has measured, and the page with them; others stay."""
    found = {**figures(), **{str(row): figure for row, figure in measured.items()}}
    ordered = dict(sorted(found.items(), key=lambda item: int(item[0])))
    FIGURES.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(text(found), encoding="utf-8")


if __name__ == "__main__":
    PAGE.write_text(text(figures()), encoding="utf-8")
