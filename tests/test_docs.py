"""The documentation: its pages are up to date, its links lead somewhere, and its blocks of commands run."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from crawler import errors
from deploy import reference
from tests.documentation import PAGES, blocks, run_blocks, with_blocks
from tests.offline import ROOT
from wenqing.listing import commands

QUICK = ("README.md",)
"""Pages whose blocks run in `make test`; those of the others are long, and README.zh-CN.md has the same ones."""
MAX_README_LINES = 150
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")
ROOT_PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "CONTRIBUTING.zh-CN.md", ROOT / "CHANGELOG.md"]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", reference.PAGES)
def test_the_reference_is_that_of_the_program(page: str) -> None:
    assert (reference.FOLDER / f"{page}.md").read_text("utf-8") == reference.page(page), "run make reference"


def test_the_reference_names_every_exit_code() -> None:
    named = {value for key, value in vars(errors).items() if key.isupper() and isinstance(value, int)}
    assert named - {errors.SIGNALLED} <= errors.EXIT_CODES.keys()
    assert errors.SIGNALLED + 15 in errors.EXIT_CODES


@pytest.mark.parametrize("page", [*PAGES, *ROOT_PAGES], ids=name)
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert not [link for link in _LINK.findall(text) if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", with_blocks("python"), ids=name)
def test_python_can_be_read(page: Path) -> None:
    for code in blocks(page, "python"):
        ast.parse(code)


def test_every_command_that_is_shown_is_there() -> None:
    words = {*commands(), "completion", "help", "--version", "--help"}
    for page in PAGES:
        for code in (*blocks(page, "sh"), *blocks(page, "console")):
            assert set(re.findall(r"\b(?:wenqing|bin/scrapy) (-?-?[a-z]+)", code)) <= words, page


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_is_short(readme: str) -> None:
    assert len((ROOT / readme).read_text("utf-8").splitlines()) <= MAX_README_LINES


@pytest.mark.parametrize(
    ("english", "chinese"), [("README.md", "README.zh-CN.md"), ("docs/tutorial.md", "docs/zh/tutorial.md")]
)
def test_the_chinese_pages_show_the_same_commands(english: str, chinese: str) -> None:
    ours, theirs = (
        [re.sub(r" *# .*", "", code) for language in ("sh", "console") for code in blocks(ROOT / page, language)]
        for page in (english, chinese)
    )
    assert ours == theirs


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if name(page) in QUICK else pytest.mark.long, id=name(page))
        for page in with_blocks("sh")
    ],
)
def test_the_commands_run_in_order(page: Path, tmp_path: Path) -> None:
    ran = run_blocks(page, tmp_path)
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"


@pytest.mark.skipif(not find_spec("mkdocs"), reason="mkdocs is not here")
def test_the_site_lists_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deploy.docs_site import contents

    pages = [page.relative_to(ROOT / "docs").as_posix() for page in ROOT.glob("docs/**/*.md")]
    listed = str(list(contents([*pages, "a_new_page.md"])))
    assert all(f"'{page}'" in listed for page in [*pages, "a_new_page.md"])
