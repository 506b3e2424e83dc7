"""The base of commands that run one spider a site and end with a table."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from cleaners.sites import sites
from crawler.downloader.disk_space import check_free_space
from crawler.errors import ALARM, BUG, CLEAN, DISK, LOCKED, USAGE, ArgumentError, program
from crawler.reports import history
from crawler.reports.crawl_table import CRAWLED, Columns, as_table
from crawler.reports.summary import BROKEN_OFF, STOPPED, Summary, as_json, exit_code, summarise
from crawler.running.base_command import BaseCommand
from crawler.running.shutdown import ShutdownHandler
from crawler.running.unique_options import unique_share
from crawler.spiders.preview import PreviewSpider
from crawler.terminal.explain import visible
from crawler.terminal.signals import ending_at_hang_up
from pipelines.ledger.connection import LedgerError, ledger_error
from pipelines.ledger.documents import Ledger
from pipelines.ledger.leases import Lease, Leases
from pipelines.ledger.lock import Locked, site_lock
from pipelines.session import LedgerSession

MAX_DEDUP_WAIT = 600.0
"""Seconds at the end of a run for another one that judges documents; it then has judged most of ours too."""
MAX_ALARMS = 20
"""Alarms that are told at the end of a run."""

logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Crawl:
    """One site's crawl: the spider, and once it was started the crawler and the task it runs in."""

    spider: type[PreviewSpider]
    crawler: Crawler | None = None
    task: asyncio.Task[None] | None = None
    session: LedgerSession | None = None
    lease: Lease | None = None
    refusal: Exception | None = None
    """Why it was not begun."""

    def start(self, process: AsyncCrawlerProcess, arguments: dict[str, str]) -> asyncio.Task[None]:
        """Begin it; returns the task."""
        self.crawler = process.create_crawler(self.spider)
        self.session = LedgerSession.from_crawler(self.crawler)
        self.session.lease = self.lease
        self.task = process.crawl(self.crawler, **arguments)
        return self.task

    def crash(self) -> BaseException | None:
        """Return the exception that ended it, if one did."""
        ended = self.task and self.task.done() and not self.task.cancelled()
        return self.task.exception() if self.task and ended else self.refusal

    def summary(self) -> Summary:
        """Return what it came to."""
        stats = self.crawler.stats.get_stats() if self.crawler and self.crawler.settings.frozen else {}
        return summarise(self.spider.site, stats, self.crash())


