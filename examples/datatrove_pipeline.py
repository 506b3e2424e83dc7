"""Dumps through datatrove: read JSONL, clean each text, keep what is whole and of some length, write JSONL.

    python examples/datatrove_pipeline.py rows/ clean/

`rows/` holds files *.jsonl with `text` and, where known, `url` and `id`. Pages without a document go to clean/dropped/.
The executor may be one for Slurm or Ray as well.
"""

from __future__ import annotations

import sys

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from wenqing.adapters.datatrove import WenqingCleaner

MIN_CHARS = 20


def is_wanted(document: Document) -> bool:
    """Say whether a cleaned document is long enough and not known to be cut off."""
    return len(document.text) >= MIN_CHARS and document.metadata["wenqing"]["truncated"] is not True


def main(rows: str, folder: str) -> None:
    """Run the pipeline in this process."""
    steps = [
        JsonlReader(rows, glob_pattern="*.jsonl"),
        WenqingCleaner(exclusion_writer=JsonlWriter(f"{folder}/dropped", compression=None)),
        lambda data, rank, world_size: filter(is_wanted, data),  # noqa: ARG005 (theirs)
        JsonlWriter(folder, compression=None),
    ]
    LocalPipelineExecutor(pipeline=steps, tasks=1, logging_dir=f"{folder}/logs").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
