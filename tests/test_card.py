"""The dataset card of an export: facts that are those of its records, in a form that Hugging Face reads."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cleaners.clean import clean
from cleaners.model import VERSION, Page
from pipelines.ledger.card import card
from pipelines.ledger.corpus_facts import CorpusFacts
from pipelines.ledger.documents import Ledger
from tests.documents import ADDED, document
from tests.offline import RunCommand

RECORD = clean(Page(body="关于召开会议的通知\n\n各单位：\n请于周五上午九时到会，不得缺席。\n")).record(
    added="2026-11-01T08:00:00Z"
)


def facts(*changes: dict[str, Any]) -> CorpusFacts:
    counted = CorpusFacts()
    for each in changes:
        counted.add({**RECORD, **each})
    return counted


def rows(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading."""
    table = text.split(f"{heading}\n\n")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def test_facts_are_those_of_the_records() -> None:
    text = facts(
        {"text": "会" * 99, "source": "甲", "truncated": True, "created": "2024-01-02", "duplicate_of": "a"},
        {"text": "会" * 100, "source": "甲", "truncated": False, "added": "2026-10-01T00:00:00Z", "flags": ["filler"]},
        {"text": "会" * 30_000, "source": "乙", "truncated": None, "version": "5+0a1b"},
    ).markdown()
    assert "3 documents with 30,199 characters, fetched from 2026-10-01T00:00:00Z to 2026-11-01T08:00:00Z." in text
    assert rows(text, "### Sources") == [["甲", "2", "199"], ["乙", "1", "30,000"]]
    assert [row[:2] for row in rows(text, "### Lengths in characters")] == [
        ["0 to 99", "1"],
        ["100 to 199", "1"],
        ["20,000 and more", "1"],
    ]
    assert [row[1] for row in rows(text, "### Is text missing?")] == ["1", "1", "1"]
    assert rows(text, "### Published in")[0] == ["2024", "1", "█" * 12]
    assert ["flag `filler`", "1"] in [row[:2] for row in rows(text, "### Copies, script, flags")]


def test_many_sources_are_summed_up() -> None:
    text = facts(*({"source": f"s{number:02}"} for number in range(25))).markdown()
    assert rows(text, "### Sources")[-1] == ["others", "5", ""]


@pytest.mark.parametrize(("documents", "size"), [(1, "n<1K"), (1_000, "1K<n<10K"), (1_000_000, "n>1M")])
def test_the_size_is_one_of_hugging_face(documents: int, size: str) -> None:
    import yaml

    counted = facts({})
    counted.documents = documents
    head = yaml.safe_load(card("corpus.parquet", facts=counted).split("---\n")[1])
    assert head["size_categories"] == [size]


def test_an_export_writes_it(run_command: RunCommand, tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "data/ledger.sqlite")) as ledger:
        ledger.add(document("会议于周五召开，请准时参加。"), site="a", added=ADDED)
        ledger.commit()
    target = tmp_path / "out" / "corpus.jsonl"
    target.parent.mkdir()
    words = ("export", "--jsonl", target, "--card", "--min-chars", "1", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert run_command(*words)[0] == 0
    text = (target.parent / "README.md").read_text("utf-8")
    (record,) = map(json.loads, target.read_text("utf-8").splitlines())
    assert f"1 document with {len(record['text'])} characters" in text
    assert f"Rules of version {VERSION} cleaned them." in text
    assert "Documents: of 1 characters or more." in text
    run_command(*words)
    assert (target.parent / "README.md").read_text("utf-8") == text
