"""`make bench-rules` judges a rule against the others of its kind, so that no machine is too slow for it."""

from __future__ import annotations

import pytest

from benchmarks.rules import MAX_RATIOS, Slowest, ratios


def over(times: list[float], kind: str) -> list[str]:
    found = [Slowest(ms, f"rule.{place}", kind, "") for place, ms in enumerate(times)]
    return [one.rule for ratio, one in ratios(found) if ratio > MAX_RATIOS[kind]]


@pytest.mark.parametrize("kind", MAX_RATIOS)
@pytest.mark.parametrize("machine", [1, 50], ids=["idle", "slow"])
def test_over_is_far_slower_than_the_median(kind: str, machine: float) -> None:
    limit = MAX_RATIOS[kind]
    assert over([machine * ms for ms in (1, 1, 1, limit)], kind) == []
    assert over([machine * ms for ms in (1, 1, 1, limit + 1)], kind) == ["rule.3"]


def test_kinds_have_medians_of_their_own() -> None:
    found = [Slowest(1, "a", "line", ""), Slowest(100, "b", "span", ""), Slowest(100, "c", "span", "")]
    assert {ratio for ratio, _ in ratios(found)} == {1}
