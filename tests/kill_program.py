"""The program that tests/test_kill.py kills: a crawl's pipelines over generated pages, without Scrapy's engine.

Each call of `main` goes through all pages from the first, as a crawl does, and says
when it begins (go), when it has the first new document (new) and when only the closing is left (end).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy.exceptions import DropItem
from scrapy.settings import Settings

from cleaners.model import Page
from pipelines import session
from pipelines.deduplicate import DeduplicatePipeline
from pipelines.items import CleanedPage, FetchedPage
from pipelines.ledger import documents, schema
from pipelines.store import StorePipeline
from pipelines.validate import ValidatePipeline
from tests.documents import ADDED, document

PAGE_SECONDS = 0.0003


def pages(site: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield addresses and texts: every seventh text is at two addresses, every thirteenth on every site.

    Of the first addresses every eleventh changes its text, and with each new run back and again.
    """
    for number in range(count):
        text = f"{'各站' if number % 13 == 0 else site}第{number}号文件。" * 20
        yield f"https://{site}.example/p-{number}", text
        if number % 7 == 0:
            yield f"https://{site}.example/d-{number}", text
        if number % 11 == 0 and number < 60:
            yield f"https://{site}.example/p-{number}", f"修订：{site}{number}。{text}"


def cleaned(fetched: FetchedPage) -> CleanedPage:
    page = fetched.page
    found = document(str(page.body), str(page.url), source=str(page.source), title="通知")
    return CleanedPage(document=found, site=fetched.site, fetched_at=fetched.fetched_at)


def main(data_dir: Path, site: str, count: int) -> None:
    documents.COMMIT_PAGES = 10
    schema.SHARD_SIZE = 10
    session._SHARDS_EVERY = 0.01
    stats: Counter[str] = Counter()
    failures: dict[str, Any] = {}
    crawler: Any = SimpleNamespace(
        settings=Settings({"DATA_DIR": data_dir}),
        spidercls=SimpleNamespace(name=site),
        stats=SimpleNamespace(inc_value=lambda key: stats.update([key]), set_value=failures.__setitem__),
    )
    run = session.LedgerSession.from_crawler(crawler)
    validate, deduplicate = ValidatePipeline(), DeduplicatePipeline.from_crawler(crawler)
    store = StorePipeline.from_crawler(crawler)
    print("go", flush=True)
    run.open()
    for url, text in pages(site, count):
        fetched = FetchedPage(page=Page(body=text, url=url, source=site), site=site, fetched_at=ADDED)
        try:
            new = deduplicate.process_item(cleaned(validate.process_item(fetched)))
        except DropItem:
            continue
        if not stats["documents/stored"]:
            print("new", flush=True)
        store.process_item(new)
        if stats["documents/stored"] % 15 == 0:
            run.tick()
        time.sleep(PAGE_SECONDS)
    print("end", flush=True)
    store.close_spider()
    sys.exit(74 if failures else 0)
