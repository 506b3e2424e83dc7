"""`scrapy sites`: the sites there are, and where each crawl starts."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from cleaners.sites import sites
from crawler import table
from crawler.summary import USAGE


class Command(ScrapyCommand):
    """Prints the registry as a table, or with --json one object a line."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[--json]"

    def short_desc(self) -> str:
        """Return what `scrapy` says of this command."""
        return "List the sites: name, title, template, hosts, start pages"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the option of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print each site as one line of JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the sites."""
        if args:
            print(f"scrapy sites: takes no arguments, got {' '.join(args)}", file=sys.stderr)
            self.exitcode = USAGE
            return
        try:
            known = sites().values()
        except ValueError as error:
            print(f"scrapy sites: {error}", file=sys.stderr)
            self.exitcode = USAGE
            return
        if opts.json:
            for site in known:
                print(json.dumps(asdict(site), ensure_ascii=False))
        else:
            rows = [(site.name, site.title, site.template, ", ".join(site.domains) or "-") for site in known]
            print("\n".join(table.render([("name", "title", "template", "hosts"), *rows])))
            print("\na crawl starts at:")
            for site in known:
                print(f"  {site.name}", *(site.start or ["-"]), sep="\n    ")
            for site in known:
                if site.note:
                    print(f"\n{site.name}: {site.note}")
