"""A step of a datatrove pipeline: its readers, writers and executors (local, Slurm, Ray) then serve the cleaner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints

from cleaners.clean import clean
from cleaners.model import BLOCK_PAGE, Document, Page

if TYPE_CHECKING:
    from datatrove.data import Document as Row
    from datatrove.pipeline.writers.disk_base import DiskWriter


class WenqingCleaner(PipelineStep):  # type: ignore[misc]
    """Cleans the text of each document; the record without the text goes to `metadata["wenqing"]`.

    `metadata["url"]` says where a text is from. A document whose page holds no document text is dropped, counted by
    reason (`no_text`, `block_page:login`), and goes as it came to the `exclusion_writer`, with the reason in
    `metadata["filter_reason"]`, as datatrove's filters do it. `html` says that the texts are HTML; `keep_script` and
    `keep_lines` are those of `Page`. The stat `truncated` counts texts that are cut off.
    """

    type = "🔻 - FILTER"
    name = "🧹 wenqing"

    def __init__(
        self,
        exclusion_writer: DiskWriter | None = None,
        *,
        html: bool = False,
        keep_script: bool = False,
        keep_lines: bool = False,
    ) -> None:
        super().__init__()
        self.exclusion_writer = exclusion_writer
        self.html = html
        self.keep_script = keep_script
        self.keep_lines = keep_lines

    def run(self, data: Iterator[Row], rank: int = 0, world_size: int = 1) -> Iterator[Row]:  # noqa: ARG002 (theirs)
        """Yield the documents that have text, cleaned."""
        with ExitStack() as opened:
            writer = self.exclusion_writer and opened.enter_context(self.exclusion_writer)
            for row in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    document = self._cleaned(row)
                if document.key is None:
                    self.stat_update(StatHints.dropped, f"dropped_{_reason(document)}")
                    if writer:
                        row.metadata["filter_reason"] = _reason(document)
                        writer.write(row, rank)
                    continue
                self.stat_update(StatHints.forwarded, *(["truncated"] if document.truncated else []))
                record = document.record(added=None, input=row.id)
                row.text = record.pop("text")
                row.metadata["wenqing"] = record
                self.update_doc_stats(row)
                yield row

    def _cleaned(self, row: Row) -> Document:
        return clean(
            Page(
                body=row.text,
                kind="html" if self.html else "text",
                url=row.metadata.get("url"),
                keep_script=self.keep_script,
                keep_lines=self.keep_lines,
            )
        )


def _reason(document: Document) -> str:
    """Return why a page has no document: what stands in its place where that is known."""
    return f"{BLOCK_PAGE}{document.block_page}" if document.block_page else "no_text"
