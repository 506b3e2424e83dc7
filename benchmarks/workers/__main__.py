"""Workers on machines of their own crawl hosts together; one is killed, one cut off from the database. `make bench-workers`.

Each machine is a network namespace with a cable to the hosts and one to the database, so only root can run this. When a
third of the pages is stored, the first worker gets SIGKILL; at half of them the second one's cable to the database is
pulled, and put back when others have taken its sites over. Ends with one JSON line, and with an error where a page was
lost, was asked for again without reason, or came too soon.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

from benchmarks.workers import network
from benchmarks.workers.server import Asked, Server
from deploy import postgres
from pipelines.ledger.documents import COMMIT_SECONDS, Ledger
from pipelines.ledger.postgres import PostgresAddress

LATE = 0.05
"""Seconds by which a request may be noted early: the server's clock runs when it reads."""
HANG = 1800.0
"""Seconds without an end after which a run has failed."""
_END = re.compile(r"^scrapy work: at[0-9_]+: (\w+), \d+ pages", re.MULTILINE)


@dataclass(slots=True)
class Worker:
    """`scrapy work` on a machine; `put_out` is when it was killed or cut off (monotonic)."""

    machine: network.Machine
    process: subprocess.Popen[bytes]
    log: Path
    put_out: float = float("inf")

    def ends(self) -> Counter[str]:
        """Return how the crawls ended that it has told of."""
        return Counter(_END.findall(self.log.read_text()))


@contextmanager
def database(folder: Path) -> Iterator[PostgresAddress]:
    """Yield the address, from here, of a server that all machines reach."""
    postgres.make(folder)
    with (folder / "cluster" / "pg_hba.conf").open("a") as file:
        file.write(f"host all all {network.NEIGHBOURS} trust\n")
    with postgres.running(folder, ["-c", f"listen_addresses={network.DATABASE}"]) as url:
        yield PostgresAddress(url)


def start(machine: network.Machine, folder: Path, hosts: Sequence[str], options: argparse.Namespace) -> Worker:
    """Start a worker with a data folder of its own."""
    machine.make()
    settings = {
        "LEDGER": f"postgresql://{getpass.getuser()}@{network.DATABASE}/{postgres.DATABASE}",
        "LEASE_SECONDS": options.lease,
        "DOWNLOAD_DELAY": options.pause,
        "POLITE_FACTOR": 0,
        "ADDRESSES_ALLOWED": ",".join(hosts),
        "SPIDER_MODULES": "benchmarks.workers.spiders",
        "WENQING_CONTACT": "bench@example.org",
        "LOG_LEVEL": "WARNING",
        "DATA_DIR": folder / machine.name,
    }
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    at_once = str(ceil(options.hosts / options.workers))
    command = machine.command(sys.executable, "-m", "scrapy", "work", "--sites", at_once, *words)
    log = folder / f"{machine.name}.log"
    environment = {
        **os.environ,
        "HOSTS": ",".join(hosts),
        "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
    }
    with log.open("wb") as file:
        return Worker(machine, subprocess.Popen(command, stdout=file, stderr=file, env=environment), log)


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + HANG
    while not happened():
        if time.monotonic() > end:
            raise SystemExit("the workers hang")
        time.sleep(0.2)


def share(workers: Sequence[Worker], place: PostgresAddress, options: argparse.Namespace) -> float:
    """Put two workers out on the way, and return after how many seconds all pages are stored and all sites given back."""
    began = time.monotonic()
    killed, cut, *_ = workers
    with closing(Ledger(place)) as ledger:

        def stored() -> int:
            return int(ledger.value("SELECT count(*) FROM urls WHERE document IS NOT NULL"))

        def is_free() -> bool:
            return not ledger.value(
                "SELECT EXISTS (SELECT 1 FROM leases WHERE worker LIKE ? AND held_until > now())",
                f"%:{cut.process.pid}",
            )

        until(lambda: stored() >= options.pages / 3)
        killed.process.kill()
        killed.put_out = time.monotonic()
        until(lambda: stored() >= options.pages / 2)
        cut.machine.cut_off()
        cut.put_out = time.monotonic()
        until(lambda: bool(is_free() and cut.ends()))
        cut.machine.plug_in()
        until(lambda: stored() == options.pages)
        until(lambda: not ledger.value("SELECT EXISTS (SELECT 1 FROM leases WHERE held_until > now())"))
    return time.monotonic() - began


