"""A whole crawl on the loopback beside a bare Scrapy spider that only stores what it gets. `make bench-crawl`.

All fetch the same pages of 3,000 characters from one server, one after the other, each in a process of its own, with
no delay and the same concurrency. The bare spider writes raw bodies through a feed export; ours does all that it does
on the web but wait: fences, robots.txt, the guard, cleaning, deduplication, ledger and shards. Beside them runs
the bare spider that also cleans, in its one process: `cleaning_ratio` is its speed, which ours passes only where a second
core cleans. The cleaning process takes 0.6 s to begin, so a ratio is that of some thousand pages or more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

from benchmarks import material
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.sites import Site
from crawler.spiders.sites import spider_for

PAGES, CHARACTERS = 20_000, 3_000
LISTED = 100
"""Document pages that a listing links to."""
ADDED = "2026-11-01T08:00:00Z"
PROMISED_RATIO = 0.55
"""On two cores that are free."""
MAX_GROWTH_MB = 20.0
"""By which the second half of the crawl may raise the peak of memory."""
QUICK = {"DOWNLOAD_DELAY": 0, "POLITE_FACTOR": 0, "POLITE_PAGES_A_DAY": 10**9, "POLITE_MIB_A_DAY": 10**9}
CONCURRENCY = {"CONCURRENT_REQUESTS": 2, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0}


Plan = Callable[[str, Path], tuple[Settings, type[Spider], str]]
"""What makes of a home page and a folder the settings, the spider and the name of the stat that counts documents."""


def document(number: int) -> str:
    """Return a document page, unlike those of other numbers."""
    text = material.wide(material.paragraphs(random.Random(number), CHARACTERS))
    lines = "".join(f"<p>{place}．{escape(line)}</p>\n" for place, line in enumerate(text.split("\n"), start=number))
    title = f"第{number}次工作会议上的讲话"
    menu = '<a href="/">首页</a><a href="/login">登录</a>'
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{menu}<h1>{title}</h1><div>{lines}</div></body></html>"


def page(path: str, pages: int) -> str:
    """Return what the server answers: the home page with all listings, a listing, a document; "" for what speaks for the host."""
    if path in ("/robots.txt", "/ai.txt") or path.startswith("/.well-known/"):
        return ""
    name = path.strip("/").removesuffix(".html").rpartition("/")[2]
    if path.startswith("/d/"):
        return document(int(name))
    numbers = range(int(name) * LISTED, min(pages, (int(name) + 1) * LISTED)) if name else range(-(-pages // LISTED))
    return "".join(f'<a href="/{"d" if name else "list"}/{number}.html">{number}</a>\n' for number in numbers)


def serve(pages: int, ready: Connection) -> None:
    """Serve for ever; sends the port first."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                body = page(request.split(b" ", 2)[1].decode(), pages).encode()
                kind = "Content-Type: text/html; charset=utf-8"
                writer.write(f"HTTP/1.1 200 OK\r\n{kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


class Bare(Spider):
    """Follows every link and stores every body."""

    name = "bare"
    home = ""

    async def start(self) -> AsyncIterator[Request]:
        """Yield the home page."""
        yield Request(self.home)

    def parse(self, response: Response) -> Iterator[Any]:
        """Store a document, follow a listing."""
        if "/d/" in response.url:
            yield {"url": response.url, "body": response.text}
        else:
            yield from response.follow_all(css="a")  # type: ignore[call-arg]


class Cleaning(Bare):
    """Stores what cleaning makes of every body."""

    def parse(self, response: Response) -> Iterator[Any]:
        """Store a cleaned document, follow a listing."""
        for found in super().parse(response):
            yield found if isinstance(found, Request) else self.cleaned(response)

    def cleaned(self, response: Response) -> dict[str, Any]:
        """Return the record of a document page."""
        page = Page(body=response.body, url=response.url, source=self.name, content_type="text/html; charset=utf-8")
        return clean(page).record(added=ADDED)


def bare(home: str, folder: Path, spider: type[Bare] = Bare) -> tuple[Settings, type[Spider], str]:
    """Return the crawl of the bare spider, and the stat that counts its documents."""
    feed = {str(folder / "pages.jsonl"): {"format": "jsonlines", "encoding": "utf-8"}}
    settings = Settings({**CONCURRENCY, "FEEDS": feed, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
    return settings, type("Own", (spider,), {"home": home, "name": "bare"}), "item_scraped_count"


def cleaning(home: str, folder: Path) -> tuple[Settings, type[Spider], str]:
    """Return the crawl of the bare spider that cleans, and the stat that counts its documents."""
    return bare(home, folder, Cleaning)


def ours(home: str, folder: Path) -> tuple[Settings, type[Spider], str]:
    """Return our crawl with the project's settings, and the stat that counts its documents."""
    host = home.split("/")[2]
    site = Site(
        name="bench", title="基准", template="bench", domains=(host,), start=(home,),
        documents=(r"^/d/\d+\.html$",), listings=(r"^/$", r"^/list/\d+\.html$"),
    )  # fmt: skip
    settings = Settings({"DATA_DIR": str(folder)})
    settings.setmodule("crawler.settings")
    extra = {"DATA_DIR": str(folder), "WENQING_CONTACT": "bench@example.org", "ADDRESSES_ALLOWED": host}
    settings.setdict({**QUICK, **CONCURRENCY, **extra}, priority="cmdline")
    return settings, spider_for(site), "documents/stored"


def crawl(which: Plan, home: str, result: Connection) -> None:
    """Crawl in this process; sends what it came to."""
    with tempfile.TemporaryDirectory() as folder:
        settings, spider, counted = which(home, Path(folder))
        settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(spider)
        process.crawl(crawler)
        start, before = time.monotonic(), cpu_seconds()
        process.start()
        seconds, cpu = time.monotonic() - start, cpu_seconds() - before
        result.send((crawler.stats.get_value(counted, 0), seconds, cpu))


def cpu_seconds() -> float:
    """Return the time that this process, and those that it has waited for, have taken."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def measure(which: Plan, home: str) -> dict[str, float]:
    """Crawl in a process of its own; return pages, pages a second, CPU ms a page, peak memory and its late growth."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=crawl, args=(which, home, sender))
    process.start()
    sender.close()
    held: list[float] = []
    while not receiver.poll(0.2):
        held.append(held_mb(process.pid))
    pages, seconds, cpu = receiver.recv()
    process.join()
    half = len(held) // 2
    return {
        "pages": pages,
        "pages_per_s": round(pages / seconds, 1),
        "cpu_ms_per_page": round(1000 * cpu / max(pages, 1), 2),
        "peak_rss_mb": round(max(held), 1),
        "late_growth_mb": round(max(held[half:]) - max(held[:half], default=0), 1),
    }


def held_mb(pid: int | str | None) -> float:
    """Return the memory that a process and those below it hold now, in MB; 0 when it has just ended."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2
        return own + sum(map(held_mb, below))
    except (OSError, IndexError):
        return 0.0


def broken(result: dict[str, Any], pages: int) -> list[str]:
    """Return the promises that the figures do not keep."""
    lines = []
    if result["pages"] != pages:
        lines.append(f"{result['pages']} of {pages} documents stored")
    if result["ratio"] < PROMISED_RATIO:
        lines.append(f"{result['ratio']:.2f} of the bare spider's speed, promised {PROMISED_RATIO}")
    if result["late_growth_mb"] > MAX_GROWTH_MB:
        lines.append(f"memory grew by {result['late_growth_mb']:.1f} MB in the second half")
    return lines


def main() -> None:
    """Measure all, print the promises that are not kept, end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-crawl ARGS=…", description=main.__doc__)
    options.add_argument("--pages", type=int, default=PAGES, help=f"document pages, {PAGES:,} unless told")
    pages = options.parse_args().pages
    receiver, sender = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(pages, sender), daemon=True)
    server.start()
    home = f"http://127.0.0.1:{receiver.recv()}/"
    other, cleans, own = measure(bare, home), measure(cleaning, home), measure(ours, home)
    server.terminate()
    result: dict[str, Any] = {
        **own,
        "bare_pages_per_s": other["pages_per_s"],
        "bare_cpu_ms_per_page": other["cpu_ms_per_page"],
        "bare_peak_rss_mb": other["peak_rss_mb"],
        "ratio": round(own["pages_per_s"] / other["pages_per_s"], 3),
        "cleaning_ratio": round(cleans["pages_per_s"] / other["pages_per_s"], 3),
    }
    result["broken_promises"] = broken(result, pages)
    for line in result["broken_promises"]:
        print(f"NOT KEPT: {line}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
