"""Reads WARC and WET inputs: each page of status 200 is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaners.model import Page
from crawler.downloader.content_encoding import body_of
from crawler.downloader.responses import content_type, is_unsupported_type
from crawler.files.compression import CompressionError, DecompressedStream
from crawler.files.warc_reader import WarcRecord, WarcRecordError, records, response_of
from crawler.inputs import page
from crawler.inputs.page import BadInput, Input, InputResult, Skipped, timestamp


def pages(name: str, stream: DecompressedStream, wanted: Callable[[str], bool]) -> Iterator[InputResult]:
    """Yield the HTML and text pages of status 200 whose address is `wanted`, and all else as skipped.

    A page is named by its file and its record's id. For a record that is cut or broken a BadInput names the byte at
    which it begins.
    """

    def asked_for(record: WarcRecord) -> bool:
        return record.kind in ("response", "conversion") and wanted(record.url)

    for record in records(stream, asked_for, page.MAX_BYTES):
        if isinstance(record, WarcRecordError):
            yield BadInput(f"{name}: {record}")
            continue
        known = f"{name}#{record.headers.get('warc-record-id', '').strip('<>') or record.place.shown()}"
        yield Skipped(known) if record.block is None else _page(known, record)


def _page(name: str, record: WarcRecord) -> InputResult:
    """Return the page of a record, `Skipped` for any but a page of status 200."""
    if record.kind == "conversion":
        return _input(name, record, Page(body=record.block or b"", kind="text", url=record.url))
    response = response_of(record)
    if response is None or response.status != 200 or response.flags or record.url.endswith("/robots.txt"):
        return Skipped(name)
    try:
        body = body_of(response, page.MAX_BYTES)
    except CompressionError as error:
        return BadInput(f"{name}: {error}; leave the record out")
    if is_unsupported_type(response.replace(body=body)):
        return Skipped(name)
    return _input(name, record, Page(body=body, url=record.url, content_type=content_type(response)))


def _input(name: str, record: WarcRecord, found: Page) -> InputResult:
    try:
        return Input(name, found, timestamp(record.date))
    except ValueError:
        return BadInput(f"{name}: WARC-Date {record.date!r} is no time; mend the record")
