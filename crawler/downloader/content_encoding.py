"""Removes the Content-Encodings of a response body."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import brotli  # type: ignore[import-untyped]
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from crawler.files.compression import Compression, CompressionError, DecompressedStream
from crawler.files.signatures import reads_as_text

_UNKNOWN = "is packed as %s, which is not known here"


class TooLarge(CompressionError):  # noqa: N818
    """A body that unpacks to more than it may."""


def body_of(response: Response, most: int) -> bytes:
    """Return the body of an answer as it was before it was packed; raises CompressionError as `unpack` does."""
    values = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
    return unpack(response.body, [coding.strip() for coding in values.split(",") if coding.strip()], most)


def unpacked(response: Response, most: int) -> Response:
    """Return an answer as if it had come unpacked; raises CompressionError as `unpack` does."""
    body = body_of(response, most)
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    encoding = {"encoding": None} if issubclass(kind, TextResponse) else {}
    return response.replace(cls=kind, headers=headers, body=body, **encoding)


def unpack(body: bytes, codings: Sequence[str], most: int) -> bytes:
    """Return a body without its Content-Encodings, of which the last was put on last.

    A header that is not true, over text that was never packed or is unpacked already, is passed over: servers name
    charsets there, and archives keep the header of what they unpacked. Raises CompressionError for a body that is cut,
    damaged or packed in a way not known here, `TooLarge` for more than `most` bytes.
    """
    for coding in reversed(codings):
        try:
            body = _CODINGS.get(coding, _refused)(body, most + 1)
        except (CompressionError, zlib.error, brotli.error) as error:
            if not reads_as_text(body):
                raise CompressionError(
                    f"broken {coding} ({error})" if coding in _CODINGS else _UNKNOWN % coding
                ) from None
        if len(body) > most:
            raise TooLarge(f"unpacks to more than {most >> 20} MiB")
    return body


def _refused(body: bytes, most: int) -> bytes:  # noqa: ARG001
    raise CompressionError("not known here")


def _members(body: bytes, most: int, packing: Compression) -> bytes:
    """Unpack all members; what a server sends behind them is passed over, as browsers do."""
    return DecompressedStream(io.BytesIO(body), packing, rubbish_behind=True).read(most)


def _deflated(body: bytes, most: int) -> bytes:
    """Unpack deflate, which some servers send without the wrapping that HTTP asks for."""
    for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(form)
        try:
            made = decoder.decompress(body, most)
        except zlib.error:
            continue
        if not decoder.eof and len(made) < most:
            raise CompressionError("it ends too early")
        return made
    raise CompressionError("no deflate")


def _brotlied(body: bytes, most: int) -> bytes:
    decoder = brotli.Decompressor()
    pieces, size = [decoder.process(body, output_buffer_limit=most)], 0
    while pieces[-1] and (size := size + len(pieces[-1])) < most and not decoder.is_finished():
        pieces.append(decoder.process(b"", output_buffer_limit=most - size))
    if not decoder.is_finished() and size < most:
        raise CompressionError("it ends too early")
    return b"".join(pieces)


_CODINGS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "identity": lambda body, _: body,
    "gzip": partial(_members, packing="gzip"),
    "x-gzip": partial(_members, packing="gzip"),
    "zstd": partial(_members, packing="zstd"),
    "deflate": _deflated,
    "br": _brotlied,
}
