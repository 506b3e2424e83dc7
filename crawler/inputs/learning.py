"""Inputs of `scrapy clean` to samples that profiles are learned from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.inputs.cleaning import weight
from crawler.inputs.page import Input
from pipelines.profiles import Learned, SampleStore, sample_store
from pipelines.workers import WorkerCrashed, imap

if TYPE_CHECKING:
    from cleaners.learning.leaks import Leaks


@dataclass(frozen=True, slots=True)
class Observed:
    """A page: the host that it is of, and the key and sample of its document, None without a text."""

    host: str
    key: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class PageObserver:
    """Makes samples of pages; `source` is for those that name neither address nor source.

    A process that is started for it can be sent it.
    """

    source: str | None = None

    def __call__(self, found: Input) -> Observed:
        """Return what learning needs of a page."""
        from cleaners.clean import observe
        from cleaners.learning.hosts import host_of

        page = replace(found.page, source=found.page.source or self.source)
        host = host_of(page.url, page.source)
        try:
            _, sample = observe(page)
        except Exception as bug:
            bug.add_note(f"while cleaning {found.name}")
            raise
        return Observed(host, sample.key, sample.dumped()) if sample else Observed(host)


def learned(
    inputs: Iterable[Input], observer: PageObserver, jobs: int, *, tell: Callable[[Observed | None], None]
) -> Iterator[Learned]:
    """Yield the hosts of the pages with their profiles, in order; `tell` is given each page, None for a crashed one.

    Two passes: over the pages, whose samples go to a temporary file, and over the hosts.
    """
    with sample_store() as store:
        _collect(store, inputs, observer, jobs, tell)
        yield from store.learned(jobs)


@dataclass(frozen=True, slots=True)
class TextObserver:
    """Makes samples of texts that were cleaned, by this program or by another one, for the leak meter."""

    def __call__(self, found: Input) -> Observed:
        """Return the sample of a text, by its source, or where it names none by its host."""
        from cleaners.learning.hosts import host_of
        from cleaners.learning.leaks import sample_of
        from cleaners.reading.decode import decode

        page = found.page
        sample = sample_of(decode(page.body).text, page.title)
        source = host_of(None if page.source else page.url, page.source)
        return Observed(source, sample.key, sample.dumped()) if sample else Observed(source)


def leaks(inputs: Iterable[Input], jobs: int, *, tell: Callable[[Observed | None], None]) -> Iterator[Leaks]:
    """Yield what leaked into the texts of each source, as `learned` yields profiles."""
    with sample_store() as store:
        _collect(store, inputs, TextObserver(), jobs, tell)
        yield from store.leaks(jobs)


def _collect(
    store: SampleStore,
    inputs: Iterable[Input],
    observer: Callable[[Input], Observed],
    jobs: int,
    tell: Callable[[Observed | None], None],
) -> None:
    """Put what is seen of each input into the store, and tell of it; None for one that ends its worker."""
    for _, seen in imap(observer, inputs, jobs, weight):
        if isinstance(seen, WorkerCrashed):
            tell(None)
            continue
        tell(seen)
        if seen.data:
            store.add(seen.host, seen.key, seen.data)
