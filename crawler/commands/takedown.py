"""`scrapy takedown`: take documents out of the ledger, by URL or id, and refuse them from then on."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

from cleaners.sites import site_of
from crawler.errors import UNREADABLE, ArgumentError, program
from crawler.files.outputs import DRAFTS, REVIEW
from crawler.frontier.takedowns import document_key
from crawler.replay.redaction import redact
from crawler.running.base_command import BaseCommand
from crawler.terminal import table
from crawler.terminal.explain import visible
from crawler.terminal.table import counted
from pipelines.ledger import takedowns
from pipelines.ledger.documents import Ledger
from pipelines.ledger.lock import Locked
from pipelines.ledger.shards import write_shards

_KEY = re.compile("[0-9a-f]{16}|[0-9a-f]{64}")
_ID = re.compile(r"\b[0-9a-f]{16}\b")
_WAIT_SECONDS = 60.0
_REMEDY = "look at them by dedup --explain, name them, or say --copies"


class Command(BaseCommand):
    """Remove documents, each named by one of its URLs or its id, with all their versions, and refuse them later."""

    examples = (
        'takedown https://www.wenku.example/p-1.html --why "asked by its author"',
        "takedown --archive",
        "takedown --list",
    )
    requires_crawler_process = False
    reads_rules = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--why TEXT] [--copies] [--archive] [--undo] URL|KEY... | --archive | --list"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--why", metavar="TEXT", default="", help="the reason, kept with the takedown")
        parser.add_argument("--copies", action="store_true", help="take down their near copies, too")
        parser.add_argument(
            "--archive", action="store_true", help="take all that was taken down out of the archive DATA_DIR/warc, too"
        )
        parser.add_argument("--list", action="store_true", help="show what was taken down")
        parser.add_argument(
            "--undo", action="store_true", help="refuse it no longer; its text comes back with a crawl only"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take down, lift or list; exit codes 2 (wrong call), 74 (ledger), 75 (shards locked)."""
        with self.ending():
            names = self.names(args)
            _check(names, opts)
            with closing(Ledger(self.ledger, create=False)) as ledger:
                if opts.list:
                    lines = _table(takedowns.listed(ledger))
                elif opts.undo:
                    lines = _lift(ledger, names)
                else:
                    lines = _take_down(ledger, names, opts.why, copies=opts.copies) if names else []
                if not opts.list:
                    for mended in _write_shards(ledger, self.data_dir, mask=self.mask):
                        self.tell(mended)
                if names and not (opts.list or opts.undo):
                    from pipelines.near.labels import forget

                    forget(self.data_dir, wait=_WAIT_SECONDS)
                identities = frozenset(map(document_key, takedowns.refused_urls(ledger)))
                ids = {sha256[:16] for sha256 in takedowns.refused_texts(ledger)}
            print("\n".join(map(visible, lines)), end="\n" if lines else "")
            if opts.list or opts.undo:
                return

            def refused(url: str) -> bool:
                return document_key(url) in identities

            if opts.archive:
                self._redact(refused)
            self._remove_copies(refused, ids)

    def _remove_copies(self, refused: Callable[[str], bool], ids: set[str]) -> None:
        """Remove drafts of fixtures and the page of a review, if what is refused is in them."""
        from crawler.fixtures.cases import remove

        for draft in remove(self.data_dir / DRAFTS, refused):
            print(visible(f"{draft}: removed, it held the page"))
        review = self.data_dir / REVIEW
        if review.is_file() and not ids.isdisjoint(_ID.findall(review.read_text("utf-8", "replace"))):
            review.unlink()
            print(visible(f"{review}: removed, it showed the text; {program()} review writes it anew"))

    def _redact(self, refused: Callable[[str], bool]) -> None:
        """Take what is refused out of the archive; exit code 65 when a file had to be left as it was."""
        done = redact(self.data_dir, refused)
        for left in done.left:
            self.tell(left)
        print(f"archive: {counted(done.records, 'record')} taken out of {counted(done.files, 'file')}")
        if done.left:
            self.exitcode = UNREADABLE


def _write_shards(ledger: Ledger, data: Path, *, mask: bool) -> list[str]:
    try:
        return write_shards(ledger, data / "documents", mask=mask, wait=_WAIT_SECONDS)
    except Locked as error:
        raise Locked(f"done in the ledger, the shards follow when the other run ends: {error}") from None


