"""Writing a file, or a folder of files, whole or not at all; what writes is the only such way of the project."""

from __future__ import annotations

import errno
import fcntl
import filecmp
import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` when the block ends; `path` stays as it is if the block fails.

    A file of the same bytes is left alone; of a link, what it leads to is replaced. File and folder are synchronised
    with the disk. Raises OSError, also for a device, a pipe or anything else that is no file.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "is no regular file", str(path))
    remove_left_over(path.parent, path.name)
    temporary = _temporary(path)
    try:
        with temporary.open("xb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
            if path.exists() and filecmp.cmp(temporary, path, shallow=False):
                return
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _synchronise(path.parent)


@contextmanager
def atomic_directory(folder: Path) -> Iterator[Path]:
    """Yield a folder that becomes `folder`, absent or empty until then, when the block ends; removed if it fails.

    What is in it is on the disk before it has its name.
    """
    target = folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_left_over(target.parent, target.name)
    new = _temporary(target)
    new.mkdir()
    lock = os.open(new, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield new
        os.sync()  # once for all files: one by one, 100,000 of them take minutes
        new.rename(target)
    except BaseException:
        shutil.rmtree(new)
        raise
    finally:
        os.close(lock)
    _synchronise(target.parent)


def remove_left_over(folder: Path, name: str | None = None) -> None:
    """Remove what writers of `name`, or of any name, have left in `folder` when they were killed.

    A writer holds a lock on what it writes, which the kernel frees however it ends.
    """
    for path in folder.glob(f".{glob.escape(name) if name else '*'}.*.tmp"):
        try:
            file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except BlockingIOError:
            pass
        finally:
            os.close(file)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
