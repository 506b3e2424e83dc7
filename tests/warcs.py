"""WARC files made by warcio, whose reading and writing is not ours."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2026-11-01T08:00:00Z"


def record(
    url: str,
    body: bytes | str = "",
    *,
    kind: str = "response",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    date: str = DATE,
    packed: bool = True,
    warc: Mapping[str, str] | None = None,
) -> bytes:
    """Return one record; `warc` are further headers of it, without their WARC- in front.

    The same arguments give the same bytes: warcio would draw an id.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url}")
    extra = {
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        **{f"WARC-{name}": value for name, value in (warc or {}).items()},
    }
    fields = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    http = StatusAndHeaders(f"{status} OK", list(fields.items()), protocol="HTTP/1.1") if kind == "response" else None
    payload = io.BytesIO(body.encode() if isinstance(body, str) else body)
    made: Any = writer.create_warc_record(
        url, kind, payload=payload, length=len(payload.getvalue()), http_headers=http, warc_headers_dict=extra
    )
    writer.write_record(made)
    return out.getvalue()


def info(packed: bool = True, **facts: str) -> bytes:
    """Return a warcinfo record."""
    body = "".join(f"{name}: {value}\r\n" for name, value in facts.items())
    return record("", body, kind="warcinfo", packed=packed, warc={"Filename": "a.warc.gz"})
