"""Every rule is proved by the lines it carries."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaners.rulebook import RULEBOOK
from cleaners.rules import Rule
from cleaners.view import line_view, view

ALL = RULEBOOK.rules


def matches(rule: Rule, line: str) -> bool:
    looked_through = view(line)
    if rule.span:
        return any(True for _ in RULEBOOK.find(rule, looked_through))
    return rule in RULEBOOK.line(line_view(looked_through))


@pytest.mark.parametrize(("rule", "line"), [(r, x) for r in ALL for x in r.match], ids=lambda x: getattr(x, "id", None))
def test_rule_matches_its_example(rule: Rule, line: str) -> None:
    assert matches(rule, line)


@pytest.mark.parametrize(("rule", "line"), [(r, x) for r in ALL for x in r.never], ids=lambda x: getattr(x, "id", None))
def test_rule_leaves_its_counter_example(rule: Rule, line: str) -> None:
    assert not matches(rule, line)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_rule_is_whole(rule: Rule) -> None:
    assert rule.match
    assert rule.never
    assert rule.why


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.span], ids=lambda rule: rule.id)
def test_all_that_a_span_rule_matches_holds_what_it_needs(rule: Rule) -> None:
    """Texts are made from the pattern, so that no example has to be thought of."""

    @settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule.pattern, fullmatch=True))
    def holds(text: str) -> None:
        assert any(pair in text for pair in rule.needs), text

    holds()


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in ALL]
    assert len(ids) == len(set(ids))
