"""Wrong calls: one wording for every command, told before anything runs, in one line that names the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.errors import ArgumentError
from crawler.running import settings_check
from tests.offline import ROOT, RunCommand, project_settings, scrapy
from wenqing.listing import command, commands

WITH_A_REACTOR = tuple(name for name in commands() if command(name).requires_crawler_process)
"""Commands that a process can run only once."""
COMMANDS = tuple(sorted(commands()))


@pytest.fixture
def run(tmp_path: Path, run_command: RunCommand) -> RunCommand:
    """Run a command over an empty data folder; return exit code, output and errors."""

    def call(*args: str) -> tuple[int, str, str]:
        if args[0] in WITH_A_REACTOR:
            done = scrapy(*args, "-s", f"DATA_DIR={tmp_path}")
            return done.returncode, done.stdout, done.stderr
        return run_command(*args, "-s", f"DATA_DIR={tmp_path}")

    return call


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_told_alike_everywhere(run: RunCommand, command: str) -> None:
    code, out, err = run(command, "--nonsense", "name")
    assert (code, out) == (2, "")
    assert err == f"scrapy {command}: unknown option --nonsense; see scrapy {command} -h\n"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("clean", "--explan-htm", "x"), "unknown option --explan-htm; did you mean --explain-html?"),
        (("dedup", "--rebuilt"), "unknown option --rebuilt; did you mean --rebuild?"),
        (("clean", "-j", "two", "x"), "--jobs two: give a number of processes from 1 up"),
        (("clean", "-j", "0", "x"), "--jobs 0: give a number of processes from 1 up"),
        (("dedup", "--jobs", "-1", "x"), "--jobs -1: give a number of processes from 1 up"),
        (("refresh", "--limit", "1.5"), "--limit 1.5: give a number of pages from 1 up"),
        (("report", "--last", "x"), "--last x: give a number of runs from 1 up"),
        (("export", "--min-chars", "9" * 5000), "give a number of characters from 0 up"),
        (("export", "--since", "gestern"), "--since gestern: write a time as"),
        (("clean", "--added", "gestern", "x"), "--added gestern: write a time as"),
        (("clean", "--format", "pdf", "x"), "--format 'pdf' (choose from"),
        (("clean", "-o"), "expected one argument"),
        (("report", "stray"), "unknown argument stray"),
        (("export", "stray"), "unknown argument stray"),
        (("fixture", "https://a.example/", "stray"), "unknown argument stray"),
    ],
)
def test_a_wrong_value_is_told_in_one_line(run: RunCommand, args: tuple[str, ...], told: str) -> None:
    code, out, err = run(*args)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"scrapy {args[0]}: ")
    assert told in err
    assert err.endswith(f"; see scrapy {args[0]} -h\n")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("crawl", "taowenge", "-a", "limt=3"), "unknown argument -a limt=; did you mean limit?"),
        (("crawl", "taowenge", "-a", "depth=3"), "unknown argument -a depth=; there are urls, limit, category"),
        (("refresh", "--dry-run", "--limit", "3"), "--dry-run counts all that is due; leave out --limit and --pages"),
        (("refresh", "--dry-run", "--pages", "3"), "--dry-run counts all that is due; leave out --limit and --pages"),
    ],
)
def test_arguments_that_mean_nothing_are_refused(run: RunCommand, args: tuple[str, ...], told: str) -> None:
    code, out, err = run(*args, "-s", "WENQING_CONTACT=crawl@example.org")
    assert (code, out, err) == (2, "", f"scrapy {args[0]}: {told}\n")


def test_behind_two_dashes_stand_names_only(run: RunCommand) -> None:
    assert "./--nonsense: no such file" in run("clean", "--", "./--nonsense")[2]
    assert "--nonsense: no such file" in run("clean", "--", "--nonsense")[2]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "DOWNLOAD_DELAY=abc",
            "the setting DOWNLOAD_DELAY is 'abc'; give a number from 0 to 1,000,000,000, as -s DOWNLOAD_DELAY=3.0",
        ),
        ("DOWNLOAD_DELAY=-1", "give a number from 0 to 1,000,000,000"),
        ("DOWNLOAD_DELAY=nan", "give a number from 0 to 1,000,000,000"),
        ("FREE_MB=abc", "the setting FREE_MB is 'abc'; give a whole number, as -s FREE_MB=500"),
        ("REFRESH_DAYS=1e300", "give a number from 0 to 1,000,000,000"),
        ("PROGRESS_SECONDS=no", "give a number from 0 to 1,000,000,000"),
        ("REFRESH_DAYS=x", "give a number from 0 to 1,000,000,000"),
        ("ARCHIVE=maybe", "give True or False"),
        ('ADDRESSES_ALLOWED=["127.0.0.1"]', "name hosts alone: 127.0.0.1 or demo.example:8000"),
        ("ADDRESSES_ALLOWED=http://a.example/", "name hosts alone: 127.0.0.1 or demo.example:8000"),
        ("DEDUP=dropp", "the setting DEDUP is 'dropp'; there are mark, drop, silent"),
    ],
)
def test_a_setting_of_another_type_is_refused(run: RunCommand, given: str, told: str) -> None:
    code, out, err = run("sites", "-s", given)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_a_crawl_does_not_begin_with_a_wrong_setting(run: RunCommand) -> None:
    code, out, err = run("crawl", "--replay", "fixtures", "-s", "PROGRESS_SECONDS=no")
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("folder", ["", "README.md"])
def test_the_data_folder_is_no_file(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(ArgumentError, match="name a folder"):
        settings_check.check(Settings({**project_settings(), "DATA_DIR": folder}))


def test_a_misspelt_setting_is_told(run: RunCommand) -> None:
    code, _, err = run("sites", "-s", "FREEMB=3", "-s", "MY_OWN_THING=1")
    assert (code, err) == (0, "scrapy sites: no setting FREEMB; did you mean FREE_MB?\n")


def test_the_settings_of_the_project_pass() -> None:
    settings_check.check(project_settings())
    settings_check.check(Settings({**project_settings(), "FREE_MB": "0", "ARCHIVE": "1", "DOWNLOAD_DELAY": "0.5"}))
