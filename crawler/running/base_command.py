"""What every command does alike: reading its arguments, and ending with one line and an exit code of docs/design.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, cast

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.errors import BUG, DISK, INTERRUPTED, LOCKED, SIGNALLED, USAGE, ArgumentError
from crawler.running import arguments, settings_check
from crawler.terminal.explain import visible
from crawler.terminal.signals import Terminated, raising_terminated
from crawler.terminal.stdout import reader_has_left
from pipelines.ledger.lock import Locked
from pipelines.ledger.schema import LedgerError
from pipelines.workers import WorkersError


class BaseCommand(ScrapyCommand):
    """A command whose work is done within `ending`; what it is given is checked before."""

    requires_project = True
    _options: Sequence[str] = ()

    @property
    def word(self) -> str:
        """Return the command's name."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def config(self) -> Settings:
        """Return the settings of this call."""
        return cast("Settings", self.settings)

    @property
    def data_dir(self) -> Path:
        """Return the folder of ledger, shards and archive."""
        return Path(self.config["DATA_DIR"])

    @property
    def mask(self) -> bool:
        """Say whether personal data is replaced in what is written."""
        return self.config.getbool("MASK_PERSONAL_DATA")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add Scrapy's options; a wrong one of them, or of the command's, is told as every wrong call is."""
        super().add_options(parser)
        parser.error = self.refuse  # type: ignore[method-assign]
        self._options = parser._option_string_actions  # type: ignore[assignment]  # those that follow too

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the options into the settings, and refuse a setting that makes no sense."""
        super().process_options(args, opts)
        try:
            settings_check.check(self.config)
        except ArgumentError as error:
            self.refuse(str(error))
        for message in settings_check.misspelt(opts.set):
            self.tell(message)

    def refuse(self, message: str) -> NoReturn:
        """End at once: a wrong call."""
        self.tell(f"{arguments.told(message)}; see scrapy {self.word} -h")
        sys.exit(USAGE)

    def names(self, args: Sequence[str], *, most: int | None = None) -> list[str]:
        """Return the arguments that no option took, `most` of them at most; raises ArgumentError.

        Behind `--` stand names only.
        """
        options, names = arguments.split(args)
        hint = f"see scrapy {self.word} -h"
        if wrong := arguments.unknown_option(options, self._options):
            raise ArgumentError(f"{wrong}; {hint}")
        names = options + names
        if most is not None and len(names) > most:
            raise ArgumentError(f"unknown argument {names[most]}; {hint}")
        return names

    def tell(self, message: str) -> None:
        """Print a line on standard error."""
        print(visible(f"scrapy {self.word}: {message}"), file=sys.stderr)

    def end(self, code: int, message: str) -> None:
        """Tell something, and exit with `code`."""
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
        except ArgumentError as error:
            self.end(USAGE, str(error))
        except Locked as error:
            self.end(LOCKED, str(error))
        except LedgerError as error:
            self.end(DISK, str(error))
        except WorkersError as error:
            self.end(BUG, str(error))
        except BrokenPipeError:
            reader_has_left()
        except KeyboardInterrupt:
            self.end(INTERRUPTED, stopped)
        except Terminated as error:
            self.end(SIGNALLED + error.number, stopped)
        except OSError as error:
            self.end(DISK, f"{error.filename or 'stdout'}: {error.strerror}; check the path and the disk")


def skipped_files(reasons: Mapping[str, int]) -> str:
    """Return how much was skipped and why, to be put behind other counts; an empty reason is counted but not told.

    >>> skipped_files({".docx": 2, "pipe": 1}), skipped_files({})
    (', skipped 3 (.docx 2, pipe 1)', '')
    """
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()) if reason)
    return f", skipped {sum(reasons.values())}{f' ({told})' if told else ''}" if reasons else ""
