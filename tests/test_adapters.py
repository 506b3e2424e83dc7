"""The cleaner on columns, in a step of datatrove, and each example of docs/adapters.md as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaners.clean import clean
from cleaners.model import Page
from tests.offline import ROOT
from wenqing import clean_batch

NOTICE = (
    "首页 > 范文 > 通知\n关于开展安全检查的通知\n各单位：\n请于本周五以前上报检查结果，逾期不再受理。\n"
    "检查的重点是仓库、食堂和锅炉房，各部门要有专人负责。\n登录后可下载全文"
)
LETTER = "尊敬的客户：\n感谢您一年来的支持，新的一年我们会做得更好。\n此致\n敬礼"
PAGE = f"<html><body><nav><a href='/'>首页</a></nav><h1>一封信</h1><p>{LETTER}</p></body></html>"
URL = "https://www.wenku.example/p-1.html"
ROWS: dict[str, list[Any]] = {"text": [NOTICE, "", LETTER, None], "url": [URL, None, None, None], "label": [1, 2, 3, 4]}
TEXTS = [
    clean(Page(body=body or "", url=url, kind="text")).text for body, url in zip(ROWS["text"], ROWS["url"], strict=True)
]


def test_columns_come_back_with_their_rows_in_order() -> None:
    cleaned = clean_batch(ROWS)
    assert cleaned["text"] == TEXTS
    assert "登录" not in TEXTS[0]
    assert (cleaned["label"], cleaned["url"]) == (ROWS["label"], ROWS["url"])
    whole = clean(Page(body=NOTICE, url=URL, kind="text")).record(added=None)
    added = {
        name.removeprefix("wenqing_"): column[0] for name, column in cleaned.items() if name.startswith("wenqing_")
    }
    assert added == {name: whole[name] for name in ("id", "title", "created", "truncated", "flags", "edits")}
    assert cleaned["wenqing_id"][1] is None
    assert cleaned["wenqing_flags"][1] == cleaned["wenqing_flags"][3] == ["no_text"]
    assert ROWS["text"][0] == NOTICE, "what came stays as it was"


@pytest.mark.parametrize("kind", [pa.Table, pa.RecordBatch])
def test_arrow_comes_back_as_arrow_with_the_same_types_for_any_rows(kind: Any) -> None:
    schema = pa.schema([("text", pa.large_string()), ("url", pa.string()), ("label", pa.int64())])
    some = clean_batch(kind.from_pylist(pa.table(ROWS).to_pylist(), schema=schema))
    none = clean_batch(kind.from_pylist([{"text": None}], schema=schema))
    assert isinstance(some, kind)
    assert some.to_pydict() == clean_batch(ROWS)
    assert some.schema.equals(none.schema)


def test_html_goes_before_text_and_may_be_bytes() -> None:
    cleaned = clean_batch({"html": [PAGE.encode("gbk"), None], "text": ["预览", LETTER]})
    assert cleaned["text"] == [clean(Page(body=PAGE, kind="html")).text, TEXTS[2]]
    assert clean_batch({"page": [PAGE]}, html="page")["text"] == cleaned["text"][:1]
    assert clean_batch({"content": [LETTER]}, text="content")["content"] == TEXTS[2:3]


def test_options_are_those_of_a_page() -> None:
    text = "關於開展安全檢查的通知\n各單位請於本週五以前上報檢查結果，逾期不再受理。"
    assert clean_batch({"text": [text]}, keep_script=True)["text"] == [
        clean(Page(body=text, kind="text", keep_script=True)).text
    ]


def test_columns_that_cannot_be_meant_are_told() -> None:
    with pytest.raises(KeyError, match="no column html or text; name yours"):
        clean_batch({"content": [LETTER]})
    with pytest.raises(TypeError, match="row 1: int in the place of a text"):
        clean_batch({"text": [LETTER, 3]})
    with pytest.raises(ValueError, match="columns of unlike length: text 2, url 1"):
        clean_batch({"text": [LETTER, LETTER], "url": [None]})
    for frame in ([{"text": LETTER}], None, "text"):
        with pytest.raises(TypeError, match="holds no columns; give a dict of them, or Arrow: "):
            clean_batch(frame)
    assert clean_batch({"text": []})["wenqing_id"] == []


def test_what_others_hold_in_a_column_is_read() -> None:
    cleaned = clean_batch(
        {"text": [float("nan"), bytearray(LETTER.encode()), LETTER], "url": [None, None, float("nan")]}
    )
    assert cleaned["text"] == ["", TEXTS[2], TEXTS[2]]


def test_columns_of_pandas_and_polars_are_read_and_their_frames_told_what_to_become() -> None:
    for library, null in (("pandas", "NA"), ("polars", None)):
        frames = pytest.importorskip(library)
        frame = frames.DataFrame({"text": [LETTER, null and getattr(frames, null)]})
        assert clean_batch({"text": frame["text"]})["text"] == [TEXTS[2], ""]
        with pytest.raises(TypeError, match="DataFrame holds no columns; give a dict of them, or Arrow"):
            clean_batch(frame)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"body": None}, "body is NoneType; give bytes or str"),
        ({"body": bytearray(b"a")}, "body is bytearray; give bytes or str"),
        ({"body": "a", "url": 5}, "url is int; give str or None"),
        ({"body": "a", "kind": "pdf"}, "kind is 'pdf'; give 'html' or 'text', or None"),
        ({"body": "a", "script": "x"}, "script is 'x'; give 'Hans' or 'Hant', or None"),
    ],
)
def test_a_page_that_cannot_be_is_told_at_once(facts: dict[str, Any], told: str) -> None:
    with pytest.raises((TypeError, ValueError), match=told):
        Page(**facts)


# A step of datatrove


def test_datatrove_gets_documents_stats_and_what_was_dropped(tmp_path: Path) -> None:
    pytest.importorskip("datatrove")
    from datatrove.data import Document
    from datatrove.pipeline.writers import JsonlWriter

    from adapters.datatrove import WenqingCleaner

    login = "请先登录\n用户名\n密码\n忘记密码\n立即注册"
    step = WenqingCleaner(JsonlWriter(str(tmp_path), output_filename="${rank}.jsonl", compression=None))
    rows = [Document(text=text or "", id=str(at)) for at, text in enumerate([*ROWS["text"], login])]
    rows[0].metadata["url"] = URL
    kept = list(step.run(iter(rows)))
    assert [(row.id, row.text) for row in kept] == [("0", TEXTS[0]), ("2", TEXTS[2])]
    record = kept[0].metadata["wenqing"]
    assert (record["url"], record["input"], "text" in record) == (URL, "0", False)
    stats = {name: int(stat.total) for name, stat in step.stats.stats.items()}
    reason = next(name for name in stats if name.startswith("dropped_block_page:"))
    assert stats == stats | {"total": 5, "forwarded": 2, "dropped": 3, "dropped_no_text": 2, reason: 1}
    dropped = (
        duckdb.read_json(str(tmp_path / "00000.jsonl")).order("id").select("text, metadata.filter_reason").fetchall()
    )
    assert dropped == [(None, "no_text"), (None, "no_text"), (login, reason.removeprefix("dropped_"))]


# The examples


def examples() -> Iterator[Any]:
    """Yield the blocks of Python of docs/adapters.md by their heading."""
    heading, count = "", 0
    text = (ROOT / "docs/adapters.md").read_text(encoding="utf-8")
    for found in re.finditer(r"^## ([^\n]*)$|^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if found[1]:
            heading, count = found[1], 0
        else:
            count += 1
            yield pytest.param(found[2], id=f"{heading} {count}".replace(" ", "-"))


@pytest.mark.parametrize("source", list(examples()))
def test_an_example_of_the_docs_cleans_its_rows(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {name: ROWS[name][:3] for name in ("text", "url")}
    pq.write_table(pa.table(rows, pa.schema([("text", pa.string()), ("url", pa.string())])), tmp_path / "rows.parquet")
    if "import ray" in source:
        pytest.skip("Ray looks for other hosts as it starts, which no test may")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    try:
        exec(  # noqa: S102 (our own docs)
            source.replace("wenqing.adapters", "adapters"), {"__name__": "example"}
        )
    except ModuleNotFoundError as missing:
        pytest.skip(f"{missing.name} is not installed")
    if "rows.parquet" not in source:
        return
    made = [str(each) for each in [*tmp_path.glob("clean*.parquet"), *tmp_path.glob("clean/*")]]
    with duckdb.connect() as db:
        table = db.read_parquet(made) if made[0].endswith(".parquet") else db.read_json(made[0])
        texts = [text for (text,) in table.select("text").fetchall() if text]
    assert sorted(texts) == sorted(text for text in TEXTS if text)
