"""Every page of fixtures/ against the expected.json beside it: one test a field, ids as `taowenge/preview_whole[text]`.

A document is cleaned as served, and again as bytes of unknown origin (`bare`); where a dump of the same page lies
beside it, that too. All of them must give the same key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cleaners.canonical import canonical, digest
from cleaners.model import Document, Page
from cleaners.sites import sites

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(meta.parent for meta in FIXTURES.glob("*/*/meta.json"))
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
META_KEYS = {"url", "status", "headers", "fetched_at", "synthetic", "reviewed"}
NEEDS_ADDRESS = ("source", "doc_id")
"""What a page of unknown origin need not tell."""
UNLESS_STATED = ("category",)
"""Facts that expected.json may leave open."""


def name(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


@cache
def read(file: Path) -> Any:
    return json.loads(file.read_bytes())


def is_listing(case: Path) -> bool:
    expected = case / "expected.json"
    return expected.exists() and "links" in read(expected)


def views(case: Path) -> Iterator[str]:
    yield from ("served", "bare")
    if (case / "page.txt").exists():
        yield from ("dump", "dump bare")


def documents() -> Iterator[Any]:
    for case in CASES:
        if is_listing(case):
            continue
        for view in views(case):
            label = "" if view == "served" else f" {view}"
            for field in FIELDS:
                if "bare" not in view or field not in NEEDS_ADDRESS:
                    yield pytest.param(case, view, field, id=f"{name(case)}[{field}{label}]")


def page(case: Path, view: str, *, whole: bool = True) -> Page:
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


@cache
def cleaned(case: Path, view: str) -> Document:
    from cleaners.clean import clean

    return clean(page(case, view))


def wanted(case: Path, view: str) -> dict[str, Any]:
    expected = read(case / "expected.json")
    return {
        **expected,
        "key": digest(expected["text"]) if expected["text"] else None,
        "title": alike(expected["title"], view),
        "text": alike(expected["text"], view),
        "metadata": facts(expected["metadata"], expected["metadata"], view),
        "truncation": marks(expected["truncation"], expected["truncation"]),
    }


def found(case: Path, view: str) -> dict[str, Any]:
    document, expected = cleaned(case, view), read(case / "expected.json")
    return {
        **{field: getattr(document, field) for field in FIELDS},
        "key": document.sha256,
        "title": alike(document.title, view),
        "text": alike(document.text, view),
        "metadata": facts(asdict(document.metadata), expected["metadata"], view),
        "truncation": marks(asdict(document.truncation), expected["truncation"]),
        "flags": list(document.flags),
    }


def alike(value: Any, view: str) -> Any:
    """A dump's punctuation is folded, so its words are compared on the canonical text."""
    return canonical(value) if isinstance(value, str) and view.startswith("dump") else value


def facts(stated: Mapping[str, Any], expected: Mapping[str, Any], view: str) -> dict[str, Any]:
    left_out = {*(fact for fact in UNLESS_STATED if fact not in expected), *(NEEDS_ADDRESS if "bare" in view else ())}
    kept = {fact: value for fact, value in stated.items() if value not in (None, "", (), []) and fact not in left_out}
    kept = {fact: list(value) if isinstance(value, tuple) else alike(value, view) for fact, value in kept.items()}
    return {**kept, **({"format": kept["format"].lower()} if "format" in kept else {})}


def marks(stated: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence is compared only where a page says it in words: the expected words must be among those found."""
    kept = {mark: value for mark, value in stated.items() if value not in (None, "", (), [])}
    kept = {mark: list(value) if isinstance(value, tuple) else value for mark, value in kept.items()}
    evidence, words = kept.pop("evidence", ""), expected.get("evidence", "")
    return {**kept, "evidence": words if canonical(words) in canonical(evidence) else evidence}


@pytest.mark.parametrize(("case", "view", "field"), list(documents()))
def test_document(case: Path, view: str, field: str) -> None:
    assert found(case, view)[field] == wanted(case, view)[field]


@pytest.mark.parametrize("case", [case for case in CASES if is_listing(case)], ids=name)
def test_listing(case: Path) -> None:
    from crawler.links import links

    meta = read(case / "meta.json")
    body, content_type = (case / "page.html").read_bytes(), meta["headers"]["Content-Type"]
    assert (
        list(links(sites()[case.parent.name], meta["url"], body, content_type)) == read(case / "expected.json")["links"]
    )


@pytest.mark.parametrize("case", [case for case in CASES if read(case / "meta.json").get("parts")], ids=name)
def test_missing_part_is_told(case: Path) -> None:
    from cleaners.clean import clean

    document = clean(page(case, "served", whole=False))
    assert document.truncated is True
    assert len(document.text) < len(read(case / "expected.json")["text"])


@pytest.mark.parametrize("case", CASES, ids=name)
def test_meta(case: Path) -> None:
    meta = read(case / "meta.json")
    assert set(meta) - {"parts"} == META_KEYS
    assert all(
        urlsplit(url).scheme in ("http", "https") for url in (meta["url"], *(p["url"] for p in meta.get("parts", ())))
    )
    assert isinstance(meta["status"], int)
    assert "Content-Type" in meta["headers"]
    assert datetime.fromisoformat(meta["fetched_at"]).tzinfo is not None
    assert isinstance(meta["synthetic"], bool)
    assert (case.parent / "robots.txt").is_file()
    if not is_listing(case):
        assert {"key", *read(case / "expected.json")} == set(FIELDS)
    assert meta["reviewed"] is True, (
        f"fixtures/{name(case)}: a person must read expected.json against the page, then set reviewed in meta.json"
    )


@pytest.mark.parametrize("site", sorted(sites()))
def test_site_has_a_saved_page(site: str) -> None:
    assert any(case.parent.name == site for case in CASES)


@pytest.mark.parametrize("template", sorted({site.template for site in sites().values()}))
def test_template_has_every_kind_of_page(template: str) -> None:
    names = {site.name for site in sites().values() if site.template == template}
    cases = [case for case in CASES if case.parent.name in names]
    expected = [read(case / "expected.json") for case in cases]
    assert {record.get("truncated") for record in expected if record.get("text")} == {True, False}
    assert any("broken" in case.name for case in cases)
    assert any("links" in record for record in expected)
    assert any("�" in (case / "page.html").read_text("utf-8", "replace") for case in cases), "no page in GBK or GB18030"
