"""Keeps the state of each host of a crawl: when it may be asked again, and whether at all."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cleaners.text.times import mail_date
from crawler.downloader.conditional import NOT_MODIFIED
from crawler.downloader.daily_budget import HostBudget, HostBudgets

MAX_WAIT = 3600.0
"""Seconds a host may ask to be left alone for; one that asks for more is not asked again in this run."""
FIRST_BACK_OFF = 60.0
"""Seconds after a refusal that names no time; each further one in a row doubles them."""
REFUSALS = frozenset({403, 429, 503})
MAX_REFUSALS = 5
MAX_BLOCK_PAGES = 3
"""Refusals, and login, captcha or challenge pages, in a row after which a host is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolitenessPolicy:
    """How fast a host is asked: after a response wait `min_delay` seconds, or `delay_factor` times what it took.

    `time_scale` is how long a second of waiting lasts, 1 but in tests; `min_delay` is not scaled by it. The values are
    those of crawler/settings.py.
    """

    min_delay: float
    delay_factor: float
    time_scale: float
    max_requests_per_day: int
    max_bytes_per_day: int


@dataclass(slots=True)
class _HostState:
    ended: float = -math.inf
    ready: float = -math.inf
    why: str = ""
    delay: float = 0.0
    refusals: int = 0
    block_pages: int = 0


@dataclass(slots=True)
class HostStates:
    """All hosts of one crawl. Delays are by `clock` (monotonic), dates by `now`.

    `closed` has the hosts that this run asks no more, with the reason; `over_budget` those that used up their day.
    """

    policy: PolitenessPolicy
    budgets: HostBudgets
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    closed: dict[str, str] = field(default_factory=dict)
    over_budget: dict[str, str] = field(default_factory=dict)
    handed_over: bool = False
    """Whether another machine may just have asked the hosts: the first request to each waits its whole pause."""
    _hosts: dict[str, _HostState] = field(default_factory=dict)

    def refusal(self, host: str) -> str | None:
        """Return why `host` must not be asked, None when it may."""
        if host not in self.closed and (until := self.budgets.closed_until(host, self.now())):
            self.close(host, f"it asked to be left alone until {until:%Y-%m-%d %H:%M} UTC")
        day = self.budgets.budget(host, self.now())
        if day.pages >= self.policy.max_requests_per_day:
            self.over_budget.setdefault(host, f"{day.pages:,} requests today")
        elif day.bytes >= self.policy.max_bytes_per_day:
            self.over_budget.setdefault(host, f"{day.bytes / 1024**2:,.0f} MiB today")
        else:
            self.over_budget.pop(host, None)
        return self.closed.get(host) or self.over_budget.get(host)

    def close(self, host: str, reason: str) -> None:
        """Ask `host` no more in this run; the first reason is kept."""
        self.closed.setdefault(host, reason)

    def wait(self, host: str) -> float:
        """Return how many seconds `host` must still be left alone."""
        return max(0.0, self._state(host).ready - self.clock())

    def why(self, host: str) -> str:
        """Return in a few words why `host` must be left alone until it may be asked again."""
        return self._state(host).why

    def asked(self, host: str) -> None:
        """Count a request that goes out now."""
        self.budgets.budget(host, self.now()).pages += 1

    def answered(self, host: str, took: float, *, status: int, size: int = 0, retry_after: str | None = None) -> None:
        """Note an answer of `size` bytes that came after `took` seconds; `status` 0 stands for none that was whole."""
        known, policy = self._state(host), self.policy
        self.budgets.budget(host, self.now()).bytes += size
        known.ended = self.clock()
        pauses = {
            "pause": policy.min_delay,
            "Crawl-delay": known.delay * policy.time_scale,
            "slow": policy.delay_factor * took,
        }
        known.why = max(pauses, key=pauses.__getitem__)
        known.ready = known.ended + pauses[known.why]
        self.budgets.budget(host, self.now()).pause = pauses[known.why]
        self._keep(host)
        if status in REFUSALS:
            known.refusals += 1
            self._back_off(host, known.refusals, status, retry_after)
        elif 200 <= status < 300 or status == NOT_MODIFIED:
            known.refusals = 0
        if retry_after and (status >= 300) and status not in REFUSALS:
            self._leave_alone(host, parse_retry_after(retry_after, self.now()), "Retry-After")

    def crawl_delay(self, host: str, seconds: float) -> None:
        """Honour the Crawl-delay of the robots.txt of `host`."""
        if seconds > MAX_WAIT:
            self.close(host, f"its robots.txt asks for {seconds:.0f} s between requests")
            return
        known = self._state(host)
        known.delay = max(known.delay, seconds)
        self._wait_until(host, known.ended + known.delay * self.policy.time_scale, "Crawl-delay")

    def good_page(self, host: str) -> None:
        """Note a page that gave a document."""
        self._state(host).block_pages = 0

    def block_page(self, host: str, reason: str) -> None:
        """Note a page that stands in the way: a login, a captcha, a challenge."""
        known = self._state(host)
        known.block_pages += 1
        if known.block_pages >= MAX_BLOCK_PAGES:
            self.close(host, f"{known.block_pages} pages in a row with {reason} in place of a document")

    def _back_off(self, host: str, refusals: int, status: int, retry_after: str | None) -> None:
        if refusals >= MAX_REFUSALS:
            self.close(host, f"it refused {refusals} requests in a row, the last one with {status}")
        asked = parse_retry_after(retry_after, self.now()) if retry_after else None
        back_off = FIRST_BACK_OFF * 2 ** (refusals - 1)
        why = "Retry-After" if asked is not None and asked >= back_off else f"refused with {status}"
        self._leave_alone(host, max(asked or 0.0, back_off), why, asked=asked)

    def _leave_alone(self, host: str, seconds: float | None, why: str, asked: float | None = None) -> None:
        if seconds is None:
            return
        self._wait_until(host, self._state(host).ended + min(seconds, MAX_WAIT) * self.policy.time_scale, why)
        if (asked if asked is not None else seconds) > MAX_WAIT:
            self.budgets.close_until(host, self.now(), seconds)
            self.close(host, f"it asked to be left alone for {seconds:.0f} s")

    def _wait_until(self, host: str, ready: float, why: str) -> None:
        known = self._state(host)
        if ready > known.ready:
            known.ready, known.why = ready, why
            self._keep(host)

    def _state(self, host: str) -> _HostState:
        if host not in self._hosts:
            self._hosts[host] = self._known(host)
        return self._hosts[host]

    def _known(self, host: str) -> _HostState:
        """Return a host's state at the beginning of a run: it waits for what the run before was asked to."""
        budget = self.budgets.hosts.get(host, HostBudget())
        wait = min(budget.ready - self.now().timestamp(), MAX_WAIT)
        if self.handed_over:
            wait = max(wait, min(budget.pause, MAX_WAIT), self.policy.min_delay)
        return _HostState(ready=self.clock() + wait, why="handed over") if wait > 0 else _HostState()

    def _keep(self, host: str) -> None:
        """Note in the budgets, which outlive the run, when a host may be asked again."""
        wait = self._hosts[host].ready - self.clock()
        self.budgets.budget(host, self.now()).ready = round(self.now().timestamp() + wait, 3)


def host_of(url: str) -> str:
    """Return the host name of a URL, which all its ports and both schemes share."""
    return urlsplit(url).hostname or ""


def parse_retry_after(retry_after: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header names, as a number or as a date; None for one without sense.

    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> parse_retry_after("120", now), parse_retry_after("-5", now)
    (120.0, None)
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        return max(0.0, (mail_date(text) - now).total_seconds())
    except ValueError:
        return None
