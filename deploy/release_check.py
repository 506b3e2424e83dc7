"""Checks what is to be released: builds wheel and sdist, installs each, and does the main job far from the repository.

Call it with a Python that has hatchling: `make release-check`. It needs a package index, and ends with an exit code
that is not 0 where something is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

ROOT = Path(__file__).parent.parent
MAX_MIB = 520
"""MiB of an environment with the program and all that it needs, pip included."""
READERS = """
import duckdb, pyarrow.parquet as pq
import wenqing
table = pq.read_table("corpus.parquet")
assert table.schema.equals(wenqing.arrow_schema()), table.schema
((rows,),) = duckdb.sql("SELECT count(*) FROM 'corpus.jsonl'").fetchall()
assert rows == len(table) > 10, rows
document = wenqing.clean(wenqing.Page(body=open("page.txt", "rb").read()))
assert document.key, document
"""
CALLS = (
    ("--version",),
    ("init", "--contact", "https://example.org/crawl"),
    ("config",),
    ("completion", "bash"),
    ("crawl", "--replay", "-q"),
    ("clean", "page.txt", "-o", "clean.jsonl"),
    ("dedup",),
    ("export", "--parquet", "corpus.parquet"),
    ("export", "--jsonl", "corpus.jsonl"),
    ("report",),
)


def main() -> None:
    """Build, install and run."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        home.mkdir()
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", folder / "dist"], cwd=ROOT, check=True)
        (wheel,) = (folder / "dist").glob("*.whl")
        (sdist,) = (folder / "dist").glob("*.tar.gz")
        work(installed(wheel, folder / "of-wheel"), folder / "elsewhere", home)
        check_sdist(sdist, wheel, folder / "of-sdist")
    print(f"{wheel.name} and {sdist.name}: ready to be released")


def installed(wheel: Path, place: Path) -> Path:
    """Install a wheel into a new environment; return the folder of its programs."""
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip: list[str | Path] = [place / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    mib = sum(file.lstat().st_size for file in place.rglob("*") if not file.is_dir()) >> 20
    print(f"the environment takes {mib} MiB, {MAX_MIB} at most")
    if mib > MAX_MIB:
        raise SystemExit(f"{place}: {mib} MiB; see which package grew")
    return place / "bin"


def work(programs: Path, folder: Path, home: Path) -> None:
    """Do the main job in an empty folder, at home in an empty one."""
    folder.mkdir()
    (folder / "page.txt").write_text("关于召开会议的通知\n\n各单位：\n请于周五上午九时到会。\n", encoding="utf-8")
    env = {"HOME": str(home), "PATH": os.defpath}
    for call in CALLS:
        subprocess.run([programs / "wenqing", *call], cwd=folder, env=env, check=True)
    subprocess.run([programs / "python", "-c", READERS], cwd=folder, env=env, check=True)


def check_sdist(sdist: Path, wheel: Path, folder: Path) -> None:
    """Build the wheel again from the sdist: it must hold the same files."""
    with tarfile.open(sdist) as packed:
        packed.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=root, check=True)
    with ZipFile(wheel) as first, ZipFile(folder / wheel.name) as again:
        if {each.filename: each.CRC for each in first.infolist()} != {
            each.filename: each.CRC for each in again.infolist()
        }:
            raise SystemExit(f"{sdist.name}: gives another wheel than the repository; see what pyproject.toml includes")


if __name__ == "__main__":
    main()
