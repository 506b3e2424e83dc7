"""`scrapy fixture URL`: save a page for the tests, then draft what it must give, then check it."""

from __future__ import annotations

import argparse
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy.crawler import AsyncCrawlerProcess

from cleaners.model import Page
from cleaners.sites import sites
from crawler.errors import ALARM, CLEAN, ArgumentError, program
from crawler.files.outputs import refuse_kept
from crawler.fixtures.probe import Probe, run_probes, site_for
from crawler.inputs import read
from crawler.inputs.page import Input
from crawler.running.base_command import BaseCommand
from crawler.spiders.saved_documents import SavedDocuments
from crawler.terminal.explain import visible
from crawler.terminal.table import counted
from pipelines.ledger.fetch_results import digest

if TYPE_CHECKING:
    from crawler.fixtures.corrections import Correction, Corrections


class Command(BaseCommand):
    """Saves a page as DIR/SITE/CASE/; a second call on the same case drafts expected.json; --check compares."""

    examples = (
        "fixture https://www.wenku.example/p-1.html",
        "fixture --check taowenge",
        "fixture --from-review corrections.json --dir cases",
    )

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] URL | --check [SITE[/CASE]] | --from-review FILE"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--from", dest="file", metavar="FILE", type=Path, help="a file that holds the page already")
        parser.add_argument("--site", metavar="NAME", help="the site (default: the one that owns URL)")
        parser.add_argument("--case", metavar="NAME", help="the case (default: made from the path of URL)")
        parser.add_argument("--dir", metavar="DIR", type=Path, default=Path("fixtures"), help="default: fixtures")
        parser.add_argument(
            "--from-review", metavar="FILE", type=Path, help="make a case of each document that FILE corrects (review)"
        )
        parser.add_argument("--check", metavar="SITE[/CASE]", nargs="?", const="", help="compare saved cases instead")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Save, draft or check; exit code 3 when a page cannot be had, differs or is unreviewed, 2 for a wrong call."""
        from crawler.fixtures import cases

        with self.ending():
            names = self.names(args, most=1)
            if opts.from_review is not None:
                if names or opts.check is not None:
                    raise ArgumentError("--from-review takes its pages from FILE; leave out URL and --check")
                self._from_review(opts.from_review, opts.dir)
            elif opts.check is not None:
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

    def _from_review(self, file: Path, directory: Path) -> None:
        """Save a case, with a draft of what it must give, for each document of a file of corrections."""
        from cleaners.clean import clean
        from crawler.fixtures import cases, corrections

        if not file.is_file():
            raise ArgumentError(f"--from-review {file}: no such file")
        found = corrections.read(file)
        refuse_kept(str(directory), directory / "unknown", self.data_dir)
        pages = _pages(found)
        for one in found.documents:
            site = one.source if one.source in sites() else "unknown"
            case = directory / site / cases.case_name(one.url or "", None if one.url else f"review_{_hashed(one)}")
            if cases.is_saved(case):
                print(visible(f"{case}: exists, and is left as it is"))
                continue
            page, added = pages.get(one.digest) or (Page(body=one.page_text, url=one.url, kind="text"), None)
            one = one.revealed(clean(page).page_text)
            cases.save_page(case, page, added or _written(file))
            cases.draft(case, {"title": one.title, "text": one.text()})
            lacks = "" if one.digest in pages else " of the text that the review showed: its page is not there any more"
            print(visible(f"{case}: saved, with a draft of expected.json{lacks}"))
        self.end(
            CLEAN,
            f"{counted(len(found.documents), 'document')}; read each expected.json against its page (CONTRIBUTING.md)",
        )


def _pages(found: Corrections) -> dict[str, tuple[Page, str | None]]:
    """Return the pages of corrected documents that are still there, by their digests, and when they were fetched."""
    wanted = {one.digest for one in found.documents if one.digest}
    pages: dict[str, tuple[Page, str | None]] = {}
    paths = [str(path) for path in found.paths if path.exists()]
    for one in read(paths):
        if isinstance(one, Input) and (key := digest(one.page)) in wanted:
            pages[key] = (one.page, one.added)
    if found.saved and found.saved.exists():
        saved = SavedDocuments(found.saved)
        for corrected in found.documents:
            page = saved.page(corrected.url, corrected.source) if corrected.url else None
            if page and digest(page[0]) == corrected.digest:
                pages[corrected.digest] = page
    return pages


def _hashed(one: Correction) -> str:
    return hashlib.sha256(one.page_text.encode(errors="replace")).hexdigest()[:12]


def _written(file: Path) -> str:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
