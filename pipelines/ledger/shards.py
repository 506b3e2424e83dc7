"""Writes the shards, JSONL views of the ledger, SOURCE-NNNNNN.jsonl; the same ledger always gives the same bytes."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import re2

from cleaners.personal import masking
from pipelines.ledger import schema
from pipelines.ledger.atomic import atomic_write
from pipelines.ledger.documents import Ledger
from pipelines.ledger.lock import hold_lock
from pipelines.ledger.schema import ledger_error

# JSON allows these raw, but many readers end a line at them.
_LINE_ENDS = (("\u2028", rb"\u2028"), ("\u2029", rb"\u2029"), ("\u0085", rb"\u0085"))
_ANY_LINE_END = re2.compile("[\u2028\u2029\u0085]".encode())


def write_shards(ledger: Ledger, folder: Path, *, mask: bool = True, wait: float = 0) -> None:
    """Bring the shards in `folder` up to what `ledger` has committed, and leave those that did not change untouched.

    With `mask` personal data is replaced (cleaners/personal); where the shards were written otherwise, all are
    written again.

    A missing shard is written again and one that no longer holds a document is removed. One run at a time does this:
    raises `Locked` when another still does after `wait` seconds, `LedgerError` when ledger or folder fail.
    """
    try:
        with hold_lock(folder / ".lock", wait=wait):
            for left_over in folder.glob(".*.jsonl*.tmp"):
                left_over.unlink()
            _masked_alike(ledger, masking.VERSION if mask else "none")
            stale = ledger.stale_shards()
            numbers = ledger.shards()
            missing = {
                (source, shard)
                for source, number in numbers.items()
                for shard in range(number)
                if not _path(folder, source, shard).exists()
            }
            for source, shard in sorted({*stale, *missing}):
                _write(ledger, _path(folder, source, shard), ledger.shard(source, shard), mask=mask)
                if (source, shard) in stale:
                    ledger.shard_written(source, shard, stale[source, shard])
            for source, number in numbers.items():
                _remove_from(folder, source, number)
    except OSError as error:
        raise ledger_error(folder, error) from error


def line(record: dict[str, Any]) -> bytes:
    """Return a record as one line of JSON in UTF-8, a line for every reader's notion of a line end.

    >>> line({"title": "通知\\u2028"})
    b'{"title":"\\xe9\\x80\\x9a\\xe7\\x9f\\xa5\\\\u2028"}\\n'
    """
    data = orjson.dumps(record)
    if _ANY_LINE_END.search(data):
        for character, escape in _LINE_ENDS:
            data = data.replace(character.encode(), escape)
    return data + b"\n"


def _path(folder: Path, source: str, shard: int) -> Path:
    return folder / f"{quote(source, safe='')}-{shard:06}.jsonl"


def _masked_alike(ledger: Ledger, masking: str) -> None:
    """Have every shard written again unless all were written under `masking`."""
    if ledger.rows("SELECT 1 FROM meta WHERE name = 'masking' AND value = ?", masking):
        return
    with ledger.transaction() as db:
        db.execute(
            "INSERT INTO stale_shards SELECT DISTINCT source, place / ?, 1 FROM documents WHERE true "
            "ON CONFLICT (source, shard) DO UPDATE SET touched = touched + 1",
            (schema.SHARD_SIZE,),
        )
        db.execute("INSERT OR REPLACE INTO meta VALUES ('masking', ?)", (masking,))


def _write(ledger: Ledger, path: Path, documents: list[int], *, mask: bool) -> None:
    if not documents:
        path.unlink(missing_ok=True)
        return
    with atomic_write(path) as file:
        for record in ledger.records(documents):
            if record["text"]:  # else it was taken down a moment ago, and the shard is stale again
                file.write(line(masking.mask_record(record).record if mask else record))


def _remove_from(folder: Path, source: str, number: int) -> None:
    """Remove the shards of `source` from `number` on: views of a ledger that is no more."""
    for path in folder.glob(f"{glob.escape(quote(source, safe=''))}-{'[0-9]' * 6}.jsonl"):
        if int(path.stem[-6:]) >= number:
            path.unlink()
