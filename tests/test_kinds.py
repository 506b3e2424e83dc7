"""Texts of every kind of writing come through whole: two of each in tests/kinds, without any noise."""

import re
from pathlib import Path
from unicodedata import normalize

import pytest

from cleaners.clean import clean
from cleaners.model import Page

KINDS = Path(__file__).parent / "kinds"
TEXTS = {
    f"{file.stem}-{number}": text.strip()
    for file in sorted(KINDS.glob("*.txt"))
    for number, text in enumerate(file.read_text("utf-8").split("\n====\n"), start=1)
}

FIRST_LINE_TAKEN = {"forms-2", "machine_codes-2", "phonetics-2", "places-2", "ratios-1", "tables-1", "tables-2"}
"""Texts whose first line is still taken for a title that they do not have (`title.line`)."""


def fold(text: str) -> str:
    """Return `text` in NFKC without blanks and line ends."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason="title.line")) if name in FIRST_LINE_TAKEN else name
        for name in TEXTS
    ],
)
def test_a_text_without_noise_comes_through_whole(name: str) -> None:
    found = clean(Page(body=TEXTS[name], kind="text", keep_script=True))
    rules = sorted({edit.rule for edit in found.edits})
    assert fold(f"{found.title or ''}\n{found.text}") == fold(TEXTS[name]) or fold(found.text) == fold(TEXTS[name]), (
        rules
    )


@pytest.mark.parametrize("name", TEXTS)
def test_its_lines_stay_lines(name: str) -> None:
    found = clean(Page(body=TEXTS[name], kind="text", keep_script=True))
    assert not [edit for edit in found.edits if edit.rule.startswith("lines.")]


def test_there_are_two_texts_of_each_kind() -> None:
    assert len(TEXTS) == 2 * len(list(KINDS.glob("*.txt"))) >= 80
