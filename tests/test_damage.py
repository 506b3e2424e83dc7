"""Planted damage of every kind is repaired, and no sentence goes with it; `make bench-damage` measures more."""

import pytest

from benchmarks import damage

TEXTS = 8
MIN_RECALL = {"filler_draws": 0.8, "wraps": 0.7}
"""Recall of the kinds that cannot always be told from text; others are all but whole."""
USUAL, MAX_LOSS = 0.9, 0.002


@pytest.fixture(scope="module")
def results() -> dict[str, damage.RepairScore]:
    return damage.results(count=TEXTS)


@pytest.mark.parametrize("kind", damage.MAKERS)
def test_planted_damage_is_repaired(results: dict[str, damage.RepairScore], kind: str) -> None:
    assert results[kind].recall >= MIN_RECALL.get(kind, USUAL)


@pytest.mark.parametrize("kind", [kind for kind in damage.MAKERS if kind != "shifted"])
def test_no_text_goes_with_the_damage(results: dict[str, damage.RepairScore], kind: str) -> None:
    assert results[kind].loss <= MAX_LOSS
