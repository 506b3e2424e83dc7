"""`scrapy ledger`: checks the ledger, copies it while a crawl runs, or saves what is whole in a damaged one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from crawler.errors import CLEAN, DISK, ArgumentError
from crawler.files.outputs import Output
from crawler.running.base_command import BaseCommand
from crawler.terminal.table import counted
from pipelines.ledger.connection import Place
from pipelines.ledger.copying import copy
from pipelines.ledger.postgres import SCHEMES, PostgresAddress, fault
from pipelines.ledger.repair import Checked, backup, check, repair

TASKS = {"check": 0, "backup": 1, "repair": 1, "copy": 2}
"""What can be done, and how many places it is told."""


class Command(BaseCommand):
    """Check the ledger, copy it to NEW, or write what is whole in a damaged one to NEW; the ledger stays as it is.

    `copy` goes between SQLite and PostgreSQL: FROM and TO are files or postgresql://USER@HOST/DATABASE.
    """

    examples = (
        "ledger check",
        "ledger backup copy.sqlite",
        "ledger repair whole.sqlite",
        "ledger copy data/ledger.sqlite postgresql://wenqing@db.example/wenqing",
    )
    requires_crawler_process = False
    reads_rules = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "check | backup NEW | repair NEW | copy FROM TO"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Do it; the exit code is 2 for a wrong call, 74 when there is damage or the disk fails."""
        with self.ending():
            task, *names = self.names(args, most=3) or [""]
            if task not in TASKS or len(names) != TASKS[task]:
                raise ArgumentError(f"say one of: {self.syntax()}")
            ledger = self.data_dir / "ledger.sqlite"
            if task == "copy":
                self._copy(*map(_place, names))
            elif task == "check":
                self._tell(check(self.ledger), "looked over")
            elif not isinstance(self.ledger, Path):
                raise ArgumentError(f"{task} is for a file; of PostgreSQL see pg_dump and pg_restore, or copy FROM TO")
            elif task == "backup":
                backup(ledger, self._new(names[0], ledger))
                self.say(f"{names[0]}: the ledger as it is now")
            else:
                self._tell(repair(ledger, self._new(names[0], ledger)), f"in {names[0]}")

    def _new(self, name: str, ledger: Path) -> Path:
        path = Output.checked(name, data_dir=self.data_dir, inputs=[ledger]).path
        if path is None or path.exists():
            raise ArgumentError(f"{name}: is there already, or no file; name a new one, as ledger-2026-11-30.sqlite")
        return path

    def _copy(self, source: Place, target: Place) -> None:
        with self.progress(None, "rows") as advance:
            rows = copy(source, target, told=advance)
        told = ", ".join(f"{number} {table}" for table, number in rows.items())
        self.say(f"{target}: {told}; read again and the same")

    def _tell(self, found: Checked, what: str) -> None:
        for line in found.damage:
            self.tell(line)
        told = f"{counted(found.documents, 'document')}, {counted(found.urls, 'address')} {what}"
        if found.damage:
            self.end(DISK, f"{told}; {len(found.damage)} damaged")
        else:
            self.say(f"{told}; no damage")
            self.exitcode = CLEAN


def _place(name: str) -> Place:
    """Return the ledger that is named; raises ArgumentError for an address that may not be used."""
    if not name.startswith(tuple(f"{scheme}:" for scheme in SCHEMES)):
        return Path(name)
    if wrong := fault(name):
        raise ArgumentError(f"the address of PostgreSQL: {wrong}")
    return PostgresAddress(name)
