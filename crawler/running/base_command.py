"""What every command does alike: reading its arguments, and ending with one line and an exit code of docs/design.md."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, NoReturn, cast

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from cleaners.learning.profile import ProfileError
from cleaners.sites import SitesError
from crawler.errors import BUG, DISK, INTERRUPTED, LOCKED, SIGNALLED, UNREADABLE, USAGE, ArgumentError, program
from crawler.running import arguments, configuration, rules_check, settings_check
from crawler.running.descriptions import DESCRIPTIONS
from crawler.terminal.explain import visible
from crawler.terminal.progress_bar import Advance, print_message, progress_bar, say_nothing
from crawler.terminal.signals import Terminated, raising_terminated
from crawler.terminal.stdout import is_terminal, print_nowhere
from crawler.terminal.table import counted
from pipelines.ledger.connection import LedgerError, NoLedgerError, Place, ledger_place
from pipelines.ledger.lock import Locked
from pipelines.workers import WorkersError

MAX_ALIKE = 10
"""Rows of one file with one fault that are told."""
_ROW = re.compile(r"(.+):\d+: ")


class BaseCommand(ScrapyCommand):
    """A command whose work is done within `ending`; what it is given is checked before."""

    requires_project = True
    examples: Sequence[str] = ()
    """Calls that the help shows, without the program's name."""
    quiet = False
    """Whether only what is wrong is told on standard error."""
    reads_rules = True
    """Whether it cleans, or tells of rules: it then refuses those that cannot be used before it does anything."""
    configured_by: Path | None = None
    """The wenqing.toml that counts."""
    _options: Sequence[str] = ()
    _is_verbose = False

    def __init__(self) -> None:
        """Start with nothing told."""
        super().__init__()
        self._alike: Counter[tuple[str, str]] = Counter()

    @property
    def word(self) -> str:
        """Return the command's name."""
        return type(self).__module__.rpartition(".")[2]

    def short_desc(self) -> str:
        """Return the line that lists the command."""
        return DESCRIPTIONS[self.word]

    @property
    def config(self) -> Settings:
        """Return the settings of this call."""
        return cast("Settings", self.settings)

    @property
    def data_dir(self) -> Path:
        """Return the folder of ledger, shards and archive."""
        return Path(self.config["DATA_DIR"])

    @property
    def ledger(self) -> Place:
        """Return where the ledger is."""
        return ledger_place(self.config)

    @property
    def mask(self) -> bool:
        """Say whether personal data is replaced in what is written."""
        return self.config.getbool("MASK_PERSONAL_DATA")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add Scrapy's options; a wrong one of them, or of the command's, is told as every wrong call is."""
        super().add_options(parser)
        for action in parser._actions:
            if action.dest in _FOR_SCRAPY:
                action.help = argparse.SUPPRESS
        parser.add_argument("-q", "--quiet", action="store_true", help="tell only what is wrong")
        parser.add_argument(
            "-v", "--verbose", action="count", default=0, help="log what is done, every request too with -vv"
        )
        parser.usage = f"{program()} {self.word} {self.syntax()}"
        parser.epilog = "\n".join(["examples:", *(f"  {program()} {call}" for call in self.examples)])
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.error = self.refuse  # type: ignore[method-assign]
        self._options = parser._option_string_actions  # type: ignore[assignment]  # those that follow too

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings, and refuse a setting that makes no sense."""
        super().process_options(args, opts)
        if self.reads_rules and (fault := rules_check.fault()):
            self.tell(fault)
            sys.exit(USAGE)
        self.quiet, self._is_verbose = opts.quiet, bool(opts.verbose)
        self.config.setdict(_told_by(quiet=opts.quiet, verbose=opts.verbose), priority="cmdline")
        try:
            self.configured_by = configuration.apply(self.config, os.environ)
        except ArgumentError as error:
            self.tell(str(error))
            sys.exit(USAGE)
        try:
            settings_check.check(self.config)
        except ArgumentError as error:
            self.refuse(str(error))
        for message in (*settings_check.misspelt(opts.set), *configuration.misspelt(os.environ)):
            self.tell(message)
        if self.requires_crawler_process and (loop := self.config["ASYNCIO_EVENT_LOOP"]):
            asyncio.set_event_loop(load_object(loop)())  # else Scrapy leaves one open that it makes before it

    def refuse(self, message: str) -> NoReturn:
        """End at once: a wrong call."""
        self.tell(f"{arguments.told(message)}; see {program()} {self.word} -h")
        sys.exit(USAGE)

    def names(self, args: Sequence[str], *, most: int | None = None) -> list[str]:
        """Return the arguments that no option took, `most` of them at most; raises ArgumentError.

        Behind `--` stand names only.
        """
        options, names = arguments.split(args)
        hint = f"see {program()} {self.word} -h"
        if wrong := arguments.unknown_option(options, self._options):
            raise ArgumentError(f"{wrong}; {hint}")
        names = options + names
        if most is not None and len(names) > most:
            raise ArgumentError(f"unknown argument {names[most]}; {hint}")
        return names

    def tell(self, message: str) -> None:
        """Print a line on standard error."""
        print_message(visible(f"{program()} {self.word}: {message}"))

    def tell_input(self, message: str) -> None:
        """Print what is wrong with an input; of rows of a file with one fault a few, with -v each.

        `end` tells how many more there are.
        """
        if row := _ROW.match(message):
            alike = row[1], message[row.end() :]
            self._alike[alike] += 1
            if self._alike[alike] > MAX_ALIKE and not self._is_verbose:
                return
        self.tell(message)

    def say(self, message: str) -> None:
        """Print what was done, all that went well, on standard output, unless quiet."""
        if not self.quiet:
            print(visible(message))

    def progress(self, total: int | None, unit: str, *, beside: bool = False) -> AbstractContextManager[Advance]:
        """Show how far the block is: call what it gives with the number done; see `progress_bar`.

        With `beside` the block writes to standard output: if that is a terminal, there is no bar between its lines.
        """
        if not self.config.getbool("PROGRESS") or (beside and is_terminal()):
            return nullcontext(say_nothing)
        return progress_bar(total, unit, self.config.getfloat("PROGRESS_SECONDS"))

    def end(self, code: int, message: str) -> None:
        """Tell something, where all went well only unless quiet, and exit with `code`."""
        for (name, wrong), count in self._alike.items():
            if count > MAX_ALIKE and not self._is_verbose:
                self.tell(f"{name}: {counted(count - MAX_ALIKE, 'row')} more: {wrong}")
        self._alike.clear()
        if code or not self.quiet:
            self.tell(message)
        self.exitcode = code

    @contextmanager
    def ending(self, *, kept: str | None = None) -> Iterator[None]:
        """End with one line when the block cannot go on, or is to end; `kept` then is as it was."""
        stopped = f"stopped; {kept} is as it was" if kept else "stopped"
        try:
            with raising_terminated():
                yield
                if sys.stdout:
                    sys.stdout.flush()
        except tuple(_CODES) as error:
            self.end(next(code for kind, code in _CODES.items() if isinstance(error, kind)), str(error))
        except BrokenPipeError:
            print_nowhere()
        except KeyboardInterrupt:
            self.end(INTERRUPTED, stopped)
        except Terminated as error:
            self.end(SIGNALLED + error.number, stopped)
        except OSError as error:
            if not error.filename and sys.stdout:
                print_nowhere()  # else Python tries again as it ends
            self.end(DISK, f"{error.filename or 'stdout'}: {error.strerror}; check the path and the disk")


