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


def fold(text: str) -> str:
    """Return `text` in NFKC without blanks and line ends."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_without_noise_comes_through_whole_and_its_lines_stay_lines(name: str) -> None:
    found = clean(Page(body=TEXTS[name], kind="text", keep_script=True))
    rules = sorted({edit.rule for edit in found.edits})
    whole = (fold(f"{found.title or ''}\n{found.text}"), fold(found.text))
    assert fold(TEXTS[name]) in whole, rules
    assert not [rule for rule in rules if rule.startswith("lines.")]


def test_there_are_two_texts_of_each_kind() -> None:
    assert len(TEXTS) == 2 * len(list(KINDS.glob("*.txt"))) >= 80
