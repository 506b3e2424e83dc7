"""`scrapy report`: the history of runs, what changed against earlier ones, and a page of it for a browser."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, ClassVar

from crawler.errors import ArgumentError
from crawler.files.outputs import Output
from crawler.reports.report import SiteReport, as_json, reports
from crawler.reports.report_text import as_text
from crawler.running.arguments import number
from crawler.running.base_command import BaseCommand
from crawler.terminal.explain import visible
from pipelines.ledger.connection import Place


class Command(BaseCommand):
    """Tells the last runs of each site, what is unlike the runs before, and in what state the hosts are."""

    examples = (
        "report",
        "report --site taowenge --html report.html",
    )
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--site NAME] [--last N] [--json] [--html FILE]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="NAME", help="only this site")
        parser.add_argument(
            "--last", metavar="N", type=number("runs"), default=20, help="runs of each site to show (default: 20)"
        )
        parser.add_argument("--json", action="store_true", help="print one line of JSON instead of tables")
        parser.add_argument("--html", metavar="FILE", help="write a page with plots for a browser instead")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the rules for a page only, which says why each of them is there."""
        self.reads_rules = bool(opts.html)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Report; the exit code is 2 for a wrong argument, 74 when a file cannot be read or written."""
        with self.ending(kept=opts.html):
            self.names(args, most=0)
            html = Output.checked(opts.html, data_dir=self.data_dir) if opts.html else None
            if html and html.path is None and opts.json:
                raise ArgumentError("--json and --html - both write to standard output; name a file")
            _show(_found(self.data_dir, self.ledger, opts.site, opts.last), html, as_line=opts.json)


def _show(found: list[SiteReport], html: Output | None, *, as_line: bool) -> None:
    if html:
        from crawler.reports.report_html import page

        with html.opened() as out:
            out.write(page(found).encode())
    if as_line:
        print(visible(json.dumps(as_json(found), ensure_ascii=False)))
    elif not html:
        print(as_text(found))


def _found(data_dir: Path, place: Place, site: str | None, last: int) -> list[SiteReport]:
    everything = reports(data_dir, last=last, place=place)
    if not everything:
        kept = data_dir / "reports" / "runs.jsonl" if isinstance(place, Path) else place
        raise ArgumentError(f"{kept}: no runs yet; crawl a site first, or set DATA_DIR")
    found = [report for report in everything if site in (None, report.site)]
    if not found:
        raise ArgumentError(f"no runs of {site!r}; there are {', '.join(report.site for report in everything)}")
    return found
