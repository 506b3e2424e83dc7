"""The table that a crawl ends with: every site of a few, the worst of many, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crawler.errors import CLEAN
from crawler.reports.summary import (
    GRAVEST,
    HAD_ITS_SHARE,
    NOT_BEGUN,
    STOPPED,
    Summary,
    leaks_in_words,
    shown,
    spoken,
)
from crawler.terminal import table
from crawler.terminal.explain import visible
from pipelines.ledger.connection import Place
from pipelines.ledger.postgres import PostgresAddress

MAX_ROWS, MAX_NOTES = 12, 7
"""Rows of sites, and lines below them, of a table that has more sites than these rows."""

Columns = Mapping[str, str]
"""Headings of a table, each with the count that stands below it."""
CRAWLED: Columns = {name: name for name in ("pages", "documents", "duplicates", "unchanged", "truncated", "rejected")}
REFRESHED: Columns = {
    "pages": "pages",
    "new": "new",
    "same": "unchanged",
    "changed": "changed",
    "recleaned": "recleaned",
    "removed": "removed",
    "rejected": "rejected",
}
_COLUMNS = 80


def as_table(
    summaries: Sequence[Summary], data_dir: str, columns: Columns = CRAWLED, place: Place | None = None
) -> str:
    """Return the crawls as a table of at most 80 columns, with totals and a line that says where the files are.

    Where several machines share the ledger at `place`, the line names that.

    Of more than `MAX_ROWS` sites the worst have a row each, with a `!` where there is something to look at, and all
    others one together.
    """
    many = len(summaries) > MAX_ROWS
    ranked = sorted(summaries, key=_goodness) if many else list(summaries)
    named, others = (ranked[:MAX_ROWS], ranked[MAX_ROWS:]) if many else (ranked, [])
    counts = {id(each): [int(getattr(each, count)) for count in columns.values()] for each in summaries}
    rows: list[tuple[str, Sequence[int]]] = [(_label(each, marked=many), counts[id(each)]) for each in named]
    if others:
        fine = all(each.exit_code == CLEAN for each in others)
        label = f"{len(others)} others{', fine' if fine else ''}"
        rows.append((label, _sums([counts[id(each)] for each in others])))
    rows.append((f"total of {len(summaries)}" if many else "total", _sums(list(counts.values()))))
    notes = [visible(note) for note in _notes(ranked)]
    if many and len(notes) > MAX_NOTES:
        notes[MAX_NOTES - 1 :] = [f"… and {len(notes) - MAX_NOTES + 1} lines more; --json tells all"]
    files = f"files: {shown(data_dir)}/documents/*.jsonl, {shown(data_dir)}/ledger.sqlite"
    if isinstance(place, PostgresAddress):
        files = f"ledger: {place}"
    return "\n".join([*_lines(rows, list(columns)), "", *notes, files])


def _lines(rows: Sequence[tuple[str, Sequence[int]]], columns: Sequence[str]) -> list[str]:
    cells: list[Sequence[str | int]] = [columns, *(numbers for _, numbers in rows)]
    room = _COLUMNS - 2 - max(map(len, table.render(cells)))
    labels = ["site", *(table.clip(label, room) for label, _ in rows)]
    return table.render([[label, *numbers] for label, numbers in zip(labels, cells, strict=True)])


def _sums(counts: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)]


def _label(summary: Summary, *, marked: bool) -> str:
    mark = ("  " if summary.exit_code == CLEAN else "! ") if marked else ""
    return f"{mark}{summary.site} {summary.title}"


def _goodness(summary: Summary) -> tuple[int, float, str]:
    """Return how good a crawl was: by its exit code, then by the share of its pages that gave nothing."""
    failed = summary.rejected + sum(summary.failures.values())
    return GRAVEST.index(summary.exit_code), -failed / max(summary.pages + failed, 1), summary.site


def _notes(summaries: Sequence[Summary]) -> Iterator[str]:
    """Yield what the counts do not say, one line for a site and a thing."""
    yield from (f"rejected by {each.site}: {in_words(each.reasons)}" for each in summaries if each.reasons)
    yield from (f"did not come from {each.site}: {in_words(each.failures)}" for each in summaries if each.failures)
    for each in summaries:
        if each.broken_sitemaps:
            yield f"sitemaps of {each.site} that could not be read to their end: {each.broken_sitemaps}"
    yield from _explored([each for each in summaries if each.explored.get("found") or each.explored.get("waiting")])
    yield from (f"{each.site}: went on with the crawl of {each.taken_up}" for each in summaries if each.taken_up)
    yield from (f"{each.site}: {leaks_in_words(each.leaks, each.leaked_chars)}" for each in summaries if each.leaks)
    yield from (f"not asked any more: {host}" for each in summaries for host in each.hosts)
    for reason, told in _ENDS.items():
        yield from (f"{each.site} {told}" for each in summaries if each.reason == reason)


def _explored(summaries: Sequence[Summary]) -> Iterator[str]:
    """Yield what came of exploring, in one line however many sites found something."""
    if summaries:
        counts: Counter[str] = sum((Counter(each.explored) for each in summaries), Counter())
        where = summaries[0].site if len(summaries) == 1 else table.counted(len(summaries), "site")
        yield f"{where}: {explored_in_words(counts)}"


_ENDS = {
    STOPPED: "was stopped; the next run goes on",
    HAD_ITS_SHARE: "had its share of pages; the next run goes on",
    NOT_BEGUN: "was not begun",
}


def in_words(reasons: Mapping[str, int]) -> str:
    """Return counts by reason in words.

    >>> in_words({"NoText": 2, "Cut": 1})
    '2 no text, 1 cut'
    """
    return ", ".join(f"{count} {spoken(reason)}" for reason, count in reasons.items())


def explored_in_words(explored: Mapping[str, int]) -> str:
    """Return what came of exploring in words.

    >>> explored_in_words({"pages": 5, "led": 4, "found": 40, "waiting": 2})
    'explored 5 pages, 4 led to 40 documents; 2 more wait for the next run'
    """
    found = f"{explored['led'] or 'none'} led to {table.counted(explored['found'], 'document')}"
    more = f"; {explored['waiting']} more wait for the next run" if explored["waiting"] else ""
    return f"explored {table.counted(explored['pages'], 'page')}, {found}{more}"
