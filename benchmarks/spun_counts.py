"""Counts of ordinary text for the detector of spun text: `cleaners/verdicts/spun_counts.npz` from a folder of texts.

Use texts that may be used freely (statutes, manuals under free licences). The file says nothing of any one text: only
contexts that came twice or more are kept.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from cleaners.text.normalized import normalize_codes
from cleaners.verdicts.spun_contexts import SHIPPED, Counts, beside, keys, table, words_in

MIN_COUNT = 2
"""Contexts that came less often are left out."""


def count(texts: Iterable[str]) -> Counts:
    """Count the table's words and their neighbours in `texts`."""
    totals: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for text in texts:
        places, numbers = words_in(text)
        near, far = beside(normalize_codes(text), places)
        totals.update(numbers.tolist())
        for side in range(2):
            for far_too in (0, far[side]):
                found.update(keys(numbers, side, near[side], far_too).tolist())
    kept = sorted(key for key, times in found.items() if times >= MIN_COUNT)
    return Counts(
        np.array([totals[number] for number in range(len(table().names))], np.float64),
        np.array(kept, np.int64),
        np.array([found[key] for key in kept], np.int64),
    )


def write(counts: Counts, target: Path = SHIPPED) -> None:
    """Write counts as the cleaner reads them: keys as steps from one to the next."""
    np.savez_compressed(
        target,
        words=counts.totals.astype(np.uint32),
        steps=np.diff(counts.keys, prepend=np.int64(0)),
        counts=np.minimum(counts.counts, 65535).astype(np.uint16),
    )


def main() -> None:
    """Count the .txt files of a folder and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of .txt files in UTF-8")
    files = sorted(parser.parse_args().folder.rglob("*.txt"))
    counts = count(file.read_text(encoding="utf-8") for file in files)
    write(counts)
    print(f"{len(files)} texts, {int(counts.totals.sum())} words, {len(counts.keys)} contexts: {SHIPPED.name}")


if __name__ == "__main__":
    main()
