"""Outputs load in other programs with one call and without a schema, however late a column gets its first value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from cleaners.clean import clean
from cleaners.model import RECORD_FIELDS, Page, arrow_schema
from pipelines.ledger.card import NAME, card, may_write, write_card
from pipelines.ledger.formats import FORMATS
from tests.test_export import in_our_writing, quiet_datasets

__all__ = ["quiet_datasets"]
PLAIN = "关于召开会议的通知\n\n各单位：\n请于周五上午九时到会，不得缺席。\n"
KEY = "c6c4f3973fbab6ff"
PAD = "会议要求各单位认真准备。" * 12


def records(count: int) -> list[dict[str, Any]]:
    """Return records of which only the last one says anything beside its text."""
    first = clean(Page(body=PLAIN)).record(added="2026-11-01T08:00:00Z")
    first = {**first, "text": PAD, "truncated": None, "edits": [], "supersedes": None}
    last = {
        **first,
        "url": "http://a.example/1",
        "urls": ["http://a.example/1"],
        "created": "2026年",
        "truncated": True,
        "truncation": {**first["truncation"], "where": "end", "total_chars": 900, "omitted_chars": [300]},
        "flags": ["filler"],
        "edits": [{"rule": "layout.blank", "count": 1, "chars": 2}],
        "input": "一.txt",
        "duplicate_of": KEY,
        "containment": 0.5,
        "cluster": KEY,
        "supersedes": [KEY],
    }
    facts = {"price": "3", "views": 7, "pages": 2, "keywords": ["会议"], "outline": ["一"], "category": "通知"}
    last["metadata"] = {**first["metadata"], **facts, "spun": {"score": 0.5, "words": ["进展(发展)"]}}
    return [first] * (count - 1) + [last]


@pytest.mark.parametrize("count", [12_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_outputs_load_without_a_schema(tmp_path: Path, count: int, quiet_datasets: None) -> None:
    """12,000 rows are 14 MB: the readers' samples end long before the last row."""
    import pandas
    import polars  # here, with pandas: each takes a while, and every worker of pytest imports this file
    from datasets import load_dataset

    rows = records(count)
    for name in ("corpus.jsonl", "corpus.parquet"):
        (tmp_path / name[7:]).mkdir()
        with (tmp_path / name[7:] / name).open("wb") as out:
            assert FORMATS[name[7:]].write(rows, out, (), count) == count
        write_card(tmp_path / name[7:], card(name))
    jsonl, parquet = tmp_path / "jsonl" / "corpus.jsonl", tmp_path / "parquet" / "corpus.parquet"
    loaded = [
        load_dataset(str(tmp_path / "jsonl"), split="train", cache_dir=str(tmp_path / "hf")),
        load_dataset("parquet", data_files=str(parquet), split="train", cache_dir=str(tmp_path / "hf")),
    ]
    for each in loaded:
        assert (len(each), in_our_writing(each[-1])) == (count, rows[-1])
    for table in (polars.read_ndjson(jsonl, infer_schema_length=None), polars.read_parquet(parquet)):
        assert (len(table), table.tail(1).to_dicts()) == (count, [rows[-1]])
    with duckdb.connect() as db:
        for source in (f"read_json('{jsonl}', sample_size=-1)", f"'{parquet}'"):
            asked = f'SELECT count(*), max(cluster), max(metadata.views), max(truncation."where") FROM {source}'  # noqa: S608
            assert db.execute(asked).fetchall() == [(count, KEY, 7, "end")]
    for frame in (pandas.read_json(jsonl, lines=True), pandas.read_parquet(parquet)):
        assert (len(frame), frame["cluster"].iloc[-1], frame["metadata"].iloc[-1]["price"]) == (count, KEY, "3")


def test_a_card_names_the_types_of_the_schema() -> None:
    import yaml
    from datasets import Features

    head = yaml.safe_load(card("documents/*.jsonl", ["choice"]).split("---\n")[1])
    assert head["configs"] == [{"config_name": "default", "data_files": "documents/*.jsonl"}]
    *found, choice = head["dataset_info"]["features"]
    assert choice == {"name": "choice", "dtype": "string"}
    assert Features._from_yaml_list(found) == Features.from_arrow_schema(arrow_schema())
    assert [each["name"] for each in found] == list(RECORD_FIELDS)


def test_a_readme_of_somebody_else_stays(tmp_path: Path) -> None:
    assert may_write(tmp_path)
    write_card(tmp_path, card("a.jsonl"))
    write_card(tmp_path, card("b.jsonl"))
    assert "'b.jsonl'" in (tmp_path / NAME).read_text("utf-8")
    (tmp_path / NAME).write_text("# Mine\n", "utf-8")
    write_card(tmp_path, card("c.jsonl"))
    assert not may_write(tmp_path)
    assert (tmp_path / NAME).read_text("utf-8") == "# Mine\n"
