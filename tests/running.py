"""`scrapy crawl` in a process of its own against a site on the loopback, for tests that stop, starve or kill it."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from cleaners.sites import Site
from tests.forked import Forked, scrapy_command
from tests.hostile import Host
from tests.hostile_routes_safety import linking
from tests.live import QUICK

DEADLINE = 60.0
"""Seconds after which a crawl that does not end fails its test."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A crawl that has ended: its exit code, what it printed, and the seconds since it was last sent a signal."""

    code: int
    out: str
    err: str
    seconds: float


class Run:
    """One `scrapy crawl` of `site` into `data`, the rest as in tests/loopback.py; with `others` name sites in `options`."""

    def __init__(
        self,
        site: Site,
        data: Path,
        *options: str,
        others: Sequence[Site] = (),
        faults: Mapping[str, str] | None = None,
        settings: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        pauses: Mapping[str, float] | None = None,
        limits: Mapping[str, int] | None = None,
        obedient: bool = False,
        jump: float = 0,
        command: str = "crawl",
    ) -> None:
        asked = {
            "sites": [asdict(each) for each in (site, *others)],
            "faults": faults or {},
            "values": values or {},
            "pauses": pauses or {},
            "limits": limits or {},
            "obedient": obedient,
            "jump": jump,
        }
        given = {
            **QUICK,
            "LOG_LEVEL": "WARNING",
            "SPIDER_MODULES": "tests.loopback",
            "DATA_DIR": data,
            **(settings or {}),
        }
        self.data = data
        words = (command, *([] if others else [site.name]), *options, *_settings(given))
        self.process = Forked(scrapy_command, *words, environment={**os.environ, "LOOPBACK": json.dumps(asked)})
        self._told = time.monotonic()

    def until(self, happened: Callable[[], object]) -> bool:
        """Wait until something has happened; False when the crawl ended before."""
        deadline = time.monotonic() + DEADLINE
        while not happened():
            if self.process.poll() is not None:
                return False
            if time.monotonic() > deadline:
                self.process.end(0)
            time.sleep(0.002)
        return True

    def handles(self, number: signal.Signals) -> bool:
        """Say whether the process has a handler for a signal."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
        return bool(int(caught, 16) >> (number - 1) & 1)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)
        self._told = time.monotonic()

    def end(self) -> Ended:
        """Wait for its end."""
        code, out, err = self.process.end(DEADLINE)
        return Ended(code, out.decode(), err.decode(), time.monotonic() - self._told)


def _settings(given: Mapping[str, Any]) -> list[str]:
    return [word for name, value in given.items() for word in ("-s", f"{name}={value}")]


def documents_at(host: Host, count: int) -> None:
    """Give `host` a start page that leads to so many documents, which tests/hostile_routes_safety.py serves."""
    host.routes["/"] = linking(*(f"/d/{number}.html" for number in range(count)))


def shards(data: Path) -> dict[str, bytes]:
    """Return the shards by name."""
    return {path.name: path.read_bytes() for path in sorted((data / "documents").glob("*.jsonl"))}


def urls(data: Path) -> list[str]:
    """Return the addresses of all documents in the shards; one that is there twice is there twice."""
    return [orjson.loads(line)["url"] for shard in shards(data).values() for line in shard.split(b"\n") if line]
