"""Copies by what they contain: prints, verdicts, the index on disk, the batch; all of them agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.copies import PlantedCopy, planted
from benchmarks.dedup import score
from pipelines.engine import MIN_MEMORY, LocalEngine
from pipelines.ledger.connection import LedgerError
from pipelines.near import batch, rounds
from pipelines.near.comparison import MIN_PASSAGE, compare
from pipelines.near.decide import MAX_OUTSIDE, NO_DOC, Decision
from pipelines.near.fingerprints import MIN_FINGERPRINTS, fingerprint
from pipelines.near.index import FingerprintIndex, NewDocument
from pipelines.near.prints import written
from pipelines.workers import WorkersError
from tests.pieces import Deadly, Given, prose

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=120)


def streamed(path: Path, texts: Sequence[str], group: int = 1000) -> list[Decision]:
    index = FingerprintIndex(path)
    for at in range(0, len(texts), group):
        index.add(
            [NewDocument(number, f"{number:016}", texts[number]) for number in range(at, min(at + group, len(texts)))]
        )
    found = index.verdicts()
    index.close()
    return [found[number] for number in range(len(texts))]


def owners(tmp_path: Path, *texts: str) -> list[int]:
    return [verdict.first_doc for verdict in streamed(tmp_path / "near.sqlite", texts)]


# Prints


@pytest.mark.parametrize("name", ["X县", "××县", "某某县", "**县", "__ 县", "○○县", "〇〇县", "ＸＸ縣"])
def test_placeholders_marks_and_script_make_no_other_prints(name: str) -> None:
    text = f"{{}}的同志们，{prose(1, 80)}：今年要办3件事。"
    assert set(fingerprint(text.format("县"))) == set(fingerprint(text.format(name).replace("，", ",\n")))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(HAN, HAN, HAN, HAN)
@example("", "", "", "")
def test_a_shared_passage_shares_a_print(before: str, after: str, other_before: str, other_after: str) -> None:
    passage = prose("passage", MIN_PASSAGE)
    one, other = fingerprint(before + passage + after), fingerprint(other_before + passage + other_after)
    if min(one.size, other.size) > MIN_FINGERPRINTS:
        assert set(one) & set(other)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(max_size=60))
@example("\ud800")
@example("某" * 50)
def test_any_text_has_prints_each_once(text: str) -> None:
    prints = fingerprint(text).tolist()
    assert len(set(prints)) == len(prints)
    assert bool(prints) == bool(text.strip()) or not text.isprintable()


def test_a_short_text_is_known_as_a_whole_with_its_numbers() -> None:
    assert not set(fingerprint("第12号公告")) & set(fingerprint("第13号公告"))
    assert set(fingerprint("第12号 公告")) == set(fingerprint("第12号公告"))


# Verdicts


def test_a_copy_points_to_the_document_that_holds_it(tmp_path: Path) -> None:
    one, other = prose("one"), prose("other")
    verdicts = streamed(tmp_path / "n", [one, other, other[:200], prose("third"), one[300:] + prose("more", 100)])
    assert [verdict.first_doc for verdict in verdicts] == [NO_DOC, NO_DOC, 1, NO_DOC, 0]
    assert [verdict.cluster for verdict in verdicts] == [0, 1, 1, 3, 0]
    assert verdicts[2].containment > 0.95
    assert 0.6 < verdicts[4].containment < 0.9


def test_a_whole_text_after_its_preview_is_in_the_preview_s_cluster(tmp_path: Path) -> None:
    whole = prose("whole", 2000)
    verdicts = streamed(tmp_path / "n", [whole[:300], whole, whole[1000:1500]])
    assert [(verdict.first_doc, verdict.cluster) for verdict in verdicts] == [(NO_DOC, 0), (0, 0), (1, 0)]
    assert verdicts[1].containment < 0.2


def test_what_many_documents_share_does_not_make_them_copies(tmp_path: Path) -> None:
    stock = prose("stock", 200)
    texts = [prose(number, 400) + stock for number in range(MAX_OUTSIDE + 1)]
    assert owners(tmp_path, *texts, stock + prose("last", 150)) == [NO_DOC] * (MAX_OUTSIDE + 2)


def test_what_few_documents_share_makes_no_copy_of_a_longer_one(tmp_path: Path) -> None:
    stock = prose("stock", 150)
    assert owners(tmp_path, prose(1) + stock, prose(2) + stock, prose(3) + stock) == [NO_DOC] * 3


def test_texts_without_prints_are_nobody_s_copies(tmp_path: Path) -> None:
    assert owners(tmp_path, "", "", " \n", "12", "12") == [NO_DOC, NO_DOC, NO_DOC, NO_DOC, 3]


# The index on disk, and the batch


@pytest.fixture(scope="module")
def documents() -> list[PlantedCopy]:
    return list(planted(5, 700))


@pytest.fixture(scope="module")
def verdicts(documents: list[PlantedCopy], tmp_path_factory: pytest.TempPathFactory) -> list[Decision]:
    return streamed(tmp_path_factory.mktemp("near") / "n", [each.text for each in documents])


def test_planted_copies_are_found_and_no_others(documents: list[PlantedCopy], verdicts: list[Decision]) -> None:
    truth = [(each.original, each.kind) for each in documents]
    found = score(truth, [verdict.first_doc for verdict in verdicts])
    assert {kind: share for kind, share in found.items() if share < 0.97} == {}
    assert min(found["recall"], found["precision"]) >= 0.99


def test_the_generator_gives_the_same_for_the_same_seed() -> None:
    assert list(planted(3, 30)) == list(planted(3, 30)) != list(planted(4, 30))


def test_groups_change_no_verdict(documents: list[PlantedCopy], verdicts: list[Decision], tmp_path: Path) -> None:
    texts = [each.text for each in documents[:500]]
    assert streamed(tmp_path / "n", texts, group=7) == verdicts[:500]


def in_pieces(texts: list[str], size: int) -> list[Given]:
    return [Given(texts[at : at + size]) for at in range(0, len(texts), size)]


def batched(pieces: Sequence[Given | Deadly], folder: Path, jobs: int) -> list[Decision]:
    with closing(LocalEngine(jobs, MIN_MEMORY, folder)) as engine:
        return list(batch.verdicts(written(pieces, folder, engine), folder, jobs))


@pytest.mark.parametrize(("size", "jobs"), [(700, 1), (200, 2)])
def test_the_batch_gives_the_verdicts_of_the_stream(
    documents: list[PlantedCopy], verdicts: list[Decision], tmp_path: Path, size: int, jobs: int
) -> None:
    pieces = in_pieces([each.text for each in documents], size)
    assert batched(pieces, tmp_path, jobs) == verdicts


def test_rounds_give_the_verdicts_of_the_stream(
    documents: list[PlantedCopy], verdicts: list[Decision], tmp_path: Path
) -> None:
    pieces = in_pieces([each.text for each in documents], 200)
    with closing(LocalEngine(1, MIN_MEMORY, tmp_path)) as engine:
        assert list(rounds.verdicts(written(pieces, tmp_path, engine), tmp_path, engine)) == verdicts


def test_the_batch_takes_the_shared_prints_in_any_bites(
    documents: list[PlantedCopy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["", *(each.text for each in documents[:60]), "", ""]
    expected = streamed(tmp_path / "near.sqlite", texts)
    monkeypatch.setattr(batch, "_ROWS_AT_ONCE", 100)
    assert batched(in_pieces(texts, 9), tmp_path, 1) == expected


def test_no_documents_have_no_verdicts(tmp_path: Path) -> None:
    assert batched([], tmp_path, 1) == []
    (tmp_path / "two").mkdir()
    assert batched(in_pieces(["", ""], 1), tmp_path / "two", 1) == [Decision(0, 0), Decision(0, 1)]


def test_an_index_made_in_another_way_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "near.sqlite"
    streamed(path, [prose(1)])
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    index = FingerprintIndex(path)
    assert index.last() is None
    index.close()


def test_another_program_s_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "near.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE mine (x)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"near\.sqlite: not an index"):
        FingerprintIndex(path)
    assert path.read_bytes() == before


def test_a_damaged_index_is_told_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "near.sqlite"
    streamed(path, [prose(number) for number in range(50)])
    whole = path.read_bytes()
    for damaged in (whole[:4096] + b"\xa5" * 20000, whole.replace(b"verdicts", b"\xb9erdicts", 1)):
        path.write_bytes(damaged)
        with pytest.raises(LedgerError, match="--rebuild"):
            streamed(path, [prose(number) for number in range(100)])


# Workers that die


def judged_beside(tmp_path: Path, deaths: int) -> list[Decision]:
    """Judge the texts of four pieces with two processes; the third piece is deadly."""
    notes, folder = tmp_path / "notes", tmp_path / "prints"
    notes.mkdir()
    folder.mkdir()
    before, behind = Given([prose(0), prose(1)]), Given([prose(2)])
    return batched([before, Deadly(notes, deaths), behind], folder, 2)


def test_a_killed_worker_costs_only_what_it_was_at(tmp_path: Path) -> None:
    found = judged_beside(tmp_path, 1)
    assert found == streamed(tmp_path / "near.sqlite", [prose(0), prose(1), prose("deadly"), prose(2)])


def test_a_piece_that_ends_every_worker_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkersError, match=r"the deadly piece: ends every process.*leave it out"):
        judged_beside(tmp_path, 9)


# Two texts side by side


def test_shared_passages_have_places_in_both_texts() -> None:
    one, other = prose("one", 100), prose("other", 100)
    first, second = f"开头，{one}。{other}", f"{other[:60]}……无关的话{one[:50]}，{one[50:]}"
    found = compare(first, second)
    spans = [(first[slice(*each.first)], second[slice(*each.second)]) for each in found.passages]
    assert spans == [(one, f"{one[:50]}，{one[50:]}"), (other[:60], other[:60])]
    assert found.alike
    assert not compare(one, other).alike


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.text("甲乙丙，", max_size=200), st.text("甲乙丙，", max_size=200))
def test_passages_are_the_same_han(first: str, second: str) -> None:
    for passage in compare(first, second).passages:
        one, other = first[slice(*passage.first)], second[slice(*passage.second)]
        assert one.replace("，", "") == other.replace("，", "")
        assert len(one.replace("，", "")) >= MIN_PASSAGE
