"""Processes forked off one that has imported the program: starting Python anew costs each a second of CPU.

Each is a process like any other: its own folder, environment, signals, limits, streams and end. Tests of the start
itself, of other copies of the program, of terminals and of pipes start Python.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import chdir
from functools import cache
from io import TextIOWrapper
from multiprocessing import forkserver
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

from scrapy import cmdline

_ROOT = Path(__file__).parent.parent
_STREAMS = ("in", "out", "err")
cmdline.entry_points = cache(cmdline.entry_points)  # type: ignore[attr-defined, assignment]
"""Read once: each command looks through the metadata of all packages."""
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.warmed"])
"""Starts processes that have imported what commands and crawls use, and compiled the rules."""


class Forked:
    """A function of ours with these arguments that runs beside this process, in the repository.

    It has this process's environment, unless another one is given, and reads `stdin`; what it writes goes to files.
    """

    def __init__(
        self,
        program: Callable[..., object],
        *arguments: object,
        environment: Mapping[str, str] = os.environ,
        stdin: bytes = b"",
    ) -> None:
        self._folder = TemporaryDirectory()
        for name in _STREAMS:
            Path(self._folder.name, name).write_bytes(stdin if name == "in" else b"")
        self._read = 0
        with chdir(_ROOT):
            forkserver.ensure_running()
        self._process = CONTEXT.Process(
            target=_run, args=(program, arguments, dict(environment), Path(self._folder.name))
        )
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return its exit code, the number of the signal that killed it below 0, None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def readline(self) -> str:
        """Return the next line that it prints, without its end; an empty one once it has ended."""
        while True:
            is_over = self.poll() is not None
            line, ended, _ = Path(self._folder.name, "out").read_bytes()[self._read :].partition(b"\n")
            if ended or is_over:
                self._read += len(line + ended)
                return line.decode()
            time.sleep(0.001)

    def end(self, deadline: float = 60.0) -> tuple[int, bytes, bytes]:
        """Wait for its end; return exit code, output and errors. Raises TimeoutExpired, with what it wrote."""
        self._process.join(deadline)
        code = self.poll()
        _, out, err = (Path(self._folder.name, name).read_bytes() for name in _STREAMS)
        if code is None:
            self.kill()
            raise TimeoutExpired(str(self.pid), deadline, out, err)
        return code, out, err


def scrapy_command(*words: str) -> None:
    """Run the `scrapy` command with these words and end."""
    sys.argv = ["scrapy", *words]
    cmdline.execute(sys.argv)


def on_an_open_pipe(*words: str) -> None:
    """Run a command whose standard input says nothing and does not end."""
    reading, _ = os.pipe()
    os.dup2(reading, 0)
    scrapy_command(*words)


def writing_to(place: str, *words: str) -> None:
    """Run a command whose standard output is at `place`."""
    os.dup2(os.open(place, os.O_WRONLY), 1)
    scrapy_command(*words)


def _run(
    program: Callable[..., object], arguments: tuple[object, ...], environment: Mapping[str, str], folder: Path
) -> None:
    os.chdir(_ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.modules.pop("crawler.settings", None)  # what it read of the environment was another one
    for number, name in enumerate(_STREAMS):
        file = os.open(folder / name, os.O_RDWR | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, TextIOWrapper)
        stream.reconfigure(encoding="utf-8")
    program(*arguments)
