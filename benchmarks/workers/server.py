"""Serves the hosts of the benchmark, each at an address of its own, and notes who asked for what and when."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from benchmarks.crawl import LISTED, document
from benchmarks.threaded_server import ThreadedServer


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: host and path, the address that it came from, when it came and when the answer had gone (monotonic)."""

    host: str
    path: str
    by: str
    came: float
    went: float


class Server(ThreadedServer):
    """Serves `pages` documents on each of `hosts`; `log` has all requests as they were answered."""

    def __init__(self, hosts: list[str], pages: int) -> None:
        self.log: list[Asked] = []
        self._hosts, self._pages = hosts, pages
        super().__init__()

    async def _started(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, self._hosts, 80)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, by = writer.get_extra_info("sockname")[0], writer.get_extra_info("peername")[0]
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                came, path = time.monotonic(), request.split(b" ", 2)[1].decode()
                body = self._page(self._hosts.index(host), path).encode()
                kind = "Content-Type: text/html; charset=utf-8"
                writer.write(f"HTTP/1.1 200 OK\r\n{kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
                self.log.append(Asked(host, path, by, came, time.monotonic()))
        writer.close()

    def _page(self, host: int, path: str) -> str:
        """Return the home page with all listings, a listing, a document; "" for what speaks for the host."""
        kind, _, name = path.strip("/").removesuffix(".html").partition("/")
        if kind == "d":
            return _document(host * self._pages + int(name))
        if kind == "list":
            numbers = range(int(name) * LISTED, min(self._pages, (int(name) + 1) * LISTED))
            return _links("d", numbers)
        return "" if kind else _links("list", range(-(-self._pages // LISTED)))


_document = cache(document)


def _links(kind: str, numbers: range) -> str:
    return "".join(f'<a href="/{kind}/{number}.html">{number}</a>\n' for number in numbers)
