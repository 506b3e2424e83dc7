"""`scrapy newsite URL`: look at some pages of a site that nobody knows, and write its file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from cleaners.sites import Site, own_folder, site_of, sites
from crawler.errors import ALARM, ArgumentError, program
from crawler.files.outputs import DRAFTS, Output
from crawler.replay import fixture_replay, warc_replay
from crawler.replay.handler import replay_source
from crawler.running.arguments import number
from crawler.running.base_command import BaseCommand
from crawler.terminal.explain import visible
from crawler.terminal.table import counted
from pipelines.ledger.atomic import atomic_write
from pipelines.profiles import FOLDER, ProfileFolder

if TYPE_CHECKING:
    from crawler.fixtures.findings import Findings
    from crawler.fixtures.survey import Survey

MAX_REPLAYED = 200
"""Saved pages of a site that are looked at."""


class Command(BaseCommand):
    """Finds which addresses of a site are documents, parts and listings, learns its frame, and writes its file."""

    examples = (
        "newsite https://www.wenku.example/",
        "newsite https://www.wenku.example/ --replay pages.warc.gz --name wenku",
    )

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] URL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--name", metavar="NAME", help="the site's name (default: from its domain)")
        parser.add_argument(
            "--replay", metavar="PATH", type=Path, help="take WARC files or saved pages, and no network"
        )
        parser.add_argument(
            "--pages", metavar="N", type=number("pages"), default=20, help="ask for so many (default: 20)"
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="the site's file (default: among the known sites)")
        parser.add_argument("--dry-run", action="store_true", help="only tell; write nothing")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, write and tell; exit code 3 when no documents are found, 2 for a wrong call."""
        from crawler.fixtures import site_file
        from crawler.fixtures.findings import findings_of
        from crawler.fixtures.survey import Survey

        with self.ending():
            urls = self.names(args, most=1)
            if not urls:
                raise ArgumentError(f"name the address of a site; see {program()} newsite -h")
            survey = Survey(_checked(urls[0]), opts.pages)
            name = opts.name or site_file.site_name(survey.domain)
            own = _free(name)
            file = Output.checked(opts.output, data_dir=self.data_dir).path if opts.output else own
            why = self._look(survey, name, opts.replay)
            findings = findings_of(survey)
            if not findings.patterns("document"):
                self.end(ALARM, _nothing(survey, why))
                return
            self._write(findings, survey, name, None if opts.dry_run else file)

    def _look(self, survey: Survey, name: str, saved: Path | None) -> str:
        from crawler.fixtures.visit import look, visit

        if saved is None:
            return visit(cast("AsyncCrawlerProcess", self.crawler_process), survey, name)
        for response in _saved_pages(saved, survey):
            look(survey, response)
        return "" if survey.pages else f"{saved} holds no page of {survey.domain}"

    def _write(self, findings: Findings, survey: Survey, name: str, file: Path | None) -> None:
        """Learn the frame, tell what was found, and write the file, the profile and the drafts."""
        from cleaners.learning.learn import learn
        from crawler.fixtures.site_file import report, source

        samples = [page.sample for page in findings.documents if page.sample]
        profile = learn(survey.domain.partition(":")[0], samples)
        text = source(findings, name, f"{datetime.now(UTC):%Y-%m}")
        print(*map(visible, report(findings, profile)), sep="\n")
        if file is None:
            print("", *map(visible, text.split("\n")), sep="\n")
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(file) as out:
            out.write(text.encode())
        if profile:
            ProfileFolder(self.data_dir / FOLDER).save(profile)
        drafts = self._save_drafts(findings, survey, name)
        print("", visible(f"written: {file} (the site), {drafts} (drafts of fixtures, of others' text)"), sep="\n")
        print(f"look at: the documents above, the patterns in the file; then {program()} crawl {name} -a limit=20")

    def _save_drafts(self, findings: Findings, survey: Survey, name: str) -> Path:
        """Save the start page and two documents as cases, with what they give now."""
        from crawler.fixtures import cases

        folder = self.data_dir / DRAFTS / name
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        start = [page for page in survey.pages if page.url in findings.start[:1]]
        for page in (*start, *findings.documents[:2]):
            case = folder / cases.case_name(page.url)
            if not cases.is_saved(case):
                headers = {"Content-Type": page.content_type or "text/html"}
                cases.save(case, Response(page.url, body=page.body, headers=headers), now, None)
                if page not in start:
                    cases.draft(case)
        return folder


def _checked(url: str) -> str:
    """Return the address when it can be asked for and no site has its host; raises ArgumentError."""
    try:
        named = urlsplit(url).hostname
    except ValueError:
        named = None
    if not url.startswith(("http://", "https://")) or not named or any(map(str.isspace, url)):
        raise ArgumentError(f"{url!r} is no http or https address; write it out, as https://HOST/PATH")
    if site := site_of(url):
        raise ArgumentError(
            f"{url} is on a host of {site.name}, which is a site; `{program()} doctor {site.name}` looks"
        )
    return url


def _free(name: str) -> Path:
    """Return the file of a new site; raises ArgumentError where there is one of the name."""
    if not name.isidentifier() or not name.isascii():
        raise ArgumentError(f"--name {name}: use letters, digits and _ only, a letter first")
    file = own_folder() / f"{name}.py"
    if name in sites() or file.exists():
        raise ArgumentError(f"{file}: there is a site {name}; give another --name")
    return file


def _nothing(survey: Survey, why: str) -> str:
    read = f"{counted(len(survey.pages), 'page')} read, no kind of address among them leads to documents"
    return f"{survey.domain}: {why or read}; nothing is written"


def _saved_pages(path: Path, survey: Survey) -> Iterator[Response]:
    """Yield the saved pages of the site, `MAX_REPLAYED` at most."""
    site = Site(name="", title="", domains=(survey.domain,))
    if not path.exists():
        raise ArgumentError(f"--replay {path}: no such file or folder")
    if warc_replay.is_archive(path):
        kept = replay_source(path, site)
        answers = (kept.answer(url) for url in kept.documents[:MAX_REPLAYED])
        yield from (answer[0] for answer in answers if answer)
        return
    left = MAX_REPLAYED
    for folder in fixture_replay.sites_in(path):
        for page in fixture_replay.saved_pages(path / folder).values():
            if left and survey.owns(page.url) and page.status < 300:
                left -= 1
                yield Response(page.url, body=page.file.read_bytes(), headers=dict(page.headers))
