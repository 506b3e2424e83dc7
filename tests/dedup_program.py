"""The program that tests/test_dedup.py kills: new documents of a ledger judged in small groups.

Call: dedup_program.py DATA_DIR. It says a word when it begins and after each group.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipelines.near import marks
from pipelines.near.index import Index, Text

GROUP = 10


class Telling(Index):
    """Says when a group is committed."""

    def add(self, documents: Sequence[Text]) -> None:
        super().add(documents)
        print("group", flush=True)


def main(data_dir: str) -> None:
    print("go", flush=True)
    with patch.object(marks, "Index", Telling):
        marks.mark(Path(data_dir), group=GROUP)


if __name__ == "__main__":
    main(sys.argv[1])
