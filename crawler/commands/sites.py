"""`scrapy sites [WORD...]`: the sites there are, what each was when it was last seen, and where its crawl starts."""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import ClassVar

from cleaners.sites import Site, sites
from crawler.errors import ArgumentError
from crawler.running.base_command import BaseCommand
from crawler.terminal import table
from crawler.terminal.stdout import is_terminal

MAX_TITLE = 12
"""Columns of a title."""
MAX_TOLD = 4
"""So many sites are told whole: their start pages, patterns and note."""


class Command(BaseCommand):
    """Prints the registry, or what all WORDs name of it, as a table, or with --json one object a line."""

    examples = (
        "sites",
        "sites wenku_cms",
        "sites gone",
        "sites --json renrendoc",
    )
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[--json] [WORD...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the option of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print each site as one line of JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the sites."""
        with self.ending():
            words = self.names(args)
            try:
                known = [site for site in sites().values() if all(_is_named(site, word) for word in words)]
            except ValueError as error:
                raise ArgumentError(str(error)) from None
            if not known:
                raise ArgumentError(f"no site has {' '.join(words)} in its name, title, template, state or hosts")
            if opts.json:
                for site in known:
                    print(json.dumps(asdict(site), ensure_ascii=False))
            else:
                _show(known, self.config.getfloat("DOWNLOAD_DELAY"))


def _is_named(site: Site, word: str) -> bool:
    """Say whether a word is one of a site's own: its state or template whole, else a part of its names and hosts."""
    named = (site.name, site.title, *site.names, *site.domains)
    return word in (site.state, site.template) or any(word.lower() in each.lower() for each in named)


def _show(known: Sequence[Site], delay: float) -> None:
    """Print a table of the sites, cut to the terminal's width, and how many there are of each state."""
    rows = [
        (
            site.name,
            table.clip(site.title, MAX_TITLE),
            site.template or "-",
            site.state,
            site.seen.partition(",")[0] or "-",
            ", ".join(site.domains) or "-",
        )
        for site in known
    ]
    lines = table.render([("name", "title", "template", "state", "seen", "hosts"), *rows])
    if is_terminal():
        lines = [table.clip(line, shutil.get_terminal_size().columns) for line in lines]
    print("\n".join(lines))
    states = ", ".join(f"{count} {state}" for state, count in Counter(site.state for site in known).most_common())
    print(f"\n{len(known)} of {len(sites())} sites: {states}")
    if len(known) <= MAX_TOLD:
        for site in known:
            print("", *_told(site, delay), sep="\n")


def _told(site: Site, delay: float) -> list[str]:
    """Return what a table has no room for, one fact a line."""
    patterns = {"documents": site.documents, "listings": site.listings, "parts": filter(None, [site.parts])}
    facts = {
        "seen": [site.seen],
        "pause": [f"{max(site.delay, delay):g} s"],
        "a crawl starts at": site.start if site.is_crawled else [],
        **patterns,
        "note": [site.note],
    }
    told = [(name, each) for name, values in facts.items() for each in values if each]
    return [site.name, *(f"  {name}: {each}" for name, each in told)]
