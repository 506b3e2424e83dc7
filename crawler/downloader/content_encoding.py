"""Removes the Content-Encodings of a response body."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping, Sequence

import brotli  # type: ignore[import-untyped]
from scrapy.http import Response

from crawler.files.compression import CompressionError, DecompressedStream


def body_of(response: Response, most: int) -> bytes:
    """Return the body of an answer as it was before it was packed; raises CompressionError as `unpack` does."""
    values = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
    return unpack(response.body, [coding.strip() for coding in values.split(",") if coding.strip()], most)


def unpack(body: bytes, codings: Sequence[str], most: int) -> bytes:
    """Return a body without its Content-Encodings, of which the last was put on last.

    Raises CompressionError for one that is cut, damaged, packed in a way not known here, or of more than `most` bytes.
    """
    for coding in reversed(codings):
        try:
            body = _CODINGS[coding](body, most + 1)
        except KeyError:
            raise CompressionError(f"is packed as {coding}, which is not known here") from None
        except (zlib.error, brotli.error) as error:
            raise CompressionError(f"broken {coding} ({error})") from None
        if len(body) > most:
            raise CompressionError(f"unpacks to more than {most >> 20} MiB")
    return body


def _deflated(body: bytes, most: int) -> bytes:
    """Unpack deflate, which some servers send without the wrapping that HTTP asks for."""
    for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(form)
        try:
            made = decoder.decompress(body, most)
        except zlib.error:
            continue
        if not decoder.eof and len(made) < most:
            raise CompressionError("broken deflate (it ends too early)")
        return made
    raise CompressionError("broken deflate")


def _brotlied(body: bytes, most: int) -> bytes:
    decoder = brotli.Decompressor()
    pieces, size = [decoder.process(body, output_buffer_limit=most)], 0
    while pieces[-1] and (size := size + len(pieces[-1])) < most and not decoder.is_finished():
        pieces.append(decoder.process(b"", output_buffer_limit=most - size))
    if not decoder.is_finished() and size < most:
        raise CompressionError("broken br (it ends too early)")
    return b"".join(pieces)


_CODINGS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "identity": lambda body, _: body,
    "gzip": lambda body, most: DecompressedStream(io.BytesIO(body), "gzip").read(most),
    "x-gzip": lambda body, most: DecompressedStream(io.BytesIO(body), "gzip").read(most),
    "zstd": lambda body, most: DecompressedStream(io.BytesIO(body), "zstd").read(most),
    "deflate": _deflated,
    "br": _brotlied,
}
