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
    *(b"PAR1\x15", b"PARE", b"ARROW1\0\0", b"Obj\1", b"\x89HDF", b"\x93NUMPY"),  # tables
    *(b"\x80\3", b"\x80\4\x95", b"\x80\5\x95"),  # pickles
    *(b"SQLite format 3\0", b"wOFF", b"wOF2", b"OTTO\0", b"\0\1\0\0\0", b"!<arch>\n"),
    *(b"ITSF\3", b"MSCF\0", b"AT&TFORM", b"CAJ\0", b"KDH \0", b"FWS\n", b"CWS\n", b"d8:announce"),
    *(b"#EXTM3U", b"BEGIN:VC", b"-----BEGIN ", b"[InternetShortcut]", b"-- MySQL dump", b"data:image/"),  # in letters
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
    rb"(?:/\*.{0,2000}?\*/\s{0,99}|//[^\n]{0,400}\n\s{0,99}){0,9}(?:[\"']use strict[\"']|var\s|let\s\w|const\s\w"
    rb"|[;!+~-]{0,3}\(?function[\s(]|[;!]?\((?:window|self|this)\W|window[.\[]|document\.|self\.|location[.=]|eval\("
    rb"|try\s?\{|if\s?\(|\(\(\)|\$\(|import\s[\w{*]|export\s|define\("
    rb"|[\w$]{1,40}(?:\.[\w$]{1,40}){0,5}\s?=\s?(?:function\b|\{|\[|new\s))",
    re.DOTALL,
)
_STYLE = re.compile(
    rb"(?:/\*.{0,2000}?\*/\s{0,99}){0,9}(?:@(?:charset|import|media|font-face|keyframes|page|layer)\b"
    rb"|[.#*:]{0,2}[a-zA-Z][\w\-.#:,>+~*\[\]= \r\n]{0,300}\{\s{0,99}[\w-]{2,30}\s{0,9}:)",
    re.DOTALL,
)
_MARKS, MIN_MARKS = b";{}()=:", 0.03
"""What code is full of, and the share of it in a body that begins as code does."""
_ESCAPED = re.compile(
    rb"(?=.*\d)(?=.*[a-fA-F])[0-9a-fA-F]{60,}+(?:\r?\n[0-9a-fA-F]++)*\s*"
    rb"|(?:(?:\\u[0-9a-f]{4}|%[0-9A-F]{2})[\s,.]{0,9}){20,}"
)
"""Bytes in hexadecimal, and characters as escapes."""
_ROBOTS = re.compile(rb"(?:(?:#|[A-Za-z-]{4,20}:)[^\n]*+\s*+)++")
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}\r\n\s{0,9}<")
"""The size of a first chunk, in a body whose transfer coding was not undone."""
_SOURCE = re.compile(
    rb"<\?(?:php\b|=)|<%[@=\s]|<\?xml[^<>]{0,200}\?>\s*(?:<!--.{0,400}?-->\s*)?<(?!html|wml|!)\w",
    re.IGNORECASE | re.DOTALL,
)
"""How the source of a program begins, and XML that is no page; either may hold one."""
_MARKUP = re.compile(rb"<(?:html|body|div|p|br|table|h\d|td|span|card)[\s/>]", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{60,}+(?:\r?\n[A-Za-z0-9+/_-]++)*+={0,2}\s*")
_MIXED = re.compile(rb"(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])", re.DOTALL)
_DATA = re.compile(
    rb"(?:<\?xml[^<>]{0,200}\?>\s*|<!--.{0,400}?-->\s*){0,9}<(?:\w{1,20}:)?"
    rb"(?:rss|feed|urlset|sitemapindex|rdf|svg|error|errors|response|result|plist|envelope|opml|manifest"
    rb"|project)[\s>]",
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
        return bool(_DATA.match(start) or (_SOURCE.match(start) and not _MARKUP.search(start)))
    if _CHUNK.match(start) or _ESCAPED.fullmatch(start) or (_BASE64.fullmatch(start) and _MIXED.match(start)):
        return True
    is_robots = start[:11].lower() == b"user-agent:" and _ROBOTS.fullmatch(start)
    return bool(is_robots) or _is_json(body, start) or _is_code(start)


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
