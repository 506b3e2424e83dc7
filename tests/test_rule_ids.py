"""Rule ids are no interface: what a rule does beyond its pattern is a field of the rule."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaners.judging.rulebook import RULEBOOK
from cleaners.noise.blocks import BLOCKS
from cleaners.templates import templates
from tests.offline import ROOT

IDS = {rule.id for rule in RULEBOOK.rules} | {block.id for block in BLOCKS}
IDS |= {block.id for template in templates().values() for block in template.blocks}
BEGINNINGS = {rule_id[:end] for rule_id in IDS for end in range(1, len(rule_id) + 1)}
GIVEN_BY = {"Rule": "id", "Block": "id", "Template": "signs"}
"""The calls that may name an id, and the argument in which they do."""


def named_ids(source: str) -> Iterator[str]:
    """Yield the strings of a program that are a rule's id or the beginning of one, where none may stand."""
    tree = ast.parse(source)
    allowed = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in GIVEN_BY
        for keyword in call.keywords
        if keyword.arg == GIVEN_BY[call.func.id]
        for node in ast.walk(keyword.value)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in allowed:
            continue
        if "." in node.value and node.value in BEGINNINGS:
            yield node.value


@pytest.mark.parametrize("room", ["cleaners", "crawler", "pipelines"])
def test_no_code_names_a_rule(room: str) -> None:
    named = {
        file.relative_to(ROOT): found for file in modules(room) if (found := [*named_ids(file.read_text("utf-8"))])
    }
    assert not named


def modules(room: str) -> Iterator[Path]:
    return (ROOT / room).rglob("*.py")


@pytest.mark.parametrize("condition", ['rule.id == "byline.bare"', 'rule.id.startswith("byline.")', '"byline.b" in x'])
def test_a_name_in_code_is_found(condition: str) -> None:
    assert list(named_ids(f'Rule(id="byline.bare", why="")\nif {condition}: pass'))


def test_a_rule_may_name_itself() -> None:
    assert not list(named_ids('Rule(id="byline.bare")\nTemplate(signs=("byline.bare", "card.size"))'))
