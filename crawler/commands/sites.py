"""`scrapy sites`: the sites there are, and where each crawl starts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection
from dataclasses import asdict
from typing import ClassVar

from cleaners.sites import Site, sites
from crawler.errors import ArgumentError
from crawler.running.base_command import BaseCommand
from crawler.terminal import table


class Command(BaseCommand):
    """Prints the registry as a table, or with --json one object a line."""

    examples = (
        "sites",
        "sites --json",
    )
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[--json]"

    def short_desc(self) -> str:
        """Return what `scrapy` says of this command."""
        return "List the sites: name, title, template, pause between requests, hosts, start pages"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the option of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print each site as one line of JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the sites."""
        with self.ending():
            self.names(args, most=0)
            try:
                known = sites().values()
            except ValueError as error:
                raise ArgumentError(str(error)) from None
            _show(known, self.config.getfloat("DOWNLOAD_DELAY"), as_lines=opts.json)


def _show(known: Collection[Site], delay: float, *, as_lines: bool) -> None:
    if as_lines:
        for site in known:
            print(json.dumps(asdict(site), ensure_ascii=False))
    else:
        rows = [
            (site.name, site.title, site.template, f"{max(site.delay, delay):g} s", ", ".join(site.domains) or "-")
            for site in known
        ]
        print("\n".join(table.render([("name", "title", "template", "pause", "hosts"), *rows])))
        print("\na crawl starts at:")
        for site in known:
            print(f"  {site.name}", *(site.start or ["-"]), sep="\n    ")
        for site in known:
            if site.note:
                print(f"\n{site.name}: {site.note}")
