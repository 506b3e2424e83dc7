"""Puts the packages into the wheel below one name: `wenqing.adapters`, `wenqing.cleaners`, and so on.

In the repository they stand at the top. Installed so, names like `crawler` would take the place of anybody's module of
that name. Only the wheel is changed: each import of one of them, and each string that is nothing but the dotted name of
one of their modules (Scrapy's settings), gets `wenqing.` in front, at the places that Python's own parser gives.
Hatchling calls `WheelHook` for each wheel.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TOP = "wenqing"
PACKAGES = ("adapters", "cleaners", "crawler", "pipelines")
_NAME = rf"(?:{'|'.join(PACKAGES)})"
_MODULE = re.compile(rf"{_NAME}(?:\.[A-Za-z_]\w*)*")
_DOTTED = re.compile(rf"{_NAME}(?:\.[A-Za-z_]\w*)+")

Place = tuple[int, int, bytes, bytes]
"""Line and column in bytes, what stands there, and what is to stand there."""


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Gives hatchling the packages as they are to be installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files; an editable installation is the repository itself."""
        if version != "editable":
            self._folder = Path(mkdtemp())
            build_data["force_include"].update(installed_files(Path(self.root), self._folder))

    def finalize(self, *_: object) -> None:
        """Remove what was made for the wheel."""
        if folder := getattr(self, "_folder", None):
            shutil.rmtree(folder)


def installed_files(root: Path, folder: Path) -> dict[str, str]:
    """Return which file goes where in the wheel; those whose imports change are written into `folder`."""
    places = {}
    for package in (TOP, *PACKAGES, "fixtures"):
        for file in sorted((root / package).rglob("*")):
            if not file.is_file() or "__pycache__" in file.parts:
                continue
            inside = file.relative_to(root if package != TOP else root / TOP)
            if file.suffix == ".py":
                changed = folder / inside
                changed.parent.mkdir(parents=True, exist_ok=True)
                changed.write_text(renamed(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
                file = changed
            places[str(file)] = f"{TOP}/{inside.as_posix()}"
    return places


def renamed(source: str) -> str:
    """Return a module's source with the packages below `wenqing`; raises ValueError for what cannot be told.

    >>> renamed("from cleaners.text import hans  # cleaners")
    'from wenqing.cleaners.text import hans  # cleaners'
    >>> renamed('import crawler\\nNAME = "crawler.settings"')
    'from wenqing import crawler\\nNAME = "wenqing.crawler.settings"'
    """
    lines = source.encode().split(b"\n")
    for number, column, old, new in sorted(_places(source), reverse=True):
        line = lines[number - 1]
        if not line.startswith(old, column):
            raise ValueError(f"line {number}: not {old.decode()} at column {column}; write it on one line")
        lines[number - 1] = line[:column] + new + line[column + len(old) :]
    return b"\n".join(lines).decode()


def _places(source: str) -> Iterator[Place]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and _MODULE.fullmatch(node.module or "") and not node.level:
            yield _place(node, f"from {node.module}", f"from {TOP}.{node.module}")
        elif isinstance(node, ast.Import) and any(_MODULE.fullmatch(alias.name) for alias in node.names):
            yield _import(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
            yield _place(node, f'"{node.value}"', f'"{TOP}.{node.value}"')


def _import(node: ast.Import) -> Place:
    """Return the place of `import x` or `import x.y as z`; `import x.y` binds x, which has no like below `wenqing`."""
    alias, *others = node.names
    if others or ("." in alias.name and not alias.asname):
        raise ValueError(f"line {node.lineno}: import {alias.name}; write it as from … import …")
    if alias.asname:
        return _place(node, f"import {alias.name}", f"import {TOP}.{alias.name}")
    return _place(node, f"import {alias.name}", f"from {TOP} import {alias.name}")


def _place(node: ast.stmt | ast.expr, old: str, new: str) -> Place:
    return node.lineno, node.col_offset, old.encode(), new.encode()
