"""How a host is asked: one request at a time, with the pause it needs, and not at all when it refuses."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import orjson
import pytest

from crawler.downloader.daily_budget import HostBudgets
from crawler.downloader.hosts import FIRST_BACK_OFF, MAX_REFUSALS, MAX_WAIT, HostStates
from crawler.downloader.politeness import is_closing, politeness_policy
from pipelines.ledger.connection import LedgerError
from tests.hostile import Ask, Hostile, Piece, Reply, answer
from tests.hostile_routes_safety import document, linking
from tests.live import Live, site_at
from tests.offline import DEMO, crawl, page, project_settings, save, scrapy
from tests.running import Run

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOST = "a.example"
POLICY = politeness_policy(project_settings(), DEMO)
HANG = 30.0
"""Seconds after which a test that waits has failed."""
SCALE = 0.02
"""Seconds that a second of waiting lasts in the crawls here."""
EARLY = 0.003
"""Seconds by which two clocks may differ."""


Figure = Callable[[int, str], None]


class Clock:
    """A clock that a test sets, and the date that goes with it."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.at - 1000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hosts(clock: Clock) -> HostStates:
    return HostStates(POLICY, HostBudgets(), clock, clock.now)


@pytest.mark.matrix(row=12, promise="the pause is at least 3 s, the Crawl-delay, and 5 times what the last answer took")
@pytest.mark.parametrize(
    ("took", "delay", "pause"), [(0.1, 0, 3), (2.0, 0, 10), (0.1, 7, 7), (2.0, 7, 10), (20.0, 0, 100)]
)
def test_the_pause_after_an_answer(hosts: HostStates, clock: Clock, took: float, delay: float, pause: float) -> None:
    assert hosts.wait(HOST) == 0
    hosts.crawl_delay(HOST, delay)
    hosts.answered(HOST, took, status=200)
    assert hosts.wait(HOST) == pause
    clock.at += pause
    assert hosts.wait(HOST) == 0
    assert hosts.wait("b.example") == 0


@pytest.mark.parametrize(("own", "pause"), [(0.0, 3), (2.5, 3), (8.0, 8)])
def test_a_site_may_ask_for_a_longer_pause_but_for_no_shorter_one(clock: Clock, own: float, pause: float) -> None:
    policy = politeness_policy(project_settings(), replace(DEMO, delay=own))
    hosts = HostStates(policy, HostBudgets(), clock, clock.now)
    hosts.answered(HOST, 0.1, status=200)
    assert hosts.wait(HOST) == pause


@pytest.mark.parametrize("delay", [-1, float("nan"), float("inf")])
def test_a_pause_that_is_none_is_refused(delay: float) -> None:
    with pytest.raises(ValueError, match="delay"):
        replace(DEMO, delay=delay)


def test_the_crawl_delay_counts_from_the_answer_that_brought_it(hosts: HostStates) -> None:
    hosts.answered(HOST, 0.1, status=200)
    hosts.crawl_delay(HOST, 10)
    assert hosts.wait(HOST) == 10


@pytest.mark.matrix(
    row=11, promise="Retry-After as seconds or date is waited for; nonsense is no shorter than the back-off"
)
@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("90", 90),
        (format_datetime(NOW + timedelta(seconds=120), usegmt=True), 120),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), FIRST_BACK_OFF),
        ("-5", FIRST_BACK_OFF),
        ("soon", FIRST_BACK_OFF),
        ("Mon, 01 Jan 2050 00:00:00 +99999999999999", FIRST_BACK_OFF),
        ("", FIRST_BACK_OFF),
        ("3600", 3600),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after(hosts: HostStates, value: str, pause: float, status: int) -> None:
    hosts.answered(HOST, 0.1, status=status, retry_after=value)
    assert hosts.wait(HOST) == pytest.approx(pause, abs=1)
    assert hosts.refusal(HOST) is None


@pytest.mark.matrix(
    row=11, promise="a Retry-After of more than 1 h closes the host, in the next runs too until it is over"
)
@pytest.mark.parametrize("value", ["3601", "1000000000", "9" * 400, "Fri, 31 Dec 2049 00:00:00 GMT"])
def test_a_long_retry_after_closes_the_host(hosts: HostStates, clock: Clock, value: str) -> None:
    hosts.answered(HOST, 0.1, status=503, retry_after=value)
    assert "left alone" in (hosts.refusal(HOST) or "")
    later = HostStates(POLICY, hosts.budgets, clock, clock.now)
    assert "until 2026" in (later.refusal(HOST) or "")
    clock.at += 8 * 24 * 3600
    assert HostStates(POLICY, hosts.budgets, clock, clock.now).refusal(HOST) is None