class SpiderCommand(BaseCommand):
    """Runs spiders side by side; in a replay one after another, so that the order is always the same."""

    columns: Columns = CRAWLED
    """What the table at the end shows."""

    @abstractmethod
    def arguments(self, opts: argparse.Namespace) -> dict[str, str]:
        """Return the arguments of the spiders; raises ArgumentError."""

    @abstractmethod
    def spiders(self, names: Sequence[str], opts: argparse.Namespace) -> list[type[PreviewSpider]]:
        """Return the spiders of the sites that are meant; raises ArgumentError."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that was asked for, then crawl, then tell."""
        self.guarded(lambda: self._run(args, opts))

    def guarded(self, work: Callable[[], None]) -> None:
        """Do the work; what it cannot do ends with one line and its exit code."""
        with self.ending():
            unique_share(self.config)
            try:
                work()
            except OSError as error:
                raise ledger_error(self.data_dir, error) from error

    def _run(self, args: Sequence[str], opts: argparse.Namespace) -> None:
        """Lock the sites, crawl them, mark copies, tell what it came to, and keep it in the history."""
        settings, data_dir = self.config, self.data_dir
        if reason := check_free_space(settings):
            self.end(DISK, reason)
            return
        stopping = ShutdownHandler(cast("AsyncCrawlerProcess", self.crawler_process))
        with ExitStack() as locks:
            arguments = self.arguments(opts)
            crawls = [Crawl(spider) for spider in self.spiders(args, opts)]
            self._prepare(crawls, arguments, locks, named=bool(self.names(args)))
            Ledger(self.ledger).close()  # one that is damaged is told of once, not by each crawl
            begun = [crawl for crawl in crawls if not crawl.refusal]
            self._crawl(begun, arguments, stopping, together=not settings.get("REPLAY_DIR"))
        summaries = [crawl.summary() for crawl in crawls]
        code = self._mark_copies(summaries)
        summaries = self._measure_leaks(summaries, arguments)
        code = self._remember(summaries, "replay" if settings.get("REPLAY_DIR") else self.word, arguments) or code
        self._tell(summaries, str(data_dir), as_line=opts.json)
        self.exitcode = code or exit_code(summaries)

    def _prepare(self, crawls: Sequence[Crawl], arguments: dict[str, str], locks: ExitStack, *, named: bool) -> None:
        """Check what is asked of each site, and lock it; one that cannot begin keeps the others from it if `named`."""
        leases = self.leases
        if leases:
            locks.enter_context(leases.beating())
        for crawl in crawls:
            try:
                crawl.spider.prepare(self.config, **arguments)
                locks.enter_context(site_lock(self.data_dir, crawl.spider.name))
                crawl.lease = locks.enter_context(leases.hold(crawl.spider.name)) if leases else None
            except (ArgumentError, Locked) as error:
                crawl.refusal = error
        refusals = [crawl.refusal for crawl in crawls if crawl.refusal]
        if refusals and (named or len(refusals) == len(crawls)):
            raise refusals[0]

    @property
    def leases(self) -> Leases | None:
        """Return the leases of this process, None where no other machine shares the ledger."""
        place = self.ledger
        return None if isinstance(place, Path) else Leases(place, self.config.getfloat("LEASE_SECONDS"))

    def site_names(self, args: Sequence[str], *, configured: bool = True) -> list[str]:
        """Return the sites that are named, else those of the settings; raises ArgumentError for what is none."""
        names, known = self.names(args) or (self.config.getlist("SITES") if configured else []), self.known()
        if unknown := next((name for name in names if name not in known), None):
            raise ArgumentError(_not_crawled(unknown))
        return names

    def known(self) -> list[str]:
        """Return the names of all sites that are crawled."""
        return sorted(cast("AsyncCrawlerProcess", self.crawler_process).spider_loader.list())

    def load(self, names: Iterable[str]) -> list[type[PreviewSpider]]:
        """Return the spiders that crawl these sites."""
        loader = cast("AsyncCrawlerProcess", self.crawler_process).spider_loader
        return [cast("type[PreviewSpider]", loader.load(name)) for name in names]

    def _crawl(
        self, crawls: Sequence[Crawl], arguments: dict[str, str], stopping: ShutdownHandler, *, together: bool
    ) -> None:
        """Run the crawls in one reactor, all at once or one after another, until they end or a signal stops them."""
        process = cast("AsyncCrawlerProcess", self.crawler_process)
        waiting = deque(crawls)

        def start_next(_: asyncio.Task[None] | None = None) -> None:
            if waiting and not stopping.asked:
                crawl = waiting.popleft()
                crawl.start(process, arguments).add_done_callback(start_next)

        for _ in range(len(crawls) if together else 1):
            start_next()
        with ending_at_hang_up():
            process.start(install_signal_handlers=False)
        for crawl in crawls:
            if crash := crawl.crash():
                logger.error("the crawl of %s broke off", crawl.spider.name, exc_info=crash)

    def _mark_copies(self, summaries: Sequence[Summary]) -> int:
        """Judge the new documents; return the exit code of what went wrong.

        Not when a crawl was stopped, when all failed, or when other machines share the ledger. What is not judged
        now is judged by the next run.
        """
        from pipelines.near.labels import label_ledger, unjudged

        failed = [each for each in summaries if each.exit_code in (BUG, DISK, LOCKED, USAGE)]
        ended = any(each.exit_code == DISK or each.reason in (STOPPED, BROKEN_OFF) for each in summaries)
        if ended or len(failed) == len(summaries) or not isinstance(self.ledger, Path):
            return CLEAN
        try:
            share, mode = unique_share(self.config), self.config["DEDUP"]
            with self.progress(unjudged(self.data_dir), "documents") as advance:
                label_ledger(self.data_dir, mode, share=share, mask=self.mask, wait=MAX_DEDUP_WAIT, told=advance)
        except (LedgerError, Locked) as error:
            self.tell(str(error))
            return DISK if isinstance(error, LedgerError) else ALARM
        return CLEAN

    def _measure_leaks(self, summaries: Sequence[Summary], arguments: dict[str, str]) -> list[Summary]:
        """Add what leaked into each site's documents; a ledger or history that cannot be read is told elsewhere."""
        from crawler.reports.leaks import measured

        done: list[Summary] = []
        try:
            earlier = history.read(self.data_dir, place=self.ledger)
            with (
                closing(Ledger(self.ledger, create=False)) as ledger,
                self.progress(len(summaries), "sites") as advance,
            ):
                for summary in summaries:
                    done.append(measured(summary, ledger, earlier, arguments))
                    advance(note="looking for leaks")
        except (LedgerError, OSError):
            pass
        return [*done, *summaries[len(done) :]]

    def _tell(self, summaries: Sequence[Summary], data_dir: str, *, as_line: bool) -> None:
        found: dict[str, list[str]] = {}
        for summary in summaries:
            for alarm in summary.alarms:
                found.setdefault(alarm, []).append(summary.site)
        alarms = [f"{', '.join(sites)}: {alarm}" for alarm, sites in found.items()]
        for alarm in alarms[:MAX_ALARMS]:
            self.tell(alarm)
        if len(alarms) > MAX_ALARMS:
            self.tell(f"and {len(alarms) - MAX_ALARMS} alarms more; {program()} report tells all")
        if as_line:
            print(visible(json.dumps(as_json(summaries, data_dir, self.ledger), ensure_ascii=False)))
        elif exit_code(summaries) or not self.quiet:
            print(as_table(summaries, data_dir, self.columns, self.ledger))

    def _remember(self, summaries: Sequence[Summary], command: str, asked: dict[str, str]) -> int:
        """Keep what it came to in the history; return the exit code of what went wrong."""
        try:
            history.add(self.data_dir, summaries, command, asked, place=self.ledger)
        except (OSError, Locked, LedgerError) as error:
            self.tell(f"{self.data_dir}/reports/runs.jsonl lacks this run, its documents are stored: {error}")
            return DISK
        return CLEAN


def _not_crawled(name: str) -> str:
    """Say why there is no spider of this name."""
    if site := sites().get(name):
        seen = f"{site.state}, seen {site.seen}"
        return f"{name} is documented, not crawled: {seen}; `{program()} doctor {name}` looks again"
    return f"no site {name!r}; `{program()} sites` lists them"


def share_of_pages(settings: Settings, most: int | None) -> None:
    """Let a run ask each site for so many pages, about; robots.txt and what is under way come on top."""
    if most is not None:
        settings.set("CLOSESPIDER_PAGECOUNT", most, priority="cmdline")
