"""What has leaked into a site's documents, measured after a crawl and held against earlier runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from crawler.errors import ALARM, CLEAN
from crawler.reports.history import Run
from crawler.reports.summary import Summary
from pipelines.ledger.documents import Ledger
from pipelines.profiles import leaks_of

MIN_LEAKS, MUCH_MORE = 0.1, 2.0
"""Share of documents touched below which nothing is an alarm, and how many times what is usual is one."""

MAX_EXAMPLES = 5
"""Leaks that a summary tells, at most."""


def measured(summary: Summary, ledger: Ledger, earlier: Sequence[Run], asked: Mapping[str, str]) -> Summary:
    """Return the summary of a crawl with what leaked into the site's newest documents, and an alarm where it jumped.

    `earlier` are all runs before, of which those are compared that were asked the same. Raises LedgerError.
    """
    if not (summary.documents or summary.recleaned):
        return summary
    found = leaks_of(ledger, summary.site)
    if found is None:
        return summary
    told = tuple(f"{leak.documents} of {found.documents}: {leak.line}" for leak in found.lines[:MAX_EXAMPLES])
    summary = replace(summary, leaks=found.touched, leaked_chars=found.chars, leaking=told)
    alike = [run.leaks for run in earlier if run.site == summary.site and run.asked == asked and run.leaks is not None]
    if not alike or found.touched < max(MIN_LEAKS, MUCH_MORE * median(alike)):
        return summary
    alarm = (
        f"lines of the site's frame stand in {found.touched:.0%} of the newest documents, usually {median(alike):.0%}: "
        f"{'; '.join(told[:2])}; learn its frame again (learn --replay)"
    )
    code = ALARM if summary.exit_code == CLEAN else summary.exit_code
    return replace(summary, alarms=(*summary.alarms, alarm), exit_code=code)
