"""The program that tests/test_dedup.py kills: new documents of a ledger judged in small groups.

It says a word when it begins and after each group.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from pipelines.near import labels
from pipelines.near.index import FingerprintIndex, NewDocument

GROUP = 10


class Telling(FingerprintIndex):
    """Says when a group is committed."""

    def add(self, documents: Sequence[NewDocument]) -> None:
        super().add(documents)
        print("group", flush=True)


def main(data_dir: Path) -> None:
    print("go", flush=True)
    with patch.object(labels, "FingerprintIndex", Telling):
        labels.label_ledger(data_dir, group=GROUP)
