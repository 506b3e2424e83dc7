"""The option --profiles: a folder of what was learned of hosts."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import ArgumentError, program
from pipelines.profiles import ProfileFolder


def known_profiles(name: str | None) -> ProfileFolder | None:
    """Return the folder of profiles that is named, None where none is; raises ArgumentError for one that is not there.

    >>> known_profiles(None) is None
    True
    """
    if name is None:
        return None
    folder = Path(name)
    if not folder.is_dir():
        raise ArgumentError(f"--profiles {name}: no such folder; {program()} learn makes one")
    return ProfileFolder(folder)
