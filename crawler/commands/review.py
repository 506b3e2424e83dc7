"""`scrapy review`: a page for a browser, on which a person looks at documents beside their pages and corrects them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from cleaners.model import version_with
from cleaners.text.times import timestamp
from crawler.errors import DISK, UNREADABLE, ArgumentError, program
from crawler.files.outputs import ARCHIVE, REVIEW, Output
from crawler.inputs import read, total_bytes
from crawler.inputs.cleaning import CleanCounts, PageCleaner
from crawler.inputs.page import Input
from crawler.inputs.selection import RecordFilter, sampled
from crawler.replay import handler
from crawler.replay.warc_replay import is_archive
from crawler.running.arguments import existing, number
from crawler.running.base_command import BaseCommand, skipped_files
from crawler.running.profiles import known_profiles
from crawler.terminal.progress_bar import say_nothing
from pipelines.ledger.documents import Ledger
from pipelines.ledger.fetch_results import digest
from pipelines.profiles import FOLDER

if TYPE_CHECKING:
    from crawler.reports.review_page import ReviewedDocument
    from crawler.spiders.saved_documents import SavedDocuments

MAX_DOCUMENTS = 1000
"""Documents on the page, at most, unless --sample says otherwise."""


class Command(BaseCommand):
    """Show documents beside their pages, every edit with its rule; a person marks what is wrong and saves it."""

    examples = (
        "review",
        "review --source taowenge --sample 200",
        "review --replay fixtures -o review.html",
        "review --rule judge --leak dumps/ rows.jsonl.gz",
    )
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] [PATH...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "-o", "--output", metavar="FILE", help=f"write the page to FILE (default: DATA_DIR/{REVIEW})"
        )
        parser.add_argument(
            "--source", metavar="NAME", action="append", help="only documents of this source; repeatable"
        )
        parser.add_argument("--rule", metavar="RULE", help="only pages that this rule changed; judge means all judge.*")
        parser.add_argument("--flag", metavar="FLAG", help="only documents with this flag")
        parser.add_argument(
            "--leak", action="store_true", help="only documents in which lines of their source's frame still stand"
        )
        parser.add_argument(
            "--sample",
            metavar="N",
            type=number("documents"),
            default=MAX_DOCUMENTS,
            help=f"N documents at most, always the same ones (default: {MAX_DOCUMENTS})",
        )
        parser.add_argument(
            "--replay",
            metavar="DIR",
            nargs="?",
            const=str(handler.EXAMPLE),
            help="without PATH: where the pages of the ledger's documents are, WARC files or DIR/SITE/CASE/ "
            "(default: DATA_DIR/warc; --replay alone: the example pages that come with the program)",
        )
        parser.add_argument(
            "--profiles",
            metavar="DIR",
            help=f"know the frames of hosts as clean does (of the ledger: DATA_DIR/{FOLDER})",
        )
        parser.add_argument(
            "--format",
            choices=("txt", "html", "jsonl", "warc"),
            help="what - and unknown endings of PATH hold; Parquet: files only",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the page; the exit code is 2 for a wrong call, 65 when an input was unreadable, 74 for the disk."""
        from crawler.reports import review_page

        with self.ending(kept=opts.output):
            paths = self.names(args)
            wanted = _filter(opts)
            if paths and opts.replay is not None:
                raise ArgumentError("--replay has the pages of the ledger's documents; leave out PATH, or --replay")
            paths = existing(paths) if paths else []
            out = None
            if opts.output is not None:
                out = Output.checked(opts.output, data_dir=self.data_dir, inputs=paths)
            tally = CleanCounts()
            left = [out.path] if out and out.path else []
            made = (
                self._from_paths(paths, left, wanted, tally, opts) if paths else self._from_ledger(wanted, tally, opts)
            )
            chosen = sampled(made, opts.sample, lambda one: one.name)
            leaks = review_page.leaked(chosen)
            if opts.leak:
                both = [(one, lines) for one, lines in zip(chosen, leaks, strict=True) if lines]
                chosen, leaks = [one for one, _ in both], [lines for _, lines in both]
            if not chosen:
                raise ArgumentError(f"none of {tally.inputs} documents is so; leave out a filter")
            out = out or Output.checked(str(self._default()), data_dir=self.data_dir)
            with out.opened() as file:
                review_page.write(file, chosen, leaks, self._origin(paths, opts))
            code = DISK if tally.skipped["damaged"] else UNREADABLE if tally.unreadable else 0
            masked = "masked" if self.mask else "not masked"
            self.end(
                code,
                f"{len(chosen)} of {tally.inputs} documents, {sum(map(bool, leaks))} with leaks, personal data {masked}"
                f"{skipped_files(tally.skipped)}; open {out.name} in a browser, and give what you save there to "
                f"{program()} fixture --from-review",
            )

    def _from_paths(
        self,
        paths: list[str],
        leave_out: Collection[Path],
        wanted: RecordFilter,
        tally: CleanCounts,
        opts: argparse.Namespace,
    ) -> Iterator[ReviewedDocument]:
        """Yield what the pages of PATH give; without filters only those that are to be shown are cleaned."""
        cleaner = self._cleaner(opts.profiles)
        total = total_bytes(paths)
        with self.progress(total, "inputs" if total is None else "B") as advance:
            read_on = say_nothing if total is None else advance
            found = tally.readable(read(paths, form=opts.format, leave_out=leave_out, told=read_on), self.tell_input)
            for one in found if wanted else sampled(found, opts.sample, lambda one: one.name):
                document = self._cleaned(one, cleaner)
                if wanted.takes(document.record):
                    yield document

    def _from_ledger(
        self, wanted: RecordFilter, tally: CleanCounts, opts: argparse.Namespace
    ) -> Iterator[ReviewedDocument]:
        """Yield the ledger's documents with their pages, cleaned again; those that are to be shown only."""
        from crawler.reports.review_page import without_page
        from crawler.spiders.saved_documents import SavedDocuments

        place = self._saved(opts)
        saved = SavedDocuments(place) if place else None
        folder = str(self.data_dir / FOLDER) if (self.data_dir / FOLDER).is_dir() else None
        cleaner = self._cleaner(opts.profiles or folder)
        with closing(Ledger(self.data_dir / "ledger.sqlite", create=False)) as ledger:
            numbers = _of_sources(ledger, wanted.sources)
            with self.progress(len(numbers), "documents") as advance:
                records = filter(wanted.takes, _told(ledger.records(numbers), tally, advance))
                chosen = sampled(records, opts.sample, lambda record: record["url"] or record["id"])
            for line in ledger.damaged:
                self.tell(line)
            tally.skipped.update({"damaged": len(ledger.damaged)} if ledger.damaged else {})
        for record in chosen:
            found = _page_of(record, saved)
            if found:
                yield self._cleaned(found, cleaner, record)
            else:
                why = f"Its page is not in {place}" if place else "Its page was not archived (crawl with -s ARCHIVE=1)"
                yield without_page(_name(record), record, mask=self.mask, note=f"{why}: this is the record alone.")

    def _cleaned(self, found: Input, cleaner: PageCleaner, record: dict[str, Any] | None = None) -> ReviewedDocument:
        """Return a page's document; of one in the ledger say when the page gives another one now."""
        from crawler.reports.review_page import with_page

        document = cleaner.document(found)
        now = document.record(added=found.added or cleaner.added, input=found.name)
        note = ""
        if record and record["sha256"] != document.sha256:
            note = (
                f"The ledger has another text of this page (id {record['id']}, rules of version {record['version']}; "
                f"now {version_with(document.profile)}): the page has changed, or it was cleaned otherwise."
            )
        shown = {**now, "duplicate_of": record and record["duplicate_of"]}
        return with_page(found.name, shown, document, digest=digest(found.page), mask=self.mask, note=note)

    def _cleaner(self, profiles: str | None) -> PageCleaner:
        return PageCleaner(
            timestamp(datetime.now(UTC).isoformat()),
            keep_lines=self.config.getbool("KEEP_LINES"),
            profiles=known_profiles(profiles),
        )

    def _saved(self, opts: argparse.Namespace) -> Path | None:
        """Return where the pages of the ledger's documents are saved, None where they are not."""
        if opts.replay is not None:
            handler.sites_in(Path(opts.replay))
            return Path(opts.replay)
        archive = self.data_dir / ARCHIVE
        return archive if is_archive(archive) else None

    def _origin(self, paths: list[str], opts: argparse.Namespace) -> dict[str, Any]:
        """Return where the pages can be had again, for the file of corrections."""
        saved = None if paths else self._saved(opts)
        return {"folder": os.getcwd(), "paths": paths, "saved": str(saved.resolve()) if saved else None}

    def _default(self) -> Path:
        path = self.data_dir / REVIEW
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _filter(opts: argparse.Namespace) -> RecordFilter:
    try:
        return RecordFilter.of(opts.source or (), opts.rule or "", opts.flag or "")
    except ValueError as error:
        raise ArgumentError(f"--rule {error}") from None


def _told(records: Iterable[Any], tally: CleanCounts, advance: Callable[[int], object]) -> Iterator[Any]:
    for record in records:
        tally.inputs += 1
        advance(1)
        if record["text"]:  # one that was taken down a moment ago has none
            yield record


def _of_sources(ledger: Ledger, sources: tuple[str, ...]) -> list[int]:
    found = [seq for source in sources or (None,) for seq in ledger.documents(source)]
    if not found:
        known = ", ".join(sorted(ledger.shards())) or "none"
        raise ArgumentError(f"no documents{f' of {sources[0]!r}' if sources else ''}; there are {known}")
    return sorted(found)


def _name(record: Any) -> str:
    return str(record["url"] or record["id"])


def _page_of(record: Any, saved: SavedDocuments | None) -> Input | None:
    """Return the page of a record, of the first of its addresses at which one is saved."""
    for url in record["urls"] if saved else ():
        if saved and (found := saved.page(url, record["source"])):
            return Input(url, found[0], found[1] or None)
    return None
