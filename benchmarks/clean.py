"""Cleaning speed on one core, memory, and worst inputs: `make bench-clean`. The last line is JSON.

Speeds are pages of 5,000 characters a CPU second, the best of three runs. The peers' come from .venv-peers, on the
same pages in the same run, and are null where that environment is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks import material, peers
from cleaners.clean import clean
from cleaners.model import Kind, Page

PAGES, MIXED, REPEATS = 600, 300, 3
PEERS = {"trafilatura": "trafilatura", "resiliparse": "resiliparse main"}

PROMISED = {"dump_pages_per_s": 1000, "mixed_pages_per_s": 400}
TIMES_TRAFILATURA = 10
SECONDS, DOUBLING = 2.0, 2.5
"""What 5 MB of anything may take, and by how much twice the input may take longer."""
GROWTH_MB = 10
"""Memory that ten times the pages may add."""

FEW, MANY = (500, 5_000), (10_000, 100_000)
"""Pages after which memory is looked at; the second pair with --long."""

MEGABYTES = 5_000_000
WORST = {"a", "(", "（", " ", "\n", "一", ".", "a.", "1、\n", "<", "&"}


def rate(bodies: Sequence[str], kind: Kind) -> float:
    """Return pages per CPU second, the best of three runs."""
    best = 0.0
    for _ in range(REPEATS):
        start = time.process_time()
        for body in bodies:
            clean(Page(body=body, kind=kind))
        best = max(best, len(bodies) / (time.process_time() - start))
    return round(best, 1)
