"""The judge of lines, taught again: `make train`. Needs lightgbm and pypinyin, which nothing else here does.

Pages are the skeletons of real ones filled with real prose, and the same with a real text in the frame's middle; their
noise is real, and so are the texts. Texts alone, most of them of programs, teach what has no frame. On copies of the
pages some rules are forgotten, so that the judge learns what a frame looks like where no rule knows it. With --saved
whole saved pages as dumps teach, too, what long menus look like: that makes the judge of whole pages.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

import cleaners
from benchmarks import judge_lexicon, judge_pages, judge_saved, program_texts
from benchmarks.cases import Case, gold, saved
from benchmarks.corpora import PACKAGES, FetchError, fetch, texts
from benchmarks.judge_lexicon import FOLDS, Lexicons, fold, is_taught, real_counts
from benchmarks.judge_pages import FURNITURE_FILE, REAL, LabelledPage, Sample, exchanged
from benchmarks.quality import Score, score, table
from cleaners.clean import clean
from cleaners.judging import judge, judge_model, lexicon, line_features, page_features
from cleaners.judging.judge_model import NEIGHBOURS, PAGE_WEIGHTS, UNIT, WEIGHTS, lay_out
from cleaners.judging.lexicon import Lexicon
from cleaners.judging.line_features import OWN, Numbers, own_features
from cleaners.judging.page_features import context_features
from cleaners.judging.page_lines import Line

SHARED = Path("../shared")
CLEANER = Path(str(cleaners.__file__)).parent
"""What its rules take of a page is part of what the judge learns."""
EXCHANGES = 3
"""How often a page is taught with another text in its frame."""
REAL_TEXTS, MAX_ALONE = 600, 120
"""Real texts that are taught alone, as pages without a frame, beside all texts of programs; lines of each at most."""
ALONE = 0.4
"""Weight of a line of a text that is taught alone."""
SAVED_TEXT = 2
"""So much more than a line of text of another page one of a saved page weighs, beside all its lines of menus."""
SHAPED, STRANGE = 200, 0.3
"""Texts that are no prose, made of the words of a list, and the share that they have of the texts in frames."""
WORDS = "lists of words and names"
FORGOTTEN = 0.7
"""Share of the rules that are forgotten in the copy of a page."""
TREES: Mapping[str, Any] = {
    "objective": "binary",
    "num_leaves": 24,
    "max_depth": 7,
    "learning_rate": 0.1,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.25,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbose": -1,
}
ROUNDS, PAGE_ROUNDS = 200, 600
"""Trees of the judge, and of that of whole pages."""


def pages(skeletons: Path, corpora: Path, tool: Path, folder: Path | None) -> Iterator[LabelledPage]:
    """Yield the pages to teach with; `folder` has saved pages, which are taught as dumps."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, text in texts(corpora):
        if is_taught(text):
            by_kind[kind].append(text)
    chance = random.Random(7)
    words = [word for text in by_kind[WORDS] for word in text.split("\n")]
    by_kind["shaped"] = [judge_pages.shaped(words, chance) for _ in range(SHAPED)]
    kinds = sorted(by_kind)

    def other() -> str:
        """Return a text to set into a page, one of a few no prose."""
        return chance.choice(by_kind["shaped" if chance.random() < STRANGE else chance.choice(kinds)])

    for page in judge_pages.filled(skeletons, corpora, tool):
        yield page
        for _ in range(EXCHANGES // judge_pages.FILLINGS + chance.randrange(2)):
            if new := exchanged(page, other(), chance):
                yield new
    real = [(kind, text) for kind in kinds for text in by_kind[kind]]
    for kind, text in (*chance.sample(real, min(REAL_TEXTS, len(real))), *program_texts.texts(corpora)):
        yield _alone(kind, text, chance)
    if folder:
        yield from judge_saved.pages(folder, other, chance)


def _alone(kind: str, text: str, chance: random.Random) -> LabelledPage:
    """Return a text, or a part of it, as a page that has no frame."""
    lines = text.split("\n")
    start = chance.choice((0, chance.randrange(max(1, len(lines) - MAX_ALONE))))
    lines = lines[start : start + MAX_ALONE]
    facts = {"id": kind, "domain": REAL, "family": REAL}
    return LabelledPage("\n".join(lines), [[("keep", line)] for line in lines], facts)


def seen(labelled: Iterable[LabelledPage]) -> list[Sample]:
    """Return what the judge sees of pages, of those that it sees."""
    with Pool() as pool:
        samples = pool.imap(judge_pages.seen, labelled, chunksize=32)
        return [sample for sample in samples if sample and sample.lines]


def features(sample: Sample, lexicon: Lexicon) -> Numbers:
    """Return the features of a page's lines as the trees see them (columns: FEATURES)."""
    lines = sample.lines
    own = own_features(lines, sample.removed, lexicon)
    is_known = sample.is_again or bool(sample.removed)
    table = lay_out(own, context_features(lines, sample.title, own, is_known=is_known))
    beside = [table[2 + step : 2 + step + len(lines), : len(OWN)] for step in NEIGHBOURS]
    return np.hstack([*beside, table[2 : 2 + len(lines), len(OWN) :]])


def _looks(sample: Sample, chance: random.Random) -> Iterator[Sample]:
    """Yield a page as the judge may see it: as the rules left it, without some of them, and what is left of it."""
    yield sample
    if sample.family != REAL:
        yield _forgetting(sample, chance)
        if 0 < len(sample.removed) < len(sample.lines):
            yield _again(sample)


def _forgetting(sample: Sample, chance: random.Random) -> Sample:
    """Return a page of which most rules know nothing."""
    removed = {place: rule for place, rule in sample.removed.items() if chance.random() >= FORGOTTEN}
    known = sorted({rule.id for line in sample.lines for rule in line.rules})
    gone = {rule for rule in known if chance.random() < FORGOTTEN}
    lines = [replace(line, rules=[rule for rule in line.rules if rule.id not in gone]) for line in sample.lines]
    return replace(sample, lines=lines, removed=removed)


def _again(sample: Sample) -> Sample:
    """Return what rules leave of a page, as the judge sees it once more."""
    left = [place for place in range(len(sample.lines)) if place not in sample.removed]
    lines, labels = [sample.lines[place] for place in left], [sample.labels[place] for place in left]
    return replace(sample, lines=lines, labels=labels, removed={}, is_again=True)


def _weight(label: str, line: Line, sample: Sample, *, removed: bool) -> float:
    """Return how much a line counts: a lost sentence costs more than a line that stays."""
    if sample.family == REAL:
        return ALONE
    weight = {"drop": 1.0, "title": 0.5, "either": 0.0}.get(label)
    if weight is None:
        weight = 1.2 + min(len(line.normalized), 120) / 30
    if sample.family == judge_saved.FAMILY and label != "drop":
        weight *= SAVED_TEXT
    return weight * (0.3 if removed else 1) * (0.5 if sample.is_exchanged else 1)


def taught(samples: Sequence[Sample], lexicon: Callable[[Sample], Lexicon]) -> Any:
    """Return the trees of lightgbm that these pages teach."""
    import lightgbm

    rows, labels, weights = list[Numbers](), list[bool](), list[float]()
    chance = random.Random(3)
    for sample in samples:
        for look in _looks(sample, chance):
            rows.append(features(look, lexicon(look)))
            labels += [label == "drop" for label in look.labels]
            weights += [
                _weight(label, line, look, removed=place in look.removed)
                for place, (label, line) in enumerate(zip(look.labels, look.lines, strict=True))
            ]
    used = np.array(weights) > 0
    data = lightgbm.Dataset(
        np.vstack(rows)[used].astype(np.float32), np.array(labels)[used], weight=np.array(weights)[used]
    )
    rounds = PAGE_ROUNDS if any(sample.family == judge_saved.FAMILY for sample in samples) else ROUNDS
    return lightgbm.train(dict(TREES), data, num_boost_round=rounds)


def arrays(booster: Any) -> dict[str, NDArray[Any]]:
    """Return the trees as `judge_model.Trees.of` wants them: all nodes in a row, whole thresholds, a leaf leads to itself."""
    feature, threshold, children, value = list[int](), list[int](), list[int](), list[int]()
    depth = 0

    def add(node: Mapping[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        at = len(feature)
        is_leaf = "leaf_value" in node
        feature.append(0 if is_leaf else node["split_feature"])
        threshold.append(0 if is_leaf else int(np.floor(node["threshold"])))
        value.append(round((node["leaf_value"] if is_leaf else node["internal_value"]) * UNIT))
        children.extend((at, at))
        if not is_leaf:
            children[2 * at : 2 * at + 2] = [add(node[side], level + 1) for side in ("left_child", "right_child")]
        return at

    roots = [add(tree["tree_structure"], 0) for tree in booster.dump_model()["tree_info"]]
    return {
        "roots": np.array(roots, np.int32),
        "depth": np.array(depth),
        "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold, np.int16),
        "children": np.array(children, np.int32),
        "value": np.array(value, np.int16),
    }


def hashed(paths: Iterable[Path]) -> str:
    """Return the first 16 hex digits of the SHA-256 of these files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _hashed_texts(corpora: Path) -> str:
    """Return the first 16 hex digits of the SHA-256 of the texts that teach."""
    total = hashlib.sha256()
    for kind, text in (*texts(corpora), *program_texts.texts(corpora)):
        total.update(f"{kind}\0{text}\0".encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:16]


def model(samples: Sequence[Sample], lexicons: Lexicons, *left_out: int) -> dict[str, NDArray[Any]]:
    """Return the arrays of the model that the pages teach, without those of some parts of the domains."""

    def lexicon(sample: Sample) -> Lexicon:
        return lexicons.without(*left_out, *(() if sample.family == REAL else (fold(sample.domain),)))

    used = [sample for sample in samples if sample.family == REAL or fold(sample.domain) not in left_out]
    return {**arrays(taught(used, lexicon)), "lexicon": lexicons.without(*left_out)}


def out_of_fold(known: Sequence[Case], samples: Sequence[Sample], lexicons: Lexicons) -> Iterator[Score]:
    """Yield the scores of known pages, each judged by what no page of its part of the domains has taught.

    Whole pages have a judge of their own if saved pages are among the samples.
    """
    others = [sample for sample in samples if sample.family != judge_saved.FAMILY]
    for part in range(FOLDS):
        judges = [judge_model.read({**model(each, lexicons, part), "made_from": ""}) for each in (others, samples)]
        with mock.patch.object(judge, "model", lambda *, is_page=False, judges=judges: judges[is_page]):
            yield from (score(case, clean(case.page).text) for case in known if fold(case.domain) == part)


def write(learned: Mapping[str, Any], file: Path) -> None:
    """Write the arrays of a model, the same bytes for the same arrays: no times, nothing packed."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(learned.items()):
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w") as entry:
                np.lib.format.write_array(entry, np.asanyarray(array), allow_pickle=False)


def main() -> None:
    """Teach the judge and write its weights; with --check score the labelled pages out of fold instead."""
    options = argparse.ArgumentParser(prog="make train ARGS=…", description=main.__doc__)
    options.add_argument(
        "--corpora", type=Path, default=Path(".corpora"), help="real texts; the packages not there are fetched"
    )
    options.add_argument("--shared", type=Path, default=SHARED, help="folder of skeletons/, pages/ and tools/expand.py")
    options.add_argument(
        "--saved",
        type=Path,
        metavar="DIR",
        help="teach the judge of whole pages, with saved ones as dumps: SET/NAME.html with SET/NAME.gold.json "
        "(../shared/html)",
    )
    options.add_argument(
        "--reviewed",
        type=Path,
        metavar="DIR",
        help="also learn from the corrections (*.json) that wenqing review saved",
    )
    options.add_argument("--check", action="store_true", help="score the pages out of fold, write nothing")
    chosen = options.parse_args()
    skeletons, tool = chosen.shared / "skeletons", chosen.shared / "tools" / "expand.py"
    if not skeletons.is_dir():
        sys.exit(f"{skeletons} is not there; name its folder with --shared")
    if chosen.saved and not chosen.saved.is_dir():
        sys.exit(f"{chosen.saved} is not there; name a folder of saved pages and of what is text on them")
    if chosen.reviewed and not chosen.reviewed.is_dir():
        sys.exit(f"{chosen.reviewed} is not there; make it, and put into it what you save of a review")
    try:
        fetch(chosen.corpora, (*PACKAGES, *program_texts.PACKAGES))
    except FetchError as error:
        sys.exit(str(error))
    labelled = pages(skeletons, chosen.corpora, tool, chosen.saved)
    samples = seen(chain(labelled, judge_pages.reviewed(chosen.reviewed) if chosen.reviewed else ()))
    lexicons = Lexicons(samples, judge_pages.literals(skeletons), real_counts(chosen.corpora))
    if chosen.check:
        known = [*gold(chosen.shared / "pages", "txt"), *(saved(chosen.saved, "txt") if chosen.saved else ())]
        print(table("out of fold", list(out_of_fold(known, samples, lexicons))))
        return
    modules = (judge_pages, judge_saved, judge_lexicon, program_texts, lexicon, line_features, page_features)
    program = hashed([Path(__file__), *(Path(str(module.__file__)) for module in modules), FURNITURE_FILE, tool])
    made_from = (
        f"program {program}, cleaner {hashed(CLEANER.rglob('*.py'))}, skeletons {hashed(skeletons.glob('*.json'))}, "
        f"texts {_hashed_texts(chosen.corpora)}"
    )
    if chosen.saved:
        made_from += f", saved {hashed(chosen.saved.glob('*/*.*'))}"
    if chosen.reviewed:
        made_from += f", reviewed {hashed(chosen.reviewed.glob('*.json'))}"
    file = PAGE_WEIGHTS if chosen.saved else WEIGHTS
    write({**model(samples, lexicons), "made_from": np.array(made_from)}, file)
    print(f"{file}: {file.stat().st_size:,} bytes, {made_from}")


if __name__ == "__main__":
    main()
