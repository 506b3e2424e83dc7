"""What learning a site's frame gives and costs: `make bench-learn`. The last line is JSON.

Three questions: what do sites with gold gain, learned from 4, 6, 8 and all of their own pages; what do real texts lose
that are taken for pages of one host a kind, which is the hardest trap (kinds whose own lines repeat are among them);
how long does learning take beside cleaning, and cleaning with a profile beside cleaning without.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import correlation, fmean
from typing import Any

from benchmarks import corpora, repeated
from benchmarks.cases import MIN_NOISE, ROOT, VIEWS, Case, View, fold, gold
from benchmarks.corpora import FetchError
from benchmarks.noloss import FOLDER, lost
from benchmarks.quality import score
from cleaners.clean import clean, observe
from cleaners.learning.leaks import Leaks, measure, sample_of
from cleaners.learning.learn import learn
from cleaners.learning.profile import LearnedLine, Profile
from cleaners.learning.sample import Sample
from cleaners.model import Document, Page

SITES = ROOT.parent / "shared" / "sites"
COUNTS = (4, 6, 8)
"""Pages of a site that it is learned from, besides all of them."""
DRAWS = 5
"""How often so many pages are drawn."""
LABELLED = (ROOT.parent / "shared" / "pages", SITES)
MIN_GROUP = 4
"""Pages of a source, at least, for which the leak meter is asked."""
ROUNDS = 7
"""Rounds of which the quickest counts."""
FEW, MANY, OF_A_KIND = 6, 200, 40
"""Texts of a kind that are taken for a site: a few of real ones, many, and how many of those that repeat."""
PARAGRAPH = 60, 300
"""Characters of the paragraphs that are put into texts that repeat."""


def learned(host: str, pages: Sequence[Page]) -> Profile | None:
    """Return the profile of pages of one host."""
    return learn(host, (sample for _, sample in map(observe, pages) if sample))


def sites(view: View) -> dict[str, Any]:
    """Return perfect, recall and F1 over all sites with gold, learned from some and from all of their pages."""
    groups = {folder.name: list(gold(folder, view)) for folder in sorted(SITES.iterdir())}
    found: dict[str, Any] = {"without": _figures((case, clean(case.page)) for each in groups.values() for case in each)}
    for count in (*COUNTS, None):
        made: list[tuple[Case, Document]] = []
        for host, cases in groups.items():
            for draw in range(DRAWS if count else 1):
                some = random.Random(draw).sample(cases, min(count or len(cases), len(cases)))
                profile = learned(host, [case.page for case in some])
                made += [(case, clean(case.page, profile)) for case in some]
        found[str(count or "all")] = _figures(made)
    return found


def _figures(made: Any) -> dict[str, float]:
    scores = [score(case, document.text) for case, document in made]
    return {
        "perfect": round(fmean(each.perfect for each in scores), 4),
        "recall": round(fmean(each.recall for each in scores), 5),
        "f1": round(fmean(each.f1 for each in scores), 4),
    }


def trap(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Yield each kind of texts as one host: texts, lines learned, and characters lost that are not lost without."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, text in corpora.texts(folder):
        kinds[kind].append(text)
    kinds["real statutes"] = ["\n".join(paragraphs) for paragraphs in corpora.statutes(folder)]
    prose = [line for text in kinds["news, 8 paragraphs"] for line in text.split("\n")]
    prose = [line for line in prose if PARAGRAPH[0] < len(line) < PARAGRAPH[1]]
    for kind in repeated.KINDS:
        kinds[kind] = list(repeated.texts(kind, prose, OF_A_KIND))
    for kind, found in kinds.items():
        for count in (FEW, MANY):
            some = found if len(found) <= count else random.Random(count).sample(found, count)
            profile = learned(kind, [Page(body=text, kind="text") for text in some])
            more = 0
            if profile and not profile.is_empty:
                more = sum(_lost(text, profile) - _lost(text, None) for text in some)
            yield kind, len(some), len(profile.lines) if profile else 0, more


def _lost(text: str, profile: Profile | None) -> int:
    return lost(text, clean(Page(body=text, kind="text"), profile))


def speed() -> dict[str, float]:
    """Return how long work takes beside cleaning without a profile, of several rounds the quickest.

    Learning, cleaning with a profile, and with one of which nothing stands on the pages: what looking for it costs.
    """
    groups = {place.name: [case.page for case in gold(place, "txt")] for place in sorted(SITES.iterdir())}
    profiles = {host: learned(host, pages) for host, pages in groups.items()}
    lines = [LearnedLine("head", f"青禾{number}#", 9, number, 5.0) for number in range(20)]
    unused = Profile("unused", 9, (*lines, LearnedLine("inside", "青禾#", 9, 5, 5.0)))
    work: dict[str, Callable[[str, list[Page]], object]] = {
        "without": lambda _, pages: [clean(page) for page in pages],
        "learning": learned,
        "with_profile": lambda host, pages: [clean(page, profiles[host]) for page in pages],
        "with_unused_profile": lambda _, pages: [clean(page, unused) for page in pages],
    }
    took = dict.fromkeys(work, math.inf)
    for _ in range(ROUNDS):
        for name, done in work.items():
            began = time.process_time()
            for host, pages in groups.items():
                done(host, pages)
            took[name] = min(took[name], time.process_time() - began)
    return {name: round(spent / took["without"], 3) for name, spent in took.items() if name != "without"}


def agreement() -> dict[str, float | None]:
    """Return how the leak meter ranks sources beside the true leaks of their documents (Spearman's coefficient).

    `domains` are those with four pages with gold and more, by what repeats; `engines` the templates and families of
    pages, of which hardly a leak stands on two pages, by what the judge doubts. None where nothing leaks, or the meter
    says the same of all.
    """
    pages = [
        (json.loads(file.read_bytes()), file) for folder in LABELLED for file in sorted(folder.glob("**/*.gold.json"))
    ]
    domains, engines = defaultdict(list), defaultdict(list)
    for truth, file in pages:
        text = file.with_name(file.name.replace(".gold.json", ".txt"))
        document = clean(Page(body=text.read_bytes(), kind="text"))
        found = (_leaked(truth["segments"], document.text), sample_of(document.text, document.title))
        domains[file.parent.name if file.parent.parent == SITES else truth["domain"]].append(found)
        engines[document.template, truth["family"]].append(found)
    return {
        "domains": _spearman(domains, lambda leaks: leaks.chars),
        "engines": _spearman(engines, lambda leaks: leaks.chars + leaks.doubted),
    }


def _leaked(segments: Sequence[Sequence[str]], text: str) -> int:
    """Return the characters of noise that stand in an output."""
    output, allowed = fold(text), fold("".join(said for kind, said in segments if kind != "drop"))
    noise = (fold(line) for kind, said in segments if kind == "drop" for line in said.split("\n"))
    return sum(len(line) for line in noise if len(line) >= MIN_NOISE and line in output and line not in allowed)


def _spearman(
    groups: Mapping[Any, Sequence[tuple[int, Sample | None]]], says: Callable[[Leaks], float]
) -> float | None:
    true, said = list[float](), list[float]()
    for name, found in groups.items():
        if len(found) >= MIN_GROUP and (leaks := measure(str(name), [sample for _, sample in found if sample])):
            true.append(fmean(chars for chars, _ in found))
            said.append(says(leaks))
    differs = len(set(true)) > 1 and len(set(said)) > 1
    return round(correlation(_ranks(true), _ranks(said)), 3) if differs else None


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the place of each value in order; equal ones share the mean of theirs."""
    return [sum(other < value for other in values) + values.count(value) / 2 for value in values]


def main() -> None:
    """Measure, print what was found, end with one line of JSON."""
    options = argparse.ArgumentParser(prog="make bench-learn ARGS=…", description=main.__doc__)
    options.add_argument("--dir", type=Path, default=FOLDER, help=f"where the texts are ({FOLDER} unless told)")
    given = options.parse_args()
    try:
        corpora.fetch(given.dir)
        trapped = list(trap(given.dir))
    except (FetchError, OSError) as error:
        sys.exit(f"make bench-learn: {error}")
    for kind, count, lines, more in trapped:
        print(f"{kind:<26} {count:4} texts as one host: {lines:3} lines learned, {more:5} characters lost by them")
    found: dict[str, Any] = {
        "trap_lost": sum(more for *_, more in trapped),
        "trap_lines": sum(row[2] for row in trapped),
    }
    if SITES.is_dir():
        found |= {f"sites_{view}": sites(view) for view in VIEWS}
        found |= speed()
        found["leak_meter"] = agreement()
        for view in VIEWS:
            for count, figures in found[f"sites_{view}"].items():
                print(f"sites as {view}, learned from {count} pages: {figures}")
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
