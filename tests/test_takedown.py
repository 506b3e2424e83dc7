"""`scrapy takedown`: a document goes out of ledger, shards and exports, and stays out."""

from __future__ import annotations

import errno
import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from cleaners.model import Document
from crawler.commands.export import export
from crawler.files.compression import opened
from crawler.files.outputs import Output
from crawler.files.warc_reader import WarcRecord, WarcRecordError, records
from crawler.frontier.takedowns import document_key
from pipelines.ledger import takedowns
from pipelines.ledger.documents import Ledger, PageStatus
from pipelines.ledger.lock import hold_lock
from pipelines.ledger.shards import write_shards
from pipelines.ledger.texts import compressed, decompressed
from pipelines.near.labels import label_ledger
from tests.documents import ADDED, document
from tests.hostile import Hostile, answer
from tests.live import Live, Ran, site_at
from tests.offline import RunCommand

FIRST, SECOND, THIRD = "https://a.example/1", "https://a.example/2", "https://b.example/3"
OLD, NEW, OTHER = "旧文：植树活动的安排。", "新文：植树活动的安排有变。", "别的一篇：防汛值守。"


def add(data: Path, *documents: Document) -> None:
    ledger = Ledger(data / "ledger.sqlite")
    for found in documents:
        ledger.add(found, site="taowenge", added=ADDED)
        ledger.commit()
    write_shards(ledger, data / "documents")
    ledger.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder: one document in two versions and at two addresses, and another one."""
    data = tmp_path / "data"
    add(data, document(OLD, FIRST), document(NEW, FIRST), document(NEW, SECOND), document(OTHER, THIRD))
    return data


@pytest.fixture
def run(data: Path, run_command: RunCommand) -> RunCommand:
    """Run `scrapy takedown` over the data folder; return exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        return run_command("takedown", *arguments, "-s", f"DATA_DIR={data}")

    return run


def everything(data: Path) -> bytes:
    """Return all bytes below the folder, and what the ledger's texts unpack to."""
    with sqlite3.connect(data / "ledger.sqlite") as db:
        texts = [decompressed(text).encode() for (text,) in db.execute("SELECT text FROM documents")]
    db.close()
    return b"".join([*(path.read_bytes() for path in data.rglob("*") if path.is_file()), *texts])


@pytest.mark.matrix(
    row=31, promise="named by a URL or a key, a document is gone from ledger, shards and exports, in all its versions"
)
@pytest.mark.parametrize(
    "name",
    [
        FIRST,
        SECOND,
        "http://www.a.example/2?utm_source=x#top",
        document(NEW).key,
        str(document(NEW).sha256).upper(),
        document(OLD).key,
    ],
)
def test_taken_down(run: RunCommand, data: Path, tmp_path: Path, name: str) -> None:
    kept = compressed(NEW)
    assert kept in everything(data)
    code, out, err = run(name, "--why", "the author asked")
    urls = 3 if "utm" in name else 2  # as it was written, too
    assert (code, err) == (0, "")
    assert out == f"{name}: 2 documents removed; {urls} URLs and 2 texts are refused from now on\n"
    left = everything(data)
    assert kept not in left
    assert "植树".encode() not in left
    assert OTHER.encode() in left
    assert export(data / "ledger.sqlite", Output("txt", tmp_path / "txt")).documents == 1


@pytest.mark.matrix(
    row=31, promise="the ledger refuses the texts and the URLs taken down, from whatever page they come"
)
def test_refused_by_the_ledger(run: RunCommand, data: Path) -> None:
    run(FIRST)
    add(
        data,
        document(NEW, "https://c.example/9"),
        document("改写过的一篇。", SECOND),
        document("第三篇。", "https://c.example/10"),
    )
    shards = b"".join(path.read_bytes() for path in (data / "documents").glob("*.jsonl")).decode()
    assert [text in shards for text in (OLD, NEW, "改写过", OTHER, "第三篇")] == [False, False, False, True, True]


def test_what_waits_for_a_commit_is_refused_too(run: RunCommand, data: Path) -> None:
    ledger = Ledger(data / "ledger.sqlite")
    ledger.add(document(NEW, "https://c.example/9"), site="taowenge", added=ADDED)
    run(FIRST)
    ledger.commit()
    assert len(ledger.documents()) == 1
    ledger.close()


