"""Exports as other programs read them: every field of every document, in ledger order, filtered, masked, packed."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow.parquet
import pytest
import zstandard

from cleaners.canonical import digest
from cleaners.clean import clean
from cleaners.model import METADATA_FIELDS, RECORD_FIELDS, Metadata, Truncation, arrow_schema
from crawler.commands.export import export
from crawler.files.outputs import Output
from crawler.inputs import read
from crawler.inputs.page import Input
from pipelines.ledger import formats
from pipelines.ledger.connection import LedgerError
from pipelines.ledger.documents import Ledger
from pipelines.ledger.exports import ExportFilter, ExportStats, select
from pipelines.ledger.formats import as_text, write_jsonl, write_parquet
from tests.documents import ADDED, document
from tests.offline import RunCommand

Record = dict[str, Any]

DOCUMENTS = [
    (document("第一段。\n第二段\u2028的话。", "https://a.example/1", truncated=False), "2026-11-01T08:00:00Z"),
    (
        document(
            "又一篇，电话13812345678。",
            "https://b.example/2",
            source="wm114",
            truncated=None,
            truncation=Truncation(),
            metadata=Metadata(pages=3, views=12, uploader="王某a@qq.com", keywords=("讲话", "通知")),
            created=None,
            flags=("filler",),
        ),
        "2026-11-02T08:00:00Z",
    ),
    (document("𠮷野家的“引号”与\t制表。" * 30, "https://a.example/3", title=None), "2026-11-03T08:00:00Z"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three documents of two sources."""
    ledger = Ledger(tmp_path / "data/ledger.sqlite")
    for found, added in DOCUMENTS:
        ledger.add(found, site=found.source, added=added)
    ledger.commit()
    ledger.close()
    return tmp_path / "data"


@pytest.fixture
def records(data: Path) -> list[Record]:
    """What every reader must find."""
    ledger = Ledger(data / "ledger.sqlite")
    found = list(select(map(ledger.record, ledger.documents()), ExportFilter(), ExportStats(), mask=True))
    ledger.close()
    return found


