"""Copies planted among unrelated documents, and how many are found: `make bench-dedup`.

The documents go one after another into an index on disk, all at once through the batch on all cores, and one after
another through MinHash (rensa) over the same Han characters. A document whose original has been seen before, whole or
in a copy, must be told as a copy of one of that original's documents (recall); what is told as a copy must be one of
the right original (precision). Each is measured in a process of its own, on files.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson
import rensa

from benchmarks.copies import planted
from cleaners.canonical import canonical
from cleaners.text.codes import codes, text_of
from pipelines.engine import LocalEngine
from pipelines.near import judging
from pipelines.near.fingerprints import KEPT
from pipelines.near.index import FingerprintIndex, NewDocument, batches
from pipelines.near.splits import splits
from pipelines.workers import cores

DOCUMENTS = 100_000
PROMISED = {"recall": 0.99, "recall_cut": 0.99, "recall_all_together": 0.99, "precision": 0.99}
PROMISED_SPEED = {"stream_docs_per_s": 1000, "batch_docs_per_s": 5000}
MAX_MB = 1024
ROUNDS_MEMORY = 2 << 30
"""Bytes that DuckDB may take in rounds."""
PERMUTATIONS, BANDS, JACCARD, GRAM = 128, 32, 0.5, 5
"""MinHash at its best here: with a Jaccard of 0.7 it finds fewer."""

Owners = list[int]
"""For each document the one that it is told to be a copy of, -1 for none."""
Measure = Callable[[Path, Path], Owners]


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """What a measure found, and what it took: seconds, seconds of all cores, memory and files at their highest (MB)."""

    owners: Owners
    seconds: float
    cpu: float
    peak_mb: float
    disk_mb: float


def stream(documents: Path, folder: Path) -> Owners:
    """Add one document after another to an index on disk."""
    index = FingerprintIndex(folder / "near.sqlite")
    texts = (NewDocument(number, str(number), text) for number, text in enumerate(_texts(documents)))
    for group in batches(texts):
        index.add(group)
    owners = [verdict.first_doc for _, verdict in sorted(index.verdicts().items())]
    index.close()
    return owners


def batch(documents: Path, folder: Path) -> Owners:
    """Take all documents at once, on all cores."""
    return _owners(documents, folder, sys.maxsize)


def rounds(documents: Path, folder: Path) -> Owners:
    """Take all documents at once, in rounds on the disk."""
    return _owners(documents, folder, 0)


def _owners(documents: Path, folder: Path, limit: int) -> Owners:
    """Give verdicts with `limit` bytes of memory, or in rounds."""
    with closing(LocalEngine(cores(), ROUNDS_MEMORY, folder)) as engine:
        found = judging.verdicts(splits(documents), folder, engine, workers=cores(), limit=limit)
        return [verdict.first_doc for verdict in found]


def minhash(documents: Path, _folder: Path) -> Owners:
    """Look each document up among those before by bands of its MinHash; the likest one counts."""
    bands = rensa.RMinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS, num_bands=BANDS)
    signed: list[Any] = []
    owners = []
    for number, text in enumerate(_texts(documents)):
        whole = canonical(text)
        han = text_of(codes(whole)[KEPT.places(whole)])
        signature = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update([han[at : at + GRAM] for at in range(len(han) - GRAM + 1)])
        likeness = {before: signature.jaccard(signed[before]) for before in bands.query(signature)}
        best = max(likeness, key=lambda each: (likeness[each], -each), default=-1)
        owners.append(best if best >= 0 and likeness[best] >= JACCARD else -1)
        bands.insert(number, signature)
        signed.append(signature)
    return owners


def _texts(documents: Path) -> Iterator[str]:
    with documents.open("rb") as file:
        for line in file:
            yield orjson.loads(line)["text"]


def run(measure: Measure, documents: Path) -> MeasuredRun:
    """Run a measure in a process of its own, and watch its memory and that of its workers."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measured, args=(measure, documents, sender))
    process.start()
    sender.close()
    peak = disk = 0.0
    while not receiver.poll(0.1):
        peak, disk = max(peak, _held_mb(process.pid)), max(disk, _stored_mb(documents))
    owners, seconds, cpu = receiver.recv()
    process.join()
    return MeasuredRun(owners, seconds, cpu, peak, disk)


def _measured(measure: Measure, documents: Path, result: Connection) -> None:
    with tempfile.TemporaryDirectory(dir=documents.parent) as folder:
        start = time.monotonic()
        owners = measure(documents, Path(folder))
        seconds = time.monotonic() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    result.send((owners, seconds, sum(each.ru_utime + each.ru_stime for each in used)))


