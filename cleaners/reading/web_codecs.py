"""Encodings of the web that Python lacks: GBK with the euro sign at 0x80, and UTF-8 made of surrogates (CESU-8)."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

GBK_EURO = "windows-936"
"""GB 18030 in which 0x80 is the euro sign, as in Windows' code page 936 and in what browsers call GBK."""
CESU_8 = "cesu-8"
"""UTF-8 in which a character beyond U+FFFF is two surrogates of three bytes each: MySQL, Oracle, Java (UTR 26)."""

EURO = b"\x80"
_MAX_FAULTS = 8
"""Undecodable bytes in a short text, for which 0x80 is tried; in a long one a fiftieth of the bytes."""

SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_FOUR_BYTES = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")


def may_hold_euros(body: bytes, faults: int) -> bool:
    """Say whether 0x80 may be what GB 18030 could not read in `body`: few bytes were bad."""
    return 0 < faults <= max(_MAX_FAULTS, len(body) // 50) and EURO in body


def _euro_decode(body: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
    octets = bytes(body)
    return octets.decode("gb18030", "wenqing.euro." + errors), len(octets)


def _euro_encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    return EURO.join(piece.encode("gb18030", errors) for piece in text.split("€")), len(text)


def _cesu_decode(body: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
    def whole(pair: re.Match[bytes]) -> bytes:
        return (
            pair[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
        )

    octets = bytes(body)
    return SURROGATES.sub(whole, octets).decode("utf-8", errors), len(octets)


def _cesu_encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    def pair(whole: re.Match[bytes]) -> bytes:
        units = whole[0].decode().encode("utf-16-le")
        return b"".join(
            units[at : at + 2].decode("utf-16-le", "surrogatepass").encode("utf-8", "surrogatepass") for at in (0, 2)
        )

    return _FOUR_BYTES.sub(pair, text.encode("utf-8", errors)), len(text)


def _euro_or(errors: str) -> None:
    handle = codecs.lookup_error(errors)

    def euro(error: UnicodeError) -> tuple[str | bytes, int]:
        if isinstance(error, UnicodeDecodeError) and error.object[error.start] == EURO[0]:
            return "€", error.start + 1
        return handle(error)

    codecs.register_error("wenqing.euro." + errors, euro)


def _search(name: str) -> codecs.CodecInfo | None:
    """Return our codecs by their names as Python folds them."""
    if name == "windows_936":
        return codecs.CodecInfo(_euro_encode, _euro_decode, name=GBK_EURO)
    if name == "cesu_8":
        return codecs.CodecInfo(_cesu_encode, _cesu_decode, name=CESU_8)
    return None


for _errors in ("strict", "replace", "ignore"):
    _euro_or(_errors)
codecs.register(_search)
