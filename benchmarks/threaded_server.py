"""A server of a benchmark, in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from typing import Self


class ThreadedServer(ABC):
    """Serves from `with` on until its end, whatever the program does meanwhile."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._ready, self._ended = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),), daemon=True)

    def __enter__(self) -> Self:
        """Serve from here on."""
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        """Serve no more."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    async def _run(self) -> None:
        server = await self._started()
        self._ready.set()
        await self._ended.wait()
        server.close()

    @abstractmethod
    async def _started(self) -> asyncio.Server:
        """Return the server once it listens."""
