"""The pages of the documentation, and the blocks of code in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.offline import ROOT

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md"])


def blocks(page: Path, language: str) -> list[str]:
    """Return the blocks of a language on a page, in order."""
    return [code for name, code in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def with_blocks(language: str) -> list[Path]:
    """Return the pages that have blocks of a language."""
    return [page for page in PAGES if blocks(page, language)]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which `wenqing` and `python` are those of here; their programs go to `folder`/bin."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for name, call in (("wenqing", "-m wenqing"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {call} "$@"\n')
        program.chmod(0o755)
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": paths}


def run_blocks(page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run all `sh` blocks of a page in one shell, one after another, in an empty folder."""
    work = folder / "work"
    work.mkdir()
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks(page, "sh"))],
        cwd=work,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
