"""The safe settings, asserted from running crawls, and the contact address a live crawl needs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.remote_control import RemoteControl
from scrapy.extensions.telnet import TelnetConsole
from scrapy.settings import Settings, default_settings
from scrapy.spidermiddlewares.referer import RefererMiddleware
from scrapy.utils.misc import load_object

from crawler import settings as project
from crawler.downloader.offsite import NoRefererMiddleware, StrictOffsiteMiddleware
from crawler.downloader.politeness import PolitenessMiddleware
from crawler.downloader.robots import TERMS, RobotsMiddleware
from crawler.downloader.user_agent import apply_user_agent
from crawler.errors import ArgumentError
from crawler.replay.handler import ReplayHandler
from tests.offline import Ran, crawl, page, project_settings, save, scrapy

SAFE = {
    "CONCURRENT_REQUESTS": 48,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "COOKIES_ENABLED": False,
    "DOWNLOAD_DELAY_JITTER": 0,
    "DOWNLOAD_MAXSIZE": 8 * 1024 * 1024,
    "DOWNLOAD_TIMEOUT": 20,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "FEED_EXPORT_ENCODING": "utf-8",
    "FEEDS": {},
    "HTTPCACHE_ENABLED": False,
    "JOBDIR": None,
    "METAREFRESH_ENABLED": False,
    "REFERER_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": "wenqing",
    "TELNETCONSOLE_ENABLED": False,
}
OURS = {
    *(
        "ADDRESSES_ALLOWED",
        "ARCHIVE",
        "ARCHIVE_MIB",
        "DATA_DIR",
        "DEDUP",
        "EXPLORE_DEPTH",
        "EXPLORE_PAGES",
        "FREE_MB",
        "MASK_PERSONAL_DATA",
        "MEMORY_LIMIT_MB",
        "SITES",
        "TRAP_PAGES",
        "DEDUP_MEMORY_MB",
        "UNIQUE_SHARE",
        "WATCHDOG_SECONDS",
        "WENQING_CONTACT",
    ),
    *("POLITE_FACTOR", "POLITE_SECOND", "POLITE_PAGES_A_DAY", "POLITE_MIB_A_DAY"),
    *("REFRESH_DAYS", "REFRESH_MIN_DAYS", "REFRESH_MAX_DAYS", "REFRESH_LISTING_DAYS", "REFRESH_OLDER_PAGES"),
    "CLEANING_PROCESS",
    "KEEP_LINES",
    "LEARN_DOCUMENTS",
    "LEASE_SECONDS",
    "LEDGER",
    *("PROGRESS", "PROGRESS_SECONDS"),
}


@pytest.fixture
def ran(tmp_path: Path) -> Ran:
    save(tmp_path, "home", "http://www.demo.example/", page())
    return crawl(tmp_path)


def names(module: ModuleType) -> set[str]:
    return {name for name in dir(module) if name.isupper()}


def test_a_running_crawl_has_the_safe_settings(ran: Ran) -> None:
    assert {name: ran.crawler.settings[name] for name in SAFE} == SAFE
    assert 0 < ran.crawler.settings.getint("DEPTH_LIMIT") <= 20
    assert 0 < ran.crawler.settings.getint("REDIRECT_MAX_TIMES") <= 5
    assert ran.crawler.settings.getint("RETRY_TIMES") <= 2


def test_a_running_crawl_has_the_safe_parts(ran: Ran) -> None:
    crawler = ran.crawler
    assert crawler.get_extension(TelnetConsole) is None
    assert crawler.get_extension(RemoteControl) is None
    assert crawler.get_downloader_middleware(CookiesMiddleware) is None
    assert crawler.get_downloader_middleware(MetaRefreshMiddleware) is None
    assert crawler.get_downloader_middleware(OffsiteMiddleware) is None
    assert isinstance(crawler.get_downloader_middleware(StrictOffsiteMiddleware), StrictOffsiteMiddleware)
    assert crawler.get_downloader_middleware(RobotsTxtMiddleware) is None
    assert crawler.get_downloader_middleware(RobotsMiddleware)
    assert crawler.get_downloader_middleware(PolitenessMiddleware)
    assert type(crawler.get_spider_middleware(RefererMiddleware)) is NoRefererMiddleware


def test_only_the_web_can_be_reached() -> None:
    handlers = project_settings().getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
    assert project_settings().getfloat("DOWNLOAD_DELAY") == 3


def test_a_replay_cannot_reach_the_network(ran: Ran) -> None:
    handlers = ran.crawler.settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {load_object(handler) for handler in handlers.values() if handler} == {ReplayHandler}


def test_every_setting_is_one_scrapy_knows_or_ours() -> None:
    assert names(project) - names(default_settings) == OURS


def test_every_part_that_is_named_exists() -> None:
    for setting in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES"):
        for path in getattr(project, setting):
            assert load_object(path)
    assert load_object(project.SCHEDULER_MEMORY_QUEUE)


@pytest.mark.parametrize("contact", ["https://example.org/crawl", "crawl@example.org"])
def test_the_user_agent_names_the_operator(contact: str) -> None:
    settings = Settings({"WENQING_CONTACT": contact, "USER_AGENT": "Mozilla/5.0"})
    apply_user_agent(settings)
    assert settings["USER_AGENT"] == f"wenqing/0.2 (+{contact})"


@pytest.mark.parametrize(
    "contact", [None, "", "me", "example.org", "http://", "@", "a b@example.org", "a@b.c\r\nX: y", "a@b.c)", "我@b.c"]
)
def test_no_live_crawl_without_a_contact_address(contact: str | None) -> None:
    with pytest.raises(ArgumentError, match="set WENQING_CONTACT to a URL or e-mail") as told:
        apply_user_agent(Settings({"WENQING_CONTACT": contact}))
    assert str(told.value).startswith(f"WENQING_CONTACT is {contact!r}, " if contact else "set ")


def test_the_command_says_in_one_line_what_to_set() -> None:
    ran = scrapy("crawl", "taowenge")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("scrapy crawl: set WENQING_CONTACT to a URL or e-mail")
    assert ran.stderr.count("\n") == 1


@dataclass
class Asked:
    """What a loopback server was asked for."""

    requests: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def server() -> Iterator[Asked]:
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.requests.append(
                (time.monotonic(), self.path, {key.lower(): value for key, value in self.headers.items()})
            )
            self.send_response(302 if self.path == "/start" else 200)
            self.send_header("Set-Cookie", "a=b; Path=/")
            self.send_header("Referrer-Policy", "unsafe-url")
            if self.path == "/start":
                self.send_header("Location", "/end")
            self.end_headers()
            self.wfile.write(b"" if self.path == "/robots.txt" else page().encode())

        def log_message(self, *_: Any) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    asked.address = f"http://127.0.0.1:{web.server_port}"
    yield asked
    web.shutdown()
    web.server_close()
    thread.join()


def test_a_live_crawl_is_honest_and_slow(server: Asked, tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text(f"{server.address}/start\n")
    options = ["-a", f"urls={tmp_path / 'urls.txt'}", "-s", f"DATA_DIR={tmp_path / 'data'}", "-s", "ITEM_PIPELINES={}"]
    options += ["-s", "DOWNLOAD_DELAY=0.5", "-s", "ADDRESSES_ALLOWED=127.0.0.1"]
    ran = scrapy("crawl", "gongxun", *options, WENQING_CONTACT="crawl@example.org")
    assert "WARNING" not in ran.stderr
    assert [path for _, path, _ in server.requests] == [*TERMS, "/start", "/end"]
    for _, _, headers in server.requests:
        assert headers["user-agent"] == "wenqing/0.2 (+crawl@example.org)"
        assert not headers.keys() & {"cookie", "referer", "authorization"}
    times = [moment for moment, _, _ in server.requests]
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.4
    assert "gongxun" in ran.stdout