def _held_mb(pid: int | None) -> float:
    """Return the memory that a process and those it started hold now, in MB; 0 when it has just ended."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2
    except (OSError, IndexError):
        return 0.0
    return own + sum(_held_mb(int(child)) for child in children)


def _stored_mb(documents: Path) -> float:
    """Return the size of the files that a measure has made beside `documents`, in MB."""
    total = 0
    with suppress(OSError):  # it has just removed one
        for path in documents.parent.rglob("*"):
            total += path.stat().st_size if path != documents else 0
    return total / 1024**2


def score(truth: Sequence[tuple[int, str]], owners: Owners) -> dict[str, float]:
    """Return recall, in all and by the kind of copy, and precision; `truth` is original and kind of each document."""
    seen: set[int] = set()
    due, found = Counter[str](), Counter[str]()
    for (original, kind), owner in zip(truth, owners, strict=True):
        if original in seen:
            due[kind] += 1
            found[kind] += owner >= 0 and truth[owner][0] == original
        seen.add(original)
    told = [(original, truth[owner][0]) for (original, _), owner in zip(truth, owners, strict=True) if owner >= 0]
    right = sum(original == theirs for original, theirs in told)
    by_kind = {kind or "original": found[kind] / due[kind] for kind in sorted(due)}
    return {"recall": found.total() / max(due.total(), 1), **by_kind, "precision": right / max(len(told), 1)}


def report(
    truth: Sequence[tuple[int, str]], streamed: MeasuredRun, batched: MeasuredRun, peer: MeasuredRun
) -> dict[str, Any]:
    """Return the figures."""
    count, other = len(truth), score(truth, peer.owners)
    return {
        **_quality(truth, streamed.owners),
        "same_verdicts": streamed.owners == batched.owners,
        "stream_docs_per_s": round(count / streamed.seconds),
        "stream_docs_per_cpu_s": round(count / streamed.cpu),
        "stream_rss_mb": round(streamed.peak_mb),
        "stream_disk_mb": round(streamed.disk_mb),
        **_batch(count, batched),
        "peak_rss_mb": round(max(streamed.peak_mb, batched.peak_mb)),
        "minhash": {
            "recall": round(other["recall"], 4),
            "precision": round(other["precision"], 4),
            "docs_per_s": round(count / peer.seconds),
            "docs_per_cpu_s": round(count / peer.cpu),
        },
    }


def _quality(truth: Sequence[tuple[int, str]], owners: Owners) -> dict[str, Any]:
    scores = score(truth, owners)
    by_kind = {name: round(value, 4) for name, value in scores.items() if name not in ("recall", "precision")}
    return {
        "documents": len(truth),
        "recall": round(scores["recall"], 4),
        "recall_cut": by_kind.get("cut", 1.0),
        "recall_all_together": by_kind.get("all", 1.0),
        "precision": round(scores["precision"], 4),
        "recall_by_kind": by_kind,
    }


def _batch(count: int, batched: MeasuredRun) -> dict[str, Any]:
    return {
        "batch_docs_per_s": round(count / batched.seconds),
        "batch_docs_per_cpu_s": round(count / batched.cpu),
        "batch_rss_mb": round(batched.peak_mb),
        "batch_disk_mb": round(batched.disk_mb),
        "cores": cores(),
    }


def broken(result: dict[str, Any]) -> list[str]:
    """Return the promises that the figures do not keep."""
    # A few documents are done before the workers have started.
    least = {**PROMISED, **(PROMISED_SPEED if result["documents"] >= DOCUMENTS else {})}
    least = {name: value for name, value in least.items() if name in result}
    lines = [f"{name} {result[name]}, promised {value}" for name, value in least.items() if result[name] < value]
    if result["peak_rss_mb"] > MAX_MB:
        lines.append(f"{result['peak_rss_mb']} MB, promised {MAX_MB}")
    if not result.get("same_verdicts", True):
        lines.append("the batch gave other verdicts than the stream")
    return lines


def main() -> None:
    """Make the documents, measure, print the promises that are not kept, end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-dedup ARGS=…", description=main.__doc__)
    options.add_argument("--documents", type=int, default=DOCUMENTS, help=f"{DOCUMENTS:,} unless told")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--batch", action="store_true", help="the batch alone, as for a million documents")
    options.add_argument(
        "--rounds", action="store_true", help="rounds on the disk alone, as for more than memory holds"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        documents, truth = Path(folder) / "documents.jsonl", []
        with documents.open("wb") as file:
            for each in planted(given.seed, given.documents):
                truth.append((each.original, each.kind))
                file.write(orjson.dumps({"text": each.text}) + b"\n")
        if given.batch or given.rounds:
            alone = run(rounds if given.rounds else batch, documents)
            result = {**_quality(truth, alone.owners), **_batch(len(truth), alone), "peak_rss_mb": round(alone.peak_mb)}
        else:
            result = report(truth, *(run(measure, documents) for measure in (stream, batch, minhash)))
    result = {**result, "seed": given.seed, "broken_promises": broken(result)}
    for line in result["broken_promises"]:
        print(f"NOT KEPT: {line}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