_CODES: Mapping[type[Exception], int] = {
    ArgumentError: USAGE,
    SitesError: USAGE,
    Locked: LOCKED,
    NoLedgerError: USAGE,
    LedgerError: DISK,
    WorkersError: BUG,
    ProfileError: UNREADABLE,
}
"""The exit code of what a command cannot do, the first that fits."""
_FOR_SCRAPY = ("logfile", "nolog", "profile", "pidfile", "pdb")
"""Options of Scrapy's that nobody here needs; the help does not show them."""


def _told_by(*, quiet: bool, verbose: int) -> dict[str, Any]:
    """Return the settings of what is logged and told meanwhile; none where neither -q nor -v is given."""
    if verbose:
        return {"LOG_ENABLED": True, "LOG_LEVEL": "DEBUG" if verbose > 1 else "INFO"}
    return {"LOG_LEVEL": "ERROR", "PROGRESS": False} if quiet else {}


def skipped_files(reasons: Mapping[str, int]) -> str:
    """Return how much was skipped and why, to be put behind other counts; an empty reason is counted but not told.

    >>> skipped_files({".docx": 2, "pipe": 1}), skipped_files({})
    (', skipped 3 (.docx 2, pipe 1)', '')
    """
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()) if reason)
    return f", skipped {sum(reasons.values())}{f' ({told})' if told else ''}" if reasons else ""