def test_a_url_that_is_not_known_yet(run: RunCommand, data: Path) -> None:
    before = everything(data)
    code, out, _ = run("https://c.example/new")
    assert (code, out) == (
        0,
        "https://c.example/new: 0 documents removed; 1 URL and 0 texts are refused from now on\n",
    )
    ledger = Ledger(data / "ledger.sqlite")
    assert takedowns.refused_urls(ledger) == {"https://c.example/new"}
    assert len(ledger.documents()) == 2
    ledger.close()
    assert len(before) > 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name a document"),
        (["0123456789abcdef"], "no document has this id; nothing was taken down"),
        ([FIRST, "0123456789abcdef"], "0123456789abcdef: no document has this id; nothing was taken down"),
        (["植树"], "neither a URL nor an id"),
        (["ftp://a.example/1"], "neither a URL nor an id"),
        (["https://[a"], "neither a URL nor an id"),
        (["--undo", FIRST], "was not taken down"),
        (["--list", FIRST], "--list takes nothing else"),
        (["--force", FIRST], "unknown option --force"),
        (["\x1b[2J"], "neither a URL nor an id"),
    ],
)
def test_wrong_usage_takes_nothing(run: RunCommand, data: Path, arguments: list[str], told: str) -> None:
    before = everything(data)
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert "\x1b" not in err
    assert everything(data) == before


def test_no_ledger(run: RunCommand, data: Path) -> None:
    (data / "ledger.sqlite").unlink()
    code, _, err = run(FIRST)
    assert (code, err.count("\n")) == (2, 1)
    assert not (data / "ledger.sqlite").exists()


