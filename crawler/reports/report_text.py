"""The report of the last runs as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawler.downloader.daily_budget import HostBudget
from crawler.reports.crawl_table import MAX_ROWS
from crawler.reports.history import Run
from crawler.reports.report import SiteReport, Usual
from crawler.reports.summary import GRAVEST, leaks_in_words, spoken
from crawler.terminal import table
from crawler.terminal.explain import visible

MAX_WHOLE = 4
"""Sites that a terminal shows whole; of more it shows an overview."""
_COUNTED = ("pages", "documents", "known", "rejected", "exit", "look at")
_LISTED = 8
"""Reasons, and rules, that a terminal shows."""


def as_text(found: Sequence[SiteReport]) -> str:
    """Return the reports for a terminal; of more than `MAX_WHOLE` sites an overview on one screen."""
    if len(found) > MAX_WHOLE:
        return "\n".join(map(visible, _overview(found)))
    return "\n\n".join("\n".join(map(visible, _lines(report))) for report in found)


def _overview(found: Sequence[SiteReport]) -> Iterator[str]:
    """Yield the last run of each site, those with most to look at first, and what there is to look at."""
    ranked = sorted(found, key=lambda report: (not report.findings, -len(report.findings), report.site))
    named, others = ranked[:MAX_ROWS], ranked[MAX_ROWS:]
    rows: list[Sequence[str | int]] = [("site", "ended (UTC)", *_COUNTED)]
    rows += [(report.site, when(report.newest), *_counts([report])) for report in named]
    if others:
        rows.append((f"{len(others)} others", "", *_counts(others)))
    yield from table.render([*rows, (f"total of {len(found)}", "", *_counts(found))])
    findings = [f"{report.site}: {finding}" for report in ranked for finding in report.findings]
    yield ""
    yield from (f"look: {finding}" for finding in findings[:_LISTED])
    if len(findings) > _LISTED:
        yield f"… and {len(findings) - _LISTED} more to look at"
    yield "--site NAME tells of one site, --html FILE of all"


def _counts(some: Sequence[SiteReport]) -> list[int]:
    """Return the sums over the last runs of some sites, their gravest exit code, and how much there is to look at."""
    runs = [report.newest for report in some]
    pages, documents, rejected = (sum(getattr(run, of) for run in runs) for of in ("pages", "documents", "rejected"))
    known = sum(run.duplicates + run.unchanged for run in runs)
    codes = {run.exit_code for run in runs}
    gravest = next((code for code in GRAVEST if code in codes), max(codes))
    return [pages, documents, known, rejected, gravest, sum(len(report.findings) for report in some)]


def _lines(report: SiteReport) -> Iterator[str]:
    """Yield the report of one site as text, line by line."""
    yield f"{report.site} {report.title}".rstrip()
    heading = ("ended (UTC)", "command", "pages", "documents", "known", "rejected", "kept", "s", "exit")
    yield from table.render([heading, *map(_row, report.runs)])
    earlier = len(report.earlier)
    yield f"compared with {table.counted(earlier, 'earlier run')}:" if earlier else "no earlier run to compare with:"
    yield from (f"  look: {finding}" for finding in report.findings)
    if not report.findings:
        yield "  nothing to look at"
    reasons = {spoken(name): reason for name, reason in report.reasons().items()}
    yield from _usually(("rejected because of", "pages", "a page", "usually"), reasons)
    yield from _usually(("text", "documents", "a document", "usually"), report.forms())
    yield from _usually(("rule", "edits", "a document", "usually"), report.rules())
    if report.newest.leaks is not None:
        yield leaks_in_words(report.newest.leaks, report.newest.leaked_chars)
        yield from (f"  {line}" for line in report.newest.leaking)
    yield from (f"not asked any more: {host}" for host in report.newest.hosts)
    yield from (f"host {host}: {in_words(day)}" for host, day in report.hosts.items())


def _usually(heading: Sequence[str], counts: Mapping[str, Usual]) -> list[str]:
    rows = [
        (name, usual.count, f"{usual.each:.2f}", "-" if usual.usual is None else f"{usual.usual:.2f}")
        for name, usual in list(counts.items())[:_LISTED]
    ]
    return table.render([heading, *rows]) if rows else []


def _row(run: Run) -> tuple[str | int, ...]:
    kept = "-" if run.kept is None else f"{run.kept:.0%}"
    counts = (run.pages, run.documents, run.duplicates + run.unchanged, run.rejected)
    return (when(run), run.command, *counts, kept, round(run.seconds), run.exit_code)


def when(run: Run) -> str:
    """Return when a run ended, to the minute."""
    return run.time[:16].replace("T", " ")


def in_words(day: HostBudget) -> str:
    """Return the budget of a host in words."""
    until = f", to be left alone until {day.until[:16]} UTC" if day.until else ""
    return f"{table.counted(day.pages, 'request')} and {day.bytes / 1024**2:.1f} MiB on {day.day or 'no day'}{until}"
