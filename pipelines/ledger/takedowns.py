"""Takedowns: documents that are removed from the ledger, then refused by URL and by text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from pipelines.ledger.documents import Ledger
from pipelines.ledger.schema import touch_shards
from pipelines.ledger.texts import NO_TEXT

_VERSIONS = """
WITH RECURSIVE versions (seq) AS (
    SELECT seq FROM documents WHERE sha256 LIKE ? OR seq IN (
        SELECT document FROM urls WHERE url IN (SELECT value FROM json_each(?))
    )
    UNION
    SELECT CASE WHEN newer = seq THEN older ELSE newer END FROM versions JOIN supersessions ON seq IN (newer, older)
)
"""
"""The documents that are named, and all that supersede them or are superseded by them."""

_STEPS = (
    "INSERT INTO takedowns (named, url, added, why) "
    "SELECT :named, url, :added, :why FROM urls "
    "WHERE document IN (SELECT CAST(value AS BIGINT) FROM json_each(:documents)) ORDER BY seq ON CONFLICT DO NOTHING",
    "INSERT INTO takedowns (named, url, added, why) "
    "SELECT :named, value, :added, :why FROM json_each(:urls) WHERE true ON CONFLICT DO NOTHING",
    "INSERT INTO takedowns (named, sha256, added, why) SELECT :named, sha256, :added, :why FROM documents "
    "WHERE seq IN (SELECT CAST(value AS BIGINT) FROM json_each(:documents)) ORDER BY seq ON CONFLICT DO NOTHING",
    "DELETE FROM supersessions WHERE newer IN (SELECT CAST(value AS BIGINT) FROM json_each(:documents)) "
    "OR older IN (SELECT CAST(value AS BIGINT) FROM json_each(:documents))",
    "DELETE FROM urls WHERE url IN (SELECT url FROM takedowns)",
)
"""What a takedown does, in one transaction that also empties the rows and has the shards written again: refuse."""
_NAMED = "SELECT seq, sha256, source FROM documents WHERE seq IN (SELECT CAST(value AS BIGINT) FROM json_each(?))"
_EMPTY = "UPDATE documents SET superseded = 1, checksum = NULL, text = ?, record = ? WHERE seq = ?"

_LISTED = """
SELECT named, min(added), min(why), count(url), count(sha256) FROM takedowns GROUP BY named ORDER BY min(seq)
"""
_NAMES = """
SELECT DISTINCT named FROM takedowns WHERE url IN (SELECT value FROM json_each(?)) OR sha256 LIKE ? ORDER BY named
"""


_NEAR_COPIES = """
SELECT seq, substr(sha256, 1, 16), containment FROM copies JOIN documents ON seq = document
WHERE superseded <> 1 AND cluster IN (
    SELECT cluster FROM copies WHERE document IN (SELECT CAST(value AS BIGINT) FROM json_each(?))
) AND document NOT IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ORDER BY seq
"""


class NearCopy(NamedTuple):
    """A document that shares its text with one that is taken down; `containment` is the share its cluster held."""

    number: int
    key: str
    containment: float | None


class Takedown(NamedTuple):
    """What was taken down under one name, when and why, and how many URLs and texts are refused for it."""

    named: str
    added: str
    why: str
    urls: int
    texts: int


def versions(ledger: Ledger, *, urls: Sequence[str] = (), key: str | None = None) -> list[int]:
    """Return the documents that `urls` give or whose SHA-256 begins with `key`, with all their versions."""
    named = f"{key}%" if key else ""
    return [seq for (seq,) in ledger.rows(f"{_VERSIONS} SELECT seq FROM versions ORDER BY seq", named, _json(urls))]  # noqa: S608


def take_down(
    ledger: Ledger, named: str, *, urls: Sequence[str], documents: Sequence[int], added: str, why: str
) -> Takedown:
    """Remove `documents` and refuse them, their URLs and `urls` from now on; return what is refused under `named`.

    Of a document its row stays, without text, title and facts: what is needed to know it again. What SQLite frees is
    overwritten. Raises `LedgerError`.
    """
    ledger.overwrite_freed()
    values = {
        "named": named,
        "urls": _json(urls),
        "documents": _json(documents),
        "added": added,
        "why": why,
    }
    with ledger.transaction() as db:
        for step in _STEPS:
            db.execute(step, values)
        named_rows = db.execute(_NAMED, (values["documents"],)).fetchall()
        db.executemany(_EMPTY, [(NO_TEXT, _emptied(sha256, source), seq) for seq, sha256, source in named_rows])
        touch_shards(db, "seq IN (SELECT CAST(value AS BIGINT) FROM json_each(:documents))", documents=_json(documents))
    return next((one for one in listed(ledger) if one.named == named), Takedown(named, added, why, 0, 0))


def near_copies(ledger: Ledger, documents: Sequence[int]) -> list[NearCopy]:
    """Return the documents that share their text with these, as far as they were judged; of versions the newest."""
    return [NearCopy(*row) for row in ledger.rows(_NEAR_COPIES, *[_json(documents)] * 2)]


def undo(ledger: Ledger, named: str) -> None:
    """Refuse no longer what was taken down under `named`; a text that was removed comes back only from its site."""
    with ledger.transaction() as db:
        db.execute("DELETE FROM takedowns WHERE named = ?", (named,))


def listed(ledger: Ledger) -> list[Takedown]:
    """Return all takedowns, in the order in which they were made."""
    return [Takedown(*row) for row in ledger.rows(_LISTED)]


def names_of(ledger: Ledger, *, urls: Sequence[str] = (), key: str | None = None) -> list[str]:
    """Return the names under which one of `urls`, or the text of `key`, was taken down."""
    return [name for (name,) in ledger.rows(_NAMES, _json(urls), f"{key}%" if key else "")]


def addresses_at(ledger: Ledger, host: str) -> list[str]:
    """Return the addresses of the ledger, taken down ones included, that may be at `host`."""
    query = (
        "SELECT url FROM urls WHERE replace(url, ?, '') <> url "
        "UNION SELECT url FROM takedowns WHERE replace(url, ?, '') <> url ORDER BY url"
    )
    return [url for (url,) in ledger.rows(query, host, host)]


def refused_urls(ledger: Ledger) -> frozenset[str]:
    """Return the addresses that were taken down."""
    return frozenset(url for (url,) in ledger.rows("SELECT url FROM takedowns WHERE url IS NOT NULL"))


def refused_texts(ledger: Ledger) -> frozenset[str]:
    """Return the SHA-256 of the texts that were taken down."""
    return frozenset(text for (text,) in ledger.rows("SELECT sha256 FROM takedowns WHERE sha256 IS NOT NULL"))


def _emptied(sha256: str, source: str) -> bytes:
    """Return the record of a document that was taken down."""
    return orjson.dumps({"id": sha256[:16], "sha256": sha256, "source": source})


def _json(values: Sequence[str] | Sequence[int]) -> str:
    return orjson.dumps(list(values)).decode()
