"""What several test files share: the hostile server, and live crawls in a process of their own."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from tests import matrix
from tests.cluster import NewDatabase, cluster
from tests.guard import sitecustomize
from tests.hostile import Hostile
from tests.live import Live
from tests.offline import ROOT, RunCommand

GUARD = str(Path(sitecustomize.__file__).parent)


def pytest_configure(config: pytest.Config) -> None:
    """Guard the processes that tests start, too, and have libraries that look things up on the web leave that."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_UPDATE_DOWNLOAD_COUNTS": "0"}
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (GUARD, os.environ.get("PYTHONPATH"))))
    descriptor, os.environ[sitecustomize.LOG] = tempfile.mkstemp(suffix=".outside")
    os.close(descriptor)
    if sys.dont_write_bytecode and hasattr(config, "cache"):  # else all modules are compiled anew by each process
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it may be -B
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(config.cache.mkdir("bytecode"))
        sys.dont_write_bytecode = False
    config.addinivalue_line("markers", "matrix(row, promise): a promise of docs/reliability.md that this test proves")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems() -> None:
    """Have hypothesis draw the same examples whatever is imported: it takes constants from all modules of ours."""
    if "hypothesis" in sys.modules:
        from hypothesis.internal.conjecture import providers

        assert hasattr(providers, "_get_local_constants"), "hypothesis looks for constants in another way now"
        providers._get_local_constants = lambda: providers._local_constants


_FIGURES = pytest.StashKey[dict[int, str]]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the figures of a long run that has gone well."""
    measured = session.config.stash.get(_FIGURES, {})
    if measured and session.testsfailed == 0:
        matrix.keep(measured)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[int, str], None]:
    """Call it with a row of docs/reliability.md and what was measured; only long tests do."""
    return request.config.stash.setdefault(_FIGURES, {}).__setitem__


def pytest_unconfigure() -> None:
    Path(os.environ[sitecustomize.LOG]).unlink(missing_ok=True)


@pytest.fixture(scope="session")
def new_database() -> Iterator[NewDatabase]:
    """Return what makes an empty database of PostgreSQL; the test is skipped where that is not there."""
    with cluster() as new:
        yield new


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Fail the test in which any process tried to leave the machine."""
    log = Path(os.environ[sitecustomize.LOG])
    before = log.stat().st_size
    yield
    assert log.stat().st_size == before, f"left the loopback: {log.read_text('utf-8')[before:]}"


@pytest.fixture
def run_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> RunCommand:
    """Call it with the words of a `scrapy` command, which runs in this process, in the repository.

    It runs without Twisted's reactor, which a process has once and for all and other tests do without.
    """
    monkeypatch.chdir(ROOT)

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *map(str, words), "-s", "TWISTED_REACTOR_ENABLED=False"])
        written = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, written.out, written.err

    return run


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A loopback server without hosts yet; see tests/hostile.py."""
    with Hostile() as server:
        yield server


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    """Crawls over real sockets, one after another; see tests/live.py."""
    with Live() as crawls:
        yield crawls
