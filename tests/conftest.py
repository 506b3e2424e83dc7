"""What several test files share: the hostile server, and live crawls in a process of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile import Hostile
from tests.live import Live


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "matrix(row, promise): a promise of docs/reliability.md that this test proves")


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
