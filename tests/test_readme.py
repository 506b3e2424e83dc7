"""The record that both READMEs show is the one that a fixture gives, with the version of the rules; `…` is left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaners.clean import clean
from cleaners.model import VERSION, Page

ROOT = Path(__file__).parent.parent
FIXTURE = ROOT / "fixtures/wm114/truncated"
_RECORD = re.compile(r'^\{"id": .*?\}$', re.MULTILINE | re.DOTALL)


def shown(readme: str) -> str:
    """Return the record that a README shows, on one line."""
    found = _RECORD.search((ROOT / readme).read_text(encoding="utf-8"))
    assert found
    return " ".join(found.group().split())


def given() -> str:
    """Return the record of the fixture, on one line."""
    meta = json.loads((FIXTURE / "meta.json").read_text(encoding="utf-8"))
    document = clean(Page(body=(FIXTURE / "page.html").read_bytes(), url=meta["url"], source="wm114"))
    return json.dumps(document.record(added=meta["fetched_at"]), ensure_ascii=False)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_record_shown_is_that_of_the_fixture(readme: str) -> None:
    sample = shown(readme)
    assert f'"version": "{VERSION}"' in sample
    pieces = re.split(r"…(?=[\"}\],])", sample)
    assert re.fullmatch(".*?".join(map(re.escape, pieces)), given())
