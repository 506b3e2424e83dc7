"""`scrapy crawl [SITE...]`: crawl sites, or replay saved pages, and end with a table."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.utils.conf import arglist_to_dict

from crawler import replay
from crawler.arguments import ArgumentError
from crawler.explain import visible
from crawler.spiders.preview import PreviewSpider
from crawler.summary import ALARM, BUG, CLEAN, DISK, LOCKED, USAGE, Summary, as_json, as_table, exit_code, summarise
from pipelines.lock import Locked, site_lock
from pipelines.schema import LedgerError

COPIES_WAIT = 600.0
"""Seconds at the end of a crawl for another run that judges documents; it then has judged most of ours too."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Crawl:
    """One site's crawl: the spider, and once it was started the crawler and the task it runs in."""

    spider: type[PreviewSpider]
    crawler: Crawler | None = None
    task: asyncio.Task[None] | None = None

    def crash(self) -> BaseException | None:
        """Return the exception that ended it, if one did."""
        return self.task.exception() if self.task and self.task.done() and not self.task.cancelled() else None

    def summary(self) -> Summary:
        """Return what it came to."""
        stats = self.crawler.stats.get_stats() if self.crawler and self.crawler.settings.frozen else {}
        return summarise(self.spider.site, stats, self.crash())


class Command(ScrapyCommand):
    """Crawls the named sites side by side; with --replay one after another, so that the order is always the same."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE...]"

    def short_desc(self) -> str:
        """Return what `scrapy` says of this command."""
        return "Crawl sites into the ledger, or replay saved pages with --replay DIR"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "-a",
            dest="arguments",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="urls=FILE (one URL a line), limit=N (documents), category=NAME",
        )
        parser.add_argument("--replay", metavar="DIR", help="take pages from DIR/SITE/CASE/ instead of the network")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON instead of the table")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings; a replay wins over -s, so that it never touches the network."""
        super().process_options(args, opts)
        if opts.replay:
            cast("Settings", self.settings).setdict(replay.settings(opts.replay), priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that was asked for, then crawl, then tell."""
        from pipelines.near.marks import MODES

        settings = cast("Settings", self.settings)
        data_dir = settings["DATA_DIR"]
        if not data_dir or Path(data_dir).is_file():
            return self._refuse(USAGE, f"DATA_DIR {data_dir!r} is no folder; name one")
        if settings["DEDUP"] not in MODES:
            return self._refuse(USAGE, f"DEDUP is {settings['DEDUP']!r}; there are {', '.join(MODES)}")
        with ExitStack() as locks:
            try:
                arguments = _arguments(opts.arguments)
                crawls = [Crawl(spider) for spider in self._spiders(args, opts.replay)]
                for crawl in crawls:
                    crawl.spider.prepare(settings, **arguments)
                for crawl in crawls:
                    locks.enter_context(site_lock(Path(data_dir), crawl.spider.name))
            except ArgumentError as error:
                return self._refuse(USAGE, str(error))
            except Locked as error:
                return self._refuse(LOCKED, str(error))
            except OSError as error:
                return self._refuse(DISK, f"{data_dir}: {error.strerror}; check the disk, or set DATA_DIR")
            self._crawl(crawls, arguments, together=not opts.replay)
        code = self._mark_copies(crawls, Path(data_dir), settings["DEDUP"])
        self._tell([crawl.summary() for crawl in crawls], data_dir, as_line=opts.json)
        self.exitcode = code or self.exitcode
        return None

    def _spiders(self, names: Sequence[str], directory: str | None) -> list[type[PreviewSpider]]:
        loader = cast("AsyncCrawlerProcess", self.crawler_process).spider_loader
        known = sorted(loader.list())
        for name in names:
            if name.startswith("-"):
                raise ArgumentError(f"unknown option {name}; see scrapy crawl -h")
            if name not in known:
                raise ArgumentError(f"no site {name!r}; known: {', '.join(known)}")
        if directory:
            saved = [name for name in replay.sites_in(Path(directory)) if name in known]
            for name in names:
                if name not in saved:
                    raise ArgumentError(f"--replay {directory}: no saved pages of {name}; there are {', '.join(saved)}")
            names = names or saved
        if not names:
            raise ArgumentError(f"name a site: {', '.join(known)}")
        return [cast("type[PreviewSpider]", loader.load(name)) for name in dict.fromkeys(names)]

    def _crawl(self, crawls: Sequence[Crawl], arguments: dict[str, str], *, together: bool) -> None:
        process = cast("AsyncCrawlerProcess", self.crawler_process)
        waiting = deque(crawls)

        def start_next(before: asyncio.Task[None] | None = None) -> None:
            if waiting and not (before and _interrupted(crawls)):
                crawl = waiting.popleft()
                crawl.crawler = process.create_crawler(crawl.spider)
                crawl.task = process.crawl(crawl.crawler, **arguments)
                crawl.task.add_done_callback(start_next)

        for _ in range(len(crawls) if together else 1):
            start_next()
        process.start()
        for crawl in crawls:
            if crash := crawl.crash():
                logger.error("the crawl of %s broke off", crawl.spider.name, exc_info=crash)

    def _mark_copies(self, crawls: Sequence[Crawl], data_dir: Path, mode: Any) -> int:
        """Judge the new documents unless the run was interrupted or failed; return the exit code of what went wrong.

        What is not judged now is judged by the next run.
        """
        from pipelines.near.marks import mark  # here, because every scrapy command imports this file

        codes = {crawl.summary().exit_code for crawl in crawls}
        if _interrupted(crawls) or codes & {DISK, BUG} or not (data_dir / "ledger.sqlite").exists():
            return CLEAN
        try:
            mark(data_dir, mode, wait=COPIES_WAIT)
        except (LedgerError, Locked) as error:
            print(visible(f"scrapy crawl: {error}"), file=sys.stderr)
            return DISK if isinstance(error, LedgerError) else ALARM
        return CLEAN

    def _tell(self, summaries: Sequence[Summary], data_dir: str, *, as_line: bool) -> None:
        for summary in summaries:
            for alarm in summary.alarms:
                print(visible(f"scrapy crawl: {summary.site}: {alarm}"), file=sys.stderr)
        if as_line:
            print(visible(json.dumps(as_json(summaries, data_dir), ensure_ascii=False)))
        else:
            print(as_table(summaries, data_dir))
        self.exitcode = exit_code(summaries)

    def _refuse(self, code: int, message: str) -> None:
        print(visible(f"scrapy crawl: {message}"), file=sys.stderr)
        self.exitcode = code


def _arguments(given: list[str]) -> dict[str, str]:
    try:
        return arglist_to_dict(given)
    except ValueError:
        raise ArgumentError("give spider arguments as -a NAME=VALUE") from None


def _interrupted(crawls: Sequence[Crawl]) -> bool:
    return any(crawl.summary().reason == "shutdown" for crawl in crawls)
