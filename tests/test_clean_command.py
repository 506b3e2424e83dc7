"""`scrapy clean`: records in the order of the inputs, OUT whole or not at all, exit codes, what a person is shown."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scrapy.settings import Settings

from cleaners.judging.rulebook import REASONS
from cleaners.model import RECORD_FIELDS, Document, Edit, Metadata, Page, Truncation
from cleaners.text.edits import apply
from crawler.commands.clean import Command
from crawler.inputs.cleaning import CleanCounts
from crawler.reports.explain_html import section
from crawler.terminal.explain import explain
from crawler.terminal.table import width
from tests.forked import Forked, scrapy_command, writing_to

ROOT = Path(__file__).parents[1]
TEXT = "同志们：今天我们召开会议，总结去年的工作，部署今年的任务。"
LONG = "123456789012345678901234567890"
NOW = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def document(page: Page, **facts: Any) -> Document:
    """A document as a cleaner could make it, of the page's text as it is."""
    text = page.body if isinstance(page.body, str) else page.body.decode()
    if text == "crash":
        raise ZeroDivisionError
    values: dict[str, Any] = {
        "title": page.title,
        "text": text,
        "source": page.source or "unknown",
        "template": "unknown",
        "url": page.url,
        "created": None,
        "truncated": None,
        "truncation": Truncation(),
        "metadata": Metadata(),
        "script": "Hant" if page.keep_script else "Hans",
        "flags": () if text else ("no_text",),
        "edits": (),
        "page_text": text,
        "sha256": "c6c4" * 16 if text else None,
    }
    return Document(**values | facts)