@pytest.fixture
def run(data: Path, run_command: RunCommand) -> RunCommand:
    """Run `scrapy export` over the data folder; return exit code, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        return run_command("export", *arguments, "-s", f"DATA_DIR={data}")

    return run


@pytest.fixture
def quiet_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))


def lines(path: Path) -> list[Record]:
    return [orjson.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_one_line_tells_what_was_written(run: RunCommand, tmp_path: Path) -> None:
    code, out, err = run("--jsonl", tmp_path / "out.jsonl")
    assert (code, err) == (0, "")
    assert out == f"{tmp_path / 'out.jsonl'}: 3 documents, 414 characters, 2 masked (1 email, 1 mobile)\n"
    code, out, err = run("--jsonl", tmp_path / "out.jsonl", "-s", "MASK_PERSONAL_DATA=False")
    assert "3 documents, 420 characters, not masked" in out
    assert "13812345678" in (tmp_path / "out.jsonl").read_text("utf-8")


def test_jsonl_in_every_packing(run: RunCommand, tmp_path: Path, records: list[Record]) -> None:
    for name in ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst"):
        assert run("--jsonl", tmp_path / name)[0] == 0
    assert lines(tmp_path / "out.jsonl") == records
    assert list(lines(tmp_path / "out.jsonl")[0]) == list(RECORD_FIELDS)
    plain = (tmp_path / "out.jsonl").read_bytes()
    assert len(plain.decode().splitlines()) == 3
    packed = (tmp_path / "out.jsonl.gz").read_bytes()
    assert gzip.decompress(packed) == plain
    assert packed[3:8] == bytes(5), "no name and no time, which would change from run to run"
    with zstandard.open(tmp_path / "out.jsonl.zst") as file:
        assert file.read() == plain


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_the_same_ledger_gives_the_same_bytes(run: RunCommand, tmp_path: Path, name: str) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        assert run("--parquet" if name.endswith("parquet") else "--jsonl", tmp_path / folder / name)[0] == 0
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_datasets_reads_jsonl_and_parquet(
    run: RunCommand, tmp_path: Path, records: list[Record], quiet_datasets: None
) -> None:
    from datasets import Features, load_dataset

    run("--jsonl", tmp_path / "out.jsonl.gz")
    run("--parquet", tmp_path / "out.parquet")
    features = Features.from_arrow_schema(arrow_schema())
    for kind, name in (("json", "out.jsonl.gz"), ("parquet", "out.parquet")):
        loaded = load_dataset(
            kind, data_files=str(tmp_path / name), features=features, split="train", cache_dir=str(tmp_path / "hf")
        )
        found = [in_our_writing(one) if kind == "json" else one for one in loaded.to_list()]
        assert found == records, name


def in_our_writing(record: Record) -> Record:
    """Arrow takes strings in JSON that are times for times; write them as they were."""
    created, added = record["created"], record["added"]
    return {
        **record,
        "created": created and created.removesuffix(" 00:00:00"),
        "added": added if "T" in added else f"{added.replace(' ', 'T')}Z",
    }


def test_datatrove_reads_jsonl_and_parquet(run: RunCommand, tmp_path: Path, records: list[Record]) -> None:
    from datatrove.pipeline.readers import JsonlReader, ParquetReader

    for folder, option, name in (("j", "--jsonl", "out.jsonl.gz"), ("p", "--parquet", "out.parquet")):
        (tmp_path / folder).mkdir(exist_ok=True)
        assert run(option, tmp_path / folder / name)[0] == 0
    readers = (
        JsonlReader(str(tmp_path / "j"), doc_progress=False),
        ParquetReader(str(tmp_path / "p"), doc_progress=False),
    )
    for reader in readers:
        found = [{"id": one.id, "text": one.text, **one.metadata} for one in reader.run()]
        # It puts all that is neither id nor text into its own metadata, beside what is in ours.
        assert [nested(one) for one in found] == records


def nested(flat: Record) -> Record:
    facts = {name: flat[name] for name in METADATA_FIELDS}
    return {name: facts if name == "metadata" else flat[name] for name in RECORD_FIELDS}


def test_polars_reads_jsonl_and_parquet(run: RunCommand, tmp_path: Path, records: list[Record]) -> None:
    import polars

    run("--jsonl", tmp_path / "out.jsonl")
    run("--parquet", tmp_path / "out.parquet")
    table = polars.read_parquet(tmp_path / "out.parquet")
    assert table.to_dicts() == records
    assert polars.read_ndjson(tmp_path / "out.jsonl", schema=table.schema).to_dicts() == records


def test_duckdb_reads_jsonl_and_parquet(run: RunCommand, tmp_path: Path, records: list[Record]) -> None:
    run("--jsonl", tmp_path / "out.jsonl.gz")
    run("--parquet", tmp_path / "out.parquet")
    with duckdb.connect() as db:
        types = db.execute(f"DESCRIBE SELECT * FROM '{tmp_path}/out.parquet'").fetchall()  # noqa: S608
        columns = {name: kind for name, kind, *_ in types}
        for table in (f"'{tmp_path}/out.parquet'", f"read_json('{tmp_path}/out.jsonl.gz', columns = {columns})"):
            rows = db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
            assert [dict(zip(columns, row, strict=True)) for row in rows] == records, table


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--source", "wm114"], [1]),
        (["--source", "wm114", "--source", "taowenge"], [0, 1, 2]),
        (["--since", "2026-11-02"], [1, 2]),
        (["--since", "2026-11-02T16:00:01+08:00"], [2]),
        (["--whole-only"], [0]),
        (["--min-chars", "20"], [2]),
        (["--min-chars", "20", "--whole-only"], []),
    ],
)
@pytest.mark.parametrize("form", ["--jsonl", "--parquet", "--txt"])
def test_filters(
    run: RunCommand, tmp_path: Path, records: list[Record], form: str, options: list[str], expected: list[int]
) -> None:
    target = tmp_path / "out"
    assert run(form, target, *options)[0] == 0
    if form == "--txt":
        found = [path.stem.partition("_")[2] for path in sorted(target.iterdir())]
    elif form == "--parquet":
        found = pyarrow.parquet.read_table(target)["id"].to_pylist()
    else:
        found = [record["id"] for record in lines(target)]
    assert found == [records[number]["id"] for number in expected]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name one of"),
        (["--jsonl", "{tmp}/a", "--parquet", "{tmp}/b"], "name one of"),
        (["--jsonl", "{tmp}"], "is a folder"),
        (["--parquet", "{tmp}/no/a.parquet"], "its folder does not exist"),
        (["--jsonl", "{tmp}/a", "--since", "gestern"], "--since gestern"),
        (["--jsonl", "{tmp}/a", "--min-chars", "-1"], "--min-chars"),
        (["--jsonl", "{tmp}/a", "--source", "wm11"], "there are taowenge, wm114"),
    ],
)
def test_wrong_usage(run: RunCommand, tmp_path: Path, arguments: list[str], told: str) -> None:
    code, out, err = run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"])
def test_an_export_that_fails_leaves_the_old_file(
    run: RunCommand, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = "--parquet" if name.endswith("parquet") else "--jsonl"
    assert run(form, tmp_path / name)[0] == 0
    before = (tmp_path / name).read_bytes()
    records = Ledger.records

    def full_at_the_third(ledger: Ledger, documents: Iterable[int]) -> Iterator[Record]:
        yield from islice(records(ledger, documents), 2)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Ledger, "records", full_at_the_third)
    code, out, err = run(form, tmp_path / name)
    assert (code, out, err.count("\n")) == (74, "", 1)
    assert (tmp_path / name).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", name]


def many(count: int) -> Iterator[Record]:
    record = DOCUMENTS[0][0].record(added="2026-11-01T08:00:00Z")
    for number in range(count):
        yield {**record, "id": f"{number:016}", "text": f"第{number}号。" * 50}


def test_row_groups_hold_so_many_documents_or_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_GROUP_DOCUMENTS", 40)
    written(write_parquet, many(100), tmp_path / "a.parquet")
    assert groups(tmp_path / "a.parquet") == [40, 40, 20]
    monkeypatch.setattr(formats, "MAX_GROUP_CHARS", 400)
    written(write_parquet, many(5), tmp_path / "a.parquet")
    assert groups(tmp_path / "a.parquet") == [2, 2, 1]


def written(write: formats.Writer, rows: Iterable[Record], path: Path) -> None:
    with path.open("wb") as file:
        write(rows, file, (), 0)


def groups(path: Path) -> list[int]:
    facts = pyarrow.parquet.ParquetFile(path).metadata
    return [facts.row_group(number).num_rows for number in range(facts.num_row_groups)]


def test_an_export_holds_no_more_than_a_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_GROUP_DOCUMENTS", 10)
    alive, most = 0, 0

    class Counted(dict[str, Any]):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def counted(records: Iterable[Record]) -> Iterator[Record]:
        nonlocal alive, most
        for record in records:
            alive += 1
            most = max(most, alive)
            yield Counted(record)

    for write in (write_parquet, write_jsonl):
        written(write, counted(many(200)), tmp_path / "out")
    assert most <= 22


def test_the_arrow_schema_is_the_record(run: RunCommand, tmp_path: Path) -> None:
    run("--parquet", tmp_path / "a.parquet")
    assert pyarrow.parquet.read_schema(tmp_path / "a.parquet").equals(arrow_schema())
    assert arrow_schema().names == list(RECORD_FIELDS)
    assert json.dumps([str(field.type) for field in arrow_schema()]).count("null") == 0


# Text files: all of them or none


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A data folder with three documents of two sources, and one that is superseded."""
    data = tmp_path / "data"
    ledger = Ledger(data / "ledger.sqlite")
    for text, url, source in [
        ("旧文。", "https://a.example/1", "taowenge"),
        ("第一段。\n第二段。", "https://b.example/2", "wm114"),
        ("新文。", "https://a.example/1", "taowenge"),
        ("又一篇。", "https://a.example/3", "taowenge"),
    ]:
        ledger.add(document(text, url, source=source, title=f"标题{url[-1]}"), site=source, added=ADDED)
        ledger.commit()
    ledger.close()
    return data


