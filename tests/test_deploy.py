"""The files for cron and systemd name commands that exist."""

from __future__ import annotations

import re
import shlex
import shutil
from configparser import ConfigParser

import yaml

from pipelines.ledger.postgres import fault
from tests.offline import ROOT

DEPLOY = ROOT / "deploy"


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def jobs() -> list[str]:
    lines = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#") and not re.match(r"\w+=", line)]


def check_scrapy(words: list[str]) -> None:
    assert words[0].endswith(".venv/bin/scrapy")
    assert (ROOT / "crawler/commands" / f"{words[1]}.py").is_file()


def test_the_crontab_can_be_read() -> None:
    [job] = jobs()
    *times, command = job.split(maxsplit=5)
    assert [bool(re.fullmatch(r"\*|\d+", field)) for field in times] == [True] * 5
    folder, work, told = re.split(r" (?:&&|\|\|) ", command)
    assert (folder.split()[0], told.split()[0]) == ("cd", "echo")
    words = shlex.split(work)
    assert shutil.which(words[0])
    assert words[:4] == ["timeout", "-k", "30", "6h"]
    check_scrapy(words[4:])


def test_the_units_can_be_read() -> None:
    service, timer = unit("wenqing-refresh.service"), unit("wenqing-refresh.timer")
    facts = service["Service"]
    assert (facts["Type"], facts["TimeoutStopSec"]) == ("oneshot", "30")
    check_scrapy(shlex.split(facts["ExecStart"]))
    assert facts["ReadWritePaths"] == facts["WorkingDirectory"]
    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_unit_of_a_worker_can_be_read() -> None:
    parts = unit("wenqing-work.service")
    check_scrapy(shlex.split(parts["Service"]["ExecStart"]))
    assert parts["Service"]["ReadWritePaths"] == parts["Service"]["WorkingDirectory"]
    assert parts["Install"]["WantedBy"] == "multi-user.target"


def test_the_services_can_be_read_and_hold_no_password() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))["services"]
    work = services["work"]
    assert work["command"][0] == "work"
    assert fault(work["environment"]["WENQING_LEDGER"]) is None
    assert (ROOT / work["build"]["dockerfile"]).is_file()
    assert set(work["depends_on"]) <= set(services)


def test_the_documentation_names_them() -> None:
    text = (ROOT / "docs/howto/cron.md").read_text(encoding="utf-8")
    assert all(f"deploy/{file}" in text for file in ("crontab", "wenqing-refresh.timer"))
    text = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    assert all(f"deploy/{file}" in text for file in ("compose.yml", "wenqing-work.service"))
