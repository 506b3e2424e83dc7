"""A PostgreSQL of this machine alone: `make postgres` starts one below data/pg, on a socket and the loopback.

PostgreSQL does not run as root: where this does, the user `postgres`, which its package makes, runs it.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

DATABASE = "wenqing"
PORT = 5432
MAX_SOCKET = 90
"""Bytes of a socket's folder, at most: the kernel takes 107 for the whole path."""
_START_SECONDS = 60.0
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}


class MissingError(Exception):
    """What is not there, and what installs it."""


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; raises MissingError."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    for folder in (None, *folders):
        if found := shutil.which(name, path=folder and str(folder)):
            return found
    raise MissingError(f"no {name}; install PostgreSQL: apt-get install postgresql")


def _as_owner() -> list[str]:
    """Return what a program of the server is called with, so that root does not run it; raises MissingError."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        raise MissingError("PostgreSQL does not run as root, and there is no runuser; run this as another user")
    return ["runuser", "-u", "postgres", "--"]


def make(folder: Path, options: Sequence[str] = ()) -> None:
    """Make a cluster in `folder`, whose superuser is the caller; raises MissingError, CalledProcessError."""
    folder.mkdir(parents=True, exist_ok=True)
    as_owner = _as_owner()
    if as_owner:
        shutil.chown(folder, "postgres")
    call = [program("initdb"), "-D", str(folder / "cluster"), "-U", getpass.getuser(), "-E", "UTF8", "--locale=C"]
    auth = ["--auth-local=trust" if as_owner else "--auth-local=peer", "--auth-host=scram-sha-256"]
    subprocess.run([*as_owner, *call, *auth, *options], check=True, cwd="/", **_QUIET)  # type: ignore[call-overload]
    folder.chmod(0o700)  # who may enter it may connect


@contextmanager
def running(folder: Path, options: Sequence[str] = (), *, port: int = PORT) -> Iterator[str]:
    """Run the cluster in `folder` while the block does; yield the URL of its database, which is made when missing."""
    settings = ("-k", str(folder), "-p", str(port), *options)
    call = [*_as_owner(), program("postgres"), "-D", str(folder / "cluster"), *settings]
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(call, stdout=log, stderr=log, cwd="/", start_new_session=True)
    try:
        _create_database(folder, port, server)
        yield f"postgresql:///{DATABASE}?host={folder}&port={port}"
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(server.pid, signal.SIGINT)  # a fast shutdown
        server.wait()


def _create_database(folder: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, and make the database."""
    end, call = time.monotonic() + _START_SECONDS, [program("createdb"), "-h", str(folder), "-p", str(port), DATABASE]
    while True:
        done = subprocess.run(call, check=False, **_QUIET)  # type: ignore[call-overload]
        if done.returncode == 0 or "already exists" in done.stderr:
            return
        if server.poll() is not None or time.monotonic() > end:
            raise MissingError(f"PostgreSQL did not start; see {folder}/log")
        time.sleep(0.05)


def main() -> None:
    """Run it until a signal ends it."""
    folder = Path("data/pg").absolute()
    if len(os.fsencode(folder)) > MAX_SOCKET:
        raise SystemExit(f"{folder}: too long a path for a socket; go to a folder with a shorter one")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if not (folder / "cluster").exists():
            make(folder)
        with running(folder, ("-c", "listen_addresses=127.0.0.1")) as url:
            print(f"wenqing work -s 'LEDGER={url}'", flush=True)
            with suppress(KeyboardInterrupt):
                signal.pause()
    except MissingError as error:
        raise SystemExit(str(error)) from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{error.cmd[0]}: {error.stderr.strip()}") from None


if __name__ == "__main__":
    main()
