"""`scrapy fixture URL`: save a page for the tests, then draft what it must give, then check it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import cast

from scrapy.crawler import AsyncCrawlerProcess

from crawler.errors import ALARM, CLEAN, ArgumentError, program
from crawler.files.outputs import refuse_kept
from crawler.fixtures.probe import Probe, run_probes, site_for
from crawler.running.base_command import BaseCommand
from crawler.terminal.explain import visible


class Command(BaseCommand):
    """Saves a page as DIR/SITE/CASE/; a second call on the same case drafts expected.json; --check compares."""

    examples = (
        "fixture https://www.wenku.example/p-1.html",
        "fixture --check taowenge",
    )

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] URL | --check [SITE[/CASE]]"

    def short_desc(self) -> str:
        """Return the line `scrapy` lists the command with."""
        return "Save a page for the tests; a second call drafts expected.json"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--from", dest="file", metavar="FILE", type=Path, help="a file that holds the page already")
        parser.add_argument("--site", metavar="NAME", help="the site (default: the one that owns URL)")
        parser.add_argument("--case", metavar="NAME", help="the case (default: made from the path of URL)")
        parser.add_argument("--dir", metavar="DIR", type=Path, default=Path("fixtures"), help="default: fixtures")
        parser.add_argument("--check", metavar="SITE[/CASE]", nargs="?", const="", help="compare saved cases instead")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Save, draft or check; exit code 3 when a page cannot be had, differs or is unreviewed, 2 for a wrong call."""
        from crawler.fixtures import cases

        with self.ending():
            names = self.names(args, most=1)
            if opts.check is not None:
                if names:
                    raise ArgumentError(f"--check takes one SITE or SITE/CASE; see {program()} fixture -h")
                self.exitcode = ALARM if cases.check(opts.dir, opts.check) else CLEAN
            elif not names:
                raise ArgumentError(f"name the URL of one page; see {program()} fixture -h")
            else:
                self._save(names[0], opts)

    def _save(self, url: str, opts: argparse.Namespace) -> None:
        """Save a page as a case, from a file or fetched; of one that is saved show the draft. Raises ArgumentError."""
        from crawler.fixtures import cases

        site = site_for(url, opts.site)
        case = opts.dir / site.name / cases.case_name(url, opts.case)
        refuse_kept(str(case), case, self.data_dir)
        if cases.is_saved(case):
            print(visible(cases.draft(case)))
            return
        one = Probe(site=site, url=url)
        if opts.file and not opts.file.is_file():
            raise ArgumentError(f"--from {opts.file}: no such file")
        if opts.file:
            print(visible(cases.save_file(case, url, opts.file)))
            return
        run_probes(cast("AsyncCrawlerProcess", self.crawler_process), [one])
        if one.page is None or one.page.status >= 300:
            self.end(ALARM, f"{url}: {one.failure or f'answered {one.page and one.page.status}'}; not saved")
            return
        print(visible(cases.save(case, one.page, one.fetched_at, one.robots)))
