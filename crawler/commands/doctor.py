"""`scrapy doctor [SITE...]`: look at one page of each site and tell whether it is still what we take it for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response

from cleaners.sites import Site, site_of, sites
from crawler.errors import ALARM, CLEAN, ArgumentError, program
from crawler.fixtures.probe import Probe, run_probes, site_for
from crawler.frontier.plan import crawl_spec
from crawler.replay import fixture_replay, handler
from crawler.running.base_command import BaseCommand
from crawler.terminal import table
from crawler.terminal.explain import visible

MAX_COLUMNS = 200
"""Columns of what is told of one sign."""


class Command(BaseCommand):
    """Asks each named site for robots.txt, a start page and one document; without a name it looks at saved pages."""

    examples = (
        "doctor taowenge",
        "doctor --page page.html",
    )

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--page", metavar="FILE|URL", help="look at this page")
        parser.add_argument("--replay", metavar="DIR", help="take pages from DIR/SITE/CASE/ instead of the network")
        parser.add_argument("--json", action="store_true", help="print one line of JSON instead of tables")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings; with nothing named, the saved pages are looked at."""
        super().process_options(args, opts)
        if not args and not opts.page and not opts.replay:
            opts.replay = str(handler.EXAMPLE)
            self.tell("looks at the saved example pages; name a site to ask it")
        if opts.replay:
            self.config.setdict(handler.settings(opts.replay), priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look and tell; the exit code is 3 when something is bad."""
        with self.ending():
            visits = _visits(self.names(args), opts.page, opts.replay)
            if visits[0].requested:
                run_probes(cast("AsyncCrawlerProcess", self.crawler_process), visits)
            self._show(visits, as_line=opts.json)

    def _show(self, visits: Sequence[Probe], *, as_line: bool) -> None:
        """Print the signs of each site, as tables or as one line of JSON; the exit code is an alarm's if one is bad."""
        from crawler.fixtures.site_checks import check_probe

        found = [(one, check_probe(one)) for one in visits]
        if as_line:
            told = [{"site": one.site.name, "url": one.url, "signs": list(map(asdict, of))} for one, of in found]
            print(visible(json.dumps({"sites": told}, ensure_ascii=False)))
        else:
            for one, of in found:
                print(visible(" ".join(filter(None, (one.site.name, one.site.title, one.url)))))
                rows = [(sign.verdict, sign.what, table.clip(sign.told, MAX_COLUMNS)) for sign in of]
                print(*(visible(f"  {line}") for line in table.render(rows)), sep="\n")
        self.exitcode = ALARM if any(sign.verdict == "bad" for _, of in found for sign in of) else CLEAN


def _visits(names: Sequence[str], page: str | None, directory: str | None) -> list[Probe]:
    """Return what to look at; raises ArgumentError, or OSError for a file that cannot be read."""
    if unknown := next((site for site in names if site not in sites()), None):
        raise ArgumentError(f"no site {unknown!r}; `{program()} sites` lists them")
    if page and (len(names) > 1 or directory):
        raise ArgumentError("--page is one page: name one site at most, and no --replay")
    name = names[0] if names else None
    if page and page.startswith(("http://", "https://")):
        return [Probe(site=site_for(page, name), url=page)]
    if page:
        return [_of_file(Path(page), name)]
    if directory:
        chosen = names or [site for site in handler.sites_in(Path(directory)) if site in sites()]
        if not chosen:
            raise ArgumentError(f"--replay {directory}: no saved pages of a known site")
        return [_replayed(sites()[site], Path(directory)) for site in dict.fromkeys(chosen)]
    return [_live(sites()[site]) for site in dict.fromkeys(names)]


def _live(site: Site) -> Probe:
    if not site.start and site.domains:
        return Probe(site=site, url=f"http://{site.domains[0]}/")
    if not site.start:
        raise ArgumentError(f"{site.name} has no known address: name a page with --page URL")
    return Probe(site=site, url=crawl_spec(site).urls[0], follow=True)


def _replayed(site: Site, directory: Path) -> Probe:
    """Begin at the site's start page where it is saved, else at the first document."""
    saved = fixture_replay.saved_pages(directory / site.name)
    documents = [page.url for page in saved.values() if page.document]
    if not documents:
        raise ArgumentError(f"{directory}/{site.name}: no saved document")
    start = next((page.url for page in saved.values() if page.url in site.start), documents[0])
    return Probe(site=site if site.domains else site_for(start, site.name), url=start, follow=start in site.start)


def _of_file(file: Path, name: str | None) -> Probe:
    """Return a page that is there already; its address is in the meta.json beside it, or not known."""
    from crawler.fixtures.expectations import read

    if not file.is_file():
        raise ArgumentError(f"--page {file}: no such file")
    beside = file.with_name("meta.json")
    meta = read(beside) if file.name == "page.html" and beside.is_file() else {}
    folder = file.resolve().parent.parent.name
    name = name or (folder if meta and folder in sites() else None)
    url = str(meta.get("url", ""))
    site = sites()[name] if name else (site_of(url) or Site(name="", title=""))
    page = Response(url, headers=meta.get("headers"), body=file.read_bytes(), request=Request(url or "data:,"))
    return Probe(site=site, url=url or str(file), page=page, requested=False)
