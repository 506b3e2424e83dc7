"""Bodies that are no page and no text, whatever they are labelled: told by their first bytes and by their form."""

from __future__ import annotations

import re

import orjson

SIGNATURES: tuple[bytes, ...] = (
    *(b"%PDF-", b"%!PS-", b"\xd0\xcf\x11\xe0", b"{\\rtf"),  # documents
    *(b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a", b"\x1f\x8b", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"BZh9"),
    *(b"\x89PNG", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"8BPS"),  # pictures
    *(b"OggS\0", b"ID3\x02", b"ID3\x03", b"ID3\x04", b"FLV\x01", b"\x1aE\xdf\xa3", b"fLaC"),  # sound and film
    *(b"MZ\x90\0", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\0asm"),  # programs
    *(b"SQLite format 3\0", b"wOFF", b"wOF2", b"!<arch>\n"),
)

SAMPLE = 4096
"""The first bytes of a file that say what it is."""
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_CONTAINERS = re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )|.{4}ftyp|BM.{4}\0\0\0\0|.{257}ustar", re.DOTALL)
MAX_JSON = 1024 * 1024
"""Bytes of a body that is read as JSON; a longer one is judged by its beginning."""
_BLANK = b" \t\r\n\f\v\xef\xbb\xbf"

_JSON_START = re.compile(rb"""(?:[\w.$]{1,80}\s{0,9}\(\s{0,9})?(?:\{\s{0,99}(?:"|\}|'\w)|\[\s{0,99}[\[{"\]\d-])""")
_CALL = re.compile(rb"[\w.$]{1,80}\s{0,9}\(\s{0,9}(.*?)\)\s{0,9};?\s*", re.DOTALL)
_SCRIPT = re.compile(
    rb"""(?:/\*.{0,2000}?\*/\s{0,99}|//[^\n]{0,400}\n\s{0,99}){0,9}(?:["']use strict["']"
    rb"|var\s|let\s\w|const\s\w|!?\(?function[\s(]|window[.\[]|document\.|self\.|"""
    rb"""location[.=]|eval\(|try\s?\{|if\s?\(|\(\(\)|\$\(|import\s[\w{*]|export\s|define\()""",
    re.DOTALL,
)
_STYLE = re.compile(
    rb"(?:/\*.{0,2000}?\*/\s{0,99}){0,9}(?:@charset\s|@import\s|@media\s|@font-face"
    rb"|[.#*]?[a-zA-Z][\w\-.#:,>+~*\[\]= \r\n]{0,300}\{\s{0,99}[\w-]{2,30}\s{0,9}:)",
    re.DOTALL,
)
_MARKS, MIN_MARKS = b";{}()=:", 0.03
"""What code is full of, and the share of it in a body that begins as code does."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{60,}+(?:\r?\n[A-Za-z0-9+/_-]++)*+={0,2}\s*")
_MIXED = re.compile(rb"(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])", re.DOTALL)
_DATA = re.compile(
    rb"(?:<\?xml[^<>]{0,200}\?>\s*|<!--.{0,400}?-->\s*){0,9}<(?:\w{1,20}:)?"
    rb"(?:rss|feed|urlset|sitemapindex|rdf|svg|error|errors|response|result|plist|envelope|opml|manifest|project)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def is_file(body: bytes) -> bool:
    """Say whether a body is a file of another kind: a document of an office, an archive, a picture, a program."""
    start = body[:SAMPLE].lstrip(_BLANK)
    return body.startswith(SIGNATURES) or start.startswith(SIGNATURES) or bool(_CONTAINERS.match(body[:300]))


def is_no_page(body: bytes) -> bool:
    """Say whether a body is a file, a program or data: no page, and no text that somebody wrote.

    >>> is_no_page(b'{"code": 403, "msg": "no"}'), is_no_page(b"<p>var a = 1;</p>"), is_no_page("var是关键字".encode())
    (True, False, False)
    """
    start = body[:SAMPLE].lstrip(_BLANK)
    if is_file(body):
        return True
    if start.startswith(b"<"):
        return bool(_DATA.match(start))
    return _is_json(body, start) or _is_code(start) or bool(_BASE64.fullmatch(start) and _MIXED.match(start))


def _is_json(body: bytes, start: bytes) -> bool:
    """A body is JSON when it reads as such; of one that is cut, or too long, the beginning tells."""
    if not _JSON_START.match(start):
        return False
    whole = body.strip(_BLANK)
    inner = whole if start[:1] in b"{[" else (match[1] if (match := _CALL.fullmatch(whole)) else whole)
    if len(inner) <= MAX_JSON:
        try:
            return not isinstance(orjson.loads(inner), str | int | float)
        except orjson.JSONDecodeError:
            pass
    return start[:1] == b"{" and start.count(b'":') > 2


def _is_code(start: bytes) -> bool:
    if not (_SCRIPT.match(start) or _STYLE.match(start)):
        return False
    return len(start) - len(start.translate(None, _MARKS)) > MIN_MARKS * len(start)


def reads_as_text(body: bytes) -> bool:
    r"""Say whether the first bytes have no more control characters than text has, which packed bytes are full of.

    >>> reads_as_text("开会".encode()), reads_as_text("开会".encode("utf-16")), reads_as_text(b"\x1f\x8b\x08\x00")
    (True, True, False)
    """
    start = body[:SAMPLE]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[1::2].count(0) > len(start) // 4:  # UTF-16
        return True
    return len(start) - len(start.translate(None, _CONTROL)) <= len(start) // 200