def test_a_crawl_delay_of_more_than_an_hour_closes_the_host(hosts: HostStates) -> None:
    hosts.crawl_delay(HOST, MAX_WAIT + 1)
    assert "between requests" in (hosts.refusal(HOST) or "")


@pytest.mark.matrix(
    row=35, promise="the back-off doubles; after 5 refusals in a row the host is closed, ≤ 8 requests an hour"
)
def test_refusals_double_the_pause_and_close_the_host(hosts: HostStates, clock: Clock) -> None:
    began, pauses = clock.at, []
    while hosts.refusal(HOST) is None:
        hosts.answered(HOST, 0.1, status=503)
        pauses.append(hosts.wait(HOST))
        clock.at += pauses[-1]
    assert pauses == [60, 120, 240, 480, 960]
    assert len(pauses) == MAX_REFUSALS
    assert clock.at - began < 3600


def test_an_answer_between_refusals_starts_the_count_again(hosts: HostStates) -> None:
    for _ in range(3):
        for status in (429, 403, 503, 429, 200):
            hosts.answered(HOST, 0.1, status=status)
    assert hosts.refusal(HOST) is None


@pytest.mark.matrix(
    row=12, promise="a day's share of requests and bytes for each host, counted over all runs of the day"
)
def test_a_host_rests_when_its_day_is_full(clock: Clock, tmp_path: Path) -> None:
    few = replace(POLICY, max_requests_per_day=3, max_bytes_per_day=1000)
    path = tmp_path / "demo.hosts.json"
    hosts = HostStates(few, HostBudgets.read(path), clock, clock.now)
    for _ in range(2):
        hosts.asked(HOST)
        hosts.answered(HOST, 0.1, status=200, size=10)
    hosts.budgets.save()
    again = HostStates(few, HostBudgets.read(path), clock, clock.now)
    assert again.refusal(HOST) is None
    again.asked(HOST)
    assert again.refusal(HOST) == "3 requests today"
    assert again.closed == {}
    again.answered("b.example", 0.1, status=200, size=2_000_000)
    assert again.refusal("b.example") == "2 MiB today"
    clock.at += 24 * 3600
    assert again.refusal(HOST) is None
    assert again.over_budget == {"b.example": "2 MiB today"}


@pytest.mark.matrix(
    row=48, promise="a clock set back keeps the day's count, for two days at most; a wait ends in 7 days"
)
def test_a_clock_that_jumps_neither_renews_nor_ends_a_days_share(clock: Clock) -> None:
    hosts = HostStates(replace(POLICY, max_requests_per_day=2), HostBudgets(), clock, clock.now)
    for _ in range(2):
        hosts.asked(HOST)
    hosts.budgets.close_until("b.example", hosts.now(), 3600)
    for days, rests in ((-1, True), (1, True), (3650, False), (-3650, False)):
        clock.at += days * 24 * 3600
        assert bool(hosts.refusal(HOST)) is rests, f"{days} days"
    clock.at -= 30 * 24 * 3600
    assert hosts.refusal("b.example") is None
    assert hosts.wait(HOST) == 0


def test_a_clock_set_wrong_closes_no_host_for_ever(clock: Clock) -> None:
    book = HostBudgets()
    book.close_until(HOST, NOW + timedelta(days=3650), 7200)
    assert HostStates(POLICY, book, clock, clock.now).refusal(HOST) is None


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a.example": 1}', b'{"a.example": {"surprise": 1}}', b"\xff"])
def test_a_broken_file_of_hosts_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "demo.hosts.json"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"demo\.hosts\.json: not a list of hosts; remove it"):
        HostBudgets.read(path)
    assert path.read_bytes() == content


