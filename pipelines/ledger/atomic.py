"""Writes a file, or a folder of files, whole or not at all."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` when the block ends; `path` stays as it is if the block fails.

    A file of the same bytes is left alone. File and folder are synchronised with the disk.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and filecmp.cmp(temporary, path, shallow=False):
            return
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def atomic_directory(folder: Path) -> Iterator[Path]:
    """Yield a folder that becomes `folder`, absent or empty until then, when the block ends; removed if it fails."""
    target = folder.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    new.mkdir(parents=True)
    try:
        yield new
        new.rename(target)
    except BaseException:
        shutil.rmtree(new)
        raise