@pytest.fixture
def run_txt(texts: Path, run_command: RunCommand) -> RunCommand:
    """Run `scrapy export` over the data folder; return exit code, output and errors."""

    def run_txt(*arguments: object, texts: Path = texts) -> tuple[int, str, str]:
        return run_command("export", *arguments, "-s", f"DATA_DIR={texts}")

    return run_txt


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_documents_are_named_by_number_and_key(run_txt: RunCommand, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "txt"
    assert run_txt("--txt", folder) == (0, f"{folder}: 3 documents, 16 characters, 0 masked\n", "")
    assert files(folder) == {
        f"000_{document('第一段。' + chr(10) + '第二段。').key}.txt": "标题2\n\n第一段。\n第二段。\n",
        f"001_{document('新文。').key}.txt": "标题1\n\n新文。\n",
        f"002_{document('又一篇。').key}.txt": "标题3\n\n又一篇。\n",
    }
    assert [path.name for path in folder.parent.iterdir()] == ["txt"]


def test_one_source(run_txt: RunCommand, tmp_path: Path) -> None:
    folder = tmp_path / "txt"
    assert run_txt("--txt", folder, "--source", "wm114") == (0, f"{folder}: 1 document, 9 characters, 0 masked\n", "")
    assert list(files(folder)) == [f"000_{document('第一段。' + chr(10) + '第二段。').key}.txt"]


def test_an_unknown_source_is_told_with_the_known_ones(run_txt: RunCommand, tmp_path: Path) -> None:
    code, out, err = run_txt("--txt", tmp_path / "txt", "--source", "wm11")
    assert (code, out) == (2, "")
    assert err == "scrapy export: no documents of 'wm11'; there are taowenge, wm114\n"
    assert not (tmp_path / "txt").exists()


def test_an_empty_folder_is_taken(run_txt: RunCommand, tmp_path: Path) -> None:
    folder = tmp_path / "txt"
    folder.mkdir()
    assert run_txt("--txt", folder)[0] == 0
    assert len(files(folder)) == 3


@pytest.mark.parametrize("taken", ["folder", "file"])
def test_what_is_there_is_not_overwritten(run_txt: RunCommand, tmp_path: Path, taken: str) -> None:
    target = tmp_path / "txt"
    mine = target / "mine.txt" if taken == "folder" else target
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    code, out, err = run_txt("--txt", target)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"scrapy export: {target}: exists")
    assert mine.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "txt"]


