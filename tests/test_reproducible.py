"""The same pages give the same bytes with any hash seed, and on every Python that the project names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

import pytest

from tests.offline import ROOT

PROGRAM = """
import hashlib, json, sys
from pathlib import Path
from cleaners.clean import clean
from cleaners.model import Page
from pipelines.ledger.json_lines import line
records = b""
for page in sorted(Path("fixtures").glob("*/*/page*.*")):
    meta = json.loads((page.parent / "meta.json").read_bytes())
    cleaned = clean(Page(body=page.read_bytes(), url=meta.get("url")))
    records += line(cleaned.record(added="2026-11-01T08:00:00Z"))
print(len(records.splitlines()), hashlib.sha256(records).hexdigest())
"""


@cache
def records(python: str = sys.executable, seed: str = "0") -> str:
    """Return how many records the fixtures give, and their digest."""
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [python, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def interpreter(version: str) -> str | None:
    """Return a Python of this version with the project's packages: PYTHON3_12=/path/to/python, else that on the PATH."""
    python = os.environ.get(f"PYTHON{version.replace('.', '_')}") or shutil.which(f"python{version}")
    if python is None:
        return None
    look = "import sys, numpy, orjson, opencc, re2, resiliparse; print('%d.%d' % sys.version_info[:2])"
    found = subprocess.run([python, "-c", look], capture_output=True, text=True, timeout=60, check=False)
    return python if found.stdout.strip() == version else None


@pytest.mark.matrix(53, "every fixture gives the same bytes with another hash seed")
def test_any_hash_seed() -> None:
    assert int(records().split()[0]) > 50
    assert records(seed="4294967295") == records()


@pytest.mark.matrix(53, "and on Python 3.11, 3.12 and 3.13, where they are at hand with the project's packages")
@pytest.mark.parametrize(
    "version", sorted({"3.11", "3.12", "3.13"} - {f"{sys.version_info.major}.{sys.version_info.minor}"})
)
def test_any_python(version: str) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no Python {version} with the project's packages; name one in PYTHON{version.replace('.', '_')}")
    assert records(python) == records()
