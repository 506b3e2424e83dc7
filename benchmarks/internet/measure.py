"""What a crawl of the small internet came to, against what was planted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import mean
from typing import Any

from benchmarks.cases import MIN_NOISE, Case, fold
from benchmarks.internet.server import Asked
from benchmarks.internet.world import Place, Planted, World
from benchmarks.quality import Score, score
from cleaners.model import Page

TERMS = frozenset(("/robots.txt", "/.well-known/tdmrep.json", "/ai.txt"))
"""The files that speak for a whole host."""
PROMISED = {"found": 0.97, "f1": 0.99, "perfect": 0.90, "clusters": 0.98, "shortest_pause": 1.0}
"""The least of each share."""
NEVER = ("twice", "wrong", "walls_stored")
"""What must not happen once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The pauses that a crawl is to keep: seconds after an answer, times what it took, what a second lasts."""

    delay: float
    factor: float
    second: float


@dataclass(frozen=True, slots=True)
class Found:
    """A stored record and the planted documents whose addresses it has; the first one is that of its own address."""

    record: Mapping[str, Any]
    planted: tuple[Planted, ...]


def figures(world: World, records: Sequence[Mapping[str, Any]], log: Sequence[Asked], pace: Pace) -> dict[str, Any]:
    """Return the figures of a crawl: shares of 1, counts, and pages a second."""
    kept = _kept(world, records)
    scores = scored(kept)
    found = {one.addresses[0] for each in kept for one in each.planted}
    times = Counter(one.addresses[0] for each in kept for one in each.planted)
    stored = {record["url"] for record in records}
    first = [(each.record, each.planted[0]) for each in kept]
    pages = [asked for asked in log if asked.target not in TERMS]
    seconds = max((asked.went for asked in log), default=0.0) - min((asked.came for asked in log), default=0.0)
    return {
        "sites": len(world.places),
        "planted": len(world.planted),
        "found": _share(len(found), len(world.planted)),
        "twice": sum(count > 1 for count in times.values()),
        "wrong": len(records) - len(kept) - len(stored & world.walls),
        "f1": round(mean(one.f1 for one in scores), 4) if scores else 0.0,
        "perfect": _share(sum(one.perfect for one in scores), len(scores)),
        "leaks": sum(one.leaks or 0 for one in scores),
        "titles": _share(sum(fold(record["title"]) == fold(one.title) for record, one in first), len(first)),
        "truncated": _share(sum(record["truncated"] == one.cut for record, one in first), len(first)),
        "walls_stored": len(stored & world.walls),
        "clusters": round(clustered(kept), 4),
        "shortest_pause": round(shortest_pause(world.places, log, pace), 3),
        "pages": len(pages),
        "pages_per_s": round(len(pages) / seconds, 1) if seconds else 0.0,
    }


def broken(result: Mapping[str, Any]) -> list[str]:
    """Return the promises that figures do not keep."""
    low = [f"{name} is {result[name]}, promised {least}" for name, least in PROMISED.items() if result[name] < least]
    return low + [f"{name}: {result[name]}, promised none" for name in NEVER if result[name]]


def worst(world: World, records: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return by site what went wrong, one line each: documents that are missing, and what is wrong with the others."""
    kept, told = _kept(world, records), defaultdict[str, list[str]](list)
    found = {one.addresses[0] for each in kept for one in each.planted}
    for one in world.planted:
        if one.addresses[0] not in found:
            told[one.site].append(f"missing {one.addresses[0]}")
    for each, result in zip(kept, scored(kept), strict=True):
        record, one = each.record, each.planted[0]
        faults = (
            []
            if result.perfect
            else [f"recall {result.recall:.4f} precision {result.precision:.4f} leaks {result.leaks}"]
        )
        faults += [f"title {record['title']}"] if fold(record["title"]) != fold(one.title) else []
        faults += [f"truncated {record['truncated']}"] if record["truncated"] != one.cut else []
        told[one.site] += [f"{', '.join(faults)}: {record['url']}"] if faults else []
    return {site: faults for site, faults in told.items() if faults}


def scored(kept: Iterable[Found]) -> list[Score]:
    """Compare each record with what was planted at its address."""
    return [score(_case(each.planted[0]), each.record["text"]) for each in kept]


def clustered(kept: Sequence[Found]) -> float:
    """Return the harmonic mean of recall and precision over pairs of documents that are copies of one text."""
    wanted, made = defaultdict[int, list[int]](list), defaultdict[str, list[int]](list)
    number = 0
    for each in kept:
        for one in each.planted:
            wanted[one.origin].append(number)
            made[each.record["cluster"] or each.record["sha256"]].append(number)
            number += 1
    right, told = _pairs(wanted.values()), _pairs(made.values())
    return 2 * len(right & told) / (len(right) + len(told)) if right or told else 1.0


def shortest_pause(places: Iterable[Place], log: Iterable[Asked], pace: Pace) -> float:
    """Return the shortest pause between an answer and the next request of its host, as a share of what was due."""
    by_host = {host: place for place in places for host in place.hosts()}
    asked_of = defaultdict[str, list[Asked]](list)
    for asked in log:
        asked_of[asked.host].append(asked)
    shares = [
        (later.came - asked.went) / _due(by_host[host], asked, pace)
        for host, all_asked in asked_of.items()
        for asked, later in pairwise(sorted(all_asked, key=lambda asked: asked.came))
    ]
    return min(shares, default=1.0)


def _due(place: Place, asked: Asked, pace: Pace) -> float:
    return max(pace.delay, place.site.delay, place.crawl_delay * pace.second, pace.factor * (asked.went - asked.came))


def _kept(world: World, records: Iterable[Mapping[str, Any]]) -> list[Found]:
    """Return the records that hold planted documents."""
    planted = {address: one for one in world.planted for address in one.addresses}
    kept = []
    for record in records:
        urls = dict.fromkeys((record["url"], *record["urls"]))
        if record["url"] in planted:
            kept.append(Found(record, tuple(dict.fromkeys(planted[url] for url in urls if url in planted))))
    return kept


def _case(one: Planted) -> Case:
    text = fold(one.text)
    noise = [line for line in map(fold, one.noise) if len(line) >= MIN_NOISE and line not in text]
    return Case(
        name=one.addresses[0],
        domain=one.site,
        family=one.site,
        view="html",
        page=Page(body=b""),
        wanted=text,
        allowed=text,
        noise=noise,
        facts={"title": fold(one.title)},
    )


def _pairs(groups: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    return {pair for group in groups for pair in combinations(group, 2)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
