"""Writes request and response as WARC records, by warcio."""

from __future__ import annotations

import io
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Headers, Response
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_VERSION = "1.1"
_TRUNCATED = {"dataloss": "disconnect", "download_stopped": "length"}
"""Flags of an answer that is not whole, and what WARC-Truncated says of them."""


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """Headers as they were received; warcio would write those that are not ASCII in another way."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        made: bytes = self.to_bytes(filter_func, encoding="latin-1")
        return made


def info(name: str, facts: dict[str, str]) -> bytes:
    """Return the record that a file begins with."""
    out = io.BytesIO()
    writer = WARCWriter(out, warc_version=_VERSION)
    writer.write_record(writer.create_warcinfo_record(name, facts))
    return out.getvalue()


def exchange(response: Response, request: Request, now: datetime) -> bytes:
    """Return an answer and its request as two WARC records, each a gzip member."""
    out = io.BytesIO()
    writer = WARCWriter(out, warc_version=_VERSION)
    facts = {"WARC-Date": now.isoformat(timespec="microseconds").replace("+00:00", "Z")}
    if response.ip_address:
        facts["WARC-IP-Address"] = str(response.ip_address)
    about: dict[str, str] = {}
    kind = "response"
    if response.status == HTTPStatus.NOT_MODIFIED:
        kind = "revisit"
        about = {"WARC-Profile": NOT_MODIFIED, "WARC-Refers-To-Target-URI": response.url}
    elif truncated := next((_TRUNCATED[flag] for flag in response.flags if flag in _TRUNCATED), None):
        about = {"WARC-Truncated": truncated}
    answered = writer.create_warc_record(
        response.url,
        kind,
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=_Head(_status(response), _pairs(response.headers), protocol=response.protocol or "HTTP/1.1"),
        warc_headers_dict={**facts, **about},
    )
    url = urlsplit(request.url)
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    pairs = [("Host", url.netloc), *(pair for pair in _pairs(request.headers) if pair[0] != "Host")]
    asked = writer.create_warc_record(
        response.url,
        "request",
        http_headers=_Head(f"{target} HTTP/1.1", pairs, protocol=request.method),
        warc_headers_dict=facts,
    )
    writer.write_request_response_pair(asked, answered)
    return out.getvalue()


def _status(response: Response) -> str:
    """Return the status with the usual words for it: those that were sent are not known."""
    try:
        return f"{response.status} {HTTPStatus(response.status).phrase}"
    except ValueError:
        return f"{response.status} "


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name in headers for value in headers.getlist(name)]
