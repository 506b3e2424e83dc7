"""Every page of fixtures/ against the expected.json beside it; what differs is told field by field.

A document is cleaned as served, and again as bytes of unknown origin (`bare`); where a dump of the same page lies
beside it, that too. All of them must give the same key.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cleaners.clean import clean
from cleaners.sites import sites
from cleaners.templates import templates
from crawler.fixtures import expectations
from crawler.fixtures.expectations import FIELDS, is_listing, name, page, read

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = expectations.cases(FIXTURES)
META_KEYS = {"url", "status", "headers", "fetched_at", "synthetic", "reviewed"}


def documents() -> Iterator[Any]:
    for case in CASES:
        if is_listing(case):
            continue
        for view in expectations.views(case):
            yield pytest.param(case, view, id=f"{name(case)}[{view}]")


@pytest.mark.parametrize(("case", "view"), list(documents()))
def test_document(case: Path, view: str) -> None:
    found, wanted = expectations.found(case, view, clean(page(case, view))), expectations.wanted(case, view)
    differing = [field for field in expectations.fields(view) if found[field] != wanted[field]]
    assert not differing, "\n".join(f"{field}: {found[field]!r} and not {wanted[field]!r}" for field in differing)


@pytest.mark.parametrize("case", [case for case in CASES if is_listing(case)], ids=name)
def test_listing(case: Path) -> None:
    assert expectations.listed(case) == read(case / "expected.json")["links"]


@pytest.mark.parametrize("case", [case for case in CASES if read(case / "meta.json").get("parts")], ids=name)
def test_missing_part_is_told(case: Path) -> None:
    document = clean(page(case, whole=False))
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
    rules = case.parent / "robots.txt"
    assert rules.is_file(), f"{rules}: save the site's robots.txt, too"
    if not is_listing(case):
        assert {"key", *read(case / "expected.json")} == set(FIELDS)
    assert meta["reviewed"] is True, (
        f"fixtures/{name(case)}: a person must read expected.json against the page, then set reviewed in meta.json"
    )


def of_template(template: str) -> list[Path]:
    """Return the cases of a template's sites; a site without one is like any page of unknown origin."""
    names = {name for name, site in sites().items() if site.template == template} if template else {"unknown"}
    return [case for case in CASES if case.parent.name in names]


@pytest.mark.parametrize("site", [name for name, site in sites().items() if site.is_crawled])
def test_site_has_a_saved_page_of_its_family(site: str) -> None:
    assert any(not is_listing(case) for case in of_template(sites()[site].template))


@pytest.mark.parametrize("template", [name for name, template in templates().items() if template.knows_frame])
def test_template_has_every_kind_of_page(template: str) -> None:
    ours = of_template(template)
    expected = [read(case / "expected.json") for case in ours]
    assert {record.get("truncated") for record in expected if record.get("text")} == {True, False}
    assert any("broken" in case.name for case in ours)
    assert any("links" in record for record in expected)
    assert any("�" in (case / "page.html").read_text("utf-8", "replace") for case in ours), "no page in GBK or GB18030"
