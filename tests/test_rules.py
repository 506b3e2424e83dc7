"""Every rule is proved by the lines it carries."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaners.judging.rulebook import RULEBOOK
from cleaners.rules.matcher import RuleSet
from cleaners.rules.rule import Rule
from cleaners.text.normalized import normalize, normalize_line
from tests.offline import ROOT, scrapy_in

ALL = RULEBOOK.rules


def matches(rule: Rule, line: str) -> bool:
    looked_through = normalize(line)
    if rule.span:
        return any(True for _ in RULEBOOK.find(rule, looked_through))
    return rule in RULEBOOK.line(normalize_line(looked_through))


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


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.required_literals], ids=lambda rule: rule.id)
def test_all_that_a_rule_matches_holds_what_it_needs(rule: Rule) -> None:
    """Texts are made from the pattern, so that no example has to be thought of."""

    @settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule.pattern, fullmatch=True))
    def holds(text: str) -> None:
        assert any(need in text for need in rule.required_literals), text

    holds()


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in ALL]
    assert len(ids) == len(set(ids))


# A rule that is wrong


def broken(folder: Path, file: str, old: str, new: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a copy of the project in which one file was changed."""
    for name in ("cleaners", "crawler", "pipelines", "scrapy.cfg"):
        source = ROOT / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder / name)
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return scrapy_in(folder, "sites")


def line_of(file: str, words: str) -> int:
    return (ROOT / file).read_text("utf-8").split(words)[0].count("\n") + 1


CONTACT = 'id="service.contact",'
SERVICE = "cleaners/noise/service.py"
BLOCK_FILE = "cleaners/noise/blocks.py"


@pytest.mark.matrix(
    51, "a broken pattern, an id twice, a file that is no Python: refused in one line with file and line"
)
@pytest.mark.parametrize(
    ("file", "old", "new", "line", "told"),
    [
        (SERVICE, CONTACT, CONTACT[:-1], line_of(SERVICE, CONTACT), "invalid syntax"),
        (SERVICE, CONTACT, 'id="service.tip",', line_of(SERVICE, 'id="service.tip"'), "another of this id"),
        (SERVICE, CONTACT, CONTACT + " colour=1,", None, "unexpected keyword argument 'colour'"),
        (SERVICE, "pattern=", "pattern='(' + ", line_of(SERVICE, "id="), "missing )"),
        (BLOCK_FILE, "begin=", "begin='(' + ", line_of(BLOCK_FILE, "id="), "unterminated subpattern"),
    ],
    ids=["syntax", "twin", "unknown", "pattern", "block"],
)
def test_a_wrong_rule_is_refused(tmp_path: Path, file: str, old: str, new: str, line: int | None, told: str) -> None:
    ran = broken(tmp_path, file, old, new)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr
    assert ran.stderr.startswith(f"scrapy: {file}:{line or ''}")
    assert told in ran.stderr


SPAN: tuple[dict[str, Any], dict[str, Any]] = ({"span": True, "required_literals": ("下载",)}, {})


def many(count: int) -> RuleSet:
    return RuleSet(
        Rule(id=f"many.{n}", why="甲", pattern=f"下载第{n}号[0-9]{{1,4}}份文件", match=(), never=(), **SPAN[n % 2])
        for n in range(count)
    )


@pytest.mark.matrix(51, "10,000 rules are made and matched in time linear in their number")
def test_ten_thousand_rules() -> None:
    took = []
    for count in (2_500, 10_000):
        start = time.process_time()
        rules = many(count)
        took.append(time.process_time() - start)
        assert [rule.id for rule in rules.line(f"下载第{count - 1}号33份文件")] == [f"many.{count - 1}"]
        text = "为了做好工作。" * 100 + f"下载第{count - 2}号33份文件"
        _, wanted = rules.needing(frozenset(literal for _, literal in rules.prefilter(text)))
        assert [hit.rule.id for hit in rules.spans(wanted, text)] == [f"many.{count - 2}"]
    assert took[1] < 10 * took[0] + 1  # four times as many; quadratic would be 16 times
