"""Ledgers of older versions are brought up to date in place, whole or not at all."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from pipelines.ledger.connection import LedgerError, ledger_error
from pipelines.ledger.documents import Ledger, PageStatus
from pipelines.ledger.schema import SCHEMA_VERSION
from pipelines.ledger.shards import write_shards
from tests.documents import ADDED, document

VERSION_2 = f"""
CREATE TABLE documents (
    seq INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, source TEXT NOT NULL, place INTEGER NOT NULL,
    superseded INTEGER NOT NULL DEFAULT 0, record BLOB NOT NULL, text BLOB NOT NULL, UNIQUE (source, place)
);
CREATE TABLE urls (
    seq INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('document', 'no_text')), document INTEGER REFERENCES documents
);
CREATE INDEX urls_document ON urls (document);
CREATE TABLE supersessions (
    newer INTEGER NOT NULL REFERENCES documents, older INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (newer, older)
) WITHOUT ROWID;
CREATE TABLE stale_shards (
    source TEXT NOT NULL, shard INTEGER NOT NULL, touched INTEGER NOT NULL, PRIMARY KEY (source, shard)
) WITHOUT ROWID;
CREATE TABLE strikes (url TEXT PRIMARY KEY, site TEXT NOT NULL, crashes INTEGER NOT NULL) WITHOUT ROWID;
PRAGMA application_id = {int.from_bytes(b"wenq")};
PRAGMA user_version = 2;
"""
"""What the program of version 2 wrote into a new file."""

OLD, NEW, OTHER = (
    document(text, f"https://a.example/{name}") for text, name in (("旧文", "1"), ("新文", "1"), ("别文", "2"))
)


def version_2(path: Path) -> None:
    """Write a ledger with three documents, one superseded, a page without text, and two pages with strikes."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(VERSION_2)
        for seq, each in enumerate((OLD, NEW, OTHER), start=1):
            record = {key: value for key, value in each.record(added=ADDED).items() if key != "text"}
            row = (seq, each.sha256, each.source, seq - 1, each is OLD, orjson.dumps(record))
            db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, zlib.compress(each.text.encode())))
        db.executemany(
            "INSERT INTO urls VALUES (?, ?, 'taowenge', ?, ?)",
            [
                (1, NEW.url, "document", 2),
                (2, "https://a.example/none", "no_text", None),
                (3, OTHER.url, "document", 3),
            ],
        )
        db.execute("INSERT INTO supersessions VALUES (2, 1)")
        db.executemany(
            "INSERT INTO strikes VALUES (?, 'taowenge', ?)", [("https://a.example/poison", 2), (OTHER.url, 1)]
        )


def state(path: Path) -> list[tuple[str, str, str, int | None, int]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT url, state, kind, document, strikes FROM urls ORDER BY seq").fetchall()


@pytest.mark.matrix(49, "a ledger of an older version is brought up to date in one transaction and loses nothing")
@pytest.mark.parametrize("create", [True, False], ids=["crawl", "export"])
def test_a_ledger_of_version_2_loses_nothing(tmp_path: Path, *, create: bool) -> None:
    path = tmp_path / "ledger.sqlite"
    version_2(path)
    for _ in range(2):
        ledger = Ledger(path, create=create)
        records = [ledger.record(seq) for seq in ledger.documents()]
        assert [(record["text"], record["urls"], record["supersedes"]) for record in records] == [
            ("新文", [NEW.url], [OLD.key]),
            ("别文", [OTHER.url], None),
        ]
        assert ledger.crash_counts(site="taowenge") == {"https://a.example/poison": 2, OTHER.url: 1}
        assert ledger.classify(str(NEW.url), str(NEW.sha256))[0] is PageStatus.UNCHANGED
        write_shards(ledger, tmp_path / "documents")
        ledger.close()
    assert state(path) == [
        (NEW.url, "done", "document", 2, 0),
        ("https://a.example/none", "done", "no_text", None, 0),
        (OTHER.url, "done", "document", 3, 1),
        ("https://a.example/poison", "quarantined", None, None, 2),
    ]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert not tables & {"strikes", "urls_2"}


def test_everything_of_an_older_ledger_is_due(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    version_2(path)
    ledger = Ledger(path)
    due = [row.url for row in ledger.due("taowenge", 1)]
    ledger.close()
    assert due == [NEW.url, "https://a.example/none", OTHER.url]


def test_a_ledger_of_version_1_had_no_strikes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    version_2(path)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TABLE strikes; PRAGMA user_version = 1;")
    ledger = Ledger(path)
    assert (len(ledger.documents()), ledger.crash_counts(site="taowenge")) == (2, {})
    ledger.close()


def test_an_upgrade_that_fails_leaves_the_old_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    version_2(path)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE urls_struck (x);")
    before = path.read_bytes()
    with pytest.raises(LedgerError):
        Ledger(path)
    assert path.read_bytes() == before


@pytest.mark.matrix(49, "a read-only ledger is refused with a line that says so")
def test_a_read_only_ledger_says_so(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger._db.execute("PRAGMA query_only = ON")
    with pytest.raises(LedgerError, match="it is read-only: allow this user to write"):
        ledger.count_crash("u", site="s")
    ledger.close()


@pytest.mark.parametrize(
    ("error", "remedy"),
    [(PermissionError(13, "Permission denied"), "read-only"), (OSError(28, "No space left on device"), "space")],
)
def test_the_remedy_fits_the_trouble(tmp_path: Path, error: OSError, remedy: str) -> None:
    assert remedy in str(ledger_error(tmp_path, error))
