"""Work in several processes, of which any may be killed: what it was at is done again."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

MOST_DEATHS = 5
"""Deaths of workers in a row, without any task done between, after which a task must be what kills them."""
_AHEAD = 4  # tasks a worker that are handed out: a task is small, and what it gives waits in memory

Task = TypeVar("Task")
Result = TypeVar("Result")


class TasksKill(Exception):  # noqa: N818 (a state, not a fault)
    """Workers die again and again over the tasks at hand; the message names them."""


def in_order(work: Callable[[Task], Result], tasks: Sequence[Task], workers: int) -> Iterator[Result]:
    """Yield what `work` makes of each task, in the order of `tasks`, from so many processes.

    With one worker all is done in this process. A worker that dies, however it ends, costs only what it was at: that
    is handed out again. `work` is a module's function, and doing it twice must do no harm. Raises `TasksKill`, and
    what `work` raises.
    """
    if workers == 1:
        yield from map(work, tasks)
        return
    done: dict[int, Result] = {}
    deaths = first = 0
    while first < len(tasks):
        try:
            for number, result in _unordered(work, tasks, first, done, workers):
                done[number] = result
                deaths = 0
                while first in done:
                    yield done.pop(first)
                    first += 1
        except BrokenProcessPool:
            deaths += 1
            if deaths == MOST_DEATHS:
                raise TasksKill(f"workers die again and again at {tasks[first]} or one of those after it") from None


def _unordered(
    work: Callable[[Task], Result], tasks: Sequence[Task], first: int, done: dict[int, Result], workers: int
) -> Iterator[tuple[int, Result]]:
    """Yield number and result of all tasks from `first` on that are not done; raises BrokenProcessPool."""
    left = (number for number in range(first, len(tasks)) if number not in done)
    spawn = multiprocessing.get_context("spawn")  # a fork would take over the locks of threads that it has not
    with ProcessPoolExecutor(min(workers, len(tasks) - first), spawn, _leave_ctrl_c_alone) as pool:
        under_way: dict[Future[Result], int] = {}
        try:
            while True:
                while len(under_way) < workers * _AHEAD and (number := next(left, None)) is not None:
                    under_way[pool.submit(work, tasks[number])] = number
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    yield under_way.pop(future), future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_ctrl_c_alone() -> None:
    """Leave it to the process that started this one, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))
