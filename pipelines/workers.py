"""A pool of processes that yields results in input order; a worker that is killed costs only its batch.

The pools of the standard library hang or give everything up when a worker is killed (docs/design.md, section 10).
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

BATCH_ITEMS, BATCH_WEIGHT = 32, 1 << 20
"""Items of a batch, and how much they weigh, at most; the last one may weigh more."""
MAX_BATCHES_PER_WORKER = 3
"""Batches a worker that are read, at work, or done and waiting for their turn."""
MAX_CRASHES = 2
"""Workers that an item ends while it is alone with them, after which it is given up."""
MAX_FALSE_STARTS = 5
"""Workers in a row that end before they are ready, after which there is something wrong with the machine."""
_READY = "ready"
_METHOD = multiprocessing.get_context("spawn")  # a fork would copy threads' locks and the pipes of other workers


class WorkersError(RuntimeError):
    """No worker can be started; the message says so in one line."""


class WorkerCrashed:
    """The result of an item that ended its worker again and again."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def imap(
    work: Callable[[T], R],
    items: Iterable[T],
    count: int,
    weight: Callable[[T], int] = lambda _: BATCH_WEIGHT,
    *,
    ordered: bool = True,
) -> Iterator[tuple[T, R | WorkerCrashed]]:
    """Apply `work`, which must be importable, in `count` processes; yield `(item, result)` in input order.

    Unless `ordered`, a batch is yielded as soon as it is done, and one that takes long holds up no worker. With `count`
    1 this process does the work; an item without `weight` is a batch. What a worker was at when it was killed is done
    again by a new one. An exception of `work` is raised here, with the worker's traceback as a note. Raises
    WorkersError.
    """
    if count == 1:
        for item in items:
            made = work(item)
            keep_loaded()
            yield item, made
        return
    # Idea: results must come in input order, and a killed worker must cost only what it was at. So work is cut twice:
    # a batch is the unit of order, a task the unit of work. `window` holds the batches under way in input order, of
    # bounded number, so that a slow batch at its head does not let finished ones pile up; only its head is yielded,
    # where order is asked for. A task starts as a whole batch. When its worker ends, the task is done again item by
    # item, so that the one that kills its worker is found and given up (WorkerCrashed) after MAX_CRASHES, and its
    # neighbours get results.
    # Invariant: each item of a batch in `window` has a result, or is in exactly one task, waiting or at a worker; so
    # `left` reaches 0 and the loop ends. Example: 32 items, the 7th kills: 1 batch task, then 32 tasks, one given up.
    crew = _Pool(work, count)
    batches = _batches(items, weight)
    window: deque[_Batch[T, R]] = deque()
    try:
        while True:
            while len(window) < MAX_BATCHES_PER_WORKER * count and (batch := next(batches, None)):
                window.append(batch)
                crew.waiting.append(_Task(batch, range(len(batch.items))))
                crew.poll(0)
            if not window:
                return
            heads = islice(window, 1 if ordered else None)
            done = next((batch for batch in heads if not batch.left), None)
            if done is None:
                crew.poll(None)
            else:
                window.remove(done)
                yield from done.results()
    finally:
        crew.end()


def _batches(items: Iterable[T], weight: Callable[[T], int]) -> Iterator[_Batch[T, Any]]:
    batch, weighs = _Batch[T, Any](), 0
    for item in items:
        batch.add(item)
        weighs += weight(item)
        if batch.left == BATCH_ITEMS or weighs >= BATCH_WEIGHT:
            yield batch
            batch, weighs = _Batch(), 0
    if batch.left:
        yield batch


@dataclass(slots=True, eq=False)
class _Batch(Generic[T, R]):
    """Items that are sent together; `left` of them have no result yet."""

    items: list[T] = field(default_factory=list)
    made: list[R | WorkerCrashed | None] = field(default_factory=list)
    left: int = 0

    def add(self, item: T) -> None:
        self.items.append(item)
        self.made.append(None)
        self.left += 1

    def put(self, number: int, result: R | WorkerCrashed) -> None:
        self.made[number] = result
        self.left -= 1

    def results(self) -> Iterator[tuple[T, R | WorkerCrashed]]:
        return zip(self.items, self.made, strict=True)  # type: ignore[arg-type]


