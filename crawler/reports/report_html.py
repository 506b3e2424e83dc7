"""Renders the report as one page of HTML with plots; it runs no script and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from cleaners.judging.rulebook import REASONS
from crawler.reports import plots
from crawler.reports.history import Run
from crawler.reports.report import SiteReport, Usual
from crawler.reports.report_text import in_words, when
from crawler.reports.summary import leaks_in_words, spoken
from crawler.reports.web_page import FOOT, Entry, contents, head, safe, table
from crawler.terminal.table import counted

MAX_PARTED = 3
"""Sites on a page whose list of contents names the parts of each, at most."""
MAX_RULES = 15
"""Rules of a site that are listed; those that stopped hitting always are."""


def page(found: Sequence[SiteReport]) -> str:
    """Return the whole page."""
    times = [run.time for report in found for run in report.runs]
    runs = counted(len(times), "run")
    sites = counted(len(found), "site")
    span = " to ".join(dict.fromkeys(safe(time[:10]) for time in (min(times), max(times))))
    entries: list[Entry] = []
    sections = [_listed(number, report, entries) for number, report in enumerate(found)]
    return "".join(
        [
            head("Crawl report", listed=True),
            f'<main><h1>Crawl report</h1><p class="soft">{runs} of {sites}, {span}, times in UTC; rules of version '
            f"{safe(max(found, key=lambda report: report.newest.time).newest.version)}</p>",
            *_overview(found),
            *sections,
            "</main>",
            contents(entry for entry in entries if not (entry[1] and len(found) > MAX_PARTED)),
            FOOT,
        ]
    )


def _listed(number: int, report: SiteReport, entries: list[Entry]) -> str:
    """Return the section of one site; its headings get ids and are added to the list of contents."""
    entries.append((f"s{number}", "", f"{report.site} {report.title}".rstrip()))

    def named(heading: re.Match[str]) -> str:
        at = f"h{len(entries)}"
        entries.append((at, "part", heading[1]))
        return f'<h3 id="{at}">{heading[1]}</h3>'

    return re.sub(r"<h3>(.*?)</h3>", named, "".join(_site(number, report)))


def _overview(found: Sequence[SiteReport]) -> Iterator[str]:
    heading = ("#site", "to look at", "~last run", "~", "*documents", "~*known", "~*rejected", "*text kept")
    rows = []
    for number, report in enumerate(found):
        run, seen = report.newest, report.findings
        state = f'<span class="look">{len(seen)}</span>' if seen else '<span class="ok">nothing</span>'
        name = f'<a href="#s{number}">{safe(report.site)}</a> {safe(report.title)}'
        rows.append((name, state, _time(run), safe(run.command), *_counts(run)))
    yield table(heading, rows)


def _site(number: int, report: SiteReport) -> Iterator[str]:
    """Yield the section of one site."""
    yield f'<section id="s{number}"><h2>{safe(report.site)} {safe(report.title)}</h2>'
    earlier = len(report.earlier)
    compared = f"compared with {counted(earlier, 'earlier run')} of the same kind; “usual” is their median"
    yield f'<p class="soft">The last run is {compared if earlier else "the first of its kind"}.</p>'
    if report.findings:
        yield f'<ul class="findings">{"".join(f"<li>{safe(finding)}</li>" for finding in report.findings)}</ul>'
    yield from _plots(report.runs)
    yield from _reasons(report.reasons(), report.newest.pages)
    yield from _forms(report.forms())
    yield from _rules(report.rules(), report.newest.good)
    yield from _leaks(report.newest)
    yield from _hosts(report)
    yield from _runs(report.runs)
    yield "</section>"


def _plots(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the plots of a site: its pages, the share of text kept, and the time of each run."""
    names = ("new", "known", "rejected")
    keys = "".join(f'<span class="key {name}"></span><span>{name}</span>' for name in names)
    counts = [(when(run), (run.documents, run.duplicates + run.unchanged, run.rejected)) for run in runs]
    yield '<div class="plots">'
    alarms = [place for place, run in enumerate(runs) if run.alarms]
    told = f'{keys}<span class="key alarm"></span><span>alarm</span>' if alarms else keys
    yield _figure("Pages of documents", told, plots.bars(counts, names, names, alarms))
    kept = plots.line([(when(run), run.kept) for run in runs])
    yield _figure("Text kept", "share of the pages’ characters", kept)
    if any(run.leaks is not None for run in runs):
        leaks = plots.line([(when(run), run.leaks) for run in runs])
        yield _figure("Leaks", "share of the newest documents with lines of the frame", leaks)
    unit, seconds = ("minutes", 60) if max(run.seconds for run in runs) >= 1200 else ("seconds", 1)
    took = [(when(run), (round(run.seconds / seconds),)) for run in runs]
    if any(count for _, (count,) in took):
        yield _figure("Time taken", unit, plots.bars(took, ("known",), (unit,)))
    yield "</div>"


