"""Reads addresses from the index of an archive or a public crawl: CDX with its header line, CDXJ, and JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import orjson

from crawler.files.compression import CompressionError, opened

MAX_LINE = 64 * 1024
"""Bytes of the longest row."""
_HEADER = re.compile(rb"(.)CDX(?:\1[A-Za-z])+\s*")
_CDXJ = re.compile(rb"\S* ?\d{4,17} (?=\{)")


def is_cdx(file: Path) -> bool:
    """Say whether a file is an index, by its first row; raises OSError, and ValueError for a broken packing."""
    with opened(file) as stream:
        row = stream.readline(MAX_LINE)
    return bool(_HEADER.fullmatch(row) or _CDXJ.match(row) or row.startswith((b"{", b"!")))


def addresses(file: Path) -> Iterator[str]:
    """Yield the address of each row; raises OSError, and ValueError with file and line for a row without one."""
    column: tuple[bytes, int] | None = None
    number = 0
    try:
        with opened(file) as stream:
            while row := stream.readline(MAX_LINE):
                number += 1
                if header := _HEADER.fullmatch(row):
                    column = header[1], row.split(header[1])[2:].index(b"a")
                elif row.strip() and not row.startswith(b"!"):
                    yield _address(row.strip(), column)
    except CompressionError as error:
        raise ValueError(f"{file}:{number + 1}: {error}; fetch it again") from None
    except ValueError:
        raise ValueError(f"{file}:{number}: no row of a CDX, CDXJ or JSON index; mend it or take it out") from None


def _address(row: bytes, column: tuple[bytes, int] | None) -> str:
    """Return the address in a row; raises ValueError when there is none."""
    if column is not None:
        fields = row.split(column[0])
        return fields[column[1]].decode() if len(fields) > column[1] else _none(row)
    facts = orjson.loads(row[found.end() :] if (found := _CDXJ.match(row)) else row)
    url = facts.get("url") if isinstance(facts, dict) else None
    return url if isinstance(url, str) else _none(row)


def _none(row: bytes) -> str:
    raise ValueError(f"no address in {row[:40]!r}")
