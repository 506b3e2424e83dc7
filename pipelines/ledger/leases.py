"""Leases: which of several machines has a site, in a ledger in PostgreSQL.

A lease is held until a time that a heartbeat moves on. Its token counts up with each taking, and every commit asks for
it (the fence), so a machine that lost its site, frozen or cut off, can write nothing more.
"""

from __future__ import annotations

import math
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

import orjson

from pipelines.ledger.connection import LedgerError
from pipelines.ledger.database import Database
from pipelines.ledger.lock import Locked
from pipelines.ledger.postgres import PostgresAddress
from pipelines.ledger.schema import Connection

SURE = 0.8
"""Share of a lease for which its holder counts on it: clocks may differ, and a request that was sent takes a while."""
BEATS = 4
"""Heartbeats a lease."""

_KNOW = "INSERT INTO leases (site) SELECT value FROM json_each(?) ON CONFLICT DO NOTHING RETURNING site"
_FREE = "(held_until IS NULL OR held_until < now())"
_TAKE = (
    "UPDATE leases SET worker = ?, token = token + 1, held_until = now() + ? * interval '1 second' "  # noqa: S608
    f"WHERE site = (SELECT site FROM leases WHERE site IN (SELECT value FROM json_each(?)) AND {_FREE} "
    "AND (due <= now() OR CAST(? AS BOOLEAN)) ORDER BY due, site LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING site, token"
)
_BEAT = (
    "UPDATE leases SET held_until = now() + ? * interval '1 second' WHERE site = ? AND token = ? "
    "AND held_until IS NOT NULL RETURNING site"
)
_GIVE_BACK = (
    "UPDATE leases SET worker = NULL, held_until = NULL, due = now() + ? * interval '1 second' "
    "WHERE site = ? AND token = ?"
)


class LeaseLost(LedgerError):  # noqa: N818 (a state, not a fault)
    """Another machine has the site now; what was not committed is not."""


@dataclass(slots=True)
class Lease:
    """A site that this process holds; `deadline` (monotonic) is until when it may count on that."""

    site: str
    token: int
    deadline: float

    def holds(self) -> bool:
        """Say whether the site surely is still ours."""
        return time.monotonic() < self.deadline

    def check(self) -> None:
        """Raise LeaseLost unless the site surely is still ours; to be called before anything is sent to the server."""
        if not self.holds():
            raise LeaseLost(f"{self.site}: its lease was not renewed in time")

    def fence(self, db: Connection) -> None:
        """Raise LeaseLost unless the lease is ours; to be called within the transaction that writes."""
        asked = "SELECT 1 FROM leases WHERE site = ? AND token = ? FOR SHARE"
        if not db.execute(asked, (self.site, self.token)).fetchone():
            self.deadline = -math.inf
            raise LeaseLost(f"{self.site}: another machine has taken it over; what was not committed is fetched there")


@dataclass(slots=True)
class Leases:
    """The leases of this process, `seconds` long; `beating` keeps them in a thread of its own."""

    address: PostgresAddress
    seconds: float
    worker: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    _held: dict[str, Lease] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def take(self, sites: Sequence[str], *, due_only: bool = True) -> Lease | None:
        """Take the site of `sites` that is due longest and nobody has, None when there is none; raises LedgerError."""
        names, before = orjson.dumps(list(sites)).decode(), time.monotonic()
        with closing(Database(self.address)) as ledger:
            ledger.rows(_KNOW, names)
            found = ledger.rows(_TAKE, self.worker, self.seconds, names, not due_only)
        if not found:
            return None
        ((site, token),) = found
        self._held[site] = Lease(site, token, before + SURE * self.seconds)
        return self._held[site]

    def give_back(self, lease: Lease, due_in: float = 0) -> None:
        """Give a site back, which is due again in so many seconds; one that was lost is left alone."""
        self._held.pop(lease.site, None)
        with closing(Database(self.address)) as ledger, ledger.transaction() as db:
            db.execute(_GIVE_BACK, (due_in, lease.site, lease.token))

    @contextmanager
    def hold(self, site: str) -> Iterator[Lease]:
        """Hold one site; raises `Locked` when another process has it."""
        lease = self.take([site], due_only=False)
        if lease is None:
            raise Locked(f"{site}: another run holds its lease in {self.address}; wait until it has ended")
        try:
            yield lease
        finally:
            with suppress(LedgerError):  # it runs out by itself
                self.give_back(lease)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Keep the leases while the block runs: a page that blocks the event loop must not lose them."""
        thread = threading.Thread(target=self._beat, name="leases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join(self.seconds)

    def _beat(self) -> None:
        while not self._over.wait(self.seconds / BEATS):
            with suppress(LedgerError), closing(Database(self.address, create=False)) as ledger:  # else the next time
                for lease in list(self._held.values()):
                    self._renew(ledger, lease)

    def _renew(self, ledger: Database, lease: Lease) -> None:
        before = time.monotonic()
        kept = ledger.rows(_BEAT, self.seconds, lease.site, lease.token)
        lease.deadline = before + SURE * self.seconds if kept else -math.inf
