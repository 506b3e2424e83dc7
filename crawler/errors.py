"""How a command ends: its exit codes, the error of a wrong call, and the name that tells of it."""

import sys
from collections.abc import Mapping
from pathlib import Path

CLEAN, BUG, USAGE, ALARM, UNREADABLE, DISK, LOCKED, INTERRUPTED = 0, 1, 2, 3, 65, 74, 75, 130
SIGNALLED = 128
"""Exit codes; a signal that ends a command adds its number to the last."""
EXIT_CODES: Mapping[int, str] = {
    CLEAN: "all well, or a crawl that was stopped in order by a first signal",
    BUG: "a bug: see the log",
    USAGE: "a wrong call, or a wrong setting: the message says what to change",
    ALARM: "finished, but look: a host is closed, a site's pages no longer give documents, a page ended its process; "
    "`doctor`: something is bad; `fixture`: no page came, or a case differs; a crawl broken off by a second signal",
    UNREADABLE: "`clean`, `dedup`: some input was unreadable, the rest is done",
    DISK: "disk or ledger; also when less than FREE_MB are free before or during a crawl",
    LOCKED: "another run of this site is going on",
    124: "of `timeout`, which a crontab may use: the time was over, the next run goes on",
    INTERRUPTED: "stopped by Ctrl-C; outputs are as they were",
    143: "stopped by SIGTERM; outputs are as they were",
    155: "SIGPROF: a page took more than WATCHDOG_SECONDS of CPU time where it was fetched",
}
"""What each of them means, for the reference."""


class ArgumentError(ValueError):
    """What was asked cannot be done; the message is one line that names the remedy."""


def program() -> str:
    """Return the name that the program was called by: `wenqing`, or `scrapy` in the repository."""
    return "wenqing" if Path(sys.argv[0]).name == "wenqing" else "scrapy"
