"""`scrapy init`: a wenqing.toml in which every setting stands with what it means."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from cleaners.sites import sites
from crawler.errors import ArgumentError, program
from crawler.running.base_command import BaseCommand
from crawler.running.configuration import NAME, template
from crawler.terminal.explain import visible


class Command(BaseCommand):
    """Write wenqing.toml into DIR (default: this folder), which counts for every call in it and below it."""

    examples = ("init", "init corpus --contact https://example.org/crawl --site taowenge")
    requires_crawler_process = False
    reads_rules = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--contact URL] [--site NAME] [DIR]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--contact", metavar="URL", default="", help="where a site's owner reaches you")
        parser.add_argument(
            "--site", metavar="NAME", action="append", default=[], help="a site to crawl; may be given again"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write it; the exit code is 2 when there is one already."""
        with self.ending():
            folder = Path(next(iter(self.names(args, most=1)), "."))
            if unknown := next((name for name in opts.site if name not in sites()), None):
                raise ArgumentError(f"no site {unknown!r}; known: {', '.join(sites())}")
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / NAME
            try:
                with path.open("x", encoding="utf-8") as file:
                    file.write(template(opts.contact, opts.site))
            except FileExistsError:
                raise ArgumentError(f"{path}: is there already; edit it, or remove it first") from None
            print(visible(f"{path}: edit it; {program()} config shows what counts"))
