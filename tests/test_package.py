"""What pip installs: one name, every module of it, and a program that works in any folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import orjson
import pytest

import wenqing
from cleaners.sites import SitesError
from crawler.downloader.user_agent import user_agent
from tests.offline import ROOT, scrapy
from wenqing import __main__ as entry
from wenqing.listing import commands

OWN_MODULES = ("completion", "listing")
EVERY_MODULE = """
import pkgutil, sys, wenqing
names = [m.name for m in pkgutil.walk_packages(wenqing.__path__, "wenqing.") if not m.name.endswith("__main__")]
for name in names:
    __import__(name)
taken = {name.partition(".")[0] for name in sys.modules} & {"adapters", "cleaners", "crawler", "pipelines", "fixtures", "deploy"}
print(len(names), sorted(taken))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from hatchling.builders.wheel import WheelBuilder

    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that Python finds the package in, as pip would unpack it."""
    folder = tmp_path_factory.mktemp("site-packages")
    with ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def python(installed: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python over the installed package, in a folder where nothing is, at home nowhere."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(installed)}
    return subprocess.run([sys.executable, "-P", *args], cwd=folder, env=env, capture_output=True, timeout=120)


def test_a_wheel_holds_one_name(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        tops = {name.partition("/")[0] for name in packed.namelist()}
        assert tops == {"wenqing", f"wenqing-{wenqing.__version__}.dist-info"}
        assert "wenqing/py.typed" in packed.namelist()
        assert "wenqing/cleaners/verdicts/spun_counts.npz" in packed.namelist()
        assert b"wenqing=wenqing.__main__:main" in packed.read(
            f"wenqing-{wenqing.__version__}.dist-info/entry_points.txt"
        ).replace(b" ", b"")


def test_every_installed_module_can_be_imported_and_takes_no_name(installed: Path, tmp_path: Path) -> None:
    ran = python(installed, tmp_path, "-c", EVERY_MODULE)
    assert ran.returncode == 0, ran.stderr.decode()
    number, taken = ran.stdout.decode().split(maxsplit=1)
    here = [file for name in ("adapters", "cleaners", "crawler", "pipelines") for file in (ROOT / name).rglob("*.py")]
    assert (int(number), taken) == (len(here) + len(OWN_MODULES), "[]\n")


def test_an_installed_program_cleans_as_the_repository_does(installed: Path, tmp_path: Path) -> None:
    pages = [str(ROOT / "fixtures" / site) for site in ("taowenge", "wm114")]
    call = ["clean", "--added", "2026-11-01", *pages]
    there = python(installed, tmp_path, "-m", "wenqing", *call)
    here = scrapy(*call)
    assert (there.returncode, here.returncode) == (0, 0), there.stderr.decode()
    assert there.stdout.decode() == here.stdout
    assert there.stdout.count(b"\n") > 5


def test_an_installed_program_crawls_its_example_and_exports_it(installed: Path, tmp_path: Path) -> None:
    crawled = python(installed, tmp_path, "-m", "wenqing", "crawl", "taowenge", "--replay", "--json")
    assert crawled.returncode == 0, crawled.stderr.decode()
    exported = python(installed, tmp_path, "-m", "wenqing", "export", "--jsonl", "corpus.jsonl")
    assert exported.returncode == 0, exported.stderr.decode()
    stored = sum(site["documents"] for site in orjson.loads(crawled.stdout)["sites"])
    assert len((tmp_path / "corpus.jsonl").read_bytes().splitlines()) == stored > 3


def test_the_public_names_are_those_of_the_cleaner() -> None:
    from cleaners.clean import clean
    from cleaners.model import VERSION, Page

    assert (wenqing.clean, wenqing.Page, wenqing.RULES_VERSION) == (clean, Page, VERSION)
    assert all(getattr(wenqing, name).__doc__ for name in wenqing.__all__ if name != "RULES_VERSION")
    assert set(wenqing.__all__) < set(dir(wenqing))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        wenqing.nonsense  # noqa: B018


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((), 0, "Examples:"),
        (("--help",), 0, "  takedown   Remove documents"),
        (("--version",), 0, f"wenqing {wenqing.__version__}, rules {wenqing.RULES_VERSION}, Scrapy "),
        (("crwl",), 2, "wenqing: no command crwl; did you mean crawl?"),
        (("shell",), 2, "wenqing: no command shell"),
        (("-o", "x"), 2, "wenqing: name a command before -o; see wenqing --help"),
        (("clean",), 2, "wenqing clean: name at least one file or folder"),
        (("clean", "--help"), 0, "usage: wenqing clean [options] PATH..."),
        (("help", "export"), 0, "  wenqing export --parquet whole.parquet"),
        (("completion", "tcsh"), 2, "wenqing: name a shell: bash, fish, zsh"),
        (("completoin",), 2, "did you mean completion?"),
        (("clean", "--explan"), 2, "did you mean --explain?; see wenqing clean -h"),
    ],
)
def test_the_program_tells_what_it_can(
    args: tuple[str, ...],
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/bin/wenqing", *args])
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "")
    ended = 0
    try:
        entry.main()
    except SystemExit as end:
        ended = int(end.code or 0)
    written = capsys.readouterr()
    assert ended == code
    assert told in (written.err if code else written.out)
    assert "scrapy" not in written.out + written.err


def test_one_line_tells_of_a_wrong_site_where_names_are_completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong(shell: str) -> str:
        raise SitesError(f"{shell}.py: no such state; mend the file")

    monkeypatch.setattr(sys, "argv", ["wenqing", "completion", "zsh"])
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "")
    monkeypatch.setattr("wenqing.completion.script", wrong)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert (ended.value.code, capsys.readouterr().err) == (2, "wenqing: zsh.py: no such state; mend the file\n")


def test_one_line_tells_that_the_program_was_stopped_as_it_began(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["wenqing", "--help"])
    monkeypatch.setattr(entry, "overview", lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert (ended.value.code, capsys.readouterr().err) == (130, "wenqing: stopped\n")


def test_nobody_need_read_what_the_program_tells() -> None:
    program = [sys.executable, "-m", "wenqing"]
    with subprocess.Popen([*program, "--version"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*program, "--version"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (74, 1)


@pytest.mark.parametrize("call", [("crawl", "nosuch"), ("doctor", "nosuch")])
def test_a_wrong_call_of_a_command_that_crawls_is_one_line(tmp_path: Path, call: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "wenqing", *call, "-s", f"DATA_DIR={tmp_path}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (2, f"wenqing {call[0]}: no site 'nosuch'; `wenqing sites` lists them\n")


def test_the_program_imports_the_command_that_it_runs_alone() -> None:
    seen = (
        "import atexit, runpy, sys\n"
        "atexit.register(lambda: print(sorted(each for each in sys.modules if each.startswith('crawler.commands.'))))\n"
        "sys.argv[1:] = ['sites', '--json', 'taowenge']\n"
        "runpy.run_module('wenqing', run_name='__main__')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", seen], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1] == "['crawler.commands.sites']"


def test_quiet_tells_only_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("关于召开会议的通知\n\n各单位：\n请于周五上午九时到会。\n", encoding="utf-8")
    for name, code, told in ((str(page), 0, ""), (str(tmp_path / "none.txt"), 2, "no such file")):
        ran = scrapy("clean", "-q", name)
        assert ran.returncode == code
        assert told in ran.stderr if told else ran.stderr == ""


def test_every_command_shows_calls_of_itself() -> None:
    from importlib import import_module

    for name in commands():
        examples = import_module(f"crawler.commands.{name}").Command.examples
        assert examples, name
        assert all(call.split()[0] == name for call in examples)


def test_the_version_stands_once_and_where_it_is_copied_it_is_alike() -> None:
    assert user_agent("") == f"wenqing/{'.'.join(wenqing.__version__.split('.')[:2])}"
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d\S*)\]", changes, re.MULTILINE)
    assert released[0] == wenqing.__version__
    stated = re.findall(r"The rules are of version (\S+) ", changes)
    assert stated[0] == wenqing.RULES_VERSION


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("import crawler as c", "import wenqing.crawler as c"),
        ("x = 1; from pipelines.near import splits", "x = 1; from wenqing.pipelines.near import splits"),
        ("文 = '字'; from cleaners import model", "文 = '字'; from wenqing.cleaners import model"),
        (
            'A = {"crawler.replay.handler.X": "cleaners of text"}',
            'A = {"wenqing.crawler.replay.handler.X": "cleaners of text"}',
        ),
        ('"""See cleaners.model."""\nB = "cleaners/sites"', '"""See cleaners.model."""\nB = "cleaners/sites"'),
        ("import cleanersx\nfrom . import crawler", "import cleanersx\nfrom . import crawler"),
    ],
)
def test_names_change_where_python_reads_them(source: str, changed: str) -> None:
    from deploy.wheel import renamed

    assert renamed(source) == changed


@pytest.mark.parametrize(
    "source", ["import cleaners.model", "import os, crawler", "from \\\n  cleaners import x", "A = ('crawler.'\n'x')"]
)
def test_what_cannot_be_told_is_refused(source: str) -> None:
    from deploy.wheel import renamed

    with pytest.raises(ValueError, match="line 1"):
        renamed(source)


def test_records_of_the_package_are_those_of_the_schema() -> None:
    document = wenqing.clean(wenqing.Page(body="关于召开会议的通知\n\n各单位：\n请于周五上午九时到会。\n"))
    record = document.record(added="2026-11-01T00:00:00Z")
    assert [field.name for field in wenqing.arrow_schema()] == list(orjson.loads(orjson.dumps(record)))


def test_what_only_some_work_needs_is_no_part_of_a_start() -> None:
    """Help of any command reads no rules and loads no library of tables, and that of the program no Scrapy either."""
    seen = (
        "import sys, wenqing.__main__ as entry\n"
        "from wenqing.listing import command, commands, parser\n"
        "entry.overview(), entry.versions()\n"
        "print('scrapy' in sys.modules)\n"
        "for name in commands():\n"
        "    parser(command(name))\n"
        "    print(name, *(each for each in {names} if each in sys.modules))"
    )
    names = ("numpy", "opencc", "pyarrow", "duckdb", "cleaners.clean", "cleaners.judging.rulebook", "cleaners.noise")
    ran = subprocess.run(
        [sys.executable, "-c", seen.format(names=names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.splitlines() == ["False", *commands()]


def test_every_command_has_a_description() -> None:
    assert commands() == sorted(file.stem for file in (ROOT / "crawler" / "commands").glob("[!_]*.py"))
