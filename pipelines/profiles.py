"""Profiles of hosts on disk, and the samples of pages that they are learned from, which are kept there meanwhile."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from cleaners.learning.hosts import domain_of, host_of
from cleaners.learning.profile import MIN_DOCUMENTS, Profile, ProfileError
from cleaners.model import version_with
from pipelines.ledger.atomic import atomic_write
from pipelines.workers import WorkerCrashed, imap

if TYPE_CHECKING:
    from cleaners.learning.leaks import Leaks
    from cleaners.learning.sample import Sample
    from pipelines.ledger.documents import Ledger

FOLDER = "profiles"
"""Where a crawl keeps them, below DATA_DIR."""

MAX_SAMPLES = 200
"""Documents that a host is learned from, at most: of more, those whose keys are lowest."""

MAX_NAME = 200
"""Bytes of a file's name, at most."""


@dataclass(frozen=True, slots=True)
class ProfileFolder:
    """A folder of profiles, one file a host; a process that is started for cleaning can be sent it."""

    path: Path

    def of(self, url: str | None, source: str | None = None) -> Profile | None:
        """Return the profile for a page, None where there is none or it knows nothing; raises ProfileError."""
        host = host_of(url, source)
        return _loaded(self._file(host)) or _loaded(self._file(domain_of(host)))

    def has(self, host: str) -> bool:
        """Whether there is a profile of a host."""
        return self._file(host).is_file()

    def versions(self, domains: Iterable[str]) -> set[str]:
        """Return the versions that records of pages of these domains have now; raises ProfileError."""
        found: set[str] = set()
        for host in map(host_of, (f"//{domain}" for domain in domains)):
            files = [self._file(host), *self.path.glob(f"*.{host}.json")]
            profiles = [_loaded(path) for path in files]
            found |= {version_with(profile.digest if profile else None) for profile in profiles}
        return found or {version_with(None)}

    def save(self, profile: Profile) -> None:
        """Write a profile in the place of an older one; raises OSError."""
        self.path.mkdir(parents=True, exist_ok=True)
        with atomic_write(self._file(profile.host)) as file:
            file.write(profile.dumped())
        _loaded.cache_clear()

    def _file(self, host: str) -> Path:
        return self.path / f"{quote(host.replace('*', '_'), safe='')[:MAX_NAME]}.json"


@lru_cache(maxsize=256)
def _loaded(path: Path) -> Profile | None:
    try:
        profile = Profile.loaded(path.read_bytes())
    except FileNotFoundError:
        return None
    except ProfileError as error:
        raise ProfileError(f"{path}: {error}; learn it again, or take it away") from None
    return None if profile.is_empty else profile


class Learned(NamedTuple):
    """What a host's pages came to: how many documents were seen, and the profile, None for too few of them."""

    host: str
    documents: int
    profile: Profile | None


