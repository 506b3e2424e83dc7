"""Options that go with --unique: the share that another document must hold of one left out, and line breaks lent."""

from __future__ import annotations

import argparse

from scrapy.settings import BaseSettings

from crawler.errors import ArgumentError

SHARE_HELP = "with --unique: what another document must hold of one left out (default: the setting UNIQUE_SHARE)"
LEND_HELP = "with --unique: a text run together gets the line breaks of a copy that is left out for it"


def refuse_without_unique(options: argparse.Namespace) -> None:
    """Raise `ArgumentError` when one of these options is given without --unique."""
    for name, given in (("--share", options.share is not None), ("--lend-breaks", options.lend_breaks)):
        if given and not options.unique:
            raise ArgumentError(f"{name} is for --unique; give both")


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
