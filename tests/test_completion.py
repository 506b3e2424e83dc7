"""Completion in the shells that are here: commands, options, names of sites, else files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from wenqing.completion import SHELLS, script
from wenqing.listing import commands

BASH = """
source {script}
COMP_WORDS=({words}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_wenqing
echo "${{COMPREPLY[@]}}"
"""


def completed(folder: Path, words: str) -> list[str]:
    made = folder / "wenqing.bash"
    made.write_text(script("bash"), "utf-8")
    program = BASH.format(script=made, words=words)
    ran = subprocess.run(["bash", "--norc", "-c", program], capture_output=True, text=True, timeout=60, check=True)
    return ran.stdout.split()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("wenqing ex", ["export"]),
        ("wenqing clean --expl", ["--explain", "--explain-html"]),
        ("wenqing crawl taowenge", ["taowenge"]),
        ("wenqing export --source gongx", ["gongxun"]),
        ("wenqing clean pa", []),
        ("wenqing completion f", ["fish"]),
        ("wenqing help rep", ["report"]),
    ],
)
def test_bash_completes(tmp_path: Path, words: str, found: list[str]) -> None:
    assert completed(tmp_path, words) == found


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_a_script_is_one_of_its_shell(shell: str, tmp_path: Path) -> None:
    made = script(shell)
    assert all(name in made for name in commands())
    if program := shutil.which(shell):
        (tmp_path / "script").write_text(made, "utf-8")
        ran = subprocess.run([program, "-n", tmp_path / "script"], capture_output=True, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not shutil.which("fish"), reason="no fish here")
def test_fish_completes(tmp_path: Path) -> None:
    (tmp_path / "wenqing.fish").write_text(script("fish"), "utf-8")
    program = f"source {tmp_path}/wenqing.fish; complete -C 'wenqing cl'; complete -C 'wenqing export --whol'"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", program],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert [line.split("\t")[0] for line in ran.stdout.splitlines()] == ["clean", "--whole-only"]