class SampleStore:
    """Samples of any number of hosts in a file: memory does not grow with them. Copies of a document are one."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
            "CREATE TABLE samples (host TEXT, key TEXT, data BLOB, PRIMARY KEY (host, key)) WITHOUT ROWID; "
            "CREATE TABLE hosts (host TEXT PRIMARY KEY, domain TEXT, documents INTEGER, kept INTEGER) WITHOUT ROWID; "
            "BEGIN"
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, host: str, key: str, data: bytes) -> None:
        """Keep a sample, unless its document is there already, or the host has enough of them."""
        with closing(self._db.execute("SELECT documents, kept FROM hosts WHERE host = ?", (host,))) as found:
            documents, kept = found.fetchone() or (0, 0)
        if same := self._db.execute("SELECT data FROM samples WHERE host = ? AND key = ?", (host, key)).fetchone():
            if data < same[0]:  # so that the order of the pages makes no difference
                self._db.execute("UPDATE samples SET data = ? WHERE host = ? AND key = ?", (data, host, key))
            return
        if kept == MAX_SAMPLES:
            ((highest,),) = self._db.execute("SELECT max(key) FROM samples WHERE host = ?", (host,))
            self._db.execute("UPDATE hosts SET documents = documents + 1 WHERE host = ?", (host,))
            if key > highest:
                return
            self._db.execute("DELETE FROM samples WHERE host = ? AND key = ?", (host, highest))
        else:
            self._db.execute("REPLACE INTO hosts VALUES (?, ?, ?, ?)", (host, domain_of(host), documents + 1, kept + 1))
        self._db.execute("INSERT INTO samples VALUES (?, ?, ?)", (host, key, data))

    def learned(self, jobs: int = 1) -> Iterator[Learned]:
        """Yield every host in order with its profile, learned by `jobs` processes.

        Where a host has too few documents, the hosts of its domain are learned together, too.
        """
        for found, profile in imap(_learn, self._groups(), jobs, _weight):
            yield Learned(found.host, found.documents, None if isinstance(profile, WorkerCrashed) else profile)

    def leaks(self, jobs: int = 1) -> Iterator[Leaks]:
        """Yield what leaked into the texts of each host that has enough of them, measured by `jobs` processes."""
        for _, found in imap(_measure, self._groups(), jobs, _weight):
            if found is not None and not isinstance(found, WorkerCrashed):
                yield found

    def _groups(self) -> Iterator[_Group]:
        """Yield the samples of each host, and those of a whole domain where one of its hosts has too few."""
        for (domain,) in self._db.execute("SELECT DISTINCT domain FROM hosts ORDER BY domain"):
            hosts = self._db.execute("SELECT host, documents FROM hosts WHERE domain = ? ORDER BY host", (domain,))
            counts = dict(hosts.fetchall())
            for host, documents in counts.items():
                rows = self._db.execute("SELECT data FROM samples WHERE host = ? ORDER BY key", (host,))
                yield _Group(host, documents, [data for (data,) in rows])
            if len(counts) > 1 and min(counts.values()) < MIN_DOCUMENTS:
                rows = self._db.execute(
                    "SELECT data FROM samples JOIN hosts USING (host) WHERE domain = ? ORDER BY key LIMIT ?",
                    (domain, MAX_SAMPLES),
                )
                yield _Group(domain, sum(counts.values()), [data for (data,) in rows])


@contextmanager
def sample_store() -> Iterator[SampleStore]:
    """Open a store in a temporary file; raises OSError that names the file where the disk fails."""
    with TemporaryDirectory(prefix="learn-") as folder:
        path = Path(folder, "samples.sqlite")
        try:
            with closing(SampleStore(path)) as store:
                yield store
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, str(error), str(path)) from error


class _Group(NamedTuple):
    """Pages that are learned together."""

    host: str
    documents: int
    data: list[bytes]


def _learn(found: _Group) -> Profile | None:
    from cleaners.learning.learn import learn
    from cleaners.learning.sample import Sample

    return learn(found.host, map(Sample.loaded, found.data))


def _measure(found: _Group) -> Leaks | None:
    from cleaners.learning.leaks import measure
    from cleaners.learning.sample import Sample

    return measure(found.host, map(Sample.loaded, found.data))


def leaks_of(ledger: Ledger, source: str) -> Leaks | None:
    """Return what leaked into the newest documents of a source in the ledger, not judged; None for too few."""
    from cleaners.learning.leaks import measure, sample_of

    newest = ledger.records(ledger.documents(source)[-MAX_SAMPLES:])
    samples = (sample_of(record["text"], record["title"], record["sha256"]) for record in newest)
    return measure(source, filter(None, samples), judged=False)


def _weight(found: _Group) -> int:
    return sum(map(len, found.data))


class Learner:
    """Learns hosts as their pages come: a profile is made once, when `enough` documents of a host are there."""

    def __init__(self, folder: ProfileFolder, enough: int) -> None:
        self._folder = folder
        self._enough = enough
        self._samples: dict[str, dict[str, Sample]] = {}

    def add(self, host: str, sample: Sample) -> Profile | None:
        """Take a sample of a host without a profile; return the profile when it is made now. Raises OSError."""
        samples = self._samples.setdefault(host, {})
        samples[sample.key] = sample
        if len(samples) < self._enough:
            return None
        from cleaners.learning.learn import learn

        del self._samples[host]
        if profile := learn(host, samples.values()):
            self._folder.save(profile)
        return profile