@pytest.mark.parametrize("arguments", [[], ["stray", "--txt", "x"], ["--txt", "x", "--nonsense"]])
def test_wrong_usage_of_txt(run_txt: RunCommand, arguments: list[str]) -> None:
    code, out, err = run_txt(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("scrapy export: ")


def test_a_missing_ledger_is_told_and_not_made(run_txt: RunCommand, tmp_path: Path) -> None:
    code, out, err = run_txt("--txt", tmp_path / "txt", texts=tmp_path / "other")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "ledger.sqlite: no ledger here" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_damaged_ledger_is_told(run_txt: RunCommand, texts: Path, tmp_path: Path) -> None:
    (texts / "ledger.sqlite").write_bytes(b"not a database" * 100)
    code, out, err = run_txt("--txt", tmp_path / "txt")
    assert (code, out, err.count("\n")) == (74, "", 1)


@pytest.mark.parametrize("error", [LedgerError("ledger: damaged"), OSError(28, "No space left on device")])
def test_an_export_that_fails_leaves_nothing(
    run_txt: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    written = []

    def fail_at_the_second(record: dict[str, Any]) -> str:
        written.append(record)
        if len(written) == 2:
            raise error
        return "text"

    monkeypatch.setattr(formats, "as_text", fail_at_the_second)
    code, out, err = run_txt("--txt", tmp_path / "txt")
    assert (code, out, err.count("\n")) == (74, "", 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_numbers_grow_wider_together(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for number in range(1001):
        ledger.add(document(f"第{number}号", f"https://a.example/{number}"), site="a", added=ADDED)
    ledger.commit()
    ledger.close()
    assert export(tmp_path / "ledger.sqlite", Output("txt", tmp_path / "txt")).documents == 1001
    names = list(files(tmp_path / "txt"))
    assert [name[:5] for name in (names[0], names[9], names[-1])] == ["0000_", "0009_", "1000_"]


@pytest.mark.parametrize(
    ("title", "line"),
    [(None, "无题"), ("", "无题"), (" \n", "无题"), ("通知\u2028之二\n", "通知 之二"), ("通知", "通知")],
)
def test_the_title_is_one_line(title: str | None, line: str) -> None:
    assert as_text({"title": title, "text": "正文。"}) == f"{line}\n\n正文。\n"


@pytest.mark.parametrize("title", ["春节放假了！", "心得体会。", "关于防汛的通知" * 25, "……", None])
def test_an_exported_text_that_is_cleaned_again_keeps_title_and_key(tmp_path: Path, title: str | None) -> None:
    text = "各单位要在汛期以前查清每一处隐患。\n今年的雨比往年来得早。"
    exported = document(text, "https://a.example/1", title=title, sha256=digest(text))
    formats.write_text([exported.record(added=ADDED)], tmp_path, [], 1)
    (found,) = read([str(tmp_path)], stdin=io.BufferedReader(io.BytesIO()))
    assert isinstance(found, Input)
    again = clean(found.page)
    assert (again.sha256, again.title, again.text) == (exported.sha256, title, text)


def test_a_file_that_is_only_named_like_an_export_is_read_as_any_other(tmp_path: Path) -> None:
    text = "我们春节放假了！\n\n各单位要在汛期以前查清每一处隐患。"
    assert formats.exported_page(f"000_{'0' * 16}.txt", text.encode()) is None
    assert formats.exported_page("notes.txt", text.encode()) is None
