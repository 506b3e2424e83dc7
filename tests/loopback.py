"""The spider module of tests/running.py: its sites come from the environment, and every page is fetched at one time.

`LOOPBACK` is a JSON object: `sites`, the fields of each `Site`; `faults`, by site a method of its spider that raises;
`values`, what attributes of our modules are to be
(`"pipelines.ledger.documents:COMMIT_PAGES": 5`); `pauses`, seconds that functions wait before they begin (`"os:fsync": 1`);
`limits`, resource limits that hold from here on (`"FSIZE": 100000`); `obedient`, whether file permissions hold for root, too; `jump`, seconds that the date jumps by at SIGUSR1.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import partial
from importlib import import_module
from typing import Any, Self

from cleaners.sites import Site
from crawler.downloader import hosts
from crawler.spiders import preview
from crawler.spiders.sites import spider_for


class Still(datetime):
    """A clock that stands still, so that two crawls of the same pages give the same bytes."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 11, 1, 8, tzinfo=tz or UTC)


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _change(place: str, change: Callable[[Any], Any]) -> None:
    name, _, attribute = place.partition(":")
    module = import_module(name)
    setattr(module, attribute, change(getattr(module, attribute)))


def _paused(function: Callable[..., Any], seconds: float) -> Callable[..., Any]:
    def after_a_pause(*arguments: Any) -> Any:
        time.sleep(seconds)
        return function(*arguments)

    return after_a_pause


def _obey_permissions() -> None:
    """Give up CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH; who is not root has neither."""
    libc, version_3 = ctypes.CDLL(None), struct.pack("Ii", 0x20080522, 0)
    found = ctypes.create_string_buffer(struct.calcsize("6I"))
    libc.capget(version_3, found)
    effective, *others = struct.unpack("6I", found.raw)
    libc.capset(version_3, struct.pack("6I", effective & ~0b110, *others))


def _jump_by(seconds: float) -> None:
    """Let the date jump at SIGUSR1, and the steady clock go on."""
    real, moved = time.time, list[float]()
    time.time = lambda: real() + sum(moved)

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(time.time(), tz)

    hosts.datetime = Jumping  # type: ignore[attr-defined]
    signal.signal(signal.SIGUSR1, lambda *_: moved.append(seconds))


_asked = json.loads(os.environ["LOOPBACK"])
preview.datetime = Still  # type: ignore[attr-defined]
for _place, _value in _asked["values"].items():
    _change(_place, partial(lambda value, _: value, _value))
for _place, _seconds in _asked["pauses"].items():
    _change(_place, partial(_paused, seconds=_seconds))
for _name, _most in _asked["limits"].items():
    resource.setrlimit(getattr(resource, f"RLIMIT_{_name}"), (_most, _most))
if _asked["jump"]:
    _jump_by(_asked["jump"])
if _asked["obedient"]:
    _obey_permissions()


def _raising(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("a bug of this site")


def _spider(fields: dict[str, Any]) -> type[Any]:
    spider = spider_for(Site(**_tuples(fields)))
    spider.__module__ = __name__  # Scrapy takes spiders from the module they say they are of
    if method := _asked["faults"].get(fields["name"]):
        setattr(spider, method, _raising)
    return spider


globals().update({spider.__name__: spider for spider in map(_spider, _asked["sites"])})
