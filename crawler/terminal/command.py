"""The base of commands: an error ends with one line and an exit code of docs/design.md, section 5."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scrapy.commands import ScrapyCommand

from crawler.errors import BUG, DISK, INTERRUPTED, LOCKED, USAGE, ArgumentError
from crawler.terminal.explain import visible
from crawler.terminal.stdout import reader_has_left
from pipelines.ledger.lock import Locked
from pipelines.ledger.schema import LedgerError
from pipelines.workers import WorkersError


class BaseCommand(ScrapyCommand):
    """A command whose work is done within `ending`."""

    @property
    def word(self) -> str:
        """Return the command's name."""
        return type(self).__module__.rpartition(".")[2]

    def tell(self, message: str) -> None:
        """Print a line on standard error."""
        print(visible(f"scrapy {self.word}: {message}"), file=sys.stderr)

    def end(self, code: int, message: str) -> None:
        """Tell something, and exit with `code`."""
        self.tell(message)
        self.exitcode = code

    @contextmanager
    def ending(
        self, place: object = "stdout", *, remedy: str = "check the path and the disk", kept: object = None
    ) -> Iterator[None]:
        """End with one line when the block cannot go on.

        `place` is what an error that names no file is about, `remedy` what to do; `kept` is left as it was by a block
        that is stopped.
        """
        try:
            yield
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
            self.end(INTERRUPTED, f"stopped; {kept} is as it was" if kept else "stopped")
        except OSError as error:
            self.end(DISK, f"{error.filename or place}: {error.strerror}; {remedy}")
