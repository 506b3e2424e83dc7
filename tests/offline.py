"""Whole crawls inside the test process: the real engine without Twisted's reactor, saved pages, no network."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from cleaners.sites import Site
from crawler.replay import handler
from crawler.spiders.sites import spider_for
from pipelines.items import FetchedPage
from tests.forked import Forked, scrapy_command

ROOT = Path(__file__).parent.parent
FETCHED_AT = "2026-11-01T08:00:00Z"

RunCommand = Callable[..., tuple[int, str, str]]
"""Runs a command of the project with these words; returns exit code, output and errors."""

DEMO = Site(
    name="demo",
    title="示范文库",
    template="demo",
    domains=("demo.example",),
    start=("http://www.demo.example/", "http://www.demo.example/list/{category}.html"),
    documents=(r"^/d/\d+\.html$",),
    listings=(r"^/$", r"^/list/\w+(?:_\d+)?\.html$"),
    parts=r"^/d/\d+(?P<part>_(?P<page>\d+))\.html$",
)


@dataclass(frozen=True, slots=True)
class Ran:
    """A crawl that has ended: the items that left its pipelines, its stats, and the crawler itself."""

    items: list[FetchedPage]
    stats: Mapping[str, Any]
    crawler: Crawler

    def urls(self) -> list[str]:
        return [item.page.url or "" for item in self.items]


def page(*links: str, text: str = "正文") -> str:
    """Return a page with links and a text."""
    anchors = "".join(f'<a href="{link}">链接</a>' for link in links)
    return f"<html><head><meta charset='utf-8'></head><body>{anchors}<p>{text}</p></body></html>"


def save(directory: Path, case: str, url: str, html: str | bytes = "", site: str = "demo", **facts: Any) -> Path:
    """Save a page for replay as `scrapy crawl --replay` expects it."""
    folder = directory / site / case
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(html if isinstance(html, bytes) else html.encode())
    meta = {"url": url, "fetched_at": FETCHED_AT, "synthetic": True, "reviewed": True, **facts}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder


def split(directory: Path, parts: Mapping[int, str], first: str, **facts: Any) -> None:
    """Save the document 7 with its later parts by number."""
    listed = [{"url": f"http://www.demo.example/d/7_{number}.html", "file": f"page_{number}.html"} for number in parts]
    folder = save(directory, "split", "http://www.demo.example/d/7.html", first, parts=listed, **facts)
    for number, html in parts.items():
        (folder / f"page_{number}.html").write_text(html, encoding="utf-8")


def project_settings() -> Settings:
    """Return the settings that a command of the project begins with."""
    settings = Settings()
    settings.setmodule("crawler.settings")
    return settings


def crawl(directory: Path, site: Site = DEMO, settings: Mapping[str, Any] | None = None, **arguments: str) -> Ran:
    """Replay `directory` with the spider of `site` and the project's settings, without pipelines unless given."""
    return asyncio.run(_crawl(directory, site, settings or {}, arguments))


async def _crawl(directory: Path, site: Site, extra: Mapping[str, Any], arguments: Mapping[str, str]) -> Ran:
    settings = project_settings()
    settings.setdict({"ITEM_PIPELINES": {}, "TWISTED_REACTOR_ENABLED": False}, priority="cmdline")
    settings.setdict({**handler.settings(str(directory)), **extra}, priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(spider_for(site))
    items: list[FetchedPage] = []

    def keep(item: FetchedPage) -> None:
        items.append(item)

    crawler.signals.connect(keep, signals.item_scraped)
    await runner.crawl(crawler, **arguments)
    return Ran(items, crawler.stats.get_stats(), crawler)


def scrapy(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the `scrapy` command in a process of its own, in the repository and without a contact address."""
    code, out, err = Forked(scrapy_command, *arguments, environment={**_inherited(), **environment}).end()
    return subprocess.CompletedProcess(["scrapy", *arguments], code, out.decode(), err.decode())


def scrapy_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the `scrapy` command in another folder, which may hold a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env={**_inherited(), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("WENQING_")}


class BrokenPipeline:
    """A pipeline with a bug."""

    def process_item(self, item: Any) -> Any:
        raise ZeroDivisionError(f"a bug met {item}")
