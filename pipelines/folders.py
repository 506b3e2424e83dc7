"""What a folder holds to be read: its regular files; pipes, devices, sockets and links that lead out are told apart."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import NamedTuple

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


class Entry(NamedTuple):
    """A file below a folder, and why it is not to be opened; None for a regular one."""

    path: str
    reason: str | None = None


def walk(folder: str, onerror: Callable[[OSError], None] | None = None) -> Iterator[Entry]:
    """Yield all below `folder` but other folders, in the order of names; hidden files and folders are passed over.

    A link is followed to a regular file inside `folder` only, so that a walk ends and reads nothing from elsewhere.
    `onerror` is given each folder that cannot be listed.
    """
    root = os.path.realpath(folder)
    for place, folders, files in os.walk(folder, onerror=onerror):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in sorted([*files, *linked]):
            if not name.startswith("."):
                path = os.path.join(place, name)
                yield Entry(path, _reason(path, root))


def special_kind(mode: int) -> str | None:
    """Return what a file of this mode is that has no end of its own: pipe, socket, device; None for all others."""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), None)


def _reason(path: str, root: str) -> str | None:
    try:
        mode = os.stat(path).st_mode
    except OSError:  # it leads nowhere, or round and round
        return "link"
    if kind := special_kind(mode):
        return kind
    if os.path.islink(path) and (not stat.S_ISREG(mode) or not _is_inside(os.path.realpath(path), root)):
        return "link"
    return None


def _is_inside(path: str, root: str) -> bool:
    return os.path.commonpath([path, root]) == root
