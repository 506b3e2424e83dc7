"""The program that tests/test_dedup.py kills: new documents of a ledger judged in small groups.

Call: dedup_program.py DATA_DIR. It says a word when it begins and after each group.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipelines.near import labels
from pipelines.near.index import FingerprintIndex, NewDocument

GROUP = 10


class Telling(FingerprintIndex):
    """Says when a group is committed."""

    def add(self, documents: Sequence[NewDocument]) -> None:
        super().add(documents)
        print("group", flush=True)


def main(data_dir: str) -> None:
    print("go", flush=True)
    with patch.object(labels, "FingerprintIndex", Telling):
        labels.label_ledger(Path(data_dir), group=GROUP)


if __name__ == "__main__":
    main(sys.argv[1])
