"""Counts the requests and bytes of each host a day, from run to run.

They are in DATA_DIR/SITE.hosts.json, of a ledger in PostgreSQL in its table `hosts`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import orjson

from pipelines.ledger.atomic import atomic_write
from pipelines.ledger.connection import LedgerError, ledger_error
from pipelines.ledger.hosts import HostsTable

MAX_CLOSED = timedelta(days=7)
"""A host is left alone for so long at most, whatever it or a clock set wrong says."""

_DAY = timedelta(days=1)


@dataclass(slots=True)
class HostBudget:
    """One host: requests and bytes of the day `day` (UTC), and until when (ISO 8601) it asked to be left alone.

    `ready` is when it may be asked again (seconds since 1970), `pause` how long it is left alone after an answer.
    """

    day: str = ""
    pages: int = 0
    bytes: int = 0
    until: str | None = None
    ready: float = 0.0
    pause: float = 0.0


@dataclass(slots=True)
class HostBudgets:
    """The hosts of one site; without a `keeper` nothing is kept."""

    keeper: Path | HostsTable | None = None
    hosts: dict[str, HostBudget] = field(default_factory=dict)
    _saved: bytes = b""

    @classmethod
    def read(cls, path: Path | HostsTable) -> Self:
        """Read what is kept at `path`; raises LedgerError when it cannot be read or makes no sense."""
        try:
            saved = path.read_bytes() if path.exists() else b""
            found = orjson.loads(saved) if saved else {}
            return cls(path, {host: HostBudget(**facts) for host, facts in found.items()}, saved)
        except OSError as error:
            raise ledger_error(Path(str(path)), error) from error
        except (ValueError, TypeError, AttributeError):
            raise LedgerError(f"{path}: not a list of hosts; remove it, and today's requests count from 0") from None

    def save(self) -> None:
        """Write all of it, if something changed; raises LedgerError when that fails."""
        data = orjson.dumps({host: asdict(day) for host, day in self.hosts.items()}, option=orjson.OPT_INDENT_2)
        if self.keeper is None or data == self._saved:
            return
        if isinstance(self.keeper, HostsTable):
            self.keeper.write_bytes(data)
        else:
            _write(self.keeper, data)
        self._saved = data

    def budget(self, host: str, now: datetime) -> HostBudget:
        """Return today's entry of `host`; by a clock that was set back, that of tomorrow goes on, and no other."""
        found, today = self.hosts.setdefault(host, HostBudget()), now.date()
        if found.day not in (today.isoformat(), (today + _DAY).isoformat()):
            found.day, found.pages, found.bytes = today.isoformat(), 0, 0
        return found

    def close_until(self, host: str, now: datetime, seconds: float) -> None:
        """Note that `host` asked to be left alone for so many seconds."""
        self.budget(host, now).until = (now + min(timedelta(seconds=min(seconds, 1e9)), MAX_CLOSED)).isoformat()

    def closed_until(self, host: str, now: datetime) -> datetime | None:
        """Return until when `host` asked to be left alone, None when that is over or cannot be."""
        until = self.hosts.get(host, HostBudget()).until
        moment = datetime.fromisoformat(until) if until else None
        return moment if moment and now < moment <= now + MAX_CLOSED else None


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as file:
            file.write(data)
    except OSError as error:
        raise ledger_error(path, error) from error