def test_shards_of_another_run_follow(run: RunCommand, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.commands.takedown._WAIT_SECONDS", 0.1)
    with hold_lock(data / "documents/.lock"):
        code, _, err = run(FIRST)
    assert (code, err.count("\n")) == (75, 1)
    ledger = Ledger(data / "ledger.sqlite")
    write_shards(ledger, data / "documents")
    ledger.close()
    assert "植树".encode() not in everything(data)


def test_listed_and_lifted(run: RunCommand, data: Path) -> None:
    assert run("--list") == (0, "nothing was taken down\n", "")
    run(FIRST, "--why", "作者\x1b[2J要求")
    assert "was taken down before, as https://a.example/1" in run(SECOND)[1]
    _, out, _ = run("--list")
    heading, row = out.splitlines()
    assert heading.split() == ["added", "named", "urls", "texts", "why"]
    assert row.split()[1:] == [FIRST, "2", "2", "作者\\x1b[2J要求"]
    assert run("--undo", str(document(OLD).key))[0] == 0
    assert run("--list") == (0, "nothing was taken down\n", "")
    ledger = Ledger(data / "ledger.sqlite")
    assert ledger.classify(SECOND, str(document(NEW).sha256))[0] is PageStatus.NEW
    ledger.close()
    add(data, document(NEW, SECOND))
    ledger = Ledger(data / "ledger.sqlite")
    assert [ledger.record(seq)["text"] for seq in ledger.documents()] == [NEW, OTHER]
    assert ledger.record(2)["urls"] == [SECOND]
    assert ledger.record(2) == document(NEW, SECOND).record(added=ADDED)
    ledger.close()


def test_a_takedown_is_whole_or_not_at_all(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(data)
    ledger = Ledger(data / "ledger.sqlite")
    documents = takedowns.versions(ledger, urls=[FIRST])
    monkeypatch.setattr(takedowns, "_STEPS", (*takedowns._STEPS, "INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(Exception, match="nowhere"):
        takedowns.take_down(ledger, FIRST, urls=[FIRST], documents=documents, added=ADDED, why="")
    ledger.close()
    assert everything(data) == before


def test_a_document_that_is_taken_down_while_it_is_exported_is_left_out(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Ledger.documents

    def then_taken_down(ledger: Ledger, source: str | None = None) -> list[int]:
        found = both(ledger, source)
        documents = takedowns.versions(ledger, urls=[FIRST])
        takedowns.take_down(ledger, FIRST, urls=[FIRST], documents=documents, added=ADDED, why="")
        return found

    monkeypatch.setattr(Ledger, "documents", then_taken_down)
    assert export(data / "ledger.sqlite", Output("a", tmp_path / "a.jsonl"), "jsonl").documents == 1


PAGE = (
    "<html><body><h1>关于开展春季植树活动的通知</h1>"
    "<p>各科室：经研究，定于四月二日上午在北山公园开展植树活动，请各科室派三人参加。</p>"
    "<p>参加人员自带工具，八点在办公楼前集合，遇雨顺延。</p></body></html>"
)
LATER = PAGE.replace("植树", "义务植树")


@pytest.mark.matrix(
    row=31, promise="a crawl does not ask for its URLs again, and stores its text from no other; both are counted"
)
def test_a_crawl_keeps_it_out(run: RunCommand, live: Live, hostile: Hostile, data: Path) -> None:
    host = hostile.host()
    listed = ["/d/1", "/d/2"]
    host.routes["/robots.txt"] = lambda ask: answer("", 404)
    host.routes["/"] = lambda ask: answer("".join(f'<a href="{path}?utm_source=x">甲</a>' for path in listed))
    host.routes["/d/1"] = lambda ask: answer(PAGE)
    host.routes["/d/2"] = lambda ask: answer(LATER)

    def crawl() -> Ran:
        return live.crawl(site_at(host), data)

    assert crawl().stats["documents/stored"] == 2
    assert run(f"{host.url('/d/1')}#top")[0] == 0
    listed.append("/d/3")
    host.routes["/d/3"] = lambda ask: answer(PAGE)
    asked = len(host.log)
    again = crawl()
    assert not [ask.target for ask in host.log[asked:] if "/d/1" in ask.target]
    assert again.stats["takedown/refused"] == 1
    assert again.stats["takedown/dropped"] == 1
    assert again.summary.reasons == {"TakenDown": 1}
    assert "documents/stored" not in again.stats
    assert [record["text"].count("义务植树") for record in again.records() if record["source"] == "demo"] == [1]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A data folder with a document, a near copy of it, and another document, judged."""
    data = tmp_path / "copied"
    whole = "".join(f"第{number}组今年修渠{number}里，户户都出了力，{OTHER}" for number in "甲乙丙丁戊己庚辛壬癸")
    add(data, document(whole, FIRST), document(f"{whole}又及：明年再修。", SECOND), document(OTHER, THIRD))
    label_ledger(data)
    return data


@pytest.mark.matrix(
    row=31, promise="documents that share the text of one taken down are told, and go if asked; prints go"
)
@pytest.mark.parametrize("copies", [False, True])
def test_near_copies_are_told_or_taken_down(copied: Path, run_command: RunCommand, copies: bool) -> None:
    with closing(Ledger(copied / "ledger.sqlite")) as ledger:
        (copy,) = takedowns.near_copies(ledger, takedowns.versions(ledger, urls=[FIRST]))
    assert (copied / "near.sqlite").exists()
    code, out, err = run_command("takedown", FIRST, *(["--copies"] if copies else []), "-s", f"DATA_DIR={copied}")
    assert (code, err, (copied / "near.sqlite").exists()) == (0, "", False)
    assert (f"1 document stays that shares its text: {copy.key}" in out) is not copies
    assert ("2 documents removed" in out) is copies
    with closing(Ledger(copied / "ledger.sqlite")) as ledger:
        assert (SECOND in takedowns.refused_urls(ledger)) is copies
    label_ledger(copied)
    rows = sum(path.read_bytes().count(b"\n") for path in (copied / "documents").glob("*.jsonl"))
    assert rows == (1 if copies else 2)


@pytest.mark.matrix(row=31, promise="takedown --archive takes its records out of the archive, each file whole or not")
def test_the_archive_loses_what_was_taken_down(
    run: RunCommand, live: Live, hostile: Hostile, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer('<a href="/d/1">甲</a><a href="/d/2">乙</a>')
    host.routes["/d/1"], host.routes["/d/2"] = lambda ask: answer(PAGE), lambda ask: answer(LATER)
    live.crawl(site_at(host), data, {"ARCHIVE": True})
    (path,) = (data / "warc").iterdir()

    def kept() -> list[str]:
        with opened(path) as stream:
            found = list(records(stream, lambda _: False, 0))
        assert not [each for each in found if isinstance(each, WarcRecordError)]
        return [each.url for each in found if isinstance(each, WarcRecord)]

    before, whole = kept(), path.read_bytes()
    assert before.count(host.url("/d/1")) == 2
    assert run("https://nowhere.example/1", "--archive")[:2] == (0, "https://nowhere.example/1: 0 documents removed; "
        "1 URL and 0 texts are refused from now on\narchive: 0 records taken out of 0 files\n")  # fmt: skip
    assert path.read_bytes() == whole
    assert run(f"{host.url('/d/1')}?utm_source=x")[0] == 0
    with hold_lock(data / "demo.lock"):
        assert run("--archive")[0] == 75
    monkeypatch.setattr(os, "fsync", fails)
    assert (run("--archive")[0], path.read_bytes() == whole) == (74, True)
    monkeypatch.undo()
    assert run("--archive")[:2] == (0, "archive: 2 records taken out of 1 file\n")
    assert kept() == [url for url in before if url != host.url("/d/1")]
    path.write_bytes(whole[:-40])
    code, _, err = run("--archive")
    assert (code, err.count("\n"), path.read_bytes()) == (65, 1, whole[:-40])


def test_drafts_and_the_page_of_a_review_lose_what_was_taken_down(
    run: RunCommand, data: Path, run_command: RunCommand
) -> None:
    for name, url, parts in (
        ("one", FIRST, []),
        ("two", THIRD, [{"url": SECOND, "file": "page_2.html"}]),
        ("three", THIRD, []),
    ):
        case = data / "newsite/site" / name
        case.mkdir(parents=True)
        (case / "page.html").write_text(NEW if name != "three" else OTHER, encoding="utf-8")
        (case / "meta.json").write_bytes(orjson.dumps({"url": url, "parts": parts}))
    assert run_command("review", "-s", f"DATA_DIR={data}")[0] == 0
    review = data / "reports/review.html"
    code, out, _ = run("https://nowhere.example/1")
    assert (code, out.count("\n"), review.exists()) == (0, 1, True)
    code, out, _ = run(FIRST, SECOND)
    assert code == 0
    assert [f"{data / 'newsite/site' / name}: removed" in out for name in ("one", "two", "three")] == [
        True,
        True,
        False,
    ]
    assert f"{review}: removed" in out
    assert NEW.encode() not in everything(data)
    assert OTHER.encode() in (data / "newsite/site/three/page.html").read_bytes()


def fails(_: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


VERSION_2 = """
CREATE TABLE documents (seq INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
    place INTEGER NOT NULL, superseded INTEGER NOT NULL DEFAULT 0, record BLOB NOT NULL, text BLOB NOT NULL,
    UNIQUE (source, place));
CREATE TABLE urls (seq INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('document', 'no_text')), document INTEGER REFERENCES documents);
CREATE INDEX urls_document ON urls (document);
CREATE TABLE supersessions (newer INTEGER NOT NULL REFERENCES documents, older INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (newer, older)) WITHOUT ROWID;
CREATE TABLE stale_shards (source TEXT NOT NULL, shard INTEGER NOT NULL, touched INTEGER NOT NULL,
    PRIMARY KEY (source, shard)) WITHOUT ROWID;
CREATE TABLE strikes (url TEXT PRIMARY KEY, site TEXT NOT NULL, crashes INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO urls (url, site, state) VALUES ('https://a.example/9', 'taowenge', 'no_text');
PRAGMA application_id = 0x77656e71;
PRAGMA user_version = 2;
"""


def test_a_ledger_of_version_2_gains_takedowns_and_is_masked(run: RunCommand, data: Path, tmp_path: Path) -> None:
    found = document("致电13812345678。", THIRD)
    stored = found.record(added=ADDED)
    with sqlite3.connect(tmp_path / "old.sqlite") as db:
        db.executescript(VERSION_2)
        db.execute(
            "INSERT INTO documents VALUES (1, ?, 'taowenge', 0, 0, ?, ?)",
            (found.sha256, orjson.dumps(stored), zlib.compress(found.text.encode())),
        )
        db.execute("INSERT INTO urls (url, site, state, document) VALUES (?, 'taowenge', 'document', 1)", (THIRD,))
    db.close()
    (tmp_path / "old.sqlite").replace(data / "ledger.sqlite")
    shard = data / "documents/taowenge-000000.jsonl"
    shard.write_bytes(orjson.dumps(stored) + b"\n")  # as version 2 wrote it
    ledger = Ledger(data / "ledger.sqlite")
    assert ledger.record(1) == stored
    write_shards(ledger, data / "documents")
    ledger.close()
    assert "致电〔手机号〕。" in shard.read_text("utf-8")
    assert run(THIRD)[0] == 0
    assert not shard.exists()


def test_a_takedown_names_all_pages_of_a_document() -> None:
    desktop, mobile = "https://www.taowenge.com/p-35545964.html", "http://m.taowenge.com/d-35545964.html"
    assert document_key(desktop) == document_key(mobile)
    assert document_key(desktop) != document_key("https://www.taowenge.com/p-35545965.html")
    assert document_key("http://m.wnwk.com/doc/7.html") == document_key("https://wnwk.com/doc/7.html")
