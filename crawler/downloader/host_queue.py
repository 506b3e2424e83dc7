"""Chooses the next request: hosts take turns, and waiting requests of one host leave room for the others."""

from __future__ import annotations

from collections import Counter

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue

from crawler.downloader.robots import ROBOTS_META

MAX_PER_HOST = 2
"""The most requests of a host in the downloader at once: one under way, and one ready to go when it may."""


class HostPriorityQueue(DownloaderAwarePriorityQueue):
    """A priority queue for each host, in the scheduler.

    Scrapy's own counts only what its slots hold, and would take up requests of a host that must be left alone until no
    place is left for another host.
    """

    def pop(self) -> Request | None:
        """Return the next request of the host whose turn it is, None when each has MAX_PER_HOST under way."""
        downloader = self.crawler.engine.downloader
        pages = (request for request in downloader.active if ROBOTS_META not in request.meta)
        taken = Counter(map(downloader.get_slot_key, pages))
        host = next((host for host in self.pqueues if taken[host] < MAX_PER_HOST), None)
        if host is None:
            return None
        queue = self.pqueues.pop(host)
        request: Request | None = queue.pop()
        if len(queue):
            self.pqueues[host] = queue  # behind the other hosts
        else:
            queue.close()
        return request