@pytest.fixture(autouse=True)
def _plain_cleaner(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command does is no matter of rules."""
    module = ModuleType("cleaners.clean")
    module.clean = document  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cleaners.clean", module)


def run(*args: str | Path) -> int:
    command = Command()
    command.settings = Settings({"LOG_LEVEL": "WARNING", "DATA_DIR": "data"})
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command.add_options(parser)
    try:
        opts, rest = parser.parse_known_args(list(map(str, args)))
    except SystemExit as ended:
        return int(str(ended.code))
    command.run(rest, opts)
    return command.exitcode


def rows(folder: Path, *values: Any) -> Path:
    (folder / "in.jsonl").write_text("".join(json.dumps(value) + "\n" for value in values))
    return folder / "in.jsonl"


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1]]


def test_kinds_of_block_pages_stand_behind_the_pages_without_text() -> None:
    counts = CleanCounts(inputs=2)
    counts.add(has_text=False, truncated=False, block_page="login")
    counts.add(has_text=False, truncated=False, block_page=None)
    assert str(counts) == "inputs 2, documents 0, truncated 0, no_text 2 (login 1), unreadable 0"


def test_one_record_an_input_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = rows(tmp_path, {"id": "b", "text": TEXT}, {"text": ""}, 3, {"id": "a", "text": "x\u2028\u2029\u0085y"})
    out = tmp_path / "out.jsonl"
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n")
    assert run("-o", out, given, tmp_path / "picture.txt") == 65
    found = records(out)
    assert [record["input"] for record in found] == ["b", f"{given}:2", "a"]
    assert [record["id"] for record in found] == ["c6c4c6c4c6c4c6c4", None, "c6c4c6c4c6c4c6c4"]
    assert all(list(record) == list(RECORD_FIELDS) for record in found)
    assert rb"x\u2028\u2029\u0085y" in out.read_bytes()
    *errors, summary = capsys.readouterr().err.splitlines()
    assert [error.split(": ")[1] for error in errors] == [f"{given}:3", str(tmp_path / "picture.txt")]
    assert "inputs 5, documents 2, truncated 0, no_text 1, unreadable 2;" in summary


def test_the_time_added_is_the_pages_own_else_the_given_else_one_for_the_run(tmp_path: Path) -> None:
    given = rows(tmp_path, {"text": "a", "added": "2026-11-01T08:00:00Z"}, {"text": "b"}, {"text": "c"})
    out = tmp_path / "out.jsonl"
    run("-o", out, "--added", "2026-11-02T08:00:00+08:00", given)
    assert [record["added"] for record in records(out)] == ["2026-11-01T08:00:00Z", *["2026-11-02T00:00:00Z"] * 2]
    run("-o", out, given)
    own, *others = [record["added"] for record in records(out)]
    assert own == "2026-11-01T08:00:00Z"
    assert NOW.fullmatch(others[0])
    assert others[0] == others[1]


def test_source_and_script_reach_the_cleaner(tmp_path: Path) -> None:
    given = rows(tmp_path, {"text": "a"}, {"text": "b", "source": "wm114"})
    run("-o", tmp_path / "out", "--source", "taowenge", "--keep-script", given)
    assert [(record["source"], record["script"]) for record in records(tmp_path / "out")] == [
        ("taowenge", "Hant"),
        ("wm114", "Hant"),
    ]


def test_out_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    given = rows(tmp_path, {"text": TEXT}, {"id": "the bad one", "text": "crash"})
    out = tmp_path / "out.jsonl"
    with pytest.raises(ZeroDivisionError) as crash:
        run("-o", out, given)
    assert crash.value.__notes__ == ["while cleaning the bad one"]
    assert list(tmp_path.iterdir()) == [given]
    out.write_text("before")
    with pytest.raises(ZeroDivisionError):
        run("-o", out, given)
    assert out.read_text() == "before"


def test_out_may_lie_in_an_input_folder_but_is_no_input(tmp_path: Path) -> None:
    out = rows(tmp_path, {"id": "a", "text": TEXT})
    (tmp_path / "b.txt").write_text(TEXT)
    assert run("-o", out, tmp_path) == 0
    assert [record["input"] for record in records(out)] == [str(tmp_path / "b.txt")]
    before = Path(out).read_bytes()
    for again in (("-o", out, out), ("-o", tmp_path / "c.html", "--explain-html", tmp_path / "c.html", tmp_path)):
        assert run(*again) == 2
    assert Path(out).read_bytes() == before


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "parquet"])
def test_what_an_earlier_run_wrote_beside_out_is_no_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "deep").mkdir()
    rows(tmp_path, {"text": TEXT, "id": "b", "version": "1"})
    assert run("-o", tmp_path / f"1.{ending}", tmp_path) == 0
    (tmp_path / f"1.{ending}").replace(tmp_path / f"deep/0.{ending}")
    assert run("-o", tmp_path / f"1.{ending}", tmp_path) == 0  # records in another folder may be a corpus
    assert "inputs 4, " in capsys.readouterr().err
    assert run("-o", tmp_path / "2.jsonl", "-v", tmp_path) == 0
    told = capsys.readouterr().err
    assert "inputs 4, " in told
    assert f"{tmp_path / f'1.{ending}'}: skipped (earlier output)" in told
    assert run("-o", tmp_path / "3.jsonl", tmp_path / f"1.{ending}") == 0  # what is named is read
    assert len(records(tmp_path / "3.jsonl")) == 4


def test_a_page_for_a_browser_is_no_input_of_the_run_that_writes_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "page.html").write_text(f"<p>{TEXT}</p>")
    assert run("-o", tmp_path / "out.jsonl", "--explain-html", tmp_path / "page.html", tmp_path) == 0
    assert len(records(tmp_path / "out.jsonl")) == 1


def test_a_run_does_not_read_what_a_shell_leads_its_records_into(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    out = tmp_path / "out.jsonl"
    for code, place in ((0, tmp_path), (0, tmp_path), (2, out)):
        ran = subprocess.run(
            ["sh", "-c", f"exec {sys.executable} -m scrapy clean {place} >> {out}"],
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == code, ran.stderr
    assert len(records(out)) == 2


@pytest.mark.parametrize("args", [("-j", "2", "--explain"), ("-j", "0"), ("-j", "two"), ("--site", "none")])
def test_what_is_no_call(args: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*args, tmp_path) == 2


@pytest.mark.parametrize("place", ["none/out.jsonl", ""])
def test_out_needs_a_place(tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-o", tmp_path / place, tmp_path) == 2
    assert re.fullmatch(r"scrapy clean: .+: .+; .+\n", capsys.readouterr().err)


def test_explained_to_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--explain", rows(tmp_path, {"id": "a\x1b[2J", "text": TEXT}, {"id": "b", "text": ""})) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert shown.index(r"a\x1b[2J") < shown.index(TEXT) < shown.index("\nb\n")


NOISY = "首页 > 讲话\n1、同志们：\x1b[31m\u202e\n2、今天。\n\n\n下载\n" + "很长的广告" * 99


def explained(colour: bool = False) -> str:
    at = NOISY.index("下载")
    edits = (
        Edit(0, 8, "", "nav.crumb"),
        Edit(8, 10, "", "chunk.mark"),
        Edit(NOISY.index("2、"), NOISY.index("2、") + 2, "", "chunk.mark"),
        Edit(at - 3, at, "\n", "layout.blank"),
        Edit(at, at + 3, "", "card.line"),
        Edit(at + 3, len(NOISY), " ", "ad.line"),
    )
    cut = Truncation(where="end", total_chars=4603, omitted_chars=(828,), evidence="全文共4603字" * 9)
    page = Page(body=apply(NOISY, edits), title="讲话")
    return explain(document(page, edits=edits, page_text=NOISY, truncated=True, truncation=cut), 80, colour)


def test_explanation_fits_a_terminal_and_shows_no_raw_control_characters() -> None:
    lines = explained().splitlines()
    assert max(map(width, lines)) <= 80
    assert all(line.isprintable() for line in lines)
    assert r"  同志们：\x1b[31m\u202e" in lines


def test_explanation_tells_the_verdict_and_every_edit_in_page_order() -> None:
    shown = explained()
    assert "truncated  yes, end; 4603 characters in all; 828 left out; “全文共4603字" in shown
    assert "id         c6c4c6c4c6c4c6c4" in shown
    assert re.findall(r"^ +\d+  ([\w.]+)(?:  (\d+) edits)?$", shown, re.MULTILINE) == [
        ("nav.crumb", ""),
        ("chunk.mark", "2"),
        ("layout.blank", ""),
        ("card.line", ""),
        ("ad.line", ""),
    ]
    assert "         line 1: " in shown
    assert "         lines 2 to 3: " in shown
    assert "- 首页 > 讲话⏎" in shown
    assert "- 1、 ¦ 2、" in shown
    assert "+ ⏎" in shown
    assert "- 下载⏎" in shown
    assert " … " in shown
    assert "+ ␣" in shown


def test_explanation_says_why_and_from_where_each_line_went() -> None:
    text = "首页\n会议讲话\n上一篇\n"
    edits = (Edit(0, 3, "", "nav.crumbs_home"), Edit(3, 8, "", "title.line"))
    shown = explain(document(Page(body=text[8:]), edits=edits, page_text=text), 200)
    for edit, where in zip(edits, ("line 1, before the text", "line 2"), strict=True):
        assert f"         {where}: {REASONS[edit.rule]}\n" in shown
    page = section(0, "a", document(Page(body=text[8:]), edits=edits, page_text=text))
    assert f'<td>line 1, before the text</td><td class="why">{escape(REASONS["nav.crumbs_home"])}</td>' in page
    assert 'title="title.line, line 2: ' in page


def test_explanation_ends_with_counts_and_is_coloured_only_when_asked() -> None:
    assert explained().split("\n\n")[-1].splitlines() == [
        "rule          edits  characters",
        "ad.line           1         495",
        "card.line         1           3",
        "chunk.mark        2           4",
        "layout.blank      1           3",
        "nav.crumb         1           8",
    ]
    assert "\x1b[31m" in explained(colour=True)
    assert re.sub(r"\x1b\[\d+m", "", explained(colour=True)) == explained()


def scrapy(*args: str | Path, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
    return Forked(scrapy_command, "clean", *map(str, args), stdin=stdin).end()


def test_a_real_run_with_one_unreadable_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"工作会议讲话\n{TEXT}\n".encode("gbk"))
    (tmp_path / "b.txt.gz").write_bytes(b"\0\1no gzip")
    page = f"<!DOCTYPE html><title>工作会议讲话</title><h1>工作会议讲话</h1><p>{TEXT}</p>"
    code, out, err = scrapy(tmp_path, "-", stdin=page.encode())
    assert code == 65
    text, html = map(json.loads, out.splitlines())
    assert TEXT in text["text"]
    assert (text["id"], text["input"], html["input"]) == (html["id"], str(tmp_path / "a.txt"), "-")
    assert err.decode().splitlines()[0].startswith(f"scrapy clean: {tmp_path / 'b.txt.gz'}: broken gzip")


@pytest.mark.parametrize(
    ("args", "code"),
    [((), 2), (("--nonsense", "x"), 2), (("--added", "gestern", "x"), 2), (("-o", "/dev/full", "-"), 2)],
)
def test_wrong_calls(args: tuple[str, ...], code: int) -> None:
    ended, out, err = scrapy(*args, stdin=TEXT.encode())
    assert (ended, out) == (code, b"")
    assert b"Traceback" not in err


def test_a_full_disk() -> None:
    code, _, err = Forked(writing_to, "/dev/full", "clean", "-o", "-", "-", stdin=TEXT.encode()).end()
    assert (code, err.count(b"\n")) == (74, 1)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    given = rows(tmp_path, *({"text": TEXT * 100} for _ in range(200)))
    process = Forked(writing_to, str(pipe), "clean", str(given))
    with pipe.open("rb", buffering=0) as reader:
        reader.read(1)
    assert process.end() == (0, b"", b"")


def closing(stream: int, *words: str) -> None:
    """Run a command without a stream, as Python begins where that one is closed."""
    os.close(stream)
    setattr(sys, ("stdin", "stdout", "stderr")[stream], None)
    scrapy_command(*words)


@pytest.mark.parametrize(
    ("closed", "place", "told"),
    [
        (0, "-", "standard input is closed; name a file or a folder"),
        (1, "in.jsonl", "standard output is closed; name a file with -o"),
    ],
)
def test_a_closed_stream_is_told_of(tmp_path: Path, closed: int, place: str, told: str) -> None:
    given = place if place == "-" else str(rows(tmp_path, {"text": TEXT}))
    assert Forked(closing, closed, "clean", given).end() == (2, b"", f"scrapy clean: {told}\n".encode())


def test_what_is_sent_to_a_closed_stream_goes_nowhere(tmp_path: Path) -> None:
    """A scheduler may close them; what is sent there must not get into a file that is opened later, nor among rows."""
    given = rows(tmp_path, {"text": TEXT}, 3)
    command = f"exec {sys.executable} -m scrapy clean {given} 2>&-"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (65, b"")
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [TEXT]


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    program = (
        "import os, sys; from crawler.terminal.stdout import hold_closed_streams; hold_closed_streams(); "
        "file = open(sys.argv[1], 'w'); os.write(1, b'x'); os.write(2, b'x'); print('x'); sys.exit(file.fileno())"
    )
    command = f'exec {sys.executable} -c "{program}" {tmp_path / "file"} <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, timeout=60, check=False).returncode > 2
    assert (tmp_path / "file").read_bytes() == b""


def test_own_columns_travel_along(tmp_path: Path) -> None:
    own = {"label": 3, "meta": {"a": [1]}, "lang": "zh", "half": "\ud83d"}
    given = rows(tmp_path, {"id": "my-1", "text": TEXT, **own}, {"text": TEXT})
    out = tmp_path / "out.jsonl"
    assert run("--keep", "label, meta,half", "-o", out, given) == 0
    first, second = records(out)
    assert list(first) == [*RECORD_FIELDS, "label", "meta", "half"]
    assert (first["label"], first["meta"], first["half"], first["input"]) == (3, {"a": [1]}, "?", "my-1")
    assert (second["label"], second["meta"], second["half"]) == (None, None, None)


def test_own_columns_keep_every_digit_and_every_level(tmp_path: Path) -> None:
    deep = "[" * 300 + "]" * 300
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text(f'{{"id":{LONG},"text":"{TEXT}","n":{{"a":[-{LONG},NaN]}},"deep":{deep}}}\n', encoding="utf-8")
    assert run("--keep", "n,deep", "-o", out, given) == 0
    written = out.read_text(encoding="utf-8")
    assert f'"n":{{"a":[-{LONG},null]}},"deep":{deep}}}' in written
    assert f'"input":"{LONG}"' in written
    assert run("--keep", "n,deep", "-o", tmp_path / "out.parquet", given) == 0
    table = pq.read_table(tmp_path / "out.parquet", columns=["n", "deep"])
    assert table.to_pylist() == [{"n": f'{{"a":[-{LONG},null]}}', "deep": deep}]


def test_what_no_json_holds_is_null_beside_a_long_number(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text(f'{{"text":"{TEXT}","a":1e999,"b":-9223372036854775809}}\n', encoding="utf-8")
    assert run("--keep", "a,b", "-o", out, given) == 0
    assert '"a":null,"b":-9223372036854775809}' in out.read_text(encoding="utf-8")


def test_a_row_that_is_nested_too_deep_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = rows(tmp_path, {"text": TEXT}, {"text": TEXT})
    deep = "[" * 1000 + "]" * 1000
    with given.open("a") as file:
        file.write(f'{{"text":"a","n":{deep}}}\n')
    assert run("--keep", "n", "-o", tmp_path / "out.jsonl", given) == 65
    assert (
        f"{given}:3: a column to keep is nested more than 400 levels deep; flatten the row" in capsys.readouterr().err
    )
    assert len(records(tmp_path / "out.jsonl")) == 2


def test_rows_with_one_fault_are_told_by_their_number_after_ten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = rows(tmp_path, *({"body": TEXT} for _ in range(1500)), {"text": 7}, {"text": TEXT})
    fault = "has neither text nor html; say which column holds the page: --columns text=COLUMN"
    for asked in ((), ("--into", tmp_path / "into")):
        assert run(*asked, given) == 65
        told = [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()]
        assert told[:10] == [f"{given}:{number}: {fault}" for number in range(1, 11)]
        assert told[10] == f"{given}:1501: text is no string; mend the row"
        assert told[11] == f"{given}: 1490 rows more: {fault}"
        assert len(told) == 13
    code, _, err = scrapy("-v", given)
    assert (code, err.count(fault.encode())) == (65, 1500)


def test_a_column_to_keep_that_no_row_has_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = rows(tmp_path, {"text": TEXT}, {"text": TEXT, "label": 1})
    assert run("--keep", "label,lable", given) == 0
    assert "clean: no row has a column 'lable'; --keep names columns of the rows\n" in capsys.readouterr().err
    assert run("--keep", "label", rows(tmp_path, {"body": TEXT, "label": 1})) == 65
    assert "no row has" not in capsys.readouterr().err


def test_what_is_passed_over_is_named_with_v(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\3\4" + bytes(40))
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert run("-v", tmp_path) == 0
    assert f"clean: {tmp_path / 'a.docx'}: skipped (.docx)\n" in capsys.readouterr().err
    assert run("-v", "--into", tmp_path.parent / "into", tmp_path) == 0
    assert f"clean: {tmp_path / 'a.docx'}: skipped (" in capsys.readouterr().err
    assert run(tmp_path / "a.docx") == 65
    assert f"{tmp_path / 'a.docx'}: is no text; take the text out of it first" in capsys.readouterr().err


def test_own_columns_are_strings_in_parquet(tmp_path: Path) -> None:
    given = rows(tmp_path, {"text": TEXT, "label": 3, "lang": "中文"}, {"text": TEXT, "label": {"a": "乙"}})
    assert run("--keep", "label,lang", "-o", tmp_path / "out.parquet", given) == 0
    table = pq.read_table(tmp_path / "out.parquet", columns=["label", "lang"])
    assert table.to_pylist() == [{"label": "3", "lang": "中文"}, {"label": '{"a":"乙"}', "lang": None}]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("id", "id: is a column of the record itself; the id of a row is found in input; rename yours"),
        ("label,title", "title: is a column of the record itself; rename yours"),
        ("label,", "label,: name columns as label,lang"),
    ],
)
def test_columns_that_cannot_be_kept(
    tmp_path: Path, columns: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--keep", columns, rows(tmp_path, {"text": TEXT})) == 2
    assert told in capsys.readouterr().err


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    row = {"nr": 7, "content": TEXT, "html": "<p>水渠</p>", "link": "http://a.example/1", "label": "x"}
    given, table = rows(tmp_path, row), tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist([row]), table)
    for path in (given, table):
        out = tmp_path / "out.jsonl"
        assert run("--columns", "text=content, url=link,id=nr", "--keep", "label", "-o", out, path) == 0
        (record,) = records(out)
        assert (record["text"], record["url"], record["input"], record["label"]) == (TEXT, row["link"], "7", "x")
        assert run("--into", tmp_path / path.suffix, "--columns", "text=content,url=link,id=nr", path) == 0
        assert records(tmp_path / path.suffix / "in.jsonl")[0]["text"] == TEXT


def test_a_column_that_is_not_there_is_told_with_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, table = rows(tmp_path, {"text": TEXT}), tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist([{"body": TEXT}]), table)
    assert run("--columns", "text=content", given) == 65
    assert (
        f"{given}:1: has no content; say which column holds the page: --columns text=COLUMN" in capsys.readouterr().err
    )
    assert run(table) == 65
    assert "has neither text nor html among its columns; say which" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("content", "content: name columns as text=content,url=link"),
        ("body=content", "body: is no field of a row; these are text, html, url, source, title, script, added, id"),
        ("text=a,text=b", "text=a,text=b: names a field or a column twice; name each once"),
        ("text=a,url=a", "text=a,url=a: names a field or a column twice; name each once"),
    ],
)
def test_columns_that_name_no_field(
    tmp_path: Path, columns: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--columns", columns, rows(tmp_path, {"text": TEXT})) == 2
    assert told in capsys.readouterr().err


def test_many_entries_of_a_rule_are_summed_up() -> None:
    text = "甲乙" * 8
    edits = tuple(Edit(at, at + 1, "", ("layout.blank", "script.hans")[at % 2]) for at in range(12))
    page = document(Page(body=text[12:]), edits=edits, page_text=text)
    short = explain(page, most=2)
    assert "  more of the same: layout.blank 4, script.hans 4; -v shows all\n" in short
    assert short.count("- 甲") == short.count("- 乙") == 2
    assert "more of the same" not in explain(page, most=6)
    assert explain(page, most=6) == explain(page)
