"""Options that go with --unique: the share that another document must hold of one left out, and line breaks lent."""

from __future__ import annotations

import argparse

from scrapy.settings import BaseSettings

from crawler.errors import ArgumentError


def add_unique_options(parser: argparse.ArgumentParser, meaning: str) -> None:
    """Add --unique, which means this to the command, and what goes with it."""
    share = "with --unique: what another document must hold of one left out (default: the setting UNIQUE_SHARE)"
    breaks = "with --unique: a text run together gets the line breaks of a copy that is left out for it"
    parser.add_argument("--unique", action="store_true", help=meaning)
    parser.add_argument("--share", metavar="S", help=share)
    parser.add_argument("--lend-breaks", action="store_true", help=breaks)


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
