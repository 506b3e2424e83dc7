"""`scrapy crawl [SITE...]`: crawl some sites or all, or replay saved pages, and end with a table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from scrapy.utils.conf import arglist_to_dict

from crawler.errors import ArgumentError, program
from crawler.replay import handler
from crawler.running.arguments import number
from crawler.running.spider_command import SpiderCommand, share_of_pages
from crawler.spiders.preview import PreviewSpider


class Command(SpiderCommand):
    """Crawls the named sites side by side; with --replay one after another, so that the order is always the same."""

    examples = (
        "crawl --replay -s DATA_DIR=example",
        "crawl taowenge -a limit=100",
        "crawl taowenge -a urls=addresses.txt -s ARCHIVE=1",
        "crawl --all --pages 500",
    )

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE... | --all]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "-a",
            dest="arguments",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="urls=FILE (one URL a line, or a CDX index), limit=N (documents), category=NAME",
        )
        parser.add_argument(
            "--replay",
            metavar="PATH",
            nargs="?",
            const=str(handler.EXAMPLE),
            help="take pages from PATH/SITE/CASE/ or WARC files instead of the network "
            "(default: the example pages that come with the program)",
        )
        parser.add_argument("--all", action="store_true", help="all sites whose addresses are known, side by side")
        parser.add_argument(
            "--pages",
            metavar="N",
            type=number("pages"),
            help="ask each site for about N pages at most; the next run goes on from there",
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON instead of the table")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings; a replay wins over -s, so that it never touches the network."""
        super().process_options(args, opts)
        share_of_pages(self.config, opts.pages)
        if opts.replay:
            self.config.setdict(handler.settings(opts.replay), priority="cmdline")

    def arguments(self, opts: argparse.Namespace) -> dict[str, str]:
        """Return the arguments of the spiders."""
        try:
            return arglist_to_dict(opts.arguments)
        except ValueError:
            raise ArgumentError("give spider arguments as -a NAME=VALUE") from None

    def spiders(self, names: Sequence[str], opts: argparse.Namespace) -> list[type[PreviewSpider]]:
        """Return the spiders of the sites that are meant."""
        if opts.all and (named := self.names(names)):
            raise ArgumentError(f"--all is every site: leave out {named[0]}, or --all")
        if opts.all and not opts.replay:
            return [spider for spider in self.load(self.known()) if spider.site.start]
        names = self.site_names(names, configured=not opts.replay)
        if opts.replay:
            saved = [name for name in handler.sites_in(Path(opts.replay)) if name in self.known()]
            for name in names:
                if name not in saved:
                    raise ArgumentError(
                        f"--replay {opts.replay}: no saved pages of {name}; there are {', '.join(saved)}"
                    )
            names = names or saved
        if not names:
            raise ArgumentError(f"name a site or --all (`{program()} sites` lists them), or name sites in wenqing.toml")
        return self.load(dict.fromkeys(names))
