"""Reads WARC files record by record; a truncated or broken record is reported with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.files.compression import CompressionError, DecompressedStream, MemberOffset

MAX_HEADERS = 64 * 1024
"""The most bytes of a record's own headers, and of those of the answer in it."""
MAX_REREAD = 256 * 1024 * 1024
"""The most bytes of a file that are read again to find the records that broken ones have swallowed."""
_VERSION = re.compile(rb"WARC/\d\.\d+\s*")
_AT_LAST = re.compile(_VERSION.pattern + rb"\Z")
_REST_LOST = "what stands before it was read, fetch the rest again"
_ONE_LOST = "the record is left out, mend or fetch it again"
_NEXT = b"\r\n\r\nWARC/"
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class WarcRecordError(ValueError):
    """A record that is cut or none, as one line: where it begins, what is wrong, and the remedy."""


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A WARC record: its type, its headers by their names in lower case, where it begins, and its block.

    The block is None where it was passed over.
    """

    kind: str
    headers: Mapping[str, str]
    place: MemberOffset
    block: bytes | None = None

    @property
    def url(self) -> str:
        """The address that the record is about; older tools write it in angle brackets."""
        return self.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")

    @property
    def date(self) -> str:
        """WARC-Date as it stands."""
        return self.headers.get("warc-date", "")


def records(
    source: DecompressedStream, wanted: Callable[[WarcRecord], bool], most: int
) -> Iterator[WarcRecord | WarcRecordError]:
    """Yield the records of a WARC file, with the blocks of those that are `wanted` and have at most `most` bytes.

    One record is held at a time. In the place of one that is cut or broken its WarcRecordError is yielded, and reading
    goes on with the next record; of a broken packing, with the next packed member that begins one.
    """
    budget = MAX_REREAD
    while True:
        place: MemberOffset | None = None
        record: WarcRecord | None = None
        try:
            place = source.place()
            record = _head(source, place)
            if record is None:
                return
            record = _with_block(source, record, wanted(record), most)
            _end(source)
            source.settle()
        except (CompressionError, WarcRecordError) as error:
            begun = place or source.position
            try:
                if isinstance(error, CompressionError):
                    raise
                budget -= _resume(source, error.record if isinstance(error, _CutBlockError) else record, budget)
                found = source.begins(b"WARC/")
            except CompressionError:
                found = source.next_member(b"WARC/")
            yield _told(begun, error, _ONE_LOST if found else _REST_LOST)
        else:
            yield record


def _told(place: MemberOffset, error: Exception, remedy: str) -> WarcRecordError:
    return WarcRecordError(f"byte {place.shown()}: {error}; {remedy}")


class _CutBlockError(WarcRecordError):
    """The file ends within the block of `record`, which has what there is of it."""

    def __init__(self, record: WarcRecord, missing: int) -> None:
        super().__init__(f"{missing} bytes are missing")
        self.record = record


def _with_block(source: DecompressedStream, record: WarcRecord, wanted: bool, most: int) -> WarcRecord:
    """Read the block of a record, or pass over it; raises `_CutBlockError` where the file ends before."""
    size = int(record.headers["content-length"])
    if size <= most and wanted:
        record = replace(record, block=source.read(size))
        missing = size - len(record.block or b"")
    else:
        missing = size - source.skip(size)
    if missing:
        raise _CutBlockError(record, missing)
    return record


def _resume(source: DecompressedStream, broken: WarcRecord | None, budget: int) -> int:
    """Go on to the next line that begins a record, also to one that the block of the broken record has swallowed.

    Returns how many bytes are read again for it, `budget` at most.
    """
    _, found, rest = ((broken and broken.block) or b"").partition(_NEXT)
    again = b"WARC/" + rest if found and len(rest) < budget else b""
    source.unread(again)
    while line := source.readline(MAX_HEADERS):
        if begun := _AT_LAST.search(line):  # what unpacks wrong may stand before it
            source.unread(begun[0])
            break
    return len(again)


def _head(source: DecompressedStream, place: MemberOffset) -> WarcRecord | None:
    """Read the headers of a record, None at the end of the file."""
    left = MAX_HEADERS
    while not (line := source.readline(left)).strip():
        if not line:
            return None
        left -= len(line)
    if not _VERSION.fullmatch(line):
        source.unread(line)
        raise WarcRecordError(f"no WARC record begins here ({line[:20]!r})")
    headers: dict[str, str] = {}
    name = ""
    while (line := source.readline(left)).strip():
        left -= len(line)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not colon:
            raise WarcRecordError(f"broken headers ({line[:20]!r})")
        headers[name] = value.strip()
    if not line or not re.fullmatch("[0-9]{1,18}", headers.get("content-length", "")):
        raise WarcRecordError("the headers have no end" if not line else "no Content-Length")
    return WarcRecord(headers.get("warc-type", ""), headers, place)


def _end(source: DecompressedStream) -> None:
    """Read the two empty lines after a record, which the last one of a file may lack."""
    read = b""
    for _ in range(2):
        line = source.readline(80)
        read += line
        if line.strip():
            source.unread(read)
            raise WarcRecordError(f"the record does not end where its Content-Length says ({line[:20]!r})")


def facts_of(record: WarcRecord) -> dict[str, str]:
    """Return what a `warcinfo` says, by names in lower case."""
    pairs = (line.partition(":") for line in (record.block or b"").decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def status_of(record: WarcRecord) -> int | None:
    """Return the status of the HTTP answer in a `response` record, None when there is none."""
    found = _STATUS.match(record.block or b"")
    return int(found[1]) if found else None


def response_of(record: WarcRecord) -> Response | None:
    """Return the HTTP answer in a `response` record, its body still packed as Content-Encoding says.

    None when there is none. The flag `cut` says that the body is not whole, as the record itself tells.
    """
    status = status_of(record)
    if status is None:
        return None
    head, _, body = _halves(record.block or b"")
    fields: dict[bytes, list[bytes]] = {}  # Headers.appendlist takes quadratic time over many headers of one name
    for line in head.splitlines()[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(name.strip().title(), []).append(value.strip())
    headers = Headers(fields)
    coding = headers.pop("Transfer-Encoding", None)
    if coding and b"chunked" in coding[0].lower():
        body = _joined(body)
    kind = responsetypes.from_args(headers=headers, body=body)
    flags = ["cut"] if "warc-truncated" in record.headers else []
    return kind(record.url, status=status, headers=headers, body=body, flags=flags)


def _halves(block: bytes) -> tuple[bytes, bytes, bytes]:
    crlf, lf = block.find(b"\r\n\r\n"), block.find(b"\n\n")
    return block.partition(b"\r\n\r\n" if crlf >= 0 and (lf < 0 or crlf < lf) else b"\n\n")


def _joined(body: bytes) -> bytes:
    """Return a chunked body in one piece; one that is not chunked, whatever its header says, as it is."""
    pieces: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size, at = int(chunk[1], 16), chunk.end()
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[at : at + size])
        at += size
        at += len(body[at : at + 2]) if body.startswith(b"\r\n", at) else 1
    return b"".join(pieces) if pieces and at >= len(body) else body
