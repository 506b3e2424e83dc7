"""Serves the small internet on the loopback: all its hosts at one port, told apart by the header Host."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.internet.world import Place, World
from benchmarks.threaded_server import ThreadedServer

KINDS = {".txt": "text/plain; charset=utf-8", ".xml": "application/xml"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its host and target, when it came and when the last bytes of its answer went out (monotonic)."""

    host: str
    target: str
    came: float
    went: float


class Server(ThreadedServer):
    """Serves the hosts of a world; `log` has all requests in the order of their answers."""

    def __init__(self, world: World) -> None:
        self.log: list[Asked] = []
        self.port = 0
        self._places: dict[str, Place] = {host: place for place in world.places for host in place.hosts()}
        super().__init__()

    async def _started(self) -> asyncio.Server:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                came = time.monotonic()
                line, *fields = request.decode("latin-1").split("\r\n")
                target = line.split(" ")[1]
                host = next(field[5:].strip() for field in fields if field.lower().startswith("host:"))
                place = self._places[host]
                await asyncio.sleep(place.latency)
                answer = _answer(place, host, target)
                self.log.append(Asked(host, target, came, time.monotonic()))
                writer.write(answer)
                await writer.drain()
        writer.close()


def _answer(place: Place, host: str, target: str) -> bytes:
    status, page = place.pages.get(
        (host, target), (404, "<html><head><title>404</title></head><body>404</body></html>")
    )
    ending = target[-4:]
    body = page.encode("utf-8" if ending in KINDS else place.charset, "xmlcharrefreplace")
    kind = KINDS.get(ending, "text/html")
    return f"HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
