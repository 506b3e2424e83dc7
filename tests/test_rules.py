"""Every rule is proved by the lines it carries."""

import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaners.judging.rulebook import RULEBOOK
from cleaners.rules.matcher import RuleSet
from cleaners.rules.rule import MAX_CHARS, Rule, RuleError
from cleaners.sites import SitesError
from cleaners.text.normalized import normalize, normalize_line
from crawler.commands.init import Command
from tests.offline import ROOT, scrapy_in
from tests.patterns import holds, parsed

ALL = RULEBOOK.rules


def matches(rule: Rule, line: str) -> bool:
    looked_through = normalize(line)
    if rule.span:
        return any(True for _ in RULEBOOK.find(rule, looked_through))
    return rule in rules_of(RULEBOOK, normalize_line(looked_through))


def rules_of(rules: RuleSet, line: str) -> Sequence[Rule]:
    """Return the line rules that match the whole of one line."""
    (found,) = rules.lines([line], rules.candidates([line]))
    return found


def test_every_rule_says_why_and_shows_what_it_takes_and_leaves() -> None:
    assert [rule.id for rule in ALL if not (rule.why and rule.match and rule.never)] == []


def test_every_rule_is_proved_by_its_examples() -> None:
    missed = [f"{rule.id}: {line}" for rule in ALL for line in rule.match if not matches(rule, line)]
    taken = [f"{rule.id}: {line}" for rule in ALL for line in rule.never if matches(rule, line)]
    assert (missed, taken) == ([], [])


def test_all_that_a_rule_matches_holds_what_it_needs() -> None:
    """Proved over every branch of the pattern, since the literals are all that lines are searched for."""
    asked = [rule for rule in ALL if rule.required_literals]
    assert [rule.id for rule in asked if not holds(rule.pattern, rule.required_literals)] == []
    assert len(asked) > 100


def test_no_match_of_a_rule_is_longer_than_it_says() -> None:
    """Longer lines are not searched; a span stands in lines of any length."""
    bounded = [rule for rule in ALL if rule.max_chars != MAX_CHARS]
    assert [rule.id for rule in bounded if parsed(rule.pattern).getwidth()[1] > rule.max_chars] == []
    assert [rule.id for rule in bounded if rule.span or not rule.required_literals] == []
    assert bounded


@pytest.mark.parametrize(
    ("pattern", "literals", "held"),
    [
        ("(?:下载|上传)文档", ["载", "上传"], True),
        ("下载?文档", ["载"], False),
        ("(?:更多){1,3}", ["更多"], True),
        ("(?:更多)*", ["更多"], False),
        (".*[下上]载|会员", ["下载", "上载"], False),
        ("(?i)vip", ["VI"], False),
    ],
)
def test_a_branch_without_a_literal_is_found(pattern: str, literals: list[str], held: bool) -> None:
    assert holds(pattern, literals) is held


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in ALL]
    assert len(ids) == len(set(ids))


# A rule that is wrong


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, whose modules are compiled once."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("cleaners", "crawler", "pipelines"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "scrapy.cfg", folder)
    return folder


def broken(folder: Path, file: str, old: str, new: str, *call: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a copy of the project while one file is changed."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        return scrapy_in(folder, *(call or ("sites",)))
    finally:
        shutil.copy2(ROOT / file, path)  # with its time, by which compiled modules are told


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
def test_a_wrong_rule_is_refused(copy: Path, file: str, old: str, new: str, line: int | None, told: str) -> None:
    ran = broken(copy, file, old, new)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr
    assert ran.stderr.startswith(f"scrapy sites: {file}:{line or ''}")
    assert told in ran.stderr


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("report",), "scrapy report: data/reports/runs.jsonl: no runs yet"),
        (("report", "--html", "-"), f"scrapy report: {SERVICE}:"),
        (("takedown", "--list"), "scrapy takedown: data/ledger.sqlite: no ledger here"),
        (("init", "--site", "nowhere"), "scrapy init: no site 'nowhere'"),
    ],
    ids=" ".join,
)
def test_a_command_that_needs_no_rules_works_beside_a_wrong_one(copy: Path, call: tuple[str, ...], told: str) -> None:
    ran = broken(copy, SERVICE, CONTACT, CONTACT + " colour=1,", *call)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert ran.stderr.startswith(told)


@pytest.mark.parametrize("call", [("list",), ("sites",)], ids=" ".join)
def test_a_wrong_template_is_refused_by_its_own_file(copy: Path, call: tuple[str, ...]) -> None:
    file = "cleaners/templates/bibiwenku.py"
    ran = broken(copy, file, "signs=", "sings=", *call)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr
    assert ran.stderr.startswith(f"scrapy: {file}:{line_of(file, 'Template(')}: TypeError: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('state="static text"', 'state="asleep"', "Site(", "state 'asleep': there are alive, "),
        ("Site(", "Sight(", "Site(", "NameError: name 'Sight' is not defined"),
        ("import Site", "import Sight as Site", "from cleaners.sites", "ImportError: cannot import name 'Sight'"),
        ("tuple(", "tuple tuple(", "SITES", "invalid syntax"),
        ('template="bibiwenku"', 'template={}["a"]', 'template="bibiwenku"', "KeyError: 'a'"),
        ('template="bibiwenku"', 'template="none"', "", "no template 'none'; known: "),
        ("SITES =", "PAGES =", "", "AttributeError: "),
    ],
    ids=["state", "name", "import", "syntax", "key", "template", "nothing"],
)
def test_a_wrong_site_is_refused_by_its_own_file(copy: Path, old: str, new: str, line: str, told: str) -> None:
    file = "cleaners/sites/bibiwenku.py"
    ran = broken(copy, file, old, new)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr
    assert ran.stderr.startswith(f"scrapy: {file}:{f'{line_of(file, line)}:' if line else ''} {told}"), ran.stderr
    assert ran.stderr.endswith("; mend the file\n")


def test_a_wrong_site_ends_a_command_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    command = Command()
    with command.ending():
        raise SitesError("渠.py: no such state; mend the file")
    told = capsys.readouterr().err.partition(" ")[2]
    assert (command.exitcode, told) == (2, "init: 渠.py: no such state; mend the file\n")


@pytest.mark.parametrize(
    "asked",
    [{"required_literals": ("渠",)}, {"required_literals": ("渠",), "span": True}, {}],
    ids=["line", "span", "beside others"],
)
def test_a_pattern_too_large_is_refused_by_its_id_when_it_is_first_asked_for(asked: dict[str, Any]) -> None:
    large = "(?:[^。!?,]{0,900}[^。;]{0,900}){0,1}" * 100 + "水渠"
    written = [("small.a", "水渠"), ("large.a", large), ("small.b", "水渠边")]
    rules = RuleSet(Rule(id=name, why="甲", pattern=text, match=(), never=(), **asked) for name, text in written)
    line = "清水渠"
    with pytest.raises(RuleError, match=r"rule large\.a: .*too large"):
        rules.spans(rules.rules, line) if asked.get("span") else rules_of(rules, line)


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
        assert [rule.id for rule in rules_of(rules, f"下载第{count - 1}号33份文件")] == [f"many.{count - 1}"]
        text = "为了做好工作。" * 100 + f"下载第{count - 2}号33份文件"
        (candidates,) = rules.candidates([text]).values()
        assert [hit.rule.id for hit in rules.spans(candidates.spans, text)] == [f"many.{count - 2}"]
    assert took[1] < 10 * took[0] + 1  # four times as many; quadratic would be 16 times
