"""`scrapy refresh [SITE...]`: ask again for what is due, and end with a table of what has changed."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from contextlib import closing

from crawler.errors import ArgumentError, program
from crawler.reports.crawl_table import REFRESHED
from crawler.running.arguments import number
from crawler.running.spider_command import SpiderCommand, share_of_pages
from crawler.spiders.preview import PreviewSpider
from crawler.spiders.refresh import refresh_spider_for
from crawler.terminal import table
from pipelines.ledger.documents import Ledger
from pipelines.ledger.schedule import Schedule


class Command(SpiderCommand):
    """Refreshes the named sites, or all that the ledger has pages of, side by side."""

    examples = (
        "refresh",
        "refresh taowenge --limit 500",
        "refresh --dry-run",
    )
    columns = REFRESHED

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command to Scrapy's."""
        super().add_options(parser)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--due", action="store_true", help="pages whose time has come (the default)")
        which.add_argument("--all", action="store_true", help="all pages, due or not")
        parser.add_argument(
            "--limit", metavar="N", type=number("pages"), help="ask again for N pages of each site at most"
        )
        parser.add_argument(
            "--pages", metavar="N", type=number("pages"), help="ask each site for about N pages at most, new ones too"
        )
        parser.add_argument("--dry-run", action="store_true", help="only count what would be asked for")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON instead of the table")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings."""
        super().process_options(args, opts)
        share_of_pages(self.config, opts.pages)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that was asked for, then refresh, then tell."""
        if opts.dry_run:
            self.guarded(lambda: self._count(args, opts))
        else:
            super().run(args, opts)

    def arguments(self, opts: argparse.Namespace) -> dict[str, str]:
        """Return the arguments of `RefreshSpider`."""
        return {"everything": "1" if opts.all else "", **({"limit": str(opts.limit)} if opts.limit else {})}

    def spiders(self, names: Sequence[str], opts: argparse.Namespace) -> list[type[PreviewSpider]]:  # noqa: ARG002
        """Return the spiders that refresh the sites which are meant; raises ArgumentError."""
        return [refresh_spider_for(spider.site) for spider in self.load(self._chosen(names))]

    def _chosen(self, args: Sequence[str]) -> list[str]:
        """Return the names of the sites to refresh: those that were named, else all of the settings that have pages."""
        names = self.site_names(args, configured=False)
        with closing(self._open()) as ledger:
            crawled = ledger.sites()
        for name in names:
            if name not in crawled:
                raise ArgumentError(f"no page of {name} is in the ledger; crawl it first: {program()} crawl {name}")
        if names:
            return list(dict.fromkeys(names))
        wanted = self.site_names([]) or self.known()
        return [name for name in crawled if name in wanted]

    def _count(self, args: Sequence[str], opts: argparse.Namespace) -> None:
        """Print how many pages are due, by site and kind."""
        if opts.limit or opts.pages:
            raise ArgumentError("--dry-run counts all that is due; leave out --limit and --pages")
        names = self._chosen(args)
        with closing(self._open()) as ledger:
            counts = ledger.count_due(int(time.time()), everything=opts.all)
        due = [(site, kind, count) for site, kind, count in counts if site in names]
        if opts.json:
            print(json.dumps({"due": [dict(zip(("site", "kind", "count"), row, strict=True)) for row in due]}))
        else:
            print("\n".join(table.render([("site", "kind", "due"), *due, ("total", "", sum(row[2] for row in due))])))

    def _open(self) -> Ledger:
        return Ledger(self.ledger, create=False, schedule=Schedule.of(self.config))
