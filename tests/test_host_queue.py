"""`HostPriorityQueue` chooses the next request: hosts take turns, and each has at most two under way.

So a host that answers slowly, or must be left alone for an hour, leaves room for the others.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.squeues import FifoMemoryQueue

from crawler.downloader.host_queue import MAX_PER_HOST, HostPriorityQueue
from crawler.downloader.robots import ROBOTS_META


class Downloader:
    """Stands in for Scrapy's: the requests under way, each in the slot of its host."""

    def __init__(self) -> None:
        self.active: set[Request] = set()
        self.slots: dict[str, object] = {}

    def get_slot_key(self, request: Request) -> str:
        return urlsplit(request.url).netloc


@pytest.fixture
def downloader() -> Downloader:
    return Downloader()


@pytest.fixture
def queue(downloader: Downloader) -> HostPriorityQueue:
    crawler = SimpleNamespace(settings=Settings(), engine=SimpleNamespace(downloader=downloader), spider=None)
    made = HostPriorityQueue.from_crawler(cast("Crawler", crawler), FifoMemoryQueue, "")
    for url in ("http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/1"):
        made.push(Request(url))
    return made


def popped(queue: HostPriorityQueue) -> str | None:
    request = queue.pop()
    return request.url if request else None


def test_pop_hosts_take_turns(queue: HostPriorityQueue) -> None:
    assert [popped(queue) for _ in range(4)] == [
        "http://a.example/1",
        "http://b.example/1",
        "http://a.example/2",
        "http://a.example/3",
    ]


def test_pop_of_an_empty_queue_is_none(queue: HostPriorityQueue) -> None:
    assert [popped(queue) for _ in range(5)][-1] is None
    assert len(queue) == 0


def test_pop_passes_a_host_with_its_most_under_way(queue: HostPriorityQueue, downloader: Downloader) -> None:
    downloader.active = {Request(f"http://a.example/{number}") for number in range(MAX_PER_HOST)}
    assert popped(queue) == "http://b.example/1"
    assert popped(queue) is None
    assert len(queue) == 3, "they wait"


def test_pop_goes_on_once_one_is_done(queue: HostPriorityQueue, downloader: Downloader) -> None:
    downloader.active = {Request(f"http://a.example/{number}") for number in range(MAX_PER_HOST - 1)}
    assert popped(queue) == "http://a.example/1"


def test_pop_does_not_count_a_robots_txt_under_way(queue: HostPriorityQueue, downloader: Downloader) -> None:
    robots = {Request("http://a.example/robots.txt", meta={ROBOTS_META: True}) for _ in range(MAX_PER_HOST)}
    downloader.active = robots
    assert popped(queue) == "http://a.example/1"


def test_pop_of_one_host_by_priority(downloader: Downloader, queue: HostPriorityQueue) -> None:
    queue.push(Request("http://b.example/first", priority=10))
    downloader.active = {Request(f"http://a.example/{number}") for number in range(MAX_PER_HOST)}
    assert [popped(queue), popped(queue)] == ["http://b.example/first", "http://b.example/1"]
