"""Nothing of ours listens, runs code it was sent, or leaves the machine while it is tested."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.utils.misc import load_object

from crawler.downloader.limits import BoundedDownloadHandler
from crawler.downloader.public_hosts import PublicResolver
from tests.guard import sitecustomize
from tests.hostile import Ask, Hostile, Reply, answer
from tests.live import Live, site_at
from tests.offline import ROOT

LISTENING = "0A"
CODE_BY_DATA = {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "joblib"}


def listening(pid: int) -> list[str]:
    """Return the addresses at which a process takes connections."""
    sockets = {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    rows = [
        line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()
    ]
    return [row[1] for row in rows if row[3] == LISTENING and f"socket:[{row[9]}]" in sockets]


@pytest.mark.matrix(42, "a running crawl has the safe settings and no listening socket")
def test_a_running_crawl_listens_nowhere(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    found: list[list[str]] = []

    def look(ask: Ask) -> Reply:
        found.extend(listening(pid) for pid in live._pool._processes)
        return answer("<html><body>x</body></html>")

    host.routes["/"] = look
    live.crawl(site_at(host), tmp_path)
    assert found == [[]]
    with socket.create_server(("127.0.0.1", 0)):
        assert listening(os.getpid()), "the look itself sees nothing"


def test_a_running_crawl_goes_through_our_fences(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    from crawler import settings

    handlers = {load_object(path) for path in settings.DOWNLOAD_HANDLERS.values() if path}
    assert all(issubclass(handler, BoundedDownloadHandler) for handler in handlers)
    assert load_object(settings.TWISTED_DNS_RESOLVER) is PublicResolver
    assert settings.ADDRESSES_ALLOWED == []
    assert settings.HTTPPROXY_ENABLED is False
    assert 0 < settings.WATCHDOG_SECONDS <= 12
    assert 0 < settings.TRAP_PAGES <= 200


@pytest.mark.matrix(43, "no pickle: no module of ours imports what runs code from data, no fixture holds such a file")
def test_no_data_is_code() -> None:
    found = []
    for folder in ("adapters", "benchmarks", "cleaners", "crawler", "pipelines", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text("utf-8")
            for node in ast.walk(ast.parse(text)) if any(name in text for name in CODE_BY_DATA) else ():
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found += [f"{path}: {name}" for name in names if name.partition(".")[0] in CODE_BY_DATA]
    assert found == []
    assert not [path for path in (ROOT / "fixtures").rglob("*") if path.suffix == ".pkl" or "pickle" in path.name]


OUTSIDE = [
    "socket.create_connection(('192.0.2.1', 80), 1)",
    "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "socket.getaddrinfo('publicsuffix.org', 443)",
    "socket.gethostbyname('publicsuffix.org')",
]


@pytest.mark.matrix(45, "no process of the tests leaves the loopback")
@pytest.mark.parametrize("program", OUTSIDE)
def test_a_process_of_the_tests_cannot_leave_the_machine(tmp_path: Path, program: str) -> None:
    environment = {**os.environ, sitecustomize.LOG: str(tmp_path / "log")}
    ran = subprocess.run(
        [sys.executable, "-c", f"import socket; {program}"],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "tests stay on the loopback" in ran.stderr
    assert (tmp_path / "log").read_text("utf-8").count("\n") == 1


def test_this_process_cannot_leave_the_machine_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sitecustomize.LOG, str(tmp_path / "log"))
    with pytest.raises(PermissionError, match="stay on the loopback"):
        socket.create_connection(("192.0.2.1", 80), 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), 1).close()
