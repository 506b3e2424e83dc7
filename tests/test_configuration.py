"""wenqing.toml and the environment: found, checked as -s is, and shown with where each value comes from."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

from crawler.errors import ArgumentError
from crawler.running import configuration
from crawler.running.configuration import apply, template
from crawler.running.user_settings import USER_SETTINGS
from tests.forked import Forked
from tests.offline import project_settings
from tests.test_settings import OURS
from wenqing import __main__ as entry

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in an empty folder; return exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *words])
        written = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, written.out, written.err

    return run


def applied(environment: dict[str, str] | None = None) -> Settings:
    settings = project_settings()
    apply(settings, environment or {})
    return settings


def test_every_own_setting_can_be_set() -> None:
    assert set(USER_SETTINGS) >= OURS
    assert len({setting.key for setting in USER_SETTINGS.values()}) == len(USER_SETTINGS)


def test_the_nearest_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "wenqing.toml").write_text('contact = "a@b.example"\ndata_dir = "d"\n[limits]\nfree_mb = 7\n')
    monkeypatch.chdir(below)
    assert applied()["DATA_DIR"] == str(tmp_path / "d")
    assert (applied().getint("FREE_MB"), applied()["WENQING_CONTACT"]) == (7, "a@b.example")
    (tmp_path / "a" / "wenqing.toml").write_text("")
    assert (applied()["DATA_DIR"], applied().getint("FREE_MB")) == (str(tmp_path / "a" / "data"), 500)
    monkeypatch.chdir(tmp_path)
    assert applied()["DATA_DIR"] == "d"


def test_the_command_line_wins_then_the_environment_then_the_file(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("wenqing.toml").write_text('[documents]\ndedup = "drop"\nkeep_lines = true\n[limits]\nfree_mb = 7\n')
    monkeypatch.setenv("WENQING_FREE_MB", "8")
    monkeypatch.setenv("WENQING_KEEP_LINES", "0")
    code, out, _ = call("config", "--json", "-s", "FREE_MB=9")
    told = json.loads(out)
    assert code == 0
    assert told["DEDUP"] == {"value": "drop", "from": "wenqing.toml"}
    assert told["KEEP_LINES"] == {"value": "0", "from": "WENQING_KEEP_LINES"}
    assert told["FREE_MB"] == {"value": "9", "from": "-s"}
    assert told["TRAP_PAGES"] == {"value": 200, "from": "default"}


def test_another_file_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wenqing.toml").write_text("[limits]\nfree_mb = 7\n")
    Path("other.toml").write_text("[limits]\nfree_mb = 8\n")
    assert applied({"WENQING_CONFIG": "other.toml"}).getint("FREE_MB") == 8
    assert applied({"WENQING_CONFIG": ""}).getint("FREE_MB") == 500
    with pytest.raises(ArgumentError, match=r"WENQING_CONFIG: none\.toml: no such file"):
        applied({"WENQING_CONFIG": "none.toml"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("free_mb = 3", "1: free_mb stands in a wrong place; move it into the section [limits]"),
        ('[limits]\ncontact = "a@b.c"', "2: contact stands in a wrong place; move it to the top, above all sections"),
        ('# a\n[limits]\nfree_mb = "x"', "3: free_mb is 'x'; give a number without quotes, as free_mb = 500"),
        ("[limits]\nfree_mb = -1", "2: free_mb is -1; give a whole number, as free_mb = 500"),
        ("[limits]\nfree_mb = true", "2: free_mb is True; give a whole number, as free_mb = 500"),
        ("[archive]\narchive = 2", "2: archive is 2; give True or False, as archive = false"),
        ("[speed]\ndownload_delay = nan", "2: download_delay is nan; give a number from 0 to 1,000,000,000"),
        ("[limits]\n\nfre_mb = 3", "3: no setting fre_mb; did you mean free_mb?"),
        ("[limits]\ncookies = true", "2: no setting cookies; see wenqing config"),
        ("\n[limit]\na = 3", "2: no section limit; there are archive, documents"),
        ("contact = 3", '1: contact is 3; give a text, as contact = ""'),
        ('sites = "a"', "1: sites is 'a'; give a list of names, as sites = []"),
        ('[documents]\ndedup = "dropp"', "2: dedup is 'dropp'; there are mark, drop, silent"),
        ('[messages]\nlog_level = "LOUD"', "2: log_level is 'LOUD'; there are CRITICAL"),
        ("contact = ", "1: Invalid value; see https://toml.io"),
        ("a = 1\na = 2", "2: Cannot overwrite a value; see https://toml.io"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(call: Call, tmp_path: Path, text: str, told: str) -> None:
    Path("wenqing.toml").write_text(text)
    code, out, err = call("sites")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"scrapy sites: {tmp_path}/wenqing.toml:{told}")


def test_a_file_that_is_no_text_is_told(call: Call) -> None:
    Path("wenqing.toml").write_bytes("contact = '中文'".encode("gbk"))
    assert "is no UTF-8; save it as UTF-8" in call("sites")[2]


def test_variables_are_checked_alike(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENQING_FREE_MB", "x")
    assert call("sites")[::2] == (
        2,
        "scrapy sites: WENQING_FREE_MB is 'x'; give a whole number, as WENQING_FREE_MB=500\n",
    )
    monkeypatch.delenv("WENQING_FREE_MB")
    monkeypatch.setenv("WENQING_FREEMB", "1")
    code, _, err = call("sites")
    assert (code, err) == (0, "scrapy sites: no variable WENQING_FREEMB; did you mean WENQING_FREE_MB?\n")


def test_a_new_file_says_what_may_be_said(call: Call) -> None:
    assert call("init", "--contact", "a@b.example", "--site", "wm114")[:2] == (
        0,
        "wenqing.toml: edit it; scrapy config shows what counts\n",
    )
    text = Path("wenqing.toml").read_text("utf-8")
    assert tomllib.loads(text) == {
        "contact": "a@b.example",
        "sites": ["wm114"],
        **{setting.section: {} for setting in USER_SETTINGS.values() if setting.section},
    }
    everything = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    Path("wenqing.toml").write_text(everything)
    settings = applied()
    for name, setting in USER_SETTINGS.items():
        if name not in ("WENQING_CONTACT", "SITES"):
            assert settings[name] == (setting.default or (setting.default if setting.default is not None else "")), name
    assert "is there already" in call("init")[2]
    assert "no site 'nope'" in call("init", "new", "--site", "nope")[2]
    assert not Path("new").exists()


def wenqing_in(folder: Path, *words: str) -> None:
    os.chdir(folder)
    sys.argv = ["wenqing", *words]
    entry.main()


def test_a_crawl_takes_the_sites_of_the_file(tmp_path: Path) -> None:
    """In a process of its own: a crawl makes a reactor."""
    (tmp_path / "wenqing.toml").write_text('sites = ["nope"]')
    code, out, err = Forked(wenqing_in, tmp_path, "crawl").end()
    assert (code, out) == (2, b"")
    assert b"no site 'nope'; `wenqing sites` lists them" in err


def test_settings_are_shown_by_any_of_their_names(call: Call) -> None:
    code, out, _ = call("config", "contact", "WENQING_DEDUP", "FREE_MB")
    assert code == 0
    assert out.startswith("no wenqing.toml here or above; scrapy init writes one\n")
    assert [line.split()[1] for line in out.splitlines()[3:]] == ["WENQING_CONTACT", "DEDUP", "FREE_MB"]
    assert call("config", "nonsense")[0] == 2


def test_the_template_is_never_too_wide() -> None:
    assert max(map(len, template().splitlines())) <= 120
    assert configuration.in_toml(["甲", True]) == '["甲", true]'
