"""The settings that a user may set, by section: what they mean, and how they are called elsewhere than in Scrapy.

One table for wenqing.toml, the environment, `wenqing config` and the reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scrapy.settings import default_settings

from crawler import settings as own

CONTACT = "WENQING_CONTACT"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSetting:
    """A setting: its name for `-s`, its section of wenqing.toml, and what it means."""

    name: str
    section: str
    meaning: str

    @property
    def default(self) -> Any:
        """Return its value where nobody says anything."""
        return getattr(own, self.name, getattr(default_settings, self.name, None))

    @property
    def key(self) -> str:
        """Return its name in wenqing.toml."""
        return "contact" if self.name == CONTACT else self.name.lower()

    @property
    def variable(self) -> str:
        """Return its name in the environment."""
        return self.name if self.name == CONTACT else f"WENQING_{self.name}"


_SECTIONS: Mapping[str, Mapping[str, str]] = {
    "": {
        CONTACT: "a URL or e-mail address where a site's owner reaches you; no live crawl without it",
        "DATA_DIR": "folder of ledger, shards and archive; below the folder of wenqing.toml where there is one",
        "LEDGER": "`postgresql://USER@HOST/DATABASE`, which several machines share; empty: DATA_DIR/ledger.sqlite",
        "LEASE_SECONDS": "seconds after which another machine takes a site over from one that is silent",
        "SITES": "sites that `crawl` and `refresh` take where none is named",
    },
    "speed": {
        "DOWNLOAD_DELAY": "seconds between an answer of a host and the next request, at least",
        "POLITE_FACTOR": "times what an answer took, to wait after a slow one",
        "POLITE_SECOND": "how long a second of waiting for a host that asks for it lasts; less than 1 in tests only",
        "POLITE_PAGES_A_DAY": "requests to one host a day, at most",
        "POLITE_MIB_A_DAY": "MiB of one host a day, at most",
        "CLEANING_PROCESS": "clean pages in a process of its own, while others are fetched; on one core it never is",
    },
    "limits": {
        "DEPTH_LIMIT": "links from a start page to a document, at most",
        "TRAP_PAGES": "pages in a row that a host gives without a new document before it is left; 0: any number",
        "EXPLORE_PAGES": "pages of links, of a site whose listings nobody knows, that a run asks for, at most",
        "EXPLORE_DEPTH": "links from a page that led to documents to one that may lead to more, at most",
        "RETRY_TIMES": "further requests for a page that failed",
        "DOWNLOAD_TIMEOUT": "seconds from the first byte sent to the last one received",
        "DOWNLOAD_MAXSIZE": "bytes of one page, at most",
        "WATCHDOG_SECONDS": "CPU seconds that one page may take before its process ends; 0: any time",
        "MEMORY_LIMIT_MB": "MiB of address space of a process, at most; 0: any",
        "FREE_MB": "MiB that must be free on the disk of the data folder; 0: any",
        "ADDRESSES_ALLOWED": "hosts that may be asked although they are not public",
    },
    "archive": {
        "ARCHIVE": "keep what is fetched as WARC, in DATA_DIR/warc",
        "ARCHIVE_MIB": "MiB of one WARC file, about",
    },
    "refresh": {
        "REFRESH_DAYS": "days after which a page that was read once is asked for again",
        "REFRESH_MIN_DAYS": "days, at least, for a page that changes",
        "REFRESH_MAX_DAYS": "days, at most, for a page that does not",
        "REFRESH_LISTING_DAYS": "days after which a listing is asked for again",
        "REFRESH_OLDER_PAGES": "pages a run, made by older rules and in no archive, that are asked for whole; 0: none",
    },
    "documents": {
        "LEARN_DOCUMENTS": "documents of a host from which on a crawl learns its frame; 0: never",
        "DEDUP": "what is done with copies: `mark` them, `drop` from the shards what another document holds, `silent`",
        "UNIQUE_SHARE": "what another document must hold of one that is left out, above 0 and at most 1",
        "DEDUP_MEMORY_MB": "MB that `dedup PATH` may take before it works on the disk; 0: half of the machine's",
        "KEEP_LINES": "leave the lines of a text as they were found",
        "MASK_PERSONAL_DATA": "replace personal numbers and addresses in every file but the ledger",
    },
    "messages": {
        "PROGRESS": "tell how far a command is",
        "PROGRESS_SECONDS": "seconds between two lines of progress that go to a file; 0: none",
        "LOG_LEVEL": "what is logged: ERROR, WARNING, INFO or DEBUG",
        "LOG_FILE": "file that the log goes to, instead of standard error",
    },
}

USER_SETTINGS: Mapping[str, UserSetting] = {
    name: UserSetting(name=name, section=section, meaning=meaning)
    for section, meanings in _SECTIONS.items()
    for name, meaning in meanings.items()
}
"""All of them by name, in the order of the sections."""
