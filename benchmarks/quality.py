"""Quality on pages whose document is known: `make quality`. The last line is JSON.

Figures are shares of 1; `leaks` counts lines of noise that stand in an output. Floors over the repository's own pages
stand in floors.json and are checked by tests/test_quality.py.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from rapidfuzz.distance import LCSseq

from benchmarks.cases import VIEWS, Case, digest, fixtures, fold, groups
from cleaners.clean import clean
from cleaners.model import Document

FLOORS = Path(__file__).with_name("floors.json")
PERFECT = 0.999
"""Recall and precision from which on a page counts as perfect, if no noise leaks."""
FACTS = ("truncated", "title", "key")
PINNED = ("recall", "precision", "perfect", *FACTS)
"""The figures that have a floor."""
WORST = 5
"""Pages named below a table."""

Figures = Mapping[str, Any]
Floors = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one page came out; `right` tells of each fact asked whether it is right."""

    case: Case
    recall: float
    precision: float
    leaks: int | None
    right: Mapping[str, bool]

    @property
    def f1(self) -> float:
        """Return the harmonic mean of recall and precision."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0

    @property
    def perfect(self) -> bool:
        """Whether nothing is lost and no noise is left."""
        return self.recall >= PERFECT and self.precision >= PERFECT and not self.leaks

    def figure(self, name: str) -> float | None:
        """Return one figure as a number; None where the page does not tell."""
        value = self.right.get(name) if name in FACTS else getattr(self, name)
        return None if value is None else float(value)


def score(case: Case, text: str, right: Mapping[str, bool] | None = None) -> Score:
    """Compare an output with what is known of its page; the title at its head is no fault."""
    output, title = fold(text), case.facts.get("title")
    if title and output.startswith(title) and not case.allowed.startswith(title):
        output = output[len(title) :]
    return Score(
        case=case,
        recall=LCSseq.similarity(output, case.wanted) / len(case.wanted) if case.wanted else 1.0,
        precision=LCSseq.similarity(output, case.allowed) / len(output) if output else 1.0,
        leaks=None if case.noise is None else sum(line in output for line in case.noise),
        right=right or {},
    )


def measure(cases: Sequence[Case]) -> list[Score]:
    """Clean and score every page; the key is right where the HTML and the dump of a page give the same."""
    documents = [clean(case.page) for case in cases]
    keys: dict[str, list[str | None]] = defaultdict(list)
    for case, document in zip(cases, documents, strict=True):
        keys[case.name].append(document.sha256)
    return [
        score(case, document.text, _right(case, document, keys[case.name]))
        for case, document in zip(cases, documents, strict=True)
    ]


def _right(case: Case, document: Document, keys: Sequence[str | None]) -> dict[str, bool]:
    found = {"title": fold(document.title), "truncated": document.truncated}
    right = {fact: found[fact] == value for fact, value in case.facts.items()}
    return {**right, "key": len(set(keys)) == 1} if len(keys) > 1 else right


def figures(scores: Sequence[Score]) -> Figures:
    """Return the figures of pages together: means, and the sum of leaks; None where no page asks."""

    def average(name: str) -> float | None:
        told = [value for one in scores if (value := one.figure(name)) is not None]
        return round(mean(told), 6) if told else None

    leaks = [one.leaks for one in scores if one.leaks is not None]
    means = {name: average(name) for name in ("recall", "precision", "f1", "perfect", *FACTS)}
    return {"pages": len(scores), **means, "leaks": sum(leaks) if leaks else None}


def by_view(scores: Sequence[Score]) -> dict[str, list[Score]]:
    """Return the scores of each view that has any."""
    return {view: seen for view in VIEWS if (seen := [one for one in scores if one.case.view == view])}


def below(scores: Sequence[Score], floors: Floors) -> list[str]:
    """Return one line for each figure under its floor, naming the pages that pull it down."""
    return list(_below(by_view(scores), floors))


def _below(views: Mapping[str, Sequence[Score]], floors: Floors) -> Iterator[str]:
    for view, pinned in floors.items():
        seen = views.get(view, ())
        now = figures(seen)
        for name, lowest in pinned.items():
            if (reached := now[name] or 0.0) < lowest:
                found = [(value, one.case.name) for one in seen if (value := one.figure(name)) is not None]
                pages = ", ".join(f"{page} {value:.4f}" for value, page in sorted(found) if value < 1)
                yield f"{view} {name} is {reached:.4f}, its floor {lowest:.4f}: {pages or 'no page tells'}"


def raised(scores: Sequence[Score], floors: Floors) -> Floors:
    """Return the floors, each lifted to what is reached now (cut off after four decimals) and none lowered."""
    new: dict[str, dict[str, float]] = {}
    for view, seen in by_view(scores).items():
        now, old = figures(seen), floors.get(view, {})
        new[view] = {name: max(old.get(name, 0.0), math.floor((now[name] or 0.0) * 1e4) / 1e4) for name in PINNED}
    return {**floors, **new}


def table(heading: str, scores: Sequence[Score]) -> str:
    """Return a table of the families of one view and of all together, then the worst pages; 80 columns at most."""
    families = sorted({one.case.family for one in scores})
    rows = {family: figures([one for one in scores if one.case.family == family]) for family in families}
    head = f"{heading:<15}{'pages':>6}{'recall':>8}{'prec':>8}{'F1':>8}{'perfect':>8}{'leaks':>6}{'cut':>7}{'title':>7}{'key':>7}"
    lines = ["", head, "-" * len(head)]
    for name, row in {**rows, "ALL": figures(scores)}.items():
        means = "".join(cell(row[column], 8, 4) for column in ("recall", "precision", "f1"))
        facts = "".join(cell(row[fact], 7, 3) for fact in FACTS)
        lines.append(
            f"{name[:15]:<15}{row['pages']:6}{means}{cell(row['perfect'], 8, 3)}{cell(row['leaks'], 6, 0)}{facts}"
        )
    spoilt = sorted((one for one in scores if not one.perfect), key=lambda one: one.f1)
    lines += [
        f"  {one.case.name[:38]:<38} recall {one.recall:.4f} prec {one.precision:.4f} leaks {one.leaks or 0:3}"
        for one in spoilt[:WORST]
    ]
    return "\n".join(lines)


def cell(value: float | None, width: int, digits: int) -> str:
    """Return a figure of a table, right-aligned; a dash for None."""
    return f"{'-':>{width}}" if value is None else f"{value:{width}.{digits}f}"


def main() -> None:
    """Print the tables; with --raise lift the floors to what is reached."""
    options = argparse.ArgumentParser(prog="make quality ARGS=…", description=main.__doc__)
    options.add_argument("--raise", dest="lift", action="store_true", help="write the floors that rose and the digest")
    if options.parse_args().lift:
        lift(FLOORS)
    result: dict[str, dict[str, Figures]] = {}
    for group, cases in groups():
        views = by_view(measure(cases))
        for view, scores in views.items():
            print(table(f"{group} {view}", scores))
        result[group] = {view: figures(scores) for view, scores in views.items()}
    print(json.dumps(result))


def lift(file: Path) -> None:
    """Write the floors that rose, and the digest of the pages they were measured on."""
    pinned = json.loads(file.read_bytes())
    floors = raised(measure(fixtures()), pinned["floors"])
    file.write_text(json.dumps({"digest": digest(), "floors": floors}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
