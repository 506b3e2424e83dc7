"""Cleaning on one core: speed, memory, worst inputs. `make bench-clean`; the last line is JSON.

Speeds are pages of 5,000 characters a CPU second, the best of three runs. The peers' come from .venv-peers, on the
same pages in the same run; they are null where that environment is not there.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import cases, material, peers
from cleaners.clean import clean
from cleaners.model import Kind, Page
from cleaners.reading.decode import decode

PAGES, REPEATS = 300, 3
FEW, MANY = (5_000, 15_000), (10_000, 100_000)
"""Pages after which memory is looked at; the second pair with --long. Before, caches fill."""
SIZE = 5_000_000
"""Bytes of a worst input."""
WORST: Mapping[str, str] = {
    "letters": "a",
    "letters and dots": "a.",
    "dots": ".",
    "brackets": "(",
    "wide brackets": "（",
    "Han": "一",
    "spaces": " ",
    "line feeds": "\n",
    "first chunk marks": "1、\n",
    "chunk marks": "".join(f"{number}、\n" for number in range(1, 10_000)),
    "menu words": "返回\n",
    "titles": "工作总结.docx\n",
}

TIMES_TRAFILATURA = {
    "dump_pages_per_s": ("trafilatura_html_pages_per_s", 7.5),
    "mixed_pages_per_s": ("trafilatura_html_pages_per_s", 2.7),
    "html_pages_per_s": ("trafilatura_html_pages_per_s", 3.0),
    "saved_pages_per_s": ("trafilatura_saved_pages_per_s", 4.0),
}
"""How many times as many pages a CPU second are cleaned as trafilatura reads: machines differ, ratios count."""
MAX_SECONDS, MAX_DOUBLING = 2.0, 2.5
"""For 5 MB of anything; and how many times longer than half of it that takes."""
MAX_GROWTH_MB = 8.0
"""By which the pages between two looks may raise the peak of memory: the rules' automata still meet new lines."""


def rate(bodies: Sequence[str], kind: Kind) -> float:
    """Return pages per CPU second, the best of three runs."""
    return round(len(bodies) / min(seconds(bodies, kind) for _ in range(REPEATS)), 1)


def seconds(bodies: Sequence[str | bytes], kind: Kind) -> float:
    """Return the CPU seconds that cleaning takes."""
    start = time.process_time()
    for body in bodies:
        clean(Page(body=body, kind=kind))
    return time.process_time() - start


def peak_mb() -> float:
    """Return the most memory this process has held so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2), 1)


def memory(few: int, many: int) -> dict[str, float]:
    """Return the peak of memory after `few` and after `many` pages of all kinds, no two alike."""
    peaks: dict[str, float] = {}
    for number, text in enumerate(material.mixed(2, many), start=1):
        clean(Page(body=material.html(text), kind="html") if number % 4 == 0 else Page(body=text, kind="text"))
        if number in (few, many):
            peaks[str(number)] = peak_mb()
    return peaks


def speed() -> dict[str, float | None]:
    """Return our speeds on dumps, on a mix of dumps and on saved pages, and the peers' on the same saved pages."""
    dumps = list(material.stream(1, PAGES))
    pages = [material.html(text) for text in dumps]
    answers = {name: peers.run(peer, pages, REPEATS) for name, peer in peers.FOR_SPEED.items()}
    for name, answer in answers.items():
        if answer.why:
            print(f"  {name}: {answer.why}")
    return {
        "dump_pages_per_s": rate(dumps, "text"),
        "mixed_pages_per_s": rate(list(material.mixed(1, PAGES)), "text"),
        "html_pages_per_s": rate(pages, "html"),
        **{f"{name}_html_pages_per_s": round(a.pages_per_s, 1) or None for name, a in answers.items()},
        **saved_speed(),
    }


def saved_speed() -> dict[str, float | None]:
    """Return our speed and trafilatura's on saved pages of real sites; None where they are not there."""
    pages = [decode(case.page.body).text for case in cases.saved(cases.SAVED)]
    theirs = peers.run("trafilatura", pages, REPEATS).pages_per_s if pages else 0.0
    return {
        "saved_pages_per_s": rate(pages, "html") if pages else None,
        "trafilatura_saved_pages_per_s": round(theirs, 1) or None,
    }


def worst() -> dict[str, dict[str, float]]:
    """Return for every worst input the CPU seconds that it takes, and their ratio to those of half of it."""
    taken: dict[str, dict[str, float]] = {}
    for name, piece in WORST.items():
        whole = (piece * (SIZE // len(piece.encode()) + 1)).encode()[:SIZE]
        half, full = (min(seconds([whole[:size]], "text") for _ in range(2)) for size in (SIZE // 2, SIZE))
        taken[name] = {"seconds": round(full, 3), "doubling": round(full / half, 2)}
    return taken


def broken(result: Mapping[str, Any]) -> list[str]:
    """Return a line for every promise that this run does not show."""
    lines: list[str] = []
    for name, (peer, times) in TIMES_TRAFILATURA.items():
        ours, theirs = result[name], result[peer]
        if ours and theirs and ours < times * theirs:
            lines.append(f"{name} is {ours / theirs:.1f} times {peer}, not {times}")
    first, last = result["memory_mb"].values()
    if last - first > MAX_GROWTH_MB:
        lines.append(f"memory grew by {last - first:.1f} MB")
    for name, took in result["worst"].items():
        if took["seconds"] > MAX_SECONDS:
            lines.append(f"5 MB of {name} take {took['seconds']:.1f} s")
        if took["doubling"] > MAX_DOUBLING:
            lines.append(f"twice as many {name} take {took['doubling']:.1f} times as long")
    return lines


def main() -> None:
    """Measure, print a table and the promises that are not kept, end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-clean ARGS=…", description=main.__doc__)
    options.add_argument("--long", action="store_true", help=f"look at memory over {MANY[1]:,} pages")
    result: dict[str, Any] = {"memory_mb": memory(*(MANY if options.parse_args().long else FEW))}
    result = {"peak_rss_mb": peak_mb(), **speed(), **result, "worst": worst()}
    result["broken_promises"] = broken(result)
    for name, value in result.items():
        if not isinstance(value, dict | list):
            print(f"  {name:<32}{'-' if value is None else format(value, ',.1f'):>10}")
    for pages, peak in result["memory_mb"].items():
        print(f"  peak after {int(pages):>7,} pages{'':<8}{peak:>10,.1f} MB")
    for name, took in result["worst"].items():
        print(f"  5 MB of {name:<24}{took['seconds']:>10.3f} s, {took['doubling']:.2f} times half of it")
    for line in result["broken_promises"]:
        print(f"NOT KEPT: {line}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
