"""Cases found at other projects, each an input and the text it should give; they lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.clean import clean
from cleaners.model import Page

CASES = Path(__file__).parents[2] / "shared" / "cases"
WHOLE = ("04", "10", "15", "28", "35", "39")
"""Cases whose expected file is the text, line by line."""
JUDGED_OTHERWISE = {
    "16": "visibility and the size of letters hide nothing, for scripts lift them",
    "33": "numbers of a list are made by the browser: no text of the page holds them",
}


def lines(number: str) -> tuple[list[str], list[str]]:
    """Return the lines that cleaning the input of a case gives, and those that are expected."""
    folder = next(CASES.glob(f"{number}-*"), None)
    if folder is None:
        pytest.skip("the cases are not here")
    source = next(path for path in sorted((folder / "in").iterdir()) if path.is_file())
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in expected if line.strip() and not line.startswith("## ")]
    return clean(Page(body=source.read_bytes())).text.splitlines(), wanted


@pytest.mark.parametrize("number", WHOLE)
def test_a_case_gives_all_that_it_expects(number: str) -> None:
    given, wanted = lines(number)
    assert [line for line in wanted if line not in given] == []


@pytest.mark.parametrize("number", JUDGED_OTHERWISE)
def test_a_case_judged_otherwise_still_is(number: str) -> None:
    """One that gives what it expects belongs in WHOLE."""
    given, wanted = lines(number)
    assert [line for line in wanted if line not in given], JUDGED_OTHERWISE[number]
