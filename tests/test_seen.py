"""A set of addresses that keeps only their hashes."""

from __future__ import annotations

import random

from crawler.frontier.seen import SeenUrls


def test_it_tells_what_a_set_tells() -> None:
    chance, seen, told = random.Random(1), SeenUrls(), set[str]()
    for _ in range(60_000):  # some settle many times
        url = f"http://www.demo.example/d/{chance.randrange(40_000)}.html"
        assert seen.add(url) == (url not in told)
        told.add(url)
    seen.update(["http://www.demo.example/", *told])
    assert len(seen) == len(told) + 1
    assert all(url in seen for url in told)
    assert not any(f"http://www.demo.example/d/{number}.html" in seen for number in range(40_000, 60_000))
