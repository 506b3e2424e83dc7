"""What options and arguments may say: their types, checked before a command does anything, and one wording for each."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from cleaners.model import RECORD_FIELDS
from cleaners.text.times import timestamp
from crawler.errors import ArgumentError

MAX_DIGITS = 15
"""Digits of the largest number that an option or a setting takes."""
ON_HELP = "work on a Spark cluster: local[2], spark://HOST:7077 or yarn"
_CLUSTER = re.compile(r"local\[(?:[1-9]\d{0,3}|\*)\]|spark://[\w.:,-]+|yarn")
_ARGUMENT = re.compile(r"argument (?:\S+/)?(\S+): (?:invalid choice: )?")


def is_whole(text: str) -> bool:
    """Say whether a text is a whole number that an option or a setting takes."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


def number(what: str, least: int = 1) -> Callable[[str], int]:
    """Return the type of an option that takes a number of `what` from `least` up.

    >>> number("pages")("12")
    12
    """

    def read(text: str) -> int:
        if is_whole(text) and int(text) >= least:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text}: give a number of {what} from {least} up")

    return read


def part(text: str) -> tuple[int, int]:
    """Return which part of how many is meant; the type of an option.

    >>> part("3/100")
    (3, 100)
    """
    which, _, parts = text.partition("/")
    if is_whole(which) and is_whole(parts) and 1 <= int(which) <= int(parts):
        return int(which), int(parts)
    raise argparse.ArgumentTypeError(f"{text}: write the third part of a hundred as 3/100")


def cluster(text: str) -> str:
    """Return the address of a Spark cluster; the type of an option."""
    if _CLUSTER.fullmatch(text):
        return text
    raise argparse.ArgumentTypeError(f"{text}: name local[2], spark://HOST:7077 or yarn")


def moment(text: str) -> str:
    """Return a time as ISO 8601 in UTC; the type of an option."""
    try:
        return timestamp(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: write a time as 2026-11-01 or 2026-11-01T08:00:00Z") from None


def own_columns(text: str) -> tuple[str, ...]:
    """Return the names of a user's columns, given with commas between; the type of an option.

    >>> own_columns("label,lang")
    ('label', 'lang')
    """
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if not all(names):
        raise argparse.ArgumentTypeError(f"{text}: name columns as label,lang")
    if taken := next((name for name in names if name in RECORD_FIELDS), None):
        goes = "; the id of a row is found in input" if taken == "id" else ""
        raise argparse.ArgumentTypeError(f"{taken}: is a column of the record itself{goes}; rename yours")
    return names


def existing(names: Sequence[str]) -> list[str]:
    """Return the inputs that are named, `-` for standard input; raises ArgumentError without one that is there."""
    if not names:
        raise ArgumentError("name at least one file or folder, or - for standard input")
    if "-" in names and sys.stdin is None:
        raise ArgumentError("standard input is closed; name a file or a folder")
    if missing := next((name for name in names if name != "-" and not os.path.exists(name)), None):
        raise ArgumentError(f"{os.fsencode(missing).decode('utf-8', 'backslashreplace')}: no such file; check the path")
    return list(names)


def unknown_option(args: Iterable[str], known: Iterable[str]) -> str | None:
    """Return what is wrong with the arguments that no option took, None when they are names of things.

    >>> unknown_option(["page.html", "--explan"], ["--explain", "--site"])
    'unknown option --explan; did you mean --explain?'
    """
    wrong = next((arg for arg in args if arg.startswith("-") and arg != "-"), None)
    if wrong is None:
        return None
    near = get_close_matches(wrong.partition("=")[0], list(known), n=1)
    return f"unknown option {wrong}" + (f"; did you mean {near[0]}?" if near else "")


def split(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the arguments before `--`, which may be options, and those behind it, which are none."""
    at = args.index("--") if "--" in args else len(args)
    return list(args[:at]), list(args[at + 1 :])


def told(message: str) -> str:
    """Return what argparse says of a wrong option in the wording of the commands.

    >>> told("argument -j/--jobs: two: give a number of processes from 1 up")
    '--jobs two: give a number of processes from 1 up'
    """
    return _ARGUMENT.sub(r"\1 ", message)
