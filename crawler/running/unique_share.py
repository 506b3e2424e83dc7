"""The setting UNIQUE_SHARE and the option --share: what another document must hold of one that is left out."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from crawler.errors import ArgumentError

HELP = "with --unique: what another document must hold of one that is left out (default: the setting UNIQUE_SHARE)"


def unique_share(settings: BaseSettings, given: str | None = None) -> float:
    """Return the share `given`, or that of the settings; raises `ArgumentError` unless it is above 0 and at most 1."""
    name, value = ("UNIQUE_SHARE", settings["UNIQUE_SHARE"]) if given is None else ("--share", given)
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = 0.0
    if not 0 < share <= 1:
        raise ArgumentError(f"{name} {value}: give a share above 0 and at most 1, as 0.95")
    return share
