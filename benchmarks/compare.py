"""Our cleaner beside other extractors on the same pages: `make quality-peers`. The last line is JSON.

Peers get the decoded page; a dump is given to them as one paragraph a line. No titles or facts are asked of them. What
a mirror did to a text is as much to be undone as what stands around it, so it counts against whoever leaves it.
"""

from __future__ import annotations

import html
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from benchmarks import peers
from benchmarks.cases import VIEWS, Case, groups
from benchmarks.quality import Figures, cell, figures, score
from cleaners.clean import clean
from cleaners.reading.decode import decode

REPEATS = 2
"""Runs of every extractor over the pages; the faster one counts."""


def compare(heading: str, cases: Sequence[Case]) -> dict[str, Figures | None]:
    """Print our figures and every peer's on the same pages; return them by name, None where a peer cannot run."""
    pages = [_pages(case) for case in cases]
    answers = {"wenqing": _ours(cases)}
    for peer in peers.PEERS:
        answer = peers.run(peer, [page for parts in pages for page in parts], REPEATS)
        left = iter(answer.texts)
        answers[peer] = replace(answer, texts=[] if answer.why else ["\n".join(next(left) for _ in p) for p in pages])
    rows = {name: None if answer.why else _row(cases, answer) for name, answer in answers.items()}
    head = f"{heading:<25}{'F1':>9}{'prec':>9}{'recall':>9}{'leaks':>8}{'pages/s':>10}"
    print(f"\n{head}\n{'-' * len(head)}")
    for name, row in sorted(rows.items(), key=lambda named: -named[1]["f1"] if named[1] else 1):
        if row:
            means = "".join(cell(row[column], 9, 4) for column in ("f1", "precision", "recall"))
            print(f"{name:<25}{means}{cell(row['leaks'], 8, 0)}{row['pages_per_s']:10.1f}")
        if note := answers[name].why or (answers[name].failed and f"failed on {answers[name].failed} pages"):
            print(f"  {name}: {note}"[:80])
    return rows


def _ours(cases: Sequence[Case]) -> peers.Answer:
    best = 0.0
    for _ in range(REPEATS):
        start = time.process_time()
        texts = [clean(case.page).text for case in cases]
        best = max(best, len(cases) / (time.process_time() - start))
    return peers.Answer(texts=texts, pages_per_s=best)


def _row(cases: Sequence[Case], answer: peers.Answer) -> Figures:
    scores = [score(case, text) for case, text in zip(cases, answer.texts, strict=True)]
    kept = {name: figures(scores)[name] for name in ("f1", "precision", "recall", "leaks")}
    return {**kept, "pages_per_s": round(answer.pages_per_s, 1)}


def _pages(case: Case) -> list[str]:
    """Return the page and its later parts as HTML; a dump as one paragraph a line."""
    texts = [decode(page.body).text for page in (case.page, *case.page.parts)]
    if case.view == "html":
        return texts
    paragraphs = ("\n".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n")) for text in texts)
    return [f"<html><head><title></title></head><body>\n{body}\n</body></html>" for body in paragraphs]


def main() -> None:
    """Print a table for each group and view of pages that is here."""
    result: dict[str, Any] = {}
    for group, cases in groups():
        views = {view: [case for case in cases if case.view == view] for view in VIEWS}
        result[group] = {view: compare(f"{group} {view}", seen) for view, seen in views.items() if seen}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
