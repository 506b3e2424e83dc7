"""What a file holds: by the ending of its name, and where that says nothing, by its first bytes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

from crawler.files import compression
from crawler.files.compression import CompressionError, DecompressedStream
from crawler.inputs import mhtml
from crawler.inputs.page import MAX_BYTES, is_binary
from crawler.inputs.rows import is_page
from pipelines.ledger.json_lines import parsed

InputFormat = Literal["txt", "html", "jsonl", "parquet", "warc"]

ENDINGS: Mapping[str, InputFormat] = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
PARQUET = b"PAR1\x15"
RECORD = frozenset({"sha256", "truncation", "edits", "version", "input"})
"""Fields by which a record of `scrapy clean` is told from any other row."""
HEAD = 64 * 1024
"""Bytes that say what a file holds."""
MIN_HAN = 0.3
"""Share of Chinese characters from which the text in a file with an unknown ending is a dump and no program."""
_DATA = ("{", "[", "<", "#!", "//", "/*")
_TABLES = frozenset({".csv", ".tsv", ".log", ".srt", ".ass", ".lrc", ".json", ".xml", ".yaml", ".yml", ".toml", ".ini"})
"""Endings of text that is data, whatever it speaks of."""


def format_of(path: str) -> InputFormat | None:
    """Return what a file holds, by the ending of its name; None for another ending."""
    return ENDINGS.get(ending_of(path))


def ending_of(path: str) -> str:
    """Return the ending of a name in lower case, without that of its packing and a query that was saved with it.

    >>> ending_of("a/view.asp?id=3.1"), ending_of("dump.TXT.gz"), ending_of("README")
    ('.asp', '.txt', '')
    """
    stem, ending = os.path.splitext(os.path.basename(path).lower().partition("?")[0])
    return os.path.splitext(stem)[1] if ending in compression.ENDINGS else ending


def judged(path: str) -> InputFormat | None:
    """Return what the first bytes of a file with an unknown ending say it holds; None when it is no page.

    Plain text is taken for a page only when it is Chinese. Raises OSError.
    """
    with compression.opened(path) as stream:
        try:
            head = _head(stream)
        except CompressionError:
            return None
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(PARQUET):
        return "parquet"
    if mhtml.is_mhtml(head):
        return "html"
    if is_binary(head):
        return None
    first, _, second = head.lstrip().partition(b"\n")
    if is_page(first) and (ending_of(path) != ".json" or is_page(second.partition(b"\n")[0])):
        return "jsonl"
    from cleaners.reading.decode import decode
    from cleaners.reading.render import is_html

    text = decode(head).text
    if is_html(text):
        return "html"
    if ending_of(path) in _TABLES or text.lstrip().startswith(_DATA):
        return None
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    return "txt" if han and han >= MIN_HAN * sum(not char.isspace() for char in text) else None


def is_output(path: str) -> bool:
    """Say whether a file holds records that `scrapy clean` wrote, by the first of them; one that is broken does not."""
    try:
        match format_of(path):
            case "jsonl":
                with compression.opened(path) as stream:
                    first = parsed(stream.readline(MAX_BYTES))
                return isinstance(first, dict) and first.keys() >= RECORD
            case "parquet":
                import pyarrow.parquet as pq

                return set(pq.read_schema(path).names) >= RECORD
    except (CompressionError, ValueError, OSError):  # Arrow's errors are among these
        pass
    return False


def holds_no_text(path: str) -> bool:
    """Say whether a file with an unknown ending is no text, by its first bytes. Raises OSError."""
    with open(path, "rb") as file:
        return is_binary(file.read(HEAD))


def _head(stream: DecompressedStream) -> bytes:
    """Return the first bytes, cut at the end of a line where there is one."""
    head = stream.read(HEAD)
    return head[: head.rfind(b"\n") + 1] or head if len(head) == HEAD else head
