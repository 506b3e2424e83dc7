"""The process that cleans beside a crawl: in order, whole after its deaths, gone when the crawl is."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.test import get_crawler

from cleaners.model import Page
from pipelines import cleaning_process
from pipelines.clean import CleanPipeline
from pipelines.cleaning_process import CleaningError, CleaningProcess, NoProcessError, PageCrashedError
from pipelines.items import CleanedPage
from pipelines.ledger.documents import Ledger
from pipelines.ledger.urls import MAX_CRASHES
from pipelines.page_cleaner import Cleaned, PageCleaner
from pipelines.profiles import ProfileFolder
from pipelines.workers import cores
from tests.cleaners import TrappedCleaner
from tests.hostile import Host, Hostile
from tests.hostile_routes_safety import any_document, linking
from tests.live import site_at
from tests.running import Run, urls
from tests.test_pipelines import fetched
from tests.test_workers import until_gone

two_cores = pytest.mark.skipif(cores() < 2, reason="a crawl cleans in its own process where there is one core")


def cleaner(seconds: float = 0, kind: type[PageCleaner] = TrappedCleaner) -> PageCleaner:
    return kind(ProfileFolder(Path("none")), enough=0, seconds=seconds)


def page(name: object) -> Page:
    return Page(body="", url=f"http://demo.example/{name}")


async def results(process: CleaningProcess, crawl: PageCleaner, *names: object) -> list[Cleaned | BaseException]:
    """Ask for pages at once; return what became of them, once what they gave is found to have come in order."""
    came: list[object] = []

    async def ask(name: object) -> Cleaned:
        made = await process.clean(crawl, page(name))
        came.append(name)
        return made

    made = await asyncio.gather(*map(ask, names), return_exceptions=True)
    assert came == [name for name, given in zip(names, made, strict=True) if isinstance(given, Cleaned)]
    return made


def said(made: Cleaned | BaseException) -> list[int]:
    """Return the process that cleaned a page, and which page of its crawl it was there."""
    assert isinstance(made, Cleaned), made
    return [int(word) for word in made.document.text.split()]


def ended(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_pages_come_back_in_order_and_a_page_that_ends_the_process_costs_itself() -> None:
    async def run() -> None:
        process, one, other = CleaningProcess(), cleaner(), cleaner(seconds=0.2)
        process.join(one)
        process.join(other)
        first = await results(process, one, *range(50), "bug", *range(50, 60))
        pid = said(first[0])[0]
        assert pid != os.getpid()
        assert list(map(said, first[:50] + first[51:])) == [[pid, number + 1] for number in range(60)]
        assert isinstance(first[50], CleaningError)
        assert "in spring" in str(first[50])
        assert said((await results(process, other, "a"))[0]) == [pid, 1]  # each crawl has a cleaner of its own
        os.kill(pid, signal.SIGKILL)  # between two pages
        trapped = await results(process, other, 1, 2, "hangs", 3, 4)
        assert [isinstance(made, PageCrashedError) for made in trapped] == [False, False, True, False, False]
        process.leave(other)
        again = said(trapped[4])[0]
        assert again != pid
        assert not ended(again)
        process.leave(one)
        assert ended(again)

    asyncio.run(run())


@pytest.fixture
def stillborn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning_process, "_PROGRAM", "import os; os._exit(3)")


@pytest.mark.usefixtures("stillborn")
def test_a_process_that_cannot_begin_is_told() -> None:
    async def run() -> None:
        process, own = CleaningProcess(), cleaner()
        process.join(own)
        assert [isinstance(made, NoProcessError) for made in await results(process, own, 1, 2)] == [True, True]
        process.leave(own)

    asyncio.run(run())


@two_cores
@pytest.mark.usefixtures("stillborn")
def test_pages_are_cleaned_here_where_no_process_begins(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = "同志们：今天我们召开会议，总结去年的工作，部署今年的任务，请大家认真学习，抓好落实。" * 3
    pipeline = CleanPipeline(get_crawler(settings_dict={"DATA_DIR": tmp_path, "CLEANING_PROCESS": True}))

    async def run() -> list[CleanedPage]:
        pipeline.begin()
        return [await ensure_awaitable(pipeline.process_item(fetched(f"第{n}次会议。{text}"))) for n in range(2)]

    assert [made.document.text[:4] for made in asyncio.run(run())] == ["第0次会", "第1次会"]
    pipeline.close_spider()
    assert [line.partition(":")[0] for line in caplog.messages] == [
        "pages are cleaned by the process that fetches them"
    ]


# Whole crawls


def run(host: Host, data: Path, *options: str) -> Run:
    pipelines = {
        "pipelines.validate.ValidatePipeline": 100,
        "tests.cleaners.StuckPipeline": 200,
        "pipelines.deduplicate.DeduplicatePipeline": 300,
        "pipelines.store.StorePipeline": 400,
    }
    # A first page compiles the rules: on a busy machine that is half a second of CPU time.
    settings = {"CLEANING_PROCESS": True, "WATCHDOG_SECONDS": 2.5, "ITEM_PIPELINES": json.dumps(pipelines)}
    return Run(site_at(host), data, *options, settings=settings)


@two_cores
@pytest.mark.matrix(
    46, "a page that blocks cleaning, or ends its process, costs itself: the crawl goes on and tells it"
)
def test_a_poisoned_page_costs_itself(hostile: Hostile, tmp_path: Path) -> None:
    host = hostile.host()
    host.routes["/"] = linking("/d/1", "/d/2", "/d/hangs", "/d/3", "/d/dies", "/d/4")
    host.routes["/d/*"] = any_document
    hangs, dies = host.url("/d/hangs"), host.url("/d/dies")
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.count_crash(dies, site="demo")
    found = run(host, tmp_path).end()
    assert found.code == 3, found.err
    assert "in spring" in found.err  # where it hung
    assert f"'{hangs}' ended the process that cleaned it; the next run asks for it again" in found.err
    assert f"'{dies}' ended the process twice and is not asked for any more" in found.err
    assert len(urls(tmp_path)) == 4
    assert ledger.crash_counts(site="demo") == {hangs: 1, dies: MAX_CRASHES}
    assert [waits.url for waits in ledger.begin_job("demo", "", int(time.time()))[1]] == [hangs]
    ledger.close()


@two_cores
@pytest.mark.matrix(3, "the pages that wait to be cleaned are finished, too; kill -9 leaves no process behind")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_process_ends_with_the_crawl(hostile: Hostile, tmp_path: Path, number: signal.Signals) -> None:
    host = hostile.host()
    host.routes["/"] = linking(*(f"/d/{name}" for name in range(300)))
    host.routes["/d/*"] = any_document
    crawl = run(host, tmp_path)
    crawl.until(partial(stored, tmp_path))
    beside = children(crawl.process.pid)
    assert len(beside) == 1
    for pid in (*beside, crawl.process.pid) if number == signal.SIGTERM else (crawl.process.pid,):
        os.kill(pid, number)  # systemd sends it to all
    ended = crawl.end()
    until_gone(beside)
    if number == signal.SIGTERM:
        assert ended.code == 0, ended.err
        assert len(urls(tmp_path)) == len(host.pages()) - 1 > 0


def stored(data: Path) -> bool:
    """Say whether a crawl has stored something; to look costs more than to wait."""
    time.sleep(0.05)
    if not (data / "ledger.sqlite").exists():
        return False
    ledger = Ledger(data / "ledger.sqlite")
    try:
        return bool(ledger.documents())
    finally:
        ledger.close()


def children(pid: int) -> set[int]:
    """Return the processes that clean for another one."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(each) for each in found if b"cleaning_process" in Path(f"/proc/{each}/cmdline").read_bytes()}
