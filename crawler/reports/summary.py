"""Sums up the crawl of one site for a person, a machine and the exit code."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cleaners.sites import Site
from crawler.downloader.politeness import CLOSED_STAT, OVER_BUDGET_STAT
from crawler.downloader.response_checks import BLOCKED_STAT, DRIFT_STAT
from crawler.downloader.responses import NOT_SAVED_STAT
from crawler.errors import ALARM, BUG, CLEAN, DISK, LOCKED, USAGE, ArgumentError
from crawler.frontier.exploration import FOUND_STAT, LED_STAT, PAGES_STAT, WAITING_STAT
from crawler.frontier.frontier import BROKEN_SITEMAPS_STAT, DUE_STAT, FAILED_STAT, RESUMED_STAT
from crawler.frontier.traps import LEFT_STAT
from crawler.terminal.table import counted
from pipelines.deduplicate import ONE_FOR_MANY_STAT
from pipelines.ledger.connection import LedgerError, Place
from pipelines.ledger.lock import Locked
from pipelines.ledger.postgres import PostgresAddress
from pipelines.ledger.urls import MAX_CRASHES
from pipelines.session import (
    CLOSE_REASON,
    CRASHES_STAT,
    ERROR_STAT,
    KEPT_CHARS,
    NOISE_STAT,
    PAGE_CHARS,
    REMOVED_STAT,
)

STOPPED, BROKEN_OFF, NOT_BEGUN = "shutdown", "broken off", "not started"
"""Reasons of a crawl that a signal ended in order (Scrapy's word) or at once, and of one that was not begun."""
HAD_ITS_SHARE = "closespider_pagecount"
"""Reason of a crawl that asked for as many pages as a run may of one site (Scrapy's word)."""
GRAVEST = (DISK, BUG, ALARM, LOCKED, USAGE, CLEAN)
"""The exit codes of crawls, the gravest first."""

_EXPLORED = {"pages": PAGES_STAT, "led": LED_STAT, "found": FOUND_STAT, "waiting": WAITING_STAT}
COUNTS = {
    "pages": "pages/fetched",
    "documents": "documents/stored",
    "duplicates": "documents/duplicate",
    "unchanged": "documents/unchanged",
    "truncated": "documents/truncated",
    "spun": "documents/spun",
    "reflowed": "documents/reflowed",
    "new": "documents/new",
    "changed": "documents/changed",
    "recleaned": "documents/recleaned",
    "removed": REMOVED_STAT,
}
"""The counts that are one stat each; `rejected` is the sum over the reasons in which a page was dropped."""
MAX_FAILED, MIN_FAILED = 0.2, 3
"""Share of a run's pages that may not come, for any reason but that they are gone, and how many always may."""

_DROPS = "item_dropped_reasons_count/"
_GONE = ("HTTP 404", "HTTP 410")
_REFUSALS: Mapping[type[Exception], int] = {LedgerError: DISK, Locked: LOCKED, ArgumentError: USAGE}
"""The exit codes of crawls that could not begin or go on, by what was raised."""
_NOT_REJECTED = ("Duplicate", "Unchanged", "NotStored")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One site's crawl: pages fetched, documents stored, copies of stored ones, documents as seen before, stored ones
    with text missing, documents at addresses that gave none before, pages that give another document than before, or
    do so only because the rules have changed, pages of documents that are gone, and pages rejected.

    `reason` is why it ended; `alarms` are for a person, one line each; `hosts` are those that were not asked any more,
    each with its reason; `taken_up` is when the crawl began that this one went on with; `reasons` are those of the
    rejected pages, `failures` those of pages that did not come, `broken_sitemaps` counts sitemaps that could not be
    read, or not to their end. `explored` counts the pages that no pattern of the site knows: those read (`pages`),
    those that led to new documents (`led`), the addresses of these (`found`), and those left for the next run
    (`waiting`); empty for a site that does not explore. `spun` counts the pages whose words an engine has swapped,
    `reflowed` those whose paragraphs were restored; `noise` counts the edits of each rule on pages that gave a
    document, `kept` is the share of their characters that was text, None without such pages. `leaks` is the share of
    the newest documents that hold lines of the site's frame, `leaked_chars` their characters a document, `leaking`
    those in most documents. `seconds` is how long it took.
    """

    site: str
    title: str
    pages: int
    documents: int
    duplicates: int
    unchanged: int
    truncated: int
    rejected: int
    reason: str
    alarms: tuple[str, ...]
    exit_code: int
    new: int = 0
    changed: int = 0
    recleaned: int = 0
    removed: int = 0
    spun: int = 0
    reflowed: int = 0
    hosts: tuple[str, ...] = ()
    taken_up: str | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    broken_sitemaps: int = 0
    explored: Mapping[str, int] = field(default_factory=dict)
    noise: Mapping[str, int] = field(default_factory=dict)
    kept: float | None = None
    leaks: float | None = None
    leaked_chars: float | None = None
    leaking: tuple[str, ...] = ()
    seconds: float = 0.0


def summarise(site: Site, stats: Mapping[str, Any], crash: BaseException | None = None) -> Summary:
    """Return the summary of a crawl from Scrapy's stats and the exception that ended it, if one did."""
    counts = {name: stats.get(stat, 0) for name, stat in COUNTS.items()}
    drops = {name: count for name, count in _below(_DROPS, stats).items() if name not in _NOT_REJECTED}
    reasons = dict(sorted((Counter(drops) + Counter(_below(BLOCKED_STAT, stats))).items()))
    reason = stats.get("finish_reason", BROKEN_OFF if stats else NOT_BEGUN)
    if crash is not None and not isinstance(crash, Locked | ArgumentError):
        reason = type(crash).__name__
    code, alarms = _verdict(stats, crash)
    page_chars = stats.get(PAGE_CHARS, 0)
    return Summary(
        site=site.name,
        title=site.title,
        **counts,
        rejected=sum(reasons.values()),
        reason=reason,
        alarms=alarms,
        exit_code=code,
        hosts=tuple(
            f"{host}: {why}"
            for prefix in (CLOSED_STAT, OVER_BUDGET_STAT)
            for host, why in _below(prefix, stats).items()
        ),
        reasons=reasons,
        failures=dict(sorted(_below(FAILED_STAT, stats).items())),
        broken_sitemaps=stats.get(BROKEN_SITEMAPS_STAT, 0),
        explored={name: stats.get(stat, 0) for name, stat in _EXPLORED.items()} if PAGES_STAT in stats else {},
        taken_up=stats.get(RESUMED_STAT),
        noise=dict(sorted(_below(NOISE_STAT, stats).items())),
        kept=round(stats.get(KEPT_CHARS, 0) / page_chars, 4) if page_chars else None,
        seconds=round(stats.get("elapsed_time_seconds", 0.0), 2),
    )


def exit_code(summaries: Sequence[Summary]) -> int:
    """Return the one exit code of several crawls: the gravest, the disk's trouble first, then a bug, then alarms."""
    return min((summary.exit_code for summary in summaries), key=GRAVEST.index, default=CLEAN)


def as_json(summaries: Sequence[Summary], data_dir: str, place: Place | None = None) -> dict[str, Any]:
    """Return the crawls as a JSON object; a ledger at `place` that several machines share has no shards."""
    shared = isinstance(place, PostgresAddress)
    return {
        "sites": [asdict(summary) for summary in summaries],
        "documents": None if shared else f"{shown(data_dir)}/documents",
        "ledger": str(place) if shared else f"{shown(data_dir)}/ledger.sqlite",
        "exit_code": exit_code(summaries),
    }


def _verdict(stats: Mapping[str, Any], crash: BaseException | None) -> tuple[int, tuple[str, ...]]:
    """Return exit code and alarms of a crawl; the gravest cause decides: disk, bug, then alarms."""
    if kind := next((kind for kind in _REFUSALS if isinstance(crash, kind)), None):
        return _REFUSALS[kind], (str(crash),)
    if ERROR_STAT in stats or stats.get("finish_reason") == CLOSE_REASON:
        return DISK, (stats.get(ERROR_STAT, "the ledger failed"),)
    errors = stats.get("spider_exceptions/count", 0) + stats.get("documents/error", 0)
    if crash is not None:
        return BUG, (f"{type(crash).__name__}: {crash}",)
    if errors:
        return BUG, (f"{counted(errors, 'error')} in spider or pipelines, see the log",)
    alarms = tuple(_alarms(stats))
    return (ALARM if alarms else CLEAN), alarms


def _alarms(stats: Mapping[str, Any]) -> list[str]:
    """Yield what a person should look at, one line each."""
    alarms = [f"{host} is closed: {why}" for host, why in _below(CLOSED_STAT, stats).items()]
    alarms += [stats[name] for name in (DRIFT_STAT, ONE_FOR_MANY_STAT) if name in stats]
    for url, crashes in _below(CRASHES_STAT, stats).items():
        quarantined = crashes >= MAX_CRASHES
        then = (
            "twice and is not asked for any more" if quarantined else "that cleaned it; the next run asks for it again"
        )
        alarms.append(f"{url!a} ended the process {then}")
    alarms += [
        f"{host}: {pages} pages in a row gave no new document, the rest of it was left out; see TRAP_PAGES"
        for host, pages in _below(LEFT_STAT, stats).items()
    ]
    if stats and "finish_reason" not in stats:
        return [*alarms, "broken off before its end; what was not committed is fetched again by the next run"]
    if stats.get("finish_reason") in (None, STOPPED):
        return alarms
    pages, fetched = stats.get("pages/fetched", 0), stats.get("documents/fetched", 0)
    failed = sum(count for reason, count in _below(FAILED_STAT, stats).items() if reason not in _GONE)
    if failed > max(MIN_FAILED - 1, MAX_FAILED * (pages + failed)):
        alarms.append(f"{failed} of {pages + failed} pages did not come")
    good = sum(stats.get(COUNTS[name], 0) for name in ("documents", "duplicates", "unchanged"))
    nothing_left = stats.get(DUE_STAT) == 0 or (RESUMED_STAT in stats and not stats.get("pages/failed"))
    if not pages and not alarms and not _below(OVER_BUDGET_STAT, stats) and not nothing_left:
        where = ": what it begins with is not saved (a start page, mostly)" if stats.get(NOT_SAVED_STAT) else ""
        alarms.append(f"no page could be fetched{where}")
    elif (
        DUE_STAT in stats or RESUMED_STAT in stats
    ):  # a page that is gone, a listing without news, the last pages of a crawl: no sign of anything
        pass
    elif pages and not fetched:
        alarms.append(f"no document page among {counted(pages, 'page')}: the site's addresses may have changed")
    elif fetched and not good:
        alarms.append(f"{counted(fetched, 'document page')} gave no document: the site's pages may have changed")
    return alarms


def _below(prefix: str, stats: Mapping[str, Any]) -> dict[str, Any]:
    return {stat.removeprefix(prefix): value for stat, value in stats.items() if stat.startswith(prefix)}


def leaks_in_words(share: float, chars: float | None) -> str:
    """Return what leaked in words.

    >>> leaks_in_words(0.25, 8.2), leaks_in_words(0.0, 0.0)[:21]
    ('lines of the frame in 25% of the newest documents, 8.2 characters a document', 'no lines of the frame')
    """
    if not share:
        return "no lines of the frame in the newest documents"
    return f"lines of the frame in {share:.0%} of the newest documents, {chars or 0:g} characters a document"


def spoken(reason: str) -> str:
    """Return the name of a reason in words; Scrapy's `Download` says nothing, and names all in capitals stay.

    >>> spoken("SoftNotFound"), spoken("DownloadConnectionRefused"), spoken("HTTP 500")
    ('soft not found', 'connection refused', 'HTTP 500')
    """
    words = _INNER_CAPITAL.sub(" ", reason.removeprefix("Download")).split()
    return " ".join(word if word.isupper() else word.lower() for word in words)


_INNER_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


def shown(data_dir: str) -> str:
    """Show a folder as the reader would name it from here."""
    relative = os.path.relpath(data_dir)
    return data_dir if relative.startswith("..") else Path(relative).as_posix()
