"""Every example in a docstring gives what it says, in all modules that have one."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.offline import ROOT

EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)


def with_examples() -> list[str]:
    """Return the names of all modules that have examples."""
    files = [file for name in ("adapters", "cleaners", "crawler", "pipelines") for file in (ROOT / name).rglob("*.py")]
    return sorted(dotted(file) for file in files if EXAMPLE.search(file.read_text("utf-8")))


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = with_examples()


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.failed == 0 < found.attempted
