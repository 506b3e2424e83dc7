"""Whole crawls over real sockets, against tests/hostile.py: the engine with Twisted's reactor, in a process of its own.

A process has one reactor and cannot do without it again, so these crawls and those of tests/offline.py never share
one. The process is started once and crawls one after another; a hang ends it.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import threading
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import orjson
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from cleaners.sites import Site
from crawler.reports.summary import Summary, summarise
from crawler.settings import ASYNCIO_EVENT_LOOP
from crawler.spiders.refresh import refresh_spider_for
from crawler.spiders.sites import spider_for
from tests.forked import CONTEXT
from tests.hostile import Host

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
DEADLINE = 60.0
"""Seconds that one crawl may take before the test fails."""

QUICK = {
    "WENQING_CONTACT": "crawl@example.org",
    "ADDRESSES_ALLOWED": "127.0.0.1,127.0.0.2,127.0.0.3,127.0.0.4",
    "DOWNLOAD_DELAY": 0,
    "POLITE_FACTOR": 0,
    "POLITE_SECOND": 0.001,
    "DOWNLOAD_TIMEOUT": 2,
    "RETRY_TIMES": 1,
    "LOG_LEVEL": "INFO",
    "CLEANING_PROCESS": False,  # to start it takes longer than most of these crawls; tests of it say True
}


@dataclass(frozen=True, slots=True)
class Ran:
    """A crawl that has ended: its stats, what it came to, its log, where its files are.

    `peak_mb` is the most memory that the process took (MiB resident), crawls before this one included.
    """

    stats: Mapping[str, Any]
    summary: Summary
    log: str
    peak_mb: int
    data: Path

    def records(self) -> list[dict[str, Any]]:
        """Return the documents stored, from the shards."""
        shards = sorted((self.data / "documents").glob("*.jsonl"))
        return [orjson.loads(line) for shard in shards for line in shard.read_bytes().split(b"\n") if line]

    def below(self, prefix: str) -> dict[str, Any]:
        return {stat.removeprefix(prefix): value for stat, value in self.stats.items() if stat.startswith(prefix)}


def site_at(*hosts: Host, start: str | tuple[str, ...] = "/", **facts: Any) -> Site:
    """Return a site on these hosts: documents below /d/, listings elsewhere; it starts at `start` of the first."""
    targets = (start,) if isinstance(start, str) else start
    return Site(
        title="示范文库",
        template="demo",
        domains=tuple(host.name for host in hosts),
        start=tuple(target if "://" in target else hosts[0].url(target) for target in targets),
        **{"name": "demo", "documents": (r"^/d/",), "listings": (r"^/(?:list|$)",), **facts},
    )


class Live:
    """Runs crawls in a process of its own."""

    def __enter__(self) -> Self:
        self._pool = self._process()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def crawl(
        self,
        site: Site,
        data: Path,
        settings: Mapping[str, Any] | None = None,
        *,
        deadline: float = DEADLINE,
        refresh: bool = False,
        **arguments: str,
    ) -> Ran:
        """Crawl or refresh `site` with the project's settings into `data`, with `QUICK` and `settings` on top."""
        extra = {**QUICK, "DATA_DIR": str(data), **(settings or {})}
        future = self._pool.submit(_run, site, extra, arguments, refresh)
        try:
            return Ran(*future.result(deadline), data=data)
        except TimeoutError:
            for process in multiprocessing.active_children():
                process.kill()
            self._pool.shutdown(cancel_futures=True)
            self._pool = self._process()
            raise

    @staticmethod
    def _process() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, CONTEXT, initializer=_start)


_loop: asyncio.AbstractEventLoop


class _Log(logging.Handler):
    """Keeps what the crawl logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def peak_mb(process: int | str = "self") -> float:
    """Return the most memory that a process took, MiB resident; not that of the one that started it, as rusage does."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _start() -> None:
    """Start the reactor of this process in a thread."""
    global _loop
    install_reactor(REACTOR, ASYNCIO_EVENT_LOOP)
    _loop = asyncio.get_event_loop()
    reactor: Any = import_module("twisted.internet.reactor")
    started = threading.Event()
    reactor.callWhenRunning(started.set)
    threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False}, daemon=True).start()
    started.wait()


def _run(
    site: Site, extra: Mapping[str, Any], arguments: Mapping[str, str], refresh: bool
) -> tuple[Mapping[str, Any], Summary, str, int]:
    return asyncio.run_coroutine_threadsafe(_crawl(site, extra, arguments, refresh), _loop).result()


async def _crawl(
    site: Site, extra: Mapping[str, Any], arguments: Mapping[str, str], refresh: bool
) -> tuple[Mapping[str, Any], Summary, str, int]:
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(dict(extra), priority="cmdline")
    log, root = _Log(), logging.getLogger()
    root.addHandler(log)
    root.setLevel(settings["LOG_LEVEL"])
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(refresh_spider_for(site) if refresh else spider_for(site))
    crash: BaseException | None = None
    try:
        await runner.crawl(crawler, **arguments)
    except Exception as error:
        crash = error
    finally:
        root.removeHandler(log)
    stats = dict(crawler.stats.get_stats()) if crawler.settings.frozen else {}
    return stats, summarise(site, stats, crash), "\n".join(log.lines), round(peak_mb())