def test_a_disk_that_takes_nothing_ends_the_crawl(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: listing(3)
    path = tmp_path / "demo.hosts.json"
    path.symlink_to("gone/hosts.json")  # it is not there yet, and cannot be made
    ran = live.crawl(site_at(host), tmp_path)
    assert ran.summary.exit_code == 74
    assert "demo.hosts.json" in ran.summary.alarms[0]
    path.unlink()
    path.write_text("{")
    ran = live.crawl(site_at(host), tmp_path)
    assert (ran.summary.exit_code, host.asked().count("/")) == (74, 1)


# Over the wire


def listing(count: int) -> bytes:
    return answer("<html>" + "".join(f'<a href="/d/{number}">甲</a>' for number in range(count)) + "</html>")


def slow(ask: Ask) -> Iterator[Piece]:
    yield 0.02
    yield answer("<html><p>乙</p></html>")


POLITE = {"DOWNLOAD_DELAY": 0.03, "POLITE_FACTOR": 2, "POLITE_SECOND": SCALE}


@pytest.mark.matrix(row=12, promise="never more than one open request a host, never a gap shorter than it must be")
def test_one_request_at_a_time_with_gaps(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host, other = hostile.host(), hostile.host("127.0.0.2")
    for one in (host, other):
        one.routes["/"] = lambda ask: listing(12)
        one.routes["/d/*"] = slow
    site = site_at(host, other, start=(host.url(), other.url()))
    ran = live.crawl(site, tmp_path, {**POLITE, "CONCURRENT_REQUESTS": 8, "CONCURRENT_REQUESTS_PER_DOMAIN": 8})
    for one in (host, other):
        assert len(one.pages()) == 13
        assert one.most_open == 1
        assert min(one.gaps()) >= 0.03 - EARLY
        pages = one.gaps()[4:]  # robots.txt, tdmrep.json, ai.txt and the listing came at once
        assert min(pages) >= 2 * 0.02 - EARLY, "twice what the answer took"
    assert ran.summary.hosts == ()


@pytest.mark.matrix(
    row=48, promise="the date jumps by -1 day or +10 years: no burst, no long wait, robots fetched again"
)
@pytest.mark.parametrize("jump", [-86_400, 10 * 365 * 86_400])
def test_a_date_that_jumps(hostile: Hostile, tmp_path: Path, jump: float) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: listing(16)
    host.routes["/d/*"] = slow
    run = Run(site_at(host), tmp_path, settings={"DOWNLOAD_DELAY": 0.05}, jump=jump)
    run.until(lambda: len(host.pages()) > 5)
    run.tell(signal.SIGUSR1)
    ended = run.end()
    assert ended.code == 0, ended.err
    assert len(host.pages()) == 17
    assert host.asked().count("/robots.txt") == 2
    assert min(host.gaps()) >= 0.05 - EARLY
    assert ended.seconds < 20


@pytest.mark.long
@pytest.mark.matrix(row=12, promise="the same over 100 pages with the real 3 s scaled to 0.3 s")
def test_a_hundred_pages_with_gaps(live: Live, hostile: Hostile, tmp_path: Path, figure: Figure) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: listing(100)
    host.routes["/d/*"] = slow
    live.crawl(site_at(host), tmp_path, {"DOWNLOAD_DELAY": 0.3, "POLITE_FACTOR": 5, "POLITE_SECOND": 0.1})
    assert len(host.pages()) == 101
    assert host.most_open == 1
    assert min(host.gaps()) >= 0.3 - EARLY
    figure(12, f"101 pages: smallest gap {min(host.gaps()):.3f} s where 0.3 s were due, {host.most_open} open at once")


def test_a_redirect_to_another_host_waits_for_that_host(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host, other = hostile.host(), hostile.host("127.0.0.2")
    host.routes["/"] = lambda ask: answer(
        "<html>"
        + "".join(f'<a href="/d/{n}">甲</a><a href="{other.url(f"/d/{n}")}">乙</a>' for n in range(6))
        + "</html>"
    )
    host.routes["/d/*"] = lambda ask: answer("", 302, {"Location": other.url(f"/d/9{ask.target[3:]}")})
    other.routes["/d/*"] = slow
    live.crawl(site_at(host, other), tmp_path, {**POLITE, "CONCURRENT_REQUESTS": 8})
    assert other.most_open == 1
    assert min(other.gaps()) >= 0.03 - EARLY
    assert len(other.pages()) == 12


@pytest.mark.matrix(
    row=11, promise="Crawl-delay 10 and Retry-After 30: no request comes early (server's clock, scaled)"
)
def test_crawl_delay_and_retry_after_on_the_wire(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer("User-agent: *\nCrawl-delay: 10\n")
    host.routes["/"] = lambda ask: listing(3)
    host.routes["/d/*"] = lambda ask: answer("<html><p>乙</p></html>")
    refused: list[str] = []

    @host.route("/d/1")
    def once(ask: Ask) -> Reply:
        refused.append(ask.target)
        return answer("", 503, {"Retry-After": "90"}) if len(refused) == 1 else answer("<html><p>乙</p></html>")

    live.crawl(site_at(host), tmp_path, {"POLITE_SECOND": SCALE})
    assert min(host.gaps()) >= 10 * SCALE - EARLY
    after = host.asked().index("/d/1")
    assert host.gaps()[after] >= 90 * SCALE - EARLY
    assert host.asked().count("/d/1") == 2
    assert set(host.pages()) == {"/", "/d/0", "/d/1", "/d/2"}


@pytest.mark.matrix(row=35, promise="a host that answers everything with 503 is left after 5 requests, exit 3")
@pytest.mark.parametrize("status", [503, 429, 403])
def test_a_storm_of_refusals(status: int, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: listing(40)
    host.routes["/d/*"] = lambda ask: answer("", status)
    ran = live.crawl(site_at(host), tmp_path, {"POLITE_SECOND": 0.0001})
    assert len(host.pages()) == 1 + MAX_REFUSALS
    assert ran.summary.exit_code == 3
    assert ran.summary.hosts == (f"127.0.0.1: it refused 5 requests in a row, the last one with {status}",)


def test_a_host_that_asks_for_hours_is_closed_in_the_next_run_too(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: answer("", 503, {"Retry-After": "7200"})
    for _ in range(2):
        ran = live.crawl(site_at(host), tmp_path)
        assert ran.summary.exit_code == 3
        assert "left alone" in ran.summary.hosts[0]
    assert host.pages() == ["/"]
    assert orjson.loads((tmp_path / "demo.hosts.json").read_bytes())["127.0.0.1"]["pages"] == 4, (
        "robots.txt, tdmrep.json, ai.txt, the page"
    )


def test_the_days_share_is_kept_over_runs_and_is_no_alarm(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = lambda ask: listing(30)
    host.routes["/d/*"] = lambda ask: answer("<html><p>乙</p></html>")
    ran = live.crawl(site_at(host), tmp_path, {"POLITE_PAGES_A_DAY": 12})
    assert len(host.log) == 12
    assert ran.summary.hosts == ("127.0.0.1: 12 requests today",)
    again = live.crawl(site_at(host), tmp_path, {"POLITE_PAGES_A_DAY": 12})
    assert len(host.log) == 12
    assert (again.summary.exit_code, again.summary.alarms) == (0, ())


def test_a_long_pause_does_not_hold_up_the_end(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    text = "各位同事：本周五下午三点在二楼会议室召开例会，请准时参加，并带好上月的工作记录。"
    host.routes["/"] = lambda ask: listing(5)
    host.routes["/d/*"] = lambda ask: answer("", 503, {"Retry-After": "3000"})
    host.routes["/d/0"] = lambda ask: answer(f"<html><h1>例会通知</h1><p>{text}</p></html>")
    ran = live.crawl(site_at(host), tmp_path, {"CLOSESPIDER_TIMEOUT": 1, "POLITE_SECOND": 1}, deadline=20)
    assert ran.stats["finish_reason"] == "closespider_timeout"
    assert ran.stats["elapsed_time_seconds"] < 8
    assert len(host.pages()) <= 3


@pytest.mark.matrix(row=11, promise="a host that must be left alone does not hold up the other hosts of its site")
def test_a_host_that_waits_does_not_hold_up_another(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    waiting, other = hostile.host(), hostile.host("127.0.0.2")
    waiting.routes["/"] = lambda ask: listing(9)
    waiting.routes["/d/*"] = lambda ask: answer("", 503, {"Retry-After": "300"})
    other.routes["/list*"] = lambda ask: answer(f'<html><a href="/list{int(ask.path[5:]) + 1}">乙</a></html>')
    site = site_at(waiting, other, start=(waiting.url(), other.url("/list1")))
    settings = {"POLITE_SECOND": 0.01, "CLOSESPIDER_TIMEOUT": 2, "DEPTH_LIMIT": 0, "DOWNLOAD_DELAY": 0.02}
    ran = live.crawl(site, tmp_path, settings)
    assert ran.stats["finish_reason"] == "closespider_timeout"
    assert len(waiting.pages()) == 2
    assert len(other.pages()) > 20


def pace(live: Live, hostile: Hostile, data: Path, slow: int, pages: int) -> float:
    """Return the pages a second of a host beside so many that take a second a page."""
    hosts = [hostile.host(f"127.0.1.{number + 1}") for number in range(slow + 1)]
    fast = hosts[0]
    for host in hosts:
        host.routes["/"] = linking(
            *(f"/d/{host.address}-{n}.html" for n in range(pages if host is fast else pages // 8))
        )
        host.routes["/d/*"] = lambda ask: iter([0.02 if ask.host is fast else 1.0, answer(document(ask.target[3:-5]))])
    allowed = ",".join(host.address for host in hosts)
    site = site_at(*hosts, start=tuple(host.url() for host in hosts))
    ran = live.crawl(site, data, {"DOWNLOAD_DELAY": 0.05, "ADDRESSES_ALLOWED": allowed})
    assert ran.summary.documents == pages + pages // 8 * slow
    asked = [ask.at for ask in fast.log if ask.path.startswith("/d/")]
    return (pages - 1) / (asked[-1] - asked[0])


@pytest.mark.matrix(row=56, promise="20 hosts that do not answer yet do not hold up one that does")
def test_slow_hosts_do_not_hold_up_a_fast_one(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    """They answer once the fast one was asked for all its pages; where they took all places, it never would be."""
    fast, *slow = hosts = [hostile.host(f"127.0.1.{number + 1}") for number in range(21)]
    left, all_asked, in_time = {f"/d/{number}.html" for number in range(20)}, threading.Event(), list[bool]()

    def at_once(ask: Ask) -> Reply:
        left.discard(ask.target)
        if not left:
            all_asked.set()
        return answer(document(ask.target[3:-5]))

    def late(ask: Ask) -> Iterator[Piece]:
        in_time.append(all_asked.wait(HANG))
        yield answer(document(f"{ask.host.address}-{ask.target[3:-5]}"))

    for host in hosts:
        host.routes["/"] = linking(*sorted(left)[: None if host is fast else 3])
        host.routes["/d/*"] = at_once if host is fast else late
    allowed = ",".join(host.address for host in hosts)
    site = site_at(*slow, fast, start=tuple(host.url() for host in (*slow, fast)))
    given = {"DOWNLOAD_DELAY": 0.01, "ADDRESSES_ALLOWED": allowed, "DOWNLOAD_TIMEOUT": 2 * HANG}
    ran = live.crawl(site, tmp_path, given)
    assert ran.summary.documents == 20 + 3 * len(slow)
    assert all(in_time)


@pytest.mark.long
@pytest.mark.matrix(row=56, promise="it keeps at least 90 % of its pace")
def test_a_fast_host_keeps_its_pace(live: Live, hostile: Hostile, tmp_path: Path, figure: Figure) -> None:
    alone, beside = (pace(live, hostile, tmp_path / str(slow), slow, pages=100) for slow in (0, 20))
    assert beside >= 0.9 * alone
    figure(56, f"{alone:.1f} pages/s alone, {beside:.1f} beside 20 slow hosts")


@pytest.mark.matrix(row=6, promise="the command names the closed host and why, in the table and on stderr, and exits 3")
def test_the_command_names_what_it_did_not_ask(hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer("", 500)
    (tmp_path / "urls.txt").write_text(host.url("/d/1"))
    ran = scrapy(
        *("crawl", "gongxun", "-a", f"urls={tmp_path / 'urls.txt'}", "-s", f"DATA_DIR={tmp_path}"),
        *("-s", "ADDRESSES_ALLOWED=127.0.0.1", "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0"),
        WENQING_CONTACT="crawl@example.org",
    )
    assert ran.returncode == 3
    assert "not asked any more: 127.0.0.1: its robots.txt is unreachable (500)" in ran.stdout
    assert "scrapy crawl: gongxun: 127.0.0.1 is closed: its robots.txt is unreachable (500)\n" in ran.stderr
    assert host.pages() == []


def test_the_private_sign_that_a_crawl_is_ending_is_where_it_was(tmp_path: Path) -> None:
    """Pinned to Scrapy 2.19: `ExecutionEngine._slot.closing`."""
    save(tmp_path, "home", "http://www.demo.example/", page())
    seen: list[bool] = []

    class Asking:
        def __init__(self, crawler):  # type: ignore[no-untyped-def]
            self.crawler = crawler

        @classmethod
        def from_crawler(cls, crawler):  # type: ignore[no-untyped-def]
            return cls(crawler)

        def process_request(self, request: object) -> None:
            seen.append(is_closing(self.crawler))

    ran = crawl(tmp_path, settings={"DOWNLOADER_MIDDLEWARES": {Asking: 1}})
    assert seen
    assert not any(seen)
    assert is_closing(ran.crawler)


def test_manners_are_those_of_the_settings_by_default(tmp_path: Path) -> None:
    save(tmp_path, "home", "http://www.demo.example/", page())
    ran = crawl(tmp_path)
    assert politeness_policy(ran.crawler.settings, DEMO) == replace(POLICY, min_delay=0)


@pytest.mark.long
@pytest.mark.matrix(row=35, promise="with the real pauses: 5 requests in the first hour, then none in this run")
def test_the_first_hour_of_a_storm(hosts: HostStates, clock: Clock, figure: Figure) -> None:
    began, asked = clock.at, 0
    while clock.at - began < 3600:
        if hosts.refusal(HOST) is None and hosts.wait(HOST) == 0:
            asked += 1
            hosts.answered(HOST, 0.2, status=503)
        clock.at += 1
    assert asked <= 8
    figure(35, f"{asked} requests in the first hour")
