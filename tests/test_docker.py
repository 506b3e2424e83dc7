"""The steps of deploy/Dockerfile: each names what is there, and installs as `make release-check` does."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from deploy.release_check import image_context
from deploy.wheel import PACKAGES, TOP
from tests.offline import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def steps() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile with their words, in order."""
    text = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [(word, " ".join(rest.split())) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def only(word: str) -> str:
    [found] = [rest for name, rest in steps() if name == word]
    return found


def commands(extras: str = "") -> list[list[str]]:
    """Return what the image with these extras is made with, command by command, as its shell sees them."""
    shell = ["sh", "-ec", f"set -- {only('RUN').replace('&&', '@')}; printf '%s\\n' \"$@\""]
    words = subprocess.run(shell, env={"EXTRAS": extras}, capture_output=True, text=True, check=True).stdout
    return [command.split("\n") for command in words.strip().split("\n@\n")]


def test_its_instructions_stand_in_order() -> None:
    words = [word for word, _ in steps()]
    assert words == ["FROM", "ARG", "COPY", "RUN", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]


def test_it_begins_with_a_python_of_those_that_are_supported() -> None:
    version = re.fullmatch(r"python:3\.(\d+)-slim", only("FROM"))
    assert version
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert 11 <= int(version[1]) < 14


def test_what_is_copied_is_there_and_makes_a_wheel(tmp_path: Path) -> None:
    assert only("COPY") == ". /src"
    context = image_context(tmp_path / "src")
    named = {word.removeprefix("/src").lstrip("/") for words in commands() for word in words if word.startswith("/src")}
    assert all((context / name).exists() for name in named)
    needed = {TOP, *PACKAGES, "fixtures", "deploy", "pyproject.toml", PROJECT["readme"], "LICENSE"}
    assert needed <= {path.name for path in context.iterdir()}
    files = {path.relative_to(context) for package in PACKAGES for path in (context / package).rglob("*.py")}
    assert files == {path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    assert not [path for path in context.rglob("*") if path.name in ("__pycache__", "data", ".git", ".venv", "tests")]


@pytest.mark.parametrize("extras", ["", *PROJECT["optional-dependencies"]])
def test_it_installs_as_the_release_check_does(extras: str) -> None:
    """First the pinned packages with their hashes, then the program itself."""
    assert only("ARG") == "EXTRAS="
    pinned, program, *rest = commands(extras)
    assert pinned == ["pip", "install", "--no-cache-dir", "--require-hashes", "-r", "/src/requirements.lock"]
    assert program == ["pip", "install", "--no-cache-dir", f"/src[{extras}]" if extras else "/src"]
    source = (ROOT / "deploy/release_check.py").read_text(encoding="utf-8")
    assert '"--require-hashes", "-r", ROOT / "requirements.lock"' in source
    assert [words[0] for words in rest] == ["rm", "useradd", "mkdir", "chown"]


def test_it_runs_as_a_user_who_owns_the_data() -> None:
    [useradd, mkdir, chown] = commands()[-3:]
    assert useradd[-1] == only("USER") == chown[-2]
    assert chown[1] == "-R"
    assert Path(mkdir[-1]).is_relative_to(only("WORKDIR"))
    assert chown[-1] == only("WORKDIR")


def test_its_entry_is_the_program_and_runs(tmp_path: Path) -> None:
    [entry] = json.loads(only("ENTRYPOINT"))
    assert PROJECT["scripts"] == {entry: f"{TOP}.__main__:main"}
    call = [sys.executable, "-m", TOP, *json.loads(only("CMD"))]
    ran = subprocess.run(call, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "usage" in ran.stdout.lower() or f"{TOP} " in ran.stdout


def test_the_calls_in_its_head_are_its_own() -> None:
    """The commands that it begins with name the file, the image and the folder that it has."""
    text = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    [build, run] = re.findall(r"^#   (docker .*)$", text, re.MULTILINE)
    assert shlex.split(build) == ["docker", "build", "-f", "deploy/Dockerfile", "-t", TOP, "."]
    assert f"{only('WORKDIR')}/data" in run
    assert f" {TOP} crawl " in run
