"""The hosts of a site, their day and their pauses, in a ledger in PostgreSQL."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from pipelines.ledger.database import Database
from pipelines.ledger.leases import Lease
from pipelines.ledger.postgres import PostgresAddress


@dataclass(frozen=True, slots=True)
class HostsTable:
    """What the ledger at `place` keeps of the hosts of `site`, read and written whole as a file would be.

    With a `lease` it is written by who has the site only. Raises LedgerError.
    """

    place: PostgresAddress
    site: str
    lease: Lease | None = None

    def __str__(self) -> str:
        """Return where it is."""
        return f"{self.place}, table hosts, {self.site}"

    def exists(self) -> bool:
        """Say whether something is kept of the site."""
        return bool(self.read_bytes())

    def read_bytes(self) -> bytes:
        """Return what is kept, nothing for an unknown site."""
        with closing(Database(self.place)) as ledger:
            return str(ledger.value("SELECT budgets FROM hosts WHERE site = ?", self.site) or "").encode()

    def write_bytes(self, data: bytes) -> None:
        """Keep this instead."""
        if self.lease:
            self.lease.check()
        with closing(Database(self.place)) as ledger:
            ledger.fence = self.lease.fence if self.lease else None
            with ledger.transaction() as db:
                db.execute(_WRITE, (self.site, data.decode()))


_WRITE = "INSERT INTO hosts VALUES (?, ?) ON CONFLICT (site) DO UPDATE SET budgets = excluded.budgets"