def _figure(name: str, keys: str, plot: str) -> str:
    return f'<figure><figcaption>{name}<span class="keys">{keys}</span></figcaption>{plot}</figure>'


def _reasons(reasons: Mapping[str, Usual], pages: int) -> Iterator[str]:
    if reasons:
        rows = [(safe(spoken(name)), _number(reason.count), _part(reason.each), _part(reason.usual),
                 plots.share(min(1.0, reason.each))) for name, reason in reasons.items()]  # fmt: skip
        yield f"<h3>Why pages were rejected</h3><p class='soft'>of {pages:,} pages of the last run</p>"
        yield table(("reason", "*pages", "*share", "*usual", "~"), rows)


def _forms(forms: Mapping[str, Usual]) -> Iterator[str]:
    if forms:
        rows = [(safe(name), _number(form.count), _part(form.each), _part(form.usual)) for name, form in forms.items()]
        yield "<h3>Texts rewritten by engines, or without their paragraphs</h3>"
        yield table(("text", "*documents", "*share", "*usual"), rows)


def _rules(rules: Mapping[str, Usual], documents: int) -> Iterator[str]:
    """Yield the table of rules: the most frequent ones, and all that have fallen silent."""
    most = max((rule.each for rule in rules.values()), default=0) or 1
    rows = []
    for place, (name, rule) in enumerate(rules.items()):
        silent = rule.silent(documents)
        if place < MAX_RULES or silent:
            label = f'<span class="look">{safe(name)}</span>' if silent else safe(name)
            label += f"<small>{safe(REASONS[name])}</small>" if name in REASONS else ""
            bar = plots.share(min(1.0, rule.each / most))
            rows.append((label, _number(rule.count), _each(rule.each), _each(rule.usual), bar))
    if rows:
        yield "<h3>What was taken away or mended</h3>"
        yield f"<p class='soft'>edits of each rule in {counted(documents, 'document')}"
        yield f"{f'; the first {MAX_RULES} of {len(rules)} rules' if len(rules) > MAX_RULES else ''}</p>"
        yield table(("rule", "*edits", "*a document", "~*usual", "~"), rows)


def _leaks(run: Run) -> Iterator[str]:
    """Yield the lines of the frame that stand in most of the newest documents."""
    if run.leaking and run.leaks is not None:
        yield f"<h3>Leaks</h3><p class='soft'>{leaks_in_words(run.leaks, run.leaked_chars)}</p>"
        yield table(("documents", "line"), [tuple(map(safe, line.split(": ", 1))) for line in run.leaking])


def _hosts(report: SiteReport) -> Iterator[str]:
    rows = [(safe(host), safe(in_words(day))) for host, day in report.hosts.items()]
    rows += [("", f'<span class="look">{safe(host)}</span>') for host in report.newest.hosts]
    if rows:
        yield "<h3>Hosts</h3>"
        yield table(("host", "state"), rows)


def _runs(runs: Sequence[Run]) -> Iterator[str]:
    heading = ("ended", "", "*pages", "*documents", "*known", "*rejected", "*text kept", "*took", "*exit", "end")
    rows = [
        (_time(run), safe(run.command), _number(run.pages), *_counts(run), str(timedelta(seconds=round(run.seconds))),
         str(run.exit_code), safe(run.reason))
        for run in reversed(runs)
    ]  # fmt: skip
    yield "<h3>Runs</h3>"
    yield table(heading, rows)


def _time(run: Run) -> str:
    return f"<time>{safe(when(run))}</time>"


def _counts(run: Run) -> tuple[str, str, str, str]:
    numbers = (run.documents, run.duplicates + run.unchanged, run.rejected)
    return (*map(_number, numbers), _part(run.kept))  # type: ignore[return-value]


def _number(count: int) -> str:
    return f"{count:,}"


def _part(part: float | None) -> str:
    return "–" if part is None else f"{part:.1%}"


def _each(each: float | None) -> str:
    return "–" if each is None else f"{each:.2f}"
