"""Keeps the history of runs: one JSON line for each site of each run, in DATA_DIR/reports/runs.jsonl."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import orjson

from cleaners.model import VERSION
from crawler.reports.summary import NOT_BEGUN, Summary
from pipelines.ledger.connection import Place
from pipelines.ledger.database import Database
from pipelines.ledger.json_lines import line
from pipelines.ledger.lock import hold_lock
from pipelines.ledger.postgres import PostgresAddress

_WAIT = 10.0
"""Seconds to wait for another run that appends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one site as the history keeps it; the counts are those of `crawler.reports.summary.Summary`.

    `time` is when it ended (ISO 8601, UTC), `command` what the operator called, `asked` its arguments: only runs alike
    in both are compared. `version` is that of the rules.
    """

    time: str
    site: str
    command: str
    asked: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0
    documents: int = 0
    duplicates: int = 0
    unchanged: int = 0
    truncated: int = 0
    rejected: int = 0
    spun: int = 0
    reflowed: int = 0
    reason: str = ""
    reasons: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    noise: Mapping[str, int] = field(default_factory=dict)
    kept: float | None = None
    leaks: float | None = None
    leaked_chars: float | None = None
    leaking: Sequence[str] = ()
    seconds: float = 0.0
    hosts: Sequence[str] = ()
    alarms: Sequence[str] = ()
    exit_code: int = 0
    version: str = ""

    @classmethod
    def of(cls, summary: Summary, **more: Any) -> Self:
        """Return the run that `summary` tells of."""
        names = {own.name for own in fields(cls)}
        return cls(**{name: value for name, value in asdict(summary).items() if name in names}, **more)

    @classmethod
    def read(cls, data: bytes) -> Self | None:
        """Return the run of one line, None for a line that is torn or none of ours; unknown keys say nothing."""
        known = {own.name: own.type for own in fields(cls)}
        try:
            found = {name: value for name, value in orjson.loads(data).items() if name in known}
            datetime.fromisoformat(found["time"])
            run = cls(**found)
        except (ValueError, TypeError, AttributeError, KeyError):
            return None
        return run if all(_fits(getattr(run, name), str(kind)) for name, kind in known.items()) else None

    @property
    def good(self) -> int:
        """Pages that gave a document, new or known."""
        return self.documents + self.duplicates + self.unchanged


def add(
    data_dir: Path,
    summaries: Sequence[Summary],
    command: str,
    asked: Mapping[str, str] | None = None,
    *,
    place: Place | None = None,
) -> None:
    """Append a run to the history, each site that was begun a line, all in one write that is synced.

    Of a ledger in PostgreSQL (`place`) the history is a table of it. Raises OSError when that fails, and `Locked` when
    another run appends for very long; the file then ends as before. Raises LedgerError where the table fails.
    """
    time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = {"time": time, "command": command, "asked": asked or {}, "version": VERSION}
    runs = [Run.of(summary, **facts) for summary in summaries if summary.reason != NOT_BEGUN]
    if isinstance(place, PostgresAddress):
        with closing(Database(place)) as ledger, ledger.transaction() as db:
            db.executemany("INSERT INTO runs (run) VALUES (?)", [(line(asdict(run)).decode(),) for run in runs])
        return
    data = b"".join(line(asdict(run)) for run in runs)
    path = _path(data_dir)
    with hold_lock(path.with_name(".lock"), wait=_WAIT), path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            data = data if file.read(1) == b"\n" else b"\n" + data  # behind the torn line of a run that was killed
        try:
            if os.write(file.fileno(), data) < len(data):
                raise OSError(28, os.strerror(28), str(path))
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)
            raise


def read(data_dir: Path, *, place: Place | None = None) -> list[Run]:
    """Return all runs, the oldest first; without a history none. Raises OSError, LedgerError."""
    if isinstance(place, PostgresAddress):
        with closing(Database(place, create=False)) as ledger:
            told = [run.encode() for (run,) in ledger.rows("SELECT run FROM runs ORDER BY seq")]
        return [run for each in told if (run := Run.read(each))]
    path = _path(data_dir)
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    return [run for found in lines if found and (run := Run.read(found))]


def _path(data_dir: Path) -> Path:
    return data_dir / "reports" / "runs.jsonl"


_KINDS: Mapping[str, type | tuple[type, ...]] = {"str": str, "int": int, "float": (int, float)}


def _fits(value: Any, kind: str) -> bool:
    """Say whether a value read from a file is what a field of the kind holds."""
    if kind.startswith("Mapping"):
        inner = str if kind.endswith("str]") else int
        return isinstance(value, dict) and all(isinstance(one, inner) for one in value.values())
    if kind.startswith("Sequence"):
        return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return (value is None and kind.endswith("None")) or isinstance(value, _KINDS[kind.removesuffix(" | None")])
