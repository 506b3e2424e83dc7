"""Answers that try to harm the crawler: too long, too slow, packed, leading astray; see tests/hostile.py."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, reduce

import brotli  # type: ignore[import-untyped]
from backports import zstd

from tests.hostile import Ask, Piece, Reply, Route, answer, route

MEGABYTE = 1024 * 1024
TEXT = "为了做好今年的工作，各部门要按照计划认真落实各项任务，及时总结经验。"
ENDLESS = {"Content-Length": ""}


def document(number: int | str, markup: str = "", length: int = 400) -> bytes:
    """Return a page that holds a document, unlike those of other numbers."""
    lines = "".join(f"<p>第{number}号文件第{line}条：{TEXT}</p>" for line in range(length // 40))
    title = f"第{number}号工作总结"
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head>{markup}<body><h1>{title}</h1>{lines}"
        "</body></html>"
    ).encode()


@route("/d/*")
def any_document(ask: Ask) -> Reply:
    return answer(document(ask.target.removeprefix("/d/").removesuffix(".html")))


def linking(*links: str) -> Route:
    """A page of links."""
    body = "".join(f'<a href="{link}">第{number}篇</a>\n' for number, link in enumerate(links))
    return lambda ask: answer(body)


def moved(target: str, status: int = 302) -> Route:
    return lambda ask: answer(status=status, headers={"Location": target})


@route("/growing*")
def growing(ask: Ask) -> Reply:
    """Leads to an ever longer address."""
    return answer(status=302, headers={"Location": f"{ask.target}x"})


# Sizes


def packed(encoding: str, megabytes: int) -> Route:
    """A body that unpacks to so many megabytes of blanks."""
    return lambda ask: answer(bomb(encoding, megabytes), headers={"Content-Encoding": encoding})


@cache
def bomb(encoding: str, megabytes: int) -> bytes:
    blanks = (b" " * MEGABYTE for _ in range(megabytes))
    if encoding == "gzip, gzip":
        return gzip.compress(bomb("gzip", megabytes))
    if encoding == "br":
        packer = brotli.Compressor(quality=3)
        return b"".join([*map(packer.process, blanks), packer.finish()])
    if encoding == "zstd":
        frame = zstd.ZstdCompressor()
        return b"".join([*map(frame.compress, blanks), frame.flush()])
    if encoding == "gzip":
        return gzipped(b"", megabytes)
    check = reduce(lambda total, piece: zlib.adler32(piece, total), blanks, 1)
    return b"\x78\x9c" + _deflated(b"", megabytes) + check.to_bytes(4, "big")


def gzipped(start: bytes, megabytes: int) -> bytes:
    """Return a gzip file that begins with `start` and goes on with so many megabytes of blanks."""
    blanks = (b" " * MEGABYTE for _ in range(megabytes))
    check = reduce(lambda total, piece: zlib.crc32(piece, total), blanks, zlib.crc32(start))
    size = (len(start) + megabytes * MEGABYTE) % (1 << 32)
    header = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    return header + _deflated(start, megabytes) + check.to_bytes(4, "little") + size.to_bytes(4, "little")


def _deflated(start: bytes, megabytes: int) -> bytes:
    """Pack `start`, and one megabyte of blanks, which is repeated: after a full flush it does not ask what came before."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + piece * megabytes + packer.flush()


@route("/endless-headers")
def endless_headers(ask: Ask) -> Iterator[Piece]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    while True:
        yield b"".join(b"X-%d: %s\r\n" % (number, b"y" * 500) for number in range(100))


@route("/endless-interim-answers")
def endless_interim_answers(ask: Ask) -> Iterator[Piece]:
    while True:
        yield b"HTTP/1.1 103 Early\r\nLink: </a>; rel=preload\r\n\r\n" * 100


@route("/one-long-header")
def one_long_header(ask: Ask) -> Iterator[Piece]:
    yield b"HTTP/1.1 200 OK\r\nX: "
    for _ in range(50):
        yield b"y" * MEGABYTE


@route("/many-headers")
def many_headers(ask: Ask) -> Iterator[Piece]:
    yield b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 90) for n in range(1000)) + b"\r\n"


@route("/endless-body")
def endless_body(ask: Ask) -> Iterator[Piece]:
    yield answer(headers=ENDLESS)
    while True:
        yield b"<p>" + b"x" * MEGABYTE


@route("/endless-chunks")
def endless_chunks(ask: Ask) -> Iterator[Piece]:
    yield answer(headers={**ENDLESS, "Transfer-Encoding": "chunked"})
    while True:
        yield b"100000\r\n" + b"x" * MEGABYTE + b"\r\n"


@route("/long-line")
def long_line(ask: Ask) -> Iterator[Piece]:
    yield answer(headers={"Content-Length": str(100 * MEGABYTE)})
    for _ in range(100):
        yield b"x" * MEGABYTE


# Speeds


@route("/slow-body")
def slow_body(ask: Ask) -> Iterator[Piece]:
    yield answer(headers={"Content-Length": "100000"})
    for _ in range(100_000):
        yield b"x"
        yield 0.1


@route("/slow-headers")
def slow_headers(ask: Ask) -> Iterator[Piece]:
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000:
        yield bytes([byte])
        yield 0.1


# Markup


def _repeated(piece: str, count: int) -> str:
    return "".join(map(piece.__mod__, range(count))) if "%" in piece else piece * count


MARKUP: Mapping[str, str] = {
    "attributes": f"<div {_repeated('a%d=1 ', 40_000)}>",
    "bare attributes": f"<div {_repeated('a%d ', 500_000)}>",
    "joined attributes": f"<div {_repeated('a%d/', 500_000)}>",
    "quoted attributes": "<div " + _repeated('a%d="<p" ', 200_000) + ">",
    "attributes of a link": f"<a href='/d/99.html' {_repeated('a%d=1 ', 300_000)}>x</a>",
    "nested": "<div>" * 3_000,
    "deeply nested": "<div>" * 200_000,
    "nested links": "<a href='/d/99.html'>" * 100_000,
    "open comments": "<!--" * 500_000 + "-->",
    "comments that never end": "x<!--" * 200_000,
    "open brackets": "<" * 1_000_000,
    "end tags": "</x" * 300_000 + ">",
    "endless declarations": "<!x" * 300_000 + ">",
}
"""Markup before a document's body that makes a parser slow, or makes it lose what follows."""

UNCLOSED_QUOTE = '<p title="' + "x" * 200_000
"""Where this stands, everything that follows is inside a quote."""


# Sitemaps

XXE = """<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY file SYSTEM "file:///etc/hostname">]>
<urlset><url><loc>{home}d/&file;.html</loc></url><url><loc>{home}d/1.html</loc></url></urlset>"""
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a0 "一">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + "]><urlset><url><loc>{home}d/&a10;.html</loc></url><url><loc>{home}d/1.html</loc></url></urlset>"
)


def urlset_of(*urls: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


def urlset(home: str, numbers: range) -> bytes:
    return urlset_of(*(f"{home}d/{number}.html" for number in numbers))


def index(*urls: str) -> bytes:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>".encode()


def xml(body: bytes) -> Route:
    return lambda ask: answer(body, kind="application/xml")
