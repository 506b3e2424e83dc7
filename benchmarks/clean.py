"""Cleaning speed on one core: `make bench-clean`. The last line is JSON."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Sequence

from benchmarks import material
from cleaners.clean import clean
from cleaners.model import Page

PAGES = 600
REPEATS = 3


def rate(bodies: Sequence[str], kind: str) -> float:
    """Return pages per CPU second, the best of three runs."""
    best = 0.0
    for _ in range(REPEATS):
        start = time.process_time()
        for body in bodies:
            clean(Page(body=body, kind="html" if kind == "html" else "text"))
        best = max(best, len(bodies) / (time.process_time() - start))
    return round(best, 1)


def main() -> None:
    """Measure, print a table, end with one JSON line."""
    dumps = list(material.stream(1, PAGES))
    pages = [material.html(dump) for dump in dumps]
    clean(Page(body=dumps[0]))
    result = {
        "dump_pages_per_s": rate(dumps, "text"),
        "html_pages_per_s": rate(pages, "html"),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    print(f"{PAGES} pages of 5,000 characters, one core, CPU seconds, best of {REPEATS}")
    for name, value in result.items():
        print(f"  {name:<20} {value:>10,.1f}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
