"""Verdicts in rounds are those given one after another; a killed run goes on with the table it was at."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from pipelines.engine import LocalEngine
from pipelines.near import prints, rounds
from pipelines.near.decide import NO_DOC, Decision, DocumentStates, Fingerprints, decide
from pipelines.near.prints import WrittenPrints

Corpus = list[list[int]]
"""The prints of each document."""


def corpus(seed: int, most: int = 40) -> Corpus:
    """Return a small corpus full of copies, copies of copies, cut ones and stock that many share."""
    chance = random.Random(seed)
    known = chance.randint(8, 80)
    originals = [chance.sample(range(known), chance.randint(4, min(known, 14))) for _ in range(chance.randint(1, 4))]
    stock = chance.sample(range(known), min(known, chance.randint(0, 6)))
    documents: Corpus = []
    for number in range(chance.randint(5, most)):
        base = chance.choice(originals) if chance.random() < 0.7 else chance.sample(range(known), min(known, 6))
        own = {each for each in base if chance.random() < 0.85} | {each for each in stock if chance.random() < 0.5}
        documents.append(sorted(own | {1000 * (number + 1) + at for at in range(chance.randint(0, 8))}))
    return documents


def chain(length: int) -> Corpus:
    """Return documents of which each holds half of the one before it, and nothing of others."""
    return [[*range(6 * number, 6 * number + 12)] for number in range(length)]


def apart(corpora: Sequence[Corpus]) -> Corpus:
    """Return the corpora as one, in which none has a print of another."""
    spread = np.random.default_rng(1).permutation(len(corpora))
    return [[(int(spread[at]) << 40) + each for each in document] for at, one in enumerate(corpora) for document in one]


def in_order(documents: Corpus) -> list[Decision]:
    hashes, places = np.unique(np.concatenate([np.array(each, np.int64) for each in documents]), return_inverse=True)
    of_each = np.split(places, np.cumsum([len(each) for each in documents])[:-1])
    known = Fingerprints.unseen(hashes.size)
    states = DocumentStates(np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64))
    return [decide(number, own, 0, known, states) for number, own in enumerate(of_each)]


def written(documents: Corpus, folder: Path, size: int = 300) -> list[WrittenPrints]:
    """Write the prints in pieces of so many documents."""
    (folder / prints.FOLDER).mkdir(exist_ok=True)
    made = []
    for number, at in enumerate(range(0, len(documents), size)):
        own = [np.array(each, np.int64) for each in documents[at : at + size]]
        path = folder / prints.FOLDER / f"{number:09}.parquet"
        prints._write_table(path, own, number)
        made.append(WrittenPrints(path, len(own), sum(each.size for each in own)))
    return made


def judged(documents: Corpus, folder: Path, *, cut: int, rows: int = 10_000) -> list[Decision]:
    """Return the verdicts in rounds, with tables of so many rows at most."""
    with closing(LocalEngine(1, 1 << 28, folder)) as engine:
        engine.rows_at_once = lambda: rows  # type: ignore[method-assign]
        return list(rounds.verdicts(written(documents, folder), folder, engine, cut=cut))


def check(seeds: Sequence[int], folder: Path, cut: int) -> Iterator[str]:
    """Judge corpora that have nothing to do with one another all at once, and each in order; yield what differs."""
    corpora = [corpus(seed) for seed in seeds]
    found = iter(judged(apart(corpora), folder, cut=cut))
    start = 0
    for seed, one in zip(seeds, corpora, strict=True):
        for expected in in_order(one):
            got = next(found)
            first = NO_DOC if got.first_doc == NO_DOC else got.first_doc - start
            if Decision(got.size, got.cluster - start, first, got.containment) != expected:
                yield f"corpus {seed}: {got} and not {expected}"
        start += len(one)
    assert next(found, None) is None


def test_rounds_are_the_verdicts_in_order(tmp_path: Path) -> None:
    assert list(check(range(30), tmp_path, cut=5)) == []
    assert len(list(tmp_path.glob("rest-*"))) > len(list(tmp_path.glob("lists-*"))), "lists were opened, too"


@pytest.mark.long
@pytest.mark.parametrize("cut", [5, 7, 16])
def test_rounds_are_the_verdicts_in_order_over_many_corpora(cut: int, tmp_path: Path) -> None:
    for start in range(1000, 1600, 300):
        folder = tmp_path / str(start)
        folder.mkdir()
        assert list(check(range(start, start + 300), folder, cut)) == []


def test_a_chain_of_copies_takes_few_rounds(tmp_path: Path) -> None:
    documents = chain(200)
    assert judged(documents, tmp_path, cut=5) == in_order(documents)
    assert len(list(tmp_path.glob("state-*-0"))) < 20
    assert in_order(documents)[-1].cluster == 0


def test_documents_without_prints_are_nobody_s_copies(tmp_path: Path) -> None:
    assert judged([[], [1, 2, 3, 4, 5], [], [1, 2, 3, 4, 5], []], tmp_path, cut=5) == [
        Decision(0, 0),
        Decision(5, 1),
        Decision(0, 2),
        Decision(5, 1, 1, 1.0),
        Decision(0, 4),
    ]
    assert judged([], tmp_path, cut=5) == []
    assert judged([[], []], tmp_path, cut=5) == [Decision(0, 0), Decision(0, 1)]


class Killed(BaseException):
    """What nobody catches."""


class Dying(LocalEngine):
    """Ends after so many tables."""

    left = 0

    def write(self, query: str, place: Path) -> None:
        if not self.left:
            raise Killed
        self.left -= 1
        super().write(query, place)


def test_a_killed_run_goes_on_with_the_table_it_was_at(tmp_path: Path) -> None:
    documents = corpus(7)
    pieces, expected, runs = written(documents, tmp_path, size=20), in_order(documents), 0
    while True:
        runs += 1
        with closing(Dying(1, 1 << 28, tmp_path)) as engine:
            engine.rows_at_once = lambda: 600  # type: ignore[method-assign]
            engine.left = 5
            try:
                assert list(rounds.verdicts(pieces, tmp_path, engine, cut=5)) == expected
                break
            except Killed:
                continue
    assert runs > 3, "each run made its five tables and no others"
