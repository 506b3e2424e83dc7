"""The pipelines: what goes through, what is dropped and why, and what a failing ledger does to a crawl."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import DropItem
from scrapy.http import Response

from cleaners.model import Document, Page
from pipelines import drops, session
from pipelines.clean import CleanPipeline
from pipelines.items import CleanedPage, FetchedPage
from pipelines.ledger.commits import Commit, PendingPage
from pipelines.ledger.documents import Ledger
from pipelines.store import StorePipeline
from pipelines.validate import ValidatePipeline
from tests.documents import ADDED, document

Start = Callable[[], AsyncIterator[Any]]
Parse = Callable[[Response], Iterator[Any]]
DEADLINE = 20.0  # seconds


def fetched(text: str, url: str = "https://a.example/p-1", *, added: str = ADDED) -> FetchedPage:
    return FetchedPage(page=Page(body=text.encode(), url=url, source="taowenge"), site="taowenge", fetched_at=added)


def as_document(page: Page) -> Document:
    """Clean as the tests need it: the text as it is, none where the page says so."""
    text = bytes(page.body).decode() if isinstance(page.body, bytes) else page.body
    found = document(text, str(page.url), truncated="…" in text)
    return document("", str(page.url), sha256=None, flags=("no_text",)) if text == "请登录" else found


class AsIs(CleanPipeline):
    def cleaned(self, page: Page) -> Document:
        return as_document(page)


@dataclass
class Ran:
    stats: dict[str, Any]
    data: Path

    @property
    def reason(self) -> str:
        return str(self.stats["finish_reason"])

    def documents(self) -> dict[str, int]:
        return {name: self.stats[f"documents/{name}"] for name in COUNTED if f"documents/{name}" in self.stats}

    def dropped(self) -> dict[str, int]:
        prefix = "item_dropped_reasons_count/"
        return {stat.removeprefix(prefix): self.stats[stat] for stat in self.stats if stat.startswith(prefix)}

    def records(self) -> list[dict[str, Any]]:
        shards = sorted((self.data / "documents").glob("*.jsonl"))
        return [orjson.loads(line) for shard in shards for line in shard.read_bytes().splitlines()]


COUNTED = ("stored", "duplicate", "unchanged", "truncated")


def crawl(
    data: Path,
    *pages: FetchedPage,
    start: Start | None = None,
    parse: Parse | None = None,
    cleaner: type[CleanPipeline] = AsIs,
    **more: Any,
) -> Ran:
    """Run a real crawl whose spider has these pages without asking the network."""

    async def yield_pages() -> AsyncIterator[FetchedPage]:
        for page in pages:
            yield page

    class Reader(Spider):
        name = "reader"

        async def start(self) -> AsyncIterator[Any]:
            async for page in (start or yield_pages)():
                yield page

        def parse(self, response: Response) -> Any:
            return parse(response) if parse else None

    settings = {
        "DATA_DIR": data,
        "TWISTED_REACTOR_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "ITEM_PIPELINES": {
            ValidatePipeline: 1,
            cleaner: 2,
            "pipelines.deduplicate.DeduplicatePipeline": 3,
            StorePipeline: 4,
        },
        **more,
    }

    async def run() -> dict[str, Any]:
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(Reader)
        await asyncio.wait_for(runner.crawl(crawler), DEADLINE)
        return crawler.stats.get_stats()

    return Ran(asyncio.run(run()), data)


async def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not happened():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("page", "drop"),
    [
        (fetched("甲"), None),
        (fetched("甲", "http://甲.example/p?a=1#b"), None),
        (fetched(""), drops.EmptyPage),
        (fetched(" \r\n\t"), drops.EmptyPage),
        (fetched("甲", ""), drops.BadAddress),
        (fetched("甲", "/p-1.html"), drops.BadAddress),
        (fetched("甲", "file:///etc/hostname"), drops.BadAddress),
        (fetched("甲", "ftp://a.example/p"), drops.BadAddress),
        (fetched("甲", "https:///p-1"), drops.BadAddress),
        (fetched("甲", "https://[a.example/"), drops.BadAddress),
        (fetched("甲", "https://a.example/\udc80"), drops.BadAddress),
        (fetched("甲", added="2025-03-01 08:00:00"), drops.BadTime),
        (fetched("甲", added="2025-03-01T08:00:00+08:00"), drops.BadTime),
    ],
)
def test_validate(page: FetchedPage, drop: type[DropItem] | None) -> None:
    if drop is None:
        assert ValidatePipeline().process_item(page) is page
    else:
        with pytest.raises(drop):
            ValidatePipeline().process_item(page)


def test_what_is_normal_is_logged_at_debug_and_what_is_not_as_a_warning() -> None:
    levels = {drop("why").log_level for drop in (drops.NoText, drops.Duplicate, drops.Unchanged, drops.NotStored)}
    assert levels == {"DEBUG"}
    assert {drop("why").log_level for drop in (drops.EmptyPage, drops.BadAddress, drops.BadTime)} == {"WARNING"}


def test_the_log_shows_addresses_and_no_texts() -> None:
    cleaned = CleanedPage(document=document("正文"), site="taowenge", fetched_at=ADDED)
    assert "正文" not in f"{fetched('正文')!r} {cleaned!r} {[cleaned]}"


def test_a_crawl_counts_and_stores(tmp_path: Path) -> None:
    ran = crawl(
        tmp_path / "data",
        fetched("甲", "https://a.example/p-1"),
        fetched("乙…", "https://a.example/p-2"),
        fetched("甲", "https://a.example/d-1"),
        fetched("甲", "https://a.example/p-1"),
        fetched("请登录", "https://a.example/p-3"),
        fetched("", "https://a.example/p-4"),
    )
    assert ran.reason == "finished"
    assert ran.documents() == {"stored": 2, "duplicate": 1, "unchanged": 1, "truncated": 1}
    assert ran.dropped() == {"Duplicate": 1, "Unchanged": 1, "NoText": 1, "EmptyPage": 1}
    first, second = ran.records()
    assert first == document("甲", truncated=False).record(
        added=ADDED, urls=("https://a.example/p-1", "https://a.example/d-1")
    )
    assert (second["text"], second["truncated"]) == ("乙…", True)
    with sqlite3.connect(ran.data / "ledger.sqlite") as ledger:
        rows = ledger.execute("SELECT url, site, state, kind, reason FROM urls ORDER BY url").fetchall()
    ledger.close()
    assert rows[-2:] == [
        ("https://a.example/p-3", "taowenge", "done", "no_text", "no text"),
        ("https://a.example/p-4", "taowenge", "done", "no_text", "an empty page"),
    ]
    assert [row[2:] for row in rows[:-2]] == [("done", "document", None)] * 3


def test_the_same_crawl_again_changes_no_document(tmp_path: Path) -> None:
    pages = [fetched(text, f"https://a.example/{number}") for number, text in enumerate("甲乙丙甲")]
    crawl(tmp_path, *pages)
    files = [*(tmp_path / "documents").glob("*.jsonl")]
    before = []
    for path in files:
        os.utime(path, (10**9, 10**9))
        before.append((path.stat().st_mtime_ns, path.read_bytes()))
    ran = crawl(tmp_path, *pages)
    assert ran.documents() == {"unchanged": 4}
    assert [(path.stat().st_mtime_ns, path.read_bytes()) for path in files] == before


def test_a_page_whose_text_changed_supersedes(tmp_path: Path) -> None:
    crawl(tmp_path, fetched("旧文"), fetched("别文", "https://a.example/p-2"))
    ran = crawl(tmp_path, fetched("新文"))
    assert ran.documents() == {"stored": 1}
    assert [(record["text"], record["supersedes"]) for record in ran.records()] == [
        ("别文", None),
        ("新文", [document("旧文").key]),
    ]


def test_a_lone_page_is_committed_though_no_other_comes(tmp_path: Path) -> None:
    def stored() -> int:
        ledger = Ledger(tmp_path / "ledger.sqlite", create=False)
        count = len(ledger.documents())
        ledger.close()
        return count

    async def slow_site() -> AsyncIterator[FetchedPage]:
        yield fetched("甲")
        await until(stored)
        yield fetched("乙", "https://a.example/p-2")

    assert crawl(tmp_path, start=slow_site).documents() == {"stored": 2}


def test_a_long_crawl_writes_shards_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_SHARDS_EVERY", 0.0)

    async def slow_site() -> AsyncIterator[FetchedPage]:
        yield fetched("甲")
        await until(lambda: list((tmp_path / "documents").glob("*.jsonl")))

    assert len(crawl(tmp_path, start=slow_site).records()) == 1


def test_a_ledger_that_fails_ends_the_crawl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pipelines.ledger.documents.COMMIT_PAGES", 1)
    write = Commit.write

    def until_full(commit: Commit, pages: Sequence[PendingPage]) -> None:
        write(commit, pages)
        if any(page.fetch.url.endswith("p-2") for page in pages):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Commit, "write", until_full)

    async def endless_site() -> AsyncIterator[Any]:
        yield Request("data:,1")

    def parse(response: Response) -> Iterator[Any]:
        number = int(response.body)
        yield fetched(f"第{number}号", f"https://a.example/p-{number}")
        yield Request(f"data:,{number + 1}")

    ran = crawl(tmp_path, start=endless_site, parse=parse)
    assert ran.reason == "ledger_error"
    message = f"{tmp_path}/ledger.sqlite: database or disk is full"
    assert ran.stats["ledger/error"].startswith(message)
    assert ran.dropped()["NotStored"] >= 1
    loud = [record.message for record in caplog.records if record.levelno > logging.INFO]
    assert ran.stats["ledger/error"] not in loud  # the command tells it once, at its end
    assert ran.documents()["stored"] == 1

    monkeypatch.setattr(Commit, "write", write)
    again = crawl(tmp_path, fetched("第1号", "https://a.example/p-1"), fetched("第2号", "https://a.example/p-2"))
    assert again.documents() == {"stored": 1, "unchanged": 1}
    assert len(again.records()) == 2


def test_a_refused_ledger_ends_the_crawl_before_the_first_page(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("something else")
    ran = crawl(tmp_path, fetched("甲"))
    assert ran.reason == "ledger_error"
    assert "not a ledger" in ran.stats["ledger/error"]
    assert ran.documents() == {}
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]
    assert (tmp_path / "ledger.sqlite").read_text() == "something else"


def test_shards_that_cannot_be_written_are_told_and_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file")
    ran = crawl(tmp_path, fetched("甲"))
    assert "documents" in ran.stats["ledger/error"]
    (tmp_path / "documents").unlink()
    assert len(crawl(tmp_path).records()) == 1
