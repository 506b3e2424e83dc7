"""Saved pages and what they must give, DIR/SITE/CASE/{page.html, meta.json, expected.json}: read, compared, drafted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cleaners.canonical import canonical, digest
from cleaners.clean import clean
from cleaners.model import Document, Page
from cleaners.sites import sites
from crawler.arguments import ArgumentError
from crawler.links import links

FIELDS = (
    "key",
    "title",
    "text",
    "source",
    "template",
    "created",
    "truncated",
    "truncation",
    "metadata",
    "script",
    "flags",
)
"""What is compared of a document; expected.json holds all of them but `key`, which its text gives."""
NEEDS_ADDRESS = ("source", "doc_id")
"""What a page of unknown origin need not tell."""
UNLESS_STATED = ("category",)
"""Facts that expected.json may leave open."""


def cases(directory: Path) -> list[Path]:
    """Return the folders of all cases, in alphabetical order."""
    return sorted(meta.parent for meta in directory.glob("*/*/meta.json"))


def name(case: Path) -> str:
    """Return a case as SITE/CASE."""
    return f"{case.parent.name}/{case.name}"


def read(file: Path) -> dict[str, Any]:
    """Return what a file of JSON holds, an object; raises OSError, and ArgumentError where it holds none."""
    try:
        found: dict[str, Any] = dict(json.loads(file.read_bytes()))
    except (ValueError, TypeError) as error:
        raise ArgumentError(f"{file}: no object of JSON ({error}); see CONTRIBUTING.md") from None
    return found


def is_listing(case: Path) -> bool:
    """Say whether a page of links is expected."""
    expected = case / "expected.json"
    return expected.exists() and "links" in read(expected)


def views(case: Path) -> Iterator[str]:
    """Yield the ways to look at a case: as served, without its address, and the same of a dump where there is one."""
    yield from ("served", "bare")
    if (case / "page.txt").exists():
        yield from ("dump", "dump bare")


def fields(view: str) -> list[str]:
    """Return the fields that are compared in a view."""
    return [field for field in FIELDS if "bare" not in view or field not in NEEDS_ADDRESS]


def page(case: Path, view: str = "served", *, whole: bool = True) -> Page:
    """Return the page of a case as the view has it; with `whole` false, only the first of its parts."""
    meta = read(case / "meta.json")
    if view.startswith("dump"):
        body, content_type = (case / "page.txt").read_bytes(), None
    else:
        body, content_type = (case / "page.html").read_bytes(), meta["headers"]["Content-Type"]
    if "bare" in view:
        url = source = content_type = None
    else:
        url, source = meta["url"], case.parent.name if case.parent.name in sites() else None
    parts = tuple(
        Page(body=(case / part["file"]).read_bytes(), url=url and part["url"], source=source, content_type=content_type)
        for part in meta.get("parts", ())
    )
    shown, missing = (parts, 0) if whole else ((), len(parts))
    return Page(body=body, url=url, source=source, content_type=content_type, parts=shown, missing_parts=missing)


def listed(case: Path) -> list[str]:
    """Return the links that the crawler finds on a page of links."""
    meta = read(case / "meta.json")
    body, content_type = (case / "page.html").read_bytes(), meta["headers"]["Content-Type"]
    return links(sites()[case.parent.name], meta["url"], body, content_type)


def wanted(case: Path, view: str) -> dict[str, Any]:
    """Return what expected.json asks for, by field, as it is compared in a view."""
    expected = read(case / "expected.json")
    return {
        **expected,
        "key": digest(expected["text"]) if expected["text"] else None,
        "title": _alike(expected["title"], view),
        "text": _alike(expected["text"], view),
        "metadata": _facts(expected["metadata"], expected["metadata"], view),
        "truncation": _marks(expected["truncation"], expected["truncation"]),
    }


def found(case: Path, view: str, document: Document) -> dict[str, Any]:
    """Return what the cleaner gave, by field, as it is compared in a view."""
    expected = read(case / "expected.json")
    return {
        **{field: getattr(document, field) for field in FIELDS},
        "key": document.sha256,
        "title": _alike(document.title, view),
        "text": _alike(document.text, view),
        "metadata": _facts(asdict(document.metadata), expected["metadata"], view),
        "truncation": _marks(asdict(document.truncation), expected["truncation"]),
        "flags": list(document.flags),
    }


def drafted(case: Path) -> dict[str, Any]:
    """Return what expected.json would hold if the cleaner were right: a draft for a person to review."""
    meta, site = read(case / "meta.json"), sites().get(case.parent.name)
    if site and site.kind(meta["url"]) == "listing":
        return {"links": listed(case)}
    document = clean(page(case))
    kept = {field: getattr(document, field) for field in FIELDS if field != "key"}
    stated = {field: _stated(asdict(kept[field])) for field in ("truncation", "metadata")}
    return {**kept, **stated, "flags": list(document.flags)}


def differences(case: Path) -> dict[str, tuple[Any, Any]]:
    """Return where the cleaner, or the crawler for a page of links, gives something else than expected.json asks for.

    By field, `text` or `key (dump bare)`: what is wanted and what is found.
    """
    if is_listing(case):
        links = (read(case / "expected.json")["links"], listed(case))
        return {} if links[0] == links[1] else {"links": links}
    unlike: dict[str, tuple[Any, Any]] = {}
    for view in views(case):
        asked, given = wanted(case, view), found(case, view, clean(page(case, view)))
        label = "" if view == "served" else f" ({view})"
        unlike |= {
            f"{field}{label}": (asked[field], given[field]) for field in fields(view) if asked[field] != given[field]
        }
    return unlike


def _alike(value: Any, view: str) -> Any:
    """A dump's punctuation is folded, so its words are compared on the canonical text."""
    return canonical(value) if isinstance(value, str) and view.startswith("dump") else value


def _facts(stated: Mapping[str, Any], expected: Mapping[str, Any], view: str) -> dict[str, Any]:
    left_out = {*(fact for fact in UNLESS_STATED if fact not in expected), *(NEEDS_ADDRESS if "bare" in view else ())}
    kept = {fact: _alike(value, view) for fact, value in _stated(stated).items() if fact not in left_out}
    return {**kept, **({"format": kept["format"].lower()} if "format" in kept else {})}


def _marks(stated: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence is compared only where a page says it in words: the expected words must be among those found."""
    kept = _stated(stated)
    evidence, words = kept.pop("evidence", ""), expected.get("evidence", "")
    return {**kept, "evidence": words if canonical(words) in canonical(evidence) else evidence}


def _stated(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not stated; JSON has lists only."""
    kept = {fact: value for fact, value in facts.items() if value not in (None, "", (), [])}
    return {fact: list(value) if isinstance(value, tuple) else value for fact, value in kept.items()}
