"""`scrapy work [SITE...]`: takes sites, crawls or refreshes them, until SIGTERM; one of several machines."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from scrapy.crawler import AsyncCrawlerProcess

from crawler.errors import CLEAN, ArgumentError
from crawler.reports import history
from crawler.running.arguments import number
from crawler.running.shutdown import ShutdownHandler
from crawler.running.spider_command import Crawl, SpiderCommand, share_of_pages
from crawler.running.worker import Worker
from crawler.spiders.preview import PreviewSpider
from crawler.spiders.refresh import refresh_spider_for
from crawler.terminal.signals import ending_at_hang_up
from crawler.terminal.table import counted

SITES_AT_ONCE = 20


class Command(SpiderCommand):
    """Takes sites that are due and that no other machine has, until SIGTERM; needs a ledger in PostgreSQL."""

    examples = ("work -s LEDGER=postgresql://wenqing@db.example/wenqing", "work --sites 50")
    requires_crawler_process = True

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "--sites",
            metavar="N",
            type=number("sites"),
            default=SITES_AT_ONCE,
            help=f"take N sites at a time at most (default: {SITES_AT_ONCE})",
        )
        parser.add_argument("--pages", metavar="N", type=number("pages"), help="give a site back after about N pages")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings."""
        super().process_options(args, opts)
        share_of_pages(self.config, opts.pages)

    def arguments(self, opts: argparse.Namespace) -> dict[str, str]:  # noqa: ARG002
        """Return the arguments of the spiders."""
        return {}

    def spiders(self, names: Sequence[str], opts: argparse.Namespace) -> list[type[PreviewSpider]]:  # noqa: ARG002
        """Return the spiders of the sites that are named, else of the settings, else of all that can be crawled."""
        found = self.load(self.site_names(names) or self.known())
        return found if self.names(names) else [spider for spider in found if spider.site.start]

    def _run(self, args: Sequence[str], opts: argparse.Namespace) -> None:
        """Work until a signal comes; what goes wrong with one site is told, and the others go on."""
        named, place, leases = self.names(args), self.ledger, self.leases
        if leases is None or isinstance(place, Path):
            raise ArgumentError("only machines that share a ledger need it; set LEDGER=postgresql://USER@HOST/DATABASE")
        spiders = {spider.name: spider for spider in self.spiders(named, opts)}
        for spider in spiders.values():
            spider.prepare(self.config)
        process = cast("AsyncCrawlerProcess", self.crawler_process)
        stopping = ShutdownHandler(process)

        def crawl_of(name: str, *, again: bool) -> Crawl:
            spider = spiders[name]
            return Crawl(refresh_spider_for(spider.site) if again else spider)

        worker = Worker(process, leases, spiders, crawl_of, stopping, most=opts.sites, told=self._tell_end)
        worker.begin()
        with leases.beating(), ending_at_hang_up():
            process.start(stop_after_crawl=False, install_signal_handlers=False)
        self.exitcode = CLEAN

    def _tell_end(self, crawl: Crawl, began: float) -> None:
        """Tell in a line what a site's crawl came to, and keep it in the history."""
        summary = crawl.summary()
        for alarm in summary.alarms:
            self.tell(f"{summary.site}: {alarm}")
        pages, documents = counted(summary.pages, "page"), counted(summary.documents, "document")
        told = f"{pages}, {documents}, {time.monotonic() - began:.0f} s"
        self.end(CLEAN, f"{summary.site}: {summary.reason}, {told}")
        history.add(self.data_dir, [summary], self.word, place=self.ledger)
