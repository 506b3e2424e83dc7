"""The project's settings, checked by the types of their defaults before a command does anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings, default_settings

import crawler.settings as crawler_settings
from crawler.errors import ArgumentError
from crawler.running.arguments import is_whole
from pipelines.ledger import postgres

SECRET = ("LEDGER",)
"""Settings whose wrong values are not repeated: a password may be in them."""
_TRUTHS = frozenset({"0", "1", "True", "False", "true", "false"})
_LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")
_PLACE = re.compile(r"(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?")
MAX_NUMBER = 1_000_000_000
"""The largest number of seconds, days or the like: what is reckoned from it must fit into the ledger."""
_NEAR = 0.8
"""How alike two names are, of 1, for one to be taken for a misspelling of the other."""


def check(settings: BaseSettings) -> None:
    """Raise ArgumentError for the first setting of crawler/settings.py that has no value such as its default has."""
    for name, default in _defaults():
        value = settings.get(name)
        if value != default and (wanted := wrong(name, value, default)):
            if name in SECRET:
                raise ArgumentError(f"the setting {name}: {wanted}")
            raise ArgumentError(f"the setting {name} is {str(value)!r}; {wanted}{example(f'-s {name}', default)}")


def misspelt(given: Iterable[str]) -> Iterator[str]:
    """Yield a message for each NAME=VALUE of which the name is no setting but nearly one."""
    known = {name for module in (crawler_settings, default_settings) for name in dir(module) if name.isupper()}
    for name in (each.partition("=")[0] for each in given):
        if name not in known and (near := get_close_matches(name, known, n=1, cutoff=_NEAR)):
            yield f"no setting {name}; did you mean {near[0]}?"


def example(name: str, default: Any) -> str:
    """Return what follows a refusal: the default, as it would be given; nothing for lists, which are empty."""
    return "" if isinstance(default, list) else f", as {name}={default}"


def _defaults() -> Iterator[tuple[str, Any]]:
    return ((name, getattr(crawler_settings, name)) for name in dir(crawler_settings) if name.isupper())


def wrong(name: str, value: Any, default: Any) -> str | None:
    """Return what the value should be, None when it may be used."""
    if name == "DEDUP":
        from pipelines.near.labels import DEDUP_MODES

        return None if value in DEDUP_MODES else f"there are {', '.join(DEDUP_MODES)}"
    if name == "DATA_DIR":
        return None if value and not Path(value).is_file() else "name a folder"
    if name == "LEDGER":
        return postgres.fault(str(value)) if value else None
    if name == "LOG_LEVEL":
        return None if str(value).upper() in _LEVELS else f"there are {', '.join(_LEVELS)}"
    if name == "ADDRESSES_ALLOWED":
        places = value.split(",") if isinstance(value, str) else value
        is_right = all(_PLACE.fullmatch(place.strip()) for place in places if place)
        return None if is_right else "name hosts alone: 127.0.0.1 or demo.example:8000"
    if isinstance(default, bool):
        return None if str(value) in _TRUTHS else "give True or False"
    if isinstance(default, int):
        return None if is_whole(str(value)) else "give a whole number"
    if isinstance(default, float):
        return None if _is_number(value) else f"give a number from 0 to {MAX_NUMBER:,}"
    return None


def _is_number(value: Any) -> bool:
    try:
        return 0 <= float(value) <= MAX_NUMBER
    except (TypeError, ValueError):
        return False
