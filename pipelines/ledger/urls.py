"""The URL store: which addresses wait, what became of each, when it is due again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pipelines.ledger.connection import Place
from pipelines.ledger.database import Database
from pipelines.ledger.schedule import Schedule

MAX_CRASHES = 2
"""Runs that a page may end before it is in quarantine."""

_FOUND = (
    "INSERT INTO urls (url, site, state, kind, depth, round) VALUES (?, ?, 'leased', ?, ?, ?) "
    "ON CONFLICT (url) DO UPDATE SET state = 'leased', depth = excluded.depth, round = excluded.round "
    "WHERE urls.round IS DISTINCT FROM excluded.round AND urls.state != 'quarantined'"
)
_WAITS = "state IN ('pending', 'leased')"


class PendingUrl(NamedTuple):
    """An address that is to be asked for: what it should be, and how many links it is away from a start page."""

    url: str
    kind: str | None
    depth: int = 0


_MADE_BY = """(
    SELECT version_at(urls.url, record) FROM documents WHERE seq = urls.document
)"""


class DueUrl(NamedTuple):
    """An address that is to be asked for again, with the headers of its last answer."""

    url: str
    kind: str | None
    depth: int
    etag: str | None
    last_modified: str | None
    version: str | None = None
    """What made its document, as the record says; None for an address without a document of its own."""


class UrlStore(Database):
    """The addresses of the ledger at `path`.

    A job goes once through a site, or a part of it, in as many runs as it takes; `round` is the number of the one that
    belongs to this run, None when nothing of it is to outlive the run.
    """

    def __init__(self, path: Place, *, create: bool = True, schedule: Schedule | None = None) -> None:
        super().__init__(path, create=create)
        self.schedule = schedule or Schedule()
        self.round: int | None = None
        self._found: list[tuple[str | int | None, ...]] = []

    def begin_job(self, site: str, task: str, now: int, *, anew: bool = False) -> tuple[int | None, list[PendingUrl]]:
        """Start a job of `site`, or unless `anew` resume the one with this `task` that was left unfinished.

        One that was left so long ago that the pages it has read are due again is begun anew. Return when the job
        began (seconds since 1970), None for a new one, and the addresses that wait, which are this run's from now on:
        all of the site's for the tasks `""` and `"refresh"`, else those of the job.
        """
        with self.transaction() as db:
            left = db.execute("SELECT seq, began FROM rounds WHERE site = ? AND task = ?", (site, task)).fetchone()
            number = left[0] if left else None
            if left is None or anew or left[1] < now - self.schedule.initial:
                left = None
                db.execute("DELETE FROM rounds WHERE seq = ?", (number,))
                new = "INSERT INTO rounds (site, task, began) VALUES (?, ?, ?) RETURNING seq"
                ((self.round,),) = db.execute(new, (site, task, now))
            else:
                self.round = number
            own = None if task in ("", "refresh") else number or self.round
            which = f"site = ? AND {_WAITS} AND round IS NOT DISTINCT FROM coalesce(?, round)"
            query = f"SELECT url, kind, depth FROM urls WHERE {which} ORDER BY seq"  # noqa: S608
            waiting = [PendingUrl(*row) for row in db.execute(query, (site, own))]
            update = f"UPDATE urls SET state = 'leased', round = ? WHERE {which}"  # noqa: S608
            db.execute(update, (self.round, site, own))
        return (left[1] if left else None), waiting

    def end_job(self, site: str, *, complete: bool, keep: Callable[[str], bool] | None = None) -> None:
        """End this run's part of its job: what was not asked for waits for the next run.

        When the job is `complete`, only the addresses wait that `keep` names; if there is none, the job is over,
        and what else was found and not asked for is forgotten.
        """
        if self.round is None:
            return
        with self.transaction() as db:
            mine = "site = ? AND state = 'leased'"
            leased = [url for (url,) in db.execute(f"SELECT url FROM urls WHERE {mine}", (site,))]  # noqa: S608
            kept = [url for url in leased if not complete or (keep and keep(url))]
            db.executemany("UPDATE urls SET state = 'pending' WHERE url = ?", [(url,) for url in kept])
            db.execute(f"DELETE FROM urls WHERE {mine} AND fetched IS NULL AND strikes = 0", (site,))  # noqa: S608
            seen = f"UPDATE urls SET state = CASE WHEN misses > 0 THEN 'gone' ELSE 'done' END WHERE {mine}"  # noqa: S608
            db.execute(seen, (site,))
            if complete and not kept:
                db.execute("DELETE FROM rounds WHERE seq = ?", (self.round,))

    def schedule_urls(self, addresses: Iterable[PendingUrl], *, site: str) -> None:
        """Note addresses that this run is to ask for, with the next commit; they wait until a fetch settles them.

        One that this job has asked for already, and one in quarantine, is left as it is.
        """
        addresses = list(addresses)
        self.refuse_nul(*(each.url for each in addresses))
        self._found += [(url, site, kind, depth, self.round) for url, kind, depth in addresses]

    def fetched_urls(self, site: str) -> list[str]:
        """Return the addresses that this job has asked for."""
        query = f"SELECT url FROM urls WHERE site = ? AND round = ? AND NOT {_WAITS}"  # noqa: S608
        return [url for (url,) in self.rows(query, site, self.round)]

    def known_urls(self, site: str) -> list[str]:
        """Return all addresses of `site`."""
        return [url for (url,) in self.rows("SELECT url FROM urls WHERE site = ?", site)]

    def pages_of_links(self, site: str) -> list[tuple[str, bool]]:
        """Return the pages of `site` that were read and are no documents, and whether they led to any."""
        query = "SELECT url, kind FROM urls WHERE site = ? AND state = 'done' AND kind IN ('listing', 'other')"
        return [(url, kind == "listing") for url, kind in self.rows(query, site)]

    def sites(self) -> list[str]:
        """Return the sites that have addresses."""
        return [site for (site,) in self.rows("SELECT DISTINCT site FROM urls ORDER BY site")]

    def is_crawled(self, site: str) -> bool:
        """Say whether a crawl of all of `site` has come to its end once, so that it is refreshed from then on."""
        query = (
            "SELECT EXISTS (SELECT 1 FROM urls WHERE site = ? AND fetched IS NOT NULL) "
            "AND NOT EXISTS (SELECT 1 FROM rounds WHERE site = ? AND task = '')"
        )
        return bool(self.value(query, site, site))

    def next_due(self, site: str) -> int | None:
        """Return when the first address of `site` is due (seconds since 1970, UTC), None where none ever is."""
        due = f"min(CASE WHEN {_WAITS} THEN 0 ELSE next_due END)"
        query = f"SELECT {due} FROM urls WHERE site = ? AND state != 'quarantined'"  # noqa: S608
        found: int | None = self.value(query, site)
        return found

    def due(self, site: str, now: int, *, everything: bool = False, limit: int | None = None) -> list[DueUrl]:
        """Return what is to be asked for again at `now`, the longest overdue first; `everything`: whenever it is due.

        A due time further away than the longest interval was written by a clock set wrong, and is set right.
        """
        most = now + self.schedule.longest
        with self.transaction() as db:
            db.execute("UPDATE urls SET next_due = ? WHERE site = ? AND next_due > ?", (most, site, most))
        query = (
            f"SELECT url, kind, depth, etag, last_modified, {_MADE_BY} FROM urls WHERE site = ? AND next_due <= ? "  # noqa: S608
            "AND state IN ('done', 'gone', 'blocked') ORDER BY next_due, seq LIMIT ?"
        )
        return [DueUrl(*row) for row in self.rows(query, site, most if everything else now, limit or sys.maxsize)]

    def mark_modified(self, site: str, modified: Mapping[str, int], now: int) -> None:
        """Have pages that were changed after their last fetch be due at once, at the shortest interval though.

        What is due sooner stays so, and what was changed after `now` (seconds since 1970, UTC) is left as it is.
        """
        query = (
            "UPDATE urls SET next_due = fetched + ? WHERE url = ? AND site = ? AND fetched < ? "
            "AND next_due > fetched + ? AND state IN ('done', 'gone')"
        )
        least = self.schedule.shortest
        with self.transaction() as db:
            told = ((least, url, site, moment, least) for url, moment in modified.items() if moment <= now)
            db.executemany(query, told)

    def count_due(self, now: int, *, everything: bool = False) -> list[tuple[str, str, int]]:
        """Return how many addresses of each site and kind `due` and `begin_job` would give at `now`."""
        query = (
            f"SELECT site, CASE WHEN {_WAITS} THEN 'waiting' ELSE coalesce(kind, 'other') END AS what, count(*) "  # noqa: S608
            f"FROM urls WHERE {_WAITS} OR (next_due <= ? AND state != 'quarantined') "
            "GROUP BY site, what ORDER BY site, what"
        )
        return self.rows(query, sys.maxsize if everything else now)

    def count_crash(self, url: str, *, site: str) -> int:
        """Note that a run ended while it handled `url`; return how many did."""
        with self.transaction() as db:
            db.execute(
                "INSERT INTO urls (url, site, state, strikes) VALUES (?, ?, 'pending', 1) "
                "ON CONFLICT (url) DO UPDATE SET strikes = urls.strikes + 1",
                (url, site),
            )
            db.execute("UPDATE urls SET state = 'quarantined' WHERE url = ? AND strikes >= ?", (url, MAX_CRASHES))
        return int(self.value("SELECT strikes FROM urls WHERE url = ?", url))

    def crash_counts(self, *, site: str) -> dict[str, int]:
        """Return the pages of `site` that runs ended at, with the number of runs."""
        return dict(self.rows("SELECT url, strikes FROM urls WHERE site = ? AND strikes > 0", site))

    def clear_crashes(self, url: str) -> None:
        """Forget the crashes of `url`, which was handled."""
        with self.transaction() as db:
            db.execute("UPDATE urls SET strikes = 0 WHERE url = ?", (url,))

    def _write_found(self) -> None:
        self._db.executemany(_FOUND, self._found)
