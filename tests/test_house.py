"""The rooms of the code: imports point one way, and each room holds what docs/design.md, section 3, says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.offline import ROOT

ROOMS = {
    "adapters": ("",),
    "crawler": (
        *("commands", "running", "spiders", "replay", "fixtures", "reports", "inputs", "frontier"),
        *("settings", "downloader", "terminal", "files", "errors"),
    ),
    "pipelines": ("near", "", "ledger"),
    "cleaners": (
        *(
            "",
            "clean",
            "passes",
            "frame",
            "draft",
            "learning",
            "markup",
            "verdicts",
            "judging",
            "noise",
            "sites",
            "templates",
            "rules",
            "repairs",
            "reading",
            "personal",
            "canonical",
            "text",
        ),
        "model",
    ),
}
"""The rooms of each package, the upper ones first: a room imports only what stands below it. "" is the package's door:
files without an entry of their own. A file directly in a package that has one is a room of its own."""
PACKAGES = ("adapters", "crawler", "pipelines", "cleaners")
MAX_DOOR_FILES = 5
MAX_PAIRS = 40
"""Files directly in crawler/, and pairs of its rooms of which one imports the other, at most."""

Place = tuple[str, str]
"""A package and one of its rooms."""


def modules(package: str) -> Iterator[Path]:
    return (ROOT / package).rglob("*.py")


def place(dotted: str) -> Place:
    """Return the room of a module."""
    package, _, rest = dotted.partition(".")
    first = rest.partition(".")[0]
    return package, first if first in ROOMS[package] else ""


@cache
def imported(file: Path) -> tuple[str, ...]:
    """Return the modules of the three packages that a file imports, wherever in it."""
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.level, f"{file}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] in PACKAGES)


def arrows(package: str) -> dict[tuple[Place, Place], Path]:
    """Return which rooms of `package` import which other ones, each with a file that does."""
    found: dict[tuple[Place, Place], Path] = {}
    for file in modules(package):
        own = place(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for name in imported(file):
            if place(name) != own:
                found[own, place(name)] = file
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_between_rooms_point_one_way(package: str) -> None:
    order = [(each, room) for each in PACKAGES for room in ROOMS[each]]
    upward = {
        f"{file.relative_to(ROOT)} imports {'.'.join(there)}"
        for (here, there), file in arrows(package).items()
        if order.index(there) < order.index(here)
    }
    assert upward == set()


def test_adapters_are_of_the_cleaner_alone() -> None:
    """What runs inside other programs brings no crawler with it."""
    assert {there[0] for _, there in arrows("adapters")} == {"cleaners"}


def test_every_folder_is_a_room() -> None:
    for package in PACKAGES:
        folders = {file.parent.name for file in (ROOT / package).glob("*/__init__.py")}
        assert folders <= set(ROOMS[package]), package
        assert all(room in folders or (ROOT / package / f"{room}.py").is_file() for room in ROOMS[package] if room), (
            package
        )


OF_A_KIND = {"crawler/commands", "cleaners/noise", "cleaners/sites", "cleaners/templates", "cleaners/repairs"}
"""Rooms whose files are of one kind each, which the design does not name one by one."""


def test_the_design_names_every_file_of_its_rooms() -> None:
    """Nobody finds what no table names, and looks in vain for what one names that is not there."""
    tables = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").partition("## 3.")[2].partition("## 4.")[0]
    rooms = [match for each in PACKAGES for match in (ROOT / each).glob("*/__init__.py")]
    for folder in sorted({file.parent for file in rooms} | {ROOT / "pipelines"}):
        name = str(folder.relative_to(ROOT))
        if name in OF_A_KIND:
            continue
        label = "pipelines/*.py" if name == "pipelines" else f"{folder.name}/"
        within = tables.partition(f"`{name.partition('/')[0]}/`")[2]
        row = within.partition(f"| `{label}` |")[2].partition("\n")[0]
        named = set(re.findall(r"`(\w+\.py)`", row))
        assert named == {file.name for file in folder.glob("[!_]*.py")}, name


def test_only_commands_import_commands() -> None:
    asked = {str(file.relative_to(ROOT)) for (_, there), file in arrows("crawler").items() if there[1] == "commands"}
    assert asked == set()


def test_the_room_of_commands_holds_one_command_a_file() -> None:
    """Scrapy lists every command class that it finds there: a base class would be one to call."""
    for file in (ROOT / "crawler" / "commands").glob("[!_]*.py"):
        classes = [node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]
        commands = [node.name for node in classes if any("Command" in ast.unparse(base) for base in node.bases)]
        assert commands == ["Command"], file.name


def test_few_files_and_few_arrows() -> None:
    assert len(list((ROOT / "crawler").glob("*.py"))) <= MAX_DOOR_FILES
    pairs = {(here, there) for here, there in arrows("crawler") if there[0] == "crawler"}
    assert len(pairs) <= MAX_PAIRS


def test_pure_code_has_no_scrapy() -> None:
    """Cleaners and the ledger can be used without Scrapy and Twisted."""
    pure = ("adapters", "cleaners", "pipelines/ledger", "pipelines/near")
    for file in [file for place in pure for file in modules(place)]:
        words = file.read_text(encoding="utf-8").split("\n")
        assert not [line for line in words if line.strip().startswith(("import scrapy", "from scrapy", "from twisted"))]
