"""Checks what is to be released: builds wheel and sdist, installs each, and does the main job far from the repository.

The wheel is also built from what deploy/Dockerfile copies. That file's steps are those by which it is installed here
(tests/test_docker.py), so an image holds what was checked.
"""

from __future__ import annotations

import os
import shutil
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
OTHER_READERS = """
import datasets, duckdb, pandas, polars
rows = len(polars.read_parquet("corpus.parquet"))
assert rows == len(polars.read_ndjson("corpus.jsonl", infer_schema_length=None)) > 10, rows
assert rows == len(pandas.read_parquet("corpus.parquet")) == len(pandas.read_json("corpus.jsonl", lines=True))
assert rows == len(datasets.load_dataset("parquet", data_files="corpus.parquet", split="train"))
assert ((rows,),) == tuple(duckdb.sql("SELECT count(*) FROM 'corpus.parquet'").fetchall())
"""
"""Programs that are no part of the environment; those that the tests need have them."""
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
        check_same(wheel, unpacked(sdist, folder / "of-sdist"))
        check_same(wheel, image_context(folder / "of-image"))
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
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_UPDATE_DOWNLOAD_COUNTS": "0"}
    subprocess.run([sys.executable, "-c", OTHER_READERS], cwd=folder, env={**env, **offline}, check=True)


def unpacked(sdist: Path, folder: Path) -> Path:
    """Unpack the sdist; return its folder."""
    with tarfile.open(sdist) as packed:
        packed.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


def image_context(folder: Path) -> Path:
    """Copy into `folder` what .dockerignore lets into an image; return it."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    left_out = shutil.ignore_patterns(*(line.removeprefix("**/") for line in lines if line.startswith("**/")))
    folder.mkdir()
    for name in (line[1:] for line in lines if line.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy2(ROOT / name, folder)
    return folder


def check_same(wheel: Path, root: Path) -> None:
    """Build the wheel again from the files in `root`: it must hold the same files."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", root / "dist"], cwd=root, check=True
    )
    with ZipFile(wheel) as first, ZipFile(root / "dist" / wheel.name) as again:
        if {each.filename: each.CRC for each in first.infolist()} != {
            each.filename: each.CRC for each in again.infolist()
        }:
            raise SystemExit(f"{root}: another wheel than the repository's; see pyproject.toml and .dockerignore")


if __name__ == "__main__":
    main()
