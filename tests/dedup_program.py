"""The program that tests/test_dedup.py kills: new documents of a ledger judged in small groups.

Call: dedup_program.py DATA_DIR. It says when it begins.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipelines.near.marks import mark


def main(data_dir: str) -> None:
    print("go", flush=True)
    mark(Path(data_dir), group=10)


if __name__ == "__main__":
    main(sys.argv[1])