def figures(log: Sequence[Asked], workers: Sequence[Worker], options: argparse.Namespace) -> dict[str, Any]:
    """Return what the hosts saw."""
    put_out = {worker.machine.address: worker.put_out for worker in workers}
    asked_of = defaultdict[str, list[Asked]](list)
    for asked in sorted(log, key=lambda asked: asked.came):
        asked_of[asked.host].append(asked)
    pairs = [pair for all_asked in asked_of.values() for pair in pairwise(all_asked)]
    handovers = [(before, after) for before, after in pairs if before.by != after.by]
    documents = [each for all_asked in asked_of.values() for each in all_asked if each.path.startswith("/d/")]
    first: dict[tuple[str, str], Asked] = {}
    again = [first[of] for each in documents if first.setdefault(of := (each.host, each.path), each) is not each]
    recent = COMMIT_SECONDS + options.pause + LATE
    return {
        "asked": len(first),
        "again": len(again),
        "again_without_reason": sum(asked.came < put_out[asked.by] - recent for asked in again),
        "shortest_pause": round(min(after.came - before.went for before, after in pairs), 3),
        "handovers": len(handovers),
        "shortest_handover": round(min((after.came - before.went for before, after in handovers), default=0), 3),
        "longest_handover": round(max((after.came - before.went for before, after in handovers), default=0), 1),
    }


def run(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Run it, and return the figures."""
    hosts = [network.host(number) for number in range(options.hosts)]
    with Server(hosts, options.pages // options.hosts) as server, database(folder / "pg") as place:
        Ledger(place).close()
        machines = [network.Machine(number) for number in range(options.workers)]
        workers = [start(machine, folder, hosts, options) for machine in machines]
        try:
            seconds = share(workers, place, options)
            for worker in workers:
                worker.process.send_signal(signal.SIGTERM)
            codes = [worker.process.wait(HANG) for worker in workers]
        finally:
            for worker in workers:
                worker.process.kill()
        with closing(Ledger(place)) as ledger:
            stored = {record["url"] for record in ledger.records(ledger.documents())}
    return {
        "pages": options.pages,
        "hosts": options.hosts,
        "workers": options.workers,
        "pause": options.pause,
        "lease": options.lease,
        "seconds": round(seconds, 1),
        **figures(server.log, workers, options),
        "stored": len(stored),
        "exit_codes": codes,
        **{f"ends_of_{worker.machine.name}": dict(worker.ends()) for worker in workers},
    }


def broken(result: dict[str, Any]) -> Iterator[str]:
    """Yield the promises that a run did not keep."""
    if result["stored"] != result["pages"] or result["asked"] != result["pages"]:
        yield "pages were lost"
    if result["again_without_reason"]:
        yield "pages were asked for again that were stored"
    if result["shortest_pause"] < result["pause"] - LATE:
        yield "a pause was too short"
    if not result["ends_of_machine1"].get("lease_lost"):
        yield "who was cut off did not tell"


def main() -> None:
    """Run it; exit code 1 where a promise was not kept."""
    options = argparse.ArgumentParser(prog="make bench-workers ARGS=…", description=main.__doc__)
    options.add_argument("--pages", type=int, default=10_000, help="documents of all hosts together")
    options.add_argument("--hosts", type=int, default=20)
    options.add_argument("--workers", type=int, default=3)
    options.add_argument("--pause", type=float, default=0.5, help="seconds between two requests to a host")
    options.add_argument("--lease", type=float, default=10, help="seconds of a lease")
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="workers-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        network.enter(given.hosts)
        result = run(folder, given)
    except (network.NoNamespaces, postgres.MissingError) as error:
        raise SystemExit(f"not run: {error}") from None
    finally:
        shutil.rmtree(folder)
    print(json.dumps(result))
    if faults := list(broken(result)):
        raise SystemExit("; ".join(faults))


if __name__ == "__main__":
    main()
