"""Writes the shards, JSONL views of the ledger, SOURCE-NNNNNN.jsonl; the same ledger always gives the same bytes."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from pipelines.ledger.atomic import atomic_write, remove_left_over
from pipelines.ledger.card import card, write_card
from pipelines.ledger.connection import ledger_error
from pipelines.ledger.documents import Ledger, ShardFile
from pipelines.ledger.json_lines import line
from pipelines.ledger.lock import hold_lock
from pipelines.ledger.schema import touch_shards


def write_shards(ledger: Ledger, folder: Path, *, mask: bool = True, wait: float = 0) -> list[str]:
    """Bring the shards in `folder` up to what `ledger` has committed, and leave those that did not change untouched.

    With `mask` personal data is replaced (cleaners/personal); where the shards were written otherwise, all are
    written again.

    A shard that is missing, or is not as it was written, is written again, and one that no longer holds a document is
    removed; returns a message for each file that somebody changed
    and for each row of the ledger that is damaged and left out. One run at a time does this: raises `Locked` when
    another still does after `wait` seconds, `LedgerError` when ledger or folder fail. A ledger in PostgreSQL has no
    shards, since each of the machines that share it would hold pieces of one view: `export` writes its documents.
    """
    if not isinstance(ledger.path, Path):
        return []
    try:
        from cleaners.personal.masking import VERSION

        with hold_lock(folder / ".lock", wait=wait):
            remove_left_over(folder)
            _masked_alike(ledger, VERSION if mask else "none")
            stale, numbers = ledger.stale_shards(), ledger.shards()
            places = [(source, shard) for source, number in numbers.items() for shard in range(number)]
            unknown, damaged = _compared(ledger, {place: _path(folder, *place) for place in places})
            for source, shard in sorted({*stale, *unknown, *damaged}):
                state = _write(ledger, _path(folder, source, shard), ledger.shard(source, shard), mask=mask)
                ledger.shard_written(source, shard, stale.get((source, shard)), state)
            for source, number in numbers.items():
                _remove_from(folder, source, number)
            write_card(folder.parent, card(f"{folder.name}/*.jsonl"))
    except OSError as error:
        raise ledger_error(folder, error) from error
    told = sorted({*damaged} - {*stale})
    lost, ledger.damaged = ledger.damaged, []
    return lost + [f"{_path(folder, *place)}: is not as it was written; written anew from the ledger" for place in told]


_MASKED = "INSERT INTO meta VALUES ('masking', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
Shard = tuple[str, int]
"""A shard's source, and its number within it."""


def _compared(ledger: Ledger, files: Mapping[Shard, Path]) -> tuple[list[Shard], list[Shard]]:
    """Return the shards that are missing or of which nothing is known, and those that are not as they were written.

    A file is read only when its time of change, which nobody can set, is not the one that is known: of a data folder
    that was copied each shard is read once.
    """
    unknown: list[Shard] = []
    damaged: list[Shard] = []
    known = ledger.shard_files()
    for place, path in files.items():
        if not path.is_file() or place not in known:
            unknown.append(place)
        elif (now := path.stat()).st_ctime_ns != known[place].changed:
            if now.st_size != known[place].size or _sha256(path) != known[place].sha256:
                damaged.append(place)
            else:
                ledger.shard_written(*place, None, known[place]._replace(changed=now.st_ctime_ns))
    return unknown, damaged


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(folder: Path, source: str, shard: int) -> Path:
    return folder / f"{quote(source, safe='')}-{shard:06}.jsonl"


def _masked_alike(ledger: Ledger, masking: str) -> None:
    """Have every shard written again unless all were written under `masking`."""
    if ledger.rows("SELECT 1 FROM meta WHERE name = 'masking' AND value = ?", masking):
        return
    with ledger.transaction() as db:
        touch_shards(db, "true")
        db.execute(_MASKED, (masking,))


def _write(ledger: Ledger, path: Path, documents: list[int], *, mask: bool) -> ShardFile | None:
    """Write a shard and return what its file is now, None for one without documents, which is removed."""
    if not documents:
        path.unlink(missing_ok=True)
        return None
    from cleaners.personal.masking import mask_record

    digest, size = hashlib.sha256(), 0
    with atomic_write(path) as file:
        for record in ledger.records(documents):
            if record["text"]:  # else it was taken down a moment ago, and the shard is stale again
                data = line(mask_record(record).record if mask else record)
                file.write(data)
                digest.update(data)
                size += len(data)
    return ShardFile(size, digest.hexdigest(), path.stat().st_ctime_ns)


def _remove_from(folder: Path, source: str, number: int) -> None:
    """Remove the shards of `source` from `number` on: views of a ledger that is no more."""
    for path in folder.glob(f"{glob.escape(quote(source, safe=''))}-{'[0-9]' * 6}.jsonl"):
        if int(path.stem[-6:]) >= number:
            path.unlink()
