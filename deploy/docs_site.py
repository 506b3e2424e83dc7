"""Hooks of mkdocs: the contents list, and the pages of the site that stand beside docs/ in the repository.

Whatever page is in docs/ gets a place: those named here in this order, a folder's others after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
BESIDE = {
    "CONTRIBUTING.md": "contributing.md",
    "CONTRIBUTING.zh-CN.md": "contributing.zh.md",
    "CHANGELOG.md": "changelog.md",
}
"""Pages of the repository that are pages of the site."""
SECTIONS: Mapping[str, Sequence[str]] = {
    "": ("index.md", "tutorial.md", "zh/tutorial.md"),
    "How to": ("howto/",),
    "Reference": ("reference/",),
    "Explanation": ("explanation/", "design.md", "dedup.md", "reliability.md", "*"),
    "Project": tuple(BESIDE.values()),
}
"""Sections with their pages; `x/` stands for all of a folder, `*` for whatever stands nowhere else."""
_LINK = re.compile(r"\]\((?:\.\./)*([^)#:\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages beside docs/, and list every page."""
    for name, page in BESIDE.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=_LINK.sub(_from_root, text)))
    pages = sorted(file.src_uri for file in files.documentation_pages())
    config["nav"] = list(contents(pages))
    return files


def contents(pages: Sequence[str]) -> Iterator[Any]:
    """Yield the contents list: pages, and sections with theirs."""
    named = {page for places in SECTIONS.values() for place in places for page in _pages(place, pages)}
    for section, places in SECTIONS.items():
        found = [page for place in places for page in _pages(place, pages)]
        if "*" in places:
            found += [page for page in pages if page not in named]
        yield from [{section: found}] if section else found


def _pages(place: str, pages: Sequence[str]) -> list[str]:
    return [page for page in pages if page == place or (place.endswith("/") and page.startswith(place))]


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Let links to files of the repository lead to the page of the site that they are, or say where the file is."""
    depth = page.file.src_uri.count("/")

    def changed(match: re.Match[str]) -> str:
        name = match[1]
        if not match[0].startswith("](" + "../" * (depth + 1)):
            return match[0]
        return f"]({'../' * depth}{BESIDE[name]}{match[2] or ''})" if name in BESIDE else f"] (`{name}`)"

    return _LINK.sub(changed, markdown)


def _from_root(match: re.Match[str]) -> str:
    """Return a link of a page at the root, as one of the site."""
    name = match[1].removeprefix("docs/") if match[1].startswith("docs/") else BESIDE.get(match[1])
    return f"]({name}{match[2] or ''})" if name else f"] (`{match[1]}`)"
