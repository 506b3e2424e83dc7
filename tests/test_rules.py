"""Every rule is proved by the lines it carries."""

import pytest

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


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in ALL]
    assert len(ids) == len(set(ids))
