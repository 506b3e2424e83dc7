"""`scrapy report`: the history of runs, what changed against earlier ones, and a page of it for a browser."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, ClassVar, cast

from scrapy.settings import Settings

from crawler.errors import ArgumentError
from crawler.reports.report import SiteReport, as_json, as_text, reports
from crawler.terminal.command import BaseCommand
from crawler.terminal.explain import visible
from crawler.terminal.stdout import reader_may_leave
from pipelines.ledger.atomic import atomic_write


class Command(BaseCommand):
    """Tells the last runs of each site, what is unlike the runs before, and in what state the hosts are."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--site NAME] [--last N] [--json] [--html FILE]"

    def short_desc(self) -> str:
        """Return the line `scrapy` lists the command with."""
        return "Tell the history of runs and what has changed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="NAME", help="only this site")
        parser.add_argument("--last", metavar="N", type=int, default=20, help="runs of each site to show (default: 20)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON instead of tables")
        parser.add_argument("--html", metavar="FILE", type=Path, help="write a page with plots for a browser instead")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Report; the exit code is 2 for a wrong argument, 74 when a file cannot be read or written."""
        data_dir = Path(cast("Settings", self.settings)["DATA_DIR"])
        with self.ending(data_dir, remedy="check the disk, or name another place"):
            if args:
                raise ArgumentError(f"unknown argument {args[0]}; see scrapy report -h")
            if opts.last < 1:
                raise ArgumentError(f"--last {opts.last}: give a number of runs from 1 up")
            with reader_may_leave():
                self._show(_found(data_dir, opts.site, opts.last), opts)

    def _show(self, found: list[SiteReport], opts: argparse.Namespace) -> None:
        if opts.json:
            print(visible(json.dumps(as_json(found), ensure_ascii=False)))
        if opts.html:
            write(opts.html, found)
        elif not opts.json:
            print(as_text(found))


def _found(data_dir: Path, site: str | None, last: int) -> list[SiteReport]:
    everything = reports(data_dir, last=last)
    if not everything:
        raise ArgumentError(f"{data_dir}/reports/runs.jsonl: no runs yet; crawl a site first, or set DATA_DIR")
    found = [report for report in everything if site in (None, report.site)]
    if not found:
        raise ArgumentError(f"no runs of {site!r}; there are {', '.join(report.site for report in everything)}")
    return found


def write(file: Path, found: list[SiteReport]) -> None:
    """Write the page for a browser, whole or not at all; raises ArgumentError, or OSError when the disk fails."""
    from crawler.reports.report_html import page

    target = file.resolve()
    if target.is_dir() or not target.parent.is_dir():
        raise ArgumentError(f"--html {file}: name a file in a folder that exists")
    with atomic_write(target) as out:
        out.write(page(found).encode())
