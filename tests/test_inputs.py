"""`read`: every form of input as one stream of pages, each in its place, and what is unreadable told in one line."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import quopri
import random
import resource
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaners.clean import clean
from crawler.inputs import page, read
from crawler.inputs.formats import InputFormat
from crawler.inputs.page import BadInput, Input, Skipped
from pipelines.near.splits import splits
from tests.offline import ROOT

TEXT = "同志们：今天开会。"


def taken(
    *paths: str | Path, stdin: bytes = b"", form: InputFormat | None = None, leave_out: Path | None = None
) -> list[Any]:
    stream = io.BufferedReader(io.BytesIO(stdin))
    return list(read(map(str, paths), stdin=stream, form=form, leave_out=[leave_out] if leave_out else ()))


def message(found: Input | BadInput) -> str:
    assert isinstance(found, BadInput), found
    return found.message


def rows(*values: Mapping[str, Any] | str) -> bytes:
    lines = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def test_files_by_their_ending(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.HTM", "d.xhtml"):
        (tmp_path / name).write_bytes(TEXT.encode("gbk"))
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    found = taken(*sorted(tmp_path.iterdir()))
    assert [(one.page.kind, one.page.body) for one in found] == [
        (None, TEXT.encode("gbk")),
        *[("html", TEXT.encode("gbk"))] * 3,
        (None, TEXT.encode()),
    ]
    assert [one.name for one in found] == [str(path) for path in sorted(tmp_path.iterdir())]


def test_rows_of_jsonl(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(
        b"\xef\xbb\xbf"
        + rows(
            {"text": "一\u2028\u0085"},
            "",
            {
                "id": "甲",
                "html": "<p>二",
                "url": "https://example.com/2",
                "source": "bibiwenku",
                "added": "2026-11-01T08:00:00Z",
            },
            {"id": 7, "text": "三", "title": "题", "script": "Hant", "metadata": {"pages": 3}, "url": None},
        )
    )
    first, second, third = taken(file)
    assert (first.name, first.page.body, first.page.kind) == (f"{file}:1", "一\u2028\u0085", "text")
    assert (second.name, second.page.kind, second.page.url) == ("甲", "html", "https://example.com/2")
    assert (second.page.source, second.added) == ("bibiwenku", "2026-11-01T08:00:00Z")
    assert (third.name, third.page.title, third.page.script) == ("7", "题", "Hant")


def test_half_surrogate_pairs_of_a_row_reach_the_decoder_only_in_its_text() -> None:
    found = taken("-", stdin=rows(r'{"id": "a\ud83d", "text": "b\ud83d"}'))
    assert [(one.name, one.page.body) for one in found] == [("a?", "b\ud83d")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("[1]", "no JSON object"),
        ("{", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ({"id": "a"}, "has neither text nor html"),
        ({"text": 3}, "text is no string"),
        ({"text": "a", "url": ["b"]}, "url is no string"),
        ({"text": "a", "script": "zh"}, "script is neither"),
    ],
)
def test_bad_rows_are_told_with_their_line_and_the_others_read(tmp_path: Path, row: Any, what: str) -> None:
    file = tmp_path / "in.ndjson"
    file.write_bytes(rows({"text": "一"}, row, {"text": "三"}))
    first, second, third = taken(file)
    assert (first.page.body, third.page.body) == ("一", "三")
    assert message(second).startswith(f"{file}:2: {what}")
    assert ";" in message(second)


def test_jsonl_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes('{"text": "讲话稿"}'.encode("gbk"))
    assert "in UTF-8" in message(taken(tmp_path / "in.jsonl")[0])


def test_folders_are_walked_in_order_and_other_files_passed_over(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "b/10.txt",
        "a/x.gold.json",
        "a/robots.txt",
        "a/y.pdf",
        "c.html",
        ".git/z.txt",
        "a/.h.txt",
        "out.jsonl",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text({"a/y.pdf": "%PDF-1.7", "a/x.gold.json": '{"title": "甲"}'}.get(name, "<p>甲</p>"))
    found = taken(tmp_path, leave_out=tmp_path / "out.jsonl")
    names = [(os.path.relpath(one.name, tmp_path), isinstance(one, Skipped) and one.reason) for one in found]
    assert names == [
        ("c.html", False),
        ("a/x.gold.json", ".json"),
        ("a/y.pdf", ".pdf"),
        ("b/10.txt", False),
        ("b/2.txt", False),
    ]


def test_saved_pages_know_address_and_time(tmp_path: Path) -> None:
    facts = {
        "url": "https://example.com/a.html",
        "fetched_at": "2026-11-01T08:00:00Z",
        "headers": {"content-type": "text/html; charset=GBK"},
        "parts": [{"url": "https://example.com/a_2.html", "file": "page_2.html"}],
    }
    (tmp_path / "meta.json").write_text(json.dumps(facts))
    for name in ("page.html", "page.txt", "page_2.html"):
        (tmp_path / name).write_text(name)
    html, text = taken(tmp_path)
    assert (html.page.url, html.added) == (text.page.url, text.added) == (facts["url"], facts["fetched_at"])
    assert (html.page.content_type, text.page.content_type) == ("text/html; charset=GBK", None)
    assert [(part.url, part.body) for part in html.page.parts] == [("https://example.com/a_2.html", b"page_2.html")]
    assert taken(tmp_path / "page.html") == [html]


@pytest.mark.parametrize(
    "facts",
    [
        *("{", "[]", '{"url": 3}', '{"headers": 3}', '{"parts": [{}]}'),
        *('{"parts": [{"url": "", "file": "page_2.html"}]}', '{"parts": [{"url": "", "file": "/"}]}'),
    ],
)
def test_a_meta_json_without_sense(tmp_path: Path, facts: str) -> None:
    (tmp_path / "meta.json").write_text(facts)
    (tmp_path / "page.html").write_text(TEXT)
    (found,) = taken(tmp_path)
    assert message(found).startswith(f"{tmp_path / 'meta.json'}: makes no sense (")


def test_a_pipe_in_the_place_of_a_meta_json_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "meta.json")
    (tmp_path / "page.html").write_text(TEXT)
    assert [page.page.body for page in taken(tmp_path)] == [TEXT.encode()]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (b'\n {"text": "a"}\n{"html": "b"}', ["text", "html"]),
        (TEXT.encode("gbk"), [None]),
        (b"<!DOCTYPE html><p>a", [None]),
        (b'{"text" is no JSON', [None]),
        (b"", [None]),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_looked_at(body: bytes, kinds: list[str | None], packed: bool) -> None:
    found = taken("-", stdin=gzip.compress(body) if packed else body)
    assert [one.page.kind for one in found] == kinds
    if kinds == [None]:
        assert (found[0].name, found[0].page.body) == ("-", body)
    else:
        assert [one.name for one in found] == ["-:2", "-:3"]


def test_a_row_that_comes_down_a_pipe_is_read_when_it_comes() -> None:
    ours, theirs = os.pipe()
    with open(ours, "rb") as stdin, open(theirs, "wb", buffering=0) as pipe:
        deadline = threading.Timer(10, pipe.close)
        deadline.start()
        pipe.write(b'{"id": "a", "text": "a"}\n')
        found = read(["-"], stdin=stdin)
        first = next(found)
        deadline.cancel()
        assert isinstance(first, Input)
        assert (first.name, pipe.closed) == ("a", False)


def test_format_says_what_standard_input_and_unknown_endings_hold(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b'{"text": "a"}')
    assert taken("-", stdin=b'{"text": "a"}', form="txt")[0].page.kind == "text"
    assert taken("-", stdin=b"a", form="html")[0].page.kind == "html"
    assert message(taken("-", stdin=b"a", form="jsonl")[0]).startswith("-:1: no JSON object")
    assert taken(tmp_path / "dump", form="jsonl")[0].page.body == "a"
    assert taken(tmp_path / "dump")[0].page.body == "a"
    (tmp_path / "program").write_bytes(b"print('a')")
    assert "--format" in message(taken(tmp_path / "program")[0])


CHINESE = "今年以来，村里组织党员群众清理沟渠，修补道路，安装路灯。"
SAVED = f"<html><head><title>村容</title></head><body><p>{CHINESE}</p></body></html>"
PAGES = {
    "a.shtml": SAVED.encode(), "b.php": SAVED.encode("gbk"), "view.asp?id=3": SAVED.encode(), "c.jsp.gz": gzip.compress(SAVED.encode()),
    "dump": CHINESE.encode("gbk"), "d.text": CHINESE.encode("utf-16"), "e.rows": rows({"text": CHINESE}), "f": SAVED.encode(),
    "g.aspx;jsessionid=1": SAVED.encode(), "第一篇": CHINESE.encode(),
}  # fmt: skip
NO_PAGES = {
    "a.css": b"p { color: red }", "b.js": b"// \xe4\xbf\xae\nvar a = 1;", "c.png": b"\x89PNG\r\n\x1a\n\0\0", "d.zip": b"PK\x03\x04\0\0",
    "e.json": '{"name": "村里组织党员群众清理沟渠"}'.encode(), "f.csv": f"{CHINESE},{CHINESE}\n".encode(), "g": b"\0\1\2\3" * 9,
    "h.tgz": gzip.compress(b"a\0\0\0" * 300), "i.xml": f"<?xml version='1.0'?><rss><title>{CHINESE}</title></rss>".encode(), "j.bin": b"",
}  # fmt: skip


@pytest.mark.matrix(61, "saved pages and dumps with any ending are found by their bytes; all else is counted")
def test_other_endings_in_a_folder_are_judged_by_their_bytes(tmp_path: Path) -> None:
    for name, body in {**PAGES, **NO_PAGES}.items():
        (tmp_path / name).write_bytes(body)
    found = taken(tmp_path)
    assert {os.path.basename(one.name).removesuffix(":1") for one in found if isinstance(one, Input)} == set(PAGES)
    assert {one.name.rpartition("/")[2]: one.reason for one in found if isinstance(one, Skipped)} == {
        name: os.path.splitext(name)[1] or "no ending" for name in NO_PAGES
    }
    assert all(CHINESE[:-1] in clean(one.page).text for one in found if isinstance(one, Input))


@pytest.mark.parametrize(("coding", "charset"), [("quoted-printable", "utf-8"), ("base64", "gbk"), ("8bit", "utf-8")])
def test_mhtml_is_the_page_in_it(tmp_path: Path, coding: str, charset: str) -> None:
    body = SAVED.encode(charset)
    codings = {"quoted-printable": quopri.encodestring(body), "base64": base64.encodebytes(body), "8bit": body}
    (tmp_path / "a.mhtml").write_bytes(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wenku.example/d/1\r\nSubject: =?utf-8?B?5p2R?=\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n'
        b"----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b"----x\r\nContent-Type: text/html; charset=%b\r\nContent-Transfer-Encoding: %b\r\n"
        b"Content-Location: https://wenku.example/d/1\r\n\r\n%b\r\n----x--\r\n"
        % (charset.encode(), coding.encode(), codings[coding])
    )
    (found,) = taken(tmp_path)
    assert isinstance(found, Input)
    document = clean(found.page)
    assert (document.text, document.url) == (CHINESE, "https://wenku.example/d/1")


@pytest.mark.parametrize("name", ["a.mht", "a"])
def test_mhtml_may_begin_with_its_type_and_hold_pictures_as_they_are(tmp_path: Path, name: str) -> None:
    """So Opera and Chrome on telephones write it."""
    (tmp_path / name).write_bytes(
        b'Content-Type: multipart/related; boundary="--x"\r\nContent-Location: https://wenku.example/d/1\r\n\r\n'
        b"----x\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: binary\r\n\r\n%b\r\n"
        b"----x\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: binary\r\n\r\n%b\r\n----x--\r\n"
        % (SAVED.encode("gbk"), bytes(range(256)) * 40)
    )
    (found,) = taken(tmp_path)
    assert isinstance(found, Input)
    document = clean(found.page)
    assert (document.text, document.url) == (CHINESE, "https://wenku.example/d/1")


@pytest.mark.matrix(61, "in an ASCII, Latin-1 or GBK locale commands print what they have to, and end with 0")
@pytest.mark.parametrize(
    "encoding", ["ascii", *(pytest.param(each, marks=pytest.mark.long) for each in ("latin-1", "gbk"))]
)
def test_any_locale_gets_its_output(tmp_path: Path, encoding: str) -> None:
    for words in (
        ["sites"],
        ["crawl", "taowenge", "--replay", "fixtures", "-s", f"DATA_DIR={tmp_path}", "-s", "FREE_MB=0"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C", "PYTHONUTF8": "0"},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr[-500:]
        assert done.stdout
    assert (tmp_path / "reports/runs.jsonl").read_bytes()


def test_what_is_not_there_or_broken(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(rows({"text": "甲"}, {"text": "乙" * 9999}))[:-20])
    (tmp_path / "no.txt.gz").write_bytes(b"\0\1")
    (tmp_path / "empty").mkdir()
    names = ("none.txt", "none", "cut.jsonl.gz", "no.txt.gz", "empty")
    found = taken(*(tmp_path / name for name in names))
    assert [message(one).removeprefix(str(tmp_path)) for one in found if isinstance(one, BadInput)] == [
        "/none.txt: no such file; check the path",
        "/none: no such file; check the path",
        "/cut.jsonl.gz:2: broken gzip (it ends too early); pack or fetch it again",
        "/no.txt.gz: broken gzip (it begins with b'\\x00\\x01'); pack or fetch it again",
        "/empty: holds no .txt, .html, .htm, .xhtml, .mhtml, .mht, .jsonl, .ndjson, .parquet, .warc, .wet file and no other page; name another folder",
    ]


def test_a_bad_row_of_a_table_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    texts = pa.array(["甲".encode(), b"\xb4\xba", "乙".encode()]).view(pa.string())
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": [1]}), tmp_path / "b.parquet")
    first, bad, last, number = taken(tmp_path)
    assert [each.page.body for each in (first, last) if isinstance(each, Input)] == ["甲", "乙"]
    assert message(bad) == f"{tmp_path / 'a.parquet'}:2: a column holds no UTF-8; mend the row"
    assert message(number) == f"{tmp_path / 'b.parquet'}:1: text is no string; mend the row"


def test_names_that_are_not_utf8_can_be_written(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/\xb7\xb6.txt"
    with open(file, "wb") as stream:
        stream.write(b"a")
    name = taken(os.fsdecode(file))[0].name
    assert name == f"{tmp_path}/\\xb7\\xb6.txt"
    found = subprocess.run(["bash", "-c", f"cat $'{name}'"], capture_output=True, check=True)
    assert found.stdout == b"a"


def test_too_large_is_an_error_and_the_next_row_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_BYTES", 1 << 20)
    (tmp_path / "a.txt").write_bytes(b"a" * ((1 << 20) + 1))
    (tmp_path / "b.jsonl").write_bytes(rows({"text": "a" * (5 << 20)}, {"text": "乙"}))
    large, row, after = taken(tmp_path)
    assert "larger than 1 MiB" in message(large)
    assert message(row).startswith(f"{tmp_path / 'b.jsonl'}:1: line longer than 1 MiB")
    assert (after.name, after.page.body) == (f"{tmp_path / 'b.jsonl'}:2", "乙")


def test_jsonl_is_not_loaded_whole(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "in.jsonl.gz", "wb", compresslevel=1) as stream:
        for _ in range(200):
            stream.write(rows({"text": "a" * (1 << 20)}) + b"\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open(os.devnull, "rb") as nothing:
        number = sum(1 for _ in read([str(tmp_path / "in.jsonl.gz")], stdin=nothing))
    assert number == 200
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KiB


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(5000)
    for name, body in (("a.txt", noise), ("b.txt", b"%PDF-1.7\n" + noise), ("c.txt", b"\x01\x02\x03 abc" * 99)):
        (tmp_path / name).write_bytes(body)
        assert f"{name}: is no text; " in message(*taken(tmp_path / name))


@pytest.mark.parametrize(
    "signature",
    [b"PAR1\x15", b"ARROW1\0\0", b"Obj\1", b"\x89HDF", b"\x93NUMPY", b"\x80\3", b"\x80\4\x95", b"\x80\5\x95"],
)
def test_a_table_of_another_program_is_no_text_whatever_it_holds(tmp_path: Path, signature: bytes) -> None:
    body = signature + TEXT.encode() * 400
    (tmp_path / "a.txt").write_bytes(body)
    assert "a.txt: is no text; " in message(*taken(tmp_path / "a.txt"))
    told = "holds Parquet, which is not read from its start" if signature == b"PAR1\x15" else "is no text"
    assert f"-: {told}" in message(*taken("-", stdin=body))


def test_a_text_on_lamps_is_no_parquet(tmp_path: Path) -> None:
    assert taken("-", stdin="PAR16射灯使用说明".encode())[0].page.body == "PAR16射灯使用说明".encode()


def test_a_file_padded_with_zeros_is_a_text_and_one_of_zeros_is_none(tmp_path: Path) -> None:
    for number, body in enumerate((TEXT.encode(), TEXT.encode("gbk"))):
        (tmp_path / f"{number}.txt").write_bytes(body + bytes(4096))
        assert taken(tmp_path / f"{number}.txt")[0].page.body == body + bytes(4096)
    (tmp_path / "zeros.txt").write_bytes(bytes(4096))
    assert "zeros.txt: is no text; " in message(*taken(tmp_path / "zeros.txt"))


@pytest.mark.parametrize(
    "body",
    [
        "关于召开春耕\ufffd\ufffd工作会议的通知：定于三月五\ufffd\ufffd召开，请\ufffd时参加。".encode(),
        "\ufffd".join("今年春天全县新修水渠十二公里").encode(),
        "定于三月五日召开会议。".encode()[:-1] * 8,
        "定于三月五日召开会议，请准时参加。".encode("gbk") + b"\xff\xff\xff",
        "会议😀定于三月五日召开。".encode().replace("😀".encode(), b"\xed\xa0\xbd\xed\xb8"),
    ],
)
def test_text_that_lost_characters_is_text(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "t.txt").write_bytes(body)
    (found,) = taken(tmp_path / "t.txt")
    assert isinstance(found, Input)
    assert "undecodable" in clean(found.page).flags


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-32"])
def test_text_in_any_encoding_is_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.txt").write_bytes(("我們今天召開會議，總結去年的工作。" * 9).encode(encoding, "ignore"))
    (found,) = taken(tmp_path / "t.txt")
    assert isinstance(found, Input)


def test_folders_read_regular_files_only(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside.txt"
    (folder / "inner").mkdir(parents=True)
    for file in (folder / "a.txt", folder / "inner/b.txt", outside):
        file.write_text(TEXT)
    os.mkfifo(folder / "pipe.txt")
    (folder / "noise.jsonl").symlink_to("/dev/urandom")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "out.txt").symlink_to(outside)
    (folder / "same.txt").symlink_to("inner/b.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "inner/round").symlink_to(folder)
    found = [(os.path.relpath(one.name, folder), getattr(one, "reason", "")) for one in taken(folder)]
    assert found == [
        ("a.txt", ""),
        ("gone.txt", "link"),
        ("loop.txt", "link"),
        ("noise.jsonl", "device"),
        ("out.txt", "link"),
        ("pipe.txt", "pipe"),
        ("same.txt", ""),
        ("inner/b.txt", ""),
        ("inner/round", "link"),
    ]


def test_a_named_pipe_is_read_as_standard_input_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(f'{{"text": "{TEXT}"}}\n',))
    writer.start()
    (found,) = taken(pipe)
    writer.join(timeout=30)
    assert isinstance(found, Input)
    assert (found.name, found.page.body) == (f"{pipe}:1", TEXT)


@pytest.mark.parametrize("name", ["noise.txt", "noise.jsonl", "noise"])
def test_a_device_without_end_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("/dev/zero")
    (found,) = taken(tmp_path / name)
    assert isinstance(found, BadInput)
    assert found.message.endswith(f"{name}: is a device; name a file, a folder, or - for standard input")


def test_copies_are_sought_in_regular_files_only(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "甲"}\n')
    os.mkfifo(tmp_path / "b.jsonl")
    (tmp_path / "c.jsonl").symlink_to("/dev/urandom")
    skipped: Counter[str] = Counter()
    assert [str(split) for split in splits(tmp_path, skipped=skipped)] == [str(tmp_path / "a.jsonl")]
    assert skipped == {"pipe": 1, "device": 1}


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+10:00", "gestern"])
def test_a_time_without_sense_costs_its_page_only(tmp_path: Path, when: str) -> None:
    for name, added in (("a", when), ("b", "2026-11-01T08:00:00Z")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(TEXT)
        (tmp_path / name / "meta.json").write_text(json.dumps({"url": "http://a.example/", "fetched_at": added}))
    bad, good = taken(tmp_path)
    assert isinstance(bad, BadInput)
    assert "meta.json: makes no sense" in bad.message
    assert isinstance(good, Input)
    assert good.added == "2026-11-01T08:00:00Z"


def test_mhtml_without_a_page_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: image/jpeg\r\n'
        b"Content-Transfer-Encoding: binary\r\n\r\n" + bytes(range(256)) * 8 + b"\r\n--b--\r\n"
    )
    (found,) = taken(tmp_path / "a.mht")
    assert isinstance(found, BadInput)
