"""Compares the last runs of each site with those before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from cleaners.sites import sites
from crawler.downloader.daily_budget import HostBudget, HostBudgets
from crawler.reports import history
from crawler.reports.history import Run
from crawler.reports.summary import spoken
from pipelines.ledger.connection import Place
from pipelines.ledger.hosts import HostsTable
from pipelines.ledger.postgres import PostgresAddress

MAX_COMPARED = 5
"""Earlier runs, at most, that a run is compared with."""
MIN_RUNS = 4
"""Documents, hits or pages below which a change may be chance."""
KEPT_CHANGE = 0.15
"""By which the share of text kept may differ from what is usual."""
_FINISHED = ("finished", "limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A count of the newest run beside the median of the earlier runs it is compared with, None without any.

    `each` is the count for each page, or for each document; `usual` that of the earlier runs.
    """

    count: int
    each: float
    usual: float | None

    def silent(self, among: int) -> bool:
        """Say whether it stopped, where `among` so many documents or pages some were to be expected."""
        return not self.count and (self.usual or 0) * among >= MIN_RUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """One site: its last runs, the newest last, the earlier ones it is compared with, its host budgets."""

    site: str
    title: str
    runs: Sequence[Run]
    earlier: Sequence[Run]
    hosts: Mapping[str, HostBudget]

    @property
    def newest(self) -> Run:
        """The last run."""
        return self.runs[-1]

    @property
    def findings(self) -> list[str]:
        """What a person should look at, one line each: alarms of the last run, and how it is unlike those before."""
        changes = list(_changes(self)) if self.newest.reason in _FINISHED and self.earlier else []
        if changes and (before := self.earlier[-1].version) != self.newest.version:
            changes.append(f"the rules are of version {self.newest.version}, before of version {before}")
        return [*self.newest.alarms, *changes]

    def reasons(self) -> dict[str, Usual]:
        """Return why pages were rejected, the most frequent reason first; each is a share of the pages."""
        return self._usual(lambda run: run.reasons, lambda run: run.pages)

    def rules(self) -> dict[str, Usual]:
        """Return how often each rule hit, the most frequent first, also those that hit in earlier runs only."""
        return self._usual(lambda run: run.noise, lambda run: run.good)

    def forms(self) -> dict[str, Usual]:
        """Return how many documents are spun, and of how many the paragraphs were restored, those that are none out."""
        found = self._usual(lambda run: {"spun": run.spun, "paragraphs restored": run.reflowed}, lambda run: run.good)
        return {name: usual for name, usual in found.items() if usual.count or usual.usual}

    def _usual(self, counts: Callable[[Run], Mapping[str, int]], of: Callable[[Run], int]) -> dict[str, Usual]:
        """Return each name in `counts`: its count per `of` in the newest run, and the median of earlier runs."""
        names = {name for run in (self.newest, *self.earlier) for name in counts(run)}

        def each(run: Run, name: str) -> float:
            return counts(run).get(name, 0) / max(of(run), 1)

        found = {
            name: Usual(
                count=counts(self.newest).get(name, 0),
                each=each(self.newest, name),
                usual=median(each(run, name) for run in self.earlier) if self.earlier else None,
            )
            for name in names
        }
        return dict(sorted(found.items(), key=lambda item: (-item[1].count, -(item[1].usual or 0), item[0])))


def reports(data_dir: Path, last: int, place: Place | None = None) -> list[SiteReport]:
    """Return the report of each site that has run, with its `last` runs.

    The history is that of the ledger at `place` where several machines share one. Raises OSError and LedgerError."""
    by_site: dict[str, list[Run]] = {}
    for run in history.read(data_dir, place=place):
        by_site.setdefault(run.site, []).append(run)
    return [_report(_budgets(data_dir, name, place), name, runs, last) for name, runs in sorted(by_site.items())]


def _report(hosts: Mapping[str, HostBudget], name: str, runs: Sequence[Run], last: int) -> SiteReport:
    """Return the report of one site: its runs, and the finished earlier ones that are like the newest."""
    newest = runs[-1]
    alike = [run for run in runs[:-1] if (run.command, run.asked) == (newest.command, newest.asked)]
    earlier = [run for run in alike if run.reason in _FINISHED][-MAX_COMPARED:]
    known = sites().get(name)
    return SiteReport(
        site=name,
        title=known.title if known else "",
        runs=runs[-last:],
        earlier=earlier,
        hosts=hosts,
    )


def _budgets(data_dir: Path, name: str, place: Place | None) -> Mapping[str, HostBudget]:
    if isinstance(place, PostgresAddress):
        return HostBudgets.read(HostsTable(place, name)).hosts
    path = data_dir / f"{name}.hosts.json"
    return HostBudgets.read(path).hosts if "/" not in name and path.is_file() else {}


def _changes(report: SiteReport) -> Iterator[str]:
    """Yield a sentence for each count of the newest run that is far from the median of the earlier ones."""
    newest, earlier = report.newest, report.earlier
    usual = median(run.good for run in earlier)
    if usual >= MIN_RUNS and newest.good < usual / 2:
        yield f"{newest.good} document pages, usually {usual:g}: down by more than half"
    for name, reason in report.reasons().items():
        before = reason.usual or 0
        if reason.count >= MIN_RUNS and reason.each > 2 * before + 0.02:
            yield f"{spoken(name)}: {reason.count} of {newest.pages} pages ({reason.each:.0%}), usually {before:.0%}"
    rules = report.rules().items()
    silent = [(name, rule.usual or 0) for name, rule in rules if rule.silent(newest.good)]
    if silent:
        yield "no hit any more: " + ", ".join(f"{name} (usually {usual:.2g} a document)" for name, usual in silent)
    kept = [run.kept for run in earlier if run.kept is not None]
    if kept and newest.kept is not None and abs(newest.kept - median(kept)) > KEPT_CHANGE:
        yield f"{newest.kept:.0%} of the text kept, usually {median(kept):.0%}"


def as_json(found: Sequence[SiteReport]) -> dict[str, Any]:
    """Return the reports as a JSON object."""
    return {
        "sites": [
            {
                "site": report.site,
                "findings": report.findings,
                "compared_with": len(report.earlier),
                "runs": [asdict(run) for run in report.runs],
                "reasons": {name: asdict(usual) for name, usual in report.reasons().items()},
                "forms": {name: asdict(usual) for name, usual in report.forms().items()},
                "rules": {name: asdict(usual) for name, usual in report.rules().items()},
                "hosts": {host: asdict(day) for host, day in report.hosts.items()},
            }
            for report in found
        ]
    }