class _Target(NamedTuple):
    """What a name stands for: the URLs that are one with it, or the key; and the documents that they give."""

    name: str
    urls: list[str]
    key: str | None
    documents: list[int]


def _check(names: Sequence[str], opts: argparse.Namespace) -> None:
    if opts.list and (names or opts.undo or opts.why or opts.copies or opts.archive):
        raise ArgumentError("--list takes nothing else")
    if opts.undo and (opts.copies or opts.archive):
        raise ArgumentError("--undo lifts a refusal; --copies and --archive take down")
    if not names and not opts.list and (opts.copies or not opts.archive):
        raise ArgumentError("name a document by one of its URLs or by its id, or say --list")


def _take_down(ledger: Ledger, names: Sequence[str], why: str, *, copies: bool) -> list[str]:
    """Take down what is named, with its near copies if asked, once all of it is known; return a line for each name."""
    found = [_find(ledger, name, copies=copies) for name in names]
    near = {one.name: takedowns.near_copies(ledger, one.documents) for one in found}
    for one in found:
        if one.key and not one.documents:
            raise ArgumentError(f"{one.name}: no document has this id; nothing was taken down")
    added = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = []
    taken = {number for one in found for number in one.documents}
    for one in found:
        if before := takedowns.names_of(ledger, urls=[one.name], key=one.key):
            lines.append(f"{one.name}: was taken down before, as {before[0]}")
            continue
        done = takedowns.take_down(ledger, one.name, urls=one.urls, documents=one.documents, added=added, why=why)
        refused = f"{counted(done.urls, 'URL')} and {counted(done.texts, 'text')} are refused from now on"
        lines.append(f"{one.name}: {counted(len(one.documents), 'document')} removed; {refused}")
        if staying := [copy for copy in near[one.name] if copy.number not in taken]:
            keys = ", ".join(copy.key for copy in staying)
            share = "stays that shares" if len(staying) == 1 else "stay that share"
            lines.append(f"{one.name}: {counted(len(staying), 'document')} {share} its text: {keys}; {_REMEDY}")
    return lines


def _lift(ledger: Ledger, names: Sequence[str]) -> list[str]:
    found = [(name, takedowns.names_of(ledger, urls=_one_page(ledger, name), key=_key(name))) for name in names]
    for name, made in found:
        if not made:
            raise ArgumentError(f"{name}: was not taken down; see {program()} takedown --list")
    for takedown in {takedown for _, made in found for takedown in made}:
        takedowns.undo(ledger, takedown)
    return [f"{name}: refused no longer; a text that was removed comes back when a crawl finds it" for name, _ in found]


def _find(ledger: Ledger, name: str, *, copies: bool) -> _Target:
    key, urls = _key(name), _one_page(ledger, name)
    documents = takedowns.versions(ledger, urls=urls, key=key)
    for copy in takedowns.near_copies(ledger, documents) if copies else ():
        documents += [each for each in takedowns.versions(ledger, key=copy.key) if each not in documents]
    return _Target(name, urls, key, documents)


def _key(name: str) -> str | None:
    return name.lower() if _KEY.fullmatch(name.lower()) else None


def _one_page(ledger: Ledger, name: str) -> list[str]:
    """Return the URL `name` and all of the ledger that are pages of the same document; none for a key."""
    if _key(name):
        return []
    try:
        parts, document = urlsplit(name), document_key(name)
    except ValueError:
        parts, document = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArgumentError(f"{name}: neither a URL nor an id of 16 or 64 hex digits")
    site = site_of(name)
    hosts = site.domains if site else (parts.hostname.removeprefix("www."),)
    known = dict.fromkeys(url for host in hosts for url in takedowns.addresses_at(ledger, host))
    return [name, *(url for url in known if url != name and document_key(url) == document)]


def _table(made: Sequence[takedowns.Takedown]) -> list[str]:
    rows = [(one.added, visible(one.named), one.urls, one.texts, visible(one.why)) for one in made]
    return table.render([("added", "named", "urls", "texts", "why"), *rows]) if rows else ["nothing was taken down"]
