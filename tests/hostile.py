"""A server on the loopback that answers as no server should: routes are small functions in a table.

    @route("/cut")
    def cut(ask: Ask) -> Reply:
        return answer(b"half of it", headers={"Content-Length": "9999"})

A reply is bytes as they go over the wire, or an iterator of pieces; `RESET` among them ends the connection with a TCP
reset, a number is a pause in seconds. Routes of other files add to the same table: import `route` and decorate; the
module must be imported by the test that asks for it. A `Hostile` holds several hosts (127.0.0.1, 127.0.0.2, … each at
a port of its own); `host.routes` are answers of that host alone and win over the table.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

RESET = object()
"""A piece of a reply: the connection ends with a TCP reset."""

Piece = bytes | float | object
Reply = bytes | Iterator[Piece]


TERMS = ("/robots.txt", "/.well-known/tdmrep.json", "/ai.txt")
"""The files that speak for a whole host."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as it came: when (monotonic), for which host, path and query, headers with lower-case names."""

    at: float
    host: Host
    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


Route = Callable[[Ask], Reply]
ROUTES: dict[str, Route] = {}


def route(path: str) -> Callable[[Route], Route]:
    """Put a function into the table of all hosts; a path that ends in `*` stands for all that begin like it."""

    def put(function: Route) -> Route:
        if ROUTES.setdefault(path, function) is not function:
            raise ValueError(f"two routes for {path}")
        return function

    return put


def answer(
    body: bytes | str = b"",
    status: int | str = 200,
    headers: Mapping[str, str] | None = None,
    kind: str = "text/html; charset=utf-8",
) -> bytes:
    """Return a whole HTTP answer; a header given as `""` is left out, also Content-Length and Content-Type."""
    data = body.encode() if isinstance(body, str) else body
    line = f"{status} Status" if isinstance(status, int) else status
    fields = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close", **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {line}\r\n{head}\r\n".encode("latin-1") + data


@dataclass(slots=True, eq=False)
class Host:
    """One listening host; `log` has every request, `most_open` the most that were open at once."""

    address: str
    port: int
    socket: socket.socket
    routes: dict[str, Route] = field(default_factory=dict)
    log: list[Ask] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    most_open: int = 0

    @property
    def name(self) -> str:
        """Host and port, as in `Site.domains`."""
        return f"{self.address}:{self.port}"

    def url(self, target: str = "/") -> str:
        return f"http://{self.name}{target}"

    def asked(self) -> list[str]:
        """Return the targets asked for, in order."""
        return [ask.target for ask in self.log]

    def pages(self) -> list[str]:
        """Return the targets asked for without the files that speak for a host."""
        return [ask.target for ask in self.log if ask.path not in TERMS]

    def gaps(self) -> list[float]:
        """Return the seconds between the end of each answer and the next request."""
        return [ask.at - end for ask, end in zip(self.log[1:], self.ended, strict=False)]

    def route(self, path: str) -> Callable[[Route], Route]:
        """Put a function into the table of this host alone."""

        def put(function: Route) -> Route:
            self.routes[path] = function
            return function

        return put

    def find(self, path: str) -> Route | None:
        for table in (self.routes, ROUTES):
            if path in table:
                return table[path]
            for known, function in table.items():
                if known.endswith("*") and path.startswith(known[:-1]):
                    return function
        return None


class Hostile:
    """The hosts of one test; `close` stops them, open connections included."""

    def __init__(self) -> None:
        self.hosts: list[Host] = []
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def host(self, address: str = "127.0.0.1", **routes: Route) -> Host:
        """Start a host at a free port of `address`, which may be any of 127.0.0.0/8."""
        listener = socket.create_server((address, 0), backlog=64)
        host = Host(address, listener.getsockname()[1], listener, {f"/{name}": run for name, run in routes.items()})
        self.hosts.append(host)
        self._start(self._accept, host)
        return host

    def close(self) -> None:
        self._closing.set()
        for host in self.hosts:
            with suppress(OSError):
                host.socket.shutdown(socket.SHUT_RDWR)
            host.socket.close()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self, host: Host) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = host.socket.accept()
            except OSError:
                return
            host.connections += 1
            self._start(self._serve, host, connection)

    def _serve(self, host: Host, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        try:
            with suppress(OSError, ValueError), connection:
                connection.settimeout(60)
                self._answer(host, connection)
        finally:
            with self._lock:
                self._open.discard(connection)

    def _answer(self, host: Host, connection: socket.socket) -> None:
        ask = _read(host, connection)
        with self._lock:
            host.log.append(ask)
            host.open += 1
            host.most_open = max(host.most_open, host.open)
        sent = None  # before the last bytes go out: afterwards this thread may have to wait for its turn
        try:
            run = host.find(ask.path)
            reply = run(ask) if run else answer("not found", 404)
            for piece in [reply] if isinstance(reply, bytes) else reply:
                if piece is RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                if isinstance(piece, bytes):
                    sent = time.monotonic()
                    connection.sendall(piece)
                elif self._closing.wait(float(piece)):  # type: ignore[arg-type]
                    return
        finally:
            with self._lock:
                host.open -= 1
                host.ended.append(sent or time.monotonic())


def _read(host: Host, connection: socket.socket) -> Ask:
    """Read one request's head; these tests send no bodies."""
    data = b""
    while b"\r\n\r\n" not in data:
        received = connection.recv(65536)
        if not received:
            raise ValueError("closed before a request")
        data += received
    line, *fields = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
    return Ask(time.monotonic(), host, line.split(" ")[1], headers)