@dataclass(slots=True)
class _Task:
    """Items of a batch that one worker is given, and how many workers they have ended."""

    batch: _Batch[Any, Any]
    numbers: range
    crashes: int = 0

    def again(self) -> list[_Task]:
        """Return what to do after a worker has ended with this task: its items one by one, then none."""
        if len(self.numbers) > 1:
            return [_Task(self.batch, range(number, number + 1)) for number in self.numbers]
        if self.crashes + 1 < MAX_CRASHES:
            return [_Task(self.batch, self.numbers, self.crashes + 1)]
        self.batch.put(self.numbers[0], WorkerCrashed())
        return []


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    ready: bool = False
    task: _Task | None = None


class _Pool:
    """The workers, and the tasks that wait for one."""

    def __init__(self, work: Callable[[Any], Any], count: int) -> None:
        self._work = work
        self._count = count
        self._workers: list[_Worker] = []
        self._false_starts = 0
        self.waiting: deque[_Task] = deque()

    def poll(self, seconds: float | None) -> None:
        """See that all workers have work, and wait so long, or as long as it takes, for one of them."""
        tasks = len(self.waiting) + sum(worker.task is not None for worker in self._workers)
        while len(self._workers) < min(self._count, tasks):
            with _undisturbed():
                self._workers.append(self._start())
        self._give()
        for connection in wait([worker.connection for worker in self._workers], seconds):
            self._receive(next(worker for worker in self._workers if worker.connection is connection))
        self._give()  # before what came is used, which may take long

    def _give(self) -> None:
        """Send each worker that has nothing to do the next task."""
        for worker in self._workers:
            if worker.ready and worker.task is None and self.waiting:
                worker.task = self.waiting.popleft()
                self._send(worker, worker.task)

    def end(self) -> None:
        """End all workers; what they are at is given up."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()

    def _start(self) -> _Worker:
        ours, theirs = _METHOD.Pipe()
        process = _METHOD.Process(target=_serve, args=(theirs, self._work), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _send(self, worker: _Worker, task: _Task) -> None:
        with suppress(OSError):  # a worker that is gone is heard of at the next turn
            worker.connection.send([task.batch.items[number] for number in task.numbers])

    def _receive(self, worker: _Worker) -> None:
        """Take what a worker sent: that it is ready, its results, or the exception of `work`."""
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            self._reap(worker)
            return
        self._false_starts = 0
        if said == _READY:
            worker.ready = True
            return
        if isinstance(said, BaseException):
            raise said
        task, worker.task = worker.task, None
        if task:
            for number, result in zip(task.numbers, said, strict=True):
                task.batch.put(number, result)

    def _reap(self, worker: _Worker) -> None:
        """Remove a worker that has ended, and put its task back; raises WorkersError when none gets as far as ready."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
        if worker.task:
            self.waiting.extendleft(reversed(worker.task.again()))
        elif not worker.ready:
            self._false_starts += 1
            if self._false_starts == MAX_FALSE_STARTS:
                raise WorkersError(
                    f"{MAX_FALSE_STARTS} workers in a row ended as they began (status {worker.process.exitcode}); "
                    "see whether memory is short, or go on with -j 1"
                )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off while a process is started, which must not be left half begun.

    A terminal sends it to every process; a worker inherits that it is blocked, and leaves it to this one.
    """
    resource_tracker.ensure_running()  # else `start` starts it, and that lets the signal through again
    noted: list[tuple[int, FrameType | None]] = []
    before = signal.signal(signal.SIGINT, lambda *arrived: noted.append(arrived))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    if noted and callable(before):
        before(*noted[0])


def _serve(connection: Connection, work: Callable[[Any], Any]) -> None:
    """Do what comes until nobody is there any more."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        connection.send(_READY)
        while True:
            items = connection.recv()
            try:
                results: Any = [work(item) for item in items]
            except Exception as error:
                error.add_note("".join(traceback.format_exception(error)).rstrip())
                results = error
            connection.send(results)
            keep_loaded()


@cache
def keep_loaded() -> None:
    """Spare the collector of garbage, once, what the first work loaded: rules and tables, which stay."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # else libraries tell of what they think was leaked
